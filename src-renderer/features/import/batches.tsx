import { Progress, Skeleton } from 'antd'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** Tables taken in so far, and how much of each is archived. */
export function Batches() {
  const text = useText()
  const batches = useQuery('import.batches', {})
  if (batches.failure !== null) return <ErrorNotice failure={batches.failure} onRetry={batches.reload} />
  if (batches.data === null) return <Skeleton active />
  if (batches.data.length === 0) {
    return <EmptyState title={text('batches.none')} hint={text('batches.none.hint')} />
  }
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">{text('column.file')}</th>
          <th scope="col">{text('column.source')}</th>
          <th scope="col">{text('column.author')}</th>
          <th scope="col">{text('column.time')}</th>
          <th scope="col" className="is-end">
            {text('import.accepted')}
          </th>
          <th scope="col" className="is-end">
            {text('import.quarantined')}
          </th>
          <th scope="col">{text('batches.archived')}</th>
        </tr>
      </thead>
      <tbody>
        {batches.data.map((batch) => (
          <tr key={batch.batch}>
            <td>{batch.file}</td>
            <td>{batch.source}</td>
            <td className="nowrap">{batch.memberName}</td>
            <td className="nowrap number">{momentText(batch.at)}</td>
            <td className="is-end number">{batch.accepted.toLocaleString('en-US')}</td>
            <td className="is-end number">{batch.quarantined.toLocaleString('en-US')}</td>
            <td>
              <Progress
                size="small"
                aria-label={text('batches.archived')}
                percent={batch.accepted === 0 ? 0 : Math.floor((batch.archived / batch.accepted) * 100)}
                format={() =>
                  `${batch.archived.toLocaleString('en-US')} / ${batch.accepted.toLocaleString('en-US')}`
                }
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
