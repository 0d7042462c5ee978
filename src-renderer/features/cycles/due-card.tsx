import { useDesk } from '../../app/contexts.ts'
import { hrefOf, hrefWith } from '../../app/routes.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { dueMarks, useDueSummary } from './use-due.ts'

const shown = ['overdue', 'soon', 'open'] as const
const mostOwners = 6

/** What is due, on the workbench: how much, of which department, and what is new since one looked. */
export function DueCard() {
  const text = useText()
  const { session } = useDesk()
  const { data } = useDueSummary(session)
  if (data === null) return null
  const { counts, seen } = data
  const total = counts.overdue + counts.soon + counts.open
  const owners = data.byOwner
    .filter(({ overdue, soon }) => overdue + soon > 0)
    .toSorted((a, b) => b.overdue - a.overdue || b.soon - a.soon)
    .slice(0, mostOwners)
  return (
    <section className="card" aria-labelledby="bench-due">
      <div className="due-card-head">
        <h2 id="bench-due">{text('due.bench')}</h2>
        <a href={hrefOf('due')}>{text('due.bench.all')}</a>
      </div>
      {total === 0 ? (
        <p className="prose-faint">{text('due.bench.none')}</p>
      ) : (
        <div className="due-card">
          <dl className="figures">
            {shown.map((state) => (
              <div key={state} className="figure">
                <dt>
                  <Mark {...dueMarks[state]} word={text(`due.state.${state}`)} />
                </dt>
                <dd>
                  <a href={hrefWith({ state }, 'due')} className="number">
                    {counts[state].toLocaleString('en-US')}
                  </a>
                </dd>
              </div>
            ))}
          </dl>
          {owners.length === 0 ? null : (
            <ul className="due-owners" aria-label={text('due.bench.owners')}>
              {owners.map(({ owner, overdue, soon }) => (
                <li key={owner}>
                  <a href={hrefWith({ owner }, 'due')}>
                    <span>{owner}</span>
                    <span className="number">
                      {overdue === 0 ? null : (
                        <span className="due-late">{overdue.toLocaleString('en-US')}</span>
                      )}
                      {soon === 0 ? null : <span className="due-near">{soon.toLocaleString('en-US')}</span>}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {seen === null || seen.opened + seen.late === 0 ? null : (
        <p className="figures-note">{text('due.bench.seen', { ...seen })}</p>
      )}
      {data.pending === 0 ? null : (
        <p className="figures-note" role="status">
          {text('due.pending', { count: data.pending })}
        </p>
      )}
    </section>
  )
}
