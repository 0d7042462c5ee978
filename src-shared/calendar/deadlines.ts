import type { RevisionState, RevisionStatus } from '../review/states.ts'
import { dayOf } from './day.ts'
import type { Deadlines, Stage } from './stages.ts'
import { addWorkingDays, firstNotDueBy, momentOfDay, shiftDay, type WorkingCalendar } from './working-days.ts'

export { stages, type Deadlines, type Stage } from './stages.ts'

const stageOfStatus: Readonly<Partial<Record<RevisionStatus, Stage>>> = {
  submitted: 'review',
  'in-review': 'review',
  unopened: 'signature',
  disputed: 'adjudication',
  agreed: 'signature',
  adjudicated: 'signature',
}

/** Null where nobody's deadline runs: sent back, archived, withdrawn. */
export function stageOf(status: RevisionStatus): Stage | null {
  return stageOfStatus[status] ?? null
}

/**
 * Since when a revision waits where it is: the signed time of the step that brought it there, as whoever took that step
 * claims it. Null for one that waits for nobody.
 */
export function waitingSince(revision: RevisionState): string | null {
  const { status, author, discarded, opinions, opened, escalated, adjudication, returned, group } = revision
  const above = revision.directives.at(-1)?.hand
  switch (status) {
    case 'submitted':
    case 'in-review':
      return (discarded.at(-1)?.hand ?? author).at
    case 'unopened':
      return (opinions.at(-1)?.hand ?? author).at
    case 'agreed':
      return (opened ?? author).at
    case 'disputed':
      return (escalated?.hand ?? opened ?? author).at
    case 'adjudicated':
      return (above ?? adjudication?.hand ?? author).at
    case 'referred':
      return (revision.referred?.hand ?? author).at
    case 'awaiting-above':
    case 'conflict':
      return (revision.signed?.hand ?? author).at
    case 'returned':
      return (above ?? returned?.hand ?? adjudication?.hand ?? group?.votes.at(-1)?.hand ?? opened ?? author)
        .at
    default:
      return null
  }
}

export const urgencies = ['overdue', 'soon', 'later'] as const
/** `overdue`: its last day has passed. `soon`: today or on the next working day. `later`: neither. */
export type Urgency = (typeof urgencies)[number]

/** The last day on which a stage that began at `since` (ISO 8601 UTC) is in time. */
export function dueDay(calendar: WorkingCalendar, deadlines: Deadlines, stage: Stage, since: string): string {
  return addWorkingDays(calendar, dayOf(since), deadlines[stage])
}

export function urgencyOf(calendar: WorkingCalendar, due: string, today: string): Urgency {
  if (due < today) return 'overdue'
  return due <= addWorkingDays(calendar, today, 1) ? 'soon' : 'later'
}

/** Moments (ISO 8601 UTC): what has waited since before `overdue` is overdue, since before `soon` is due soon at least. */
export interface DueBounds {
  readonly overdue: string
  readonly soon: string
}

/** The same as {@link urgencyOf} turned round, so that a database can answer it from since when something waits. */
export function dueBounds(
  calendar: WorkingCalendar,
  deadlines: Deadlines,
  stage: Stage,
  today: string,
): DueBounds {
  const days = deadlines[stage]
  return {
    overdue: momentOfDay(firstNotDueBy(calendar, shiftDay(today, -1), days)),
    soon: momentOfDay(firstNotDueBy(calendar, addWorkingDays(calendar, today, 1), days)),
  }
}
