import { AutoComplete } from 'antd'
import { useState } from 'react'
import { useDesk } from '../../app/contexts.ts'
import { onSuggestionEnter } from './entry-keys.ts'
import { useEntry } from './entry-state.ts'
import { matching, relationBeside, useKnownPeople } from './known-people.ts'
import type { KindProps } from './paired-controls.tsx'

/** A person: the cadre's registered kin are offered, with their relation; any other name is typed. */
export function PersonControl({ common, field, value, onChange, onLeave }: KindProps) {
  const { catalogue } = useDesk()
  const [isWanted, setWanted] = useState(false)
  const people = useKnownPeople(isWanted)
  const offered = matching(people, value)
  const choose = (name: string) => {
    const { form, type } = useEntry.getState()
    const chosen = people.find((one) => one.value === name)
    if (form === null || chosen === undefined || chosen.relation === null) return
    const beside = relationBeside(catalogue, form.place.category, field.id)
    if (beside !== null) type(beside, chosen.relation)
  }
  return (
    <AutoComplete
      {...common}
      className="fill"
      // What was typed stands, unless somebody is chosen with the arrows.
      defaultActiveFirstOption={false}
      options={offered.map(({ value: name, label }) => ({ value: name, label }))}
      value={value}
      maxLength={2000}
      onChange={(typed: string) => onChange(typed)}
      onSelect={choose}
      onFocus={() => setWanted(true)}
      onKeyDown={onSuggestionEnter}
      onBlur={onLeave}
    />
  )
}
