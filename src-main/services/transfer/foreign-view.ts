import { hasRules, findCategory, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { displayValue } from '../../../src-shared/catalogue/validate.ts'
import type { SheetRecord, SheetSection } from '../../../src-shared/disclosure/sheet.ts'
import { periodText } from '../../../src-shared/catalogue/periods.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Body } from '../../../src-shared/log/header.ts'
import type { Hand, RevisionState } from '../../../src-shared/review/states.ts'
import type { ForeignDossier, ForeignRecord } from '../../../src-shared/transfer/verify.ts'
import { parseRevisionBody } from '../dossier/bodies.ts'

/** The names that the other unit's chain gives to its people. */
export function foreignNames({ chain, bodies, members }: ForeignDossier): (member: Id) => string {
  const names = new Map<Id, string>()
  for (const [member, digest] of members) {
    const name = bodies.get(digest)?.['name']
    if (typeof name === 'string') names.set(member, name)
  }
  return (member) => names.get(member) ?? (chain.head.members.has(member) ? member.slice(0, 8) : '')
}

/** The facts of another unit's dossier in its own catalogue's words; only of categories that `sees` lets through. */
export function foreignSections(
  dossier: ForeignDossier,
  newest: Catalogue,
  sees: (category: string) => boolean,
): readonly SheetSection[] {
  const catalogues = cataloguesOf(dossier)
  const nameOf = foreignNames(dossier)
  const sections = new Map<string, SheetRecord[]>()
  for (const record of dossier.records) {
    const fact = record.state.revisions.find(({ revision }) => revision === record.state.head)
    const body = fact === undefined ? undefined : dossier.bodies.get(fact.revision)
    if (fact === undefined || body === undefined || !sees(record.category)) continue
    const shown = sheetRecord(record, fact, body, catalogues, newest, nameOf)
    if (shown !== null) sections.set(record.category, [...(sections.get(record.category) ?? []), shown])
  }
  return [...sections].sort().map(([id, records]) => {
    const category = [...catalogues.values()].flatMap((one) => findCategory(one, id) ?? []).at(-1)
    const { name, level } = category ?? findCategory(newest, id) ?? { name: id, level: 3 }
    return { category: id, name, level, records }
  })
}

function sheetRecord(
  { category }: ForeignRecord,
  revision: RevisionState,
  written: Body,
  catalogues: ReadonlyMap<number, Catalogue>,
  newest: Catalogue,
  nameOf: (member: Id) => string,
): SheetRecord | null {
  const body = parseRevisionBody(written)
  if (body === null) return null
  const own = catalogues.get(body.catalogueVersion) ?? newest
  const fields = (findCategory(own, category) ?? findCategory(newest, category))?.fields ?? []
  const handOf = ({ member, at }: Hand) => ({ name: nameOf(member), at })
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
    signed: handOf(revision.signed?.hand ?? revision.author),
  }
}

/** The versions of the catalogue that came along and say what the chain signed. */
function cataloguesOf({ chain, bodies }: ForeignDossier): ReadonlyMap<number, Catalogue> {
  const found = new Map<number, Catalogue>()
  for (const { version, body, rules } of chain.head.catalogueVersions) {
    const read = readCatalogue(bodies.get(body)?.['catalogue'])
    if (read.ok && hasRules(read.value, [...rules.values()])) found.set(version, read.value)
  }
  return found
}
