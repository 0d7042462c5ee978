import { dayOf } from '../calendar/day.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { AuthorityState, Grant, MemberState, WrapState } from './authority-state.ts'
import {
  businessRoles,
  keyringsOf,
  keyringsOfGrant,
  keyrings,
  recoveryOf,
  type Keyring,
  type Level,
  type Role,
} from './roles.ts'

export { dayOf } from '../calendar/day.ts'

/** Whether a grant counts at a moment: confirmed, and within its days. The moment is the claim of whoever signs. */
export function isInForce(grant: Grant, at: string): boolean {
  if (!grant.confirmed) return false
  const day = dayOf(at)
  return (grant.from === null || grant.from <= day) && (grant.until === null || day <= grant.until)
}

export function holdsRole(member: MemberState, role: Role, at: string): boolean {
  return member.grants.some((grant) => grant.role === role && isInForce(grant, at))
}

/** The roles of a member in force at a moment, each once. */
export function rolesInForce(member: MemberState, at: string): readonly Role[] {
  return [...new Set(member.grants.filter((grant) => isInForce(grant, at)).map((grant) => grant.role))]
}

/** What a member may handle under a role at a moment. */
export function grantsInForce(state: AuthorityState, member: Id, role: Role, at: string): readonly Reach[] {
  const grants = state.members.get(member)?.grants ?? []
  return grants
    .filter((grant) => grant.role === role && isInForce(grant, at))
    .map(({ categories, level }) => ({ categories, level }))
}

/** How far a grant reaches. */
export interface Reach {
  /** Category ids, or `*`. */
  readonly categories: readonly string[]
  readonly level: Level
}

/** Whether one of the grants reaches a category: named or `*`, and of its level. */
export function mayHandle(
  grants: readonly Reach[],
  rule: { readonly category: string; readonly level: number },
): boolean {
  return grants.some(
    ({ categories, level }) =>
      level >= rule.level && (categories.includes('*') || categories.includes(rule.category)),
  )
}

/** The highest level of a category that a member may see at a moment, 0 for who does not work on dossiers. */
export function levelOf(member: MemberState, at: string): number {
  const reaching = member.grants.filter((grant) => businessRoles.includes(grant.role) && isInForce(grant, at))
  return Math.max(0, ...reaching.map((grant) => grant.level))
}

export function keyInForce(member: MemberState): Digest | null {
  return member.keys.find((key) => key.inForce)?.key ?? null
}

/** Whether a member's grants, in force or not yet, give a right to a keyring. */
export function isDue(member: MemberState, keyring: Keyring): boolean {
  return member.grants.length > 0 && keyringsOf(member.grants).includes(keyring)
}

/** The wraps through which somebody may open the present epoch of a keyring now: with the right, the wrap is gone. */
export function presentWraps(state: AuthorityState, keyring: Keyring): readonly WrapState[] {
  const epoch = state.keyrings.get(keyring)?.epoch ?? 0
  return state.wraps.filter((wrap) => {
    if (wrap.keyring !== keyring || wrap.epoch !== epoch) return false
    if (wrap.key === null) return true
    const member = state.members.get(wrap.holder)
    return member !== undefined && keyInForce(member) === wrap.key && isDue(member, keyring)
  })
}

/** Whether a keyring is wrapped to a member's key, or, without a key, to the recovery kit by its name. */
export function isHolder(
  state: AuthorityState,
  keyring: Keyring,
  holder: string,
  key: Digest | null,
): boolean {
  return presentWraps(state, keyring).some((wrap) => wrap.holder === holder && wrap.key === key)
}

/**
 * The keyrings that whoever confirms a grant must hold: all that it gives a right to. Where nobody else opens both
 * opinions and discipline, a cleared approver is confirmed by one who opens opinions; discipline another hands over.
 */
export function keyringsToConfirm(
  state: AuthorityState,
  subject: Id,
  { role, level }: Pick<Grant, 'role' | 'level'>,
): readonly Keyring[] {
  const needed = keyringsOfGrant(role, level)
  const both = ['discipline', 'seal'] as const
  if (!both.every((keyring) => needed.includes(keyring))) return needed
  const isHeld = [...state.members.values()].some(
    (other) =>
      other.id !== subject && both.every((keyring) => isHolder(state, keyring, other.id, keyInForce(other))),
  )
  return isHeld ? needed : needed.filter((keyring) => keyring !== 'discipline')
}

/** The keyrings a member has a right to that nobody has wrapped to their present key yet. */
export function missingWraps(state: AuthorityState, member: MemberState): readonly Keyring[] {
  const key = keyInForce(member)
  return keyrings.filter((keyring) => isDue(member, keyring) && !isHolder(state, keyring, member.id, key))
}

/** Who must be wrapped a new epoch of a keyring: everybody with a right that is confirmed and a key, and the kit. */
export function holdersDue(state: AuthorityState, keyring: Keyring): readonly string[] {
  const members = [...state.members.values()].filter(
    (member) =>
      keyInForce(member) !== null && isDue({ ...member, grants: member.grants.filter(confirmed) }, keyring),
  )
  return [...members.map((member) => member.id), recoveryOf(keyring)]
}

function confirmed(grant: Grant): boolean {
  return grant.confirmed
}

/**
 * Keyrings that somebody can open who has lost the right to: a member whose grants went, or the holder of a key that
 * was copied or left with its owner. Each wants a new epoch.
 */
export function keyringsExposed(state: AuthorityState): readonly Keyring[] {
  return keyrings.filter((keyring) => {
    const epoch = state.keyrings.get(keyring)?.epoch ?? 0
    return state.wraps.some((wrap) => {
      if (wrap.keyring !== keyring || wrap.epoch !== epoch || wrap.key === null) return false
      const member = state.members.get(wrap.holder)
      if (member === undefined || !isDue(member, keyring)) return true
      const cause = member.keys.find((key) => key.key === wrap.key)?.removed ?? null
      return cause === 'copied' || cause === 'left'
    })
  })
}
