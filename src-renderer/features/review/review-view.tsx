import { Segmented } from 'antd'
import { useState } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import { hrefOf, useRoute } from '../../app/routes.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { SignedNotice } from '../queue/signed-notice.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { BatchReview } from './batch-review.tsx'
import { ReviewItem } from './review-item.tsx'

const shownKinds = ['all', 'mine', 'unassigned', 'given'] as const
type Shown = (typeof shownKinds)[number]

/** `#/review`, `#/review/<record>`, `#/review/batch/<batch>`. */
export function ReviewView() {
  const text = useText()
  const [, first, second] = useRoute((route) => route.parts)
  const [shown, setShown] = useState<Shown>('all')
  const queue = useQueue(shown === 'given' ? 'given' : 'to-review', shown === 'given' ? 'all' : shown)
  const [signed, setSigned] = useState<Signed | null>(null)
  const notice =
    signed === null ? null : (
      <SignedNotice
        title={text('review.signed', { count: signed.done })}
        signed={signed}
        onClose={() => setSigned(null)}
      />
    )
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
      <PageHeader title={text('nav.review')} hint={text('review.hint')}>
        <Segmented<Shown>
          aria-label={text('review.shown')}
          value={shown}
          options={shownKinds.map((one) => ({ value: one, label: text(`review.shown.${one}`) }))}
          onChange={setShown}
        />
      </PageHeader>
      {notice}
      <QueueTable
        label={text('nav.review')}
        queue={queue}
        emptyTitle={text(shown === 'all' ? 'review.none' : 'review.none-here')}
        emptyHint={text(shown === 'all' ? 'review.none.hint' : 'review.none-here.hint')}
        openLabel={text('review.open')}
        itemHref={(item) => hrefOf('review', item.record)}
        batchHref={(batch) => hrefOf('review', 'batch', batch.batch)}
      />
    </div>
  )
}
