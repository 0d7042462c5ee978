import { DownloadOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AccessLine, AccessPage } from '../../../src-shared/contract/audit.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useChanges } from '../../app/changes.ts'
import { call } from '../../bridge/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { filterOf, isFiltered, noFilters, useAudit, type Filters } from './audit-state.ts'
import { useEntryColumns } from './entry-columns.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { ExportPanel } from './export-panel.tsx'
import { FilterBar } from './filter-bar.tsx'

const pageSize = 200
const nameOf = (line: AccessLine) => `${line.leaf}/${line.operation}`

/** Who looked at what, newest first, under the filters. */
export function Entries() {
  const text = useText()
  const { filters, set } = useAudit()
  const { page, failure, loadMore, reload } = usePage(filters)
  const [opened, setOpened] = useState<AccessLine | null>(null)
  const [isExporting, setExporting] = useState(false)
  const columns = useEntryColumns()
  return (
    <>
      <FilterBar />
      <div className="audit-bar">
        <span className="number" role="status">
          {page === null ? '' : text('audit.total', { count: page.total })}
        </span>
        <Button type="link" disabled={!isFiltered(filters)} onClick={() => set(noFilters)}>
          {text('audit.filter.clear')}
        </Button>
        <span className="topbar-space" />
        <Button
          icon={<DownloadOutlined />}
          disabled={page === null || page.total === 0}
          aria-expanded={isExporting}
          onClick={() => setExporting((was) => !was)}
        >
          {text('audit.export')}
        </Button>
      </div>
      {isExporting ? <ExportPanel filters={filters} onClose={() => setExporting(false)} /> : null}
      <ErrorNotice failure={failure} onRetry={reload} />
      {page === null && failure === null ? <Skeleton active /> : null}
      {page === null || page.total > 0 ? null : isFiltered(filters) ? (
        <EmptyState title={text('audit.none.fits')} hint={text('audit.none.fits.hint')} />
      ) : (
        <EmptyState title={text('audit.none')} hint={text('audit.none.hint')} />
      )}
      {page === null || page.total === 0 ? null : (
        <div className="rows-frame rows-tall">
          <VirtualTable
            label={text('audit.entries')}
            rows={page.items}
            columns={columns}
            rowKey={nameOf}
            selected={opened === null ? null : nameOf(opened)}
            onOpen={setOpened}
            onEnd={loadMore}
            minWidth="74rem"
          />
        </div>
      )}
      <EntryDrawer line={opened} onClose={() => setOpened(null)} />
    </>
  )
}

/** Pages of the list, begun anew when the filters change or the log grows. */
function usePage(filters: Filters) {
  const [page, setPage] = useState<AccessPage | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const newest = useRef(0)
  const isReading = useRef(false)
  const version = useChanges((counts) => counts.control)
  const read = useCallback(
    async (before: AccessPage | null) => {
      newest.current += 1
      const mine = newest.current
      isReading.current = true
      const after = before?.next ?? null
      const result = await call('access.list', { filter: filterOf(filters), after, limit: pageSize })
      if (mine !== newest.current) return
      isReading.current = false
      setFailure(result.ok ? null : result.error)
      if (!result.ok) return
      const { value } = result
      setPage(before === null ? value : { ...value, items: [...before.items, ...value.items] })
    },
    [filters],
  )
  // The version is what makes the answer old.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => void read(null), [read, version])
  const loadMore = useCallback(() => {
    if (page !== null && page.next !== null && !isReading.current) void read(page)
  }, [page, read])
  return { page, failure, loadMore, reload: () => void read(null) }
}
