import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { ParsedInputOf } from '../../../src-shared/contract/index.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { claimOf, drawActs, drawClaim, drawOf } from '../../../src-shared/review/lots.ts'
import type { DrawClaim, RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import { openCompartment } from '../../vault/vault.ts'
import { drawnRow, drawOperation } from '../../vault/draw-queries.ts'
import type { UnlockedContext } from '../context.ts'
import type { CheckedRows, NamedRow } from './act.ts'

export interface LotRow extends NamedRow {
  readonly unseen?: true
}

/** Rows that one operation is about: all of a draw, or those that are under none. */
export interface Lot {
  readonly draw: Digest | null
  readonly rows: readonly LotRow[]
}

/** Every row of a draw, as it was signed, and which of them nobody looks at. */
function rowsOfDraw(
  { session }: UnlockedContext,
  compartment: Compartment,
  draw: Digest,
  revision: Digest,
): Result<readonly LotRow[]> {
  const { vault } = session
  const store = openCompartment(vault, compartment)
  if (!store.ok) return store
  const operation = drawOperation(store.value.database, draw, revision)
  if (operation === null) return err('review/not-drawn')
  const acts = drawActs(vault.primitives, vault.unit, draw, operation)
  return ok(
    operation.rows.map(({ record, revision: one }, index) => {
      const act = acts[index]
      const isUnseen = act?.act === 'draw' && !act.drawn.seen
      return isUnseen ? { record, revision: one, unseen: true } : { record, revision: one }
    }),
  )
}

/**
 * The operations that rows go into: a row under a draw brings all the others of it.
 *
 * Errors: `vault/compartment-closed`, `review/not-drawn`.
 */
export function lotsOf(
  context: UnlockedContext,
  compartment: Compartment,
  rows: readonly NamedRow[],
): Result<readonly Lot[]> {
  const store = openCompartment(context.session.vault, compartment)
  if (!store.ok) return store
  const single: NamedRow[] = []
  const drawn = new Map<Digest, readonly LotRow[]>()
  for (const { record, revision } of rows) {
    const draw = drawnRow(store.value.database, record, revision)?.draw ?? null
    if (draw === null) single.push({ record, revision })
    if (draw === null || drawn.has(draw)) continue
    const all = rowsOfDraw(context, compartment, draw, revision)
    if (!all.ok) return all
    drawn.set(draw, all.value)
  }
  const lots: Lot[] = [...drawn].map(([draw, all]) => ({ draw, rows: all }))
  return ok(single.length === 0 ? lots : [{ draw: null, rows: single }, ...lots])
}

/**
 * The lots with only the rows that the rules allow. A drawn lot goes as a whole or not at all.
 *
 * Errors: the code of the first refused row of a drawn lot.
 */
export function allowedLots(
  lots: readonly Lot[],
  { allowed, refused }: Pick<CheckedRows<NamedRow>, 'allowed' | 'refused'>,
): Result<readonly Lot[]> {
  const able = new Set(allowed.map(({ row }) => row.revision))
  const drawn = new Set(
    lots.flatMap(({ draw, rows }) => (draw === null ? [] : rows.map((row) => row.revision))),
  )
  const spoiled = refused.find((row) => drawn.has(row.revision))
  if (spoiled !== undefined) return err(spoiled.code, { record: spoiled.record })
  return ok(
    lots
      .map(({ draw, rows }) => ({ draw, rows: rows.filter(({ revision }) => able.has(revision)) }))
      .filter(({ rows }) => rows.length > 0),
  )
}

export function revisionIn(state: RecordState, { revision }: NamedRow): RevisionState | null {
  return state.revisions.find((one) => one.revision === revision) ?? null
}

/** What an operation over whole lots says of the draw of one of its rows. */
export function claimOfLot(
  { session }: UnlockedContext,
  lots: readonly Lot[],
): (row: NamedRow) => { readonly draw?: DrawClaim } {
  const claims = new Map<Digest, DrawClaim>()
  for (const { draw, rows } of lots) {
    if (draw === null) continue
    const operation = { op: 'review.return', entity: '', digest: '', draw, rows } as const
    const claim = drawClaim(session.vault.primitives, operation)
    if (claim !== null) for (const { revision } of rows) claims.set(revision, claim)
  }
  return ({ revision }) => {
    const draw = claims.get(revision)
    return draw === undefined ? {} : { draw }
  }
}

type Decided = ParsedInputOf<'review.decide'>['rows'][number]

export interface WholeLot {
  readonly rows: readonly (Decided & { readonly unseen: boolean })[]
  /** What the reviewer says of the lot; null where each row stands for itself. */
  readonly lot: 'agree' | 'disagree' | null
}

/**
 * The rows of a decision: those that were asked for, or, of a drawn lot, also those that were not drawn, which share the
 * fate of the sample.
 *
 * Errors: `review/draw-rows` when the rows are not the sample; `review/draw-broken` when rows of the lot are not under the
 * draw any more, or never came to be.
 */
export function wholeLot(context: UnlockedContext, input: ParsedInputOf<'review.decide'>): Result<WholeLot> {
  const { draw, compartment, rows } = input
  if (draw === undefined) return ok({ rows: rows.map((row) => ({ ...row, unseen: false })), lot: null })
  const store = openCompartment(context.session.vault, compartment)
  if (!store.ok) return store
  const all = rowsOfDraw(context, compartment, draw, rows[0]?.revision ?? '')
  if (!all.ok) return all
  const { database } = store.value
  const isWhole = all.value.every(
    ({ record, revision }) => drawnRow(database, record, revision)?.draw === draw,
  )
  if (!isWhole) return err('review/draw-broken')
  const decided = new Map(rows.map((row) => [row.revision, row]))
  const sample = all.value.filter(({ unseen }) => unseen !== true)
  if (decided.size !== sample.length || !sample.every(({ revision }) => decided.has(revision)))
    return err('review/draw-rows')
  const lot = rows.every(({ decision }) => decision === 'agree') ? 'agree' : 'disagree'
  return ok({
    lot,
    rows: all.value.map(
      ({ record, revision }) =>
        withSight(decided.get(revision)) ?? {
          record,
          revision,
          decision: lot,
          reasons: [],
          marks: [],
          words: '',
          unseen: true,
        },
    ),
  })
}

function withSight(row: Decided | undefined): WholeLot['rows'][number] | null {
  return row === undefined ? null : { ...row, unseen: false }
}

/** What a decision says of the draw a row is under. */
export function claimIn(state: RecordState, row: NamedRow): ReturnType<typeof claimOf> {
  const revision = revisionIn(state, row)
  return revision === null ? {} : claimOf(revision)
}

export function isUnder(revision: RevisionState, draw: Digest): boolean {
  return drawOf(revision)?.draw === draw
}
