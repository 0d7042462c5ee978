import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** How many commits of a log another device is known to hold. */
export function peerHeld(database: Database, device: Id, log: Id): number {
  return peerRow(database, device, log)?.held ?? 0
}

/** How many commits of a log another device was told that this one holds. */
export function peerTold(database: Database, device: Id, log: Id): number {
  return peerRow(database, device, log)?.told ?? 0
}

function peerRow(
  database: Database,
  device: Id,
  log: Id,
): { readonly held: number; readonly told: number } | undefined {
  return statement<{ held: number; told: number }>(
    database,
    'SELECT held, told FROM peer_log WHERE device = ? AND log = ?',
  ).get(device, log)
}

export function notePeerHeld(database: Database, device: Id, log: Id, size: number): void {
  statement(
    database,
    `INSERT INTO peer_log (device, log, held, told) VALUES (?, ?, ?, 0)
     ON CONFLICT (device, log) DO UPDATE SET held = max(held, excluded.held)`,
  ).run(device, log, size)
}

export function notePeerTold(database: Database, device: Id, log: Id, size: number): void {
  statement(
    database,
    `INSERT INTO peer_log (device, log, held, told) VALUES (?, ?, 0, ?)
     ON CONFLICT (device, log) DO UPDATE SET told = max(told, excluded.told)`,
  ).run(device, log, size)
}

export interface ReceivedBundle {
  readonly id: Id
  readonly sha256: Digest
  readonly device: Id
  readonly commits: number
  readonly at: string
}

export function insertReceivedBundle(database: Database, bundle: ReceivedBundle): void {
  const { id, sha256, device, commits, at } = bundle
  statement(
    database,
    `INSERT INTO received_bundle (id, sha256, device, commits, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  ).run(id, sha256, device, commits, at)
}

/** SHA-256 of the file that came under this id before, or null. */
export function receivedBundle(database: Database, id: Id): Digest | null {
  return (
    statement<{ sha256: string }>(database, 'SELECT sha256 FROM received_bundle WHERE id = ?').get(id)
      ?.sha256 ?? null
  )
}

/** When something last came from a device, or null. */
export function lastReceivedFrom(database: Database, device: Id): string | null {
  return (
    statement<{ at: string | null }>(
      database,
      'SELECT max(at) AS at FROM received_bundle WHERE device = ?',
    ).get(device)?.at ?? null
  )
}

/** The reading of the authority chain that this database follows, or null before the first that matters. */
export function authorityReading(database: Database): Digest | null {
  return statement<{ digest: string }>(database, 'SELECT digest FROM authority_reading').get()?.digest ?? null
}

export function setAuthorityReading(database: Database, digest: Digest): void {
  statement(
    database,
    'INSERT INTO authority_reading (only, digest) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET digest = excluded.digest',
  ).run(digest)
}
