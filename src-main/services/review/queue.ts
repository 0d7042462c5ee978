import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import { grantedCategories } from '../../../src-shared/access/judge.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import {
  queueKinds,
  type BatchLine,
  type QueueItem,
  type QueueKind,
} from '../../../src-shared/contract/views.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import { batchFile, countQuarantine } from '../../vault/desk-tables.ts'
import { countArchived, countCadres } from '../../vault/dossier-queries.ts'
import {
  batchRows,
  countBatchRows,
  countQueue,
  queueBatches,
  queueItems,
  type QueueFilter,
  type QueueKey,
  type QueueRow,
} from '../../vault/queue-queries.ts'
import { heldRoles } from '../../vault/vault.ts'
import {
  businessCompartments,
  catalogueOf,
  memberName,
  today,
  type Session,
  type UnlockedHandler,
} from '../context.ts'
import { recordAccess } from '../access-log.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findingsOf, readRevisionBody, summaryOf } from '../dossier/bodies.ts'
import { syncCounts } from '../sync/status.ts'

/** The roles under which a queue is worked. */
const queueRoles: Readonly<Record<QueueKind, readonly Role[]>> = {
  'to-review': ['reviewer'],
  'to-open': ['approver'],
  'to-adjudicate': ['inspector', 'approver', 'reviewer'],
  'to-sign': ['approver'],
  returned: ['collector', 'inspector'],
  'on-the-way': ['collector', 'inspector'],
}

/** Null when the member holds no role that works this queue. */
function filterOf(session: Session, kind: QueueKind): QueueFilter | null {
  const held = heldRoles(session.vault)
  const roles = queueRoles[kind].filter((role) => held.includes(role))
  if (roles.length === 0) return null
  const head = session.vault.authority.head
  const me = session.vault.member.id
  const categories = roles.flatMap((role) => grantedCategories(head, me, role))
  return {
    kind,
    me,
    ownCadre: head.members.get(me)?.cadre ?? '',
    categories: JSON.stringify(categories.includes('*') ? ['*'] : [...new Set(categories)]),
  }
}

interface OpenDatabase {
  readonly name: Exclude<Compartment, 'control'>
  readonly database: Database
}

function openDatabases(session: Session): readonly OpenDatabase[] {
  return businessCompartments(session).flatMap((name) => {
    const database = session.vault.compartments.get(name)?.database
    return database === undefined ? [] : [{ name, database }]
  })
}

function queueItem(session: Session, catalogue: Catalogue, from: OpenDatabase, row: QueueRow): QueueItem {
  return {
    record: row.record,
    revision: row.digest,
    compartment: from.name,
    cadre: row.cadre,
    cadreName: findCadre(session, row.cadre)?.name ?? '',
    category: row.category,
    summary: summaryOf(catalogue, row.category, readRevisionBody(from.database, row.digest)),
    status: row.status,
    batch: row.batch,
    authorName: memberName(session, row.author),
    submittedAt: row.submitted_at,
    opinions: row.opinions,
    opinionsNeeded: row.opinions_needed,
  }
}

export const reviewQueue: UnlockedHandler<'review.queue'> = ({ session }, input) => {
  const filter = filterOf(session, input.kind)
  if (filter === null) return ok({ items: [], batches: [], next: null })
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const after = input.after === null ? null : readKey(input.after)
  if (after === undefined) return err('call/invalid-input', { path: 'after' })
  const items: QueueItem[] = []
  const batches: BatchLine[] = []
  for (const from of openDatabases(session)) {
    const rows = queueItems(from.database, filter, after, input.limit)
    items.push(...rows.map((row) => queueItem(session, catalogue.value, from, row)))
    if (after !== null) continue
    for (const row of queueBatches(from.database, filter)) {
      const file =
        batchFile(from.database, row.batch) ?? readRevisionBody(from.database, row.sample)?.source.from ?? ''
      batches.push({
        batch: row.batch,
        compartment: from.name,
        name: file,
        authorName: memberName(session, row.author),
        submittedAt: row.submitted_at,
        count: row.count,
      })
    }
  }
  items.sort((a, b) => compareKeys(keyOf(a), keyOf(b)))
  const page = items.slice(0, input.limit)
  const last = page.at(-1)
  const next = items.length >= input.limit && last !== undefined ? JSON.stringify(keyOf(last)) : null
  return ok({ items: page, batches, next })
}

function keyOf(item: QueueItem): readonly [string, string] {
  return [item.submittedAt, item.revision]
}

function compareKeys(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0
}

function readKey(text: string): QueueKey | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string')
      return undefined
    return { submittedAt: value[0], digest: value[1] }
  } catch {
    return undefined
  }
}

/** Writes an access entry before it answers: the rows are whole records. */
export const reviewBatch: UnlockedHandler<'review.batch'> = async (context, input) => {
  const { session } = context
  const filter = filterOf(session, input.kind)
  if (filter === null) return ok({ rows: [], total: 0 })
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const asOf = today(context)
  for (const from of openDatabases(session)) {
    const total = countBatchRows(from.database, filter, input.batch)
    if (total === 0) continue
    const entered = await recordAccess(context, 'batch', { batch: input.batch })
    if (!entered.ok) return entered
    const rows = batchRows(from.database, filter, input.batch, input.offset, input.limit).map((row) => {
      const body = readRevisionBody(from.database, row.digest)
      return {
        ...queueItem(session, catalogue.value, from, row),
        declaration: body?.declaration ?? ('present' as const),
        values: body?.values ?? {},
        flags: body?.flags ?? ['body-missing'],
        findings: body === null ? [] : findingsOf(catalogue.value, row.category, body, asOf),
      }
    })
    return ok({ rows, total })
  }
  return ok({ rows: [], total: 0 })
}

const recentItems = 10

export const workbenchRead: UnlockedHandler<'workbench.read'> = (context) => {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const databases = openDatabases(session)
  const queues: { kind: QueueKind; count: number }[] = []
  const recent: QueueItem[] = []
  for (const kind of queueKinds) {
    const filter = filterOf(session, kind)
    if (filter === null) continue
    let count = 0
    for (const from of databases) {
      count += countQueue(from.database, filter)
      const rows = recent.length < recentItems ? queueItems(from.database, filter, null, recentItems) : []
      recent.push(...rows.map((row) => queueItem(session, catalogue.value, from, row)))
    }
    queues.push({ kind, count })
  }
  const archive = session.vault.compartments.get('archive')?.database
  const { unsent, lastReceiptAt } = syncCounts(session)
  return ok({
    queues,
    dossiers: archive === undefined ? 0 : countCadres(archive, ''),
    archived: databases.reduce((sum, { database }) => sum + countArchived(database), 0),
    quarantined: archive === undefined ? 0 : countQuarantine(archive),
    unsent,
    lastReceiptAt,
    recent: recent.slice(0, recentItems),
  })
}
