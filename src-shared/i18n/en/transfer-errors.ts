/** Why a dossier does not go to another unit, or come from one. */
export const transferErrorMessages = {
  'error.transfer/not-a-card':
    'This is no unit card, or it was changed. Nothing was changed here. Ask the other unit for its card again.',
  'error.transfer/wrong-code':
    'The code differs: misheard, or the file was exchanged. Nothing was changed. Compare it again by telephone; if it still differs, do not go on.',
  'error.transfer/own-unit':
    "This is this unit's own card or package. Nothing was changed. Choose the other unit's.",
  'error.transfer/other-unit':
    'This package is for another unit. Nothing was changed. Give it back to whoever sent it.',
  'error.transfer/history':
    'The records in the package are not whole or contradict each other; it was not taken in. Your archive is untouched. Ask the sending unit to export it again.',
  'error.transfer/too-large':
    'The dossier exceeds what a package may hold; nothing was written. The dossier is untouched. Choose fewer categories.',
  'error.transfer/unprovable':
    'Some entries were decided by the level above, which another unit cannot verify. Nothing was changed. Leave those categories out, or settle it with the level above.',
  'error.transfer/open-entries':
    'Some entries are still on their way. Nothing was changed. Finish or withdraw them first.',
  'error.transfer/no-facts': 'Nothing is archived in these categories. Nothing was changed. Choose others.',
  'error.transfer/held':
    'This dossier was handed over and takes no entries. What it holds is untouched. To go on with it, an approver takes the hand-over back before the receipt comes.',
  'error.transfer/not-waiting':
    'This hand-over is finished or was taken back. Nothing was changed. Reload and look again.',
  'error.transfer/not-matched':
    'Nobody has said whose dossier it is. Nothing was changed. Match it to a dossier of this unit first.',
  'error.transfer/answered':
    'This package was answered already. Nothing was changed. If the other unit lacks the receipt, export it again.',
  'error.transfer/receipt-wrong':
    'The receipt does not fit the hand-over, or no approver of the other unit signed it. The dossier still waits. Settle it with the other unit.',
} as const satisfies Record<string, string>
