import { Alert, Button, Popconfirm } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import { workingCopy, workingProblems } from '../../../src-shared/catalogue/editing.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { CategoryPanel } from './category-panel.tsx'
import { importCatalogue } from './exchange.ts'
import { NewCategory } from './new-category.tsx'
import { Problems } from './problems.tsx'
import { TablePanel } from './table-panel.tsx'
import { tableName } from './words.ts'
import { useWorking } from './working.ts'

const groups = ['A', 'B', 'C', 'D', 'E'] as const

/** The working copy: categories and code tables at the left, what is chosen beside them. */
export function EditorPage({ chosen }: { readonly chosen: string | null }) {
  const text = useText()
  const { base, edits, begunOn, take, undo, discard } = useWorking()
  const before = base as Catalogue
  const working = useMemo(() => workingCopy(before, edits), [before, edits])
  const problems = useMemo(() => workingProblems(before, working), [before, working])
  const changed = useMemo(() => {
    const changes = compareCatalogues(before, working)
    return new Set(changes.flatMap(({ category, table }) => [category ?? '', table ?? '']))
  }, [before, working])
  const [isAdding, setAdding] = useState(false)
  const category = working.categories.find((one) => one.id === chosen) ?? working.categories[0]
  const table = working.codeTables.find((one) => `table-${one.id}` === chosen)
  const isNewTable = chosen === 'table-new'
  return (
    <>
      <Bar
        count={edits.length}
        onUndo={undo}
        onDiscard={() => void discard()}
        onImport={(catalogue) => take({ edit: 'replace', catalogue })}
      />
      {begunOn === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('catalogue.rebased', { from: begunOn, version: before.version })}
        />
      )}
      <Problems problems={problems} versions={[working, before]} />
      <div className="catalogue-editor">
        <nav className="catalogue-list" aria-label={text('catalogue.categories')}>
          <Button block onClick={() => setAdding(true)}>
            {text('catalogue.category.add')}
          </Button>
          {groups.map((group) => (
            <ul key={group} aria-label={text(`group.${group}`)}>
              {working.categories
                .filter((one) => one.group === group)
                .map((one) => (
                  <Entry
                    key={one.id}
                    id={one.id}
                    label={one.name}
                    isCurrent={table === undefined && !isNewTable && one.id === category?.id}
                    isChanged={changed.has(one.id)}
                    isRetired={one.retired === true}
                  />
                ))}
            </ul>
          ))}
          <h3>{text('catalogue.tables')}</h3>
          <Button block href={hrefOf('settings', 'catalogue', 'edit', 'table-new')}>
            {text('catalogue.table.add')}
          </Button>
          <ul aria-label={text('catalogue.tables')}>
            {working.codeTables.map((one) => (
              <Entry
                key={one.id}
                id={`table-${one.id}`}
                label={tableName(working, one.id) ?? one.id}
                isCurrent={one.id === table?.id}
                isChanged={changed.has(one.id)}
                isRetired={false}
              />
            ))}
          </ul>
        </nav>
        <div className="catalogue-chosen">
          {isNewTable || table !== undefined ? (
            <TablePanel key={table?.id ?? 'new'} table={table ?? null} working={working} base={before} />
          ) : category === undefined ? null : (
            <CategoryPanel key={category.id} category={category} working={working} base={before} />
          )}
        </div>
      </div>
      <NewCategory
        isOpen={isAdding}
        working={working}
        onClose={(added) => {
          setAdding(false)
          if (added !== null) goTo('settings', 'catalogue', 'edit', added)
        }}
      />
    </>
  )
}

interface EntryProps {
  readonly id: string
  readonly label: string
  readonly isCurrent: boolean
  readonly isChanged: boolean
  readonly isRetired: boolean
}

function Entry({ id, label, isCurrent, isChanged, isRetired }: EntryProps) {
  const text = useText()
  const isTable = id.startsWith('table-')
  return (
    <li>
      <a
        href={hrefOf('settings', 'catalogue', 'edit', id)}
        className={isCurrent ? 'is-current' : ''}
        aria-current={isCurrent ? 'true' : undefined}
      >
        {isTable ? null : <span className="category-id">{id}</span>}
        <span className="one-line" title={label}>
          {label}
        </span>
        {isRetired ? <span className="prose-faint">{text('catalogue.retired')}</span> : null}
        {isChanged ? (
          <span className="catalogue-changed" title={text('catalogue.changed')}>
            <span aria-hidden="true">◐</span>
            <span className="sr-only">{text('catalogue.changed')}</span>
          </span>
        ) : null}
      </a>
    </li>
  )
}

interface BarProps {
  readonly count: number
  onUndo(): void
  onDiscard(): void
  onImport(catalogue: Catalogue): ReturnType<typeof workingProblems>
}

function Bar({ count, onUndo, onDiscard, onImport }: BarProps) {
  const text = useText()
  const { base, edits } = useWorking()
  const file = useRef<HTMLInputElement>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [refused, setRefused] = useState<{
    readonly catalogue: Catalogue
    readonly problems: NonNullable<ReturnType<typeof workingProblems>>
  } | null>(null)
  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    setFailure(null)
    setRefused(null)
    const catalogue = await importCatalogue(chosen)
    if (!catalogue.ok) return setFailure(catalogue.error)
    const problems = onImport(catalogue.value)
    if (problems !== null) setRefused({ catalogue: catalogue.value, problems })
  }
  return (
    <div className="catalogue-head">
      <div className="catalogue-bar">
        <Button href={hrefOf('settings', 'catalogue')}>{text('catalogue.versions')}</Button>
        <span role="status">
          {count === 0 ? (
            <span className="prose-faint">{text('catalogue.edit.hint')}</span>
          ) : (
            <Mark shape="◐" tone="watch" word={text('catalogue.draft', { count })} />
          )}
        </span>
        <span className="topbar-space" />
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={text('catalogue.import')}
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            void read(chosen)
          }}
        />
        <Button onClick={() => file.current?.click()}>{text('catalogue.import')}</Button>
        <Button disabled={count === 0} onClick={onUndo}>
          {text('catalogue.undo')}
        </Button>
        <Popconfirm
          title={text('catalogue.discard.ask', { count: edits.length })}
          okText={text('catalogue.discard')}
          cancelText={text('do.cancel')}
          onConfirm={onDiscard}
        >
          <Button disabled={count === 0}>{text('catalogue.discard')}</Button>
        </Popconfirm>
        <Button
          type="primary"
          disabled={count === 0}
          {...(count === 0 ? {} : { href: hrefOf('settings', 'catalogue', 'propose') })}
        >
          {text('catalogue.compare')}
        </Button>
      </div>
      <ErrorNotice failure={failure} onClose={() => setFailure(null)} />
      {refused === null || base === null ? null : (
        <Problems problems={refused.problems} versions={[refused.catalogue, base]} />
      )}
    </div>
  )
}
