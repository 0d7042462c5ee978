interface PlaceTab {
  readonly key: string
  readonly parts: readonly string[]
  readonly label: string
  readonly count?: number
}

interface PlaceTabsProps {
  readonly label: string
  readonly current: string
  readonly items: readonly PlaceTab[]
}

/** Views of one place that have addresses of their own. */
export function PlaceTabs({ label, current, items }: PlaceTabsProps) {
  return (
    <nav className="place-tabs" aria-label={label}>
      {items.map((item) => (
        <a
          key={item.key}
          href={`#/${item.parts.map(encodeURIComponent).join('/')}`}
          {...(item.key === current ? { 'aria-current': 'page' } : {})}
        >
          {item.label}
          {item.count === undefined || item.count === 0 ? null : (
            <span className="number tab-count">{item.count.toLocaleString('en-US')}</span>
          )}
        </a>
      ))}
    </nav>
  )
}
