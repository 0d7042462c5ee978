import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { verifyCommitSignature, type SignedCommit } from '../../src-shared/log/chain.ts'
import { disclosureStepsOf } from '../../src-shared/disclosure/steps.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import { readBodyBytes } from './body-table.ts'
import { compareTables, countRows } from './compare-tables.ts'
import { openMemoryDatabase, statement, type Database } from './database.ts'
import { deriveDirectives } from './directive-log.ts'
import { iterateByDepth, markVoid, type StoredEntry } from './entry-table.ts'
import { rebuildListing } from './listing.ts'
import { readLogs } from './log-table.ts'
import { projectionTables } from './migrations/index.ts'
import { clearProjection, projectCommit } from './projection.ts'
import { noteSight } from './sight-table.ts'
import { Found, LogWalk, type LogPlace } from './verify-log.ts'

/**
 * Derives the tables of one compartment from its log and puts them in place of the present ones, in one transaction;
 * so too the void marks. What the tables said is not trusted in anything: a log counts up to the first commit in it that
 * is not as it was made, which `stopped` names. `changed` counts live rows that were not as the log says, at most 100.
 */
export function rebuildProjection(place: LogPlace): Rebuilt {
  const { database } = place
  const derived = openMemoryDatabase('business')
  try {
    const { marks, stopped } = derived.transaction(() => deriveInto(place, derived))()
    const changed = compareTables(database, derived).length
    database
      .transaction(() => {
        for (const { leaf, code } of marks) markVoid(database, leaf, code)
        clearProjection(database, projectionTables.business)
        for (const table of projectionTables.business) copyTable(derived, database, table)
        rebuildListing(database)
      })
      .immediate()
    return { rows: countRows(database), changed, stopped }
  } finally {
    derived.close()
  }
}

export interface Rebuilt {
  readonly rows: number
  readonly changed: number
  /** Logs that could not be followed to their end, at the first commit that does not hold. Nothing of them is deleted. */
  readonly stopped: readonly { readonly log: Id; readonly seq: number; readonly code: ErrorCode }[]
}

interface Mark {
  readonly leaf: Digest
  readonly code: ErrorCode | null
}

/** Takes every step of every commit that counts, in the causal order, into empty tables. Returns the marks to change. */
function deriveInto(
  place: LogPlace,
  into: Database,
): { readonly marks: readonly Mark[]; readonly stopped: Rebuilt['stopped'] } {
  const { primitives, unit, database, history } = place
  const readBody = (digest: Digest) => {
    const bytes = readBodyBytes(database, digest)
    return bytes !== null && toHex(primitives.sha256(bytes)) === digest ? bytes : null
  }
  if (place.compartment === 'discipline') copyTable(database, into, 'cadre_alias')
  const walks = new Map<Id, LogWalk>()
  for (const log of readLogs(database, 'device')) walks.set(log.log, new LogWalk(place, log, new Map()))
  const marks: Mark[] = []
  const stopped: Rebuilt['stopped'][number][] = []
  for (const entry of iterateByDepth(database)) {
    if (!walks.has(entry.log)) continue
    const read = readNext(place, walks, entry)
    if (typeof read === 'string') {
      walks.delete(entry.log)
      stopped.push({ log: entry.log, seq: entry.seq, code: read })
      continue
    }
    const { commit, code } = read
    const { header, leaf } = commit
    if (code !== entry.void) marks.push({ leaf, code })
    const sight = noteSight(into, database, header)
    const state = history.at(header.authority ?? '')
    if (code !== null || state === undefined) continue
    const steps = stepsOf(primitives, header, leaf, entry.depth, state, sight)
    const requests = disclosureStepsOf(header, leaf, entry.depth, state)
    projectCommit({ primitives, unit, database: into, readBody }, header, leaf, entry.depth, steps, requests)
  }
  if (place.compartment !== 'control') {
    const context = { primitives, unit, database: into, readBody }
    deriveDirectives(
      place,
      context,
      () => undefined,
      ({ fault }) => stopped.push({ log: fault.log ?? '', seq: fault.seq ?? 0, code: fault.code }),
    )
  }
  return { marks, stopped }
}

/** The commit and what the rules say of it, or the code of what does not hold. */
function readNext(
  { primitives, history }: LogPlace,
  walks: ReadonlyMap<Id, LogWalk>,
  entry: StoredEntry,
): { readonly commit: SignedCommit; readonly code: ErrorCode | null } | ErrorCode {
  const walk = walks.get(entry.log) as LogWalk
  try {
    const commit = walk.take(entry)
    const code = walk.rule(commit)
    const verified = verifyCommitSignature(primitives, commit, history.publicKey)
    return verified.ok ? { commit, code } : verified.error.code
  } catch (error) {
    if (error instanceof Found) return error.fault.code
    throw error
  }
}

/** Copies a table whose rows are not derived here. */
export function copyTable(from: Database, to: Database, table: string): void {
  const rows = from.prepare(`SELECT * FROM ${table}`).raw().iterate() as IterableIterator<unknown[]>
  for (const row of rows) {
    statement(to, `INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  }
}
