import { FileOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { CodeDisplay } from './code-display.tsx'
import { CodeField, isWholeCode } from './code-field.tsx'
import { InterfaceChoice } from './interface-choice.tsx'
import { WayChoice, type Way } from './way-choice.tsx'

/** The secadmin opens a request and types the code that the new computer shows. */
export function AdmitPanel({ onClose }: { onClose(): void }) {
  const text = useText()
  const [way, setWay] = useState<Way>('stick')
  const [path, setPath] = useState<string | null>(null)
  const [hasArrived, setArrived] = useState(false)
  const [code, setCode] = useState('')
  const [admitted, setAdmitted] = useState<string | null>(null)
  const admit = useAction('device.admit')
  const hasRequest = way === 'stick' ? path !== null : hasArrived
  const run = async () => {
    if (!hasRequest || !isWholeCode(code)) return
    const done = await admit.run({ path: way === 'stick' ? path : null, code })
    if (done.ok) setAdmitted(done.value.name)
  }
  if (admitted !== null) {
    return (
      <section className="card is-done" role="status">
        <h2>{text('devices.admitted', { name: admitted })}</h2>
        <p>{text('devices.admitted.next')}</p>
        <Button onClick={onClose}>{text('do.close')}</Button>
      </section>
    )
  }
  return (
    <section className="card panel" aria-label={text('devices.add')}>
      <h2>{text('devices.add')}</h2>
      <p className="prose-faint">{text('devices.add.what')}</p>
      <WayChoice way={way} onChange={setWay} />
      {way === 'stick' ? (
        <RequestFiles path={path} onPath={setPath} />
      ) : (
        <AwaitRequest onArrived={setArrived} />
      )}
      {hasRequest ? (
        <div className="form">
          <CodeField
            id="device-code"
            label={text('devices.code')}
            value={code}
            onChange={setCode}
            onEnter={() => void run()}
          />
        </div>
      ) : null}
      <ErrorNotice failure={admit.failure} />
      <div className="panel-actions">
        <Button
          type="primary"
          loading={admit.isBusy}
          disabled={!hasRequest || !isWholeCode(code)}
          onClick={() => void run()}
        >
          {text('devices.admit')}
        </Button>
        <Button onClick={onClose}>{text('do.close')}</Button>
      </div>
    </section>
  )
}

interface RequestFilesProps {
  readonly path: string | null
  onPath(path: string): void
}

function RequestFiles({ path, onPath }: RequestFilesProps) {
  const text = useText()
  const [folder, setFolder] = useState<string | null>(null)
  return (
    <FolderBrowser path={folder} onPath={setFolder}>
      {(shown) => {
        const requests = shown.bundles.filter(({ name }) => name.endsWith('.liandang-request'))
        return (
          <ul className="browser-list" aria-label={text('devices.requests')}>
            {requests.map((file) => (
              <li key={file.path}>
                <button type="button" aria-pressed={file.path === path} onClick={() => onPath(file.path)}>
                  <FileOutlined aria-hidden="true" />
                  {file.name}
                </button>
              </li>
            ))}
            {requests.length === 0 ? <li className="prose-faint">{text('devices.requests.none')}</li> : null}
          </ul>
        )
      }}
    </FolderBrowser>
  )
}

/** Waits on one address of this computer; whoever leaves the page closes it. */
function AwaitRequest({ onArrived }: { onArrived(hasArrived: boolean): void }) {
  const text = useText()
  const [address, setAddress] = useState<string | null>(null)
  const begin = useAction('device.await')
  const listener = useQuery('device.listener', {}, ['control'])
  const view = listener.data
  const state = view?.purpose === 'request' ? view.state : 'none'
  useEffect(() => onArrived(state === 'arrived'), [state, onArrived])
  useEffect(() => () => void call('device.close', {}), [])
  if (state === 'waiting' || state === 'arrived') {
    return (
      <div role="status">
        {state === 'waiting' ? (
          <CodeDisplay label={text('devices.waiting')} value={view?.address ?? ''} />
        ) : (
          <p className="is-done-line">{text('devices.arrived', { name: view?.request?.name ?? '' })}</p>
        )}
      </div>
    )
  }
  return (
    <>
      {state === 'ended' ? <p role="status">{text('devices.ended')}</p> : null}
      <InterfaceChoice address={address} onChange={setAddress} />
      <div className="panel-actions">
        <Button
          loading={begin.isBusy}
          disabled={address === null}
          onClick={() => void begin.run({ address: address ?? '' })}
        >
          {text('devices.await')}
        </Button>
      </div>
      <ErrorNotice failure={begin.failure} />
    </>
  )
}
