import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Radio, Select } from 'antd'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import { useDesk } from '../../app/contexts.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useList, useText } from '../../ui/text.ts'
import { useColumnOptions, type MappingProps } from './file-settings.tsx'
import { changeCategory, columnWords } from './profile-edit.ts'

type TableMapping = Extract<ImportProfile['category'], { kind: 'table' }>

/** Which category a row goes to: one for all, or by the words in a column. */
export function CategoryMapping({ table, profile, onChange }: MappingProps) {
  const text = useText()
  const options = useCategoryOptions()
  const first = options[0]?.value ?? 'A1'
  const { category } = profile
  const toFixed = () => onChange(changeCategory(profile, { kind: 'fixed', category: first }))
  const toTable = () => {
    const words = columnWords(table.sample, profile.header, 0)
    const entries = (words.length === 0 ? ['—'] : words).map((match) => ({ match, category: first }))
    onChange(changeCategory(profile, { kind: 'table', column: 0, table: entries }))
  }
  return (
    <fieldset className="card">
      <legend>{text('import.category')}</legend>
      <Radio.Group
        value={category.kind}
        options={[
          { value: 'fixed', label: text('import.category.fixed') },
          { value: 'table', label: text('import.category.table') },
        ]}
        onChange={(event) => (event.target.value === 'fixed' ? toFixed() : toTable())}
      />
      {category.kind === 'fixed' ? (
        <FormLine id="fixed-category" label={text('import.category.all')}>
          <Select
            id="fixed-category"
            className="fill"
            value={category.category}
            options={options}
            onChange={(id) => onChange(changeCategory(profile, { kind: 'fixed', category: id }))}
          />
        </FormLine>
      ) : (
        <ByColumn table={table} profile={profile} onChange={onChange} mapping={category} />
      )}
    </fieldset>
  )
}

function ByColumn({ table, profile, onChange, mapping }: MappingProps & { readonly mapping: TableMapping }) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const options = useCategoryOptions()
  const columns = useColumnOptions(table, profile)
  const set = (entries: TableMapping['table']) =>
    onChange(changeCategory(profile, { ...mapping, table: entries }))
  const unlisted = columnWords(table.sample, profile.header, mapping.column).filter(
    (word) => !mapping.table.some((entry) => entry.match === word),
  )
  const implied = (entry: TableMapping['table'][number]) =>
    list(
      Object.entries(entry.defaults ?? {}).map(([id, code]) => {
        const field = findCategory(catalogue, entry.category)?.fields.find((one) => one.id === id)
        return `${field?.label ?? id} = ${codeItem(catalogue, field?.table, code)?.label ?? code}`
      }),
    )
  return (
    <>
      <FormLine id="category-column" label={text('import.category.column')}>
        <Select
          id="category-column"
          className="fill"
          value={mapping.column}
          options={columns}
          onChange={(column) => onChange(changeCategory(profile, { ...mapping, column }))}
        />
      </FormLine>
      <table className="grid-table class-table">
        <thead>
          <tr>
            <th scope="col">{text('import.category.word')}</th>
            <th scope="col">{text('column.category')}</th>
            <th scope="col">{text('import.category.implied')}</th>
            <th scope="col">
              <span className="sr-only">{text('do.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {mapping.table.map((entry, index) => (
            // Rows are told apart by their place: their words may be typed anew.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <td>
                <Input
                  aria-label={`${text('import.category.word')} ${index + 1}`}
                  maxLength={200}
                  value={entry.match}
                  onChange={(event) =>
                    set(
                      mapping.table.map((one, at) =>
                        at === index ? { ...one, match: event.target.value } : one,
                      ),
                    )
                  }
                />
              </td>
              <td>
                <Select
                  aria-label={`${text('column.category')} ${index + 1}`}
                  className="fill"
                  value={entry.category}
                  options={options}
                  onChange={(id) =>
                    // What the old category implied says nothing about the new one.
                    set(
                      mapping.table.map((one, at) =>
                        at === index ? { match: one.match, category: id } : one,
                      ),
                    )
                  }
                />
              </td>
              <td>{implied(entry)}</td>
              <td>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  disabled={mapping.table.length === 1}
                  aria-label={`${text('do.remove')} ${entry.match}`}
                  onClick={() => set(mapping.table.filter((_, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() =>
          set([...mapping.table, { match: unlisted[0] ?? '—', category: options[0]?.value ?? 'A1' }])
        }
      >
        {text('import.category.add')}
      </Button>
    </>
  )
}

/** Tables go into the archive; what is discipline-secret is entered one by one. */
export function useCategoryOptions() {
  const { catalogue } = useDesk()
  return catalogue.categories
    .filter((category) => category.compartment === 'archive')
    .map((category) => ({ value: category.id, label: `${category.id} ${category.name}` }))
}
