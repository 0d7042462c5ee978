import { Alert, Button, Input, Pagination, Radio, Segmented, Skeleton } from 'antd'
import { Fragment, memo, useEffect, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Signed } from '../../../src-shared/contract/review.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { BatchRemarks, BatchValues } from '../queue/batch-values.tsx'
import { SamplingPlan } from '../queue/sampling-plan.tsx'
import { batchPageSize, useBatch } from '../queue/use-batch.ts'
import { callsOf, useBatchOpinions } from './batch-state.ts'
import { decisions, isComplete, Reasons, type Decision } from './decision-form.tsx'

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
  const calls = callsOf(opinions)
  const ready = opinions.size - calls.incomplete - calls.waiting
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
    <>
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
            <Button disabled={part === 'unseen'} onClick={() => agreeAll(page.rows.filter(isToSee))}>
              {text('batch.agree-page')}
            </Button>
            <Button onClick={() => clear(page.rows)}>{text('batch.clear-page')}</Button>
            <span className="prose-faint">
              {text('batch.decided', { decided: opinions.size, total: page.total })}
            </span>
          </div>
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
                <Row key={row.revision} row={row} number={page.page * batchPageSize + index + 1} />
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
        {calls.waiting === 0 ? null : (
          <span className="line-error">{text('sampling.waiting', { count: calls.waiting })}</span>
        )}
        <Button type="primary" disabled={ready === 0} loading={isBusy} onClick={() => void sign()}>
          {text('batch.sign', { count: ready })}
        </Button>
      </div>
    </>
  )
}

function isToSee(row: BatchRow): boolean {
  return row.drawn?.seen !== false
}

/** Rendered anew only when its own opinion changes: a page has fifty of them. */
const Row = memo(function Row({ row, number }: { readonly row: BatchRow; readonly number: number }) {
  const text = useText()
  const { catalogue } = useDesk()
  const decide = useBatchOpinions((state) => state.decide)
  const opinion = useBatchOpinions((state) => state.opinions.get(row.revision)?.opinion)
  const decision = opinion?.decision ?? null
  const saysNo = decision === 'disagree' || decision === 'return'
  return (
    <Fragment>
      <tr className={decision === null ? '' : `is-${decision}`}>
        <td className="number">{number}</td>
        <td className="nowrap">{row.cadreName}</td>
        <td className="nowrap">{findCategory(catalogue, row.category)?.name ?? row.category}</td>
        <td>
          <BatchValues row={row} />
        </td>
        <td>
          <BatchRemarks row={row} />
        </td>
        <td className="nowrap">
          {isToSee(row) ? (
            <Radio.Group
              size="small"
              optionType="button"
              buttonStyle="solid"
              aria-label={text('batch.decision-of', { number, name: row.cadreName })}
              value={decision}
              options={decisions.map((one) => ({ value: one, label: text(`decision.${one}`) }))}
              onChange={(event) => decide(row, { decision: event.target.value as Decision })}
            />
          ) : null}
        </td>
      </tr>
      {opinion !== undefined && saysNo ? (
        <tr className="grid-more">
          <td />
          <td colSpan={5}>
            <Reasons reasons={opinion.reasons} onChange={(reasons) => decide(row, { reasons })} />
            <Input
              aria-label={text('decision.words')}
              placeholder={text('decision.words')}
              maxLength={2000}
              status={isComplete(opinion) ? '' : 'warning'}
              value={opinion.words}
              onChange={(event) => decide(row, { words: event.target.value })}
            />
          </td>
        </tr>
      ) : null}
    </Fragment>
  )
})
