import { Select, Tabs } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { importableFields, partsOf, type ColumnPart } from '../../../src-shared/import/parts.ts'
import { useDesk } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'
import type { MappingProps } from './file-settings.tsx'
import { columnName, columnWords, mapColumn, mapWord, targetCategories, wordsToMap } from './profile-edit.ts'

/** For each category, which column fills which field, and what the source's own words mean. */
export function FieldMapping(props: MappingProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const categories = targetCategories(props.profile)
    .map((id) => findCategory(catalogue, id))
    .filter((category) => category !== null)
  return (
    <fieldset className="card">
      <legend>{text('import.fields')}</legend>
      <Tabs
        size="small"
        items={categories.map((category) => ({
          key: category.id,
          label: `${category.id} ${category.name}`,
          children: <OneCategory {...props} category={category} />,
        }))}
      />
    </fieldset>
  )
}

interface Slot {
  readonly field: string
  readonly part?: ColumnPart
}

const shownWords = 3

function OneCategory({ table, profile, onChange, category }: MappingProps & { readonly category: Category }) {
  const text = useText()
  const columns = Array.from({ length: table.columns }, (_, column) => column)
  const mappings = profile.fields[category.id] ?? []
  const slotOf = ({ field, part }: Slot) => (part === undefined ? field : `${field}/${part}`)
  const fieldOf = (column: number) => {
    const mapping = mappings.find((candidate) => candidate.column === column)
    return mapping === undefined ? undefined : slotOf(mapping)
  }
  const filled = new Set(mappings.map(slotOf))
  const slots = importableFields(category).flatMap((field) => {
    const mark = field.required === true ? ' *' : ''
    const parts = partsOf(field.kind).map((part) => ({
      slot: slotOf({ field: field.id, part }),
      label: `${field.label} · ${text(`import.part.${part}`)}`,
    }))
    return [{ slot: field.id, label: `${field.label}${mark}` }, ...parts]
  })
  return (
    <>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('import.fields.column')}</th>
            <th scope="col">{text('import.fields.sample')}</th>
            <th scope="col">{text('import.fields.field')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const field = fieldOf(column)
            const name = columnName(table.sample, profile.header, column)
            return (
              <tr key={column}>
                <th scope="row" className="nowrap">
                  {name}
                </th>
                <td className="one-line-cell">
                  {columnWords(table.sample, profile.header, column).slice(0, shownWords).join(' · ')}
                </td>
                <td>
                  <Select<string>
                    aria-label={text('import.fields.field-of', { column: name })}
                    className="fill"
                    allowClear
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={text('import.fields.unused')}
                    {...(field === undefined ? {} : { value: field })}
                    options={slots.map(({ slot, label }) => ({
                      value: slot,
                      label,
                      disabled: filled.has(slot) && slot !== field,
                    }))}
                    onChange={(chosen: string | undefined) => {
                      const [id = null, part] = chosen?.split('/') ?? []
                      onChange(mapColumn(profile, category.id, column, id, part as ColumnPart | undefined))
                    }}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Words table={table} profile={profile} onChange={onChange} category={category} />
    </>
  )
}

function Words({ table, profile, onChange, category }: MappingProps & { readonly category: Category }) {
  const text = useText()
  const { catalogue } = useDesk()
  const words = wordsToMap(profile, catalogue, category.id, table.sample)
  if (words.length === 0) return null
  return (
    <details className="words">
      <summary>
        {text('import.words.title', {
          count: words.length,
          open: words.filter((word) => word.code === null).length,
        })}
      </summary>
      <ul>
        {words.map(({ field, word, code }) => (
          <li key={`${field.id}/${word}`}>
            <span className="batch-label">{field.label}</span>
            <span className="word">{word}</span>
            <Select<string>
              aria-label={text('import.words.meaning', { field: field.label, word })}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={text('import.words.unknown')}
              {...(code === null ? {} : { value: code })}
              options={(catalogue.codeTables.find((one) => one.id === field.table)?.items ?? []).map(
                (item) => ({
                  value: item.code,
                  label: item.label,
                }),
              )}
              onChange={(chosen: string | undefined) =>
                onChange(mapWord(profile, category.id, field.id, word, chosen ?? null))
              }
            />
          </li>
        ))}
      </ul>
    </details>
  )
}
