/** Why a decision of the level above does not count, or was not made. */
export const directiveErrorMessages = {
  'error.directive/step-unknown':
    'The signature or referral that the level above answered is not on this PC yet, so its answer does not count. The answer is kept. Exchange with the other PC of the unit first.',
  'error.directive/other-step':
    'The level above answered another signature or referral. The entry is as it was. Check with the level above and have it decided anew.',
  'error.directive/node-replaced':
    'The answer comes from an upstream node that was replaced. The entry is as it was. Have the present node decide it anew.',
  'error.directive/not-asked':
    'This category does not ask the level above, so its answer does not count. The entry is as it was. Nothing has to be done.',
  'error.directive/already-decided':
    'The level above decided this before; the later answer does not count. The earlier one holds. Check with the level above.',
  'error.directive/wrong':
    'The directive is not as it should be and was not taken in. Your archive is untouched. Ask the level above for it again.',
  'error.directive/words-needed':
    'Sending back and rejecting need reasons, so nothing was decided. The matter still waits. Give the reasons and decide again.',
} as const satisfies Record<string, string>
