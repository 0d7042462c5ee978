import { Button, Pagination } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchLine } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { batchPageSize, useBatch } from '../queue/use-batch.ts'

/** The rows of a batch about which the reviewers differ, each to be settled by itself. */
export function DisputedBatches({ batch }: { readonly batch: BatchLine }) {
  const text = useText()
  const { catalogue } = useDesk()
  const page = useBatch(batch.batch, 'to-adjudicate')
  return (
    <section className="card" aria-label={batch.name}>
      <h2>{text('adjudicate.batch', { name: batch.name, count: batch.count })}</h2>
      <ErrorNotice failure={page.failure} onRetry={page.reload} />
      <ul className="batches">
        {page.rows.map((row) => (
          <li key={row.revision} className="batch">
            <span className="batch-name">
              {row.cadreName} · {findCategory(catalogue, row.category)?.name}
            </span>
            <span className="batch-summary">{row.summary}</span>
            <Button
              size="small"
              href={hrefOf('signing', 'adjudicate', row.record)}
              aria-label={`${text('adjudicate.open')} ${row.cadreName} ${row.summary}`}
            >
              {text('adjudicate.open')}
            </Button>
          </li>
        ))}
      </ul>
      <Pagination
        align="end"
        hideOnSinglePage
        showSizeChanger={false}
        pageSize={batchPageSize}
        current={page.page + 1}
        total={page.total}
        onChange={(number) => page.turnTo(number - 1)}
      />
    </section>
  )
}
