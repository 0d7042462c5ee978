import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { DeputyTerms } from '../../../src-shared/contract/members.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { useMembers } from './use-members.ts'

/** What is chosen so far. */
export interface DeputyDraft {
  readonly principal: string | null
  readonly from: string
  readonly until: string
}

export function newDeputy(): DeputyDraft {
  return { principal: null, from: today(), until: dayjs().add(13, 'day').format('YYYY-MM-DD') }
}

/** Null until somebody is chosen, or while the days do not follow each other. */
export function deputyTerms({ principal, from, until }: DeputyDraft): DeputyTerms | null {
  const [role, deputyFor] = principal?.split('/') ?? []
  if (role === undefined || deputyFor === undefined || until < from) return null
  return { role: role as Role, deputyFor, from, until }
}

interface DeputyFieldsProps {
  /** Who is to stand in. */
  readonly member: Id
  readonly draft: DeputyDraft
  onChange(draft: DeputyDraft): void
}

/** Whom somebody stands in for, as what, from which day to which. */
export function DeputyFields({ member, draft, onChange }: DeputyFieldsProps) {
  const text = useText()
  const principals = (useMembers().data?.members ?? [])
    .filter((other) => other.id !== member)
    .flatMap((other) =>
      (other.details?.grants ?? [])
        .filter((grant) => grant.deputyFor === null && grant.standing === 'in-force')
        .map((grant) => ({
          value: `${grant.role}/${other.id}`,
          label: text('members.deputy-of', { role: text(`role.${grant.role}`), name: other.name }),
        })),
    )
  return (
    <>
      <FormLine
        id="deputy-principal"
        label={text('members.deputy.principal')}
        hint={text('members.deputy.principal.hint')}
      >
        <Select<string>
          id="deputy-principal"
          className="fill"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.principal}
          options={principals}
          onChange={(principal) => onChange({ ...draft, principal })}
        />
      </FormLine>
      <div className="members-days">
        {(['from', 'until'] as const).map((end) => (
          <FormLine
            key={end}
            id={`deputy-${end}`}
            label={text(`members.deputy.${end}`)}
            error={end === 'until' && draft.until < draft.from ? text('members.deputy.backwards') : null}
          >
            <DatePicker
              id={`deputy-${end}`}
              className="fill"
              allowClear={false}
              value={dayjs(draft[end])}
              onChange={(day) =>
                day === null ? undefined : onChange({ ...draft, [end]: day.format('YYYY-MM-DD') })
              }
            />
          </FormLine>
        ))}
      </div>
    </>
  )
}
