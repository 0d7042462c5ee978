import type { AuthorityState, Grant, MemberState } from '../../../src-shared/access/authority.ts'
import { dayOf, isInForce, keyInForce, rolesInForce } from '../../../src-shared/access/grants.ts'
import type { Keyring, Level, Role } from '../../../src-shared/access/roles.ts'
import type {
  GrantLine,
  GrantStanding,
  MemberStanding,
  OwnDossier,
} from '../../../src-shared/contract/member-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import type { Session } from '../context.ts'

export const fingerprintDigits = 16

/** The roles that may confirm another member's, the most responsible first. */
export const confirmingRoles: readonly Role[] = ['approver', 'inspector', 'reviewer', 'collector', 'auditor']

export function isSecadmin(session: Session): boolean {
  return heldRoles(session.vault).includes('secadmin')
}

/** Whether logins, levels and keys of others are shown to the member at work. */
export function seesDetails(session: Session): boolean {
  const held = heldRoles(session.vault)
  return held.includes('secadmin') || held.some((role) => confirmingRoles.includes(role))
}

/** Level 4 is the discipline compartment: whoever neither opens it nor grants it does not learn of it here. */
export function shownLevel(session: Session, level: Level): Level {
  const isKnown = session.vault.compartments.has('discipline') || isSecadmin(session)
  return isKnown ? level : (Math.min(level, 3) as Level)
}

/** Whether a keyring is named at all to the member at work. */
export function isShownRing(session: Session, keyring: Keyring): boolean {
  return keyring !== 'discipline' || session.vault.compartments.has('discipline')
}

export function grantStanding(grant: Grant, at: string): GrantStanding {
  const day = dayOf(at)
  if (grant.until !== null && grant.until < day) return 'over'
  if (!grant.confirmed) return 'unconfirmed'
  return isInForce(grant, at) ? 'in-force' : 'not-yet'
}

export function grantLine(session: Session, grant: Grant): GrantLine {
  const { role, categories, deputyFor, from, until } = grant
  const standing = grantStanding(grant, momentOf(session.vault))
  return { role, categories, level: shownLevel(session, grant.level), deputyFor, from, until, standing }
}

export function memberStanding(member: MemberState, at: string): MemberStanding {
  if (keyInForce(member) === null) return member.grants.length === 0 ? 'left' : 'suspended'
  if (rolesInForce(member, at).length > 0) return 'working'
  const isWaiting = member.grants.some((grant) => grantStanding(grant, at) === 'unconfirmed')
  return isWaiting ? 'unconfirmed' : 'no-role'
}

export function isGrantNamed(
  grant: { readonly role: Role; readonly deputyFor: Id | null },
  name: { readonly role: Role; readonly deputyFor: Id | null },
): boolean {
  return grant.role === name.role && grant.deputyFor === name.deputyFor
}

/** Whether a member may sign the confirmation of another's role; in a small unit only an approver may. */
export function confirmingRole(state: AuthorityState, member: MemberState, at: string): Role | null {
  if (keyInForce(member) === null) return null
  const held = rolesInForce(member, at)
  const allowed = state.policy === 'small' ? (['approver'] as const) : confirmingRoles
  return allowed.find((role) => held.includes(role)) ?? null
}

/**
 * The role under which a keyring is handed over or started anew, or null: the most responsible one, for it may also say
 * where removed keys end.
 */
export function holdingRole(session: Session): Role | null {
  const held = heldRoles(session.vault)
  const allowed: readonly Role[] = [...confirmingRoles, 'secadmin']
  return allowed.find((role) => held.includes(role)) ?? null
}

/** What was said of the dossier about a member. That nobody said anything yet is not that there is none. */
export function ownDossier({ vault }: Session, member: MemberState): OwnDossier {
  if (member.cadre !== null) return 'tied'
  const { voids } = vault.authority
  const wasSaid = vault.authorityCommits.some(
    ({ leaf, header }) =>
      !voids.has(leaf) && header.ops.some((one) => one.op === 'member.cadre' && one.entity === member.id),
  )
  return wasSaid ? 'none' : 'unanswered'
}
