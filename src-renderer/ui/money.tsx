import type { Money as MoneyValue } from '../../src-shared/catalogue/money.ts'
import { displayValue } from '../../src-shared/catalogue/fields.ts'
import type { Catalogue, Field } from '../../src-shared/catalogue/schema.ts'

const moneyField: Field = { id: 'amount', label: 'amount', kind: 'money' }

interface MoneyProps {
  readonly value: MoneyValue
  readonly catalogue: Catalogue
}

/** Tabular digits, to be right-aligned by its column. */
export function Money({ value, catalogue }: MoneyProps) {
  return <span className="number">{displayValue(moneyField, value, catalogue)}</span>
}
