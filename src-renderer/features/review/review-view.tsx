import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import { hrefOf, hrefWith, useRoute } from '../../app/routes.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { QueueFilters } from '../queue/queue-filters.tsx'
import { QueueTable } from '../queue/queue-table.tsx'
import { SignedNotice } from '../queue/signed-notice.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { useQueueFilter } from '../queue/use-queue-filter.ts'
import { WorkloadPage } from '../workload/workload-page.tsx'
import { BatchReview } from './batch-review.tsx'
import { ReviewItem } from './review-item.tsx'

const shownKinds = ['all', 'mine', 'unassigned', 'given'] as const
type Shown = (typeof shownKinds)[number]

/** `#/review`, `#/review/<record>`, `#/review/batch/<batch>`, `#/review/workload`. */
export function ReviewView() {
  const text = useText()
  const [, first, second] = useRoute((route) => route.parts)
  const narrowed = useQueueFilter()
  const { filter, query, choose } = narrowed
  const shown = shownKinds.find((one) => one === query['shown']) ?? 'all'
  const queue = useQueue(shown === 'given' ? 'given' : 'to-review', shown === 'given' ? 'all' : shown, filter)
  const isAll = shown === 'all' && Object.keys(filter).length === 0
  const [signed, setSigned] = useState<Signed | null>(null)
  const notice =
    signed === null ? null : (
      <SignedNotice
        title={text('review.signed', { count: signed.done })}
        signed={signed}
        onClose={() => setSigned(null)}
      />
    )
  if (first === 'workload') return <WorkloadPage />
  if (first === 'batch' && second !== undefined) {
    return (
      <div className="page">
        {notice}
        <BatchReview
          key={second}
          batch={second}
          name={queue.batches.find((batch) => batch.batch === second)?.name ?? ''}
          onSigned={setSigned}
        />
      </div>
    )
  }
  if (first !== undefined) {
    return (
      <div className="page page-wide">
        {notice}
        <ReviewItem key={first} record={first} queue={queue} onSigned={setSigned} />
      </div>
    )
  }
  return (
    <div className="page">
      <PageHeader
        title={text('nav.review')}
        hint={text('review.hint')}
        actions={<Button href={hrefOf('review', 'workload')}>{text('workload.own')}</Button>}
      >
        <Segmented<Shown>
          aria-label={text('review.shown')}
          value={shown}
          options={shownKinds.map((one) => ({ value: one, label: text(`review.shown.${one}`) }))}
          onChange={(next) => choose({ shown: next === 'all' ? undefined : next })}
        />
      </PageHeader>
      {notice}
      <QueueFilters state={narrowed} batches={queue.batches} />
      <QueueTable
        label={text('nav.review')}
        queue={queue}
        emptyTitle={text(isAll ? 'review.none' : 'review.none-here')}
        emptyHint={text(isAll ? 'review.none.hint' : 'review.none-here.hint')}
        openLabel={text('review.open')}
        itemHref={(item) => hrefWith(query, 'review', item.record)}
        batchHref={(batch) => hrefOf('review', 'batch', batch.batch)}
      />
    </div>
  )
}
