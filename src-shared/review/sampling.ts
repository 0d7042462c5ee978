import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import type { CategoryRule, SamplingPlan } from '../log/category-rule.ts'

type Hashing = Pick<Primitives, 'sha256'>

/** The rows of a batch that go under one draw: N of them. */
export interface LotRow {
  readonly record: Id
  readonly revision: Digest
}

/** One miss in the sample sends the whole batch back (接收数 Ac = 0). */
export const acceptanceNumber = 0

/**
 * Whether a category may be sampled at all: nothing sensitive (L3), nothing of discipline (L4), and nothing whose fields
 * each reviewer has to type again.
 */
export function maySample(rule: Pick<CategoryRule, 'level' | 'verification'>): boolean {
  return rule.level <= 2 && rule.verification !== 'dual-rekey'
}

/** The fewest wrong rows of a lot that are not tolerated: the share, rounded up, and never none. */
export function intolerableRows(lot: number, { tolerablePermille }: SamplingPlan): number {
  return Math.max(1, Math.ceil((lot * tolerablePermille) / 1000))
}

/**
 * The smallest sample with which, if the lot holds as many wrong rows as are not tolerated, none of them is seen with a
 * probability of at most 1 − confidence. Without replacement (hypergeometric, acceptance number 0), in whole numbers:
 * C(N−d, n) / C(N, n) = ∏ (N−d−i) / (N−i) for i < n.
 *
 * @param lot rows, at least 1
 */
export function sampleSize(lot: number, plan: SamplingPlan): number {
  const wrong = intolerableRows(lot, plan)
  const missing = BigInt(1000 - plan.confidencePermille)
  let unseen = 1n
  let all = 1n
  for (let size = 0; size < lot; size++) {
    if (unseen * 1000n <= all * missing) return size
    unseen *= BigInt(Math.max(0, lot - wrong - size))
    all *= BigInt(lot - size)
  }
  return lot
}

/** SHA-256 over the rows of a lot in the order of their revisions: two lists are one lot, or they differ in it. */
export function lotDigest(primitives: Hashing, rows: readonly LotRow[]): Digest {
  const sorted = [...rows]
    .sort((a, b) =>
      a.revision < b.revision ? -1 : a.revision > b.revision ? 1 : a.record < b.record ? -1 : 1,
    )
    .map(({ record, revision }) => [record, revision])
  return toHex(primitives.sha256(canonicalBytes({ rows: sorted, type: 'liandang/lot-rows/1' })))
}

/**
 * What a sample is drawn from. Nobody types it and everybody can compute it: the draw itself and the commits that
 * brought the rows, so that neither who wrote the rows nor who draws could fix it alone beforehand.
 */
export function drawSeed(
  primitives: Hashing,
  unit: Id,
  draw: Digest,
  submissions: readonly Digest[],
): Digest {
  const sorted = [...new Set(submissions)].sort()
  return toHex(
    primitives.sha256(canonicalBytes({ draw, submissions: sorted, type: 'liandang/draw-seed/1', unit })),
  )
}

/** The first `size` rows in the order of SHA-256 over seed and revision. */
export function drawSample(
  primitives: Hashing,
  seed: Digest,
  rows: readonly LotRow[],
  size: number,
): ReadonlySet<Digest> {
  const place = (revision: Digest) =>
    toHex(primitives.sha256(canonicalBytes({ revision, seed, type: 'liandang/draw-place/1' })))
  return new Set(
    rows
      .map(({ revision }) => ({ revision, place: place(revision) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, size)
      .map(({ revision }) => revision),
  )
}
