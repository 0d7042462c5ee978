import { Button, Checkbox, Input, Select } from 'antd'
import { columnKinds, type Catalogue, type Column } from '../../../src-shared/catalogue/schema.ts'
import { mostColumns } from '../../../src-shared/catalogue/values.ts'
import { useText } from '../../ui/text.ts'
import { tableName } from './words.ts'

interface ColumnsEditorProps {
  readonly columns: readonly Column[]
  /** Ids of the columns in the version in force: these stay, with their kind. */
  readonly kept: ReadonlySet<string>
  readonly working: Catalogue
  readonly isWrong: boolean
  onChange(columns: readonly Column[]): void
}

/** What stands side by side in each row of a sub-table. */
export function ColumnsEditor({ columns, kept, working, isWrong, onChange }: ColumnsEditorProps) {
  const text = useText()
  const put = (place: number, next: Column) => onChange(columns.with(place, next))
  const named = (place: number, what: string) => `${what} ${place + 1}`
  return (
    <fieldset className="columns-editor" aria-invalid={isWrong}>
      <legend>{text('catalogue.property.columns')}</legend>
      {columns.map((column, place) => {
        const isKept = kept.has(column.id)
        return (
          <div key={column.id} className="columns-line">
            <Input
              aria-label={named(place, text('catalogue.property.label'))}
              maxLength={60}
              value={column.label}
              onChange={(event) => put(place, { ...column, label: event.target.value })}
            />
            <Select<Column['kind']>
              aria-label={named(place, text('catalogue.property.kind'))}
              disabled={isKept}
              value={column.kind}
              options={columnKinds.map((kind) => ({ value: kind, label: text(`catalogue.kind.${kind}`) }))}
              onChange={(kind) => put(place, { id: column.id, label: column.label, kind })}
            />
            {column.kind === 'code' ? (
              <Select<string>
                aria-label={named(place, text('catalogue.property.table'))}
                disabled={isKept}
                {...(column.table === undefined ? {} : { value: column.table })}
                options={working.codeTables.map(({ id }) => ({
                  value: id,
                  label: tableName(working, id) ?? id,
                }))}
                onChange={(table) => put(place, { ...column, table })}
              />
            ) : null}
            <Checkbox
              checked={column.required === true}
              onChange={(event) => {
                const { required: _required, ...rest } = column
                put(place, event.target.checked ? { ...rest, required: true } : rest)
              }}
            >
              {text('catalogue.property.required')}
            </Checkbox>
            <Button
              size="small"
              danger
              disabled={isKept || columns.length === 1}
              aria-label={named(place, text('catalogue.remove'))}
              onClick={() => onChange(columns.toSpliced(place, 1))}
            >
              {text('catalogue.remove')}
            </Button>
          </div>
        )
      })}
      <Button
        size="small"
        disabled={columns.length >= mostColumns}
        onClick={() => onChange([...columns, newColumn(columns)])}
      >
        {text('catalogue.column.add')}
      </Button>
    </fieldset>
  )
}

/** A column as an editor begins it; its id is never shown and never changes. */
export function newColumn(columns: readonly Column[]): Column {
  const taken = new Set(columns.map(({ id }) => id))
  let number = columns.length + 1
  while (taken.has(`column${number}`)) number += 1
  return { id: `column${number}`, label: '', kind: 'text' }
}
