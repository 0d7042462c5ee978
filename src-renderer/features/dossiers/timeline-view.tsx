import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { byYear, timelineOf, type TimelineEvent } from '../../../src-shared/dossier/timeline.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { VirtualTable, type VirtualColumn } from '../../ui/virtual-table.tsx'
import { viewHref, type DossierViewProps } from './dossier-views.ts'

const rowRem = 2.43
const headRem = 2.8

interface Line {
  readonly event: TimelineEvent
  /** Set on the first of its year, with how many the year has. */
  readonly year: { readonly year: string; readonly count: number } | null
}

/** All dates that the archived facts hold, over all categories. */
export function TimelineView({ dossier, categories, isOnPaper }: DossierViewProps) {
  const text = useText()
  const [only, setOnly] = useState<readonly string[]>([])
  const [isRising, setRising] = useState(false)
  const all = useMemo(() => timelineOf(categories, dossier.records, today()), [categories, dossier.records])
  const present = useMemo(() => new Set(all.map(({ category }) => category)), [all])
  const lines = useMemo(() => {
    const kept = only.length === 0 ? all : all.filter(({ category }) => only.includes(category))
    return byYear(isRising ? kept : kept.toReversed()).flatMap(({ year, events }) =>
      events.map(
        (event, index): Line => ({ event, year: index === 0 ? { year, count: events.length } : null }),
      ),
    )
  }, [all, only, isRising])
  const columns = useColumns(dossier.cadre.id)
  if (all.length === 0)
    return <EmptyState title={text('timeline.empty')} hint={text('timeline.empty.hint')} />
  return (
    <div className="timeline">
      <div className="timeline-tools no-print">
        <Select
          mode="multiple"
          allowClear
          size="small"
          maxTagCount="responsive"
          className="timeline-filter"
          aria-label={text('timeline.filter')}
          placeholder={text('timeline.filter')}
          value={[...only]}
          showSearch={{ optionFilterProp: 'label' }}
          options={categories
            .filter(({ id }) => present.has(id))
            .map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
          onChange={(next: string[]) => setOnly(next)}
        />
        <Button size="small" onClick={() => setRising(!isRising)}>
          {text(isRising ? 'timeline.newest' : 'timeline.oldest')}
        </Button>
        <span className="prose-faint">{text('timeline.count', { count: lines.length })}</span>
      </div>
      {isOnPaper ? (
        <table className="facts">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={keyOf(line)}>
                {columns.map((column) => (
                  <td key={column.key}>{column.render(line)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div className="timeline-table" style={{ height: `${lines.length * rowRem + headRem}rem` }}>
          <VirtualTable
            label={text('dossier.view.timeline')}
            rows={lines}
            columns={columns}
            rowKey={keyOf}
            minWidth="42rem"
          />
        </div>
      )}
      <p className="prose-faint">{text('timeline.hint')}</p>
    </div>
  )
}

function keyOf({ event }: Line): string {
  return `${event.record}/${event.field}/${event.date}`
}

function useColumns(cadre: string): readonly VirtualColumn<Line>[] {
  const text = useText()
  const { catalogue } = useDesk()
  const fieldName = ({ category, field }: TimelineEvent) =>
    findCategory(catalogue, category)?.fields.find(({ id }) => id === field)?.label ?? field
  return [
    {
      key: 'year',
      title: text('timeline.year'),
      width: '6.5rem',
      render: ({ year }) =>
        year === null ? null : (
          <span className="timeline-year number">
            {year.year} <small>{text('timeline.year.count', { count: year.count })}</small>
          </span>
        ),
    },
    {
      key: 'date',
      title: text('timeline.date'),
      width: '9rem',
      render: ({ event }) => (
        <>
          <time className="number" dateTime={event.date}>
            {event.date}
          </time>
          {event.isAhead ? <span className="timeline-ahead">{text('timeline.ahead')}</span> : null}
        </>
      ),
    },
    {
      key: 'category',
      title: text('column.category'),
      width: 'minmax(9rem, 14.5rem)',
      render: ({ event }) => findCategory(catalogue, event.category)?.name ?? event.category,
    },
    { key: 'field', title: text('timeline.what'), width: '8rem', render: ({ event }) => fieldName(event) },
    {
      key: 'summary',
      title: text('column.summary'),
      width: 'minmax(12rem, 1fr)',
      render: ({ event }) => (
        <a href={viewHref(cadre, 'timeline', event.record)} title={event.summary}>
          {event.summary === '' ? text('household.record') : event.summary}
        </a>
      ),
    },
  ]
}
