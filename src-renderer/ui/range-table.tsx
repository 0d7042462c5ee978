import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

interface RangeTableProps<Row> {
  readonly label: string
  /** Rows there are, of which only those in view are held. */
  readonly count: number
  /** Undefined for a row that has not been read yet. */
  rowAt(index: number): Row | undefined
  rowKey(row: Row): string
  /** Pixels at the standard text size. */
  readonly rowHeight: number
  readonly selected: string | null
  /** Pixels from the top at first. */
  readonly startAt: number
  /** `isActive` for the row that the arrow keys are at. */
  render(row: Row, isActive: boolean): ReactNode
  onOpen(row: Row): void
  onRange(first: number, last: number): void
  onScroll(offset: number): void
}

/** Rows a page of the keyboard moves by. */
const keyboardPage = 10

/**
 * A list of any length whose scroll bar may jump anywhere: rows are asked for where they come into view, and an empty
 * place stands for one that is on its way. The arrow keys, Page Up and Down, Home and End go through it, Enter opens.
 */
export function RangeTable<Row>(props: RangeTableProps<Row>) {
  const { label, count, rowAt, rowKey, rowHeight, selected, render, onOpen, onRange, onScroll } = props
  const scroller = useRef<HTMLDivElement>(null)
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 14
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.round(rowHeight * scale),
    initialOffset: props.startAt,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= 0) onRange(first, last)
  }, [first, last, onRange])
  const [active, setActive] = useState(0)
  const toFocus = useRef<number | null>(null)
  useEffect(() => {
    const index = toFocus.current
    if (index === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    if (row === null || row === undefined) return
    toFocus.current = null
    row.focus({ preventScroll: true })
  })
  const atIndex = Math.min(active, Math.max(0, count - 1))
  // A row that is out of view cannot take the focus: then the first one in view does.
  const reached = atIndex >= first && atIndex <= last ? atIndex : first
  const onKey = (event: KeyboardEvent<HTMLDivElement>, index: number) => {
    if (event.target !== event.currentTarget) return
    const row = rowAt(index)
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) onOpen(row)
    else {
      const next = moved(event.key, index, count)
      if (next === null) return
      toFocus.current = next
      setActive(next)
      virtual.scrollToIndex(next, { align: 'auto' })
    }
    event.preventDefault()
  }
  return (
    <div className="vtable">
      <div className="vtable-inner" role="grid" aria-label={label} aria-rowcount={count}>
        <div
          role="rowgroup"
          className="vtable-body"
          ref={scroller}
          tabIndex={-1}
          onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(({ index, size, start }) => {
              const row = rowAt(index)
              const isSelected = row !== undefined && rowKey(row) === selected
              return (
                <div
                  key={index}
                  role="row"
                  data-index={index}
                  aria-rowindex={index + 1}
                  aria-selected={isSelected}
                  aria-busy={row === undefined}
                  tabIndex={index === reached ? 0 : -1}
                  className={isSelected ? 'vtable-row is-openable is-selected' : 'vtable-row is-openable'}
                  style={{
                    position: 'absolute',
                    insetInline: 0,
                    height: size,
                    transform: `translateY(${start}px)`,
                  }}
                  onFocus={() => setActive(index)}
                  onClick={() => (row === undefined ? undefined : onOpen(row))}
                  onKeyDown={(event) => onKey(event, index)}
                >
                  <div role="gridcell" className="vtable-cell">
                    {row === undefined ? <span className="range-blank" /> : render(row, index === reached)}
                  </div>
                </div>
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

function moved(key: string, index: number, count: number): number | null {
  const within = (to: number) => Math.min(Math.max(0, to), count - 1)
  switch (key) {
    case 'ArrowDown':
      return within(index + 1)
    case 'ArrowUp':
      return within(index - 1)
    case 'PageDown':
      return within(index + keyboardPage)
    case 'PageUp':
      return within(index - keyboardPage)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
