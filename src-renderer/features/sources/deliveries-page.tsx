import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { SourceCard } from './source-card.tsx'
import { SourceForm } from './source-form.tsx'

/** Every source with what became of its periods. */
export function DeliveriesPage() {
  const text = useText()
  const found = useQuery('source.list', {}, ['control', 'archive'])
  const [isNew, setNew] = useState(false)
  if (found.failure !== null) return <ErrorNotice failure={found.failure} onRetry={found.reload} />
  if (found.data === null) return <Skeleton active />
  const { sources, may, today } = found.data
  return (
    <>
      {may.plan && !isNew ? (
        <p>
          <Button type="primary" onClick={() => setNew(true)}>
            {text('deliveries.new')}
          </Button>
        </p>
      ) : null}
      {isNew ? <SourceForm source={null} today={today} onClose={() => setNew(false)} /> : null}
      {sources.length === 0 && !isNew ? (
        <EmptyState title={text('deliveries.none')} hint={text('deliveries.none.hint')} />
      ) : null}
      {sources.map((source) => (
        <SourceCard key={source.source} source={source} today={today} may={may} onChanged={found.reload} />
      ))}
    </>
  )
}
