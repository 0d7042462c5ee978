import { displayValue } from '../../../src-shared/catalogue/fields.ts'
import { periodText } from '../../../src-shared/catalogue/periods.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import { isWithheld } from '../../../src-shared/disclosure/policy.ts'
import type { SheetHead, SheetRecord, SheetSection } from '../../../src-shared/disclosure/sheet.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { CopyForm } from '../../../src-shared/log/operations.ts'
import type { Hand, RevisionState } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { recordsOf } from '../../vault/dossier-queries.ts'
import { readLogs } from '../../vault/log-table.ts'
import { catalogueOfVersion } from '../catalogue/read.ts'
import { memberName, type Session } from '../context.ts'
import { bodyOrMissing } from '../dossier/dossier.ts'
import { stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases, type OpenDatabase } from '../review/filters.ts'
import { disclosurePolicy } from './policy.ts'

/** What somebody wants a copy of. */
export interface WantedContent {
  readonly cadre: Id
  readonly form: CopyForm
  /** Null for all that may be in a copy of this form. */
  readonly categories: readonly string[] | null
  readonly record: Id | null
}

export interface CopiedRecord {
  readonly record: Id
  readonly category: Category
  readonly compartment: OpenDatabase['name']
  readonly database: Database
  readonly revision: RevisionState
}

/** What exactly a copy holds: archived revisions, in the order of the catalogue. */
export interface Content {
  readonly records: readonly CopiedRecord[]
  /** The highest level in it. */
  readonly level: number
  readonly compartment: 'archive' | 'discipline'
  readonly scope: Digest
}

/** Errors: `disclosure/nothing-to-copy`. */
export function gather(session: Session, catalogue: Catalogue, wanted: WantedContent): Result<Content> {
  const sight = sightOf(session)
  const policy = disclosurePolicy()
  const records: CopiedRecord[] = []
  for (const { name, database } of openDatabases(session)) {
    for (const { record, category: id } of recordsOf(database, wanted.cadre)) {
      if (wanted.record !== null && record !== wanted.record) continue
      if (wanted.categories !== null && !wanted.categories.includes(id)) continue
      if (!sight.sees(id) || (wanted.form === 'subject' && isWithheld(policy, id))) continue
      const state = stateOf(session, database, record)
      const category = findCategory(catalogue, id)
      const revision = state?.revisions.find((one) => one.revision === state.head)
      if (revision === undefined || revision.signed === null || category === null) continue
      records.push({ record, category, compartment: name, database, revision })
    }
  }
  if (records.length === 0) return err('disclosure/nothing-to-copy')
  const places = new Map(catalogue.categories.map((category, place) => [category.id, place]))
  records.sort((a, b) => (places.get(a.category.id) ?? 0) - (places.get(b.category.id) ?? 0))
  const level = Math.max(...records.map(({ category }) => category.level))
  const isSecret = records.some((one) => one.compartment === 'discipline')
  return ok({
    records,
    level,
    compartment: isSecret ? 'discipline' : 'archive',
    scope: scopeOf(session, wanted, records),
  })
}

/** SHA-256 over what exactly is copied. Revisions are digests of salted bodies, so it cannot be guessed. */
function scopeOf(session: Session, wanted: WantedContent, records: readonly CopiedRecord[]): Digest {
  const revisions = records.map(({ revision }) => revision.revision).sort()
  const { cadre, form } = wanted
  const bytes = canonicalBytes({ cadre, form, revisions, type: 'liandang/copy/1' })
  return toHex(session.vault.primitives.sha256(bytes))
}

export function categoriesOf(content: Content): readonly string[] {
  return [...new Set(content.records.map(({ category }) => category.id))]
}

/** The ends of the logs that a copy was made from. */
export function headsOf(session: Session, content: Content): readonly SheetHead[] {
  const used = new Set(content.records.map(({ compartment }) => compartment))
  return openDatabases(session)
    .filter(({ name }) => used.has(name))
    .flatMap(({ name, database }) =>
      readLogs(database, 'device').flatMap(({ log, size, leaf }) =>
        leaf === null ? [] : [{ compartment: name, log, size, leaf }],
      ),
    )
}

export function sectionsOf(
  session: Session,
  catalogue: Catalogue,
  content: Content,
): readonly SheetSection[] {
  const sections = new Map<string, SheetRecord[]>()
  for (const copied of content.records) {
    const records = sections.get(copied.category.id) ?? []
    records.push(sheetRecord(session, catalogue, copied))
    sections.set(copied.category.id, records)
  }
  return [...sections].map(([id, records]) => {
    const { name, level } = findCategory(catalogue, id) as Category
    return { category: id, name, level, records }
  })
}

function sheetRecord(session: Session, catalogue: Catalogue, copied: CopiedRecord): SheetRecord {
  const { category, database, record, revision } = copied
  const body = bodyOrMissing(database, record, revision.revision)
  const own = catalogueOfVersion(session, body.catalogueVersion, catalogue)
  const { fields } = findCategory(own, category.id) ?? category
  const handOf = ({ member, at }: Hand) => ({ name: memberName(session, member), at })
  const signed = revision.signed?.hand ?? revision.author
  return {
    revision: revision.revision,
    declaration: body.declaration,
    period: body.period === null ? null : periodText(body.period),
    fields: fields.flatMap((field) => {
      const value = body.values[field.id]
      if (value === undefined) return []
      const text = displayValue(field, value, own)
      return [{ label: field.label, text: field.unit === undefined ? text : `${text} ${field.unit}` }]
    }),
    source: body.source,
    reason: body.reason,
    evidence: body.evidence.map(({ name }) => name),
    author: handOf(revision.author),
    reviewers: revision.opinions.map(({ hand }) => handOf(hand)),
    signed: handOf(signed),
  }
}
