/** What the command line of the node above says to what is typed. */
export const hubErrorMessages = {
  'error.hub/not-made':
    'There is no node in this folder. Nothing was changed. Check the folder after --data; to make a node, run hub init first.',
  'error.hub/command-unknown':
    'There is no such command or option. Nothing was changed. Type it again as the usage says.',
  'error.hub/argument-missing':
    'The command lacks something it needs. Nothing was changed. Type it again as the usage says.',
  'error.hub/argument-wrong':
    'What was typed for an option cannot be used. Nothing was changed. Type it again as the usage says.',
  'error.hub/revision-unknown':
    'No such revision waits here: it was decided, withdrawn by the unit, or mistyped. Nothing was changed. Run hub waiting to see what waits.',
  'error.hub/revision-ambiguous':
    'Several revisions begin with these digits. Nothing was changed. Run hub waiting and give more digits, or add --unit.',
} as const satisfies Record<string, string>
