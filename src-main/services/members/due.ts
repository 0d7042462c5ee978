import type { AuthorityState, Grant, MemberState } from '../../../src-shared/access/authority.ts'
import { isHolder, keyInForce, keyringsToConfirm, missingWraps } from '../../../src-shared/access/grants.ts'
import { keyrings, keyringsOfGrant, type Keyring, type Role } from '../../../src-shared/access/roles.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { momentOf } from '../../vault/vault.ts'
import type { Session } from '../context.ts'
import { confirmingRole, holdingRole } from './standing.ts'

/** What the member at work can do for another whose roles wait. */
export interface Due {
  readonly member: MemberState
  /** With the keyrings that the member at work hands over, these have all they need. */
  readonly confirmable: readonly Grant[]
  /** For these somebody else must add a keyring and confirm. */
  readonly partial: readonly Grant[]
  /** Keyrings to hand over for a grant, of those that nobody did yet. */
  givesFor(grant: Grant): readonly Keyring[]
}

/** Null when nothing waits that the member at work could do anything about. */
export function dueFor(session: Session, member: MemberState): Due | null {
  const { vault } = session
  const { head } = vault.authority
  const at = momentOf(vault)
  const me = head.members.get(vault.member.id)
  if (me === undefined || me.id === member.id || keyInForce(member) === null) return null
  const waiting = member.grants.filter((grant) => !grant.confirmed)
  const mine = heldRings(head, me)
  const missing = missingWraps(head, member)
  const lacking = (grant: Grant) =>
    keyringsOfGrant(grant.role, grant.level).filter((ring) => missing.includes(ring))
  const mayConfirm = confirmingRole(head, me, at) !== null
  const confirmable = waiting.filter(
    (grant) =>
      mayConfirm &&
      grant.granter !== me.id &&
      lacking(grant).every((ring) => mine.includes(ring)) &&
      keyringsToConfirm(head, member.id, grant).every((ring) => mine.includes(ring)),
  )
  const mayGive = holdingRole(session) !== null
  const partial = waiting.filter(
    (grant) =>
      mayGive &&
      !confirmable.includes(grant) &&
      lacking(grant).some((ring) => mine.includes(ring)) &&
      !someoneCan(head, member.id, grant, lacking(grant), at),
  )
  if (confirmable.length === 0 && partial.length === 0) return null
  return {
    member,
    confirmable,
    partial,
    givesFor: (grant) => lacking(grant).filter((ring) => mine.includes(ring)),
  }
}

/** Those who could confirm a waiting grant of a member on their own. */
export function confirmersOf(session: Session, member: MemberState): readonly Id[] {
  const { head } = session.vault.authority
  const at = momentOf(session.vault)
  const missing = missingWraps(head, member)
  const waiting = member.grants.filter((grant) => !grant.confirmed)
  return [...head.members.values()]
    .filter((other) =>
      waiting.some((grant) => {
        const lacking = keyringsOfGrant(grant.role, grant.level).filter((ring) => missing.includes(ring))
        return canConfirm(head, other, { member: member.id, grant, rings: lacking }, at)
      }),
    )
    .map((other) => other.id)
}

function someoneCan(
  state: AuthorityState,
  member: Id,
  grant: Grant,
  rings: readonly Keyring[],
  at: string,
): boolean {
  return [...state.members.values()].some((other) => canConfirm(state, other, { member, grant, rings }, at))
}

interface Wanted {
  readonly member: Id
  readonly grant: Grant
  /** Keyrings that the grant still lacks. */
  readonly rings: readonly Keyring[]
}

/** Neither the member nor who granted the role: it takes another. */
function canConfirm(
  state: AuthorityState,
  other: MemberState,
  { member, grant, rings }: Wanted,
  at: string,
): boolean {
  const mine = heldRings(state, other)
  return (
    other.id !== member &&
    other.id !== grant.granter &&
    confirmingRole(state, other, at) !== null &&
    [...rings, ...keyringsToConfirm(state, member, grant)].every((ring) => mine.includes(ring))
  )
}

export function heldRings(state: AuthorityState, member: MemberState): readonly Keyring[] {
  const key = keyInForce(member)
  return key === null ? [] : keyrings.filter((keyring) => isHolder(state, keyring, member.id, key))
}

/** The role under which the member at work confirms, or null. */
export function myConfirmingRole(session: Session): Role | null {
  const { vault } = session
  const { head } = vault.authority
  const me = head.members.get(vault.member.id)
  return me === undefined ? null : confirmingRole(head, me, momentOf(vault))
}
