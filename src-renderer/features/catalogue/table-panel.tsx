import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Catalogue, CodeTable } from '../../../src-shared/catalogue/schema.ts'
import { goTo } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { tableName } from './words.ts'
import { useStep } from './use-step.ts'

interface TablePanelProps {
  /** Null for a new one. */
  readonly table: CodeTable | null
  readonly working: Catalogue
  readonly base: Catalogue
}

const mostShown = 200

type Item = CodeTable['items'][number]

/** A code table: items are added, reworded and retired, never taken away once they were in force. */
export function TablePanel({ table, working, base }: TablePanelProps) {
  const text = useText()
  const step = useStep()
  const [source, setSource] = useState(table?.source ?? '')
  const [items, setItems] = useState<readonly Item[]>(table?.items ?? [{ code: '1', label: '' }])
  const kept = new Set(
    base.codeTables.find(({ id }) => id === table?.id)?.items.map(({ code }) => code) ?? [],
  )
  const [search, setSearch] = useState('')
  const word = search.trim()
  const found = items
    .map((item, place) => ({ item, place }))
    .filter(({ item }) => word === '' || item.code.startsWith(word) || item.label.includes(word))
  // Thousands of inputs at once would hold up the page: a long table is looked up in, what is new comes first.
  const isLong = items.length > mostShown
  const isNew = ({ item }: { readonly item: Item }) => !kept.has(item.code)
  const shown = isLong
    ? [...found.filter(isNew), ...found.filter((line) => !isNew(line))].slice(0, mostShown)
    : found
  const change = (place: number, next: Item) =>
    setItems(items.map((item, index) => (index === place ? next : item)))
  const id = table?.id ?? freeId(working)
  const isChanged =
    table === null || source !== table.source || JSON.stringify(items) !== JSON.stringify(table.items)
  const save = () => {
    const done = step.take({ edit: 'table', table: { id, source: source.trim(), items } })
    if (done && table === null) goTo('settings', 'catalogue', 'edit', `table-${id}`)
  }
  return (
    <section className="card" aria-labelledby="catalogue-table">
      <h2 id="catalogue-table">
        {table === null
          ? text('catalogue.table.add')
          : text('catalogue.table', { name: tableName(working, table.id) ?? table.id })}
      </h2>
      <form
        className="catalogue-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextLine
          id="table-source"
          label={text('catalogue.property.source')}
          isRequired
          maxLength={200}
          value={source}
          onChange={setSource}
        />
        {isLong ? (
          <TextLine
            id="table-search"
            label={text('catalogue.table.search')}
            hint={text('catalogue.table.shown', { shown: shown.length, total: found.length })}
            value={search}
            onChange={setSearch}
          />
        ) : null}
        <table className="fields-table catalogue-items">
          <thead>
            <tr>
              <th scope="col">{text('catalogue.code')}</th>
              <th scope="col">{text('catalogue.property.label')}</th>
              <th scope="col">{text('catalogue.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ item, place }) => (
              // Items keep their place while one types; a code that is being typed is no key.
              // eslint-disable-next-line react/no-array-index-key
              <tr key={place} className={item.retired === true ? 'is-retired' : ''}>
                <td>
                  {kept.has(item.code) && table?.items[place]?.code === item.code ? (
                    <code>{item.code}</code>
                  ) : (
                    <Input
                      size="small"
                      maxLength={20}
                      aria-label={text('catalogue.code.of', { place: place + 1 })}
                      value={item.code}
                      onChange={(event) => change(place, { ...item, code: event.target.value })}
                    />
                  )}
                </td>
                <td>
                  <Input
                    size="small"
                    maxLength={60}
                    aria-label={text('catalogue.label.of', { place: place + 1 })}
                    value={item.label}
                    onChange={(event) => change(place, { ...item, label: event.target.value })}
                  />
                </td>
                <td className="nowrap">
                  {kept.has(item.code) ? (
                    <Button size="small" onClick={() => change(place, turned(item))}>
                      {text(item.retired === true ? 'catalogue.restore' : 'catalogue.retire')}
                    </Button>
                  ) : (
                    <Button
                      size="small"
                      danger
                      disabled={items.length === 1}
                      onClick={() => setItems(items.toSpliced(place, 1))}
                    >
                      {text('catalogue.remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button
          onClick={() => {
            setItems([...items, { code: '', label: '' }])
            setSearch('')
          }}
        >
          {text('catalogue.item.add')}
        </Button>
        <Problems problems={step.problems} versions={[working, base]} />
        <div className="form-actions">
          <Button type="primary" htmlType="submit" disabled={!isChanged}>
            {text('catalogue.keep')}
          </Button>
        </div>
      </form>
    </section>
  )
}

function turned({ retired, ...item }: Item): Item {
  return retired === true ? item : { ...item, retired: true }
}

function freeId(working: Catalogue): string {
  const taken = new Set(working.codeTables.map(({ id }) => id))
  let number = 1
  while (taken.has(`table${number}`)) number += 1
  return `table${number}`
}
