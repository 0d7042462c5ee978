import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Header } from '../../src-shared/log/header.ts'
import { nothingSeen, widened, type Sight } from '../../src-shared/log/sight.ts'
import { statement, type Database } from './database.ts'
import { positionOf } from './entry-table.ts'

/**
 * Notes what a commit has seen, and returns it. Commits come in their causal order, void ones too: those who name them
 * have seen them. `live` is where commits are looked up, `into` where the rows go: another one while tables are derived.
 */
export function noteSight(into: Database, live: Database, { log, seq, deps }: Header): Sight {
  const before = sightAt(into, log, seq)
  // A row only where something was learned: most commits of an office with one device have none.
  if (deps.length === 0) return before
  const named = deps.flatMap((leaf: Digest) => {
    const place = positionOf(live, leaf)
    return place === null ? [] : [{ ...place, sight: sightAt(into, place.log, place.seq) }]
  })
  const sight = widened(before, log, named)
  statement(into, 'INSERT INTO sight (log, seq, seen) VALUES (?, ?, ?)').run(log, seq, JSON.stringify(sight))
  return sight
}

/** What a commit of a log had seen of the others. */
export function sightAt(database: Database, log: Id, seq: number): Sight {
  const row = statement<{ seen: string }>(
    database,
    'SELECT seen FROM sight WHERE log = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  ).get(log, seq)
  return row === undefined ? nothingSeen : (JSON.parse(row.seen) as Sight)
}
