import { Alert, Button, Pagination, Segmented, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { SamplingPlan } from '../queue/sampling-plan.tsx'
import { batchPageSize, useBatch } from '../queue/use-batch.ts'
import { LookContext, useLooking } from '../record/look.ts'
import { BatchReviewRow, showRow } from './batch-review-row.tsx'
import { callsOf, isPlain, isToSee, rowLook, useBatchOpinions } from './batch-state.ts'

interface BatchReviewProps {
  readonly batch: string
  readonly name: string
  onSigned(signed: Signed): void
}

/** A batch as a table: a decision for each row, one signature for all that are decided. */
export function BatchReview({ batch, name, onSigned }: BatchReviewProps) {
  const text = useText()
  const lots = useQuery('review.lots', { batch })
  const drawn = lots.data?.filter((lot) => lot.drawn !== null) ?? []
  const [part, setPart] = useState<'seen' | 'unseen'>('seen')
  const page = useBatch(batch, 'to-review', part)
  const { opinions, start, agreeAll, clear } = useBatchOpinions()
  const decide = useAction('review.decide')
  const giveBack = useAction('review.return')
  useEffect(() => start(batch), [batch, start])
  const look = useLooking()
  const calls = callsOf(opinions, look.seen)
  const [unopened] = calls.unopened
  const ready = opinions.size - calls.incomplete - calls.unopened.length - calls.waiting
  const toSee = page.rows.filter(isToSee)
  const seen = toSee.filter(({ revision }) => look.seen.has(rowLook(revision)))
  const remarked = toSee.filter((row) => !isPlain(row)).length
  const isBusy = decide.isBusy || giveBack.isBusy

  const sign = async () => {
    let done = 0
    const refused: Signed['refused'][number][] = []
    const take = (signed: Signed, rows: readonly { readonly revision: string }[]) => {
      done += signed.done
      refused.push(...signed.refused)
      clear(rows)
    }
    for (const input of calls.decide) {
      const result = await decide.run(input)
      if (!result.ok) break
      take(result.value, input.rows)
    }
    for (const input of calls.giveBack) {
      const result = await giveBack.run(input)
      if (!result.ok) break
      take(result.value, input.rows)
    }
    if (done + refused.length === 0) return
    onSigned({ done, refused })
    if (done >= page.total) goTo('review')
    else page.reload()
  }

  return (
    <LookContext value={look}>
      <PageHeader
        title={text('batch.title', { name })}
        hint={text('batch.hint')}
        actions={<Button href={hrefOf('review')}>{text('review.back')}</Button>}
      />
      {drawn.map((lot) => (
        <Alert
          key={lot.drawn?.draw}
          type="info"
          showIcon
          title={text('sampling.review', { lot: lot.lot, size: lot.size })}
          description={
            <>
              <p>{text('sampling.review.hint')}</p>
              <details>
                <summary>{text('sampling.plan')}</summary>
                <SamplingPlan lot={lot} />
              </details>
            </>
          }
        />
      ))}
      {drawn.length === 0 ? null : (
        <Segmented<'seen' | 'unseen'>
          aria-label={text('sampling.part')}
          value={part}
          options={[
            { value: 'seen', label: text('sampling.part.seen') },
            { value: 'unseen', label: text('sampling.part.unseen') },
          ]}
          onChange={(next) => {
            setPart(next)
            page.turnTo(0)
          }}
        />
      )}
      <ErrorNotice failure={page.failure} onRetry={page.reload} />
      {page.rows.length === 0 ? (
        page.isLoading ? (
          <Skeleton active />
        ) : (
          <EmptyState title={text('batch.none')} hint={text('batch.none.hint')} />
        )
      ) : (
        <>
          <div className="batch-bar">
            <Button
              disabled={seen.length === 0 || page.isLoading}
              onClick={() => agreeAll(seen.filter(isPlain))}
            >
              {text('batch.agree-page')}
            </Button>
            <Button onClick={() => clear(page.rows)}>{text('batch.clear-page')}</Button>
            <span className="prose-faint">
              {text('batch.decided', { decided: opinions.size, total: page.total })}
            </span>
            {toSee.length === 0 ? null : (
              <span className="prose-faint">
                {text('batch.looked', { seen: seen.length, count: toSee.length })}
              </span>
            )}
          </div>
          {remarked === 0 ? null : (
            <p className="prose-faint">{text('batch.one-by-one', { count: remarked })}</p>
          )}
          <table className="grid-table batch-table" aria-busy={page.isLoading}>
            <thead>
              <tr>
                <th scope="col">{text('column.number')}</th>
                <th scope="col">{text('column.cadre')}</th>
                <th scope="col">{text('column.category')}</th>
                <th scope="col">{text('column.values')}</th>
                <th scope="col">{text('column.remarks')}</th>
                <th scope="col">{text('column.decision')}</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row, index) => (
                <BatchReviewRow key={row.revision} row={row} number={page.page * batchPageSize + index + 1} />
              ))}
            </tbody>
          </table>
          <Pagination
            align="end"
            showSizeChanger={false}
            hideOnSinglePage
            pageSize={batchPageSize}
            current={page.page + 1}
            total={page.total}
            onChange={(number) => page.turnTo(number - 1)}
          />
        </>
      )}
      <div className="sign-bar">
        <ErrorNotice failure={decide.failure ?? giveBack.failure} />
        {calls.incomplete === 0 ? null : (
          <span className="line-error">{text('batch.incomplete', { count: calls.incomplete })}</span>
        )}
        {unopened === undefined ? null : (
          <span className="line-error">
            {text('batch.unopened', { count: calls.unopened.length })}{' '}
            {page.rows.some(({ revision }) => revision === unopened) ? (
              <Button size="small" onClick={() => showRow(unopened)}>
                {text('look.next')}
              </Button>
            ) : null}
          </span>
        )}
        {calls.waiting === 0 ? null : (
          <span className="line-error">{text('sampling.waiting', { count: calls.waiting })}</span>
        )}
        <Button type="primary" disabled={ready === 0} loading={isBusy} onClick={() => void sign()}>
          {text('batch.sign', { count: ready })}
        </Button>
      </div>
    </LookContext>
  )
}
