import { Skeleton } from 'antd'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { ConfirmCard } from './confirm-card.tsx'
import { EndCard } from './end-card.tsx'
import { EpochCard } from './epoch-card.tsx'
import { ExpiredCard } from './expired-card.tsx'
import { ForkCard } from './fork-card.tsx'
import { OwnCard } from './own-card.tsx'
import { TieCard } from './tie-card.tsx'
import { UnansweredCard } from './unanswered-card.tsx'
import { countTasks, useTasks } from './use-members.ts'

/** Everything in the matter of roles and keys that waits for whoever is at work. */
export function TasksPage() {
  const text = useText()
  const tasks = useTasks()
  if (tasks.failure !== null) {
    return (
      <div className="page">
        <ErrorNotice failure={tasks.failure} onRetry={tasks.reload} />
      </div>
    )
  }
  if (tasks.data === null) return <Skeleton active className="page" />
  const { data } = tasks
  return (
    <div className="page">
      <PageHeader title={text('members.tasks')} hint={text('members.tasks.hint')} />
      {data.fork === null ? null : <ForkCard fork={data.fork} />}
      <OwnCard own={data.own} />
      {data.confirmations.map((task) => (
        <ConfirmCard key={`${task.member}/${task.fingerprint}`} task={task} />
      ))}
      {data.epochs.length + data.rekeys.length === 0 ? null : (
        <EpochCard epochs={data.epochs} rekeys={data.rekeys} />
      )}
      {data.ends.map((task) => (
        <EndCard key={`${task.key}/${task.compartment}`} task={task} />
      ))}
      {data.expired.length === 0 ? null : <ExpiredCard expired={data.expired} />}
      {data.own.mayAnswer ? <TieCard /> : null}
      {data.unanswered.length === 0 ? null : <UnansweredCard unanswered={data.unanswered} />}
      {countTasks(data) === 0 && data.fork === null ? (
        <EmptyState isSmall title={text('members.tasks.none')} hint={text('members.tasks.none.hint')} />
      ) : null}
    </div>
  )
}
