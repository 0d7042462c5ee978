import { FileOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { useAction } from '../../app/use-action.ts'
import { useJob } from '../../app/use-job.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { bytesText } from '../../ui/moment.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { bundlesOf, FolderBrowser } from './folder-browser.tsx'
import { useSync } from './sync-state.ts'
import { TwinsNotice } from '../twins/twins-notice.tsx'

/** A receipt that came back on a stick, or as a file. */
export function ReceivePanel() {
  const text = useText()
  const { open, tellReceipts, tellDirectives, tellExchanged } = useSync()
  const [path, setPath] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState({ done: 0, total: 0 })
  const receive = useAction('sync.receive')
  const job = useJob()
  const picker = useId()
  const take = async (input: InputOf<'sync.receive'>) => {
    const result = await receive.run(input)
    if (!result.ok) return
    if ('decisions' in result.value) tellDirectives([result.value])
    else if ('device' in result.value) tellExchanged(result.value)
    else tellReceipts([result.value])
  }
  const upload = (file: File | undefined) => {
    if (file === undefined) return
    setFailure(null)
    setSent({ done: 0, total: file.size })
    void job.run(async (_, signal) => {
      const result = await uploadFile('bundle', file, signal, (done) => setSent({ done, total: file.size }))
      if (result.ok) await take({ upload: result.value })
      else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <section className="card panel" aria-label={text('sync.receive')}>
      <h2>{text('sync.receive')}</h2>
      <p className="prose-faint">{text('sync.receive.hint')}</p>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <ul className="browser-list" aria-label={text('browse.bundles')}>
            {bundlesOf(folder).map((bundle) => (
              <li key={bundle.path}>
                <button
                  type="button"
                  disabled={receive.isBusy}
                  onClick={() => void take({ path: bundle.path })}
                >
                  <FileOutlined aria-hidden="true" />
                  {bundle.name}
                  <span className="number browser-size">{bytesText(bundle.bytes)}</span>
                </button>
              </li>
            ))}
            {bundlesOf(folder).length === 0 ? (
              <li className="prose-faint">{text('browse.no-bundles')}</li>
            ) : null}
          </ul>
        )}
      </FolderBrowser>
      <input
        id={picker}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={text('sync.receive.upload')}
        onChange={(event) => {
          upload(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div className="panel-actions">
        <Button onClick={() => document.getElementById(picker)?.click()}>
          {text('sync.receive.upload')}
        </Button>
        <Button onClick={() => open(null)}>{text('do.close')}</Button>
      </div>
      {job.progress === null ? null : (
        <ProgressBar label={text('sync.receiving')} {...sent} onCancel={job.cancel} />
      )}
      <TwinsNotice />
      <ErrorNotice failure={failure ?? receive.failure} />
    </section>
  )
}
