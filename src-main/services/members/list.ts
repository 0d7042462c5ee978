import type { MemberState } from '../../../src-shared/access/authority.ts'
import { isHolder, keyInForce, missingWraps, rolesInForce } from '../../../src-shared/access/grants.ts'
import { keyrings } from '../../../src-shared/access/roles.ts'
import type { MemberDetails, MemberLine } from '../../../src-shared/contract/member-views.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { momentOf } from '../../vault/vault.ts'
import { memberName, type Session, type UnlockedHandler } from '../context.ts'
import { actsAbout } from './acts.ts'
import { lossOf, workers } from './guards.ts'
import {
  fingerprintDigits,
  grantLine,
  isSecadmin,
  isShownRing,
  memberStanding,
  ownDossier,
  seesDetails,
} from './standing.ts'

export const memberList: UnlockedHandler<'member.list'> = ({ session }) => {
  const { head } = session.vault.authority
  return ok({
    members: [...head.members.values()].map((member) => lineOf(session, member)),
    reviewers: workers(head, 'reviewer', momentOf(session.vault)),
  })
}

export const memberRead: UnlockedHandler<'member.read'> = ({ session }, input) => {
  const member = session.vault.authority.head.members.get(input.member)
  if (member === undefined) return err('call/not-found')
  const acts = seesDetails(session) ? actsAbout(session, member.id) : []
  return ok({ member: lineOf(session, member), acts })
}

function lineOf(session: Session, member: MemberState): MemberLine {
  const at = momentOf(session.vault)
  return {
    id: member.id,
    name: memberName(session, member.id),
    standing: memberStanding(member, at),
    roles: keyInForce(member) === null ? [] : rolesInForce(member, at),
    details: seesDetails(session) ? detailsOf(session, member, at) : null,
  }
}

function detailsOf(session: Session, member: MemberState, at: string): MemberDetails {
  const { head } = session.vault.authority
  const key = keyInForce(member)
  const shown = keyrings.filter((keyring) => isShownRing(session, keyring))
  const missing = missingWraps(head, member)
  const hasKey = key !== null
  return {
    login: session.names.members.get(member.id)?.login ?? '',
    grants: member.grants.map((grant) => grantLine(session, grant)),
    keyrings: shown.filter((keyring) => hasKey && isHolder(head, keyring, member.id, key)),
    missing: hasKey ? shown.filter((keyring) => missing.includes(keyring)) : [],
    fingerprint: key?.slice(0, fingerprintDigits) ?? null,
    dossier: ownDossier(session, member),
    loss: isSecadmin(session) && hasKey ? lossOf(head, member, at) : null,
  }
}
