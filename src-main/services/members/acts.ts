import type { Operation } from '../../../src-shared/log/operations.ts'
import type { AuthorityCommit } from '../../../src-shared/access/authority.ts'
import type { SigningRole } from '../../../src-shared/access/roles.ts'
import type { AuthorityAct } from '../../../src-shared/contract/member-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { memberName, type Session } from '../context.ts'
import { fingerprintDigits, shownLevel } from './standing.ts'

const blank = {
  role: null,
  level: null,
  deputyFor: null,
  from: null,
  until: null,
  cause: null,
  keyring: null,
  fingerprint: null,
} as const

/** What the chain says of a member, newest first; only what counted. */
export function actsAbout(session: Session, member: Id): readonly AuthorityAct[] {
  const { authority, authorityCommits } = session.vault
  return authorityCommits
    .filter(({ leaf }) => !authority.voids.has(leaf))
    .flatMap((commit) => {
      const isFounding = commit.leaf === authority.founding
      return commit.header.ops.flatMap((operation) => {
        const said = operation.entity === member ? detailsOf(session, operation) : null
        return said === null
          ? []
          : [{ ...blank, ...handOf(session, commit), isFounding, what: operation.op, ...said }]
      })
    })
    .reverse()
}

/** Who signed a commit, and when they say it was. */
export function handOf(
  session: Session,
  { leaf, header }: AuthorityCommit,
): { readonly commit: string; readonly at: string; readonly by: string; readonly byRole: SigningRole } {
  const by = header.role === 'root' ? session.names.unit.name : memberName(session, header.member)
  return { commit: leaf, at: header.at, by, byRole: header.role }
}

function detailsOf(session: Session, operation: Operation): Partial<AuthorityAct> | null {
  switch (operation.op) {
    case 'member.add':
    case 'member.cadre':
      return {}
    case 'key.add':
      return { fingerprint: keyIdOf(session, operation.publicKey).slice(0, fingerprintDigits) }
    case 'role.grant':
      return {
        role: operation.role,
        level: shownLevel(session, operation.level as 1),
        deputyFor: operation.deputyFor === null ? null : memberName(session, operation.deputyFor),
        from: operation.from,
        until: operation.until,
      }
    case 'role.confirm':
    case 'role.revoke':
      return {
        role: operation.role,
        deputyFor: operation.deputyFor === null ? null : memberName(session, operation.deputyFor),
      }
    case 'key.remove':
      return { cause: operation.cause, fingerprint: operation.key.slice(0, fingerprintDigits) }
    case 'key.bound': {
      // Where a key ends in a compartment is nothing to those who do not know of it.
      const isKnown = operation.compartments.every((name) => session.vault.compartments.has(name))
      return isKnown ? { fingerprint: operation.key.slice(0, fingerprintDigits) } : null
    }
    default:
      return null
  }
}

function keyIdOf({ vault }: Session, publicKey: string): string {
  for (const member of vault.authority.head.members.values()) {
    const known = member.keys.find((key) => key.publicKey === publicKey)
    if (known !== undefined) return known.key
  }
  return ''
}
