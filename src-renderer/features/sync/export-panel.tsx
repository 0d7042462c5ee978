import { Button } from 'antd'
import { useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from './folder-browser.tsx'
import { KindChoice, type BundleKind } from './kind-choice.tsx'
import { useSync } from './sync-state.ts'

/** Bundles into a folder, to be carried by hand. */
export function ExportPanel() {
  const text = useText()
  const { open, tellExported } = useSync()
  const [path, setPath] = useState<string | null>(null)
  const [kind, setKind] = useState<BundleKind>('update')
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const run = (folder: string) => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const result = await call('sync.export', { folder, kind, job: id }, { signal })
      if (result.ok) {
        tellExported(result.value)
        markChanged('control')
      } else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <section className="card panel" aria-label={text('sync.export')}>
      <h2>{text('sync.export')}</h2>
      <KindChoice kind={kind} onChange={setKind} />
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <div className="panel-actions">
            <Button type="primary" loading={job.progress !== null} onClick={() => run(folder.path)}>
              {text('sync.export.here')}
            </Button>
            <Button onClick={() => open(null)}>{text('do.close')}</Button>
          </div>
        )}
      </FolderBrowser>
      {job.progress === null ? null : (
        <ProgressBar label={text('sync.exporting')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
    </section>
  )
}
