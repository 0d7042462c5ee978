import type { AuthorityHistory, AuthorityState } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import type { Compartment, SigningRole } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { buildCommit, depthOf, readCommit, type SignedCommit } from '../../src-shared/log/chain.ts'
import { readBody, readHeader, type PreparedBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { disclosureStepsOf } from '../../src-shared/disclosure/steps.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import type { Database } from './database.ts'
import { parseEvidence } from './evidence-entries.ts'
import { refreshListing } from './listing.ts'
import { markSeen, readLog, unseenHeads, type LogRow } from './log-table.ts'
import { insertCommit, readEntry } from './entry-table.ts'
import { insertBodies, readBodyBytes } from './body-table.ts'
import { projectCommit, type VoidRecordStep } from './projection.ts'
import { noteSight } from './sight-table.ts'

/** One open compartment of the vault on this device. */
export interface OpenCompartment {
  readonly name: Compartment
  readonly database: Database
  /** This device's log in it. */
  readonly log: Id
}

export interface Author {
  readonly unit: Id
  readonly member: Id
  readonly role: SigningRole
  readonly signer: Signer
}

export interface AppendRequest {
  readonly author: Author
  readonly at: string
  readonly operations: readonly Operation[]
  readonly bodies: readonly PreparedBody[]
}

export interface Appended {
  readonly commit: SignedCommit
  readonly depth: number
}

/**
 * Makes, signs and stores the next commit of this device's log and brings the tables up to date, in one durable
 * transaction. A commit that would be void, or that holds a void step, is refused here and leaves no trace.
 *
 * Errors: any code of the rules (`authority/*`, `review/*`), with the record in the detail.
 */
export function appendCommit(
  primitives: Primitives,
  store: OpenCompartment,
  history: AuthorityHistory,
  request: AppendRequest,
): Result<Appended> {
  const { database } = store
  const { author } = request
  const log = readLog(database, store.log) as LogRow
  const unseen = unseenHeads(database, store.log)
  const depth = depthOf([...(log.leaf === null ? [] : [log.depth]), ...unseen.map((head) => head.depth)])
  const commit = buildCommit(primitives, author.signer, log, {
    unit: author.unit,
    member: author.member,
    role: author.role,
    authority: authorityToName(database, log, history),
    deps: unseen.map((head) => head.leaf),
    at: request.at,
    operations: request.operations,
  })
  const refusal = judgeCommit(history, commit.header, commit.leaf, store.name)
  if (refusal !== null) return err(refusal)
  const readable = readBack(primitives, commit, request.bodies)
  if (!readable.ok) return readable
  const write = database.transaction(() => {
    insertBodies(database, commit, request.bodies)
    insertCommit(primitives, database, log, { commit, depth, voidCode: null })
    markSeen(database, commit.header.deps)
    if (store.name === 'control') return
    const context = {
      primitives,
      unit: author.unit,
      database,
      readBody: (digest: string) => readBodyBytes(database, digest),
    }
    // The rules have found this state: without it the commit was refused above.
    const state = history.at(commit.header.authority ?? '') as AuthorityState
    const sight = noteSight(database, database, commit.header)
    const steps = stepsOf(primitives, commit.header, commit.leaf, depth, state, sight)
    const requests = disclosureStepsOf(commit.header, commit.leaf, depth, state)
    const [voided] = projectCommit(context, commit.header, commit.leaf, depth, steps, requests)
    if (voided !== undefined) throw new Refused(voided)
    refreshListing(database)
  })
  try {
    write.immediate()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return err(error.step.code, { record: error.step.record })
  }
  return ok({ commit, depth })
}

/**
 * The newest authority commit, unless the log named one further along before, and `authority` never goes backward along
 * a log: after a fork the chain is read again from where it parts, and void commits that another client wrote stand
 * behind the newest that counts. What stands on a side that does not hold is judged as of the fork, what follows a void
 * commit as of the state before that.
 */
export function authorityToName(database: Database, log: LogRow, history: AuthorityHistory): Digest {
  const { head, forked, voids } = history
  if (log.leaf === null || (forked === null && head.settlements.size === 0 && voids.size === 0))
    return head.leaf
  const entry = readEntry(database, log.leaf)
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  const last = header?.ok ? header.value.authority : null
  return last !== null && history.isBefore(head.leaf, last) ? last : head.leaf
}

/**
 * Holds what is about to be written to the rules of those who will read it: limits, shapes, and as much evidence in a
 * body as its header says. What could not be read again would stop every bundle after it.
 *
 * Errors: `format/*`, `commit/header`, `log/evidence`.
 */
function readBack(
  primitives: Primitives,
  commit: SignedCommit,
  bodies: readonly PreparedBody[],
): Result<true> {
  const header = readCommit(primitives, commit.envelope)
  if (!header.ok) return header
  for (const [index, prepared] of bodies.entries()) {
    const body = readBody(prepared.bytes)
    if (!body.ok) return body
    const operation = commit.header.ops[index]
    if (operation?.op !== 'record.submit' && operation?.op !== 'transfer.answer') continue
    if (parseEvidence(body.value).length !== operation.evidence) return err('log/evidence', { index })
  }
  return ok(true)
}

/** Rolls a transaction back without being a fault. */
class Refused extends Error {
  readonly step: VoidRecordStep

  constructor(step: VoidRecordStep) {
    super(step.code)
    this.step = step
  }
}
