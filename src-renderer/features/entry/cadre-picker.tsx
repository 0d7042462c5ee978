import { Button, Input } from 'antd'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

const shownCadres = 12

/** Whose record is entered: typed, not scrolled for. */
export function CadrePicker() {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSearch(typed.trim())
      setActive(0)
    }, 150)
    return () => window.clearTimeout(timer)
  }, [typed])
  const found = useQuery('cadre.list', { search, after: null, limit: shownCadres })
  const items = found.data?.items ?? []
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setActive(Math.min(items.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Enter') {
      const cadre = items[active]
      if (cadre !== undefined && typed.trim() === search) goTo('entry', cadre.id)
    } else return
    event.preventDefault()
  }
  return (
    <div className="picker">
      <FormLine id="cadre-search" label={text('picker.who')} hint={text('picker.hint')}>
        <Input
          id="cadre-search"
          autoFocus
          size="large"
          autoComplete="off"
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls="cadre-options"
          {...(items[active] === undefined ? {} : { 'aria-activedescendant': `option-${items[active].id}` })}
          placeholder={text('dossiers.search')}
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKey}
        />
      </FormLine>
      <ErrorNotice failure={found.failure} onRetry={found.reload} />
      {found.data !== null && items.length === 0 ? (
        <EmptyState
          isSmall
          title={text(search === '' ? 'dossiers.none' : 'dossiers.not-found')}
          hint={text('picker.none.hint')}
        >
          <Button type="primary" href={hrefOf('dossiers', 'new')}>
            {text('dossiers.new')}
          </Button>
        </EmptyState>
      ) : null}
      <ul id="cadre-options" role="listbox" className="picker-list" aria-label={text('picker.found')}>
        {items.map((line, index) => (
          <li
            key={line.id}
            id={`option-${line.id}`}
            role="option"
            aria-selected={index === active}
            onMouseEnter={() => setActive(index)}
            onClick={() => goTo('entry', line.id)}
            // The search field keeps the focus and moves the choice.
            onKeyDown={onKey}
          >
            <span className="picker-name">{line.name}</span>
            <span className="number picker-tail">
              {line.identityTail === null ? text('dossiers.incomplete') : `**** ${line.identityTail}`}
            </span>
            <span className="picker-post">{line.post ?? ''}</span>
          </li>
        ))}
      </ul>
      {found.data !== null && found.data.total > items.length ? (
        <p className="prose-faint">{text('picker.more', { count: found.data.total - items.length })}</p>
      ) : null}
    </div>
  )
}
