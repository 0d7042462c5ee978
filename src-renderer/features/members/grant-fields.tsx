import { Radio, Select } from 'antd'
import { levels, roles, type Level, type Role } from '../../../src-shared/access/roles.ts'
import type { GrantTerms } from '../../../src-shared/contract/members.ts'
import { useDesk } from '../../app/contexts.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { reachesDossiers } from './grant-words.ts'

/** External supervisors get sample bundles only; nobody is let in as one. */
const offered = roles.filter((role) => role !== 'supervisor')

interface GrantFieldsProps {
  /** Keeps the ids of several on one page apart. */
  readonly name: string
  readonly terms: GrantTerms
  onChange(terms: GrantTerms): void
}

/** One role, and how far it reaches. */
export function GrantFields({ name, terms, onChange }: GrantFieldsProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { role, level } = terms
  const reaches = reachesDossiers(role)
  // What the level does not reach is not offered, and goes with the level.
  const within = (one: Level) => catalogue.categories.filter((category) => category.level <= one)
  const options = within(level).map(({ id, name: label }) => ({ value: id, label: `${id} ${label}` }))
  const setLevel = (next: Level) => {
    const reached = terms.categories.filter((id) => id === '*' || within(next).some((one) => one.id === id))
    onChange({ ...terms, level: next, categories: reached.length === 0 ? ['*'] : reached })
  }
  return (
    <>
      <FormLine id={`${name}-role`} label={text('members.role')} hint={text(`role.${role}.hint`)}>
        <Select<Role>
          id={`${name}-role`}
          className="fill"
          value={role}
          options={offered.map((one) => ({ value: one, label: text(`role.${one}`) }))}
          onChange={(next) => onChange(termsFor(next, terms))}
        />
      </FormLine>
      {reaches ? (
        <>
          <fieldset className="line members-level">
            <legend className="line-label">{text('members.level')}</legend>
            <Radio.Group
              value={level}
              options={levels.map((one) => ({ value: one, label: text(`members.level.${one}`) }))}
              onChange={(event) => setLevel(event.target.value as Level)}
            />
            <div className="line-notes">
              <p className="line-hint">{text(`members.level.${level}.hint`)}</p>
            </div>
          </fieldset>
          <FormLine
            id={`${name}-categories`}
            label={text('unit.grant')}
            hint={text('members.categories.hint')}
          >
            <Select<string[]>
              id={`${name}-categories`}
              mode="multiple"
              className="fill"
              maxTagCount={6}
              placeholder={text('members.categories.all')}
              value={terms.categories.includes('*') ? [] : [...terms.categories]}
              options={options}
              optionFilterProp="label"
              onChange={(chosen) => onChange({ ...terms, categories: chosen.length === 0 ? ['*'] : chosen })}
            />
          </FormLine>
        </>
      ) : null}
    </>
  )
}

export const usualTerms: GrantTerms = { role: 'collector', categories: ['*'], level: 3 }

/** An inspector works in the discipline compartment; administrators reach no dossier. */
function termsFor(role: Role, before: GrantTerms): GrantTerms {
  if (!reachesDossiers(role)) return { role, categories: ['*'], level: 1 }
  const level = role === 'inspector' ? 4 : reachesDossiers(before.role) && before.level < 4 ? before.level : 3
  return { role, categories: reachesDossiers(before.role) ? before.categories : ['*'], level }
}
