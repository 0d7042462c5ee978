import { z } from 'zod'
import {
  deliverySchema,
  sourceProfileSchema,
  type Delivery,
  type SourceProfile,
} from '../../src-shared/import/source-profile.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Header } from '../../src-shared/log/header.ts'
import { disclosureFaults, longestWords, settlements } from '../../src-shared/review/differences.ts'
import { statement, type Database } from './database.ts'
import { bodyOf } from './names.ts'

/** Notes who is to deliver what and what came, of one commit that is not void. */
export function projectSources(database: Database, header: Header, leaf: Digest, depth: number): void {
  header.ops.forEach((operation, index) => {
    if (operation.op !== 'source.set' && operation.op !== 'source.deliver') return
    statement(
      database,
      'INSERT INTO source_step (source, depth, leaf, operation, act, digest, member, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      operation.entity,
      depth,
      leaf,
      index,
      operation.op.slice('source.'.length),
      operation.digest,
      header.member,
      header.at,
    )
  })
}

/** Notes how differences between sources were settled, of one commit that is not void. */
export function projectDifferences(database: Database, header: Header, leaf: Digest, depth: number): void {
  header.ops.forEach((operation, index) => {
    if (operation.op !== 'difference.settle' && operation.op !== 'difference.judge') return
    statement(
      database,
      `INSERT INTO difference_step (difference, depth, leaf, operation, act, cadre, digest, member, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      operation.entity,
      depth,
      leaf,
      index,
      operation.op.slice('difference.'.length),
      operation.cadre,
      operation.digest,
      header.member,
      header.at,
    )
  })
}

interface StepRow {
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

export interface StoredSource {
  readonly source: Id
  /** The newest word; of several the last in the causal order holds, in whatever order they arrive. */
  readonly profile: SourceProfile
  readonly member: Id
  readonly at: string
  /** Every name it ever had: what was imported before carries the one of then. */
  readonly names: readonly string[]
  readonly deliveries: readonly Delivery[]
}

/** All sources with what they delivered; without acts whose body is missing or says nothing that reads. */
export function readSources(database: Database): readonly StoredSource[] {
  const rows = statement<StepRow & { readonly source: Id; readonly act: string }>(
    database,
    'SELECT source, act, digest, member, at FROM source_step ORDER BY source, depth, leaf, operation',
  ).all()
  const deliveries = new Map<Id, Delivery[]>()
  const names = new Map<Id, string[]>()
  const newest = new Map<Id, Omit<StoredSource, 'names' | 'deliveries'>>()
  for (const { source, act, digest, member, at } of rows) {
    const body = withoutSalt(database, digest)
    if (act === 'deliver') {
      const said = deliverySchema.safeParse(body)
      if (said.success) push(deliveries, source, said.data)
      continue
    }
    const said = sourceProfileSchema.safeParse(body)
    if (!said.success) continue
    push(names, source, said.data.name)
    newest.set(source, { source, profile: said.data, member, at })
  }
  return [...newest.values()].map((one) => ({
    ...one,
    names: names.get(one.source) ?? [],
    deliveries: deliveries.get(one.source) ?? [],
  }))
}

function push<Item>(lists: Map<Id, Item[]>, key: Id, item: Item): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

function withoutSalt(database: Database, digest: Digest): unknown {
  const { salt: _salt, ...said } = bodyOf(database, digest) ?? { salt: '' }
  return said
}

const settledSchema = z.object({ outcome: z.enum(settlements), words: z.string().max(longestWords) })
const judgedSchema = z.object({ fault: z.enum(disclosureFaults), words: z.string().max(longestWords) })

export type StoredSettlement = z.infer<typeof settledSchema> & Pick<StepRow, 'member' | 'at'>
export type StoredJudgement = z.infer<typeof judgedSchema> & Pick<StepRow, 'member' | 'at'>

/** How a difference was settled, by the last word for one of its dossiers that reads; null while it was not. */
export function settlementOf(
  database: Database,
  difference: Id,
  cadres: readonly Id[],
): StoredSettlement | null {
  return lastWord(database, difference, cadres, 'settle', settledSchema)
}

/** 漏报, 瞒报 or neither, by the last word in the database of the discipline compartment. */
export function judgementOf(
  database: Database,
  difference: Id,
  cadres: readonly Id[],
): StoredJudgement | null {
  return lastWord(database, difference, cadres, 'judge', judgedSchema)
}

function lastWord<Said extends object>(
  database: Database,
  difference: Id,
  cadres: readonly Id[],
  act: 'settle' | 'judge',
  schema: z.ZodType<Said>,
): (Said & Pick<StepRow, 'member' | 'at'>) | null {
  const rows = statement<StepRow>(
    database,
    `SELECT digest, member, at FROM difference_step WHERE difference = ? AND act = ?
       AND cadre IN (SELECT value FROM json_each(?))
     ORDER BY depth DESC, leaf DESC, operation DESC`,
  ).all(difference, act, JSON.stringify(cadres))
  for (const { digest, member, at } of rows) {
    const said = schema.safeParse(bodyOf(database, digest))
    if (said.success) return { ...said.data, member, at }
  }
  return null
}

/** The folder of this computer that is watched for each source. */
export function readSourceFolders(database: Database): ReadonlyMap<Id, string> {
  const rows = statement<{ source: Id; folder: string }>(
    database,
    'SELECT source, folder FROM source_folder',
  ).all()
  return new Map(rows.map(({ source, folder }) => [source, folder]))
}

/** @param folder null for none any more */
export function setSourceFolder(
  database: Database,
  source: Id,
  folder: string | null,
  by: { readonly member: Id; readonly at: string },
): void {
  if (folder === null) {
    statement(database, 'DELETE FROM source_folder WHERE source = ?').run(source)
    return
  }
  statement(
    database,
    `INSERT INTO source_folder (source, folder, member, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (source) DO UPDATE SET folder = excluded.folder, member = excluded.member, at = excluded.at`,
  ).run(source, folder, by.member, by.at)
}
