import { parseFieldInput } from './fields.ts'
import { compareDecimals } from './numbers.ts'
import type { Catalogue, Field } from './schema.ts'
import type { FieldValue } from './values.ts'

/** After every day that an example names. */
const afterAll = '2100-01-01'
/** The sample number of GB 11643 and a code that carries the check character of GB 32100; nobody's. */
const identityExample = '11010519491231002X'
const creditExample = '91350100M000100Y43'

/** How a value of a field is written in a cell of a table; empty for what no table can name. */
export function cellExample(field: Field, catalogue: Catalogue): string {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return '示例'
    case 'personName':
    case 'person':
      return '张三丰'
    case 'date':
      return '2020-03-05'
    case 'number':
      return withinBounds(field, '2')
    case 'money':
      return withinBounds(field, '12345.67')
    case 'code':
    case 'area':
      return firstItem(catalogue, field.table)
    case 'identityNumber':
      return identityExample
    case 'creditCode':
      return creditExample
    case 'period':
      return '2020-01 至 2021-03'
    case 'organisation':
      return `示例有限公司（${creditExample}）`
    case 'documentNumber':
      return 'E12345678'
    case 'rows':
      return (field.columns ?? []).map((column) => cellExample(column, catalogue)).join(' | ')
    case 'cadre':
    case 'attachment':
      return ''
  }
}

/** The same in its normal form; null for what no table can name. */
export function valueExample(field: Field, catalogue: Catalogue): FieldValue | null {
  const value = parseFieldInput(field, catalogue, cellExample(field, catalogue), { asOf: afterAll })
  return value.ok ? value.value : null
}

function withinBounds({ minimum, maximum }: Field, wish: string): string {
  if (minimum !== undefined && compareDecimals(wish, minimum) < 0) return minimum
  return maximum !== undefined && compareDecimals(wish, maximum) > 0 ? maximum : wish
}

function firstItem(catalogue: Catalogue, table: string | undefined): string {
  const items = catalogue.codeTables.find(({ id }) => id === table)?.items ?? []
  return items.find(({ retired }) => retired !== true)?.label ?? ''
}
