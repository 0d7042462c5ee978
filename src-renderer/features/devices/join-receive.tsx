import { FileOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { CodeField, isWholeCode } from './code-field.tsx'
import { WayChoice, type Way } from './way-choice.tsx'

/** The joining files, the code of the unit, and the pass phrase once more. */
export function JoinReceive({ onJoined }: { onJoined(commits: number): void }) {
  const text = useText()
  const [way, setWay] = useState<Way>('stick')
  const [folder, setFolder] = useState<string | null>(null)
  const [path, setPath] = useState<string | null>(null)
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const hasSource = way === 'stick' ? path !== null : address !== ''
  const isReady = hasSource && isWholeCode(code) && passphrase !== ''
  const run = () => {
    if (!isReady || job.progress !== null) return
    setFailure(null)
    void job.run(async (id, signal) => {
      const typed = { code, passphrase, job: id }
      const joined =
        way === 'stick'
          ? await call('join.receive', { path: path ?? '', ...typed }, { signal })
          : await call('join.fetch', { address, ...typed }, { signal })
      if (joined.ok) onJoined(joined.value.commits)
      else if (joined.error.code !== 'call/cancelled') setFailure(joined.error)
    })
  }
  return (
    <>
      <p className="prose">{text('join.receive.what')}</p>
      <WayChoice way={way} onChange={setWay} />
      {way === 'stick' ? (
        <FolderBrowser path={folder} procedure="join.browse" onPath={setFolder}>
          {(shown) => (
            <ul className="browser-list" aria-label={text('join.files')}>
              {shown.bundles.map((file) => (
                <li key={file.path}>
                  <button type="button" aria-pressed={file.path === path} onClick={() => setPath(file.path)}>
                    <FileOutlined aria-hidden="true" />
                    {file.name}
                  </button>
                </li>
              ))}
              {shown.bundles.length === 0 ? (
                <li className="prose-faint">{text('join.files.none')}</li>
              ) : (
                <li className="prose-faint">{text('join.files.hint')}</li>
              )}
            </ul>
          )}
        </FolderBrowser>
      ) : null}
      <div className="form">
        {way === 'network' ? (
          <FormLine id="join-address" label={text('join.address')} hint={text('join.network.hint')}>
            <Input
              id="join-address"
              className="code-field"
              maxLength={60}
              value={address}
              aria-describedby="join-address-notes"
              onChange={(event) => setAddress(event.target.value)}
            />
          </FormLine>
        ) : null}
        <CodeField
          id="unit-code"
          label={text('join.unit-code')}
          value={code}
          onChange={setCode}
          onEnter={run}
        />
        <FormLine id="join-passphrase" label={text('join.passphrase')}>
          <Input.Password
            id="join-passphrase"
            autoComplete="off"
            maxLength={200}
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            onPressEnter={run}
          />
        </FormLine>
      </div>
      {job.progress === null ? null : (
        <ProgressBar label={text('join.receiving')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
      <div className="panel-actions">
        <Button type="primary" disabled={!isReady} loading={job.progress !== null} onClick={run}>
          {text('join.receive')}
        </Button>
      </div>
    </>
  )
}
