import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import type { OpenedOpinion, OperationOf } from '../log/operations.ts'
import { drawSample, drawSeed, lotDigest, maySample, sampleSize } from './sampling.ts'
import type { DrawClaim, DrawnState, RecordState, RevisionState, RoadAct, RoadStep } from './states.ts'
import { handOf, put, type Act } from './taking-part.ts'

type Hashing = Pick<Primitives, 'sha256'>

/** The draw that decides who is looked at, or null where every row is. */
export function drawOf(revision: RevisionState): DrawnState | null {
  return revision.drawn?.contested === null ? revision.drawn : null
}

/** The steps of a draw, by row: what it drew can be computed from its commit alone. */
export function drawActs(
  primitives: Hashing,
  unit: Id,
  leaf: Digest,
  operation: OperationOf<'review.draw'>,
): readonly RoadAct[] {
  const { batch, category, plan, rows } = operation
  const seed = drawSeed(
    primitives,
    unit,
    leaf,
    rows.map(({ submission }) => submission),
  )
  const size = sampleSize(rows.length, plan)
  const sample = drawSample(primitives, seed, rows, size)
  const digests = {
    rows: lotDigest(primitives, rows),
    sample: lotDigest(
      primitives,
      rows.filter(({ revision }) => sample.has(revision)),
    ),
  }
  const twice = (of: (row: (typeof rows)[number]) => string) => new Set(rows.map(of)).size !== rows.length
  const fault: ErrorCode | null =
    twice(({ record }) => record) || twice(({ revision }) => revision) ? 'review/draw-rows' : null
  return rows.map(({ revision, submission }) => ({
    act: 'draw',
    revision,
    submission,
    batch,
    category,
    plan,
    drawn: { seed, lot: rows.length, size, ...digests, seen: sample.has(revision) },
    fault,
  }))
}

/**
 * What an operation says of a draw: which rows it holds, and which of them were looked at. Two operations that name the
 * same draw and not the same rows differ in it, so that each row can tell by itself whether one was left out.
 */
export function drawClaim(
  primitives: Hashing,
  operation: OperationOf<'review.decide' | 'review.return' | 'review.open'>,
): DrawClaim | null {
  if (operation.draw === undefined) return null
  const claim = { draw: operation.draw, rows: lotDigest(primitives, operation.rows) }
  if (operation.op === 'review.return') return { ...claim, sample: null, fault: null, redo: false }
  const rows: readonly DrawnRow[] = operation.rows
  const sample = lotDigest(
    primitives,
    rows.filter((row) => row.unseen !== true),
  )
  if (operation.op === 'review.decide') return { ...claim, sample, fault: null, redo: false }
  const redo = operation.rows.some((row) => row.opinions.some(({ decision }) => decision === 'unopenable'))
  const fault = !redo && contradicted(operation.rows).length > 0 ? 'review/sample-contradicted' : null
  return { ...claim, sample, fault, redo }
}

interface DrawnRow {
  readonly record: Id
  readonly revision: Digest
  readonly unseen?: true
}

/**
 * Reviewers who say one thing of the batch and another of its rows: not the same verdict everywhere, agreement over a
 * row they found wrong, or refusal of a batch in which they found nothing wrong.
 */
export function contradicted(
  rows: readonly { readonly unseen?: true; readonly opinions: readonly OpenedOpinion[] }[],
): readonly Id[] {
  const seen = rows.filter((row) => row.unseen !== true).length
  const said = new Map<Id, { readonly lots: Set<string | undefined>; misses: number; seen: number }>()
  for (const row of rows)
    for (const opinion of row.opinions) {
      if (opinion.decision === 'unopenable') continue
      const of = said.get(opinion.reviewer) ?? { lots: new Set(), misses: 0, seen: 0 }
      said.set(opinion.reviewer, of)
      of.lots.add(opinion.lot)
      if (row.unseen === true) {
        if (opinion.decision !== opinion.lot) of.lots.add(undefined)
        continue
      }
      of.seen += 1
      if (opinion.decision === 'disagree') of.misses += 1
    }
  return [...said].flatMap(([reviewer, of]) => {
    const [lot] = of.lots
    const isPlain =
      of.lots.size === 1 && (lot === 'agree' ? of.misses === 0 : of.misses > 0 || of.seen < seen)
    return isPlain && lot !== undefined ? [] : [reviewer]
  })
}

/**
 * Takes a revision into the lot of a draw, if its rule allows sampling and nobody has said anything of it yet. A second
 * draw while that is so takes the first with it: or one could draw, on another device and as if one had not seen it,
 * until the sample is to one's liking. Neither holds then, and every row is looked at.
 */
export function draw(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'draw'>,
): RecordState | ErrorCode {
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  const { sampling } = revision.rule
  if (sampling === undefined || !maySample(revision.rule)) return 'review/no-sampling'
  const { tolerablePermille, confidencePermille } = act.plan
  if (
    tolerablePermille !== sampling.tolerablePermille ||
    confidencePermille !== sampling.confidencePermille ||
    act.category !== state.category ||
    act.batch !== revision.batch ||
    act.submission !== revision.author.commit
  )
    return 'review/draw-rows'
  if (act.fault !== null) return act.fault
  const { drawn: before } = revision
  if (before !== null) {
    if (before.contested !== null || revision.status !== 'submitted') return 'review/drawn-twice'
    return put(state, { ...revision, drawn: { ...before, contested: handOf(step) } })
  }
  if (revision.status !== 'submitted' || revision.discarded.length > 0) return 'review/not-open-for-opinion'
  const drawn = { hand: handOf(step), draw: step.commit, ...act.drawn, contested: null }
  return put(state, { ...revision, drawn })
}

/**
 * Whether an act fits the draw that a revision is under: null, or the code. A drawn batch is decided, returned and
 * opened as a whole; `review/not-drawn` says that the act names a draw that does not hold for this row.
 */
export function lotRefusal(
  revision: RevisionState,
  { draw: claim, unseen }: { readonly draw?: DrawClaim; readonly unseen?: true },
): ErrorCode | null {
  const drawn = drawOf(revision)
  if (claim === undefined) return drawn !== null ? 'review/drawn' : unseen ? 'review/not-drawn' : null
  if (drawn === null) return 'review/not-drawn'
  if (claim.draw !== drawn.draw || claim.rows !== drawn.rows) return 'review/draw-rows'
  if (claim.sample !== null && (claim.sample !== drawn.sample || (unseen === true) === drawn.seen))
    return 'review/draw-rows'
  return claim.fault
}

/** What an act says of the draw a revision is under, as the operation over the whole lot will say it. */
export function claimOf(revision: RevisionState): { readonly draw?: DrawClaim; readonly unseen?: true } {
  const drawn = drawOf(revision)
  if (drawn === null) return {}
  const { draw: leaf, rows, sample, seen } = drawn
  return { draw: { draw: leaf, rows, sample, fault: null, redo: false }, ...(seen ? {} : { unseen: true }) }
}
