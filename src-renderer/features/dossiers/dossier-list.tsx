import { FilterOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { DossierLine, ListingQuery } from '../../../src-shared/contract/listing.ts'
import { useChanges } from '../../app/changes.ts'
import { goTo, hrefOf, setSearch, useRoute } from '../../app/routes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { RangeTable } from '../../ui/range-table.tsx'
import { useText } from '../../ui/text.ts'
import { DossierRow } from './dossier-row.tsx'
import { ListFilters } from './list-filters.tsx'
import { addressOfFilter, conditionsOf, filterOfAddress, sameQuery } from './list-query.ts'
import { lineAt, listPosition, useDossierList } from './list-state.ts'
import { ListViews } from './list-views.tsx'

interface DossierListProps {
  readonly selected: string | null
  readonly mayOpen: boolean
}

/** A keystroke waits so long for the next before the core is asked. */
const typingMilliseconds = 150

export function DossierList({ selected, mayOpen }: DossierListProps) {
  const text = useText()
  const address = useRoute((route) => (route.parts[0] === 'dossiers' ? route.search : ''))
  const list = useDossierList()
  const [typed, setTyped] = useState(list.query.search)
  const [isFiltering, setFiltering] = useState(false)
  const search = useRef<InputRef>(null)
  const pane = useRef<HTMLElement>(null)
  const filter = useMemo(() => filterOfAddress(address), [address])
  const query: ListingQuery = useMemo(() => ({ ...filter, search: typed.trim() }), [filter, typed])
  useListing(query)
  const show = (next: ListingQuery) => {
    setTyped(next.search)
    setSearch(addressOfFilter(next))
  }
  const conditions = conditionsOf(filter)
  const isEmpty = list.total === 0 && !list.isLoading && list.failure === null
  const rowAt = useCallback((index: number) => lineAt(list.pages, index), [list.pages])
  const open = (line: DossierLine) => goTo('dossiers', line.id)
  /** Letters typed at a row go to the search; from the search one steps down into the list. */
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const isAtRow = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'row'
    if (isAtRow && event.key.length === 1 && event.key !== ' ') search.current?.focus()
  }
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'ArrowDown') return
    pane.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()
    event.preventDefault()
  }
  return (
    <section className="beside-list" aria-label={text('dossiers.list')} ref={pane} onKeyDown={onKey}>
      <div className="beside-tools">
        <Input
          ref={search}
          type="search"
          allowClear
          prefix={<SearchOutlined aria-hidden="true" />}
          placeholder={text('dossiers.search.short')}
          title={text('dossiers.search.any')}
          aria-label={text('dossiers.search.any')}
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <Button
          icon={<FilterOutlined />}
          type={conditions > 0 ? 'primary' : 'default'}
          ghost={conditions > 0}
          aria-expanded={isFiltering}
          title={text('dossiers.filter')}
          aria-label={
            conditions > 0 ? text('dossiers.filter.count', { count: conditions }) : text('dossiers.filter')
          }
          onClick={() => setFiltering(!isFiltering)}
        >
          {conditions > 0 ? String(conditions) : null}
        </Button>
        {mayOpen ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            href={hrefOf('dossiers', 'new')}
            title={text('dossiers.new')}
            aria-label={text('dossiers.new')}
          />
        ) : null}
      </div>
      <ListViews query={query} onShow={show} />
      {isFiltering ? (
        <ListFilters filter={filter} onChange={(next) => setSearch(addressOfFilter(next))} />
      ) : null}
      <ErrorNotice failure={list.failure} onRetry={() => void list.reload()} />
      {isEmpty ? (
        query.search === '' && conditions === 0 ? (
          <EmptyState
            isSmall
            title={text('dossiers.none')}
            hint={text(mayOpen ? 'dossiers.none.enterer' : 'dossiers.none.others')}
          />
        ) : (
          <EmptyState
            isSmall
            title={text('dossiers.not-found')}
            hint={text(conditions > 0 ? 'dossiers.not-found.filter' : 'dossiers.not-found.hint')}
          />
        )
      ) : (
        <RangeTable
          key={JSON.stringify(list.query)}
          label={text('dossiers.list')}
          count={list.total}
          rowAt={rowAt}
          rowKey={(line) => line.id}
          rowHeight={54}
          selected={selected}
          startAt={listPosition.offset}
          render={(line, isActive) => <DossierRow line={line} isActive={isActive} />}
          onOpen={open}
          onRange={list.need}
          onScroll={(offset) => {
            listPosition.offset = offset
          }}
        />
      )}
      <div className="beside-foot">
        <p role="status">
          {text(list.isCut ? 'dossiers.total.cut' : 'dossiers.total', { total: list.total })}
          {list.pending === 0 ? '' : text('dossiers.pending', { count: list.pending })}
        </p>
        {list.total === 0 || list.isCut ? null : (
          <a href={hrefOf('dossiers', 'export')}>{text('list-export.open')}</a>
        )}
      </div>
    </section>
  )
}

/** Asks for another list when the query changes, and again for this one when the logs grow. */
function useListing(query: ListingQuery): void {
  const { show, reload } = useDossierList.getState()
  const version = useChanges((counts) => counts.archive + counts.discipline)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      void (sameQuery(query, useDossierList.getState().query) ? reload() : show(query))
      return undefined
    }
    const asked = useDossierList.getState().query
    if (sameQuery(query, asked)) return undefined
    const wait = query.search.trim() === asked.search.trim() ? 0 : typingMilliseconds
    const timer = window.setTimeout(() => void show(query), wait)
    return () => window.clearTimeout(timer)
  }, [query, show, reload])
  const seen = useRef(version)
  useEffect(() => {
    if (seen.current === version) return
    seen.current = version
    void reload()
  }, [version, reload])
}
