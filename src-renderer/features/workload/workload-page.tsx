import { Button, DatePicker, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { WorkloadLine } from '../../../src-shared/contract/workload.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { today } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'

const firstDays = 90

/** A reviewer's own figures. */
export function WorkloadPage() {
  const text = useText()
  return (
    <div className="page">
      <PageHeader
        title={text('workload.own')}
        hint={text('signing.workload.hint')}
        actions={<Button href={hrefOf('review')}>{text('review.back')}</Button>}
      />
      <Workload />
    </div>
  )
}

/** Work and time of each reviewer in a period, by name and without an order of merit. */
export function Workload() {
  const text = useText()
  const [from, setFrom] = useState(() => dayjs().subtract(firstDays, 'day').format('YYYY-MM-DD'))
  const [until, setUntil] = useState(today)
  const isPeriod = from <= until
  const found = useQuery('review.workload', isPeriod ? { from, until } : null)
  return (
    <>
      <div className="assign-bar">
        {(
          [
            ['from', from, setFrom],
            ['until', until, setUntil],
          ] as const
        ).map(([end, day, set]) => (
          <label key={end} className="workload-day">
            {text(`workload.${end}`)}
            <DatePicker
              allowClear={false}
              aria-label={text(`workload.${end}`)}
              value={dayjs(day)}
              onChange={(chosen) => (chosen === null ? undefined : set(chosen.format('YYYY-MM-DD')))}
            />
          </label>
        ))}
      </div>
      {isPeriod ? null : (
        <p role="alert" className="line-error">
          {text('members.deputy.backwards')}
        </p>
      )}
      {found.failure === null ? null : <ErrorNotice failure={found.failure} onRetry={found.reload} />}
      {found.data === null ? (
        isPeriod && found.failure === null ? (
          <Skeleton active />
        ) : null
      ) : found.data.lines.length === 0 ? (
        <EmptyState title={text('workload.none')} hint={text('workload.none.hint')} />
      ) : (
        <Figures lines={found.data.lines} />
      )}
      <ul className="plain-list workload-notes">
        {(['time', 'agreement', 'not'] as const).map((note) => (
          <li key={note}>{text(`workload.note.${note}`)}</li>
        ))}
      </ul>
    </>
  )
}

const columns = ['open', 'overdue', 'decided', 'median', 'ninth', 'agreement'] as const

function Figures({ lines }: { readonly lines: readonly WorkloadLine[] }) {
  const text = useText()
  const days = (value: number | null) => (value === null ? '—' : text('workload.days', { days: value }))
  return (
    <table className="grid-table" aria-label={text('signing.workload')}>
      <thead>
        <tr>
          <th scope="col">{text('handover.member')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className="is-number">
              {text(`workload.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.member}>
            <td className="nowrap">{line.name}</td>
            <td className="is-number number">{line.open.toLocaleString('en-US')}</td>
            <td className="is-number number">{line.overdue.toLocaleString('en-US')}</td>
            <td className="is-number number">{line.decided.toLocaleString('en-US')}</td>
            <td className="is-number number">{days(line.median)}</td>
            <td className="is-number number">{days(line.ninth)}</td>
            <td className="is-number number">
              {line.agreement.settled === 0 ? '—' : text('workload.agreement.of', { ...line.agreement })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
