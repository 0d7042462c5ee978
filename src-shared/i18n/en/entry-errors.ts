/** Why a statement of 本期无变化 was not taken: what happened, what is safe, what to do. */
export const entryErrorMessages = {
  'error.entry/nothing-to-confirm':
    'Nothing of a category chosen is archived yet, so nothing was submitted. Enter it first.',
  'error.entry/period-stated':
    'It was already stated that nothing changed in this period; nothing was submitted again.',
  'error.entry/period-closed':
    'Only this period or the one before can be spoken of; nothing was submitted. Choose again.',
  'error.twin/unknown':
    'No such decision about duplicates is here, or it is about other dossiers. Nothing was changed. Refresh and look again.',
  'error.twin/settled':
    'This decision about duplicates has been settled already. Nothing was changed. Refresh and look again.',
  'error.twin/nobody-answers':
    'One of the two who decide must be an approver or an inspector. It was not confirmed. Let an approver or an inspector confirm it.',
  'error.twin/decided':
    'These two dossiers are decided about already, or wait for a confirmation. Nothing was proposed. Deal with that decision first.',
  'error.twin/merged':
    'One of the two dossiers is shown as part of another already. Nothing was proposed. Undo that first, or choose the dossier it is shown in.',
} as const
