import type { Digest } from '../kernel/ids.ts'
import { openStatuses, type RecordState, type RevisionState } from './states.ts'

/** Revisions of one record of which at most one can stand: made apart, each without knowing of the other. */
export interface Rivalry {
  /** `road`: none of them is a fact yet. `fact`: one is the fact, and the others are signed too or on their way. */
  readonly over: 'road' | 'fact'
  /** The newest revision that all of them go back to; null where none was archived before them. */
  readonly parent: Digest | null
  /** In the order of the road; the fact first, where there is one among them. */
  readonly sides: readonly Digest[]
  /** A revision on its way that names all signed sides as settled. */
  readonly settlement: Digest | null
}

/**
 * What people have to choose between in a record, or null. What is on its way by itself and starts from the fact is an
 * ordinary correction; what starts from anything else, or beside another, was made without knowing.
 */
export function rivalryOf(state: RecordState): Rivalry | null {
  const { head, revisions } = state
  const isOpen = ({ status }: RevisionState) => openStatuses.includes(status)
  const apart = revisions.filter(
    (revision) => revision.status === 'conflict' || (isOpen(revision) && revision.parent !== head),
  )
  const fresh = revisions.filter((revision) => isOpen(revision) && revision.parent === head)
  if (fresh.length > 1)
    return { over: 'road', parent: head, sides: fresh.map(({ revision }) => revision), settlement: null }
  if (apart.length === 0 || head === null) return null
  const [next] = fresh
  const settles = next !== undefined && apart.every(({ revision }) => next.settles.includes(revision))
  return {
    over: 'fact',
    parent: commonAncestor(state, [head, ...apart.map(({ revision }) => revision)]),
    sides: [head, ...apart.map(({ revision }) => revision)],
    settlement: settles ? next.revision : null,
  }
}

/** The side by which a rivalry stands in a list: the last, for it made two of one; null while it is being settled. */
export function listedSide(rivalry: Rivalry | null): Digest | null {
  if (rivalry === null || rivalry.settlement !== null) return null
  return rivalry.sides.at(-1) ?? null
}

function commonAncestor({ revisions }: RecordState, sides: readonly Digest[]): Digest | null {
  const parents = new Map(revisions.map(({ revision, parent }) => [revision, parent]))
  const [first = [], ...others] = sides.map((side) => ancestors(parents, side))
  return first.find((one) => others.every((other) => other.includes(one))) ?? null
}

/** Nearest first. A parent was submitted before its child, so the walk ends. */
function ancestors(parents: ReadonlyMap<Digest, Digest | null>, side: Digest): readonly Digest[] {
  const found: Digest[] = []
  let next = parents.get(side) ?? null
  while (next !== null && !found.includes(next)) {
    found.push(next)
    next = parents.get(next) ?? null
  }
  return found
}
