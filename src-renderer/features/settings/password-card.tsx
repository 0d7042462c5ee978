import { Button } from 'antd'
import { useState, type FormEvent } from 'react'
import type { AccountView } from '../../../src-shared/contract/account.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { NewPassword } from '../../ui/new-password.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { isGiven, noProof, OwnPassword, type Proof } from './own-password.tsx'

interface CardProps {
  readonly account: AccountView
  /** Something changed: the account is to be read again. */
  onDone(): void
}

export function PasswordCard({ account, onDone }: CardProps) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  const [isChanged, setChanged] = useState(false)
  const close = () => setOpen(false)
  return (
    <section className="card settings-card" aria-labelledby="account-password">
      <h2 id="account-password">{text('account.password')}</h2>
      <p className="prose-line">{text('account.password.hint')}</p>
      {isOpen ? (
        <PasswordForm
          account={account}
          onClose={close}
          onDone={() => {
            setChanged(true)
            close()
            onDone()
          }}
        />
      ) : (
        <div className="form-actions">
          <Button
            onClick={() => {
              setChanged(false)
              setOpen(true)
            }}
          >
            {text('account.password.change')}
          </Button>
          <span role="status">
            {isChanged ? <Mark shape="✓" tone="action" word={text('account.password.changed')} /> : null}
          </span>
        </div>
      )}
    </section>
  )
}

interface PasswordFormProps extends CardProps {
  onClose(): void
}

function PasswordForm({ account, onClose, onDone }: PasswordFormProps) {
  const text = useText()
  const { session } = useDesk()
  const action = useAction('member.password')
  const [proof, setProof] = useState<Proof>(noProof)
  const [next, setNext] = useState<string | null>(null)
  const needsKeyFile = account.keyFile !== null
  const isReady = isGiven(proof, needsKeyFile) && next !== null && next !== proof.password
  const run = async () => {
    if (!isReady || next === null) return
    const keyFile = proof.keyFile?.content ?? null
    const result = await action.run({ old: proof.password, new: next, keyFile })
    if (result.ok) onDone()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run()
  }
  return (
    <form className="settings-form" onSubmit={submit}>
      <OwnPassword id="change" needsKeyFile={needsKeyFile} proof={proof} onChange={setProof} />
      <NewPassword
        names={[session.member.name, session.member.login, session.unit.name]}
        autoFocus={false}
        label={text('account.password.new')}
        onChange={setNext}
        onEnter={() => void run()}
      />
      {next !== null && next === proof.password ? (
        <p className="line-error" role="alert">
          {text('account.password.same')}
        </p>
      ) : null}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={action.isBusy}>
          {text('account.password.change')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </div>
      <ErrorNotice failure={action.failure} />
    </form>
  )
}
