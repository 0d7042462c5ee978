import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../src-shared/kernel/canonical.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import type { Database } from './database.ts'
import { iterateLog, markVoid } from './entry-table.ts'
import { logSpan, readLogs } from './log-table.ts'
import { authorityReading, setAuthorityReading } from './peer-table.ts'
import { rebuildProjection } from './rebuild.ts'

export interface AuthorityFollower {
  readonly primitives: Primitives
  readonly unit: Id
  readonly history: AuthorityHistory
  readonly databases: ReadonlyMap<Compartment, Database>
}

/**
 * What in the authority chain can change how commits count that are stored already: ends of keys, a fork and its
 * settlement, void authority. As one digest, so that a database can say which reading it follows.
 */
export function readingOf(primitives: Pick<Primitives, 'sha256'>, history: AuthorityHistory): Digest {
  const removals = history.removals
    .map(({ key, leaf, compartments, last }) => ({
      compartments: [...compartments],
      key,
      leaf,
      last: [...last].map(([log, seq]) => ({ log, seq })).sort((a, b) => (a.log < b.log ? -1 : 1)),
    }))
    .map((removal) => toHex(primitives.sha256(canonicalBytes(removal))))
    .sort()
  const voids = [...history.voids].map(([leaf, code]) => `${leaf} ${code}`).sort()
  const content = { forked: history.forked, removals, type: 'liandang/authority-reading/1', voids }
  return toHex(primitives.sha256(canonicalBytes(content)))
}

/**
 * Derives marks and tables of the open databases again where they follow another reading of the chain: after commits
 * that void others came in, or were made here, and for a compartment that was closed at that time, once it is open.
 * Each database by itself, whole or not at all. Returns the compartments that were derived.
 */
export function followAuthority(follower: AuthorityFollower): readonly Compartment[] {
  const { primitives, history, databases } = follower
  const reading = readingOf(primitives, history)
  const nothing = readingOf(primitives, { ...history, forked: null, removals: [], voids: new Map() })
  const derived: Compartment[] = []
  for (const [compartment, database] of databases) {
    if ((authorityReading(database) ?? nothing) === reading) continue
    if (compartment === 'control') markControl(database, history)
    else rebuildProjection({ primitives, unit: follower.unit, compartment, database, history })
    setAuthorityReading(database, reading)
    derived.push(compartment)
  }
  return derived
}

/** Judges every commit of the control logs again. */
function markControl(database: Database, history: AuthorityHistory): void {
  const marks: { readonly leaf: Digest; readonly code: ErrorCode | null }[] = []
  for (const log of readLogs(database, 'device')) {
    for (const entry of iterateLog(database, log.log, 0, logSpan - 1)) {
      const header = readHeader(entry.envelope.payload)
      if (!header.ok) continue
      const code = judgeCommit(history, header.value, entry.leaf, 'control')
      if (code !== entry.void) marks.push({ leaf: entry.leaf, code })
    }
  }
  database
    .transaction(() => {
      for (const { leaf, code } of marks) markVoid(database, leaf, code)
    })
    .immediate()
}
