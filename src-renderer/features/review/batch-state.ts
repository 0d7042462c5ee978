import { create } from 'zustand'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { evidenceLook } from '../record/look-ids.ts'
import { isComplete, noOpinion, type Opinion } from './decision-form.tsx'

export interface RowOpinion {
  readonly record: Id
  readonly compartment: Compartment
  readonly drawn: BatchRow['drawn']
  readonly evidence: readonly Digest[]
  readonly opinion: Opinion
}

/** The name under which it is kept that a row was on the screen. */
export function rowLook(revision: Digest): string {
  return `row:${revision}`
}

/** Of a drawn lot only the sample is looked at. */
export function isToSee(row: BatchRow): boolean {
  return row.drawn?.seen !== false
}

/** A row that says all about itself in its line: no remark to weigh, no evidence to open. */
export function isPlain({ flags, findings, evidence }: BatchRow): boolean {
  return flags.length + findings.length + evidence.length === 0
}

interface BatchStore {
  readonly batch: Id | null
  /** By revision; rows nobody has decided about are absent. */
  readonly opinions: ReadonlyMap<Digest, RowOpinion>
  start(batch: Id): void
  decide(row: BatchRow, change: Partial<Opinion>): void
  /** Agrees with those of these rows that have no opinion yet. */
  agreeAll(rows: readonly BatchRow[]): void
  clear(rows: readonly { readonly revision: Digest }[]): void
}

/** Opinions about the rows of one batch, kept while one turns its pages. */
export const useBatchOpinions = create<BatchStore>()((set, get) => ({
  batch: null,
  opinions: new Map(),
  start: (batch) => {
    if (get().batch !== batch) set({ batch, opinions: new Map() })
  },
  decide: (row, change) =>
    set(({ opinions }) => {
      const before = opinions.get(row.revision)?.opinion ?? noOpinion
      return { opinions: new Map(opinions).set(row.revision, opinionOf(row, { ...before, ...change })) }
    }),
  agreeAll: (rows) =>
    set(({ opinions }) => {
      const next = new Map(opinions)
      for (const row of rows) {
        if (!next.has(row.revision))
          next.set(row.revision, opinionOf(row, { ...noOpinion, decision: 'agree' }))
      }
      return { opinions: next }
    }),
  clear: (rows) =>
    set(({ opinions }) => {
      const next = new Map(opinions)
      for (const row of rows) next.delete(row.revision)
      return { opinions: next }
    }),
}))

function opinionOf(row: BatchRow, opinion: Opinion): RowOpinion {
  const { record, compartment, drawn } = row
  return { record, compartment, drawn, evidence: row.evidence.map(({ hash }) => hash), opinion }
}

export interface BatchCalls {
  readonly decide: readonly InputOf<'review.decide'>[]
  readonly giveBack: readonly InputOf<'review.return'>[]
  /** Opinions that say no without saying why. */
  readonly incomplete: number
  /** Opinions about rows with evidence that was not opened. To return a row it need not be. */
  readonly unopened: readonly Digest[]
  /** Opinions about rows of a sample that is not decided to its end. */
  readonly waiting: number
}

/**
 * The fewest calls that sign all complete opinions: one a compartment, one for each drawn lot, and one for each reason of
 * a return. A lot is decided as a whole; what returns one of its rows returns them all.
 */
export function callsOf(opinions: ReadonlyMap<Digest, RowOpinion>, seen: ReadonlySet<string>): BatchCalls {
  const decide = new Map<string, { input: InputOf<'review.decide'>; size: number }>()
  const giveBack = new Map<string, InputOf<'review.return'>>()
  const returned = new Set<Digest | null>()
  const unopened: Digest[] = []
  let incomplete = 0
  let waiting = 0
  for (const [revision, { record, compartment, drawn, evidence, opinion }] of opinions) {
    const { decision } = opinion
    const row = { record, revision }
    const grounds = { reasons: [...opinion.reasons], marks: [...opinion.marks], words: opinion.words }
    if (decision === null || !isComplete(opinion)) incomplete += 1
    else if (decision !== 'return' && evidence.some((hash) => !seen.has(evidenceLook(hash))))
      unopened.push(revision)
    else if (decision === 'return') {
      if (drawn !== null) returned.add(drawn.draw)
      const key = JSON.stringify([compartment, drawn?.draw ?? null, grounds])
      const call = giveBack.get(key) ?? { compartment, rows: [], ...grounds }
      call.rows.push(row)
      giveBack.set(key, call)
    } else {
      const key = drawn?.draw ?? compartment
      const under = drawn === null ? {} : { draw: drawn.draw }
      const call = decide.get(key) ?? { input: { compartment, ...under, rows: [] }, size: drawn?.size ?? 0 }
      call.input.rows.push({ ...row, ...grounds, decision })
      decide.set(key, call)
    }
  }
  const whole: InputOf<'review.decide'>[] = []
  for (const { input, size } of decide.values()) {
    if (returned.has(input.draw ?? null)) continue
    if (input.rows.length < size) waiting += input.rows.length
    else whole.push(input)
  }
  return { decide: whole, giveBack: [...giveBack.values()], incomplete, unopened, waiting }
}
