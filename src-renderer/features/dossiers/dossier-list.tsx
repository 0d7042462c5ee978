import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { CadreLine } from '../../../src-shared/contract/views.ts'
import { useChanges } from '../../app/changes.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, type Text } from '../../ui/text.ts'
import { VirtualTable, type VirtualColumn } from '../../ui/virtual-table.tsx'
import { useDossierList } from './list-state.ts'

interface DossierListProps {
  readonly selected: string | null
  readonly mayOpen: boolean
}

/** A keystroke waits so long for the next before the core is asked. */
const typingMilliseconds = 150

export function DossierList({ selected, mayOpen }: DossierListProps) {
  const text = useText()
  const list = useDossierList()
  const [typed, setTyped] = useState(list.search)
  const version = useChanges((counts) => counts.archive + counts.discipline)
  const { find, reload } = list
  useEffect(() => void reload(), [reload, version])
  useEffect(() => {
    if (typed.trim() === useDossierList.getState().search) return undefined
    const timer = window.setTimeout(() => void find(typed), typingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed, find])
  const isEmpty = list.items.length === 0 && !list.isLoading && list.failure === null
  return (
    <section className="beside-list" aria-label={text('dossiers.list')}>
      <div className="beside-tools">
        <Input
          type="search"
          allowClear
          prefix={<SearchOutlined aria-hidden="true" />}
          placeholder={text('dossiers.search')}
          aria-label={text('dossiers.search')}
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
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
      <ErrorNotice failure={list.failure} onRetry={() => void list.reload()} />
      {isEmpty ? (
        list.search === '' ? (
          <EmptyState
            isSmall
            title={text('dossiers.none')}
            hint={text(mayOpen ? 'dossiers.none.enterer' : 'dossiers.none.others')}
          />
        ) : (
          <EmptyState isSmall title={text('dossiers.not-found')} hint={text('dossiers.not-found.hint')} />
        )
      ) : (
        <VirtualTable
          label={text('dossiers.list')}
          rows={list.items}
          columns={columns(text)}
          rowKey={(line) => line.id}
          rowHeight={52}
          hasHeader={false}
          selected={selected}
          onOpen={(line) => goTo('dossiers', line.id)}
          onEnd={() => void list.loadMore()}
        />
      )}
      <p className="beside-foot" role="status">
        {text('dossiers.count', { shown: list.items.length, total: list.total })}
      </p>
    </section>
  )
}

function columns(text: Text): readonly VirtualColumn<CadreLine>[] {
  return [
    {
      key: 'who',
      title: text('column.cadre'),
      width: 'minmax(0, 1fr)',
      render: (line) => (
        <div className="who">
          <span className="who-name">
            {line.name}
            {line.identityTail === null ? null : (
              <span className="number who-tail">**** {line.identityTail}</span>
            )}
          </span>
          <span className="who-post">{line.post ?? text('dossiers.no-post')}</span>
        </div>
      ),
    },
    {
      key: 'state',
      title: text('column.status'),
      width: 'max-content',
      align: 'end',
      render: (line) => (
        <div className="who-state">
          <span className="number" title={text('dossiers.archived')}>
            {text('dossiers.archived.count', { count: line.archived })}
          </span>
          {line.incomplete ? (
            <Mark shape="▲" tone="watch" word={text('dossiers.incomplete')} />
          ) : line.waiting > 0 ? (
            <span className="number who-waiting">
              {text('dossiers.waiting.count', { count: line.waiting })}
            </span>
          ) : null}
        </div>
      ),
    },
  ]
}
