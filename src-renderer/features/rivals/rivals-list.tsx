import { hrefOf } from '../../app/routes.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { useQueue } from '../queue/use-queue.ts'

/** Records whose revisions were made apart and wait for somebody to choose. */
export function RivalsList() {
  const text = useText()
  const queue = useQueue('rivals')
  return (
    <div className="page">
      <PageHeader title={text('rivals.title')} hint={text('rivals.list.hint')} />
      <QueueTable
        label={text('rivals.title')}
        queue={queue}
        emptyTitle={text('rivals.list.none')}
        emptyHint={text('rivals.list.none.hint')}
        openLabel={text('rivals.compare')}
        itemHref={(item) => hrefOf('dossiers', item.cadre, 'rivals', item.record)}
      />
    </div>
  )
}
