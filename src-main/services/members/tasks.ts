import { isHolder, keyringsExposed } from '../../../src-shared/access/grants.ts'
import { keysWithoutEnd, type MemberState } from '../../../src-shared/access/authority.ts'
import { businessRoles, keyrings } from '../../../src-shared/access/roles.ts'
import type {
  ConfirmationTask,
  EndTask,
  MemberTasks,
  OwnTasks,
} from '../../../src-shared/contract/member-views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { rekeyDue } from '../../vault/rekey.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import { memberName, type Session, type UnlockedHandler } from '../context.ts'
import { confirmersOf, dueFor, heldRings } from './due.ts'
import { forkSides } from './fork.ts'
import {
  fingerprintDigits,
  grantLine,
  grantStanding,
  holdingRole,
  isSecadmin,
  isShownRing,
  ownDossier,
} from './standing.ts'

export const memberTasks: UnlockedHandler<'member.tasks'> = ({ session }) => {
  const { vault } = session
  const { head } = vault.authority
  const members = [...head.members.values()]
  const me = head.members.get(vault.member.id) as MemberState
  const sides = forkSides(session)
  const at = momentOf(vault)
  const worksOnDossiers = heldRoles(vault).some((role) => businessRoles.includes(role))
  const rings = heldRings(head, me)
  const epochs =
    holdingRole(session) === null ? [] : keyringsExposed(head).filter((keyring) => rings.includes(keyring))
  const tasks: MemberTasks = {
    confirmations: members.flatMap((member) => confirmationFor(session, member)),
    epochs,
    // Whoever starts the epoch says these ends with it; where a key was copied, only a person can know.
    ends: endsDue(session).filter(
      ({ cause, compartment }) => cause === 'copied' || !epochs.includes(compartment),
    ),
    rekeys: rekeyDue(vault),
    expired: isSecadmin(session)
      ? members.flatMap((member) =>
          member.grants
            .filter((grant) => grant.deputyFor !== null && grantStanding(grant, at) === 'over')
            .map((grant) => ({
              member: member.id,
              name: memberName(session, member.id),
              grant: grantLine(session, grant),
            })),
        )
      : [],
    fork: sides === null ? null : { sides, maySettle: isSecadmin(session) },
    unanswered: heldRoles(vault).some((role) => role === 'approver' || role === 'inspector')
      ? members
          .filter((member) => member.id !== me.id && isAsked(session, member))
          .map((member) => ({ member: member.id, name: memberName(session, member.id) }))
      : [],
    own: ownTasks(session, me, worksOnDossiers),
  }
  return ok(tasks)
}

/** Whoever works on dossiers is asked whether one is about them. */
function isAsked(session: Session, member: MemberState): boolean {
  const works = member.grants.some((grant) => businessRoles.includes(grant.role))
  return works && ownDossier(session, member) === 'unanswered'
}

function ownTasks(session: Session, me: MemberState, worksOnDossiers: boolean): OwnTasks {
  const { vault } = session
  const { head } = vault.authority
  const handed = keyrings.filter((keyring) => isHolder(head, keyring, me.id, vault.member.signer.keyId))
  return {
    fingerprint: vault.member.signer.keyId.slice(0, fingerprintDigits),
    grants: me.grants.map((grant) => grantLine(session, grant)),
    confirmers: confirmersOf(session, me).map((member) => memberName(session, member)),
    isStale: handed.some((keyring) => !vault.identities.has(keyring)),
    dossier: ownDossier(session, me),
    mayAnswer: worksOnDossiers && isAsked(session, me),
  }
}

/** What the member at work is shown before they confirm; none where they can do nothing. */
function confirmationFor(session: Session, member: MemberState): readonly ConfirmationTask[] {
  const due = dueFor(session, member)
  const key = member.keys.find((one) => one.inForce)?.key
  if (due === null || key === undefined) return []
  const grants = [...due.confirmable, ...due.partial]
  const gives = new Set(grants.flatMap((grant) => due.givesFor(grant)))
  return [
    {
      member: member.id,
      name: memberName(session, member.id),
      login: session.names.members.get(member.id)?.login ?? '',
      fingerprint: key.slice(0, fingerprintDigits),
      isReplacement: member.keys.length > 1,
      grants: grants.map((grant) => ({
        ...grantLine(session, grant),
        isConfirmable: due.confirmable.includes(grant),
      })),
      gives: keyrings.filter((keyring) => gives.has(keyring) && isShownRing(session, keyring)),
    },
  ]
}

/** Removed keys of others that worked on dossiers, whose end in a compartment an approver or inspector has to say. */
function endsDue(session: Session): readonly EndTask[] {
  const { vault } = session
  const held = heldRoles(vault)
  if (!held.includes('approver') && !held.includes('inspector')) return []
  const { authority } = vault
  const everBusiness = membersEverGranted(session)
  return (['archive', 'discipline'] as const)
    .filter((compartment) => vault.compartments.has(compartment))
    .flatMap((compartment) =>
      keysWithoutEnd(authority, compartment)
        .filter(({ member }) => member !== vault.member.id && everBusiness[compartment].has(member))
        .map(({ member, key }) => ({
          member,
          name: memberName(session, member),
          key,
          fingerprint: key.slice(0, fingerprintDigits),
          ...removalOf(session, key),
          compartment,
        })),
    )
}

function removalOf(session: Session, key: Digest): Pick<EndTask, 'cause' | 'removedAt'> {
  for (const { header } of session.vault.authorityCommits) {
    const removal = header.ops.find((one) => one.op === 'key.remove' && one.key === key)
    if (removal?.op === 'key.remove') return { cause: removal.cause, removedAt: header.at }
  }
  return { cause: 'left', removedAt: '' }
}

/** Who was ever granted a role that may sign in the logs of a compartment. */
function membersEverGranted({ vault }: Session): Record<'archive' | 'discipline', ReadonlySet<string>> {
  const archive = new Set<string>()
  const discipline = new Set<string>()
  for (const { header } of vault.authorityCommits) {
    for (const operation of header.ops) {
      if (operation.op !== 'role.grant' || !businessRoles.includes(operation.role)) continue
      archive.add(operation.entity)
      if (operation.level === 4) discipline.add(operation.entity)
    }
  }
  return { archive, discipline }
}
