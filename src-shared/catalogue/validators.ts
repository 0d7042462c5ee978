/** The fields that check themselves: each `parse…` turns a typed text into its normal form, or says what is wrong. */
export { creditCodeCheckCharacter, parseCreditCode } from './credit-code.ts'
export {
  comparePartialDates,
  datesAgree,
  earliestDay,
  isAfter,
  isCalendarDate,
  latestDay,
  parsePartialDate,
  type PartialDate,
} from './dates.ts'
export type { Fault, Finding, FindingCode, FindingParams, Parsed, Severity } from './findings.ts'
export {
  type IdentityFacts,
  identityCheckCharacter,
  identityFacts,
  parseIdentityNumber,
  provinces,
} from './identity.ts'
export { formatMoney, groupedMoney, type Money, type MoneyUnit, moneyUnits, parseMoney } from './money.ts'
export { parsePersonName, parsePersons } from './names.ts'
export { compareDecimals, type Decimal, groupDigits, parseDecimal } from './numbers.ts'
export { halfWidth, parseLongText, parseText } from './text.ts'
