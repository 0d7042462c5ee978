import { useDesk } from '../../app/contexts.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** Questions to answer or settle, and errors to say something to: shown when there are any. */
export function WaitingCard() {
  const text = useText()
  const { catalogue, workbench } = useDesk()
  const queries = useQuery('query.list', {})
  const unanswered = workbench?.faults ?? 0
  const asked = queries.data ?? []
  const late = workbench?.late ?? []
  if (asked.length === 0 && late.length === 0 && unanswered === 0) return null
  return (
    <section className="card" aria-labelledby="bench-waiting">
      <h2 id="bench-waiting">{text('query.waiting')}</h2>
      <ul className="tasks">
        {asked.map((query) => (
          <li key={query.query}>
            <a className="task" href={hrefOf('dossiers', query.cadre, query.record)}>
              <span className="task-name">{text(`query.wants.${query.wants}`)}</span>
              <span className="task-hint">
                {query.cadreName} · {findCategory(catalogue, query.category)?.name ?? query.category}{' '}
                {text('query.asked-by', { name: query.askedBy, at: momentText(query.askedAt) })}
              </span>
            </a>
          </li>
        ))}
        {late.map((objection) => (
          <li key={`${objection.wants}/${objection.record}/${objection.at}`}>
            <a
              className="task"
              href={
                objection.wants === 'settle'
                  ? hrefOf('dossiers', objection.cadre, objection.record)
                  : hrefOf('entry', objection.cadre, objection.category, objection.record)
              }
            >
              <span className="task-name">
                {text(objection.wants === 'settle' ? 'late.waiting' : 'late.correct')}
              </span>
              <span className="task-hint">
                {objection.cadreName} ·{' '}
                {findCategory(catalogue, objection.category)?.name ?? objection.category}{' '}
                {text('late.by', { name: objection.by, at: momentText(objection.at) })}
              </span>
            </a>
          </li>
        ))}
        {unanswered === 0 ? null : (
          <li>
            <a className="task" href={hrefOf('faults')}>
              <span className="task-name">{text('faults.waiting')}</span>
              <span className="task-hint">{text('faults.waiting.hint')}</span>
              <span className="task-count number">{unanswered}</span>
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}
