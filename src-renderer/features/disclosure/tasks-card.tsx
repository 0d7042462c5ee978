import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'

const kinds = ['toApprove', 'toMake', 'toCorrect', 'toAnswer'] as const

/** Copies to sign or make, corrections to enter or answer: shown when there are any. */
export function DisclosureTasksCard() {
  const text = useText()
  const { workbench } = useDesk()
  const tasks = useQuery('disclosure.tasks', (workbench?.requests ?? 0) === 0 ? null : {})
  if (tasks.data === null) return null
  const { data } = tasks
  return (
    <section className="card" aria-labelledby="bench-requests">
      <h2 id="bench-requests">{text('nav.register')}</h2>
      <ul className="tasks">
        {kinds
          .filter((kind) => data[kind].length > 0)
          .map((kind) => (
            <li key={kind}>
              <a href={hrefOf('register')} className="task">
                <span className="task-name">{text(`register.task.${kind}`)}</span>
                <span className="task-hint">{text(`register.task.${kind}.hint`)}</span>
                <span className="task-count number">{data[kind].length.toLocaleString('en-US')}</span>
              </a>
            </li>
          ))}
      </ul>
    </section>
  )
}
