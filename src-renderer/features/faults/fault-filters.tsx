import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { faultStates, type FaultState } from '../../../src-shared/contract/review.ts'
import { faultKinds, type FaultKind } from '../../../src-shared/log/operations.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'

export interface FaultFilters {
  readonly kind: FaultKind | null
  readonly state: FaultState | null
  readonly cadre: { readonly id: string; readonly name: string } | null
  readonly member: { readonly id: string; readonly name: string } | null
  /** Days, `YYYY-MM-DD`, both included; null for no limit. */
  readonly from: string | null
  readonly until: string | null
}

export const noFilters: FaultFilters = {
  kind: null,
  state: null,
  cadre: null,
  member: null,
  from: null,
  until: null,
}

/** What the core is asked: days of this machine as moments. */
export function questionOf({ kind, state, cadre, member, from, until }: FaultFilters) {
  return { kind, state, cadre: cadre?.id ?? null, member: member?.id ?? null, ...periodOf(from, until) }
}

/** From the start of a day to the end of another, in UTC. */
export function periodOf(from: string | null, until: string | null) {
  return {
    from: from === null ? null : dayjs(from).startOf('day').toISOString(),
    until: until === null ? null : dayjs(until).add(1, 'day').startOf('day').toISOString(),
  }
}

interface FaultFilterBarProps {
  readonly filters: FaultFilters
  /** Whose errors may be chosen: the heads' to choose. */
  readonly hasMembers: boolean
  onChange(filters: FaultFilters): void
}

/** By class, dossier, member, period and what is answered; all of them narrow. */
export function FaultFilterBar({ filters, hasMembers, onChange }: FaultFilterBarProps) {
  const text = useText()
  const unit = useQuery('unit.read', {}, ['control'])
  return (
    <search className="fault-filters no-print">
      <Select<FaultKind>
        allowClear
        aria-label={text('faults.kind')}
        placeholder={text('faults.all-kinds')}
        value={filters.kind}
        options={faultKinds.map((one) => ({ value: one, label: text(`fault.${one}`) }))}
        onChange={(kind: FaultKind | undefined) => onChange({ ...filters, kind: kind ?? null })}
      />
      <Select<FaultState>
        allowClear
        aria-label={text('faults.state')}
        placeholder={text('faults.all-states')}
        value={filters.state}
        options={faultStates.map((one) => ({ value: one, label: text(`faults.state.${one}`) }))}
        onChange={(state: FaultState | undefined) => onChange({ ...filters, state: state ?? null })}
      />
      <CadreFilter value={filters.cadre} onChange={(cadre) => onChange({ ...filters, cadre })} />
      {hasMembers ? (
        <Select<string>
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={text('faults.member')}
          placeholder={text('faults.all-members')}
          value={filters.member?.id ?? null}
          options={(unit.data?.members ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(id: string | undefined) => {
            const member = (unit.data?.members ?? []).find((one) => one.id === id)
            onChange({
              ...filters,
              member: member === undefined ? null : { id: member.id, name: member.name },
            })
          }}
        />
      ) : null}
      <PeriodFilter
        from={filters.from}
        until={filters.until}
        onChange={(period) => onChange({ ...filters, ...period })}
      />
    </search>
  )
}

interface PeriodFilterProps {
  readonly from: string | null
  readonly until: string | null
  onChange(period: { readonly from: string | null; readonly until: string | null }): void
}

/** Two days, each with its own field, so that either may stay open. */
export function PeriodFilter({ from, until, onChange }: PeriodFilterProps) {
  const text = useText()
  const days = { from, until }
  return (
    <span className="period-filter">
      {(['from', 'until'] as const).map((side) => (
        <DatePicker
          key={side}
          aria-label={text(`period.${side}`)}
          placeholder={text(`period.${side}`)}
          value={days[side] === null ? null : dayjs(days[side])}
          disabledDate={(day) => day.isAfter(dayjs(), 'day')}
          onChange={(day) => onChange({ ...days, [side]: day === null ? null : day.format('YYYY-MM-DD') })}
        />
      ))}
    </span>
  )
}

/** A keystroke waits so long for the next before the core is asked. */
const typingMilliseconds = 200

interface CadreFilterProps {
  readonly value: FaultFilters['cadre']
  onChange(cadre: FaultFilters['cadre']): void
}

/** A dossier, found by typing: the list of them may be long. */
function CadreFilter({ value, onChange }: CadreFilterProps) {
  const text = useText()
  const [search, setSearch] = useState('')
  const [timer, setTimer] = useState(0)
  const found = useQuery('cadre.list', { search, after: null, limit: 20 })
  const items = found.data?.items ?? []
  const chosen = value !== null && !items.some(({ id }) => id === value.id) ? [value] : []
  return (
    <Select<string>
      allowClear
      className="fault-filter-cadre"
      showSearch={{
        filterOption: false,
        onSearch: (typed) => {
          window.clearTimeout(timer)
          setTimer(window.setTimeout(() => setSearch(typed.trim()), typingMilliseconds))
        },
      }}
      aria-label={text('column.cadre')}
      placeholder={text('faults.all-cadres')}
      notFoundContent={text('dossiers.not-found')}
      value={value?.id ?? null}
      options={[...chosen, ...items].map((one) => ({ value: one.id, label: one.name }))}
      onChange={(id: string | undefined) => {
        const cadre = items.find((one) => one.id === id)
        onChange(cadre === undefined ? null : { id: cadre.id, name: cadre.name })
      }}
    />
  )
}
