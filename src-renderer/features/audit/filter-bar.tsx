import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { accessFlags, accessKinds, type AccessKind } from '../../../src-shared/audit/access-entry.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'
import { useAudit } from './audit-state.ts'

/** A keystroke waits so long for the next before the core is asked. */
const typingMilliseconds = 200

/** By member, cadre, time, kind and sign; all of them narrow. */
export function FilterBar() {
  const text = useText()
  const { filters, set } = useAudit()
  const unit = useQuery('unit.read', {}, ['control'])
  const members = (unit.data?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <search className="audit-filters">
      <Select<string[]>
        mode="multiple"
        allowClear
        maxTagCount={1}
        className="audit-filter-members"
        aria-label={text('audit.filter.members')}
        placeholder={text('audit.filter.members.all')}
        optionFilterProp="label"
        value={[...filters.members]}
        options={members}
        onChange={(chosen) => set({ members: chosen })}
      />
      <CadreFilter />
      <Select<AccessKind[]>
        mode="multiple"
        allowClear
        maxTagCount={1}
        className="audit-filter-kinds"
        aria-label={text('audit.filter.kinds')}
        placeholder={text('audit.filter.kinds.all')}
        optionFilterProp="label"
        value={[...filters.kinds]}
        options={accessKinds.map((kind) => ({ value: kind, label: text(`audit.kind.${kind}`) }))}
        onChange={(chosen) => set({ kinds: chosen })}
      />
      <span className="audit-filter-time">
        {(['from', 'until'] as const).map((side) => (
          <DatePicker
            key={side}
            aria-label={`${text('audit.filter.time')} ${text(`audit.filter.time.${side}`)}`}
            placeholder={text(`audit.filter.time.${side}`)}
            value={filters[side] === '' ? null : dayjs(filters[side])}
            disabledDate={(day) => day.isAfter(dayjs(), 'day')}
            onChange={(day) => set({ [side]: day === null ? '' : day.format('YYYY-MM-DD') })}
          />
        ))}
      </span>
      {accessFlags.map((flag) => (
        <Checkbox
          key={flag}
          checked={filters.flags.includes(flag)}
          onChange={(event) =>
            set({
              flags: event.target.checked
                ? [...filters.flags, flag]
                : filters.flags.filter((one) => one !== flag),
            })
          }
        >
          {text(`audit.filter.${flag}`)}
        </Checkbox>
      ))}
      <Checkbox checked={filters.doubtful} onChange={(event) => set({ doubtful: event.target.checked })}>
        {text('audit.filter.doubtful')}
      </Checkbox>
    </search>
  )
}

function CadreFilter() {
  const text = useText()
  const { filters, set } = useAudit()
  const [typed, setTyped] = useState(filters.cadreLabel)
  useEffect(() => setTyped(filters.cadreLabel), [filters.cadreLabel])
  useEffect(() => {
    if (typed === filters.cadreLabel) return undefined
    const timer = window.setTimeout(() => set({ cadre: typed, cadreLabel: typed }), typingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed, filters.cadreLabel, set])
  return (
    <Input
      className="audit-filter-cadre"
      allowClear
      maxLength={60}
      aria-label={text('audit.filter.cadre')}
      placeholder={`${text('audit.filter.cadre')} · ${text('audit.filter.cadre.hint')}`}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}
