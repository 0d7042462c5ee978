import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { membersOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

export interface PaperRow {
  readonly paper: Id
  readonly revision: Digest
  readonly digest: Digest
  readonly member: Id
  readonly at: string
  /** Body of the first strike, with whose hand it is; null while the paper counts. */
  readonly struck: Digest | null
  readonly struckBy: Id | null
  readonly struckAt: string | null
}

/**
 * The signed papers of a record, oldest first. One that claims another cadre or category than the record has is none: it
 * was allowed for what it claimed, not for what it names.
 */
export function papersOf(
  database: Database,
  { record, cadre, category }: { readonly record: Id; readonly cadre: Id; readonly category: string },
): readonly PaperRow[] {
  return statement<PaperRow>(
    database,
    `SELECT paper.paper, revision, paper.digest, paper.member, paper.at, first.digest AS struck,
       first.member AS struckBy, first.at AS struckAt
     FROM paper LEFT JOIN paper_strike AS first ON (first.record, first.paper, first.leaf, first.operation) = (
       SELECT record, paper, leaf, operation FROM paper_strike AS one WHERE one.record = paper.record
         AND one.paper = paper.paper AND one.cadre = paper.cadre AND one.category = paper.category
         ORDER BY leaf, operation LIMIT 1)
     WHERE paper.record = :record AND paper.cadre = :cadre AND paper.category = :category
     ORDER BY depth, paper.leaf, paper.operation`,
  ).all({ record, cadre, category })
}

/** Revisions of a cadre, newest first: what a scan can be attached to. */
export function revisionsOfCadre(
  database: Database,
  cadre: Id,
): readonly { readonly record: Id; readonly revision: Digest; readonly category: string }[] {
  return statement<{ record: Id; revision: Digest; category: string }>(
    database,
    `SELECT record, digest AS revision, category FROM revision WHERE cadre = ?
     ORDER BY submitted_at DESC, digest`,
  ).all(cadre)
}

export interface VolumeRow {
  readonly volume: Id
  /** The dossier that it was begun in. */
  readonly cadre: Id
  readonly number: string
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

/** Those of dossiers that are shown as part of this one too. */
export function volumesOf(database: Database, cadre: Id): readonly VolumeRow[] {
  return statement<VolumeRow>(
    database,
    `SELECT volume, cadre, number, digest, member, at FROM volume
     WHERE cadre IN (SELECT value FROM json_each(?)) ORDER BY number, volume`,
  ).all(JSON.stringify(membersOf(database, cadre)))
}

export function volumesNumbered(database: Database, number: string): readonly Id[] {
  return statement<{ volume: Id }>(database, 'SELECT volume FROM volume WHERE number = ? ORDER BY volume')
    .all(number)
    .map(({ volume }) => volume)
}

/** The acts about a volume under the dossier it was begun in, oldest first; those under another are none. */
export function volumeSteps(
  database: Database,
  { volume, cadre }: Pick<VolumeRow, 'volume' | 'cadre'>,
): readonly {
  readonly act: 'set' | 'unset'
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}[] {
  return statement<{ act: 'set' | 'unset'; digest: Digest; member: Id; at: string }>(
    database,
    `SELECT act, digest, member, at FROM volume_step WHERE volume = ? AND cadre = ?
     ORDER BY depth, leaf, operation`,
  ).all(volume, cadre)
}

/** Bodies of the rules of numbers, newest first. */
export function numberRules(database: Database): readonly Digest[] {
  return statement<{ digest: Digest }>(
    database,
    'SELECT digest FROM volume_rule ORDER BY depth DESC, leaf DESC, operation DESC',
  )
    .all()
    .map(({ digest }) => digest)
}
