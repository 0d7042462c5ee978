import type { AuthorityState } from '../access/authority-state.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { RevisionState } from './states.ts'

/** The register of relations on account of which somebody keeps out of a matter (category D4). */
export const avoidanceCategory = 'D4'

/** Why a member keeps out of a dossier that is not their own. Hangs on content that can be corrected: never voids. */
export const ties = ['kin', 'line'] as const
export type Tie = (typeof ties)[number]

export const tieCodes: Readonly<Record<Tie, ErrorCode>> = {
  kin: 'review/kin',
  line: 'review/reporting-line',
}

export type HandAs = 'author' | 'reviewer' | 'adjudicator' | 'signer'

/** The names in a field of several people, `、` between them. */
export function peopleIn(people: string): readonly string[] {
  return people.split(/[、，,；;\s]/u).filter((name) => name !== '')
}

/** Whether a field of several people names this one. */
export function names(people: string, name: string): boolean {
  return peopleIn(people).includes(name)
}

/**
 * The dossiers of those above and below a member: those that were said of the member, and those of members of whom the
 * member's own dossier was said.
 */
export function lineOf(state: AuthorityState, member: Id): ReadonlySet<Id> {
  const known = state.members.get(member)
  const line = new Set(known?.line ?? [])
  if (known?.cadre == null) return line
  for (const other of state.members.values())
    if (other.cadre !== null && other.line.includes(known.cadre)) line.add(other.cadre)
  return line
}

/** Who took part in a revision, and as what: each once. */
export function handsOf(revision: RevisionState): readonly (readonly [as: HandAs, member: Id])[] {
  const hands: readonly (readonly [HandAs, Id | undefined])[] = [
    ['author', revision.author.member],
    ...revision.opinions.map(({ hand }) => ['reviewer', hand.member] as const),
    ...(revision.group?.votes ?? []).map(({ hand }) => ['adjudicator', hand.member] as const),
    ['adjudicator', revision.adjudication?.hand.member],
    ['signer', revision.signed?.hand.member],
  ]
  const seen = new Set<string>()
  return hands.flatMap(([as, member]) => {
    if (member === undefined || seen.has(`${as}/${member}`)) return []
    seen.add(`${as}/${member}`)
    return [[as, member] as const]
  })
}
