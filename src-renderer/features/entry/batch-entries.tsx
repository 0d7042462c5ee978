import { Button, Pagination } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchLine } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { batchPageSize, useBatch } from '../queue/use-batch.ts'

interface BatchEntriesProps {
  readonly batch: BatchLine
  readonly kind: 'on-the-way' | 'returned'
}

/** An import of this member's: how many of its rows are here, and on asking which. */
export function BatchEntries({ batch, kind }: BatchEntriesProps) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <div className="batch">
        <span className="batch-name">{batch.name}</span>
        <span className="number">{text('queue.rows', { count: batch.count })}</span>
        <time className="number" dateTime={batch.submittedAt}>
          {momentText(batch.submittedAt)}
        </time>
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {text('mine.rows')}
        </Button>
      </div>
      {isOpen ? <Rows batch={batch} kind={kind} /> : null}
    </li>
  )
}

function Rows({ batch, kind }: BatchEntriesProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const page = useBatch(batch.batch, kind)
  return (
    <div className="batch-rows">
      <ErrorNotice failure={page.failure} onRetry={page.reload} />
      <table className="grid-table" aria-busy={page.isLoading}>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.revision}>
              <td className="nowrap">
                <a href={hrefOf('dossiers', row.cadre, row.record)}>{row.cadreName}</a>
              </td>
              <td className="nowrap">{findCategory(catalogue, row.category)?.name ?? row.category}</td>
              <td className="one-line-cell" title={row.summary}>
                {row.summary}
              </td>
              <td className="nowrap">
                <StatusTag status={row.status} />
              </td>
              <td className="nowrap">
                {kind === 'returned' ? (
                  <Button size="small" href={hrefOf('entry', row.cadre, row.category, row.record)}>
                    {text('mine.enter-again')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination
        align="end"
        hideOnSinglePage
        showSizeChanger={false}
        pageSize={batchPageSize}
        current={page.page + 1}
        total={page.total}
        onChange={(number) => page.turnTo(number - 1)}
      />
    </div>
  )
}
