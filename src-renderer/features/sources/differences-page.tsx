import { Pagination, Segmented, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { useWhilePending } from '../cycles/use-due.ts'
import { DifferenceCard } from './difference-card.tsx'

const pageSize = 20
const states = ['open', 'settled'] as const

/** Where two sources differ, the newest first. */
export function DifferencesPage() {
  const text = useText()
  const desk = useDesk()
  const [state, setState] = useState<(typeof states)[number]>('open')
  const [category, setCategory] = useState<string | null>(null)
  const [page, setPage] = useState(1)
  const found = useQuery('difference.list', {
    cadre: null,
    category,
    state,
    offset: (page - 1) * pageSize,
    limit: pageSize,
  })
  useWhilePending(found)
  const none = state === 'open' ? 'differences.none' : 'differences.none.settled'
  const { data } = found
  return (
    <>
      <search className="queue-filters" aria-label={text('filter.title')}>
        <Segmented<(typeof states)[number]>
          aria-label={text('differences.state')}
          value={state}
          options={states.map((one) => ({ value: one, label: text(`differences.state.${one}`) }))}
          onChange={(chosen) => {
            setState(chosen)
            setPage(1)
          }}
        />
        <Select<string>
          className="queue-filter-wide"
          aria-label={text('differences.category.label')}
          value={category ?? ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: text('differences.category') },
            ...visibleCategories(desk).map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
          ]}
          onChange={(chosen) => {
            setCategory(chosen === '' ? null : chosen)
            setPage(1)
          }}
        />
      </search>
      {(data?.pending ?? 0) === 0 ? null : (
        <p role="status" className="prose-faint">
          {text('differences.pending', { count: data?.pending ?? 0 })}
        </p>
      )}
      {found.failure !== null ? (
        <ErrorNotice failure={found.failure} onRetry={found.reload} />
      ) : data === null ? (
        <Skeleton active />
      ) : data.rows.length === 0 ? (
        <EmptyState title={text(none)} hint={text(`${none}.hint`)} />
      ) : (
        <>
          <ol className="threads">
            {data.rows.map((row) => (
              <DifferenceCard key={row.difference} row={row} />
            ))}
          </ol>
          <Pagination
            align="end"
            current={page}
            pageSize={pageSize}
            total={data.total}
            showSizeChanger={false}
            showTotal={(count) => text('differences.total', { count: count.toLocaleString('en-US') })}
            onChange={setPage}
          />
        </>
      )}
    </>
  )
}
