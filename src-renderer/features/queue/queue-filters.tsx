import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { urgencies } from '../../../src-shared/calendar/deadlines.ts'
import { cycles } from '../../../src-shared/catalogue/schema.ts'
import type { BatchLine } from '../../../src-shared/contract/views.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'
import { lookFor, type QueueFilterState } from './use-queue-filter.ts'

interface QueueFiltersProps {
  readonly state: QueueFilterState
  /** Batches one may look into row by row; absent where rows of batches are not taken one by one. */
  readonly batches?: readonly BatchLine[]
  /** Whether a deadline runs in this queue and may be asked about. */
  readonly hasDeadline?: boolean
}

const typingMilliseconds = 200

/** Narrows a queue: by category, deadline, cycle, batch and name. */
export function QueueFilters({ state, batches, hasDeadline = true }: QueueFiltersProps) {
  const text = useText()
  const desk = useDesk()
  const { filter, choose, clear } = state
  const [typed, setTyped] = useState(filter.name ?? '')
  useEffect(() => {
    const timer = window.setTimeout(() => lookFor(typed), typingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed])
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <search className="queue-filters" aria-label={text('filter.title')}>
      <Select<string>
        className="queue-filter-wide"
        aria-label={text('filter.category')}
        value={filter.category ?? ''}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: '', label: text('filter.category.all') },
          ...visibleCategories(desk).map((category) => ({
            value: category.id,
            label: `${category.id} ${category.name}`,
          })),
        ]}
        onChange={(category) => choose({ category })}
      />
      {hasDeadline ? (
        <Select<string>
          className="queue-filter"
          aria-label={text('filter.urgency')}
          value={filter.urgency ?? ''}
          options={[
            { value: '', label: text('filter.urgency.all') },
            ...urgencies.map((one) => ({ value: one as string, label: text(`urgency.${one}`) })),
          ]}
          onChange={(urgency) => choose({ urgency })}
        />
      ) : null}
      <Select<string>
        className="queue-filter"
        aria-label={text('filter.cycle')}
        value={filter.cycle ?? ''}
        options={[
          { value: '', label: text('filter.cycle.all') },
          ...cycles.map((one) => ({ value: one as string, label: text(`cycle.${one}`) })),
        ]}
        onChange={(cycle) => choose({ cycle })}
      />
      {batches === undefined || (batches.length === 0 && filter.batch === undefined) ? null : (
        <Select<string>
          className="queue-filter-wide"
          aria-label={text('filter.batch')}
          value={filter.batch ?? ''}
          options={[
            { value: '', label: text('filter.batch.none') },
            ...batches.map((batch) => ({ value: batch.batch, label: batch.name })),
            ...(filter.batch !== undefined && batches.every(({ batch }) => batch !== filter.batch)
              ? [{ value: filter.batch, label: text('filter.batch.one') }]
              : []),
          ]}
          onChange={(batch) => choose({ batch })}
        />
      )}
      <Input.Search
        className="queue-filter-wide"
        allowClear
        aria-label={text('filter.name')}
        placeholder={text('filter.name')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onSearch={lookFor}
      />
      {isNarrowed ? (
        <Button
          onClick={() => {
            setTyped('')
            clear()
          }}
        >
          {text('filter.clear')}
        </Button>
      ) : null}
    </search>
  )
}
