import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { isWorkingDay, shiftDay, type WorkingCalendar } from '../../../src-shared/calendar/working-days.ts'
import type { DueCounts, DueFilter, DueRow, DueSummary } from '../../../src-shared/contract/cycles.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { Database } from '../../vault/database.ts'
import {
  cadresOfKind,
  countByKind,
  markSeen,
  onlyArchived,
  seenDay,
  type DueKind,
  type DueWhose,
} from '../../vault/due-queries.ts'
import { momentOf, openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { grantedFor, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { officeDay } from '../settings/calendar.ts'
import { dueNow, type DueNow } from './due-now.ts'

/** Who answers for something being handed in: who enters it, and who signs for it. */
const responsible: readonly Role[] = ['collector', 'inspector', 'approver']
const enterers: readonly Role[] = ['collector', 'inspector']

interface Meant extends DueNow {
  readonly whose: DueWhose
  readonly categories: Catalogue['categories']
}

/** What is due of the categories that the member is responsible for, and of anybody but themself. */
function meantBy(context: UnlockedContext, filter: DueFilter): Result<Meant> {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const answers = responsibleFor(session)
  const categories = catalogue.value.categories.filter(({ id }) => answers(id))
  const meant = new Set(
    categories
      .filter(({ id }) => filter.category === null || filter.category === id)
      .filter(({ owner }) => filter.owner === null || filter.owner === owner)
      .map(({ id }) => id),
  )
  const now = dueNow(context, (category) => meant.has(category))
  if (!now.ok) return now
  const own = ownDossier(session)
  return ok({ ...now.value, whose: { cadre: filter.cadre, but: own }, categories })
}

function responsibleFor({ vault }: Session): (category: string) => boolean {
  const { head } = vault.authority
  const at = momentOf(vault)
  const reach = responsible.flatMap((role) => grantsInForce(head, vault.member.id, role, at))
  return (category) => {
    const rule = head.catalogue?.rules.get(category)
    return rule !== undefined && vault.compartments.has(rule.compartment) && mayHandle(reach, rule)
  }
}

const nothing: DueCounts = { overdue: 0, soon: 0, open: 0, later: 0 }

export const dueSummary: UnlockedHandler<'due.summary'> = (context, { filter, month: asked }) => {
  const { session } = context
  const meant = meantBy(context, filter)
  if (!meant.ok) return meant
  const { parts, whose, categories, calendar, day, pending } = meant.value
  const archive = session.vault.compartments.get('archive')?.database
  const last = archive === undefined ? null : seenDay(archive, session.vault.member.id)
  const byCategory = new Map(categories.map(({ id }) => [id, { ...nothing }]))
  const days = new Map<string, number>()
  const seen = { opened: 0, late: 0 }
  for (const { database, kinds } of parts) {
    const counts = countByKind(database, whose)
    for (const kind of kinds) {
      const count = counts.get(kind.id) ?? 0
      const { category, due, state, opens } = kind
      const known = byCategory.get(category)
      if (count === 0 || known === undefined) continue
      known[state] += count
      days.set(due, (days.get(due) ?? 0) + count)
      if (last === null || state === 'later') continue
      if (opens > last) seen.opened += count
      else if (state === 'overdue' && due >= last) seen.late += count
    }
  }
  const month = asked ?? firstMonth(days.keys(), day.today.slice(0, 7))
  const owners = [...new Set(categories.map(({ owner }) => owner))]
  const countsOf = (owner: string | null) =>
    sum(
      categories
        .filter((category) => owner === null || category.owner === owner)
        .map(({ id }) => byCategory.get(id) ?? nothing),
    )
  return ok({
    today: day.today,
    month,
    counts: countsOf(null),
    byCategory: [...byCategory].map(([category, counts]) => ({ category, ...counts })),
    byOwner: owners.map((owner) => ({ owner, ...countsOf(owner) })),
    days: [...days]
      .filter(([on]) => on.startsWith(month))
      .map(([on, count]) => ({ day: on, count }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    rest: restDays(calendar, month),
    pending,
    seen: last === null ? null : { day: last, ...seen },
  } satisfies DueSummary)
}

/** This month, or where nothing falls due in it the next in which something does. */
function firstMonth(days: Iterable<string>, thisMonth: string): string {
  const months = [...days].map((day) => day.slice(0, 7)).filter((month) => month >= thisMonth)
  return months.sort()[0] ?? thisMonth
}

function sum(parts: readonly DueCounts[]): DueCounts {
  const total = { ...nothing }
  for (const { overdue, soon, open, later } of parts) {
    total.overdue += overdue
    total.soon += soon
    total.open += open
    total.later += later
  }
  return total
}

function restDays(calendar: WorkingCalendar, month: string): readonly string[] {
  const days: string[] = []
  for (let day = `${month}-01`; day.startsWith(month); day = shiftDay(day, 1))
    if (!isWorkingDay(calendar, day)) days.push(day)
  return days
}

/** A kind in one compartment, with how many cadres it is due of. */
interface Stretch {
  readonly database: Database
  readonly kind: DueKind
  readonly count: number
}

export const dueList: UnlockedHandler<'due.list'> = (context, input) => {
  const { session } = context
  const meant = meantBy(context, input.filter)
  if (!meant.ok) return meant
  const { parts, whose, categories, pending } = meant.value
  const stretches = parts.flatMap(({ database, kinds }): readonly Stretch[] => {
    const counts = countByKind(database, whose)
    return kinds
      .filter(({ due, state }) => input.states.includes(state) && isWithin(due, input.from, input.until))
      .map((kind) => ({ database, kind, count: counts.get(kind.id) ?? 0 }))
      .filter(({ count }) => count > 0)
  })
  stretches.sort((a, b) => (a.kind.due < b.kind.due ? -1 : a.kind.due > b.kind.due ? 1 : 0))
  const rows: DueRow[] = []
  let skip = input.offset
  for (const { database, kind, count } of stretches) {
    const left = input.limit - rows.length
    if (left === 0) break
    if (skip >= count) {
      skip -= count
      continue
    }
    const cadres = cadresOfKind(database, kind.id, whose, skip, left)
    skip = 0
    const category = categories.find(({ id }) => id === kind.category)
    const corrects = category?.many === false || kind.source === kind.category
    const mayEnter = enterers.some((role) => grantedFor(session, role, kind.category))
    for (const cadre of cadres)
      rows.push({
        ...rowOf(session, kind, cadre),
        record: corrects ? onlyArchived(database, cadre, kind.category) : null,
        mayEnter,
      })
  }
  const total = stretches.reduce((all, { count }) => all + count, 0)
  return ok({ rows, total, pending })
}

function isWithin(day: string, from: string | null, until: string | null): boolean {
  return (from === null || day >= from) && (until === null || day <= until)
}

function rowOf(session: Session, kind: DueKind, cadre: Id): Omit<DueRow, 'record' | 'mayEnter'> {
  const { category, cause, source, opens, due, state } = kind
  const row = findCadre(session, cadre)
  return {
    cadre,
    name: row?.name ?? '',
    post: row?.post ?? null,
    category,
    cause,
    source,
    opens,
    due,
    state,
  }
}

export const dueSeen: UnlockedHandler<'due.seen'> = (context) => {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  markSeen(archive.value.database, context.session.vault.member.id, officeDay(context))
  return ok(null)
}
