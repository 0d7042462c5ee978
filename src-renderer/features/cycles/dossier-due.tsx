import { useDesk } from '../../app/contexts.ts'
import { hrefWith } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { answerHref, categoryName, causeText } from './due-words.ts'
import { dueMarks, dueRoles, useWhilePending } from './use-due.ts'

const shown = 6

/** What is due of one cadre, above their facts. */
export function DossierDue({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const { session, catalogue } = useDesk()
  const input = {
    filter: { cadre, category: null, owner: null },
    states: ['overdue', 'soon', 'open'] as ('overdue' | 'soon' | 'open')[],
    from: null,
    until: null,
    offset: 0,
    limit: shown,
  }
  const found = useQuery('due.list', holdsAny(session, dueRoles) ? input : null)
  useWhilePending(found)
  if (found.data === null || found.data.total === 0) return null
  const { rows, total } = found.data
  return (
    <section className="dossier-due" aria-label={text('due.dossier')}>
      <h2>
        {text('due.dossier')}
        <span className="number">{total}</span>
      </h2>
      <ul>
        {rows.map((row) => (
          <li key={row.category}>
            <Mark {...dueMarks[row.state]} word={text(`due.state.${row.state}`)} />
            {row.mayEnter ? (
              <a href={answerHref(row)}>{categoryName(catalogue, row.category)}</a>
            ) : (
              <span>{categoryName(catalogue, row.category)}</span>
            )}
            <span className="due-cause">{causeText(text, catalogue, row)}</span>
            <span className="number">{row.due}</span>
          </li>
        ))}
      </ul>
      {total <= shown ? null : (
        <a href={hrefWith({ cadre }, 'due')}>{text('due.dossier.all', { count: total })}</a>
      )}
    </section>
  )
}
