import { Alert, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { periodBefore, periodicCycle, periodOf, periodText } from '../../../src-shared/catalogue/periods.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordFact } from '../../../src-shared/contract/views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** A category of which 本期无变化 may be said, and the period. */
export interface Confirmable {
  readonly category: Category
  readonly period: string
}

/** What may be stated of a section: archived, asked by period, wanting no evidence, and not stated of the period yet. */
export function confirmable(
  categories: readonly Category[],
  records: readonly RecordFact[],
  day: string,
  isBefore: boolean,
): readonly Confirmable[] {
  return categories.flatMap((category) => {
    const cycle = periodicCycle(category)
    const now = cycle === null ? null : periodOf(cycle, day)
    if (now === null || category.evidence === 'required' || category.compartment !== 'archive') return []
    const period = isBefore ? periodBefore(now) : now
    const own = records.filter((record) => record.category === category.id)
    const hasFact = own.some(({ head }) => head !== null && head.declaration !== 'unchanged')
    const words = periodText(period)
    const isStated = own.some(({ head, open }) =>
      [head, open].some((one) => one?.declaration === 'unchanged' && one.summary === words),
    )
    return hasFact && !isStated ? [{ category, period }] : []
  })
}

interface UnchangedPanelProps {
  readonly cadre: string
  /** Of one section. */
  readonly categories: readonly Category[]
  readonly records: readonly RecordFact[]
  onDone(): void
}

/** 本期无变化 for a whole section: one act, one signed statement for each category that stays chosen. */
export function UnchangedPanel({ cadre, categories, records, onDone }: UnchangedPanelProps) {
  const text = useText()
  const stating = useAction('record.unchanged')
  const [isOpen, setOpen] = useState(false)
  const [isBefore, setBefore] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [from, setFrom] = useState('')
  const [done, setDone] = useState(0)
  const offered = confirmable(categories, records, today(), isBefore)
  const chosen = offered.filter(({ category }) => !left.has(category.id))
  const isPossible = [false, true].some(
    (before) => confirmable(categories, records, today(), before).length > 0,
  )
  const state = async () => {
    if (chosen.length === 0 || from.trim() === '') return
    const result = await stating.run({
      cadre,
      statements: chosen.map(({ category, period }) => ({ category: category.id, period })),
      source: { kind: 'interview', from: from.trim(), reference: null },
      reason: '',
    })
    if (!result.ok) return
    setDone(result.value.records.length)
    setOpen(false)
    onDone()
  }
  const notice =
    done === 0 ? null : (
      <Alert
        type="success"
        showIcon
        title={text('unchanged.done', { count: done })}
        action={<Button href={hrefOf('entry', 'mine', 'on-the-way')}>{text('submitted.mine')}</Button>}
      />
    )
  if (!isPossible) return notice
  if (!isOpen)
    return (
      <>
        {notice}
        <Button onClick={() => setOpen(true)}>{text('unchanged.open')}</Button>
      </>
    )
  return (
    <form
      className="card unchanged"
      aria-label={text('unchanged.open')}
      onSubmit={(event) => {
        event.preventDefault()
        void state()
      }}
    >
      <p className="line-hint">{text('unchanged.hint')}</p>
      <Checkbox checked={isBefore} onChange={(event) => setBefore(event.target.checked)}>
        {text('unchanged.before')}
      </Checkbox>
      <ul className="unchanged-list">
        {offered.map(({ category, period }) => (
          <li key={category.id}>
            <Checkbox
              checked={!left.has(category.id)}
              onChange={(event) => {
                const next = new Set(left)
                if (event.target.checked) next.delete(category.id)
                else next.add(category.id)
                setLeft(next)
              }}
            >
              <span className="category-id">{category.id}</span> {category.name}{' '}
              <span className="prose-faint">{periodText(period)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <label className="unchanged-from">
        <span>{text('entry.source.from')}</span>
        <Input
          autoFocus
          required
          aria-describedby="unchanged-from-hint"
          maxLength={100}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <p id="unchanged-from-hint" className="line-hint">
        {text('entry.source.from.hint')}
      </p>
      <ErrorNotice failure={stating.failure} onClose={stating.clear} />
      <div className="entry-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={stating.isBusy}
          disabled={chosen.length === 0 || from.trim() === ''}
        >
          {text('unchanged.state', { count: chosen.length })}
        </Button>
        <Button onClick={() => setOpen(false)}>{text('do.cancel')}</Button>
      </div>
    </form>
  )
}
