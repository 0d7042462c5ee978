import type { Category } from '../catalogue/schema.ts'
import type { RecordContent } from '../catalogue/values.ts'
import { toHex, utf8 } from '../kernel/bytes.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { contradictions, speaksOfTheSame } from './other-sources.ts'

/** What one record says now, and who said it. */
export interface Statement extends RecordContent {
  readonly record: Id
  readonly revision: Digest
  readonly isArchived: boolean
  /** Who says it: kind and name of the source. */
  readonly source: { readonly kind: string; readonly from: string }
  /** ISO 8601 UTC. */
  readonly at: string
}

/**
 * `value`: both say something of a field, and not the same. `declaration`: one says that there is nothing, the other names
 * something. `unreported`: a check of personal matters names what nobody else does.
 */
export const differenceKinds = ['value', 'declaration', 'unreported'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export interface Difference {
  /** Follows from the two revisions and the field: what was settled stays settled until one of them says something else. */
  readonly id: Id
  readonly kind: DifferenceKind
  /** Empty where it is not about one field. */
  readonly field: string
  readonly one: Statement
  /** Null for what only one of them names. */
  readonly other: Statement | null
}

/** How a difference is settled: what is archived stays, a correction is opened, or both are right and it is explained. */
export const settlements = ['kept', 'corrected', 'explained'] as const
export type Settlement = (typeof settlements)[number]

/** Characters that the words on a difference may have. */
export const longestWords = 2000

/** 漏报, 瞒报, neither (《领导干部个人有关事项报告查核结果处理办法》). */
export const disclosureFaults = ['omission', 'concealment', 'neither'] as const
export type DisclosureFault = (typeof disclosureFaults)[number]

/** Statements of one cadre and category that are held against each other; of more, the first. */
const mostStatements = 200

/**
 * Where the sources of one cadre and category differ. `one` is what is archived, else what was said first; a statement is
 * never held against another of the same source, which may speak of another time.
 *
 * @param isCheck whether a source checks the reported personal matters
 */
export function differencesOf(
  primitives: Pick<Primitives, 'sha256'>,
  category: Category,
  statements: readonly Statement[],
  isCheck: (source: Statement['source']) => boolean,
): readonly Difference[] {
  const said = statements
    .filter(({ declaration }) => declaration === 'present' || declaration === 'none')
    .toSorted(byWeight)
    .slice(0, mostStatements)
  const found: Difference[] = []
  const add = (kind: DifferenceKind, field: string, one: Statement, other: Statement | null) =>
    found.push({ id: idOf(primitives, kind, field, one, other), kind, field, one, other })
  said.forEach((one, index) => {
    for (const other of said.slice(index + 1)) {
      if (one.source.kind === other.source.kind && one.source.from === other.source.from) continue
      if (one.declaration !== other.declaration) add('declaration', '', one, other)
      else if (one.declaration === 'present' && speaksOfTheSame(category, one, other))
        for (const field of contradictions(category, one, other)) add('value', field, one, other)
    }
  })
  for (const one of said) {
    if (one.declaration !== 'present' || !isCheck(one.source)) continue
    const isNamed = said.some(
      (other) =>
        other !== one &&
        !isCheck(other.source) &&
        (other.declaration === 'none' || speaksOfTheSame(category, one, other)),
    )
    // That somebody says there is nothing stands as a difference of its own.
    if (!isNamed) add('unreported', '', one, null)
  }
  return found
}

function byWeight(a: Statement, b: Statement): number {
  if (a.isArchived !== b.isArchived) return a.isArchived ? -1 : 1
  const [left, right] = a.at === b.at ? [a.revision, b.revision] : [a.at, b.at]
  return left < right ? -1 : left > right ? 1 : 0
}

function idOf(
  { sha256 }: Pick<Primitives, 'sha256'>,
  kind: DifferenceKind,
  field: string,
  one: Statement,
  other: Statement | null,
): Id {
  const both = [one.revision, other?.revision ?? ''].toSorted()
  return toHex(sha256(utf8(['liandang/difference/1', kind, field, ...both].join('\n')))).slice(0, 32)
}
