import { dueDayOf, type DueDay, type DueItem } from '../../../src-shared/cycles/due.ts'
import type { WorkingCalendar } from '../../../src-shared/calendar/working-days.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { refreshDue } from '../../vault/due-index.ts'
import { dueKinds, overdueByCadre, type DueKind } from '../../vault/due-queries.ts'
import { catalogueOf } from '../catalogue/read.ts'
import type { UnlockedContext } from '../context.ts'
import { seesTags } from '../dossier/listing-sight.ts'
import { sightOf, type Sight } from '../dossier/sight.ts'
import { openDatabases } from '../review/filters.ts'
import { officeCalendar, officeDay } from '../settings/calendar.ts'

/** What opened a category says something too: of another category, or of the stage. */
function isSeen(sight: Sight, { category, cause, source }: DueItem): boolean {
  if (!sight.sees(category)) return false
  if (cause === 'stage') return seesTags(sight)
  return source === '' || sight.sees(source)
}

export interface DueNow {
  readonly day: DueDay
  readonly calendar: WorkingCalendar
  /** Of each open compartment, what the member sees of it. */
  readonly parts: readonly { readonly database: Database; readonly kinds: readonly DueKind[] }[]
  /** Cadres of whom it is still to be told. */
  readonly pending: number
}

/** What is due today, of the categories that the member at work sees and `isMeant` lets through. */
export function dueNow(
  context: UnlockedContext,
  isMeant: (category: string) => boolean = () => true,
): Result<DueNow> {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const versions = session.vault.authority.head.catalogueVersions
  const digest = versions.find(({ version }) => version === catalogue.value.version)?.body ?? ''
  const calendar = officeCalendar(session)
  const day = dueDayOf(calendar, officeDay(context))
  const sight = sightOf(session)
  let pending = 0
  const parts = openDatabases(session).map(({ name, database }) => {
    pending += refreshDue(database, { digest, compartment: name, catalogue: catalogue.value })
    const kinds = dueKinds(database, calendar, day, (item) => isMeant(item.category) && isSeen(sight, item))
    return { database, kinds }
  })
  return ok({ day, calendar, parts, pending })
}

/** Brings what is due up to date; of how many cadres it is still to be told. */
export function pendingDue(context: UnlockedContext): number {
  const now = dueNow(context, () => false)
  return now.ok ? now.value.pending : 0
}

/** How much is overdue of each cadre today, of what the member at work sees; who is in time is not named. */
export function overdueOfCadres(context: UnlockedContext): Result<ReadonlyMap<Id, number>> {
  const now = dueNow(context)
  if (!now.ok) return now
  const overdue = new Map<Id, number>()
  for (const { database, kinds } of now.value.parts) {
    const late = kinds.filter(({ state }) => state === 'overdue').map(({ id }) => id)
    for (const [cadre, count] of overdueByCadre(database, late))
      overdue.set(cadre, (overdue.get(cadre) ?? 0) + count)
  }
  return ok(overdue)
}
