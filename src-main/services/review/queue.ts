import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { BatchLine, QueueItem, QueueKind } from '../../../src-shared/contract/views.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'
import { batchFile } from '../../vault/desk-tables.ts'
import {
  batchRows,
  countBatchRows,
  queueBatches,
  queueItems,
  type QueueKey,
  type QueueRow,
} from '../../vault/queue-queries.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, today, type UnlockedHandler } from '../context.ts'
import { BesideReader } from '../dossier/beside.ts'
import { findingsOf, readRevisionBody, type RevisionBody } from '../dossier/bodies.ts'
import { recorded } from '../dossier/purpose.ts'
import { boundsNow } from '../settings/calendar.ts'
import { filterOf, openDatabases } from './filters.ts'
import { hasLots } from './lots.ts'
import { officeNow, ownCatalogue, queueItem, withheldOf } from './queue-item.ts'

/** What a row of this queue waits for, to say by when. */
const statusOfKind: Readonly<Partial<Record<QueueKind, RevisionStatus>>> = {
  'to-review': 'submitted',
  given: 'in-review',
  'to-assign': 'submitted',
  'to-open': 'unopened',
  'to-adjudicate': 'disputed',
  'to-sign': 'agreed',
}

export const reviewQueue: UnlockedHandler<'review.queue'> = (context, input) => {
  const { session } = context
  const office = officeNow(context)
  const { whose } = input
  const filter = filterOf(session, input.kind, {
    whose,
    filter: input.filter,
    bounds: boundsNow(context),
  })
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
        queueItem(
          office,
          session,
          catalogue.value,
          from,
          row,
          withheldOf(session, catalogue.value, from, row),
        ),
      ),
    )
    if (after !== null || filter.batch !== null) continue
    for (const row of queueBatches(from.database, filter)) {
      const file =
        batchFile(from.database, row.batch) ??
        readRevisionBody(from.database, row.sample_record, row.sample)?.source.from ??
        ''
      batches.push({
        batch: row.batch,
        compartment: from.name,
        name: file,
        authorName: memberName(session, row.author),
        submittedAt: row.submitted_at,
        waitingSince: row.waiting_since,
        ...office.dueOf(statusOfKind[input.kind] ?? 'archived', row.waiting_since),
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
  return [item.waitingSince, item.revision]
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
    return { since: value[0], digest: value[1] }
  } catch {
    return undefined
  }
}

function rowFindings(
  beside: BesideReader,
  catalogue: Catalogue,
  row: QueueRow,
  body: RevisionBody,
  asOf: string,
): readonly Finding[] {
  const category = findCategory(catalogue, row.category)
  if (category === null) return []
  const place = { cadre: row.cadre, category, record: row.record }
  return [...findingsOf(catalogue, row.category, body, asOf), ...beside.findings(place, body, catalogue)]
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
  const office = officeNow(context)
  const beside = new BesideReader(session, catalogue.value, asOf)
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
      const body = isRead ? readRevisionBody(from.database, row.record, row.digest) : null
      const withheld = withheldOf(session, catalogue.value, from, row)
      const shown = Object.entries(body?.values ?? {}).filter(([field]) => !withheld.has(field))
      return {
        ...queueItem(office, session, catalogue.value, from, row, withheld),
        ...(isRead ? {} : { summary: '' }),
        declaration: body?.declaration ?? ('present' as const),
        values: Object.fromEntries(shown),
        flags: body?.flags ?? (isRead ? ['body-missing'] : []),
        findings:
          body === null || withheld.size > 0
            ? []
            : rowFindings(beside, ownCatalogue(session, catalogue.value, body), row, body, asOf),
      }
    })
    return ok({ rows, total })
  }
  return ok({ rows: [], total: 0 })
}
