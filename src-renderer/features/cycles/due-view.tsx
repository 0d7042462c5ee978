import { Button, Pagination, Segmented, Select, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { dueStates, type DueState } from '../../../src-shared/cycles/due.ts'
import { useDesk } from '../../app/contexts.ts'
import { goWith, useRoute, type Query as Narrowing } from '../../app/routes.ts'
import { call } from '../../bridge/index.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { Undelivered } from '../sources/undelivered.tsx'
import { DueCalendar } from './due-calendar.tsx'
import { DueTable } from './due-table.tsx'
import { categoryName } from './due-words.ts'
import { useDueSummary, useWhilePending } from './use-due.ts'

const pageSize = 50
const now: readonly DueState[] = ['overdue', 'soon', 'open']

function stateOf(word: string | undefined): DueState | 'now' {
  return dueStates.find((state) => state === word) ?? 'now'
}

/** What is due, narrowed by the address: `#/due?state=…&category=…&owner=…&day=…&cadre=…`. */
export function DueView() {
  const text = useText()
  const { session, catalogue } = useDesk()
  const query = useRoute((route) => route.query)
  const [page, setPage] = useState(1)
  const [month, setMonth] = useState<string | null>(() => query['day']?.slice(0, 7) ?? null)
  const state = stateOf(query['state'])
  const day = query['day'] ?? null
  const filter = {
    cadre: query['cadre'] ?? null,
    category: query['category'] ?? null,
    owner: query['owner'] ?? null,
  }
  const summary = useDueSummary(session, filter, month)
  const list = useQuery(
    'due.list',
    {
      filter,
      // A day of the calendar shows all that falls on it.
      states: [...(day !== null ? dueStates : state === 'now' ? now : [state])],
      from: day,
      until: day,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    },
    ['control', 'archive', 'discipline'],
  )
  useWhilePending(list)
  const isShown = summary.data !== null
  useEffect(() => {
    // Not as an action: nothing that is shown has changed by it.
    if (isShown) void call('due.seen', {})
  }, [isShown])
  const narrow = (changes: Readonly<Record<string, string | null>>) => {
    const next = Object.entries({ ...query, ...changes }).filter((entry): entry is [string, string] => {
      const [, value] = entry
      return typeof value === 'string' && value !== ''
    })
    setPage(1)
    goWith(Object.fromEntries(next) as Narrowing, 'due')
  }
  const counts = summary.data?.counts
  const isNarrowed = Object.keys(query).length > 0
  const failure = summary.failure ?? list.failure
  return (
    <div className="page due-page">
      <PageHeader title={text('nav.due')} hint={text('due.hint')} />
      {failure === null ? null : <ErrorNotice failure={failure} onRetry={list.reload} />}
      <search className="queue-filters" aria-label={text('filter.title')}>
        <Segmented<string>
          aria-label={text('due.states')}
          value={day === null ? state : ''}
          options={(['now', ...dueStates] as const).map((one) => ({
            value: one,
            label: (
              <>
                {text(`due.state.${one}`)}
                {counts === undefined ? null : (
                  <span className="due-segment number">
                    {(one === 'now'
                      ? counts.overdue + counts.soon + counts.open
                      : counts[one]
                    ).toLocaleString('en-US')}
                  </span>
                )}
              </>
            ),
          }))}
          onChange={(chosen) => narrow({ state: chosen === 'now' ? null : chosen, day: null })}
        />
        <Select<string>
          className="queue-filter-wide"
          aria-label={text('due.category.label')}
          value={filter.category ?? ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: text('due.category') },
            ...(summary.data?.byCategory ?? []).map(({ category }) => ({
              value: category,
              label: `${category} ${categoryName(catalogue, category)}`,
            })),
          ]}
          onChange={(category) => narrow({ category })}
        />
        <Select<string>
          className="queue-filter"
          aria-label={text('due.owner.label')}
          value={filter.owner ?? ''}
          options={[
            { value: '', label: text('due.owner') },
            ...(summary.data?.byOwner ?? []).map(({ owner }) => ({ value: owner, label: owner })),
          ]}
          onChange={(owner) => narrow({ owner })}
        />
        {day === null ? null : <span className="due-narrowed">{text('due.of-day', { day })}</span>}
        {filter.cadre === null ? null : <span className="due-narrowed">{text('due.of-cadre')}</span>}
        {isNarrowed ? (
          <Button
            type="link"
            onClick={() => narrow({ state: null, category: null, owner: null, day: null, cadre: null })}
          >
            {text('due.clear')}
          </Button>
        ) : null}
      </search>
      {(list.data?.pending ?? 0) === 0 ? null : (
        <p role="status" className="prose-faint">
          {text('due.pending', { count: list.data?.pending ?? 0 })}
        </p>
      )}
      <Undelivered />
      <div className="due-columns">
        <DueCalendar
          month={month ?? summary.data?.month ?? null}
          summary={summary.data}
          day={day}
          onMonth={setMonth}
          onDay={(chosen) => narrow({ day: chosen, state: null })}
        />
        <section aria-label={text('due.list')} className="due-listing">
          {list.data === null ? (
            list.failure === null ? (
              <Skeleton active />
            ) : null
          ) : list.data.total === 0 ? (
            <EmptyState
              title={text(isNarrowed ? 'due.none.filtered' : 'due.none')}
              hint={text(isNarrowed ? 'due.none.filtered.hint' : 'due.none.hint')}
            />
          ) : (
            <>
              <DueTable rows={list.data.rows} />
              <Pagination
                align="end"
                current={page}
                pageSize={pageSize}
                total={list.data.total}
                showSizeChanger={false}
                showTotal={(count) => text('due.total', { count: count.toLocaleString('en-US') })}
                onChange={setPage}
              />
            </>
          )}
        </section>
      </div>
    </div>
  )
}
