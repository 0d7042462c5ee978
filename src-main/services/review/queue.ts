import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import {
  queueKinds,
  type BatchLine,
  type QueueItem,
  type QueueKind,
} from '../../../src-shared/contract/views.ts'
import type { DrawnView } from '../../../src-shared/contract/drawn-view.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { batchFile, countQuarantine } from '../../vault/desk-tables.ts'
import { drawnRow, type DrawnRow } from '../../vault/draw-queries.ts'
import { countArchived, countCadres } from '../../vault/dossier-queries.ts'
import {
  batchRows,
  countBatchRows,
  countQueue,
  queueBatches,
  queueItems,
  type QueueKey,
  type QueueRow,
} from '../../vault/queue-queries.ts'
import { countUnanswered } from '../../vault/review-queries.ts'
import { catalogueOf, memberName, today, type Session, type UnlockedHandler } from '../context.ts'
import { recordAccess } from '../access-log.ts'
import { tasksOf } from '../disclosure/register.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findingsOf, readRevisionBody, summaryOf } from '../dossier/bodies.ts'
import { recorded } from '../dossier/purpose.ts'
import { stateOf } from '../dossier/roads.ts'
import { importsOf, sightOf } from '../dossier/sight.ts'
import { syncCounts } from '../sync/status.ts'
import { hasLots } from './lots.ts'
import { withheldFields } from './rekey.ts'
import { filterOf, openDatabases, type OpenDatabase } from './filters.ts'

/** The fields of a row that the member at work has to type before they see them. */
function withheldOf(
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  row: QueueRow,
): ReadonlySet<string> {
  const rule = session.vault.authority.head.catalogue?.rules.get(row.category)
  // Most categories do not ask for it, and following a road for every row of a queue would cost.
  const state = rule?.verification === 'dual-rekey' ? stateOf(session, from.database, row.record) : null
  const revision = state?.revisions.find((one) => one.revision === row.digest)
  if (state === null || revision === undefined) return new Set()
  return withheldFields(session, catalogue, from.database, state)
}

function queueItem(
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  row: QueueRow,
  withheld: ReadonlySet<string>,
): QueueItem {
  const body = withheld.size > 0 ? null : readRevisionBody(from.database, row.digest)
  return {
    record: row.record,
    revision: row.digest,
    compartment: from.name,
    cadre: row.cadre,
    cadreName: findCadre(session, row.cadre)?.name ?? '',
    category: row.category,
    summary: summaryOf(catalogue, row.category, body),
    status: row.status,
    batch: row.batch,
    authorName: memberName(session, row.author),
    submittedAt: row.submitted_at,
    opinions: row.opinions,
    opinionsNeeded: row.opinions_needed,
    drawn: row.batch === null ? null : drawnView(drawnRow(from.database, row.record, row.digest)),
  }
}

function drawnView(row: DrawnRow | null): DrawnView | null {
  if (row === null) return null
  const { draw, seed, lot, size, seen } = row
  return { draw, seed, lot, size, seen: seen === 1 }
}

export const reviewQueue: UnlockedHandler<'review.queue'> = ({ session }, input) => {
  const filter = filterOf(session, input.kind, input.whose)
  if (filter === null) return ok({ items: [], batches: [], next: null })
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const after = input.after === null ? null : readKey(input.after)
  if (after === undefined) return err('call/invalid-input', { path: 'after' })
  const items: QueueItem[] = []
  const batches: BatchLine[] = []
  for (const from of openDatabases(session)) {
    const rows = queueItems(from.database, filter, after, input.limit)
    items.push(
      ...rows.map((row) =>
        queueItem(session, catalogue.value, from, row, withheldOf(session, catalogue.value, from, row)),
      ),
    )
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
        sampling: hasLots(session, from, row.batch),
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

/** Writes an access entry before it answers: the rows are whole records, read for the task they are in. */
export const reviewBatch: UnlockedHandler<'review.batch'> = async (context, input) => {
  const { session } = context
  const filter = filterOf(session, input.kind)
  if (filter === null) return ok({ rows: [], total: 0 })
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const asOf = today(context)
  const part = input.part ?? 'all'
  for (const from of openDatabases(session)) {
    const total = countBatchRows(from.database, filter, input.batch, part)
    if (total === 0) continue
    // To say who reviews a row nobody needs to read it: nothing of it is shown, and nothing entered.
    const isRead = input.kind !== 'to-assign'
    const purpose = recorded({ kind: input.kind, words: '' })
    const entered = isRead ? await recordAccess(context, 'batch', { batch: input.batch }, purpose) : ok(true)
    if (!entered.ok) return entered
    const rows = batchRows(from.database, filter, input.batch, part, input.offset, input.limit).map((row) => {
      const { record, cadre, category } = row
      if (isRead) session.purposes.revisions.set(row.digest, { record, cadre, category })
      const body = isRead ? readRevisionBody(from.database, row.digest) : null
      const withheld = withheldOf(session, catalogue.value, from, row)
      const shown = Object.entries(body?.values ?? {}).filter(([field]) => !withheld.has(field))
      return {
        ...queueItem(session, catalogue.value, from, row, withheld),
        ...(isRead ? {} : { summary: '' }),
        declaration: body?.declaration ?? ('present' as const),
        values: Object.fromEntries(shown),
        flags: body?.flags ?? (isRead ? ['body-missing'] : []),
        findings:
          body === null || withheld.size > 0 ? [] : findingsOf(catalogue.value, row.category, body, asOf),
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
  const seen = sightOf(session).categories
  const queues: { kind: QueueKind; count: number }[] = []
  const recent: QueueItem[] = []
  for (const kind of queueKinds) {
    const filter = filterOf(session, kind)
    if (filter === null) continue
    let count = 0
    for (const from of databases) {
      count += countQueue(from.database, filter)
      const rows = recent.length < recentItems ? queueItems(from.database, filter, null, recentItems) : []
      recent.push(
        ...rows.map((row) =>
          queueItem(session, catalogue.value, from, row, withheldOf(session, catalogue.value, from, row)),
        ),
      )
    }
    queues.push({ kind, count })
  }
  const archive = session.vault.compartments.get('archive')?.database
  const { unsent, lastReceiptAt } = syncCounts(session)
  return ok({
    queues,
    dossiers: archive === undefined ? 0 : countCadres(archive, ''),
    archived: databases.reduce((sum, { database }) => sum + countArchived(database, seen), 0),
    faults: databases.reduce(
      (sum, { database }) => sum + countUnanswered(database, session.vault.member.id),
      0,
    ),
    quarantined: archive === undefined ? 0 : countQuarantine(archive, importsOf(session)),
    unsent,
    lastReceiptAt,
    recent: recent.slice(0, recentItems),
    requests: Object.values(tasksOf(session, catalogue.value)).reduce((sum, tasks) => sum + tasks.length, 0),
  })
}
