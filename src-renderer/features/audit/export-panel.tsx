import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { AccessReportFiles } from '../../../src-shared/contract/audit.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { filterOf, type Filters } from './audit-state.ts'

interface ExportPanelProps {
  readonly filters: Filters
  onClose(): void
}

/** The list under its filters, signed, into a folder. */
export function ExportPanel({ filters, onClose }: ExportPanelProps) {
  const text = useText()
  const [path, setPath] = useState<string | null>(null)
  const [written, setWritten] = useState<AccessReportFiles | null>(null)
  const action = useAction('access.export')
  const run = async (folder: string) => {
    const result = await action.run({ filter: filterOf(filters), folder })
    if (result.ok) setWritten(result.value)
  }
  return (
    <section className="card panel" aria-label={text('audit.export')}>
      <h2>{text('audit.export')}</h2>
      {written === null ? (
        <>
          <p className="prose-line">{text('audit.export.what')}</p>
          <p className="is-watched">{text('audit.export.warn')}</p>
          <FolderBrowser path={path} onPath={setPath}>
            {(folder) => (
              <div className="panel-actions">
                <Button type="primary" loading={action.isBusy} onClick={() => void run(folder.path)}>
                  {text('audit.export.here')}
                </Button>
                <Button onClick={onClose}>{text('do.close')}</Button>
              </div>
            )}
          </FolderBrowser>
        </>
      ) : (
        <Alert
          type="success"
          showIcon
          title={text('audit.exported', { count: written.entries })}
          description={
            <>
              <p>
                <code>{written.file}</code>
              </p>
              <p>
                <code>{written.page}</code>
              </p>
              <p>
                SHA-256 <code className="fingerprint">{written.sha256}</code>
              </p>
            </>
          }
          action={<Button onClick={onClose}>{text('do.close')}</Button>}
        />
      )}
      <ErrorNotice failure={action.failure} />
    </section>
  )
}
