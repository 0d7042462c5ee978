import { Drawer, Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { RecordDetail } from '../record/record-detail.tsx'

interface RecordDrawerProps {
  /** Null shows nothing. */
  readonly record: string | null
  onClose(): void
}

/** A record over its dossier: nothing else ever opens over it. */
export function RecordDrawer({ record, onClose }: RecordDrawerProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const view = useQuery('record.read', record === null ? null : { record })
  const category = view.data === null ? null : findCategory(catalogue, view.data.category)
  return (
    <Drawer
      open={record !== null}
      onClose={onClose}
      rootClassName="below-topbar"
      size="min(64rem, 94vw)"
      title={
        view.data === null
          ? text('record.title')
          : `${view.data.cadreName} · ${category?.name ?? view.data.category}`
      }
      closable={{ 'aria-label': text('do.close') }}
      destroyOnHidden
    >
      <ErrorNotice failure={view.failure} onRetry={view.reload} />
      {view.isLoading ? <Skeleton active /> : null}
      {view.data === null ? null : <RecordDetail record={view.data} />}
    </Drawer>
  )
}
