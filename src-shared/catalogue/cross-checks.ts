import { comparePartialDates, datesAgree } from './dates.ts'
import type { Finding } from './findings.ts'
import { identityFacts } from './identity.ts'
import type { Money } from './money.ts'
import { scaled } from './numbers.ts'
import { isRecordCheck, type RecordCheck } from './record-check-schema.ts'
import type { CrossCheck } from './schema.ts'
import type { RecordValues } from './values.ts'

/**
 * One field against another. Only values without a fault of their own are handed in, so each is in its normal form;
 * a check whose fields are not all there says nothing. What looks at other records is in `record-checks.ts`.
 */
export function crossCheck(check: CrossCheck, values: RecordValues): readonly Finding[] {
  if (isRecordCheck(check)) return []
  switch (check.check) {
    case 'order':
      return order(check, values)
    case 'identity':
      return identity(check, values)
    case 'product':
      return product(check, values)
    case 'requires':
      return requires(check, values)
  }
}

type FieldCheck = Exclude<CrossCheck, RecordCheck>
type Of<Name extends FieldCheck['check']> = Extract<FieldCheck, { check: Name }>

function order(check: Of<'order'>, values: RecordValues): readonly Finding[] {
  const [from, to] = [text(values[check.from]), text(values[check.to])]
  if (from === null || to === null || comparePartialDates(from, to) !== 1) return []
  return [{ code: 'order', severity: check.severity, field: check.to, params: { from, to } }]
}

function identity(check: Of<'identity'>, values: RecordValues): readonly Finding[] {
  const number = text(values[check.identity])
  if (number === null) return []
  const facts = identityFacts(number)
  const findings: Finding[] = []
  const birth = check.birth === undefined ? null : text(values[check.birth])
  if (check.birth !== undefined && birth !== null && !datesAgree(facts.birth, birth)) {
    findings.push({ code: 'identity-birth', severity: check.severity, field: check.birth })
  }
  const sex = check.sex === undefined ? null : text(values[check.sex])
  // 0 (unknown) and 9 (not stated) contradict nothing.
  if (check.sex !== undefined && (sex === '1' || sex === '2') && sex !== facts.sex) {
    findings.push({ code: 'identity-sex', severity: check.severity, field: check.sex })
  }
  return findings
}

function product(check: Of<'product'>, values: RecordValues): readonly Finding[] {
  const quantity = text(values[check.quantity])
  const [unitValue, total] = [money(values[check.unitValue]), money(values[check.total])]
  if (quantity === null || unitValue === null || total === null) return []
  if (unitValue.currency !== total.currency) {
    return [{ code: 'product-currency', severity: check.severity, field: check.total }]
  }
  const { units, scale } = scaled(quantity)
  const power = 10n ** BigInt(scale)
  const difference = magnitude(units * BigInt(unitValue.amount) - BigInt(total.amount) * power)
  const tolerated = magnitude(BigInt(total.amount)) * power * BigInt(check.tolerancePermille)
  return difference * 1000n > tolerated
    ? [
        {
          code: 'product',
          severity: check.severity,
          field: check.total,
          params: { permille: check.tolerancePermille },
        },
      ]
    : []
}

function requires(check: Of<'requires'>, values: RecordValues): readonly Finding[] {
  const code = text(values[check.when])
  if (code === null || !check.is.includes(code) || values[check.needs] !== undefined) return []
  return [{ code: 'requires', severity: check.severity, field: check.needs, params: { when: check.when } }]
}

function text(value: RecordValues[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function money(value: RecordValues[string] | undefined): Money | null {
  return typeof value === 'object' ? value : null
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
