import { queueKinds, type QueueKind } from '../../../src-shared/contract/views.ts'
import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { isInQueue } from '../../vault/queue-queries.ts'
import type { Session } from '../context.ts'
import { filterOf, openDatabases } from './filters.ts'

const withoutReading: readonly QueueKind[] = ['to-assign', 'overdue']

/**
 * What the member at work has to do with a dossier: the first of their queues in which something of it stands. To say
 * who reviews an entry nobody needs to read it, nor to see that it is late.
 */
export function taskOf(session: Session, cadre: Id): Purpose | null {
  for (const kind of queueKinds.filter((one) => !withoutReading.includes(one))) {
    const filter = filterOf(session, kind)
    if (filter === null) continue
    if (openDatabases(session).some(({ database }) => isInQueue(database, filter, cadre)))
      return { kind, words: '' }
  }
  return null
}
