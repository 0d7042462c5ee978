import type { DueBounds, Stage } from '../../../src-shared/calendar/deadlines.ts'
import {
  queueKinds,
  type QueueItem,
  type QueueKind,
  type WorkbenchView,
} from '../../../src-shared/contract/views.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import { countQuarantine } from '../../vault/desk-tables.ts'
import { countArchived, countCadres } from '../../vault/dossier-queries.ts'
import { countQueue, queueItems } from '../../vault/queue-queries.ts'
import { countUnanswered } from '../../vault/review-queries.ts'
import { catalogueOf } from '../catalogue/read.ts'
import type { Session, UnlockedHandler } from '../context.ts'
import { tasksOf } from '../disclosure/register.ts'
import { importsOf, sightOf } from '../dossier/sight.ts'
import { boundsNow } from '../settings/calendar.ts'
import { syncCounts } from '../sync/status.ts'
import { filterOf, openDatabases } from './filters.ts'
import { countOrphaned } from './handover.ts'
import { lateTasks } from './late.ts'
import { officeNow, queueItem, withheldOf } from './queue-item.ts'

const recentItems = 10

/** How much of a queue is late, or nearly; nothing where no deadline runs. */
function countUrgent(
  session: Session,
  database: Database,
  kind: QueueKind,
  bounds: Readonly<Record<Stage, DueBounds>>,
  urgency: 'overdue' | 'soon',
): number {
  if (kind === 'returned' || kind === 'overdue' || kind === 'rivals') return 0
  const filter = filterOf(session, kind, { filter: { urgency }, bounds })
  return filter === null ? 0 : countQueue(database, filter)
}

export const workbenchRead: UnlockedHandler<'workbench.read'> = (context) => {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const databases = openDatabases(session)
  const seen = sightOf(session).categories
  const queues: WorkbenchView['queues'][number][] = []
  const recent: QueueItem[] = []
  const office = officeNow(context)
  const bounds = boundsNow(context)
  for (const kind of queueKinds) {
    const filter = filterOf(session, kind)
    if (filter === null) continue
    const late = kind === 'overdue' ? filterOf(session, kind, { bounds }) : filter
    let count = 0
    let overdue = 0
    let soon = 0
    for (const from of databases) {
      count += countQueue(from.database, late ?? filter)
      overdue += countUrgent(session, from.database, kind, bounds, 'overdue')
      soon += countUrgent(session, from.database, kind, bounds, 'soon')
      // What is late stands in the queue of whoever it waits for.
      if (kind === 'overdue' || kind === 'rivals') continue
      const rows = recent.length < recentItems ? queueItems(from.database, filter, null, recentItems) : []
      recent.push(
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
    }
    queues.push({ kind, count, overdue, soon })
  }
  const archive = session.vault.compartments.get('archive')?.database
  const { unsent, lastReceiptAt } = syncCounts(session)
  return ok({
    queues,
    orphaned: countOrphaned(context),
    dossiers: archive === undefined ? 0 : countCadres(archive, ''),
    archived: databases.reduce((sum, { database }) => sum + countArchived(database, seen), 0),
    faults: databases.reduce(
      (sum, { database }) => sum + countUnanswered(database, session.vault.member.id),
      0,
    ),
    quarantined: archive === undefined ? 0 : countQuarantine(archive, importsOf(session)),
    late: lateTasks(session),
    unsent,
    lastReceiptAt,
    recent: recent.slice(0, recentItems),
    requests: Object.values(tasksOf(session, catalogue.value)).reduce((sum, tasks) => sum + tasks.length, 0),
  })
}
