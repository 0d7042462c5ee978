import type { QueueItem } from '../../../src-shared/contract/views.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** By when something is to be done: the day, and a word where it is late or nearly. */
export function DueMark({
  of: { due, urgency, waitingSince },
}: {
  readonly of: Pick<QueueItem, 'due' | 'urgency' | 'waitingSince'>
}) {
  const text = useText()
  if (due === null || urgency === null) return <span className="blank">{text('due.none')}</span>
  const since = text('due.since', { at: momentText(waitingSince) })
  return (
    <span className="due" title={since}>
      <time className="number" dateTime={due}>
        {due}
      </time>
      {urgency === 'later' ? null : (
        <Mark
          shape={urgency === 'overdue' ? '✕' : '▲'}
          tone={urgency === 'overdue' ? 'risk' : 'watch'}
          word={text(`urgency.${urgency}`)}
        />
      )}
    </span>
  )
}

/** To whom it is assigned; a name of somebody who does not review now is marked. */
export function AssignedNames({ assigned }: { readonly assigned: QueueItem['assigned'] }) {
  const text = useText()
  if (assigned.length === 0) return <span className="blank">{text('due.nobody')}</span>
  return (
    <span className="assigned-names">
      {assigned.map(({ member, name, isAbsent }) => (
        <span key={member}>
          {name}
          {isAbsent ? <Mark shape="▲" tone="watch" word={text('due.absent')} /> : null}
        </span>
      ))}
    </span>
  )
}
