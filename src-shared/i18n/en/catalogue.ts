import type { FindingCode } from '../../catalogue/findings.ts'

/** What checking a value, a record or a row of a table has to say. */
export const catalogueMessages = {
  'finding.required':
    'This is required. If there is nothing to declare, choose “none” or “declined” instead.',
  'finding.field-unknown': 'The catalogue has no such field.',
  'finding.field-retired': 'The newest catalogue does not ask for this any more; the value is kept.',
  'finding.declaration-not-allowed': 'This category cannot be declared “none” or “declined”.',
  'finding.value-with-declaration': 'Declared “none” or “declined”, so nothing else may be filled in.',
  'finding.value-type': 'The value is of the wrong type for this field.',
  'finding.value-form': 'Not written in its normal form. Enter it again.',
  'finding.text-too-long': 'Too long: at most {limit} characters.',
  'finding.text-control': 'Contains invisible or damaged characters. Enter it again.',
  'finding.name-length': 'A name has {minimum} to {maximum} characters.',
  'finding.name-characters':
    'The name contains characters that do not belong there. Use “·” as the middle dot.',
  'finding.name-inner-space': 'There is a space inside the name. Check whether it belongs there.',
  'finding.too-many-names': 'At most {limit} names.',
  'finding.date-form': 'Not a date. Write 1991-02-28, 1991-02 or 1991.',
  'finding.date-ambiguous': '1991.1 may be January or October. Write 1991-01 or 1991-10.',
  'finding.date-calendar': 'There is no such date.',
  'finding.date-range': 'The year has to lie between {first} and {last}.',
  'finding.date-future': 'The date is later than today.',
  'finding.number-form': 'Not a number. Enter digits only.',
  'finding.number-too-long': 'Too many digits: at most {integer} before and {fraction} after the point.',
  'finding.below-minimum': 'Not less than {limit}.',
  'finding.above-maximum': 'Not more than {limit}.',
  'finding.money-unreadable': 'The amount cannot be read exactly. Enter a single number.',
  'finding.money-currency': 'The currency sign in the amount does not fit {currency}.',
  'finding.money-too-fine': 'An amount is exact to hundredths at most.',
  'finding.money-too-large': 'The amount is too large. Check the unit.',
  'finding.currency-unknown': 'The catalogue has no currency {currency}.',
  'finding.code-unknown': 'Not one of the choices. Pick one from the list.',
  'finding.code-retired': 'This choice is no longer in use. Check whether another one applies.',
  'finding.identity-length': 'An identity number has 18 characters.',
  'finding.identity-characters': 'An identity number has digits only, and perhaps an X at the end.',
  'finding.identity-area': 'The first two digits of the identity number are not an area code.',
  'finding.identity-date': 'The date of birth in the identity number does not exist.',
  'finding.identity-range': 'The year of birth in the identity number is before {first}.',
  'finding.identity-future': 'The date of birth in the identity number is later than today.',
  'finding.identity-check': 'The check character of the identity number is wrong. Compare every digit.',
  'finding.credit-code-length': 'A unified social credit code has 18 characters.',
  'finding.credit-code-characters':
    'The credit code contains characters that do not belong there (no I, O, S, V, Z; digits in places 3 to 8).',
  'finding.credit-code-check': 'The check character of the credit code is wrong. Compare every character.',
  'finding.order': 'In the wrong order: {to} is before {from}.',
  'finding.identity-birth': 'Differs from the date of birth in the identity number.',
  'finding.identity-sex': 'Differs from the sex in the identity number.',
  'finding.product':
    'Differs from quantity times unit value by more than {permille} in a thousand. Check it.',
  'finding.product-currency': 'Unit value and total are in different currencies and cannot be compared.',
  'finding.requires': 'Has to be filled in for what was chosen.',
  'finding.column-missing': 'The row has no such column.',
  'finding.duplicate-record':
    'Says exactly what another entry says ({source}, {day}); check whether it is a duplicate.',
  'finding.source-differs': 'Another source says otherwise ({source}, {day}).',
  'finding.cadre-missing': 'There is no name of a cadre, so the dossier is not known.',
  'finding.cadre-ambiguous':
    'Several dossiers have this name; add the identity number so that the right one is known.',
  'finding.category-unknown': 'The category cannot be told.',
  'finding.repeat-of': 'Exactly the same as row {row}. Kept; check whether it is a duplicate.',
  'finding.cadre-undecided': 'A dossier may match by name; nobody has decided yet which one it is.',
  'finding.evidence-required':
    'This category wants evidence, and this file is none, for it is about several people or tells of a sanction; enter it in the form with its evidence.',
  'finding.matched-by-hand': 'The dossier was chosen by the person who imported it.',
  'finding.mended-by-hand': 'Cells were corrected by a person before the import; the original is kept.',
  'finding.cell-error': 'The cell is an error value such as #REF!; fill in what it should say.',
  'finding.cell-unsaved': 'The formula has no saved result; fill in what it should say.',
  'finding.cell-precision':
    'A number of more than 15 digits was kept as a number and has lost its last digits; fill it in from the original.',
  'finding.cell-date': 'This number is no valid date; fill it in from the original.',
  'finding.cell-merged':
    'Merged with cells of other rows, so it cannot be told whether it holds for this row; fill in each row.',
  'finding.cell-formula': 'The saved result of a formula (column {columns}); check it.',
  'finding.cell-external':
    'The saved result of a formula that reads another file (column {columns}), which was not opened; check it.',
} as const satisfies Record<`finding.${FindingCode}`, string>
