import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { ConfirmableGrant, ConfirmationTask } from '../../../src-shared/contract/member-views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex } from '../../ui/moment.ts'
import { useList, useText } from '../../ui/text.ts'
import { useGrantWords } from './grant-words.ts'

const nameOf = (grant: ConfirmableGrant) => `${grant.role}/${grant.deputyFor ?? ''}`

/** 确认授权: compare the key with the person who is present, then hand over what their roles need. */
export function ConfirmCard({ task }: { readonly task: ConfirmationTask }) {
  const text = useText()
  const list = useList()
  const words = useGrantWords()
  const confirm = useAction('member.confirm')
  const [isCompared, setCompared] = useState(false)
  const [left, setLeft] = useState<readonly string[]>([])
  const chosen = task.grants.filter((grant) => !left.includes(nameOf(grant)))
  const title = `confirm-${task.member}`
  const run = () =>
    void confirm.run({
      member: task.member,
      fingerprint: task.fingerprint,
      grants: chosen.map(({ role, deputyFor }) => ({ role, deputyFor })),
    })
  return (
    <section className="card confirm" aria-labelledby={title}>
      <h2 id={title}>{text('members.confirm.title', { name: task.name })}</h2>
      <p className="prose-line">
        {text(task.isReplacement ? 'members.confirm.replacement' : 'members.confirm.new', {
          name: task.name,
        })}
      </p>
      <dl className="upstream">
        <dt>{text('founding.members.login')}</dt>
        <dd>{task.login}</dd>
        <dt>{text('unit.fingerprint')}</dt>
        <dd>
          <code className="fingerprint-large">{groupedHex(task.fingerprint)}</code>
        </dd>
        {task.gives.length === 0 ? null : (
          <>
            <dt>{text('members.confirm.gives')}</dt>
            <dd>{list(task.gives.map((keyring) => text(`keyring.${keyring}`)))}</dd>
          </>
        )}
      </dl>
      <ul className="confirm-grants">
        {task.grants.map((grant) => {
          const { role, days, reach } = words(grant)
          return (
            <li key={nameOf(grant)}>
              <Checkbox
                checked={!left.includes(nameOf(grant))}
                onChange={(event) =>
                  setLeft(
                    event.target.checked
                      ? left.filter((name) => name !== nameOf(grant))
                      : [...left, nameOf(grant)],
                  )
                }
              >
                <strong>{role}</strong>
                {reach === null ? null : <span> {reach}</span>}
                {days === null ? null : <span className="number"> {days}</span>}
                {grant.isConfirmable ? null : (
                  <span className="is-watched"> {text('members.confirm.partial')}</span>
                )}
              </Checkbox>
            </li>
          )
        })}
      </ul>
      <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
        {text('members.confirm.compared', { name: task.name })}
      </Checkbox>
      <ErrorNotice failure={confirm.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          disabled={!isCompared || chosen.length === 0}
          loading={confirm.isBusy}
          onClick={run}
        >
          {text(chosen.some((grant) => grant.isConfirmable) ? 'members.confirm.run' : 'members.confirm.give')}
        </Button>
        <span className="prose-faint">{text('members.confirm.doubt')}</span>
      </div>
    </section>
  )
}
