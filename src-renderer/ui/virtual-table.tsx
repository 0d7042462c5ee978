import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'

export interface VirtualColumn<Row> {
  readonly key: string
  readonly title: ReactNode
  /** A track of CSS grid: `8rem`, `minmax(10rem, 1fr)`. */
  readonly width: string
  readonly align?: 'end' | 'center'
  render(row: Row): ReactNode
}

interface VirtualTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly VirtualColumn<Row>[]
  rowKey(row: Row): string
  /** Pixels at the standard text size. */
  readonly rowHeight?: number
  readonly selected?: string | null
  readonly onOpen?: (row: Row) => void
  /** Called when the end of the loaded rows comes into view. */
  readonly onEnd?: () => void
  readonly hasHeader?: boolean
  /** Narrower than this, it scrolls sideways, header and rows together. */
  readonly minWidth?: string
}

/** A table of any length: only the rows in view exist. Rows that can be opened are reached by the arrow keys. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowKey, rowHeight = 34, selected = null, onOpen, onEnd } = props
  const { hasHeader = true, minWidth = '0' } = props
  const scroller = useRef<HTMLDivElement>(null)
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 14
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.round(rowHeight * scale),
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (onEnd !== undefined && lastIndex >= 0 && lastIndex >= rows.length - 20) onEnd()
  }, [lastIndex, rows.length, onEnd])
  const template = columns.map((column) => column.width).join(' ')
  const isGrid = onOpen !== undefined
  const key = useRef(rowKey)
  const selectedIndex = useMemo(
    () => (selected === null ? -1 : rows.findIndex((row) => key.current(row) === selected)),
    [rows, selected],
  )
  const shownOnce = useRef<string | null>(null)
  useEffect(() => {
    // Once for each choice: whoever scrolls away from it stays where they are.
    if (selectedIndex < 0 || shownOnce.current === selected) return
    shownOnce.current = selected
    virtual.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selected, selectedIndex, virtual])
  return (
    <div className="vtable">
      <div
        className="vtable-inner"
        style={{ minWidth }}
        role={isGrid ? 'grid' : 'table'}
        aria-label={label}
        aria-rowcount={rows.length}
      >
        {hasHeader ? (
          <div role="rowgroup" className="vtable-head">
            <div role="row" className="vtable-row" style={{ gridTemplateColumns: template }}>
              {columns.map((column) => (
                <div key={column.key} role="columnheader" className={cellClass(column.align)}>
                  {column.title}
                </div>
              ))}
            </div>
          </div>
        ) : null}
        <div
          role="rowgroup"
          className={hasHeader ? 'vtable-body is-headed' : 'vtable-body'}
          ref={scroller}
          tabIndex={isGrid ? -1 : 0}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => {
              const row = rows[item.index]
              if (row === undefined) return null
              return (
                <div
                  key={rowKey(row)}
                  role="row"
                  aria-rowindex={item.index + 1}
                  {...(onOpen === undefined
                    ? {}
                    : {
                        tabIndex: item.index === Math.max(0, selectedIndex) ? 0 : -1,
                        'aria-selected': item.index === selectedIndex,
                        onClick: () => onOpen(row),
                        onKeyDown: (event: KeyboardEvent<HTMLDivElement>) =>
                          onRowKey(event, () => onOpen(row)),
                      })}
                  className={[
                    'vtable-row',
                    isGrid ? 'is-openable' : '',
                    item.index === selectedIndex ? 'is-selected' : '',
                  ].join(' ')}
                  style={{
                    gridTemplateColumns: template,
                    position: 'absolute',
                    insetInline: 0,
                    height: item.size,
                    transform: `translateY(${item.start}px)`,
                  }}
                >
                  {columns.map((column) => (
                    <div
                      key={column.key}
                      role={isGrid ? 'gridcell' : 'cell'}
                      className={cellClass(column.align)}
                    >
                      {column.render(row)}
                    </div>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

function cellClass(align: VirtualColumn<unknown>['align']): string {
  return align === undefined ? 'vtable-cell' : `vtable-cell is-${align}`
}

function onRowKey(event: KeyboardEvent<HTMLDivElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    open()
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    const row = event.currentTarget
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
    if (next instanceof HTMLElement) next.focus()
  }
}
