import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { excludedPair, type Role } from '../../../src-shared/access/roles.ts'
import type { InvitedMember } from '../../../src-shared/contract/member-views.ts'
import type { GrantTerms } from '../../../src-shared/contract/members.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { NewPassword } from '../../ui/new-password.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { GrantFields, usualTerms } from './grant-fields.tsx'
import { NewKey } from './new-key.tsx'

interface Draft {
  readonly name: string
  readonly login: string
  readonly grants: readonly GrantTerms[]
}

const maximumRoles = 8

/** A new member in two steps: the secadmin says who and what; then the member sits down and types the password. */
export function InvitePage() {
  const text = useText()
  const invite = useAction('member.invite')
  const [draft, setDraft] = useState<Draft>({ name: '', login: '', grants: [usualTerms] })
  const [isTyping, setTyping] = useState(false)
  const [password, setPassword] = useState<string | null>(null)
  const [invited, setInvited] = useState<InvitedMember | null>(null)
  const name = draft.name.trim()
  const finish = async () => {
    if (password === null) return
    const { grants } = draft
    const result = await invite.run({ name, login: draft.login, password, grants: [...grants], deputies: [] })
    if (!result.ok) return
    setPassword(null)
    setInvited(result.value)
  }
  if (invited !== null) {
    return (
      <div className="page">
        <PageHeader title={text('members.invited', { name })} />
        <NewKey name={name} made={invited} />
        <Button type="primary" onClick={() => goTo('members', invited.member)}>
          {text('members.invited.look')}
        </Button>
      </div>
    )
  }
  if (isTyping) {
    return (
      <div className="page form">
        <PageHeader title={text('members.password.title', { name })} hint={text('members.password.hint')} />
        <div className="card">
          <NewPassword
            names={[draft.name, draft.login]}
            onChange={setPassword}
            onEnter={() => void finish()}
          />
          <ErrorNotice failure={invite.failure} />
          <div className="form-actions">
            <Button
              type="primary"
              disabled={password === null}
              loading={invite.isBusy}
              onClick={() => void finish()}
            >
              {text('members.invite.finish')}
            </Button>
            <Button onClick={() => setTyping(false)}>{text('do.back')}</Button>
          </div>
        </div>
      </div>
    )
  }
  return <Terms draft={draft} onChange={setDraft} onNext={() => setTyping(true)} />
}

interface TermsProps {
  readonly draft: Draft
  onChange(draft: Draft): void
  onNext(): void
}

function Terms({ draft, onChange, onNext }: TermsProps) {
  const text = useText()
  const { session } = useDesk()
  const { grants } = draft
  const chosen = grants.map((grant) => grant.role)
  const isTwice = new Set(chosen).size !== chosen.length
  const pair = excludedPair(chosen, session.unit.policy)
  const isWhole = draft.name.trim() !== '' && draft.login.trim().length >= 2 && !isTwice && pair === null
  const set = (index: number, grant: GrantTerms) =>
    onChange({ ...draft, grants: grants.map((one, at) => (at === index ? grant : one)) })
  return (
    <form
      className="page form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) onNext()
      }}
    >
      <PageHeader title={text('members.invite.title')} hint={text(`members.invite.${session.unit.policy}`)} />
      <div className="card">
        <FormLine id="member-name" label={text('members.name')} isRequired>
          <Input
            id="member-name"
            autoFocus
            maxLength={100}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </FormLine>
        <FormLine
          id="member-login"
          label={text('founding.members.login')}
          hint={text('members.login.hint')}
          isRequired
        >
          <Input
            id="member-login"
            maxLength={40}
            value={draft.login}
            onChange={(event) => onChange({ ...draft, login: event.target.value })}
          />
        </FormLine>
      </div>
      {grants.map((grant, index) => (
        // Told apart by their place: a role may be chosen anew.
        // eslint-disable-next-line react/no-array-index-key
        <section key={index} className="card" aria-label={text('members.role.number', { number: index + 1 })}>
          <GrantFields name={`grant-${index}`} terms={grant} onChange={(next) => set(index, next)} />
          {grants.length === 1 ? null : (
            <Button
              size="small"
              icon={<DeleteOutlined />}
              onClick={() => onChange({ ...draft, grants: grants.filter((_, at) => at !== index) })}
            >
              {text('members.role.remove')}
            </Button>
          )}
        </section>
      ))}
      <div>
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          disabled={grants.length >= maximumRoles}
          onClick={() =>
            onChange({ ...draft, grants: [...grants, { ...usualTerms, role: freeRole(chosen) }] })
          }
        >
          {text('members.role.add')}
        </Button>
      </div>
      {isTwice ? <Alert type="warning" showIcon title={text('members.role.twice')} /> : null}
      {pair === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('founding.gap.excluded', {
            first: text(`role.${pair[0]}`),
            second: text(`role.${pair[1]}`),
          })}
        />
      )}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" disabled={!isWhole}>
          {text('members.invite.next')}
        </Button>
        <Button href={hrefOf('members')}>{text('do.cancel')}</Button>
      </div>
    </form>
  )
}

function freeRole(chosen: readonly Role[]): Role {
  return (
    (['reviewer', 'collector', 'approver', 'inspector'] as const).find((role) => !chosen.includes(role)) ??
    'collector'
  )
}
