import { Button, Checkbox, Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchLine, QueueItem } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { RivalMark } from '../rivals/rival-mark.tsx'
import { AssignedNames, DueMark } from './due-mark.tsx'
import type { Queue } from './use-queue.ts'

interface QueueTableProps {
  readonly label: string
  readonly queue: Queue
  readonly emptyTitle: string
  readonly emptyHint: string
  /** What following a row does, in a word. */
  readonly openLabel: string
  itemHref(item: QueueItem): string
  batchHref?(batch: BatchLine): string
  /** Where a batch that may be reviewed by a sample is drawn. */
  samplingHref?(batch: BatchLine): string
  /** What is done with a batch where it is not opened. */
  readonly batchAction?: { readonly label: string; readonly isBusy: boolean; run(batch: BatchLine): void }
  /** Whether it is told to whom each is assigned. */
  readonly hasAssigned?: boolean
  /** Rows that are chosen for one signature; absent where each is looked at by itself. */
  readonly selection?: {
    readonly chosen: ReadonlySet<string>
    onChange(chosen: ReadonlySet<string>): void
  }
}

/** What waits in a queue: batches first, then single entries. */
export function QueueTable(props: QueueTableProps) {
  const { label, queue, emptyTitle, emptyHint, openLabel, itemHref, selection } = props
  const { batchHref, batchAction, samplingHref, hasAssigned = false } = props
  const text = useText()
  const { catalogue } = useDesk()
  if (queue.failure !== null) return <ErrorNotice failure={queue.failure} onRetry={queue.reload} />
  if (queue.items.length === 0 && queue.batches.length === 0) {
    return queue.isLoading ? <Skeleton active /> : <EmptyState title={emptyTitle} hint={emptyHint} />
  }
  const isAllChosen =
    selection !== undefined && queue.items.every((item) => selection.chosen.has(item.revision))
  const choose = (revision: string, isChosen: boolean) => {
    const next = new Set(selection?.chosen)
    if (isChosen) next.add(revision)
    else next.delete(revision)
    selection?.onChange(next)
  }
  return (
    <>
      {queue.batches.length === 0 ? null : (
        <section aria-label={text('queue.batches')}>
          <h2 className="queue-heading">{text('queue.batches')}</h2>
          <ul className="batches">
            {queue.batches.map((batch) => (
              <li key={batch.batch} className="batch">
                <span className="batch-name">{batch.name}</span>
                <span className="number">{text('queue.rows', { count: batch.count })}</span>
                <span>{batch.authorName}</span>
                <time className="number" dateTime={batch.submittedAt}>
                  {momentText(batch.submittedAt)}
                </time>
                <span className="batch-due">
                  <span className="prose-faint">{text('column.due')}</span>
                  <DueMark of={batch} />
                </span>
                {batchHref === undefined ? null : (
                  <Button size="small" type="primary" href={batchHref(batch)}>
                    {openLabel}
                  </Button>
                )}
                {batch.sampling && samplingHref !== undefined ? (
                  <Button size="small" href={samplingHref(batch)}>
                    {text('sampling.open')}
                  </Button>
                ) : null}
                {batchAction === undefined ? null : (
                  <Button
                    size="small"
                    type="primary"
                    loading={batchAction.isBusy}
                    onClick={() => batchAction.run(batch)}
                  >
                    {batchAction.label}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {queue.items.length === 0 ? null : (
        <table className="grid-table" aria-label={label}>
          <thead>
            <tr>
              {selection === undefined ? null : (
                <th scope="col" className="is-check">
                  <Checkbox
                    aria-label={text('queue.choose-all')}
                    checked={isAllChosen}
                    indeterminate={!isAllChosen && selection.chosen.size > 0}
                    onChange={(event) =>
                      selection.onChange(
                        new Set(event.target.checked ? queue.items.map((item) => item.revision) : []),
                      )
                    }
                  />
                </th>
              )}
              <th scope="col">{text('column.cadre')}</th>
              <th scope="col">{text('column.category')}</th>
              <th scope="col">{text('column.summary')}</th>
              <th scope="col">{text('column.status')}</th>
              <th scope="col">{text('column.opinions')}</th>
              <th scope="col">{text('column.author')}</th>
              {hasAssigned ? <th scope="col">{text('column.assigned')}</th> : null}
              <th scope="col">{text('column.due')}</th>
              <th scope="col">{text('column.action')}</th>
            </tr>
          </thead>
          <tbody>
            {queue.items.map((item) => (
              <tr key={item.revision}>
                {selection === undefined ? null : (
                  <td className="is-check">
                    <Checkbox
                      aria-label={text('queue.choose', { name: item.cadreName, summary: item.summary })}
                      checked={selection.chosen.has(item.revision)}
                      onChange={(event) => choose(item.revision, event.target.checked)}
                    />
                  </td>
                )}
                <td className="nowrap">{item.cadreName}</td>
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
                <td className="nowrap">{item.authorName}</td>
                {hasAssigned ? (
                  <td className="nowrap">
                    <AssignedNames assigned={item.assigned} />
                  </td>
                ) : null}
                <td className="nowrap">
                  <DueMark of={item} />
                </td>
                <td className="nowrap">
                  <Button
                    size="small"
                    href={itemHref(item)}
                    aria-label={`${openLabel} ${item.cadreName} ${item.summary}`}
                  >
                    {openLabel}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {queue.hasMore ? (
        <Button loading={queue.isLoading} onClick={queue.loadMore}>
          {text('do.more')}
        </Button>
      ) : null}
    </>
  )
}
