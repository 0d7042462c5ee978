import { Alert, Button, Checkbox, Input } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { QuarantineRow } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useAction } from '../../app/use-action.ts'
import { newJobId } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useClauses, useText, useTextOr } from '../../ui/text.ts'
import { MendRow } from './mend-row.tsx'
import { VirtualTable, type VirtualColumn } from '../../ui/virtual-table.tsx'

const pageSize = 200
/** One call settles at most so many. */
const mostSettled = 500

/** Rows that could not become records, each with its reasons, until a person has dealt with them. */
export function Quarantine() {
  const text = useText()
  const { rows, total, failure, loadMore, reload } = useQuarantine()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [words, setWords] = useState('')
  const settle = useAction('quarantine.settle')
  const retry = useAction('quarantine.retry')
  const [mending, setMending] = useState<number | null>(null)
  const [retried, setRetried] = useState<{ accepted: number; remaining: number } | null>(null)
  const choose = (ids: readonly number[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (!isChosen) next.delete(id)
      else if (next.size < mostSettled) next.add(id)
    }
    setChosen(next)
  }
  const columns = useColumns(rows, chosen, choose, setMending)
  const again = async () => {
    setRetried(null)
    const result = await retry.run({ ids: [...chosen], reason: words, job: newJobId() })
    if (result.ok) {
      setRetried(result.value)
      setChosen(new Set())
      setWords('')
    }
    reload()
  }
  const run = async () => {
    const result = await settle.run({ ids: [...chosen], words })
    if (!result.ok) return
    setChosen(new Set())
    setWords('')
    reload()
  }
  if (failure !== null) return <ErrorNotice failure={failure} onRetry={reload} />
  if (total === 0 && retried === null)
    return <EmptyState title={text('quarantine.none')} hint={text('quarantine.none.hint')} />
  return (
    <>
      <p className="prose-line">{text('quarantine.hint', { count: total ?? 0 })}</p>
      <div className="rows-frame">
        <VirtualTable
          label={text('import.tab.quarantine')}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.id)}
          rowHeight={52}
          onEnd={loadMore}
          minWidth="60rem"
        />
      </div>
      {retried === null ? null : (
        <Alert type="success" showIcon title={text('quarantine.retried', { ...retried })} role="status" />
      )}
      {mending === null ? null : (
        <MendRow key={mending} id={mending} onClose={() => setMending(null)} onChanged={reload} />
      )}
      <div className="sign-bar">
        <ErrorNotice failure={settle.failure ?? retry.failure} />
        <Input
          aria-label={text('quarantine.words')}
          placeholder={text('quarantine.words')}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button
          type="primary"
          disabled={chosen.size === 0}
          loading={retry.isBusy}
          onClick={() => void again()}
        >
          {text('quarantine.retry', { count: chosen.size })}
        </Button>
        <Button
          disabled={chosen.size === 0 || words.trim() === ''}
          loading={settle.isBusy}
          onClick={() => void run()}
        >
          {text('quarantine.settle', { count: chosen.size })}
        </Button>
      </div>
    </>
  )
}

function useQuarantine() {
  const [rows, setRows] = useState<readonly QuarantineRow[]>([])
  const [total, setTotal] = useState<number | null>(null)
  const [next, setNext] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isReading = useRef(false)
  const read = useCallback(async (after: number) => {
    if (isReading.current) return
    isReading.current = true
    const result = await call('quarantine.list', { after, limit: pageSize })
    isReading.current = false
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    setFailure(null)
    setTotal(result.value.total)
    setNext(result.value.next)
    setRows((before) => (after === 0 ? result.value.rows : [...before, ...result.value.rows]))
  }, [])
  useEffect(() => void read(0), [read])
  const loadMore = useCallback(() => {
    if (next !== null) void read(next)
  }, [next, read])
  const reload = useCallback(() => void read(0), [read])
  return { rows, total, failure, loadMore, reload }
}

function useColumns(
  rows: readonly QuarantineRow[],
  chosen: ReadonlySet<number>,
  choose: (ids: readonly number[], isChosen: boolean) => void,
  mend: (id: number) => void,
): readonly VirtualColumn<QuarantineRow>[] {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const isAllChosen = rows.length > 0 && rows.every((row) => chosen.has(row.id))
  return [
    {
      key: 'check',
      title: (
        <Checkbox
          aria-label={text('queue.choose-all')}
          checked={isAllChosen}
          indeterminate={!isAllChosen && chosen.size > 0}
          onChange={(event) =>
            choose(
              rows.map((row) => row.id),
              event.target.checked,
            )
          }
        />
      ),
      width: '2.5rem',
      align: 'center',
      render: (row) => (
        <Checkbox
          aria-label={text('quarantine.choose', { file: row.file, row: row.row })}
          checked={chosen.has(row.id)}
          onChange={(event) => choose([row.id], event.target.checked)}
        />
      ),
    },
    {
      key: 'file',
      title: text('column.file'),
      width: 'minmax(8rem, 14rem)',
      render: (row) => (
        <span className="two-lines" title={momentText(row.at)}>
          {row.file}
        </span>
      ),
    },
    {
      key: 'row',
      title: text('column.row'),
      width: '4.5rem',
      align: 'end',
      render: (row) => <span className="number">{row.row}</span>,
    },
    {
      key: 'problems',
      title: text('import.problem'),
      width: 'minmax(16rem, 1fr)',
      render: (row) => (
        <span className="two-lines problem">
          {row.problems.length === 0
            ? text('quarantine.ready')
            : clauses(row.problems.map((problem) => textOr(`finding.${problem.code}`, problem.params)))}
        </span>
      ),
    },
    {
      key: 'mend',
      title: text('quarantine.mend'),
      width: '7.5rem',
      render: (row) => (
        <Button
          size="small"
          aria-label={text('quarantine.mend-one', { file: row.file, row: row.row })}
          onClick={() => mend(row.id)}
        >
          {text(row.problems.length === 0 ? 'quarantine.mended' : 'quarantine.mend')}
        </Button>
      ),
    },
    {
      key: 'cells',
      title: text('quarantine.cells'),
      width: 'minmax(18rem, 2fr)',
      render: (row) => {
        const bad = new Set(row.problems.map((problem) => problem.column))
        return (
          <span className="two-lines" title={row.cells.join(' | ')}>
            {(row.mended ?? row.cells).map((cell, column) => (
              // Cells are told apart by their column.
              // eslint-disable-next-line react/no-array-index-key
              <span key={column} className="quarantine-cell">
                {bad.has(column) ? (
                  <mark className="bad-cell">{cell === '' ? text('value.blank') : cell}</mark>
                ) : (
                  cell
                )}
              </span>
            ))}
          </span>
        )
      },
    },
  ]
}
