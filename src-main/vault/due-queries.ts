import type { WorkingCalendar } from '../../src-shared/calendar/working-days.ts'
import { dueStateOf, lastDay, type DueDay, type DueItem, type DueState } from '../../src-shared/cycles/due.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'
import { bodyOf } from './names.ts'

/** What is asked of some cadres on one day; `due` is its last day. */
export interface DueKind extends DueItem {
  readonly id: number
  readonly due: string
  readonly state: DueState
}

/**
 * What is due of anybody, by last day, of what `sees` lets through: what a member does not see must not be counted
 * either. Up to date after `refreshDue`.
 */
export function dueKinds(
  database: Database,
  calendar: WorkingCalendar,
  day: DueDay,
  sees: (item: DueItem) => boolean,
): readonly DueKind[] {
  return statement<Omit<DueKind, 'due' | 'state'>>(
    database,
    'SELECT id, category, cause, source, opens, basis, within FROM due_kind',
  )
    .all()
    .filter(sees)
    .map((kind) => {
      const due = lastDay(calendar, kind)
      return { ...kind, due, state: dueStateOf(day, kind.opens, due) }
    })
    .sort((a, b) => compare(a.due, b.due) || compare(a.category, b.category) || a.id - b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whose items are meant: of one cadre, or of all but one. */
export interface DueWhose {
  readonly cadre: Id | null
  readonly but: Id | null
}

/** How many cadres each kind is due of. */
export function countByKind(database: Database, { cadre, but }: DueWhose): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  if (cadre !== null) {
    if (cadre !== but) for (const kind of kindsOf(database, cadre)) counts.set(kind, 1)
    return counts
  }
  const rows = statement<{ kind: number; n: number }>(
    database,
    'SELECT kind, count(*) AS n FROM due_item GROUP BY kind',
  ).all()
  for (const { kind, n } of rows) counts.set(kind, n)
  if (but === null) return counts
  for (const kind of kindsOf(database, but)) counts.set(kind, (counts.get(kind) ?? 0) - 1)
  return counts
}

function kindsOf(database: Database, cadre: Id): readonly number[] {
  return statement<{ kind: number }>(
    database,
    `SELECT due_item.kind AS kind FROM due_cadre JOIN due_item ON due_item.cadre = due_cadre.row
     WHERE due_cadre.cadre = ?`,
  )
    .all(cadre)
    .map(({ kind }) => kind)
}

/** The cadres that one kind is due of, in the order of the list of dossiers. */
export function cadresOfKind(
  database: Database,
  kind: number,
  { cadre, but }: DueWhose,
  offset: number,
  limit: number,
): readonly Id[] {
  return statement<{ cadre: Id }>(
    database,
    `SELECT due_cadre.cadre AS cadre FROM due_item JOIN due_cadre ON due_cadre.row = due_item.cadre
       LEFT JOIN dossier_line ON dossier_line.cadre = due_cadre.cadre
     WHERE due_item.kind = :kind AND (:cadre IS NULL OR due_cadre.cadre = :cadre)
       AND (:but IS NULL OR due_cadre.cadre <> :but)
     ORDER BY dossier_line.pinyin, dossier_line.name, due_cadre.cadre LIMIT :limit OFFSET :offset`,
  )
    .all({ kind, cadre, but, limit, offset })
    .map((row) => row.cadre)
}

/** How many of these kinds (ids, as {@link dueKinds} tells them) are due of each cadre; who has none is not named. */
export function overdueByCadre(database: Database, kinds: readonly number[]): ReadonlyMap<Id, number> {
  const rows = statement<{ cadre: Id; n: number }>(
    database,
    // Counted by number first: names beside half a million rows take twice as long.
    `SELECT due_cadre.cadre AS cadre, n FROM (
       SELECT due_item.cadre AS number, count(*) AS n FROM json_each(?) AS asked
         JOIN due_item ON due_item.kind = asked.value GROUP BY due_item.cadre
     ) AS counted JOIN due_cadre ON due_cadre.row = counted.number`,
  ).all(JSON.stringify(kinds))
  return new Map(rows.map(({ cadre, n }) => [cadre, n]))
}

export interface CadreStage {
  /** A code of the table `stage`, by a signed act or else by the archived basic facts. */
  readonly stage: string
  readonly since: string
}

/** The stage of every cadre of whom somebody has said one. */
export function stageByCadre(database: Database): ReadonlyMap<Id, CadreStage> {
  const rows = statement<CadreStage & { readonly cadre: Id }>(
    database,
    'SELECT cadre, stage, stage_since AS since FROM due_cadre WHERE stage IS NOT NULL',
  ).all()
  return new Map(rows.map(({ cadre, stage, since }) => [cadre, { stage, since }]))
}

/** What the index says of one cadre's stage; null where nobody has said one. */
export function stageOfCadre(database: Database, cadre: Id): CadreStage | null {
  const row = statement<CadreStage>(
    database,
    'SELECT stage, stage_since AS since FROM due_cadre WHERE cadre = ? AND stage IS NOT NULL',
  ).get(cadre)
  return row ?? null
}

/** The day on which a member last looked at what is due on this device. */
export function seenDay(database: Database, member: Id): string | null {
  const row = statement<{ day: string }>(database, 'SELECT day FROM due_seen WHERE member = ?').get(member)
  return row?.day ?? null
}

export function markSeen(database: Database, member: Id, day: string): void {
  statement(
    database,
    'INSERT INTO due_seen (member, day) VALUES (?, ?) ON CONFLICT (member) DO UPDATE SET day = excluded.day',
  ).run(member, day)
}

/** The one archived record of a category, statements of no change left out; null for none, or more than one. */
export function onlyArchived(database: Database, cadre: Id, category: string): Id | null {
  const rows = statement<{ record: Id; digest: Digest }>(
    database,
    `SELECT record, digest FROM revision WHERE cadre = ? AND category = ? AND status = 'archived'`,
  ).all(cadre, category)
  const facts = rows.filter(({ digest }) => bodyOf(database, digest)?.['declaration'] !== 'unchanged')
  const [first] = facts
  return first !== undefined && facts.every(({ record }) => record === first.record) ? first.record : null
}
