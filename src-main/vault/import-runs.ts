import type { RunState } from '../../src-shared/contract/import.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface StoredRun {
  readonly run: Id
  readonly folder: string
  readonly member: Id
  readonly at: string
}

export interface StoredRunFile {
  readonly name: string
  /** Of the bytes that were checked, SHA-256 in hex. */
  readonly digest: string
  /** The mapping, as JSON; empty for a file that could not be read. */
  readonly profile: string
  readonly state: RunState
  readonly batch: Id | null
  readonly accepted: number
  readonly quarantined: number
  readonly failure: string | null
}

export function insertRun(database: Database, run: StoredRun, files: readonly StoredRunFile[]): void {
  database.transaction(() => {
    statement(
      database,
      "INSERT INTO import_run (run, folder, member, at, reason) VALUES (?, ?, ?, ?, '')",
    ).run(run.run, run.folder, run.member, run.at)
    for (const file of files) {
      const { name, digest, profile, state, batch, accepted, quarantined, failure } = file
      statement(
        database,
        `INSERT INTO import_run_file (run, name, digest, profile, state, batch, accepted, quarantined, failure)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(run.run, name, digest, profile, state, batch, accepted, quarantined, failure)
    }
  })()
}

/** Of one member; newest first. */
export function readRuns(database: Database, member: Id): readonly StoredRun[] {
  return statement<StoredRun>(
    database,
    'SELECT run, folder, member, at FROM import_run WHERE member = ? ORDER BY at DESC, run',
  ).all(member)
}

export function readRunFiles(database: Database, run: Id): readonly StoredRunFile[] {
  return statement<StoredRunFile>(
    database,
    `SELECT name, digest, profile, state, batch, accepted, quarantined, failure
     FROM import_run_file WHERE run = ? ORDER BY name`,
  ).all(run)
}

/** In the transaction of the batch: what is marked done was written, and nothing else was. */
export function finishRunFile(
  database: Database,
  run: Id,
  name: string,
  done: { readonly batch: Id; readonly accepted: number; readonly quarantined: number },
): void {
  statement(
    database,
    `UPDATE import_run_file SET state = 'done', batch = ?, accepted = ?, quarantined = ?, failure = NULL
     WHERE run = ? AND name = ?`,
  ).run(done.batch, done.accepted, done.quarantined, run, name)
}

export function refuseRunFile(database: Database, run: Id, name: string, failure: string): void {
  statement(
    database,
    "UPDATE import_run_file SET state = 'refused', failure = ? WHERE run = ? AND name = ?",
  ).run(failure, run, name)
}

export function dropRun(database: Database, run: Id, member: Id): void {
  database.transaction(() => {
    const { changes } = statement(database, 'DELETE FROM import_run WHERE run = ? AND member = ?').run(
      run,
      member,
    )
    if (changes > 0) statement(database, 'DELETE FROM import_run_file WHERE run = ?').run(run)
  })()
}
