import type { AuthorityCommit } from '../../../src-shared/access/authority.ts'
import type { ForkAct, ForkSide } from '../../../src-shared/contract/member-views.ts'
import { newId, type Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { commitAuthority, heldRoles } from '../../vault/vault.ts'
import { syncKeyringFile, type Act } from '../../vault/wraps.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { handOf } from './acts.ts'
import { say, tellChanged } from './parts.ts'

/** The sides of a split chain, as far as two people have not settled on one; null while there is one line. */
export function forkSides(session: Session): readonly ForkSide[] | null {
  const { authority } = session.vault
  if (authority.forked === null) return null
  const isApprover = heldRoles(session.vault).includes('approver')
  return authority.sides.map(({ first, tip }) => {
    const line = lineOf(session, first, tip)
    const proposal = proposalIn(session, line)
    const mayConfirm = proposal !== null && isApprover && proposal.header.member !== session.vault.member.id
    return {
      first,
      acts: line.flatMap((commit) => actsOf(session, commit)),
      proposedBy: proposal === null ? null : memberName(session, proposal.header.member),
      mayConfirm,
    }
  })
}

export const forkSettle: UnlockedHandler<'fork.settle'> = (context, input) => {
  const { authority } = context.session.vault
  const side = authority.sides.find(({ first }) => first === input.kept)
  if (authority.forked === null || side === undefined) return err('call/not-found')
  const entity = newId(context.primitives)
  const said = say(context, { op: 'fork.settle', entity, fork: authority.forked, kept: side.first })
  return follow(context, 'secadmin', side.tip, said)
}

export const forkConfirm: UnlockedHandler<'fork.confirm'> = (context, input) => {
  const { session } = context
  const { authority } = session.vault
  const side = authority.sides.find(({ first }) => first === input.kept)
  if (authority.forked === null || side === undefined) return err('call/not-found')
  const proposal = proposalIn(session, lineOf(session, side.first, side.tip))
  if (proposal === null) return err('call/not-found')
  const entity = newId(context.primitives)
  const said = say(context, { op: 'fork.confirm', entity, fork: authority.forked, proposal: proposal.leaf })
  return follow(context, 'approver', side.tip, said)
}

async function follow(
  context: UnlockedContext,
  role: 'secadmin' | 'approver',
  tip: Digest,
  { operations, bodies }: Act,
): Promise<Result<null>> {
  const { vault } = context.session
  const done = commitAuthority(vault, role, moment(context), operations, bodies, tip)
  if (!done.ok) return done
  // What a side handed over and took away counts from now on.
  const synced = await syncKeyringFile(vault)
  tellChanged(context)
  return synced.ok ? ok(null) : synced
}

/** The commits of a side, oldest first. */
function lineOf(session: Session, first: Digest, tip: Digest): readonly AuthorityCommit[] {
  const commits = new Map(session.vault.authorityCommits.map((commit) => [commit.leaf, commit]))
  const line: AuthorityCommit[] = []
  for (let leaf: Digest | null = tip; leaf !== null; ) {
    const commit = commits.get(leaf)
    if (commit === undefined) break
    line.push(commit)
    leaf = leaf === first ? null : commit.header.authority
  }
  return line.reverse()
}

/** The newest proposal in a side that the side holds. */
function proposalIn(session: Session, line: readonly AuthorityCommit[]): AuthorityCommit | null {
  const { forked } = session.vault.authority
  const first = line[0]?.leaf
  return (
    line.findLast(({ header }) =>
      header.ops.some((one) => one.op === 'fork.settle' && one.fork === forked && one.kept === first),
    ) ?? null
  )
}

function actsOf(session: Session, commit: AuthorityCommit): readonly ForkAct[] {
  const { members } = session.names
  return commit.header.ops
    .filter(({ op }) => op !== 'keyring.wrap')
    .map((operation) => ({
      ...handOf(session, commit),
      what: operation.op,
      about: members.get(operation.entity)?.name ?? null,
    }))
}
