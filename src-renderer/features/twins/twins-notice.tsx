import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { useTwinCount } from './use-twins.ts'

/** Duplicates to compare and decisions to confirm, on the workbench: shown when there are any. */
export function TwinsCard() {
  const text = useText()
  const { session } = useDesk()
  const { data } = useTwinCount(session)
  if (data === null || data.pairs + data.waiting === 0) return null
  return (
    <section className="card" aria-labelledby="bench-twins">
      <h2 id="bench-twins">{text('twins.bench')}</h2>
      <ul className="tasks">
        {data.waiting === 0 ? null : (
          <li>
            <a className="task" href={hrefOf('twins', 'decided')}>
              <span className="task-name">{text('twins.notice.waiting', { count: data.waiting })}</span>
              <span className="task-count number">{data.waiting}</span>
            </a>
          </li>
        )}
        {data.pairs === 0 ? null : (
          <li>
            <a className="task" href={hrefOf('twins')}>
              <span className="task-name">{text('twins.notice', { count: data.pairs })}</span>
              <span className="task-hint">{text('twins.notice.hint')}</span>
              <span className="task-count number">{data.pairs}</span>
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}

/** Said after an import and after a bundle was taken in. */
export function TwinsNotice() {
  const text = useText()
  const { session } = useDesk()
  const { data } = useTwinCount(session)
  if (data === null || data.pairs === 0) return null
  return (
    <p className="twins-notice" role="status">
      <a href={hrefOf('twins')}>{text('twins.notice', { count: data.pairs })}</a>
    </p>
  )
}
