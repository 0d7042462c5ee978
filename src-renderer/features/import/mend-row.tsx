import { Button, Drawer, Input, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { MendedRow } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useClauses, useText, useTextOr } from '../../ui/text.ts'
import { Candidates } from './candidates.tsx'
import { columnName } from './profile-edit.ts'

interface MendRowProps {
  readonly id: number
  onClose(): void
  onChanged(): void
}

/** One row of quarantine, corrected where it stands; what the file said stays beside it. */
export function MendRow({ id, onClose, onChanged }: MendRowProps) {
  const text = useText()
  const [row, setRow] = useState<MendedRow | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    let isCurrent = true
    void call('quarantine.read', { id }).then((result) => {
      if (!isCurrent) return
      if (result.ok) setRow(result.value)
      else setFailure(result.error)
    })
    return () => {
      isCurrent = false
    }
  }, [id])
  return (
    <Drawer
      open
      size="large"
      onClose={onClose}
      title={row === null ? text('mend.title') : text('mend.title-of', { file: row.file, row: row.row })}
    >
      <ErrorNotice failure={failure} />
      {row === null && failure === null ? <Skeleton active /> : null}
      {row === null ? null : <MendForm row={row} onRow={setRow} onChanged={onChanged} onClose={onClose} />}
    </Drawer>
  )
}

interface MendFormProps {
  readonly row: MendedRow
  onRow(row: MendedRow): void
  onChanged(): void
  onClose(): void
}

function MendForm({ row, onRow, onChanged, onClose }: MendFormProps) {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const labels = useColumnLabels(row)
  const mend = useAction('quarantine.mend')
  const [cells, setCells] = useState(row.cells)
  const [cadre, setCadre] = useState(row.person?.placement ?? null)
  const general = row.problems.filter(({ column }) => column === null)
  const save = async () => {
    const result = await mend.run({ id: row.id, cells: [...cells], cadre })
    if (!result.ok) return
    onRow(result.value)
    onChanged()
    if (result.value.ready) onClose()
  }
  const used = cells.map((cell, column) => ({ cell, column })).filter(({ column }) => labels.has(column))
  return (
    <form
      className="mend"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {general.length === 0 ? null : (
        <p className="problem">
          {clauses(general.map(({ code, params }) => textOr(`finding.${code}`, params)))}
        </p>
      )}
      {used.map(({ cell, column }) => {
        const here = row.problems.filter((problem) => problem.column === column)
        const original = row.original[column] ?? ''
        return (
          <FormLine
            key={column}
            id={`mend-${column}`}
            label={labels.get(column) ?? ''}
            error={
              here.length === 0 || cell !== row.cells[column]
                ? null
                : clauses(here.map(({ code, params }) => textOr(`finding.${code}`, params)))
            }
            {...(cell === original
              ? {}
              : { hint: text('mend.original', { text: original === '' ? text('value.blank') : original }) })}
          >
            <Input
              id={`mend-${column}`}
              value={cell}
              maxLength={4000}
              onChange={(event) => setCells(cells.with(column, event.target.value))}
            />
          </FormLine>
        )
      })}
      {row.person === null ? null : (
        <FormLine id="mend-person" label={text('match.dossier')}>
          <Candidates id="mend-person" person={{ ...row.person, placement: cadre }} onDecide={setCadre} />
        </FormLine>
      )}
      <ErrorNotice failure={mend.failure} />
      <div className="sign-bar">
        <Button onClick={onClose}>{text('do.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={mend.isBusy}>
          {text('mend.save')}
        </Button>
      </div>
    </form>
  )
}

/** What each used column is, in the words of the catalogue. */
function useColumnLabels(row: MendedRow): ReadonlyMap<number, string> {
  const text = useText()
  const { catalogue } = useDesk()
  const labels = new Map<number, string>([[row.nameColumn, text('column.cadre')]])
  if (row.identityColumn !== null) labels.set(row.identityColumn, text('import.identity.short'))
  if (row.categoryColumn !== null) labels.set(row.categoryColumn, text('import.category'))
  const target = row.categoryColumn === null ? null : (row.cells[row.categoryColumn] ?? '').trim()
  for (const { column, category, field } of row.columns) {
    const found = findCategory(catalogue, category)
    const isOther = target !== null && target !== category && target !== found?.name
    // Rows of a form name their category; columns of the others are blank and in the way.
    if (isOther && (row.cells[column] ?? '') === '' && (row.original[column] ?? '') === '') continue
    const label = found?.fields.find((one) => one.id === field)?.label ?? field
    if (!labels.has(column)) labels.set(column, `${columnName([], false, column)} ${label}`)
  }
  return labels
}
