import { coveredMembers } from '../../../src-shared/access/deputies.ts'
import { dueDay, stageOf, urgencyOf } from '../../../src-shared/calendar/deadlines.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DrawnView } from '../../../src-shared/contract/drawn-view.ts'
import type { QueueItem } from '../../../src-shared/contract/views.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'
import { drawnRow, type DrawnRow } from '../../vault/draw-queries.ts'
import type { QueueRow } from '../../vault/queue-queries.ts'
import { catalogueOfVersion } from '../catalogue/read.ts'
import { memberName, moment, type Session, type UnlockedContext } from '../context.ts'
import { readRevisionBody, summaryOf, type RevisionBody } from '../dossier/bodies.ts'
import { findCadre } from '../dossier/dossier.ts'
import { stateOf } from '../dossier/roads.ts'
import { officeCalendar, officeDay } from '../settings/calendar.ts'
import type { OpenDatabase } from './filters.ts'
import { withheldFields } from './rekey.ts'

/** The fields of a row that the member at work has to type before they see them. */
export function withheldOf(
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  row: QueueRow,
): ReadonlySet<string> {
  // What is on its way keeps the rule it was submitted under, whatever holds now.
  const { catalogueVersions } = session.vault.authority.head
  const asks = catalogueVersions.some(({ rules }) => rules.get(row.category)?.verification === 'dual-rekey')
  // Most categories do not ask for it, and following a road for every row of a queue would cost.
  const state = asks ? stateOf(session, from.database, row.record) : null
  const revision = state?.revisions.find((one) => one.revision === row.digest)
  if (state === null || revision === undefined) return new Set()
  return withheldFields(session, catalogue, from.database, state)
}

/** The catalogue that an entry was made under. */
export function ownCatalogue(session: Session, newest: Catalogue, body: RevisionBody | null): Catalogue {
  return body === null ? newest : catalogueOfVersion(session, body.catalogueVersion, newest)
}

export function queueItem(
  office: Office,
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  row: QueueRow,
  withheld: ReadonlySet<string>,
): QueueItem {
  const body = withheld.size > 0 ? null : readRevisionBody(from.database, row.record, row.digest)
  return {
    record: row.record,
    revision: row.digest,
    compartment: from.name,
    cadre: row.cadre,
    cadreName: findCadre(session, row.cadre)?.name ?? '',
    category: row.category,
    summary: summaryOf(ownCatalogue(session, catalogue, body), row.category, body),
    status: row.status,
    batch: row.batch,
    authorName: memberName(session, row.author),
    submittedAt: row.submitted_at,
    waitingSince: row.waiting_since,
    ...office.dueOf(row.status, row.waiting_since),
    assigned: [row.assigned_first, row.assigned_second].flatMap((member) =>
      member === null || member === row.reviewer_first || member === row.reviewer_second
        ? []
        : [{ member, name: memberName(session, member), isAbsent: !office.covered.has(member) }],
    ),
    opinions: row.opinions,
    opinionsNeeded: row.opinions_needed,
    drawn: row.batch === null ? null : drawnView(drawnRow(from.database, row.record, row.digest)),
    rival: row.rival !== null,
  }
}

function drawnView(row: DrawnRow | null): DrawnView | null {
  if (row === null) return null
  const { draw, seed, lot, size, seen } = row
  return { draw, seed, lot, size, seen: seen === 1 }
}

/** What the days of the office say of everything on one page. */
export interface Office {
  /** Members whose assigned work somebody does today. */
  readonly covered: ReadonlySet<string>
  dueOf(status: RevisionStatus, since: string): Pick<QueueItem, 'due' | 'urgency'>
}

export function officeNow(context: UnlockedContext): Office {
  const { session } = context
  const { head } = session.vault.authority
  const calendar = officeCalendar(session)
  const today = officeDay(context)
  return {
    covered: new Set(coveredMembers(head, 'reviewer', moment(context))),
    dueOf(status, since) {
      const stage = stageOf(status)
      if (stage === null) return { due: null, urgency: null }
      const due = dueDay(calendar, head.deadlines, stage, since)
      return { due, urgency: urgencyOf(calendar, due, today) }
    },
  }
}
