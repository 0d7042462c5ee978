import { Button, Input, Skeleton } from 'antd'
import { Fragment, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { QueueItem } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { useQueue } from '../queue/use-queue.ts'
import { RivalMark } from '../rivals/rival-mark.tsx'
import { Grounds } from '../record/road.tsx'
import { BatchEntries } from './batch-entries.tsx'

/** What this member entered and is not archived yet. */
export function MyEntries({ kind }: { readonly kind: 'on-the-way' | 'returned' }) {
  const text = useText()
  const queue = useQueue(kind)
  const [open, setOpen] = useState<string | null>(null)
  if (queue.failure !== null) return <ErrorNotice failure={queue.failure} onRetry={queue.reload} />
  if (queue.isLoading && queue.items.length === 0) return <Skeleton active />
  if (queue.items.length === 0 && queue.batches.length === 0) {
    return <EmptyState title={text(`mine.${kind}.none`)} hint={text(`mine.${kind}.none.hint`)} />
  }
  return (
    <>
      {queue.batches.length === 0 ? null : (
        <ul className="batches" aria-label={text('queue.batches')}>
          {queue.batches.map((batch) => (
            <BatchEntries key={batch.batch} batch={batch} kind={kind} />
          ))}
        </ul>
      )}
      {queue.items.length === 0 ? null : (
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{text('column.cadre')}</th>
              <th scope="col">{text('column.category')}</th>
              <th scope="col">{text('column.summary')}</th>
              <th scope="col">{text('column.status')}</th>
              <th scope="col">{text('column.opinions')}</th>
              <th scope="col">{text('column.submitted')}</th>
              <th scope="col">{text('column.action')}</th>
            </tr>
          </thead>
          <tbody>
            {queue.items.map((item) => (
              <Fragment key={item.revision}>
                <MyEntry
                  item={item}
                  kind={kind}
                  isOpen={open === item.revision}
                  onToggle={() => setOpen(open === item.revision ? null : item.revision)}
                />
                {open !== item.revision ? null : (
                  <tr className="grid-more">
                    <td colSpan={7}>
                      {kind === 'returned' ? (
                        <Returned item={item} />
                      ) : (
                        <Withdraw item={item} onDone={() => setOpen(null)} />
                      )}
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      {queue.hasMore ? <Button onClick={queue.loadMore}>{text('do.more')}</Button> : null}
    </>
  )
}

interface MyEntryProps {
  readonly item: QueueItem
  readonly kind: 'on-the-way' | 'returned'
  readonly isOpen: boolean
  onToggle(): void
}

function MyEntry({ item, kind, isOpen, onToggle }: MyEntryProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const mayWithdraw = item.status === 'submitted' && item.opinions === 0
  return (
    <tr>
      <td className="nowrap">
        <a href={hrefOf('dossiers', item.cadre, item.record)}>{item.cadreName}</a>
      </td>
      <td className="nowrap">{findCategory(catalogue, item.category)?.name ?? item.category}</td>
      <td className="one-line-cell" title={item.summary}>
        {item.summary}
      </td>
      <td className="nowrap">
        <StatusTag status={item.status} />
        {item.rival ? <RivalMark cadre={item.cadre} record={item.record} /> : null}
      </td>
      <td className="nowrap number">
        {item.opinions} / {item.opinionsNeeded}
      </td>
      <td className="nowrap number">{momentText(item.submittedAt)}</td>
      <td className="nowrap">
        {kind === 'returned' ? (
          <>
            <Button size="small" aria-expanded={isOpen} onClick={onToggle}>
              {text('mine.reasons')}
            </Button>{' '}
            <Button
              size="small"
              type="primary"
              href={hrefOf('entry', item.cadre, item.category, item.record)}
            >
              {text('mine.enter-again')}
            </Button>
          </>
        ) : mayWithdraw ? (
          <Button size="small" aria-expanded={isOpen} onClick={onToggle}>
            {text('mine.withdraw')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

/** Why it was sent back: in the words of the return, or of the opened opinions that disagreed. */
function Returned({ item }: { readonly item: QueueItem }) {
  const text = useText()
  const { catalogue } = useDesk()
  const record = useQuery('record.read', { record: item.record })
  if (record.failure !== null) return <ErrorNotice failure={record.failure} onRetry={record.reload} />
  const revision = record.data?.revisions.find((one) => one.revision === item.revision)
  if (revision === undefined) return <Skeleton active paragraph={{ rows: 1 }} />
  const category = findCategory(catalogue, item.category)
  const label = (id: string) => category?.fields.find((field) => field.id === id)?.label ?? id
  const { returned, opinions, adjudication } = revision
  return (
    <div className="returned">
      {returned === null ? null : (
        <div>
          <strong>{text('road.returned')}</strong> {returned.hand.name}
          <Grounds {...returned} fieldLabel={label} />
        </div>
      )}
      {opinions
        .filter((opinion) => opinion.decision === 'disagree')
        .map((opinion) => (
          <div key={opinion.reviewer.member}>
            <strong>{text('opinion.disagree')}</strong> {opinion.reviewer.name}
            <Grounds {...opinion} fieldLabel={label} />
          </div>
        ))}
      {adjudication === null ? null : (
        <div>
          <strong>{text(`outcome.${adjudication.outcome}`)}</strong> {adjudication.hand.name}
          <p>{adjudication.words}</p>
        </div>
      )}
    </div>
  )
}

function Withdraw({ item, onDone }: { readonly item: QueueItem; onDone(): void }) {
  const text = useText()
  const withdraw = useAction('record.withdraw')
  const [reason, setReason] = useState('')
  const run = async () => {
    const result = await withdraw.run({ record: item.record, revision: item.revision, reason })
    if (result.ok) onDone()
  }
  return (
    <div className="inline-form">
      <Input
        autoFocus
        aria-label={text('mine.withdraw.reason')}
        placeholder={text('mine.withdraw.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => void run()}
      />
      <Button danger type="primary" loading={withdraw.isBusy} onClick={() => void run()}>
        {text('mine.withdraw')}
      </Button>
      <Button onClick={onDone}>{text('do.cancel')}</Button>
      <ErrorNotice failure={withdraw.failure} />
    </div>
  )
}
