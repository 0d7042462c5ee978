import type { Category, Field } from '../../../src-shared/catalogue/schema.ts'
import type { FieldValue, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { EvidenceLine, RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { compareRevisions } from '../record/compare.ts'

/** A side of a conflict as people name it: by the place of its revision in the record. */
export interface Side {
  readonly number: number
  readonly revision: RevisionView
}

export interface Sides {
  readonly parent: Side | null
  readonly sides: readonly Side[]
  readonly settlement: Side | null
}

/** The declaration is chosen like a field. */
export const declarationRow = ''

export interface SideRow {
  readonly field: Field
  readonly parent: FieldValue | null
  /** As the sides stand. */
  readonly values: readonly (FieldValue | null)[]
  readonly differs: boolean
}

/** From which side each differing row is taken. Nothing is chosen before somebody chooses it. */
export type Choice = ReadonlyMap<string, Digest>

/** The sides of a record, or null where it has no rivals. */
export function sidesOf(record: RecordView): Sides | null {
  const { rivalry, revisions } = record
  if (rivalry === null) return null
  const side = (digest: Digest | null): readonly Side[] => {
    const index = revisions.findIndex(({ revision }) => revision === digest)
    const revision = revisions[index]
    return revision === undefined ? [] : [{ number: revisions.length - index, revision }]
  }
  return {
    parent: side(rivalry.parent)[0] ?? null,
    sides: rivalry.sides.flatMap(side),
    settlement: side(rivalry.settlement)[0] ?? null,
  }
}

/** Whether any side is still on its way: then nothing is chosen yet, but withdrawn or returned. */
export function isOnTheWay({ sides }: Sides): boolean {
  return sides.some(({ revision }) => revision.status !== 'archived' && revision.status !== 'conflict')
}

/** Every field that any side or the parent says something in, in the order of the category. */
export function sideRows(category: Category, { parent, sides }: Sides): readonly SideRow[] {
  const [first] = sides
  if (first === undefined) return []
  const hidden = new Set(sides.flatMap(({ revision }) => revision.rekey?.withheld ?? []))
  const all = sides.map(({ revision }) => compareRevisions(category, revision, first.revision))
  const fields = new Map(all.flat().map(({ field }) => [field.id, field]))
  return [...fields.values()]
    .filter(({ id }) => !hidden.has(id))
    .map((field): SideRow => {
      const said = all.map((rows) => rows.find((row) => row.field.id === field.id))
      return {
        field,
        parent: parent?.revision.values[field.id] ?? null,
        values: sides.map(({ revision }) => revision.values[field.id] ?? null),
        differs: said.some((row) => row !== undefined && row.change !== 'same'),
      }
    })
    .filter((row) => row.parent !== null || row.values.some((value) => value !== null))
}

export function declares({ sides }: Sides): boolean {
  return new Set(sides.map(({ revision }) => revision.declaration)).size > 1
}

/** What has to be chosen. */
export function openRows(category: Category, sides: Sides): readonly string[] {
  const rows = sideRows(category, sides).filter(({ differs }) => differs)
  return [...(declares(sides) ? [declarationRow] : []), ...rows.map(({ field }) => field.id)]
}

/** All of one side. */
export function wholeOf(category: Category, sides: Sides, side: Digest): Choice {
  return new Map(openRows(category, sides).map((row) => [row, side]))
}

/** The sides that something is taken from; where they differ in nothing, the first. */
function takenFrom({ sides }: Sides, choice: Choice): readonly Side[] {
  const named = new Set(choice.values())
  const taken = sides.filter(({ revision }) => named.has(revision.revision))
  return taken.length === 0 ? sides.slice(0, 1) : taken
}

export interface Settlement {
  /** What the form is filled with. */
  readonly base: RevisionView
  readonly from: readonly Side[]
}

/**
 * The revision that was put together: values as chosen, source and explanations of the side that most was taken from,
 * evidence of every side that something was taken from.
 */
export function settlementOf(category: Category, sides: Sides, choice: Choice): Settlement | null {
  const from = takenFrom(sides, choice)
  const count = ({ revision }: Side) =>
    [...choice.values()].filter((digest) => digest === revision.revision).length
  const main = [...from].sort((a, b) => count(b) - count(a))[0]
  if (main === undefined || openRows(category, sides).some((row) => !choice.has(row))) return null
  const chosen = (row: string) =>
    sides.sides.find(({ revision }) => revision.revision === choice.get(row)) ?? main
  const values: Record<string, FieldValue> = {}
  for (const { field } of sideRows(category, sides)) {
    const value = chosen(field.id).revision.values[field.id]
    if (value !== undefined) values[field.id] = value
  }
  return {
    base: {
      ...main.revision,
      declaration: chosen(declarationRow).revision.declaration,
      values: values as RecordValues,
      evidence: evidenceOf(from),
    },
    from,
  }
}

function evidenceOf(sides: readonly Side[]): readonly EvidenceLine[] {
  const lines = sides.flatMap(({ revision }) => revision.evidence)
  return lines.filter(({ hash }, place) => lines.findIndex((one) => one.hash === hash) === place)
}
