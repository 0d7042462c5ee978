import { hkdfSync } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import type { AccessEntry } from '../../src-shared/audit/access-entry.ts'
import type { SealedAct } from '../../src-shared/audit/incident.ts'
import type { EntryState } from '../../src-shared/contract/audit.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { canonicalText, type CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { databaseKeyBytes, openDatabase, statement, type Database } from './database.ts'
import { auditIndexVersion } from './migrations/audit-index.ts'
import { projectionTables } from './migrations/index.ts'

/** The key of the index: from the auditors' identity, so that nobody else opens it and nothing needs to be kept. */
export function auditIndexKey(identity: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', identity, '', 'liandang/audit-index/1', databaseKeyBytes))
}

/**
 * Opens the index for writing. One that is missing, of another key, of another shape, or damaged is begun anew: all it
 * holds stands in the control log. Errors: `vault/damaged` when not even that is possible.
 */
export function openAuditIndex(path: string, key: Uint8Array): Result<Database> {
  if (existsSync(path)) {
    const existing = openDatabase(path, key, 'audit', 'existing')
    if (existing.ok) {
      if (readOrigin(existing.value, 'version') === String(auditIndexVersion)) return existing
      existing.value.close()
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
  const created = openDatabase(path, key, 'audit', 'new')
  if (created.ok) writeOrigin(created.value, 'version', String(auditIndexVersion))
  return created
}

function readOrigin(index: Database, name: string): string | null {
  const row = statement<{ value: string }>(index, 'SELECT value FROM origin WHERE name = ?').get(name)
  return row?.value ?? null
}

function writeOrigin(index: Database, name: string, value: string): void {
  statement(
    index,
    'INSERT INTO origin (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value)
}

/**
 * Empties the index when it was read under another authority: a removal makes entries void that were good before.
 * Answers whether it did.
 */
export function holdToAuthority(index: Database, fingerprint: string): boolean {
  const known = readOrigin(index, 'authority')
  if (known === fingerprint) return false
  emptyIndex(index)
  writeOrigin(index, 'authority', fingerprint)
  return known !== null
}

/** Forgets everything but its shape. */
export function emptyIndex(index: Database): void {
  const kept = readOrigin(index, 'authority')
  index.transaction(() => {
    for (const table of projectionTables.audit) index.exec(`DELETE FROM ${table}`)
    writeOrigin(index, 'version', String(auditIndexVersion))
    if (kept !== null) writeOrigin(index, 'authority', kept)
  })()
}

export interface Followed {
  readonly next: number
  /** Leaf of the last commit that was followed, null for none. */
  readonly leaf: Digest | null
}

export function readFollowed(index: Database, log: Id): Followed {
  const row = statement<Followed>(index, 'SELECT next, leaf FROM followed WHERE log = ?').get(log)
  return row ?? { next: 0, leaf: null }
}

export function writeFollowed(index: Database, log: Id, { next, leaf }: Followed): void {
  statement(
    index,
    `INSERT INTO followed (log, next, leaf) VALUES (?, ?, ?)
     ON CONFLICT (log) DO UPDATE SET next = excluded.next, leaf = excluded.leaf`,
  ).run(log, next, leaf)
}

/** What a commit says of itself, as far as it could be read. */
export interface Signed {
  readonly leaf: Digest
  readonly operation: number
  readonly depth: number
  readonly at: string
  readonly member: Id
  readonly role: string
  readonly device: Id
  readonly state: EntryState
  /** Why it is void or cannot be read. */
  readonly code: string | null
}

const flagBits = { self: 1, kin: 2 } as const

export function insertAccess(index: Database, signed: Signed, entry: AccessEntry | null): void {
  const { at, leaf, operation, state, code, member, role, device } = signed
  const flags = (entry?.flags ?? []).reduce((bits, flag) => bits | flagBits[flag], 0)
  const { cadre, cadreName } = entry?.subject ?? {}
  statement(
    index,
    `INSERT INTO access (at, leaf, operation, state, code, member, role, device, kind, cadre, flags, count, entry)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    at,
    leaf,
    operation,
    state,
    code,
    member,
    role,
    device,
    entry?.kind ?? null,
    cadre ?? null,
    flags,
    entry?.count ?? 1,
    entry === null ? null : textOf(entry),
  )
  if (cadre === undefined || cadreName === undefined) return
  statement(index, 'INSERT INTO subject (cadre, name) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    cadre,
    cadreName,
  )
}

export function insertAct(
  index: Database,
  signed: Signed,
  op: string,
  entity: Id,
  act: SealedAct | null,
): void {
  const { leaf, operation, depth, at, state, code, member } = signed
  statement(
    index,
    `INSERT INTO act (leaf, operation, op, entity, depth, at, state, code, member, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(leaf, operation, op, entity, depth, at, state, code, member, act === null ? null : textOf(act))
}

function textOf(value: AccessEntry | SealedAct): string {
  return canonicalText(value as unknown as CanonicalValue)
}
