import { Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { CodeDisplay } from './code-display.tsx'
import { WayChoice, type Way } from './way-choice.tsx'

interface JoinAdmitProps {
  readonly code: string
  readonly name: string
  onAgain(): void
}

/** The code that is typed at the other screen, and how the request gets there. */
export function JoinAdmit({ code, name, onAgain }: JoinAdmitProps) {
  const text = useText()
  const [way, setWay] = useState<Way>('stick')
  const again = useAction('join.cancel')
  const forget = async () => {
    const forgotten = await again.run({})
    if (forgotten.ok) onAgain()
  }
  return (
    <>
      <p className="prose">{text('join.admit.what')}</p>
      <CodeDisplay label={`${text('join.code')} · ${name}`} value={code} />
      <WayChoice way={way} onChange={setWay} />
      {way === 'stick' ? <SaveRequest /> : <SendRequest />}
      <ErrorNotice failure={again.failure} />
      <div className="panel-actions">
        <Popconfirm title={text('join.again.ask')} onConfirm={() => void forget()}>
          <Button type="link" danger>
            {text('join.again')}
          </Button>
        </Popconfirm>
      </div>
    </>
  )
}

function SaveRequest() {
  const text = useText()
  const [path, setPath] = useState<string | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const save = useAction('join.save')
  const run = async (folder: string) => {
    const done = await save.run({ folder })
    setSaved(done.ok ? done.value.file : null)
  }
  return (
    <>
      <FolderBrowser path={path} procedure="join.browse" onPath={setPath}>
        {(folder) => (
          <div className="panel-actions">
            <Button type="primary" loading={save.isBusy} onClick={() => void run(folder.path)}>
              {text('join.save')}
            </Button>
          </div>
        )}
      </FolderBrowser>
      <p role="status">{saved === null ? '' : text('join.saved', { file: saved })}</p>
      <ErrorNotice failure={save.failure} />
    </>
  )
}

function SendRequest() {
  const text = useText()
  const [address, setAddress] = useState('')
  const [isSent, setSent] = useState(false)
  const send = useAction('join.send')
  const run = async () => {
    const done = await send.run({ address })
    setSent(done.ok)
  }
  return (
    <>
      <div className="form">
        <FormLine id="join-address" label={text('join.address')} hint={text('join.network.hint')}>
          <Input
            id="join-address"
            className="code-field"
            maxLength={60}
            value={address}
            aria-describedby="join-address-notes"
            onChange={(event) => setAddress(event.target.value)}
            onPressEnter={() => void run()}
          />
        </FormLine>
      </div>
      <div className="panel-actions">
        <Button type="primary" loading={send.isBusy} disabled={address === ''} onClick={() => void run()}>
          {text('join.send')}
        </Button>
      </div>
      <p role="status">{isSent ? text('join.sent') : ''}</p>
      <ErrorNotice failure={send.failure} />
    </>
  )
}
