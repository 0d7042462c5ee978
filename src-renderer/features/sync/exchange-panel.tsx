import { FileOutlined } from '@ant-design/icons'
import { Button, Radio, Select, Skeleton } from 'antd'
import { useState } from 'react'
import type { DeviceView, ExchangeBundle } from '../../../src-shared/contract/device-views.ts'
import type { ErrorCode, Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useJob } from '../../app/use-job.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { bytesText } from '../../ui/moment.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { bundlesOf, FolderBrowser } from './folder-browser.tsx'
import { bundleKinds, type BundleKind } from './kind-choice.tsx'
import { useSync } from './sync-state.ts'

const directions = ['out', 'in'] as const

/** What the computers of the unit bring each other by stick. */
export function ExchangePanel() {
  const text = useText()
  const open = useSync((sync) => sync.open)
  const [way, setWay] = useState<(typeof directions)[number]>('out')
  const devices = useQuery('device.list', {}, ['control'])
  const others = devices.data?.filter(({ isThis, inForce }) => !isThis && inForce) ?? []
  return (
    <section className="card panel" aria-label={text('exchange.title')}>
      <h2>{text('exchange.title')}</h2>
      <ErrorNotice failure={devices.failure} onRetry={devices.reload} />
      {devices.data === null ? <Skeleton active paragraph={{ rows: 2 }} /> : null}
      {devices.data !== null && others.length === 0 ? (
        <EmptyState isSmall title={text('exchange.none')} hint={text('exchange.none.hint')} />
      ) : null}
      {others.length > 0 ? (
        <>
          <p className="prose-faint">{text('exchange.what')}</p>
          <Radio.Group
            aria-label={text('exchange.way')}
            optionType="button"
            value={way}
            options={directions.map((one) => ({ value: one, label: text(`exchange.${one}`) }))}
            onChange={(event) => setWay(event.target.value as typeof way)}
          />
          {way === 'out' ? <BringOut others={others} /> : <TakeIn />}
        </>
      ) : null}
      <div className="panel-actions">
        <Button onClick={() => open(null)}>{text('do.close')}</Button>
      </div>
    </section>
  )
}

function BringOut({ others }: { readonly others: readonly DeviceView[] }) {
  const text = useText()
  const [device, setDevice] = useState(others[0]?.id ?? '')
  const [kind, setKind] = useState<BundleKind>('update')
  const [path, setPath] = useState<string | null>(null)
  const [written, setWritten] = useState<readonly ExchangeBundle[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const name = others.find(({ id }) => id === device)?.name ?? ''
  const run = (folder: string) => {
    setFailure(null)
    setWritten(null)
    void job.run(async (id, signal) => {
      const done = await call('exchange.export', { device, folder, kind, job: id }, { signal })
      if (done.ok) {
        setWritten(done.value)
        markChanged('control')
      } else if (done.error.code !== 'call/cancelled') setFailure(done.error)
    })
  }
  return (
    <>
      <div className="form">
        <FormLine id="exchange-device" label={text('exchange.device')}>
          <Select
            id="exchange-device"
            value={device}
            options={others.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setDevice}
          />
        </FormLine>
        <FormLine id="exchange-kind" label={text('sync.kind')} hint={text(`exchange.kind.${kind}.hint`)}>
          <Radio.Group
            id="exchange-kind"
            aria-label={text('sync.kind')}
            value={kind}
            options={bundleKinds.map((one) => ({ value: one, label: text(`sync.kind.${one}`) }))}
            onChange={(event) => setKind(event.target.value as BundleKind)}
          />
        </FormLine>
      </div>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <div className="panel-actions">
            <Button type="primary" loading={job.progress !== null} onClick={() => run(folder.path)}>
              {text('exchange.here')}
            </Button>
          </div>
        )}
      </FolderBrowser>
      {job.progress === null ? null : (
        <ProgressBar label={text('sync.exporting')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
      {written === null ? null : (
        <div className="is-done" role="status">
          <p>{text('exchange.written', { count: written.length, name })}</p>
          <ul className="exported">
            {written.map((bundle) => (
              <li key={bundle.file}>
                {text(`compartment.${bundle.compartment}`)} <code>{bundle.file}</code>
              </li>
            ))}
          </ul>
          <p className="prose-faint">{text('exchange.written.next')}</p>
        </div>
      )}
    </>
  )
}

function TakeIn() {
  const text = useText()
  const tellExchanged = useSync((sync) => sync.tellExchanged)
  const [path, setPath] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const take = (files: readonly string[]) => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const refused = await takeAll(files, async (file) => {
        const taken = await call('sync.receive', { path: file, job: id }, { signal })
        if (taken.ok && 'device' in taken.value) tellExchanged(taken.value)
        return taken.ok ? null : taken.error
      })
      markChanged('control', 'archive', 'discipline')
      if (refused !== null && refused.code !== 'call/cancelled') setFailure(refused)
    })
  }
  return (
    <>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <>
            <ul className="browser-list" aria-label={text('browse.bundles')}>
              {bundlesOf(folder).map((bundle) => (
                <li key={bundle.path}>
                  <button type="button" disabled={job.progress !== null} onClick={() => take([bundle.path])}>
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
            {bundlesOf(folder).length > 1 ? (
              <div className="panel-actions">
                <Button
                  type="primary"
                  disabled={job.progress !== null}
                  onClick={() => take(bundlesOf(folder).map((bundle) => bundle.path))}
                >
                  {text('exchange.all')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </FolderBrowser>
      {job.progress === null ? null : (
        <ProgressBar label={text('sync.receiving')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
    </>
  )
}

/** What one bundle lacks another of the same stick may bring: those are tried again after it. */
const waitsForAnother: readonly ErrorCode[] = ['bundle/missing-prerequisite', 'bundle/gap']
/** A stick carries files for others too. */
const isForOthers: readonly ErrorCode[] = ['bundle/wrong-recipient']

/** Takes in one after another, as long as it goes further. Returns the last refusal that stays, or null. */
async function takeAll(
  files: readonly string[],
  takeOne: (file: string) => Promise<Failure | null>,
): Promise<Failure | null> {
  let waiting = files
  for (;;) {
    const left: string[] = []
    let refused: Failure | null = null
    for (const file of waiting) {
      const failure = await takeOne(file)
      if (failure === null) continue
      if (failure.code === 'call/cancelled') return failure
      if (files.length > 1 && isForOthers.includes(failure.code)) continue
      refused = failure
      if (waitsForAnother.includes(failure.code)) left.push(file)
    }
    if (left.length === 0 || left.length === waiting.length) return refused
    waiting = left
  }
}
