import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { OwnCard } from './own-card.tsx'
import { countTasks, useTasks } from './use-members.ts'

/** On the workbench: what waits in the matter of roles and keys, if anything. */
export function BenchTasks() {
  const text = useText()
  const { data } = useTasks()
  if (data === null) return null
  const lines = [
    { key: 'fork', count: data.fork === null ? 0 : 1 },
    { key: 'confirm', count: data.confirmations.length },
    { key: 'epochs', count: data.epochs.length + data.rekeys.length },
    { key: 'ends', count: data.ends.length },
    { key: 'expired', count: data.expired.length },
    { key: 'own', count: data.own.mayAnswer ? 1 : 0 },
    { key: 'unanswered', count: data.unanswered.length },
  ] as const
  return (
    <>
      <OwnCard own={data.own} />
      {countTasks(data) === 0 ? null : (
        <section className="card" aria-labelledby="bench-members">
          <h2 id="bench-members">{text('members.tasks')}</h2>
          <ul className="tasks">
            {lines
              .filter((line) => line.count > 0)
              .map((line) => (
                <li key={line.key}>
                  <a href={hrefOf('members', 'tasks')} className="task">
                    <span className="task-name">{text(`members.bench.${line.key}`)}</span>
                    <span className="task-hint">{text(`members.bench.${line.key}.hint`)}</span>
                    <span className="task-count number">{line.count}</span>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  )
}
