import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { everyDossier, type ListingQuery, type SavedView } from '../../../src-shared/contract/listing.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { sameQuery } from './list-query.ts'

interface ListViewsProps {
  readonly query: ListingQuery
  onShow(query: ListingQuery): void
}

/** The lists that a member keeps, beside the whole one. */
export function ListViews({ query, onShow }: ListViewsProps) {
  const text = useText()
  const kept = useQuery('view.list', {})
  const save = useAction('view.save')
  const drop = useAction('view.drop')
  const [naming, setNaming] = useState<{ readonly view: SavedView | null } | null>(null)
  const views = kept.data?.views ?? []
  const current = views.find((view) => sameQuery(view.query, query)) ?? null
  const isEvery = sameQuery(query, everyDossier)
  const choose = (key: string) => {
    if (key === 'rename') setNaming({ view: current })
    else if (current === null) return
    else if (key === 'mark') {
      const { id, ...view } = current
      void save.run({ id, view: { ...view, isMark: !view.isMark } })
    } else void drop.run({ id: current.id })
  }
  const keep = async (name: string) => {
    const view = naming?.view ?? null
    const content = { name, query: view?.query ?? query, isMark: view?.isMark ?? false }
    const done = await save.run({ id: view?.id ?? null, view: content })
    if (done.ok) setNaming(null)
  }
  return (
    <>
      <nav className="list-views" aria-label={text('dossiers.views')}>
        <button type="button" aria-pressed={isEvery} onClick={() => onShow(everyDossier)}>
          {text('dossiers.views.every')}
        </button>
        {views.map((view) => (
          <button
            key={view.id}
            type="button"
            aria-pressed={view === current}
            onClick={() => onShow(view.query)}
          >
            {view.isMark ? `◆ ${view.name}` : view.name}
          </button>
        ))}
        {current === null ? (
          <Button size="small" type="text" disabled={isEvery} onClick={() => setNaming({ view: null })}>
            {text('dossiers.views.keep')}
          </Button>
        ) : (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'rename', label: text('dossiers.views.rename') },
                {
                  key: 'mark',
                  label: text(current.isMark ? 'dossiers.views.unmark' : 'dossiers.views.mark'),
                },
                { key: 'drop', danger: true, label: text('dossiers.views.drop') },
              ],
              onClick: ({ key }) => choose(key),
            }}
          >
            <Button
              size="small"
              type="text"
              icon={<MoreOutlined />}
              aria-label={text('dossiers.views.more', { name: current.name })}
            />
          </Dropdown>
        )}
      </nav>
      {naming === null ? null : (
        <NameForm
          initial={naming.view?.name ?? ''}
          isBusy={save.isBusy}
          onKeep={(name) => void keep(name)}
          onCancel={() => setNaming(null)}
        />
      )}
      <ErrorNotice failure={save.failure ?? drop.failure ?? kept.failure} />
    </>
  )
}

interface NameFormProps {
  readonly initial: string
  readonly isBusy: boolean
  onKeep(name: string): void
  onCancel(): void
}

function NameForm({ initial, isBusy, onKeep, onCancel }: NameFormProps) {
  const text = useText()
  const [name, setName] = useState(initial)
  const isNamed = name.trim() !== ''
  return (
    <form
      className="view-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (isNamed) onKeep(name.trim())
      }}
      onKeyDown={(event) => (event.key === 'Escape' ? onCancel() : undefined)}
    >
      <Input
        autoFocus
        size="small"
        maxLength={30}
        aria-label={text('dossiers.views.name')}
        placeholder={text('dossiers.views.name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" type="primary" htmlType="submit" loading={isBusy} disabled={!isNamed}>
        {text('dossiers.views.save')}
      </Button>
      <Button size="small" onClick={onCancel}>
        {text('do.cancel')}
      </Button>
    </form>
  )
}
