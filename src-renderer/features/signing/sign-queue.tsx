import { useState } from 'react'
import { hrefOf, hrefWith } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { QueueFilters } from '../queue/queue-filters.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { useQueueFilter } from '../queue/use-queue-filter.ts'
import { SignBar } from './sign-bar.tsx'
import { SignOutcome } from './sign-outcome.tsx'

/** What is agreed and waits for the signature of who answers for it. */
export function SignQueue() {
  const text = useText()
  const narrowed = useQueueFilter()
  const queue = useQueue('to-sign', 'all', narrowed.filter)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const places = queue.items.filter((item) => chosen.has(item.revision))
  return (
    <>
      <SignOutcome />
      <QueueFilters state={narrowed} />
      <QueueTable
        label={text('signing.sign')}
        queue={queue}
        emptyTitle={text('sign.none')}
        emptyHint={text('sign.none.hint')}
        openLabel={text('sign.open')}
        itemHref={(item) => hrefWith(narrowed.query, 'signing', 'sign', item.record)}
        batchHref={(batch) => hrefOf('signing', 'sign', 'batch', batch.batch)}
        selection={{ chosen, onChange: setChosen }}
      />
      {queue.items.length === 0 ? null : <SignBar places={places} onSigned={() => setChosen(new Set())} />}
    </>
  )
}
