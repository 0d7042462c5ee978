import { Button } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import { minimumPasswordLength } from '../../../src-shared/contract/session.ts'
import { NewPassword } from '../../ui/new-password.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { useFounding, type MemberDraft } from './founding-state.ts'

const hasPassword = (member: MemberDraft) => member.password.length >= minimumPasswordLength

/** The keyboard goes from one member to the next; each types their own password while the others look away. */
export function PasswordsStep() {
  const text = useText()
  const list = useList()
  const { draft, changeMember } = useFounding()
  const [chosen, setChosen] = useState<number | null>(null)
  const next = draft.members.find((member) => !hasPassword(member))
  const member = draft.members.find((one) => one.key === chosen) ?? next
  return (
    <div className="handing">
      <ol className="handing-list" aria-label={text('founding.handing.list')}>
        {draft.members.map((one) => (
          <li key={one.key} {...(one.key === member?.key ? { 'aria-current': 'step' as const } : {})}>
            <span className="handing-name">{one.name}</span>
            <span className="handing-roles">{list(one.roles.map((role) => text(`role.${role}`)))}</span>
            {hasPassword(one) ? (
              <>
                <Mark shape="✓" tone="action" word={text('founding.password.done')} />
                <Button
                  size="small"
                  type="link"
                  aria-label={text('founding.password.again', { name: one.name })}
                  onClick={() => setChosen(one.key)}
                >
                  {text('founding.password.again.short')}
                </Button>
              </>
            ) : (
              <Mark shape="○" tone="plain" word={text('founding.password.waiting')} />
            )}
          </li>
        ))}
      </ol>
      {member === undefined ? (
        <p className="handing-card">{text('founding.handing.all')}</p>
      ) : (
        <Turn
          key={member.key}
          member={member}
          onDone={(password) => {
            changeMember(member.key, { password })
            setChosen(null)
          }}
        />
      )}
    </div>
  )
}

interface TurnProps {
  readonly member: MemberDraft
  onDone(password: string): void
}

/** One member at the keyboard: first the others look away, then the fields are shown. */
function Turn({ member, onDone }: TurnProps) {
  const text = useText()
  const [isSeated, setSeated] = useState(false)
  const [password, setPassword] = useState<string | null>(null)
  const start = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => start.current?.focus(), [])
  const finish = () => {
    if (password !== null) onDone(password)
  }
  const { name, login } = member
  return (
    <section className="handing-card" aria-labelledby="handing-who">
      <h3 id="handing-who">{text('founding.handing.who', { name })}</h3>
      <p>{text('founding.handing.login', { login })}</p>
      {isSeated ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            finish()
          }}
        >
          <NewPassword names={[name, login]} onChange={setPassword} onEnter={finish} />
          <p className="prose-faint">{text('founding.password.hint')}</p>
          <Button type="primary" htmlType="submit" disabled={password === null}>
            {text('founding.handing.done')}
          </Button>
        </form>
      ) : (
        <>
          <p className="handing-away">{text('founding.handing.away')}</p>
          <Button ref={start} type="primary" size="large" onClick={() => setSeated(true)}>
            {text('founding.handing.start', { name })}
          </Button>
        </>
      )}
    </section>
  )
}
