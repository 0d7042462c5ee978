import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Arrival } from '../../../src-shared/contract/sources.ts'
import type { ArrivalState } from '../../../src-shared/import/arrivals.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { bytesText, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { useImport } from '../import/import-state.ts'

/** How often the folders are looked into while the screen is open; nothing is read twice. */
const lookMilliseconds = 3000

const marks: Readonly<
  Record<ArrivalState, { readonly shape: string; readonly tone: 'action' | 'plain' | 'watch' }>
> = {
  ready: { shape: '●', tone: 'action' },
  arriving: { shape: '…', tone: 'plain' },
  taken: { shape: '✓', tone: 'plain' },
  refused: { shape: '✕', tone: 'watch' },
}

/** Files in the watched folders, each with the way to its preview. Nothing where no folder is watched. */
export function Arrivals() {
  const text = useText()
  const sources = useQuery('source.list', {}, ['control', 'archive'])
  const found = useQuery('source.arrivals', {}, ['archive'])
  const { reload } = found
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, lookMilliseconds)
    return () => window.clearInterval(timer)
  }, [reload])
  const watched = (sources.data?.sources ?? []).filter(({ folder }) => folder !== null)
  if (watched.length === 0) return null
  const nameOf = (source: string) => watched.find((one) => one.source === source)?.profile.name ?? ''
  const files = found.data?.files ?? []
  return (
    <section className="card" aria-labelledby="arrivals-title">
      <h2 id="arrivals-title">{text('arrivals.title')}</h2>
      <p className="prose-line">{text('arrivals.hint')}</p>
      <ErrorNotice failure={found.failure} />
      {(found.data?.failures ?? []).map(({ source, failure }) => (
        <FolderFailure key={source} name={nameOf(source)} failure={failure} />
      ))}
      {files.length === 0 ? (
        <p className="prose-faint">{text('arrivals.none')}</p>
      ) : (
        <table className="grid-table" aria-label={text('arrivals.table')}>
          <thead>
            <tr>
              <th scope="col">{text('arrivals.source')}</th>
              <th scope="col">{text('arrivals.file')}</th>
              <th scope="col">{text('arrivals.at')}</th>
              <th scope="col">{text('arrivals.state')}</th>
              <th scope="col">{text('arrivals.action')}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <ArrivalRow
                key={`${file.source}/${file.file}`}
                arrival={file}
                name={nameOf(file.source)}
                period={watched.find(({ source }) => source === file.source)?.expected ?? null}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function FolderFailure({ name, failure }: { readonly name: string; readonly failure: string }) {
  const text = useText()
  const textOr = useTextOr()
  return (
    <p className="problem">
      {text('arrivals.folder-failed', { name })}
      {textOr(`error.${failure}`, {})}
    </p>
  )
}

interface ArrivalRowProps {
  readonly arrival: Arrival
  readonly name: string
  /** What the delivery is most likely for. */
  readonly period: string | null
}

function ArrivalRow({ arrival, name, period }: ArrivalRowProps) {
  const text = useText()
  const textOr = useTextOr()
  const choose = useImport((state) => state.choose)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { source, file, state, digest } = arrival
  const preview = async () => {
    if (digest === null) return
    setBusy(true)
    setFailure(null)
    const taken = await call('source.take', { source, file, digest })
    const found = taken.ok ? await call('import.suggest', { upload: taken.value.upload }) : taken
    setBusy(false)
    if (!taken.ok || !found.ok) {
      setFailure(taken.ok ? (found.ok ? null : found.error) : taken.error)
      return
    }
    const { suggestion, encoding: _encoding, ...table } = found.value
    choose(
      { ...table, name: taken.value.name, upload: taken.value.upload, delivery: { source, period } },
      { ...suggestion, source: name },
    )
  }
  return (
    <tr>
      <td>{name}</td>
      <td>
        {file} <span className="prose-faint number">{bytesText(arrival.bytes)}</span>
      </td>
      <td className="nowrap number">{momentText(arrival.modifiedAt)}</td>
      <td>
        <Mark {...marks[state]} word={text(`arrivals.${state}`)} />
        {state === 'taken' ? <p className="prose-faint">{text('arrivals.taken.why')}</p> : null}
        {arrival.failure === null || state === 'taken' ? null : (
          <p className="problem">{textOr(`error.${arrival.failure}`, {})}</p>
        )}
        <ErrorNotice failure={failure} />
      </td>
      <td className="nowrap">
        {state === 'ready' ? (
          <Button
            size="small"
            type="primary"
            loading={isBusy}
            aria-label={text('arrivals.preview.label', { file })}
            onClick={() => void preview()}
          >
            {text('arrivals.preview')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}
