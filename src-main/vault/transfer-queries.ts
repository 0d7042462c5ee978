import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { homeOf, membersOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** A dossier that went out or came in, as its steps leave it. */
export interface TransferRow {
  readonly id: Id
  readonly way: 'out' | 'in'
  /** Out: `waiting`, then one of the next three. In: `taken` or `declined`. */
  readonly status: 'waiting' | 'cancelled' | 'accepted' | 'refused' | 'taken' | 'declined'
  readonly cadre: Id | null
  /** The other unit. */
  readonly unit: Id
  readonly depth: number
  /** The commit that hands over, or answers. */
  readonly leaf: Digest
  readonly digest: Digest
  readonly member: Id
  readonly at: string
  readonly ended_at: string | null
  readonly ended_by: Id | null
  readonly ended_digest: Digest | null
  /** Why the other unit refused. */
  readonly words: string | null
}

const columns =
  'id, way, status, cadre, unit, depth, leaf, digest, member, at, ended_at, ended_by, ended_digest, words'

export function readTransfer(database: Database, id: Id): TransferRow | null {
  return statement<TransferRow>(database, `SELECT ${columns} FROM transfer WHERE id = ?`).get(id) ?? null
}

/** The newest first, at most 500; of one dossier with those merged into it, or of all. */
export function listTransfers(database: Database, cadre: Id | null): readonly TransferRow[] {
  return cadre === null
    ? statement<TransferRow>(
        database,
        `SELECT ${columns} FROM transfer ORDER BY depth DESC, leaf LIMIT 500`,
      ).all()
    : statement<TransferRow>(
        database,
        `SELECT ${columns} FROM transfer WHERE cadre IN (SELECT value FROM json_each(?))
         ORDER BY depth DESC, leaf LIMIT 500`,
      ).all(partsOf(database, cadre))
}

/** A dossier and all that are shown together with it, as a JSON array. */
function partsOf(database: Database, cadre: Id): string {
  return JSON.stringify(membersOf(database, homeOf(database, cadre)))
}

/**
 * The hand-over that keeps a dossier from being entered into: it waits for its answer, or the other unit has it. One of
 * any dossier that is shown together with it is one of the same person.
 */
export function transferHold(database: Database, cadre: Id): TransferRow | null {
  const newest = statement<TransferRow>(
    database,
    `SELECT ${columns} FROM transfer
     WHERE cadre IN (SELECT value FROM json_each(?)) AND status IN ('waiting', 'accepted', 'taken')
     ORDER BY depth DESC, leaf DESC LIMIT 1`,
  ).get(partsOf(database, cadre))
  return newest === undefined || newest.way === 'in' ? null : newest
}

/** The first dossier that these operations would change although it was handed over. */
export function heldAmong(database: Database, operations: readonly Operation[]): Id | null {
  // The answer of the other unit says itself where the cadre is now; what is taken over comes back.
  if (operations.some(({ op }) => op === 'transfer.acknowledge' || op === 'transfer.answer')) return null
  for (const cadre of new Set(operations.flatMap(cadreChanged)))
    if (transferHold(database, cadre) !== null) return cadre
  return null
}

function cadreChanged(operation: Operation): readonly Id[] {
  switch (operation.op) {
    case 'record.submit':
    case 'transfer.hand-over':
      return [operation.cadre]
    case 'cadre.stage':
    case 'cadre.tag':
      return [operation.entity]
    default:
      return []
  }
}

/** A package that lies on this device: who brought it, and which dossier somebody says it belongs to. */
export interface PackageRow {
  readonly transfer: Id
  readonly sha256: Digest
  readonly cadre: Id | null
  readonly added_by: Id
  readonly added_at: string
  readonly matched_by: Id | null
  readonly summary: string
}

const packageColumns = 'transfer, sha256, cadre, added_by, added_at, matched_by, summary'

export function readPackage(database: Database, transfer: Id): PackageRow | null {
  return (
    statement<PackageRow>(database, `SELECT ${packageColumns} FROM transfer_package WHERE transfer = ?`).get(
      transfer,
    ) ?? null
  )
}

export function listPackages(database: Database): readonly PackageRow[] {
  return statement<PackageRow>(
    database,
    `SELECT ${packageColumns} FROM transfer_package ORDER BY added_at DESC, transfer`,
  ).all()
}

export function insertPackage(
  database: Database,
  row: Pick<PackageRow, 'transfer' | 'sha256' | 'added_by' | 'added_at' | 'summary'>,
): void {
  statement(
    database,
    `INSERT INTO transfer_package (transfer, sha256, cadre, added_by, added_at, matched_by, summary)
     VALUES (?, ?, NULL, ?, ?, NULL, ?)`,
  ).run(row.transfer, row.sha256, row.added_by, row.added_at, row.summary)
}

export function matchPackage(database: Database, transfer: Id, cadre: Id, member: Id): void {
  statement(database, 'UPDATE transfer_package SET cadre = ?, matched_by = ? WHERE transfer = ?').run(
    cadre,
    member,
    transfer,
  )
}

export function dropPackage(database: Database, transfer: Id): void {
  statement(database, 'DELETE FROM transfer_package WHERE transfer = ?').run(transfer)
}
