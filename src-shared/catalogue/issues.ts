import { catalogueSchema, type Catalogue } from './schema.ts'

/** What of a working copy is not a catalogue yet, at its place. */
export interface CatalogueIssue {
  /** Ids of the category and the field, or of the code table, where it is known. */
  readonly category?: string
  readonly field?: string
  readonly table?: string
  /** The member that is wrong, such as `label`, or a word for what does not fit together, such as `summary`. */
  readonly what: string
}

const mostIssues = 50

/** The same check as `readCatalogue`, with the places by id. */
export function catalogueIssues(catalogue: Catalogue): readonly CatalogueIssue[] {
  const read = catalogueSchema.safeParse(catalogue)
  if (read.success) return []
  const found = read.error.issues.slice(0, mostIssues).map(({ code, path, message }) => {
    return code === 'custom' && path.length === 0 ? contradiction(message) : atPath(catalogue, path)
  })
  const texts = found.map((issue) => JSON.stringify(issue))
  return found.filter((_, place) => texts.indexOf(texts[place] ?? '') === place)
}

function atPath(catalogue: Catalogue, path: readonly PropertyKey[]): CatalogueIssue {
  const [list, index, inner, innerIndex] = path
  const last = path.findLast((part) => typeof part === 'string') ?? 'catalogue'
  const what = String(last)
  if (list === 'codeTables') {
    const table = catalogue.codeTables[Number(index)]?.id
    return table === undefined ? { what } : { table, what }
  }
  const category = list === 'categories' ? catalogue.categories[Number(index)] : undefined
  if (category === undefined) return { what }
  if (inner === 'openedBy') {
    const isNumber = what === 'withinWorkingDays' || what === 'days'
    return { category: category.id, what: isNumber ? what : 'openedBy' }
  }
  const field = inner === 'fields' ? category.fields[Number(innerIndex)]?.id : undefined
  return field === undefined ? { category: category.id, what } : { category: category.id, field, what }
}

/** The messages of the schema: `category A1: field birth: bounds`, `table sex: code 1 twice`. */
function contradiction(message: string): CatalogueIssue {
  const [, kind, id, rest] = /^(category|table) ([^:]*): (.*)$/.exec(message) ?? []
  if (kind === 'table') return { table: id ?? '', what: rest === 'twice' ? 'tableTwice' : 'itemTwice' }
  if (kind !== 'category') return { what: 'catalogue' }
  const category = id ?? ''
  const [, field, what] = /^field ([^: ]*)(?::| twice) ?(.*)$/.exec(rest ?? '') ?? []
  if (field !== undefined) {
    const word = what === '' ? 'fieldTwice' : what === 'no such table' ? 'table' : (what ?? '')
    return { category, field, what: word === 'no currencies' ? 'table' : word }
  }
  if (rest === 'twice') return { category, what: 'categoryTwice' }
  if (rest?.startsWith('summary')) return { category, what: 'summary' }
  if (rest?.startsWith('check')) return { category, what: 'crossChecks' }
  if (rest === 'no field left') return { category, what: 'fields' }
  return { category, what: rest === 'level and compartment' ? 'level' : (rest ?? 'catalogue') }
}
