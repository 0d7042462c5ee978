import { hrefWith } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { QueueFilters } from '../queue/queue-filters.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { useQueueFilter } from '../queue/use-queue-filter.ts'
import { DisputedBatches } from './disputed-batches.tsx'

/** Opinions that differ, for someone who took no part. */
export function AdjudicateQueue() {
  const text = useText()
  const narrowed = useQueueFilter()
  const queue = useQueue('to-adjudicate', 'all', narrowed.filter)
  return (
    <>
      <QueueFilters state={narrowed} />
      <QueueTable
        label={text('signing.adjudicate')}
        queue={{ ...queue, batches: [] }}
        emptyTitle={queue.batches.length === 0 ? text('adjudicate.none') : text('adjudicate.only-batches')}
        emptyHint={queue.batches.length === 0 ? text('adjudicate.none.hint') : ''}
        openLabel={text('adjudicate.open')}
        itemHref={(item) => hrefWith(narrowed.query, 'signing', 'adjudicate', item.record)}
        batchHref={() => ''}
      />
      {queue.batches.map((batch) => (
        <DisputedBatches key={batch.batch} batch={batch} />
      ))}
    </>
  )
}
