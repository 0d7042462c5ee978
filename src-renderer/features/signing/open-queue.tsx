import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import type { BatchLine, QueueItem } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { DueMark } from '../queue/due-mark.tsx'
import { SignedNotice } from '../queue/signed-notice.tsx'
import { wholeBatch } from '../queue/use-batch.ts'
import { QueueFilters } from '../queue/queue-filters.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { useQueueFilter } from '../queue/use-queue-filter.ts'
import { byCompartment } from './by-compartment.ts'
import { OpenedResults } from './opened-results.tsx'

/** Of more than so many, only where they went is told. */
const mostShown = 20

/** Revisions with all their opinions in: opening shows them to everyone at once. */
export function OpenQueue() {
  const text = useText()
  const { catalogue, workbench } = useDesk()
  const narrowed = useQueueFilter()
  const queue = useQueue('to-open', 'all', narrowed.filter)
  const open = useAction('review.open')
  const [signed, setSigned] = useState<Signed | null>(null)
  const [opened, setOpened] = useState<readonly QueueItem[]>([])
  const [unread, setUnread] = useState<Failure | null>(null)

  const run = async (items: readonly QueueItem[]): Promise<void> => {
    let done = 0
    const refused: Signed['refused'][number][] = []
    for (const input of byCompartment(items)) {
      const result = await open.run(input)
      if (!result.ok) break
      done += result.value.done
      refused.push(...result.value.refused)
    }
    if (done + refused.length > 0) setSigned({ done, refused })
    const not = new Set(refused.map((row) => row.revision))
    const shown = items.filter((item) => !not.has(item.revision))
    setOpened(done === 0 || shown.length > mostShown ? [] : shown)
  }
  const runBatch = async (batch: BatchLine) => {
    setUnread(null)
    const rows = await wholeBatch(batch.batch, 'to-open')
    if (rows.ok) await run(rows.value)
    else setUnread(rows.error)
  }
  const isEmpty = queue.items.length === 0 && queue.batches.length === 0
  const count = (kind: string) => workbench?.queues.find((one) => one.kind === kind)?.count ?? 0
  return (
    <>
      <ErrorNotice failure={queue.failure} onRetry={queue.reload} />
      <ErrorNotice failure={open.failure ?? unread} />
      <QueueFilters state={narrowed} />
      {signed === null ? null : (
        <SignedNotice
          title={text('open.done', { count: signed.done })}
          signed={signed}
          onClose={() => setSigned(null)}
        >
          <p className="next-links">
            <a href={hrefOf('signing', 'sign')}>{text('open.to-sign', { count: count('to-sign') })}</a>
            <a href={hrefOf('signing', 'adjudicate')}>
              {text('open.to-adjudicate', { count: count('to-adjudicate') })}
            </a>
          </p>
        </SignedNotice>
      )}
      {opened.length === 0 ? null : <OpenedResults opened={opened} catalogue={catalogue} />}
      {isEmpty && !queue.isLoading && queue.failure === null ? (
        <EmptyState title={text('open.none')} hint={text('open.none.hint')} />
      ) : null}
      {isEmpty ? null : (
        <Alert
          type="info"
          title={text('open.waiting', { count: count('to-open') })}
          action={
            queue.items.length === 0 ? null : (
              <Button type="primary" loading={open.isBusy} onClick={() => void run(queue.items)}>
                {text('open.run', { count: queue.items.length })}
              </Button>
            )
          }
        />
      )}
      <ul className="batches">
        {queue.batches.map((batch) => (
          <li key={batch.batch} className="batch">
            <span className="batch-name">{batch.name}</span>
            <span className="number">{text('queue.rows', { count: batch.count })}</span>
            <span>{batch.authorName}</span>
            <span className="batch-due">
              <span className="prose-faint">{text('column.due')}</span>
              <DueMark of={batch} />
            </span>
            <Button size="small" type="primary" loading={open.isBusy} onClick={() => void runBatch(batch)}>
              {text('open.run', { count: batch.count })}
            </Button>
          </li>
        ))}
        {queue.items.map((item) => (
          <li key={item.revision} className="batch">
            <span className="batch-name">
              {item.cadreName} · {catalogue.categories.find((one) => one.id === item.category)?.name}
            </span>
            <span className="batch-summary">{item.summary}</span>
            <span>{item.authorName}</span>
            <span className="batch-due">
              <span className="prose-faint">{text('column.due')}</span>
              <DueMark of={item} />
            </span>
            <Button size="small" loading={open.isBusy} onClick={() => void run([item])}>
              {text('open.one')}
            </Button>
          </li>
        ))}
      </ul>
      {queue.hasMore ? <Button onClick={queue.loadMore}>{text('do.more')}</Button> : null}
    </>
  )
}
