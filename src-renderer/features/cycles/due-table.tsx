import type { DueRow } from '../../../src-shared/contract/cycles.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { answerHref, categoryName, causeText } from './due-words.ts'
import { dueMarks } from './use-due.ts'

/** One line for each thing that is asked of a cadre, with the way straight to its form. */
export function DueTable({ rows }: { readonly rows: readonly DueRow[] }) {
  const text = useText()
  const { catalogue } = useDesk()
  return (
    <table className="grid-table due-table" aria-label={text('due.list')}>
      <thead>
        <tr>
          <th scope="col">{text('due.column.state')}</th>
          <th scope="col">{text('due.column.last')}</th>
          <th scope="col">{text('column.cadre')}</th>
          <th scope="col">{text('column.category')}</th>
          <th scope="col">{text('due.column.reason')}</th>
          <th scope="col">{text('due.column.action')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const category = categoryName(catalogue, row.category)
          const way = row.mayEnter ? 'enter' : 'look'
          return (
            <tr key={`${row.cadre}/${row.category}`}>
              <td className="nowrap">
                <Mark {...dueMarks[row.state]} word={text(`due.state.${row.state}`)} />
              </td>
              <td className="nowrap number">{row.due}</td>
              <td className="nowrap" title={row.post ?? ''}>
                <a href={hrefOf('dossiers', row.cadre)}>{row.name}</a>
              </td>
              <td>
                <span className="category-id">{row.category}</span> {category}
              </td>
              <td className="due-cause">{causeText(text, catalogue, row)}</td>
              <td className="nowrap">
                <a href={answerHref(row)} aria-label={text(`due.${way}.label`, { name: row.name, category })}>
                  {text(`due.${way}`)}
                </a>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
