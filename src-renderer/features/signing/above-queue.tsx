import { Alert, Button } from 'antd'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { useQueue } from '../queue/use-queue.ts'

/** What waits for the level above: its signature, or its word on a disagreement. */
export function AboveQueue() {
  const text = useText()
  const unit = useQuery('unit.read', {}, ['control'])
  const isAlone = unit.data !== null && unit.data.upstream === null
  return (
    <>
      {isAlone ? (
        <Alert type="warning" showIcon title={text('above.no-node')} />
      ) : (
        <Alert
          type="info"
          showIcon
          title={text('above.send')}
          action={<Button href={hrefOf('sync')}>{text('above.sync')}</Button>}
        />
      )}
      <AboveList kind="awaiting-above" />
      <AboveList kind="referred" />
    </>
  )
}

function AboveList({ kind }: { readonly kind: 'awaiting-above' | 'referred' }) {
  const text = useText()
  const queue = useQueue(kind)
  const label = text(`queue.${kind}`)
  return (
    <section aria-label={label}>
      <h2 className="queue-heading">{label}</h2>
      <QueueTable
        label={label}
        queue={queue}
        emptyTitle={text(`above.none.${kind}`)}
        emptyHint=""
        openLabel={text('above.open')}
        itemHref={(item) => hrefOf('dossiers', item.cadre, item.record)}
      />
    </section>
  )
}
