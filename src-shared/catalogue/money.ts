import { fault, parsed, type Parsed } from './findings.ts'
import { groupDigits } from './numbers.ts'
import { halfWidth } from './text.ts'

/** An amount in hundredths of the currency's unit (fen of the yuan), whatever the currency; ISO 4217. */
export type Money = { readonly amount: number; readonly currency: string }

/** What one unit of a column means, in units of the currency (yuan, won, …). */
export const moneyUnits = ['元', '千元', '万元'] as const
export type MoneyUnit = (typeof moneyUnits)[number]

const zeros: Readonly<Record<MoneyUnit, number>> = { 元: 0, 千元: 3, 万元: 4 }

const signs: readonly { readonly sign: string; readonly currencies: readonly string[] }[] = [
  { sign: 'HK$', currencies: ['HKD'] },
  { sign: 'US$', currencies: ['USD'] },
  { sign: '¥', currencies: ['CNY', 'JPY'] },
  { sign: '￥', currencies: ['CNY', 'JPY'] },
  { sign: '$', currencies: ['USD', 'HKD', 'MOP', 'TWD', 'SGD', 'AUD', 'CAD', 'NZD'] },
  { sign: '€', currencies: ['EUR'] },
  { sign: '£', currencies: ['GBP'] },
  { sign: '₩', currencies: ['KRW'] },
]

const grouped = /^(-?)(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/
const plain = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Reads `1,234.5`, `１２３４`, `￥1,234.50`, and `5万元` where `unit` is 万元, exactly, in integers. Anything that is
 * not plainly one amount, such as `25,000(25,000)` or `约3万`, is refused and never guessed.
 *
 * Faults: `money-unreadable`, `money-currency` {currency}, `money-too-fine`, `money-too-large`.
 */
export function parseMoney(input: string, currency: string, unit: MoneyUnit = '元'): Parsed<Money> {
  let text = halfWidth(input).trim()
  if (text.startsWith(currency)) text = text.slice(currency.length).trim()
  else if (text.endsWith(currency)) text = text.slice(0, -currency.length).trim()
  const sign = signs.find((candidate) => text.startsWith(candidate.sign))
  if (sign !== undefined) {
    if (!sign.currencies.includes(currency)) return fault('money-currency', { currency })
    text = text.slice(sign.sign.length).trim()
  }
  if (text.endsWith(unit)) text = text.slice(0, -unit.length).trim()
  const match = grouped.exec(text) ?? plain.exec(text)
  if (match === null) return fault('money-unreadable')
  const [, minus, integer = '', written = ''] = match
  const fraction = written.replace(/0+$/, '')
  // Two digits make fen of the currency's unit.
  const power = zeros[unit] + 2
  if (fraction.length > power) return fault('money-too-fine')
  if (integer.length + power > 32) return fault('money-too-large')
  const amount = Number(
    BigInt(integer.replaceAll(',', '') + fraction) * 10n ** BigInt(power - fraction.length),
  )
  if (!Number.isSafeInteger(amount)) return fault('money-too-large')
  return parsed({ amount: minus === '-' && amount !== 0 ? -amount : amount, currency })
}

/** The amount in units of the currency with two decimals and no grouping: what an input field shows. */
export function formatMoney(money: Money): string {
  const digits = String(Math.abs(money.amount)).padStart(3, '0')
  return `${money.amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The amount for display, grouped: `1,234.50`. */
export function groupedMoney(money: Money): string {
  return groupDigits(formatMoney(money))
}
