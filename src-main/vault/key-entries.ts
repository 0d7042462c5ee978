import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import { readEntry, type StoredEntry } from './entry-table.ts'
import { logSpan, placeOf, readLogs } from './log-table.ts'

interface Found {
  readonly seq: number
  readonly leaf: Digest
}

/** The newest commits that a key signed in each device log, newest first, at most `limit` of each; or the one `at`. */
export function entriesOfKey(
  database: Database,
  key: Digest,
  limit: number,
  at: { readonly log: Id; readonly seq: number } | null = null,
): readonly StoredEntry[] {
  return readLogs(database, 'device')
    .filter(({ log }) => at === null || at.log === log)
    .flatMap(({ ordinal }) => {
      const from = at === null ? placeOf(ordinal, 0) : placeOf(ordinal, at.seq)
      const to = at === null ? placeOf(ordinal, logSpan - 1) : from
      return newestOf(database, key, from, to, limit)
    })
    .flatMap(({ leaf }) => readEntry(database, leaf) ?? [])
}

/** Per device log the last commit that a key signed; logs without one are left out. */
export function lastPlacesOfKey(
  database: Database,
  key: Digest,
): readonly { readonly log: Id; readonly seq: number; readonly leaf: Digest }[] {
  return readLogs(database, 'device').flatMap(({ log, ordinal }) =>
    newestOf(database, key, placeOf(ordinal, 0), placeOf(ordinal, logSpan - 1), 1).map((found) => ({
      log,
      ...found,
    })),
  )
}

function newestOf(
  database: Database,
  key: Digest,
  from: number,
  to: number,
  limit: number,
): readonly Found[] {
  return database
    .prepare<unknown[], Found>(
      `SELECT place & ${logSpan - 1} AS seq, leaf FROM entry
       WHERE place BETWEEN ? AND ? AND key = ? ORDER BY place DESC LIMIT ?`,
    )
    .all(from, to, key, limit)
}
