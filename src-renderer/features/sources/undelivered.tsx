import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { deliveryMarks, departmentName } from './source-words.ts'

/** Deliveries that are late or due soon: on the workbench and beside what is due. Nothing where there is none. */
export function Undelivered() {
  const text = useText()
  const { session, catalogue } = useDesk()
  const asks = holdsAny(session, ['collector', 'approver', 'inspector'])
  const { data } = useQuery('source.list', asks ? {} : null, ['control', 'archive'])
  const lines = (data?.sources ?? [])
    .flatMap((source) => source.lines.map((line) => ({ source, line })))
    .filter(({ line: { state } }) => state === 'overdue' || state === 'soon')
    .toSorted((a, b) => (a.line.due < b.line.due ? -1 : 1))
  if (lines.length === 0) return null
  return (
    <section className="card" aria-labelledby="undelivered-title">
      <div className="due-card-head">
        <h2 id="undelivered-title">{text('undelivered.title')}</h2>
        <a href={hrefOf('sources')}>{text('undelivered.all')}</a>
      </div>
      <table className="grid-table" aria-label={text('undelivered.table')}>
        <thead>
          <tr>
            <th scope="col">{text('deliveries.state')}</th>
            <th scope="col">{text('undelivered.source')}</th>
            <th scope="col">{text('undelivered.department')}</th>
            <th scope="col">{text('deliveries.period')}</th>
            <th scope="col">{text('deliveries.due')}</th>
            <th scope="col">{text('undelivered.days.head')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ source, line }) => (
            <tr key={`${source.source}/${line.period}`}>
              <td className="nowrap">
                <Mark {...deliveryMarks[line.state]} word={text(`delivery.state.${line.state}`)} />
              </td>
              <td>{source.profile.name}</td>
              <td className="nowrap">{departmentName(catalogue, source.profile.department)}</td>
              <td className="nowrap number">{line.period}</td>
              <td className="nowrap number">{line.due}</td>
              <td className="nowrap number">
                {line.daysLate === 0 ? '—' : text('undelivered.days', { days: line.daysLate })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
