import type { AuthorityCommit, AuthorityHistory } from '../../src-shared/access/authority.ts'
import type { BundleContext, HeldLog } from '../../src-shared/bundle/context.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import type { Database } from '../vault/database.ts'
import { depthAt, frontierAt, leafAt, readEntry } from '../vault/entry-table.ts'
import { readLog, type LogRow } from '../vault/log-table.ts'

export interface HeldPlace {
  readonly primitives: Primitives
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  readonly authority: AuthorityHistory | null
  readonly authorityCommits: readonly AuthorityCommit[]
}

/** What the vault holds, as the verifier of bundles asks for it: in the bundle's compartment and in `control`. */
export function heldContext(place: HeldPlace, database: Database, control: Database): BundleContext {
  const databases = [database, control]
  const find = <T>(read: (from: Database) => T | null | undefined): T | null => {
    for (const from of databases) {
      const found = read(from)
      if (found !== null && found !== undefined) return found
    }
    return null
  }
  return {
    unit: place.unit,
    rootPublicKey: place.rootPublicKey,
    history: place.authority,
    authorityCommits: place.authorityCommits,
    heldLog: (log): HeldLog | null => {
      const row = find((from) => readLog(from, log))
      if (row === null) return null
      return {
        size: row.size,
        leaf: row.leaf,
        frontier: row.frontier,
        depth: row.depth,
        authority: lastAuthority(databases, row),
      }
    },
    leafAt: (log, seq) => find((from) => leafAt(from, log, seq)),
    frontierAt: (log, size) => {
      const row = find((from) => readLog(from, log))
      const from = databases.find((candidate) => readLog(candidate, log) !== undefined)
      if (row === null || from === undefined) throw new RangeError('a log that is not held')
      return frontierAt(place.primitives, from, row, size)
    },
    depthOf: (leaf) => find((from) => depthAt(from, leaf)),
  }
}

function lastAuthority(databases: readonly Database[], log: LogRow): Digest | null {
  if (log.leaf === null) return null
  for (const database of databases) {
    const entry = readEntry(database, log.leaf)
    if (entry === null) continue
    const header = readHeader(entry.envelope.payload)
    return header.ok ? header.value.authority : null
  }
  return null
}
