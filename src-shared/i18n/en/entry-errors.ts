/** Why a statement of 本期无变化 was not taken: what happened, what is safe, what to do. */
export const entryErrorMessages = {
  'error.entry/nothing-to-confirm':
    'Nothing of a category chosen is archived yet, so nothing was submitted. Enter it first.',
  'error.entry/period-stated':
    'It was already stated that nothing changed in this period; nothing was submitted again.',
  'error.entry/period-closed':
    'Only this period or the one before can be spoken of; nothing was submitted. Choose again.',
} as const
