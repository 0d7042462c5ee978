/** What is wrong with a catalogue, or with a new version of it. */
export const catalogueErrorMessages = {
  'error.catalogue/not-a-successor':
    'This catalogue cannot follow the one in force and was not proposed. The catalogue in force is unchanged and your work is kept as a draft. Put right what is marked.',
  'error.catalogue/rules-differ':
    'The catalogue does not say what was signed of it, so it is not used. Dossiers and earlier versions are unchanged. Check the log and have a new version signed by two people.',
  'error.catalogue/not-waiting':
    'This new catalogue does not wait for a confirmation any more. The catalogue in force is unchanged. Refresh and look again.',
  'error.authority/category-not-granted':
    'This member has not been granted the category, so the action does not count. The archive is untouched. Ask a colleague who holds it, or the security administrator.',
  'error.authority/catalogue-version':
    'The version of the catalogue does not fit, so this step does not count. Dossiers and catalogue are unchanged. Do it again under the version in force.',
  'error.authority/catalogue-successor':
    'The new catalogue would leave archived facts without a place (a category removed, moved or lowered in level), so it does not count. The catalogue in force is unchanged. Retire instead, and propose again.',
  'error.authority/catalogue-proposal':
    'This new catalogue does not wait for a confirmation, or not for yours: another person confirms, and one of the two must be an approver. The catalogue in force is unchanged. Refresh and look again.',
  'error.authority/category-retired':
    'This category is retired and takes no new records. What is archived in it stays and can be corrected. Use a category in force.',
} as const satisfies Record<string, string>
