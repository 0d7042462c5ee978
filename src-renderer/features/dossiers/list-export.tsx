import { Alert, Button, Checkbox, Skeleton } from 'antd'
import { useState } from 'react'
import { listColumns, type ListColumn } from '../../../src-shared/contract/listing.ts'
import { isComplete, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { PurposeFields } from '../disclosure/purpose-fields.tsx'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { useDossierList } from './list-state.ts'

/** Takes the list beside it along as a file: what for is always said. */
export function ListExport() {
  const text = useText()
  const query = useDossierList((list) => list.query)
  const total = useDossierList((list) => list.total)
  const policy = useQuery('disclosure.policy', {}, [])
  const action = useAction('dossier.export')
  const [columns, setColumns] = useState<readonly ListColumn[]>(listColumns)
  const [purpose, setPurpose] = useState<Purpose>({ kind: '', words: '' })
  const [isTried, setTried] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const [written, setWritten] = useState<{ readonly file: string; readonly lines: number } | null>(null)
  if (policy.failure !== null) return <ErrorNotice failure={policy.failure} onRetry={policy.reload} />
  if (policy.data === null) return <Skeleton active className="page" />
  const isReady = isComplete(policy.data, purpose) && columns.length > 0
  const run = async (folder: string) => {
    setTried(true)
    if (!isReady) return
    const done = await action.run({ query, columns: [...columns], purpose, folder })
    if (done.ok) setWritten(done.value)
  }
  return (
    <div className="page">
      <PageHeader title={text('list-export.open')} hint={text('list-export.what')} />
      {written === null ? (
        <section className="card panel" aria-label={text('list-export.open')}>
          <p className="prose-line">{text('dossiers.total', { total })}</p>
          <Checkbox.Group
            aria-label={text('list-export.columns')}
            value={[...columns]}
            options={listColumns.map((column) => ({
              value: column,
              label: text(`list-export.column.${column}`),
            }))}
            // Always in the order of the sheet.
            onChange={(chosen) => setColumns(listColumns.filter((column) => chosen.includes(column)))}
          />
          <PurposeFields policy={policy.data} purpose={purpose} isTried={isTried} onChange={setPurpose} />
          <FolderBrowser path={path} onPath={setPath}>
            {(folder) => (
              <div className="panel-actions">
                <Button
                  type="primary"
                  loading={action.isBusy}
                  disabled={!isReady}
                  onClick={() => void run(folder.path)}
                >
                  {text('list-export.here')}
                </Button>
                <Button href={hrefOf('dossiers')}>{text('do.cancel')}</Button>
              </div>
            )}
          </FolderBrowser>
          <ErrorNotice failure={action.failure} />
        </section>
      ) : (
        <Alert
          type="success"
          showIcon
          title={text('list-export.done', { count: written.lines })}
          description={<code>{written.file}</code>}
          action={<Button href={hrefOf('dossiers')}>{text('do.close')}</Button>}
        />
      )}
    </div>
  )
}
