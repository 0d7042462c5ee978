/** Why a file was not imported: what happened, what is safe, what to do. */
export const importErrorMessages = {
  'error.import/encoding':
    'The text encoding of the file cannot be recognised; nothing was imported. Save it as CSV in UTF-8 from Excel or WPS and try again.',
  'error.import/not-a-table':
    'The file is not a table that can be read; nothing was imported. Use an .xlsx or .csv table or an .lrmx appointment form.',
  'error.import/too-large':
    'The file is larger than allowed; nothing was imported. Split it into several files.',
  'error.import/too-many-rows':
    'The table has more rows than allowed; nothing was imported. Split it into several files.',
  'error.import/mapping-incomplete':
    'Some required fields have no column yet; nothing was imported. Complete the mapping.',
  'error.import/nothing-to-accept':
    'There is no row that can be accepted; nothing was imported. The rows with problems are in quarantine: correct them there.',
  'error.import/unknown-session':
    'This import has ended or does not exist; nothing was changed. Choose the file again.',
  'error.import/encrypted':
    'The workbook has a password; nothing was imported. Remove it in Excel or WPS, save, and try again.',
  'error.import/old-excel':
    'This is a file of an old Excel (.xls); nothing was imported. Save it as .xlsx in Excel or WPS and try again.',
  'error.import/bomb':
    'The file unpacks to an abnormal size and may have been tampered with; nothing was imported. Ask the department it comes from.',
  'error.import/broken-workbook':
    'The workbook is damaged or incomplete; nothing was imported. Open it in Excel or WPS, save it as .xlsx and try again.',
  'error.import/forbidden-xml':
    'The file holds what is not allowed (a document type declaration or entities); nothing was imported. Ask the department it comes from.',
  'error.import/broken-form':
    'The appointment form (.lrmx) is damaged or of another format; nothing was imported. Export it again.',
  'error.import/sheet-missing':
    'The workbook has no such sheet; nothing was imported. Choose the sheet again.',
  'error.import/imported-before':
    'A file with exactly this content was imported before; it was not imported again. Correct the records that it made.',
  'error.import/file-changed':
    'The file was changed after it was checked; it was not imported. Check the folder again.',
  'error.source/name-taken':
    'Another source has or had this name; nothing was changed. Give every source a name of its own.',
  'error.source/folder-taken':
    'This folder belongs to another source; nothing was changed. Make one folder for each source.',
  'error.source/unfit':
    'A category or the department cannot be used for a source; nothing was changed. Choose categories in force outside discipline.',
  'error.source/period':
    'The period or the day does not fit; nothing was noted. Choose a period of the source and no day after today.',
  'error.source/not-a-file':
    'This is no plain file (a shortcut or link, for instance) and was not read. Have the file itself put there.',
  'error.source/other-category':
    'The file holds categories that this source does not deliver; nothing was imported. Check that it lies in the right folder.',
} as const satisfies Record<string, string>
