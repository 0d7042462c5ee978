import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { DisputedBatches } from './disputed-batches.tsx'

/** Opinions that differ, for someone who took no part. */
export function AdjudicateQueue() {
  const text = useText()
  const queue = useQueue('to-adjudicate')
  return (
    <>
      <QueueTable
        label={text('signing.adjudicate')}
        queue={{ ...queue, batches: [] }}
        emptyTitle={queue.batches.length === 0 ? text('adjudicate.none') : text('adjudicate.only-batches')}
        emptyHint={queue.batches.length === 0 ? text('adjudicate.none.hint') : ''}
        openLabel={text('adjudicate.open')}
        itemHref={(item) => hrefOf('signing', 'adjudicate', item.record)}
        batchHref={() => ''}
      />
      {queue.batches.map((batch) => (
        <DisputedBatches key={batch.batch} batch={batch} />
      ))}
    </>
  )
}
