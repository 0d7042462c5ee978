import { Button, Checkbox, Pagination, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { BatchRemarks, BatchValues } from '../queue/batch-values.tsx'
import { batchPageSize, useBatch, wholeBatch } from '../queue/use-batch.ts'
import { SignBar } from './sign-bar.tsx'
import { SignOutcome } from './sign-outcome.tsx'

/** The agreed rows of a batch: chosen page by page, signed once. */
export function SignBatch({ batch }: { readonly batch: string }) {
  const text = useText()
  const { catalogue } = useDesk()
  const page = useBatch(batch, 'to-sign')
  const [chosen, setChosen] = useState<ReadonlyMap<string, BatchRow>>(new Map())
  const [isReading, setReading] = useState(false)
  const [unread, setUnread] = useState<Failure | null>(null)
  const isPageChosen = page.rows.length > 0 && page.rows.every((row) => chosen.has(row.revision))
  const choose = (rows: readonly BatchRow[], isChosen: boolean) => {
    const next = new Map(chosen)
    for (const row of rows) {
      if (isChosen) next.set(row.revision, row)
      else next.delete(row.revision)
    }
    setChosen(next)
  }
  const chooseAll = async () => {
    setReading(true)
    const rows = await wholeBatch(batch, 'to-sign')
    setReading(false)
    if (rows.ok) choose(rows.value, true)
    else setUnread(rows.error)
  }
  return (
    <div className="page">
      <PageHeader
        title={text('sign.batch')}
        hint={text('sign.batch.hint', { count: page.total })}
        actions={
          <>
            <Button loading={isReading} disabled={page.total === 0} onClick={() => void chooseAll()}>
              {text('sign.choose-all', { count: page.total })}
            </Button>
            <Button href={hrefOf('signing', 'sign')}>{text('signing.back')}</Button>
          </>
        }
      />
      <SignOutcome />
      <ErrorNotice failure={page.failure ?? unread} onRetry={page.reload} />
      {page.rows.length === 0 ? (
        page.isLoading ? (
          <Skeleton active />
        ) : (
          <EmptyState title={text('sign.none')} hint={text('sign.none.hint')} />
        )
      ) : (
        <>
          <table className="grid-table batch-table" aria-busy={page.isLoading}>
            <thead>
              <tr>
                <th scope="col" className="is-check">
                  <Checkbox
                    aria-label={text('sign.choose-page')}
                    checked={isPageChosen}
                    onChange={(event) => choose(page.rows, event.target.checked)}
                  />
                </th>
                <th scope="col">{text('column.cadre')}</th>
                <th scope="col">{text('column.category')}</th>
                <th scope="col">{text('column.values')}</th>
                <th scope="col">{text('column.remarks')}</th>
                <th scope="col">{text('column.status')}</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.revision}>
                  <td className="is-check">
                    <Checkbox
                      aria-label={text('queue.choose', { name: row.cadreName, summary: row.summary })}
                      checked={chosen.has(row.revision)}
                      onChange={(event) => choose([row], event.target.checked)}
                    />
                  </td>
                  <td className="nowrap">{row.cadreName}</td>
                  <td className="nowrap">{findCategory(catalogue, row.category)?.name ?? row.category}</td>
                  <td>
                    <BatchValues row={row} />
                  </td>
                  <td>
                    <BatchRemarks row={row} />
                  </td>
                  <td className="nowrap">
                    <StatusTag status={row.status} />
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
        </>
      )}
      <SignBar
        places={[...chosen.values()]}
        onSigned={(signed) => {
          setChosen(new Map())
          if (signed.done >= page.total) goTo('signing', 'sign')
          else page.reload()
        }}
      />
    </div>
  )
}
