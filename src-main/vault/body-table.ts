import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { SignedCommit } from '../../src-shared/log/chain.ts'
import type { Header, PreparedBody } from '../../src-shared/log/header.ts'
import { statement, type Database } from './database.ts'
import { iterateLog } from './entry-table.ts'
import { logSpan, readLogs } from './log-table.ts'

/**
 * Adds the bodies of a commit, in the order of its operations; one that a commit names once more is here already. Throws
 * when they are not its bodies.
 */
export function insertBodies(
  database: Database,
  commit: SignedCommit,
  bodies: readonly PreparedBody[],
): void {
  const { ops } = commit.header
  if (bodies.length !== ops.length) throw new RangeError('one body an operation')
  bodies.forEach((body, operation) => {
    if (body.digest !== ops[operation]?.digest) throw new RangeError('the body of another operation')
    insertBody(database, body.digest, body.bytes)
  })
}

export function insertBody(database: Database, digest: Digest, bytes: Uint8Array): void {
  statement(database, 'INSERT INTO body (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING').run(
    digest,
    bytes,
  )
}

/** How many bodies the commits of all logs name, each counted once. Reads every header. */
export function countNamedBodies(database: Database): number {
  const named = new Set<Digest>()
  for (const kind of ['device', 'hub'] as const)
    for (const { log } of readLogs(database, kind))
      for (const entry of iterateLog(database, log, 0, logSpan - 1))
        for (const digest of digestsOf(entry.envelope.payload)) named.add(digest)
  return named.size
}

export function readBodyBytes(database: Database, digest: Digest): Uint8Array | null {
  const row = statement<{ bytes: Uint8Array }>(database, 'SELECT bytes FROM body WHERE digest = ?').get(
    digest,
  )
  return row === undefined ? null : new Uint8Array(row.bytes)
}

/**
 * Bodies of the commits `from` … `to` of a log, in the order of commits and operations, one at a time. Throws when one
 * is missing: a bundle is never written with a hole that nobody asked for.
 */
export function* iterateBodies(
  database: Database,
  log: Id,
  from: number,
  to: number,
): IterableIterator<Uint8Array> {
  for (const entry of iterateLog(database, log, from, to)) {
    for (const digest of digestsOf(entry.envelope.payload)) {
      const bytes = readBodyBytes(database, digest)
      if (bytes === null) throw new Error('a body is missing')
      yield bytes
    }
  }
}

/** Digests of the bodies, in order. The header was read strictly before it was stored. */
function digestsOf(header: Uint8Array): readonly Digest[] {
  const { ops } = JSON.parse(
    Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString(),
  ) as Header
  return ops.map((operation) => operation.digest)
}
