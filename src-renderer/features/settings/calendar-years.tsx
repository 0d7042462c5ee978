import { Alert, Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { CalendarView } from '../../../src-shared/contract/workload.ts'
import { calendarFault } from '../../../src-shared/calendar/working-days.ts'
import { useAction } from '../../app/use-action.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { readDays, writeDays } from './day-list.ts'

interface CalendarYearsProps {
  readonly calendar: CalendarView
  readonly mayChange: boolean
}

type Year = CalendarView['years'][number]

/** The days of each year that are worked, or not, otherwise than the week says. */
export function CalendarYears({ calendar, mayChange }: CalendarYearsProps) {
  const text = useText()
  const thisYear = Number(calendar.today.slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const known = calendar.years.find((one) => one.year === year) ?? null
  const offered = [...new Set([...calendar.years.map((one) => one.year), thisYear, thisYear + 1])].toSorted()
  return (
    <section className="card" aria-labelledby="calendar-title">
      <h2 id="calendar-title">{text('calendar.title')}</h2>
      <p className="prose-line">{text('calendar.what')}</p>
      <Segmented<number>
        aria-label={text('calendar.year')}
        value={year}
        options={offered.map((one) => ({ value: one, label: String(one) }))}
        onChange={setYear}
      />
      {known === null && !mayChange ? (
        <EmptyState isSmall title={text('calendar.none')} hint={text('calendar.none.hint')} />
      ) : (
        <YearForm key={`${year}/${JSON.stringify(known)}`} year={year} known={known} mayChange={mayChange} />
      )}
    </section>
  )
}

interface YearFormProps {
  readonly year: number
  readonly known: Year | null
  readonly mayChange: boolean
}

function YearForm({ year, known, mayChange }: YearFormProps) {
  const text = useText()
  const action = useAction('calendar.set')
  const [holidays, setHolidays] = useState(() => writeDays(known?.holidays ?? []))
  const [workdays, setWorkdays] = useState(() => writeDays(known?.workdays ?? []))
  const off = readDays(year, holidays)
  const on = readDays(year, workdays)
  const fault = off === null || on === null ? null : calendarFault({ year, holidays: off, workdays: on })
  const isChanged =
    holidays !== writeDays(known?.holidays ?? []) || workdays !== writeDays(known?.workdays ?? [])
  const save = async () => {
    if (off !== null && on !== null) await action.run({ year, holidays: [...off], workdays: [...on] })
  }
  const lines = [
    { id: 'holidays', value: holidays, set: setHolidays, days: off },
    { id: 'workdays', value: workdays, set: setWorkdays, days: on },
  ] as const
  return (
    <div className="calendar-year">
      <p className="prose-faint">
        {known === null
          ? text('calendar.none.hint')
          : known.source.by === 'unit'
            ? text('calendar.by-unit')
            : text('calendar.by-product', { notice: known.source.notice })}
      </p>
      {lines.map((line) => (
        <FormLine
          key={line.id}
          id={`calendar-${line.id}`}
          isWide
          label={text(`calendar.${line.id}`, { count: line.days?.length ?? 0 })}
          hint={text('calendar.form')}
          error={line.days === null ? text('calendar.unreadable') : null}
        >
          <Input.TextArea
            id={`calendar-${line.id}`}
            rows={2}
            readOnly={!mayChange}
            value={line.value}
            aria-describedby={`calendar-${line.id}-notes`}
            onChange={(event) => line.set(event.target.value)}
          />
        </FormLine>
      ))}
      {fault === null ? null : (
        <Alert
          type="error"
          showIcon
          title={text(fault === 'weekday' ? 'calendar.fault.weekday' : 'calendar.fault.twice')}
        />
      )}
      {mayChange ? (
        <div className="form-actions">
          <Button
            type="primary"
            disabled={!isChanged || off === null || on === null || fault !== null}
            loading={action.isBusy}
            onClick={() => void save()}
          >
            {text('calendar.save', { year })}
          </Button>
        </div>
      ) : null}
      <ErrorNotice failure={action.failure} />
    </div>
  )
}
