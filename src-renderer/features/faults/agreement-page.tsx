import { Alert, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { PeriodFilter, periodOf } from './fault-filters.tsx'

/** Below so many comparisons a rate says little. */
const few = 20

/** 双录比对: by category and field, how often what reviewers typed was what had been entered. */
export function AgreementPage() {
  const text = useText()
  const { catalogue } = useDesk()
  const [period, setPeriod] = useState<{ from: string | null; until: string | null }>({
    from: null,
    until: null,
  })
  const rates = useQuery('review.agreement', periodOf(period.from, period.until))
  const fields = rates.data?.fields ?? []
  const categories = [...Map.groupBy(fields, ({ category }) => category)]
  return (
    <>
      <div className="fault-filters no-print">
        <PeriodFilter {...period} onChange={setPeriod} />
        {rates.data === null ? null : (
          <span className="prose-faint">{text('agreement.entries', { count: rates.data.entries })}</span>
        )}
      </div>
      <ErrorNotice failure={rates.failure} onRetry={rates.reload} />
      {rates.data?.isPartial === true ? (
        <Alert type="info" showIcon title={text('agreement.partial')} />
      ) : null}
      {rates.isLoading ? <Skeleton active /> : null}
      {rates.data !== null && categories.length === 0 ? (
        <EmptyState title={text('agreement.none')} hint={text('agreement.none.hint')} />
      ) : null}
      {categories.map(([id, rows]) => {
        const category = findCategory(catalogue, id)
        return (
          <section key={id} className="card" aria-label={category?.name ?? id}>
            <h2>
              <span className="category-id">{id}</span> {category?.name}
            </h2>
            <table className="grid-table agreement">
              <thead>
                <tr>
                  <th scope="col">{text('fields.field')}</th>
                  <th scope="col" className="is-end">
                    {text('agreement.rate')}
                  </th>
                  <th scope="col" className="is-end">
                    {text('agreement.count')}
                  </th>
                  <th scope="col">
                    <span className="sr-only">{text('column.remarks')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ field, agreeing, compared }) => (
                  <tr key={field}>
                    <th scope="row">{category?.fields.find((one) => one.id === field)?.label ?? field}</th>
                    <td className="number is-end">{((100 * agreeing) / compared).toFixed(1)}%</td>
                    <td className="number is-end">
                      {agreeing} / {compared}
                    </td>
                    <td className="prose-faint">{compared < few ? text('agreement.few') : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      })}
    </>
  )
}
