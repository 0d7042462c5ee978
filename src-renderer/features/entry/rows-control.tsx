import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useRef, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { formatFieldInput, parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import { defaultRows, isBlankRow, typedRows, type TypedRow } from '../../../src-shared/catalogue/rows.ts'
import type { Column } from '../../../src-shared/catalogue/schema.ts'
import { useDesk } from '../../app/contexts.ts'
import { today } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'
import { focusNext } from './entry-keys.ts'
import { leaving, type KindProps } from './paired-controls.tsx'

interface RowsControlProps extends KindProps {
  /** Whether what is wrong is said: the field was left, or the form was refused. */
  readonly isTold: boolean
}

/**
 * A small table in a form. Enter goes to the next cell, in the last one to a new row, and out of a row that is blank to
 * the field after the table; Ctrl+Delete takes a row away.
 */
export function RowsControl({ common, field, value, onChange, onLeave, isTold }: RowsControlProps) {
  const text = useText()
  const body = useRef<HTMLTableSectionElement>(null)
  const columns = field.columns ?? []
  const read = typedRows(columns, value) ?? []
  const rows: readonly TypedRow[] = read.length === 0 ? [{}] : read
  const isFull = rows.length >= (field.maximumRows ?? defaultRows)
  const put = (next: readonly TypedRow[]) => onChange(next.every(isBlankRow) ? '' : JSON.stringify(next))
  const cellId = (row: number, column: number) =>
    row === 0 && column === 0 ? common.id : `${common.id}-${row}-${column}`
  /** The row is there before the next key is: what is typed fast on a slow machine lands where it belongs. */
  const changeAndFocus = (change: () => void, row: number) => {
    flushSync(change)
    document.getElementById(cellId(row, 0))?.focus()
  }
  const add = () => changeAndFocus(() => onChange(JSON.stringify([...rows, {}])), rows.length)
  const remove = (row: number) =>
    changeAndFocus(() => put(rows.toSpliced(row, 1)), Math.max(0, Math.min(row, rows.length - 2)))
  const onKey = (event: KeyboardEvent<HTMLElement>, row: number, column: number) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Delete' && event.ctrlKey) {
      event.preventDefault()
      remove(row)
      return
    }
    const isLastCell = column === columns.length - 1 && row === rows.length - 1
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    if (event.target instanceof HTMLElement && event.target.getAttribute('role') === 'combobox') return
    const isBlank = isBlankRow(rows[row] ?? {})
    if (!isBlank && !(isLastCell && !isFull)) return
    // The form would take the key to the next field.
    event.preventDefault()
    event.stopPropagation()
    if (!isBlank) {
      add()
      return
    }
    const cells = body.current?.querySelectorAll<HTMLElement>('input') ?? []
    const last = cells[cells.length - 1]
    const form = body.current?.closest('form')
    if (last !== undefined && form !== null && form !== undefined) focusNext(form, last)
  }
  const leave = () => {
    // The row that waited for more is not one.
    if (read.some(isBlankRow)) put(read.filter((row) => !isBlankRow(row)))
    onLeave()
  }
  return (
    <div className="rows-control" onBlur={leaving(leave)}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="rows-number">
              <span className="sr-only">{text('entry.rows.number')}</span>
            </th>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
                {column.required === true ? (
                  <span className="line-required" aria-hidden="true">
                    *
                  </span>
                ) : null}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{text('entry.rows.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, place) => (
            // A row has no name of its own; it keeps its place while one types.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={place}>
              <td className="rows-number number">{place + 1}</td>
              {columns.map((column, index) => (
                <td key={column.id} onKeyDown={(event) => onKey(event, place, index)}>
                  <Cell
                    id={cellId(place, index)}
                    notes={`${common.id}-notes`}
                    name={text('entry.rows.cell', { row: place + 1, column: column.label })}
                    column={column}
                    isAsked={isTold && !isBlankRow(row)}
                    value={row[column.id] ?? ''}
                    onChange={(typed) => put(rows.with(place, { ...row, [column.id]: typed }))}
                  />
                </td>
              ))}
              <td className="rows-remove">
                <Button
                  type="text"
                  size="small"
                  tabIndex={-1}
                  icon={<DeleteOutlined />}
                  disabled={rows.length === 1 && isBlankRow(row)}
                  aria-label={text('entry.rows.remove-row', { row: place + 1 })}
                  onClick={() => remove(place)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        tabIndex={-1}
        disabled={isFull}
        onClick={add}
      >
        {text('entry.rows.add')}
      </Button>
      <span className="rows-keys">{text('entry.rows.keys')}</span>
    </div>
  )
}

interface CellProps {
  readonly id: string
  readonly notes: string
  readonly name: string
  readonly column: Column
  readonly isAsked: boolean
  readonly value: string
  onChange(value: string): void
}

function Cell({ id, notes, name, column, isAsked, value, onChange }: CellProps) {
  const { catalogue } = useDesk()
  const textOr = useTextOr()
  const read = parseFieldInput(column, catalogue, value, { asOf: today() })
  const isMissing = column.required === true && value.trim() === ''
  const isWrong = isAsked && (!read.ok || isMissing)
  const words = !isWrong ? undefined : textOr(`finding.${read.ok ? 'required' : read.fault.code}`)
  const common = {
    id,
    'aria-label': name,
    'aria-describedby': notes,
    'aria-invalid': isWrong,
    ...(words === undefined ? {} : { title: words, status: 'error' as const }),
  }
  if (column.kind === 'code') {
    const items = catalogue.codeTables.find((table) => table.id === column.table)?.items ?? []
    return (
      <Select<string>
        {...common}
        className="fill"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        {...(value === '' ? {} : { value })}
        options={items
          .filter((item) => item.retired !== true)
          .map((item) => ({ value: item.code, label: item.label }))}
        onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
      />
    )
  }
  return (
    <Input
      {...common}
      className={column.kind === 'text' ? '' : 'number'}
      autoComplete="off"
      maxLength={column.kind === 'text' ? 400 : 40}
      suffix={column.unit}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => {
        // An amount is kept as it was typed: its normal form would be one of the row, not of the cell.
        if (!read.ok || read.value === null || typeof read.value !== 'string') return
        const normal = formatFieldInput(read.value)
        if (normal !== value) onChange(normal)
      }}
    />
  )
}
