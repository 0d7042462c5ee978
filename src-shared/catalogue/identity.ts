import { firstYear, isCalendarDate } from './dates.ts'
import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

/**
 * The province-level areas of GB/T 2260 by their first two digits. No two-digit area has ever been withdrawn, so an
 * area that exists here is valid for any time of birth: 46 (1988) and 50 (1997) are given to people born before,
 * too. 81–83 stand on the residence permits of Hong Kong, Macao and Taiwan residents.
 */
export const provinces: Readonly<Record<string, string>> = {
  11: '北京市',
  12: '天津市',
  13: '河北省',
  14: '山西省',
  15: '内蒙古自治区',
  21: '辽宁省',
  22: '吉林省',
  23: '黑龙江省',
  31: '上海市',
  32: '江苏省',
  33: '浙江省',
  34: '安徽省',
  35: '福建省',
  36: '江西省',
  37: '山东省',
  41: '河南省',
  42: '湖北省',
  43: '湖南省',
  44: '广东省',
  45: '广西壮族自治区',
  46: '海南省',
  50: '重庆市',
  51: '四川省',
  52: '贵州省',
  53: '云南省',
  54: '西藏自治区',
  61: '陕西省',
  62: '甘肃省',
  63: '青海省',
  64: '宁夏回族自治区',
  65: '新疆维吾尔自治区',
  71: '台湾省',
  81: '香港特别行政区',
  82: '澳门特别行政区',
  83: '台湾地区（居住证）',
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkCharacters = '10X98765432'

/** The check character for the first 17 digits (GB 11643, ISO 7064 MOD 11-2). */
export function identityCheckCharacter(seventeenDigits: string): string {
  let sum = 0
  for (const [index, weight] of weights.entries()) sum += weight * Number(seventeenDigits[index])
  return checkCharacters.charAt(sum % 11)
}

/**
 * A citizen's identity number (GB 11643): 18 characters, upper-case X. Full-width digits, a lower-case x and white
 * space are normalised; `asOf` (`YYYY-MM-DD`) is the day after which nobody can have been born.
 *
 * Faults: `identity-length`, `identity-characters`, `identity-area`, `identity-date`, `identity-range` {first},
 * `identity-future`, `identity-check`.
 */
export function parseIdentityNumber(input: string, asOf: string): Parsed<string> {
  const text = halfWidth(input).replace(/\s+/g, '').toUpperCase()
  if (text.length !== 18) return fault('identity-length')
  if (!/^\d{17}[\dX]$/.test(text)) return fault('identity-characters')
  if (provinces[text.slice(0, 2)] === undefined) return fault('identity-area')
  const [year, month, day] = [
    Number(text.slice(6, 10)),
    Number(text.slice(10, 12)),
    Number(text.slice(12, 14)),
  ]
  if (!isCalendarDate(year, month, day)) return fault('identity-date')
  if (year < firstYear) return fault('identity-range', { first: firstYear })
  if (identityFacts(text).birth > asOf) return fault('identity-future')
  return identityCheckCharacter(text) === text.charAt(17) ? parsed(text) : fault('identity-check')
}

export interface IdentityFacts {
  /** `YYYY-MM-DD` */
  readonly birth: string
  /** GB/T 2261.1: 1 male, 2 female */
  readonly sex: '1' | '2'
}

/** What a number in its normal form says of its holder. */
export function identityFacts(number: string): IdentityFacts {
  return {
    birth: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    sex: Number(number.charAt(16)) % 2 === 1 ? '1' : '2',
  }
}
