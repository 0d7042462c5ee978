import { Button } from 'antd'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { useImport, type Imported } from './import-state.ts'
import { TwinsNotice } from '../twins/twins-notice.tsx'

/** What the import did, and what happens next. */
export function ImportedStep({ imported }: { readonly imported: Imported }) {
  const text = useText()
  const restart = useImport((state) => state.restart)
  return (
    <div className="submitted" role="status">
      <h2>{text('imported.title', { count: imported.accepted })}</h2>
      <p>{text('imported.opened', { count: imported.opened })}</p>
      <TwinsNotice />
      <p>
        {text(imported.quarantined === 0 ? 'imported.clean' : 'imported.quarantined', {
          count: imported.quarantined,
        })}
      </p>
      <p>{text('imported.next')}</p>
      <div className="empty-actions">
        <Button type="primary" onClick={restart}>
          {text('imported.again')}
        </Button>
        <Button href={hrefOf('import', 'batches')}>{text('import.tab.batches')}</Button>
        {imported.quarantined === 0 ? null : (
          <Button href={hrefOf('import', 'quarantine')}>{text('import.tab.quarantine')}</Button>
        )}
      </div>
    </div>
  )
}
