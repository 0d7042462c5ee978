import { Input, Space } from 'antd'
import type { FocusEvent } from 'react'
import {
  joinOrganisation,
  organisationParts,
  type OrganisationParts,
} from '../../../src-shared/catalogue/organisation.ts'
import { joinPeriod, periodParts, type PeriodParts } from '../../../src-shared/catalogue/period.ts'
import type { Field } from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'

export interface KindProps {
  readonly common: { readonly id: string; readonly status?: 'error' }
  readonly field: Field
  readonly value: string
  onChange(value: string): void
  /** The focus went out of the whole control. */
  onLeave(): void
}

/** Runs only when the focus leaves the control and not when it goes to the other half of it. */
export function leaving(onLeave: () => void) {
  return (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onLeave()
  }
}

/** The other half shows as well that something is wrong: the words below say which it is. */
function statusOf({ status }: KindProps['common']) {
  return status === undefined ? {} : { status }
}

/** Two dates side by side; a blank end goes on. */
export function PeriodControl({ common, field, value, onChange, onLeave }: KindProps) {
  const text = useText()
  const parts = periodParts(value)
  const set = (change: Partial<PeriodParts>) => onChange(joinPeriod({ ...parts, ...change }))
  return (
    <div className="period-control" onBlur={leaving(onLeave)}>
      <Input
        {...common}
        className="number"
        autoComplete="off"
        maxLength={20}
        aria-label={text('entry.period.from', { field: field.label })}
        value={parts.from}
        onChange={(event) => set({ from: event.target.value })}
      />
      <span aria-hidden="true">{text('entry.period.to')}</span>
      <Input
        id={`${common.id}-to`}
        {...statusOf(common)}
        className="number"
        autoComplete="off"
        maxLength={20}
        aria-label={text('entry.period.until', { field: field.label })}
        aria-describedby={`${common.id}-notes`}
        placeholder={field.closed === true ? '' : text('value.until-now')}
        value={parts.to}
        onChange={(event) => set({ to: event.target.value })}
      />
    </div>
  )
}

/** The name of an organisation, and its credit code beside it. */
export function OrganisationControl({ common, field, value, onChange, onLeave }: KindProps) {
  const text = useText()
  const parts = organisationParts(value)
  const set = (change: Partial<OrganisationParts>) => onChange(joinOrganisation({ ...parts, ...change }))
  return (
    <Space.Compact block className="organisation-control" onBlur={leaving(onLeave)}>
      <Input
        {...common}
        autoComplete="off"
        maxLength={120}
        value={parts.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Input
        id={`${common.id}-code`}
        {...statusOf(common)}
        className="number organisation-code"
        autoComplete="off"
        maxLength={40}
        aria-label={text('entry.organisation.code', { field: field.label })}
        aria-describedby={`${common.id}-notes`}
        placeholder={text('entry.organisation.code.short')}
        value={parts.code}
        onChange={(event) => set({ code: event.target.value })}
      />
    </Space.Compact>
  )
}
