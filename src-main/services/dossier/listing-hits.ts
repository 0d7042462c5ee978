import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, FieldKind } from '../../../src-shared/catalogue/schema.ts'
import type { FactHit } from '../../../src-shared/contract/listing.ts'
import { purposeLevel } from '../../../src-shared/disclosure/purpose.ts'
import { findWord, holdsWord } from '../../../src-shared/search/tokens.ts'
import type { Database } from '../../vault/database.ts'
import { archivedRevision, type FoundFact } from '../../vault/listing-queries.ts'
import type { Session } from '../context.ts'
import { readRevisionBody } from './bodies.ts'
import { categoryLevel } from './sight.ts'

const shownBefore = 10
const shownAfter = 24

// Codes, ids and digests are not what people see.
const unseenKinds: readonly FieldKind[] = ['code', 'area', 'attachment', 'cadre', 'rows']

function searchable(kind: FieldKind, value: unknown): value is string {
  return !unseenKinds.includes(kind) && typeof value === 'string'
}

/**
 * Where in an archived fact a search was found. What is read for a purpose only is named by its category and field, but
 * not quoted: a search is not yet a reading.
 */
export function hitOf(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  { cadre, record, category }: FoundFact,
  search: string,
): FactHit {
  const nowhere = { record, category, field: null, text: '', from: 0, to: 0 }
  const revision = archivedRevision(database, cadre, record)
  const body = revision === null ? null : readRevisionBody(database, record, revision)
  if (body === null) return nowhere
  const fields = findCategory(catalogue, category)?.fields ?? []
  const compartment = findCategory(catalogue, category)?.compartment ?? 'discipline'
  const field = fields.find(({ id, kind }) => {
    const value = body.values[id]
    return searchable(kind, value) && holdsWord(value, search)
  })
  if (field === undefined) return nowhere
  const named = { ...nowhere, field: field.id }
  if (categoryLevel(session, category, compartment) >= purposeLevel) return named
  const value = String(body.values[field.id])
  const found = findWord(value, search)
  if (found === null) return named
  const begin = Math.max(0, found.from - shownBefore)
  const text = value.slice(begin, found.to + shownAfter).replaceAll(/\s/g, ' ')
  return { ...named, text, from: found.from - begin, to: found.to - begin }
}
