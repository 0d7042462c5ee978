import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { ImportRun, RunFile } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useAction } from '../../app/use-action.ts'
import { useJob } from '../../app/use-job.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'

/** A folder of files, each checked first and then imported whole or not at all. */
export function FolderImport() {
  const text = useText()
  const runs = useQuery('import.runs', {})
  const [path, setPath] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const check = (folder: string) => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const result = await call('import.check-folder', { folder, job: id }, { signal })
      if (!result.ok && result.error.code !== 'call/cancelled') setFailure(result.error)
      runs.reload()
    })
  }
  if (runs.failure !== null) return <ErrorNotice failure={runs.failure} onRetry={runs.reload} />
  if (runs.data === null) return <Skeleton active />
  return (
    <div className="folder-import">
      <section className="card" aria-label={text('folder.choose')}>
        <p className="prose-line">{text('folder.hint')}</p>
        <FolderBrowser path={path} procedure="import.browse" onPath={setPath}>
          {(view) => (
            <>
              <p>{text('folder.files', { count: view.bundles.length })}</p>
              <ul className="plain-list prose-faint">
                {view.bundles.slice(0, 12).map((file) => (
                  <li key={file.path}>{file.name}</li>
                ))}
              </ul>
              <Button
                type="primary"
                disabled={view.bundles.length === 0}
                loading={job.progress !== null}
                onClick={() => check(view.path)}
              >
                {text('folder.check')}
              </Button>
            </>
          )}
        </FolderBrowser>
        <ErrorNotice failure={failure} />
        {job.progress === null ? null : (
          <ProgressBar label={text('import.checking')} {...job.progress} onCancel={job.cancel} />
        )}
      </section>
      {runs.data.map((run) => (
        <Run key={run.run} run={run} onChanged={runs.reload} />
      ))}
    </div>
  )
}

function Run({ run, onChanged }: { readonly run: ImportRun; onChanged(): void }) {
  const text = useText()
  const job = useJob()
  const drop = useAction('import.drop-run')
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const waiting = run.files.filter((file) => file.state === 'waiting')
  const rows = waiting.reduce((sum, file) => sum + file.accepted, 0)
  const start = () => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const result = await call('import.run', { run: run.run, reason, job: id }, { signal })
      if (!result.ok && result.error.code !== 'call/cancelled') setFailure(result.error)
      markChanged('archive', 'control')
      onChanged()
    })
  }
  return (
    <section className="card" aria-label={run.folder}>
      <h2>{text('folder.run', { folder: run.folder, at: momentText(run.at) })}</h2>
      <RunTable files={run.files} />
      <ErrorNotice failure={failure ?? drop.failure} />
      {job.progress === null ? null : (
        <ProgressBar label={text('import.writing')} {...job.progress} onCancel={job.cancel} />
      )}
      <div className="run-actions">
        <Button
          disabled={job.progress !== null}
          onClick={() => void drop.run({ run: run.run }).then(() => onChanged())}
        >
          {text('folder.drop')}
        </Button>
        {waiting.length === 0 ? null : (
          <>
            <Input
              aria-label={text('import.reason')}
              placeholder={text('import.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button type="primary" loading={job.progress !== null} onClick={start}>
              {text('folder.import', { files: waiting.length, rows })}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}

function RunTable({ files }: { readonly files: readonly RunFile[] }) {
  const text = useText()
  const textOr = useTextOr()
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">{text('column.file')}</th>
          <th scope="col">{text('import.profile')}</th>
          <th scope="col" className="is-end">
            {text('import.accepted')}
          </th>
          <th scope="col" className="is-end">
            {text('import.quarantined')}
          </th>
          <th scope="col">{text('folder.state')}</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.name}>
            <td>{file.name}</td>
            <td>{file.profileName}</td>
            <td className="is-end number">{file.accepted.toLocaleString('en-US')}</td>
            <td className="is-end number">{file.quarantined.toLocaleString('en-US')}</td>
            <td className={file.state === 'refused' ? 'problem' : ''}>
              {file.failure === null ? text(`folder.${file.state}`) : textOr(`error.${file.failure}`, {})}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
