import {
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
} from '../../src-shared/access/authority.ts'
import type { Digest } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { buildCommit, depthOf, readCommit, verifyCommitSignature } from '../../src-shared/log/chain.ts'
import { authorityToName, type Appended, type AppendRequest, type OpenCompartment } from './compartment.ts'
import type { Database } from './database.ts'
import { markSeen, readLog, unseenHeads, type LogRow } from './log-table.ts'
import { authorityEntries, insertCommit } from './entry-table.ts'
import { insertBodies } from './body-table.ts'

export interface LoadedAuthority {
  readonly commits: readonly AuthorityCommit[]
  readonly history: AuthorityHistory
}

/**
 * Reads the authority chain out of the control database and checks every signature under the unit root: who may do
 * what is never taken from rows.
 *
 * Errors: those of reading a commit and of {@link readAuthority}.
 */
export function loadAuthority(
  primitives: Primitives,
  control: Database,
  rootPublicKey: Uint8Array,
): Result<LoadedAuthority> {
  const commits: AuthorityCommit[] = []
  for (const entry of authorityEntries(control)) {
    const commit = readCommit(primitives, entry.envelope)
    if (!commit.ok) return commit
    commits.push(commit.value)
  }
  const history = readAuthority(primitives, rootPublicKey, commits)
  if (!history.ok) return history
  for (const commit of commits) {
    const signed = commit as AuthorityCommit & Parameters<typeof verifyCommitSignature>[1]
    const verified = verifyCommitSignature(primitives, signed, history.value.publicKey)
    if (!verified.ok) return verified
  }
  return ok({ commits, history: history.value })
}

/** The newest commit that counts, or a void one behind it that this log has named already. */
function leafToFollow(database: Database, log: LogRow, history: AuthorityHistory): Digest {
  const named = authorityToName(database, log, history)
  const code = history.voids.get(named)
  return code === undefined || code === 'authority/forked' ? history.head.leaf : named
}

/**
 * Makes the next commit of the authority chain. Refused, without a trace, when the chain would void it.
 *
 * Errors: `authority/*`.
 */
export function appendAuthority(
  primitives: Primitives,
  control: OpenCompartment,
  rootPublicKey: Uint8Array,
  loaded: LoadedAuthority,
  request: AppendRequest & { readonly follows: Digest | null },
): Result<{ readonly appended: Appended; readonly loaded: LoadedAuthority }> {
  const { database } = control
  const { author } = request
  const log = readLog(database, control.log) as LogRow
  const unseen = unseenHeads(database, control.log)
  const depth = depthOf([...(log.leaf === null ? [] : [log.depth]), ...unseen.map((head) => head.depth)])
  const commit = buildCommit(primitives, author.signer, log, {
    unit: author.unit,
    member: author.member,
    role: author.role,
    authority: request.follows ?? leafToFollow(database, log, loaded.history),
    deps: unseen.map((head) => head.leaf),
    at: request.at,
    operations: request.operations,
  })
  const commits = [...loaded.commits, commit]
  const history = readAuthority(primitives, rootPublicKey, commits)
  if (!history.ok) return history
  const refusal = history.value.voids.get(commit.leaf)
  // On the side of a split chain nothing counts until two people have settled on it; saying so is how it begins.
  const isProposal = request.follows !== null && refusal === 'authority/forked'
  if (refusal !== undefined && !isProposal) return err(refusal)
  database
    .transaction(() => {
      insertBodies(database, commit, request.bodies)
      insertCommit(primitives, database, log, { commit, depth, voidCode: null })
      markSeen(database, commit.header.deps)
    })
    .immediate()
  return ok({ appended: { commit, depth }, loaded: { commits, history: history.value } })
}
