export const fieldKinds = [
  'text',
  'longText',
  'date',
  'money',
  'number',
  'code',
  'identityNumber',
  'creditCode',
  'personName',
  'person',
  'period',
  'area',
  'cadre',
  'organisation',
  'documentNumber',
  'rows',
  'attachment',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/** What a column of a sub-table may be. */
export const columnKinds = ['text', 'date', 'number', 'money', 'code'] as const

/** Settings that only some kinds of fields have, in one place: the schema, its contradictions and the editor agree. */
const settings: Readonly<Record<string, readonly FieldKind[]>> = {
  table: ['code', 'area'],
  maximumLength: ['text', 'longText'],
  unit: ['number'],
  mayBeFuture: ['date', 'period'],
  closed: ['period'],
  codeRequired: ['organisation'],
  fills: ['identityNumber'],
  columns: ['rows'],
  maximumRows: ['rows'],
}

/** Without these a field of the kind means nothing. */
const needed: Partial<Record<FieldKind, string>> = { code: 'table', area: 'table', rows: 'columns' }

const notRetyped: readonly FieldKind[] = ['cadre', 'rows', 'attachment']

/** The table that a sex stands in (GB/T 2261.1) and that of currencies (ISO 4217). */
const tablesOf = { sex: 'sex', currency: 'currency' } as const

interface AnyField {
  readonly id: string
  readonly kind: FieldKind
  readonly label?: string
  readonly table?: string | undefined
  readonly critical?: true | undefined
  readonly retired?: true | undefined
  readonly fills?: Fills | undefined
  readonly columns?: readonly AnyField[] | undefined
}

/** What an identity number says of its holder and can fill in, each the id of a field. */
interface Fills {
  readonly birth?: string | undefined
  readonly sex?: string | undefined
  readonly area?: string | undefined
}

/** What of a field does not fit its kind: the settings that are wrong, by name. */
export function kindContradictions(
  field: AnyField,
  siblings: readonly AnyField[],
  tables: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const found = Object.entries(settings)
    .filter(([name, kinds]) => field[name as keyof AnyField] !== undefined && !kinds.includes(field.kind))
    .map(([name]) => name)
  const need = needed[field.kind]
  if (need !== undefined && field[need as keyof AnyField] === undefined) found.push(need)
  if (field.table !== undefined && !tables.has(field.table)) found.push('no such table')
  if (
    field.kind === 'area' &&
    [...(tables.get(field.table ?? '') ?? [])].some((code) => !/^\d{6}$/.test(code))
  )
    found.push('table')
  if (field.kind === 'money' && !tables.has(tablesOf.currency)) found.push('no currencies')
  // What is chosen from a list that only this device has cannot be typed again from paper.
  if (field.critical === true && notRetyped.includes(field.kind)) found.push('critical')
  if (!fillsFit(field.fills, siblings)) found.push('fills')
  const columns = field.columns ?? []
  const ids = columns.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) found.push('columns')
  if (columns.some((column) => kindContradictions(column, [], tables).length > 0)) found.push('columns')
  return found
}

function fillsFit(fills: Fills | undefined, siblings: readonly AnyField[]): boolean {
  if (fills === undefined) return true
  const target = (id: string | undefined, fits: (field: AnyField) => boolean) => {
    const field = siblings.find((one) => one.id === id)
    return id === undefined || (field !== undefined && field.retired !== true && fits(field))
  }
  return (
    Object.keys(fills).length > 0 &&
    target(fills.birth, ({ kind }) => kind === 'date') &&
    target(fills.sex, ({ kind, table }) => kind === 'code' && table === tablesOf.sex) &&
    target(fills.area, ({ kind }) => kind === 'area')
  )
}
