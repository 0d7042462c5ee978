import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { DueSummary } from '../../../src-shared/contract/cycles.ts'
import { useText } from '../../ui/text.ts'

interface DueCalendarProps {
  /** `YYYY-MM`; null while it is not known. */
  readonly month: string | null
  readonly summary: DueSummary | null
  /** The chosen day. */
  readonly day: string | null
  onMonth(month: string): void
  onDay(day: string | null): void
}

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** A month with what falls due on each day. The arrow keys go through the days, Page Up and Down through the months. */
export function DueCalendar(props: DueCalendarProps) {
  const { month } = props
  return month === null ? <Skeleton active className="card" /> : <Month {...props} month={month} />
}

function Month({ month, summary, day, onMonth, onDay }: DueCalendarProps & { readonly month: string }) {
  const text = useText()
  const grid = useRef<HTMLTableElement>(null)
  const wanted = useRef<string | null>(null)
  const first = dayjs(`${month}-01`)
  const today = summary?.today ?? ''
  const counts = new Map((summary?.days ?? []).map((one) => [one.day, one.count]))
  const rest = new Set(summary?.rest ?? [])
  // Weeks begin on Monday.
  const lead = (first.day() + 6) % 7
  const weeks = Math.ceil((lead + first.daysInMonth()) / 7)
  const dayAt = (week: number, weekday: number) => {
    const at = first.add(week * 7 + weekday - lead, 'day')
    return at.month() === first.month() ? at.format('YYYY-MM-DD') : null
  }
  const isHere = (one: string | null) => one?.startsWith(month) === true
  const reached = isHere(day) ? day : isHere(today) ? today : `${month}-01`
  useEffect(() => {
    const target = wanted.current
    if (target === null || !target.startsWith(month)) return
    wanted.current = null
    grid.current?.querySelector<HTMLElement>(`[data-day="${target}"]`)?.focus()
  }, [month])
  const focus = (target: dayjs.Dayjs) => {
    const next = target.format('YYYY-MM-DD')
    if (next.startsWith(month)) {
      grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus()
      return
    }
    wanted.current = next
    onMonth(next.slice(0, 7))
  }
  const move = (event: KeyboardEvent, from: string) => {
    const at = dayjs(from)
    const step = steps[event.key]
    if (step !== undefined) focus(at.add(step, 'day'))
    else if (event.key === 'PageUp') focus(at.subtract(1, 'month'))
    else if (event.key === 'PageDown') focus(at.add(1, 'month'))
    else if (event.key === 'Home') focus(at.startOf('month'))
    else if (event.key === 'End') focus(at.endOf('month'))
    else return
    event.preventDefault()
  }
  const turn = (months: number) => onMonth(first.add(months, 'month').format('YYYY-MM'))
  return (
    <section className="due-calendar card" aria-labelledby="due-month">
      <div className="due-calendar-head">
        <Button
          type="text"
          icon={<LeftOutlined />}
          aria-label={text('due.calendar.previous')}
          onClick={() => turn(-1)}
        />
        <h2 id="due-month" aria-live="polite">
          {text('due.calendar.month', { year: first.year(), month: first.month() + 1 })}
        </h2>
        <Button
          type="text"
          icon={<RightOutlined />}
          aria-label={text('due.calendar.next')}
          onClick={() => turn(1)}
        />
        <span className="topbar-space" />
        <Button size="small" disabled={today === ''} onClick={() => onMonth(today.slice(0, 7))}>
          {text('due.calendar.today')}
        </Button>
      </div>
      <table ref={grid} role="grid" aria-labelledby="due-month">
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {text('due.weekdays')[weekday]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => (
            <tr key={week}>
              {weekdays.map((weekday) => {
                const at = dayAt(week, weekday)
                if (at === null) return <td key={weekday} aria-hidden="true" />
                const count = counts.get(at) ?? 0
                const isRest = rest.has(at)
                const classes = [
                  'due-day',
                  isRest ? 'is-rest' : '',
                  at === today ? 'is-today' : '',
                  count > 0 && at < today ? 'is-late' : '',
                ]
                return (
                  <td key={weekday} aria-selected={at === day}>
                    <button
                      type="button"
                      className={classes.filter((one) => one !== '').join(' ')}
                      data-day={at}
                      tabIndex={at === reached ? 0 : -1}
                      aria-label={text(isRest ? 'due.calendar.day.rest' : 'due.calendar.day', {
                        day: at,
                        count,
                      })}
                      aria-pressed={at === day}
                      {...(at === today ? { 'aria-current': 'date' as const } : {})}
                      onClick={() => onDay(at === day ? null : at)}
                      onKeyDown={(event) => move(event, at)}
                    >
                      <span className="number">{Number(at.slice(8))}</span>
                      {count === 0 ? null : (
                        <span className="due-day-count number">{count > 9999 ? '9999+' : count}</span>
                      )}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="prose-faint">{text('due.calendar.legend')}</p>
    </section>
  )
}
