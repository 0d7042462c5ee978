import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { ImportRow } from '../../../src-shared/contract/import.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useClauses, useText, useTextOr } from '../../ui/text.ts'
import { VirtualTable, type VirtualColumn } from '../../ui/virtual-table.tsx'
import { Declaration } from '../record/fields-table.tsx'
import type { ChosenTable } from './import-state.ts'
import { columnName } from './profile-edit.ts'
import { useImportRows, type RowKind } from './use-rows.ts'

interface PreviewRowsProps {
  readonly session: string
  readonly kind: RowKind
  readonly table: ChosenTable
  readonly hasHeader: boolean
}

export function PreviewRows({ session, kind, table, hasHeader }: PreviewRowsProps) {
  const text = useText()
  const accepted = useAcceptedColumns()
  const problems = useProblemColumns(table, hasHeader)
  const { rows, total, failure, loadMore, reload } = useImportRows(session, kind)
  if (failure !== null) return <ErrorNotice failure={failure} onRetry={reload} />
  if (total === 0) return <EmptyState isSmall title={text(`import.${kind}.none`)} />
  return (
    <div className="rows-frame">
      <VirtualTable
        label={text(`import.${kind}`)}
        rows={rows}
        columns={kind === 'quarantined' ? problems : accepted}
        rowKey={(row) => String(row.row)}
        rowHeight={kind === 'quarantined' ? 52 : 34}
        onEnd={loadMore}
        minWidth={kind === 'quarantined' ? `${24 + 9 * table.columns}rem` : '72rem'}
      />
    </div>
  )
}

function useAcceptedColumns(): readonly VirtualColumn<ImportRow>[] {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const { catalogue } = useDesk()
  const remarks = (row: ImportRow) =>
    clauses([
      ...(row.repeatOf === null ? [] : [text('import.repeat-of', { row: row.repeatOf })]),
      ...row.problems.map((problem) => textOr(`finding.${problem.code}`, problem.params)),
    ])
  return [
    {
      key: 'row',
      title: text('column.row'),
      width: '4.5rem',
      align: 'end',
      render: (row) => <span className="number">{row.row}</span>,
    },
    { key: 'cadre', title: text('column.cadre'), width: '8rem', render: (row) => row.cadreName },
    {
      key: 'category',
      title: text('column.category'),
      width: '12rem',
      render: (row) => findCategory(catalogue, row.category ?? '')?.name ?? '',
    },
    {
      key: 'declaration',
      title: text('fields.declaration'),
      width: '8rem',
      render: (row) => (row.declaration === null ? '' : <Declaration declaration={row.declaration} />),
    },
    {
      key: 'summary',
      title: text('column.summary'),
      width: 'minmax(16rem, 1fr)',
      render: (row) => <span title={row.cells.join(' | ')}>{row.summary}</span>,
    },
    {
      key: 'repeat',
      title: text('column.remarks'),
      width: '14rem',
      render: (row) =>
        row.repeatOf === null && row.problems.length === 0 ? (
          ''
        ) : (
          <span className="is-watched" title={remarks(row)}>
            {remarks(row)}
          </span>
        ),
    },
  ]
}

/** The cells as they came, and at the cell that cannot be read the reason. */
function useProblemColumns(table: ChosenTable, hasHeader: boolean): readonly VirtualColumn<ImportRow>[] {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const words = (problems: ImportRow['problems']) =>
    clauses(problems.map((problem) => textOr(`finding.${problem.code}`, problem.params)))
  return [
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
      width: 'minmax(18rem, 2fr)',
      render: (row) => <span className="two-lines problem">{words(row.problems)}</span>,
    },
    ...Array.from(
      { length: table.columns },
      (_, column): VirtualColumn<ImportRow> => ({
        key: String(column),
        title: columnName(table.sample, hasHeader, column),
        width: 'minmax(9rem, 1fr)',
        render: (row) => {
          const here = row.problems.filter((problem) => problem.column === column)
          const cell = row.cells[column] ?? ''
          return here.length === 0 ? (
            <span title={cell}>{cell}</span>
          ) : (
            <mark className="bad-cell" title={words(here)}>
              {cell === '' ? text('value.blank') : cell}
            </mark>
          )
        },
      }),
    ),
  ]
}
