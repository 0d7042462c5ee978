import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { DeviceView, EnrolmentView } from '../../../src-shared/contract/device-views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useJob } from '../../app/use-job.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useList, useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { CodeDisplay } from './code-display.tsx'
import { InterfaceChoice } from './interface-choice.tsx'
import { WayChoice, type Way } from './way-choice.tsx'

interface PackagePanelProps {
  readonly device: DeviceView
  onClose(): void
}

/** A key holder writes what the new computer needs, and reads out the code of the unit. */
export function PackagePanel({ device, onClose }: PackagePanelProps) {
  const text = useText()
  const [way, setWay] = useState<Way>('stick')
  const [folder, setFolder] = useState<string | null>(null)
  const [address, setAddress] = useState<string | null>(null)
  const [written, setWritten] = useState<EnrolmentView | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  useEffect(() => () => void call('device.close', {}), [])
  const write = (into: string) => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const done = await call('device.package', { device: device.id, folder: into, job: id }, { signal })
      if (done.ok) setWritten(done.value)
      else if (done.error.code !== 'call/cancelled') setFailure(done.error)
    })
  }
  const offer = () => {
    if (address === null) return
    setFailure(null)
    void job.run(async (id, signal) => {
      const done = await call('device.offer', { address, device: device.id, job: id }, { signal })
      if (done.ok) setWritten(done.value.enrolment)
      else if (done.error.code !== 'call/cancelled') setFailure(done.error)
    })
  }
  return (
    <section className="card panel" aria-label={text('devices.package')}>
      <h2>{text('devices.package.for', { name: device.name })}</h2>
      {written === null ? (
        <>
          <p className="prose-faint">{text('devices.package.what')}</p>
          <WayChoice way={way} onChange={setWay} />
          {way === 'stick' ? (
            <FolderBrowser path={folder} onPath={setFolder}>
              {(shown) => (
                <div className="panel-actions">
                  <Button type="primary" loading={job.progress !== null} onClick={() => write(shown.path)}>
                    {text('devices.package.here')}
                  </Button>
                </div>
              )}
            </FolderBrowser>
          ) : (
            <>
              <InterfaceChoice address={address} onChange={setAddress} />
              <div className="panel-actions">
                <Button
                  type="primary"
                  disabled={address === null}
                  loading={job.progress !== null}
                  onClick={offer}
                >
                  {text('devices.await')}
                </Button>
              </div>
            </>
          )}
          {job.progress === null ? null : (
            <ProgressBar label={text('devices.package.writing')} {...job.progress} onCancel={job.cancel} />
          )}
          <ErrorNotice failure={failure} />
        </>
      ) : (
        <Written enrolment={written} way={way} />
      )}
      <div className="panel-actions">
        <Button onClick={onClose}>{text('do.close')}</Button>
      </div>
    </section>
  )
}

function Written({ enrolment, way }: { readonly enrolment: EnrolmentView; readonly way: Way }) {
  const text = useText()
  const list = useList()
  const names = list(enrolment.compartments.map((one) => text(`compartment.${one}`)))
  return (
    <div role="status">
      {way === 'stick' ? (
        <>
          <h3>{text('devices.package.written')}</h3>
          <p>{text('devices.package.files', { count: enrolment.files.length })}</p>
          <ul className="exported">
            {enrolment.files.map((file) => (
              <li key={file}>
                <code>{file}</code>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Offered />
      )}
      <p className="prose-faint">{text('devices.package.contains', { names })}</p>
      <CodeDisplay label={text('devices.unit-code')} value={enrolment.code} />
      <p>{text('devices.unit-code.what')}</p>
    </div>
  )
}

function Offered() {
  const text = useText()
  const listener = useQuery('device.listener', {}, ['control'])
  const { state, address } = listener.data ?? { state: 'waiting', address: '' }
  if (state === 'done') return <p className="is-done-line">{text('devices.package.fetched')}</p>
  if (state === 'waiting') {
    return <CodeDisplay label={text('devices.package.offered')} value={address ?? ''} />
  }
  return <p>{text('devices.ended')}</p>
}
