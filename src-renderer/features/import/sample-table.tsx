import { columnName } from './profile-edit.ts'
import type { ChosenTable } from './import-state.ts'
import { useText } from '../../ui/text.ts'

const shownRows = 6

/** The first rows as they were read, under the letters that spreadsheets give to columns. */
export function SampleTable({
  table,
  hasHeader,
}: {
  readonly table: ChosenTable
  readonly hasHeader: boolean
}) {
  const text = useText()
  const columns = Array.from({ length: table.columns }, (_, column) => column)
  const rows = table.sample.slice(hasHeader ? 1 : 0).slice(0, shownRows)
  return (
    // A scrolling area must be reachable without a mouse.
    <div className="table-scroll" tabIndex={0} role="region" aria-label={text('import.sample')}>
      <table className="sample">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnName(table.sample, hasHeader, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            // Rows of a fixed sample have no other name than their place.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {columns.map((column) => (
                <td key={column} title={cells[column] ?? ''}>
                  {cells[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
