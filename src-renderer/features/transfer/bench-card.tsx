import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

/** Dossiers that wait for a receipt or for an answer: shown when there are any. */
export function TransferBenchCard() {
  const text = useText()
  const { session } = useDesk()
  const isMover = holdsAny(session, ['collector', 'approver', 'inspector'])
  const moved = useQuery('transfer.list', isMover ? { cadre: null } : null)
  const incoming = useQuery('transfer.incoming', isMover ? {} : null)
  const waiting = moved.data?.filter(({ status }) => status === 'waiting') ?? []
  const late = waiting.filter(({ isLate }) => isLate).length
  const came = incoming.data?.length ?? 0
  if (waiting.length === 0 && came === 0) return null
  return (
    <section className="card" aria-labelledby="bench-transfers">
      <h2 id="bench-transfers">{text('nav.transfers')}</h2>
      <ul className="tasks">
        {came === 0 ? null : (
          <li>
            <a href={hrefOf('transfers')} className="task">
              <span className="task-name">{text('transfer.incoming')}</span>
              <span className="task-hint">{text('transfer.incoming.hint')}</span>
              <span className="task-count number">{came}</span>
            </a>
          </li>
        )}
        {waiting.length === 0 ? null : (
          <li>
            <a href={hrefOf('transfers')} className="task">
              <span className="task-name">{text('transfer.status.waiting')}</span>
              <span className="task-hint">
                {text('transfer.waiting.hint')}
                {late === 0 ? null : (
                  <Mark shape="✕" tone="risk" word={text('transfer.late.count', { count: late })} />
                )}
              </span>
              <span className="task-count number">{waiting.length}</span>
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}
