import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { VerifiedLog } from '../../src-shared/bundle/context.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { disclosureStepsOf } from '../../src-shared/disclosure/steps.ts'
import { readCommit } from '../../src-shared/log/chain.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import { insertBody, readBodyBytes } from './body-table.ts'
import { statement, type Database } from './database.ts'
import { projectDirective } from './directive-log.ts'
import { insertCommit } from './entry-table.ts'
import { refreshListing } from './listing.ts'
import { createLog, insertCheckpoint, markSeen, readLog, type LogRow } from './log-table.ts'
import { insertReceivedBundle, notePeerHeld, type ReceivedBundle } from './peer-table.ts'
import { projectCommit } from './projection.ts'
import { noteSight } from './sight-table.ts'
import type { Staging } from './staging.ts'

export interface AppliedIntake {
  /** New commits by the member who signed them. */
  readonly members: ReadonlyMap<Id, number>
  /** New commits that are void, and new steps on the road of a record that count for nothing. */
  readonly voids: readonly { readonly log: Id; readonly seq: number; readonly code: ErrorCode }[]
  /** Records that are in conflict now and were not before. */
  readonly conflicts: readonly Id[]
}

export interface IntakeToApply {
  readonly primitives: Primitives
  readonly unit: Id
  readonly compartment: Compartment
  readonly database: Database
  /** As of the end of the bundle. */
  readonly history: AuthorityHistory
  readonly staging: Staging
  readonly logs: readonly VerifiedLog[]
  /** This device's log in the compartment. */
  readonly ownLog: Id
  readonly bundle: ReceivedBundle
  /** What the sender has said it holds, by log of this compartment. */
  readonly held: readonly { readonly log: Id; readonly size: number }[]
  progress(done: number): void
}

/** Voids that are named one by one. */
const namedVoids = 1000

/**
 * Stores what was verified and folds the touched records anew, in one transaction of the caller's database. Nothing
 * else may be in it.
 *
 * Errors: `vault/in-use` when a log grew since it was verified.
 */
export function applyIntake(intake: IntakeToApply): Result<AppliedIntake> {
  const { database } = intake
  const write = database.transaction((): AppliedIntake => {
    for (const log of intake.logs) {
      const held = readLog(database, log.log)?.size ?? 0
      if (log.added > 0 && held !== log.size - log.added) throw new LogGrew()
    }
    const before = new Set(conflicts(intake))
    for (const { digest, bytes } of intake.staging.allBodies()) insertBody(database, digest, bytes)
    const applied = insertCommits(intake)
    if (intake.compartment !== 'control') refreshListing(database)
    for (const { log, size, added, checkpoint } of intake.logs) {
      // The node signs no checkpoint for others, and its log needs none: it signs every commit.
      const isOwn = readLog(database, log)?.kind === 'device'
      if (checkpoint !== null && added > 0 && isOwn) insertCheckpoint(database, log, size, checkpoint)
    }
    for (const { log, size } of intake.held) notePeerHeld(database, intake.bundle.device, log, size)
    insertReceivedBundle(database, intake.bundle)
    return { ...applied, conflicts: conflicts(intake).filter((record) => !before.has(record)) }
  })
  try {
    return ok(write.immediate())
  } catch (error) {
    if (error instanceof LogGrew) return err('vault/in-use')
    throw error
  }
}

class LogGrew extends Error {}

function conflicts({ compartment, database }: IntakeToApply): readonly Id[] {
  if (compartment === 'control') return []
  return statement<{ record: string }>(
    database,
    `SELECT DISTINCT record FROM revision WHERE status = 'conflict' ORDER BY record`,
  )
    .all()
    .map((row) => row.record)
}

function insertCommits(intake: IntakeToApply): Omit<AppliedIntake, 'conflicts'> {
  const { primitives, unit, compartment, database, history, staging } = intake
  const context = {
    primitives,
    unit,
    database,
    readBody: (digest: Digest) => readBodyBytes(database, digest),
  }
  const logs = new Map<Id, LogRow>()
  const members = new Map<Id, number>()
  const voids: { log: Id; seq: number; code: ErrorCode }[] = []
  let done = 0
  for (const { envelope, depth, void: said } of staging.allCommits()) {
    const read = readCommit(primitives, envelope)
    if (!read.ok) throw new RangeError('a staged commit that was read before')
    const commit = read.value
    const { header, leaf } = commit
    const { log, seq } = header
    const code = compartment === 'control' ? judgeCommit(history, header, leaf, compartment) : said
    let row = logs.get(log)
    if (row === undefined) {
      createLog(database, log, header.role === 'hub' ? 'hub' : 'device')
      row = readLog(database, log) as LogRow
    }
    logs.set(log, insertCommit(primitives, database, row, { commit, depth, voidCode: code }))
    // What this device wrote itself once, and lost with its disk.
    if (log === intake.ownLog) markSeen(database, header.deps)
    if (header.role !== 'root' && header.role !== 'hub')
      members.set(header.member, (members.get(header.member) ?? 0) + 1)
    if (code !== null && voids.length < namedVoids) voids.push({ log, seq, code: code as ErrorCode })
    done += 1
    if (done % 100 === 0) intake.progress(done)
    if (header.role === 'hub') {
      for (const step of projectDirective(context, commit)) {
        if (voids.length < namedVoids) voids.push({ log, seq, code: step.code })
      }
      continue
    }
    if (compartment === 'control') continue
    const sight = noteSight(database, database, header)
    const state = history.at(header.authority ?? '')
    if (code !== null || state === undefined) continue
    const steps = stepsOf(primitives, header, leaf, depth, state, sight)
    const requests = disclosureStepsOf(header, leaf, depth, state)
    for (const step of projectCommit(context, header, leaf, depth, steps, requests)) {
      if (voids.length < namedVoids) voids.push({ log, seq, code: step.code })
    }
  }
  return { members, voids }
}
