import { create } from 'zustand'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { isComplete, noOpinion, type Opinion } from './decision-form.tsx'

export interface RowOpinion {
  readonly record: Id
  readonly compartment: Compartment
  readonly opinion: Opinion
}

interface BatchStore {
  readonly batch: Id | null
  /** By revision; rows nobody has decided about are absent. */
  readonly opinions: ReadonlyMap<Digest, RowOpinion>
  start(batch: Id): void
  decide(row: BatchRow, change: Partial<Opinion>): void
  /** Agrees with the rows of one page that have no opinion yet: those on the screen, never the rest. */
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
  return { record: row.record, compartment: row.compartment, opinion }
}

export interface BatchCalls {
  readonly decide: readonly InputOf<'review.decide'>[]
  readonly giveBack: readonly InputOf<'review.return'>[]
  /** Opinions that say no without saying why. */
  readonly incomplete: number
}

/** The fewest calls that sign all complete opinions: one a compartment, and one for each reason of a return. */
export function callsOf(opinions: ReadonlyMap<Digest, RowOpinion>): BatchCalls {
  const decide = new Map<Compartment, InputOf<'review.decide'>['rows']>()
  const giveBack = new Map<string, InputOf<'review.return'>>()
  let incomplete = 0
  for (const [revision, { record, compartment, opinion }] of opinions) {
    const { decision } = opinion
    const row = { record, revision }
    const grounds = { reasons: [...opinion.reasons], marks: [...opinion.marks], words: opinion.words }
    if (decision === null || !isComplete(opinion)) incomplete += 1
    else if (decision === 'return') {
      const key = JSON.stringify([compartment, grounds])
      const call = giveBack.get(key) ?? { compartment, rows: [], ...grounds }
      call.rows.push(row)
      giveBack.set(key, call)
    } else {
      const rows = decide.get(compartment) ?? []
      rows.push({ ...row, ...grounds, decision })
      decide.set(compartment, rows)
    }
  }
  return {
    decide: [...decide].map(([compartment, rows]) => ({ compartment, rows })),
    giveBack: [...giveBack.values()],
    incomplete,
  }
}
