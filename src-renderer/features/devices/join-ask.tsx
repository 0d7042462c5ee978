import { Button, Input } from 'antd'
import { useState } from 'react'
import type { JoinView } from '../../../src-shared/contract/device-views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { NewPassword } from '../../ui/new-password.tsx'
import { useText } from '../../ui/text.ts'

/** The name of this computer and the pass phrase that seals its keys until it has joined. */
export function JoinAsk({ onAsked }: { onAsked(view: JoinView): void }) {
  const text = useText()
  const [name, setName] = useState('')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const ask = useAction('join.ask')
  const run = async () => {
    if (passphrase === null || name.trim() === '') return
    const asked = await ask.run({ name: name.trim(), passphrase })
    if (asked.ok) onAsked(asked.value)
  }
  return (
    <>
      <p className="prose">{text('join.ask.what')}</p>
      <div className="form">
        <FormLine id="join-name" label={text('join.name')} hint={text('join.name.hint')}>
          <Input
            id="join-name"
            autoFocus
            maxLength={60}
            value={name}
            aria-describedby="join-name-notes"
            onChange={(event) => setName(event.target.value)}
          />
        </FormLine>
        <NewPassword
          names={[name]}
          autoFocus={false}
          label={text('join.passphrase')}
          onChange={setPassphrase}
          onEnter={() => void run()}
        />
      </div>
      <ErrorNotice failure={ask.failure} />
      <div className="panel-actions">
        <Button
          type="primary"
          loading={ask.isBusy}
          disabled={passphrase === null || name.trim() === ''}
          onClick={() => void run()}
        >
          {text('join.ask')}
        </Button>
      </div>
    </>
  )
}
