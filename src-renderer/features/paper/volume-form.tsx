import { Button, Input, Radio } from 'antd'
import { useId, useState, type FormEvent } from 'react'
import { flushSync } from 'react-dom'
import type { VolumeView } from '../../../src-shared/contract/paper-views.ts'
import { longestFileNumber, readFileNumber, type NumberRule } from '../../../src-shared/paper/file-number.ts'
import { fileRowSchema, mostFileRows, type FileRow } from '../../../src-shared/paper/volume.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { useRuleWords } from './number-rule.tsx'

const columns = ['number', 'author', 'title', 'date', 'pages', 'note'] as const
const blankRow: FileRow = { number: '', author: '', title: '', date: '', pages: '', note: '' }
const longestCell = 200

interface VolumeFormProps {
  readonly cadre: string
  /** Null for a new one. */
  readonly volume: VolumeView | null
  readonly rule: NumberRule
  readonly compartments: readonly ('archive' | 'discipline')[]
  onClose(): void
}

/** A volume and the list of its files; Enter in the last row begins another. */
export function VolumeForm({ cadre, volume, rule, compartments, onClose }: VolumeFormProps) {
  const text = useText()
  const id = useId()
  const ruleWords = useRuleWords()
  const set = useAction('volume.set')
  const [number, setNumber] = useState(volume?.number ?? '')
  const [title, setTitle] = useState(volume?.title ?? '')
  const [place, setPlace] = useState(volume?.place ?? '')
  const [compartment, setCompartment] = useState(volume?.compartment ?? compartments[0] ?? 'archive')
  const [rows, setRows] = useState<readonly FileRow[]>(volume?.rows ?? [])
  const [isTried, setTried] = useState(false)
  const read = readFileNumber(rule, number)
  const wrong = rows.findIndex((row) => !fileRowSchema.safeParse(row).success)
  const change = (index: number, part: Partial<FileRow>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const addRow = () => {
    if (rows.length >= mostFileRows) return
    flushSync(() => setRows([...rows, blankRow]))
    document.getElementById(`${id}-${rows.length}-number`)?.focus()
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!read.ok || wrong !== -1) return
    const said = { number: read.value, title, place, rows: [...rows] }
    const done = await set.run({ cadre, volume: volume?.volume ?? null, compartment, said })
    if (done.ok) onClose()
  }
  return (
    <form className="form volume-form" onSubmit={(event) => void save(event)}>
      <FormLine
        id={`${id}-number`}
        label={text('volume.number')}
        isRequired
        hint={text('volume.number.rule', { rule: ruleWords(rule) })}
        error={isTried && !read.ok ? text('volume.number.rule', { rule: ruleWords(rule) }) : null}
      >
        <Input
          id={`${id}-number`}
          autoFocus
          maxLength={longestFileNumber}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </FormLine>
      <FormLine id={`${id}-title`} label={text('volume.title')} hint={text('volume.title.hint')}>
        <Input
          id={`${id}-title`}
          maxLength={100}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </FormLine>
      <FormLine id={`${id}-place`} label={text('volume.place')} hint={text('volume.place.hint')}>
        <Input
          id={`${id}-place`}
          maxLength={100}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
      </FormLine>
      {volume === null && compartments.length > 1 ? (
        <Radio.Group
          aria-label={text('volume.compartment')}
          value={compartment}
          options={compartments.map((value) => ({ value, label: text(`volume.compartment.${value}`) }))}
          onChange={({ target }) => setCompartment(target.value as typeof compartment)}
        />
      ) : null}
      <h3>{text('volume.files')}</h3>
      <table className="fields-table volume-rows">
        <thead>
          <tr>
            <th scope="col">{text('volume.row.place')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {text(`volume.row.${column}`)}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows have no names; the same row may stand there twice.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <td className="number">{index + 1}</td>
              {columns.map((column) => (
                <td key={column}>
                  <Input
                    id={`${id}-${index}-${column}`}
                    aria-label={text('volume.row.cell', {
                      row: index + 1,
                      column: text(`volume.row.${column}`),
                    })}
                    maxLength={longestCell}
                    value={row[column]}
                    onChange={(event) => change(index, { [column]: event.target.value })}
                    onPressEnter={(event) => {
                      event.preventDefault()
                      if (index === rows.length - 1) addRow()
                      else document.getElementById(`${id}-${index + 1}-${column}`)?.focus()
                    }}
                  />
                </td>
              ))}
              <td>
                <Button
                  size="small"
                  type="text"
                  aria-label={text('volume.row.remove', { row: index + 1 })}
                  onClick={() => setRows(rows.filter((_, at) => at !== index))}
                >
                  ✕
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <Button size="small" onClick={addRow}>
          {text('volume.row.add')}
        </Button>
      </p>
      {isTried && wrong !== -1 ? (
        <p className="line-error" role="alert">
          {text('volume.row.wrong', { row: wrong + 1 })}
        </p>
      ) : null}
      <ErrorNotice failure={set.failure} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={set.isBusy}>
          {text('volume.save')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </div>
    </form>
  )
}
