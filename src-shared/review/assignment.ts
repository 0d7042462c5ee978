import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'

/**
 * Reviewers drawn for a revision: the first `count` candidates in the order of SHA-256 over seed, revision and
 * candidate. Anybody who has the seed and knows who the candidates were can draw again and see that nobody chose.
 */
export function drawReviewers(
  primitives: Pick<Primitives, 'sha256'>,
  seed: Digest,
  revision: Digest,
  candidates: readonly Id[],
  count: number,
): readonly Id[] {
  const lot = (candidate: Id) =>
    toHex(primitives.sha256(canonicalBytes({ candidate, revision, seed, type: 'liandang/lot/1' })))
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, lot: lot(candidate) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/**
 * Reviewers in turn for many revisions: each goes to those of its candidates who have the fewest so far, and among
 * these to the first by id, so that two who assign the same work come to the same answer.
 *
 * `load` is what each has on their desk already.
 */
export function takeTurns(
  revisions: readonly {
    readonly revision: Digest
    readonly candidates: readonly Id[]
    /** Opinions still wanted. */
    readonly count: number
  }[],
  load: ReadonlyMap<Id, number>,
): ReadonlyMap<Digest, readonly Id[]> {
  const desks = new Map(load)
  const desk = (id: Id) => desks.get(id) ?? 0
  const chosen = new Map<Digest, readonly Id[]>()
  for (const { revision, candidates, count } of revisions) {
    const next = [...new Set(candidates)]
      .sort((a, b) => desk(a) - desk(b) || (a < b ? -1 : 1))
      .slice(0, count)
    for (const id of next) desks.set(id, desk(id) + 1)
    chosen.set(revision, next)
  }
  return chosen
}
