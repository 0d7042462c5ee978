import { Button } from 'antd'
import { useState } from 'react'
import type { AccountView } from '../../../src-shared/contract/account.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { isGiven, noProof, OwnPassword, type Proof } from './own-password.tsx'

interface CardProps {
  readonly account: AccountView
  onDone(): void
}

/** Logging in with what the operating system keeps, where that protects something; nothing is shown elsewhere. */
export function SystemUnlockCard({ account, onDone }: CardProps) {
  const text = useText()
  const drop = useAction('systemslot.drop')
  const [isOpen, setOpen] = useState(false)
  const { isOn, refusal } = account.systemUnlock
  if (refusal === 'host') return null
  const done = () => {
    setOpen(false)
    onDone()
  }
  const switchOff = async () => {
    const result = await drop.run({})
    if (result.ok) onDone()
  }
  return (
    <section className="card settings-card" aria-labelledby="account-system">
      <h2 id="account-system">{text('account.system')}</h2>
      <p className="prose-line">{text('account.system.hint')}</p>
      <p>
        {isOn ? (
          <Mark shape="◆" tone="watch" word={text('account.system.on')} />
        ) : (
          <Mark shape="○" tone="plain" word={text('account.system.off')} />
        )}
      </p>
      {refusal === 'storage' ? <p className="line-warning">{text('account.system.unsafe')}</p> : null}
      {isOpen ? (
        <SwitchOn account={account} onDone={done} onClose={() => setOpen(false)} />
      ) : (
        <div className="form-actions">
          {isOn ? (
            <Button loading={drop.isBusy} onClick={() => void switchOff()}>
              {text('account.system.drop')}
            </Button>
          ) : (
            <Button disabled={refusal !== null} onClick={() => setOpen(true)}>
              {text('account.system.make')}
            </Button>
          )}
        </div>
      )}
      <ErrorNotice failure={drop.failure} />
    </section>
  )
}

function SwitchOn({ account, onDone, onClose }: CardProps & { onClose(): void }) {
  const text = useText()
  const make = useAction('systemslot.make')
  const [proof, setProof] = useState<Proof>(noProof)
  const needsKeyFile = account.keyFile !== null
  const run = async () => {
    const { password, keyFile } = proof
    const result = await make.run({ password, keyFile: keyFile?.content ?? null })
    if (result.ok) onDone()
  }
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <OwnPassword id="system" needsKeyFile={needsKeyFile} proof={proof} onChange={setProof} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!isGiven(proof, needsKeyFile)}
          loading={make.isBusy}
        >
          {text('account.system.make')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </div>
      <ErrorNotice failure={make.failure} />
    </form>
  )
}
