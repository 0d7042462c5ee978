import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { businessRoles, type Role } from '../../../src-shared/access/roles.ts'
import type { QueueItem, QueueKind, WorkbenchView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Mark, StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { BenchProposal } from '../catalogue/waiting.tsx'
import { DueCard } from '../cycles/due-card.tsx'
import { DisclosureTasksCard } from '../disclosure/tasks-card.tsx'
import { BenchTasks } from '../members/bench-tasks.tsx'
import { Undelivered } from '../sources/undelivered.tsx'
import { TwinsCard } from '../twins/twins-notice.tsx'
import { TransferBenchCard } from '../transfer/bench-card.tsx'
import { Drafts } from './drafts.tsx'
import { FirstSteps } from './first-steps.tsx'
import { WaitingCard } from './waiting-card.tsx'

interface Task {
  readonly kind: QueueKind
  readonly roles: readonly Role[]
  readonly href: string
}

const tasks: readonly Task[] = [
  { kind: 'returned', roles: ['collector', 'inspector'], href: hrefOf('entry', 'mine', 'returned') },
  { kind: 'to-review', roles: ['reviewer'], href: hrefOf('review') },
  { kind: 'to-open', roles: ['approver'], href: hrefOf('signing', 'open') },
  {
    kind: 'to-adjudicate',
    roles: ['approver', 'inspector', 'reviewer'],
    href: hrefOf('signing', 'adjudicate'),
  },
  { kind: 'to-sign', roles: ['approver'], href: hrefOf('signing', 'sign') },
  { kind: 'overdue', roles: ['approver', 'inspector'], href: hrefOf('signing', 'overdue') },
  { kind: 'awaiting-above', roles: ['approver', 'inspector'], href: hrefOf('signing', 'above') },
  { kind: 'referred', roles: ['approver', 'inspector'], href: hrefOf('signing', 'above') },
  {
    kind: 'rivals',
    roles: ['collector', 'inspector', 'approver'],
    href: hrefOf('dossiers', 'rivals'),
  },
  { kind: 'on-the-way', roles: ['collector', 'inspector'], href: hrefOf('entry', 'mine', 'on-the-way') },
]

export function WorkbenchPage() {
  const text = useText()
  const { session, workbench } = useDesk()
  const worksOnDossiers = holdsAny(session, businessRoles)
  const mine = tasks.filter((task) => holdsAny(session, task.roles))
  return (
    <div className="page">
      <PageHeader
        title={text('nav.workbench')}
        hint={text('workbench.hint', { name: session.member.name })}
      />
      {workbench === null ? null : (
        <>
          <BenchTasks />
          <BenchProposal />
          {worksOnDossiers && workbench.dossiers === 0 ? <FirstSteps /> : null}
          <div className="bench">
            {mine.length === 0 ? null : (
              <section className="card" aria-labelledby="bench-tasks">
                <h2 id="bench-tasks">{text('workbench.tasks')}</h2>
                <ul className="tasks">
                  {mine.map((task) => (
                    <TaskLine key={task.kind} task={task} workbench={workbench} />
                  ))}
                  {workbench.orphaned === null || workbench.orphaned === 0 ? null : (
                    <li>
                      <a href={hrefOf('signing', 'handover')} className="task">
                        <span className="task-name">{text('handover.bench')}</span>
                        <span className="task-hint">{text('handover.bench.hint')}</span>
                        <span className="task-count number">{workbench.orphaned}</span>
                      </a>
                    </li>
                  )}
                </ul>
              </section>
            )}
            <Figures workbench={workbench} />
          </div>
          {/* What others wait for comes before what the calendar says. */}
          {holdsAny(session, businessRoles) ? <WaitingCard /> : null}
          <DisclosureTasksCard />
          <TransferBenchCard />
          <DueCard />
          <Undelivered />
          <TwinsCard />
          {holdsAny(session, ['collector', 'inspector']) ? <Drafts /> : null}
          {worksOnDossiers ? <Recent items={workbench.recent} /> : null}
        </>
      )}
    </div>
  )
}

function TaskLine({ task, workbench }: { readonly task: Task; readonly workbench: WorkbenchView }) {
  const text = useText()
  const queue = workbench.queues.find((one) => one.kind === task.kind)
  const count = queue?.count ?? 0
  const overdue = task.kind === 'overdue' ? count : (queue?.overdue ?? 0)
  const soon = queue?.soon ?? 0
  return (
    <li>
      <a href={task.href} className={count === 0 ? 'task is-done' : 'task'}>
        <span className="task-name">{text(`queue.${task.kind}`)}</span>
        <span className="task-hint">
          {text(`queue.${task.kind}.hint`)}
          {overdue === 0 ? null : (
            <Mark shape="✕" tone="risk" word={text('urgency.overdue.count', { count: overdue })} />
          )}
          {soon === 0 ? null : (
            <Mark shape="▲" tone="watch" word={text('urgency.soon.count', { count: soon })} />
          )}
        </span>
        <span className="task-count number">{count.toLocaleString('en-US')}</span>
      </a>
    </li>
  )
}

function Figures({ workbench }: { readonly workbench: WorkbenchView }) {
  const text = useText()
  const { session } = useDesk()
  const isBusiness = holdsAny(session, ['collector', 'reviewer', 'approver', 'inspector'])
  const isEnterer = holdsAny(session, ['collector', 'inspector'])
  return (
    <section className="card" aria-labelledby="bench-figures">
      <h2 id="bench-figures">{text('workbench.figures')}</h2>
      <dl className="figures">
        {isBusiness ? (
          <>
            <Figure label={text('workbench.dossiers')} value={workbench.dossiers} href={hrefOf('dossiers')} />
            <Figure label={text('workbench.archived')} value={workbench.archived} />
          </>
        ) : null}
        {isEnterer ? (
          <Figure
            label={text('workbench.quarantined')}
            value={workbench.quarantined}
            href={hrefOf('import', 'quarantine')}
            isWatched={workbench.quarantined > 0}
          />
        ) : null}
        <Figure
          label={text('workbench.unsent')}
          value={workbench.unsent}
          href={hrefOf('sync')}
          isWatched={workbench.unsent > 0}
        />
      </dl>
      <p className="figures-note">
        {workbench.lastReceiptAt === null
          ? text('workbench.no-receipt')
          : text('workbench.last-receipt', { at: momentText(workbench.lastReceiptAt) })}
      </p>
    </section>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: number
  readonly href?: string
  readonly isWatched?: boolean
}

function Figure({ label, value, href, isWatched = false }: FigureProps) {
  const number = (
    <span className={isWatched ? 'number is-watched' : 'number'}>{value.toLocaleString('en-US')}</span>
  )
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>{href === undefined ? number : <a href={href}>{number}</a>}</dd>
    </div>
  )
}

function Recent({ items }: { readonly items: readonly QueueItem[] }) {
  const text = useText()
  const { catalogue } = useDesk()
  return (
    <section className="card" aria-labelledby="bench-recent">
      <h2 id="bench-recent">{text('workbench.recent')}</h2>
      {items.length === 0 ? (
        <EmptyState isSmall title={text('workbench.recent.none')} hint={text('workbench.recent.none.hint')} />
      ) : (
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{text('column.cadre')}</th>
              <th scope="col">{text('column.category')}</th>
              <th scope="col">{text('column.summary')}</th>
              <th scope="col">{text('column.status')}</th>
              <th scope="col">{text('column.author')}</th>
              <th scope="col">{text('column.submitted')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.revision}>
                <td className="nowrap">
                  <a href={hrefOf('dossiers', item.cadre, item.record)}>{item.cadreName}</a>
                </td>
                <td className="nowrap">{findCategory(catalogue, item.category)?.name ?? item.category}</td>
                <td className="one-line-cell" title={item.summary}>
                  {item.summary}
                </td>
                <td className="nowrap">
                  <StatusTag status={item.status} />
                </td>
                <td className="nowrap">{item.authorName}</td>
                <td className="nowrap number">{momentText(item.submittedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
