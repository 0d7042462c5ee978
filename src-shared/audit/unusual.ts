import { z } from 'zod'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import type { DeepReadonly } from '../kernel/readonly.ts'
import type { AccessFlag, AccessKind } from './access-entry.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** The thresholds, as data: `resources/audit/unusual-use.json`. */
export const unusualRulesSchema = z.strictObject({
  type: z.literal('liandang/unusual-use/1'),
  version: z.int().min(1),
  /** The office's clock, east of UTC: the same answer on every machine, whatever its own zone. */
  utcOffsetMinutes: z.int().min(-720).max(840),
  officeHours: z.strictObject({
    from: clock,
    until: clock,
    /** 0 is Sunday. */
    weekdays: z.array(z.int().min(0).max(6)).max(7),
  }),
  bulk: z.strictObject({ minutes: z.int().min(1).max(1440), dossiersAbove: z.int().min(1) }),
  oddHours: z.strictObject({ actsPerDay: z.int().min(1) }),
  refused: z.strictObject({ perDay: z.int().min(1) }),
  failedLogIns: z.strictObject({ perDay: z.int().min(1) }),
  fishing: z.strictObject({ searchesPerDay: z.int().min(1), minutesToOpen: z.int().min(1).max(1440) }),
})
export type UnusualRules = DeepReadonly<z.infer<typeof unusualRulesSchema>>

/** What the rules look at of one access entry. */
export interface UsedAccess {
  /** UTC. */
  readonly at: string
  readonly member: Id
  readonly kind: AccessKind
  readonly cadre: Id | null
  readonly cadreName: string | null
  readonly flags: readonly AccessFlag[]
  readonly count: number
}

export const unusualKinds = [
  'bulk',
  'odd-hours',
  'self',
  'kin',
  'refused',
  'failed-log-ins',
  'fishing',
] as const
export type UnusualKind = (typeof unusualKinds)[number]

/** A sign that a person should look; it decides nothing. */
export interface UnusualUse {
  /** Names the finding in a disposition: SHA-256 over rule, member, subject and first moment. */
  readonly key: Digest
  readonly rule: UnusualKind
  readonly member: Id
  /** First and last entry that it rests on; UTC. */
  readonly from: string
  readonly to: string
  /** What was counted, and the number from which the rule speaks. */
  readonly counted: number
  readonly threshold: number
  /** What else the arithmetic rests on: searches in all, minutes of the window. */
  readonly base: number | null
  /** The one dossier it is about, where it is about one. */
  readonly cadre: Id | null
  readonly cadreName: string | null
}

/** Content was shown, not merely asked for. */
const reading: readonly AccessKind[] = [
  'dossier',
  'record',
  'batch',
  'evidence',
  'list-export',
  'export',
  'print',
  'copy',
]
const opening: readonly AccessKind[] = ['dossier', 'record', 'evidence']

const minute = 60_000
const day = 24 * 60 * minute

type Draft = Omit<UnusualUse, 'key'>

/** Applies every rule to the entries of some time, oldest first. The newest finding comes first. */
export function findUnusual(
  primitives: Pick<Primitives, 'sha256'>,
  rules: UnusualRules,
  entries: readonly UsedAccess[],
): readonly UnusualUse[] {
  const drafts: Draft[] = []
  for (const own of groupBy(entries, ({ member }) => member).values()) {
    drafts.push(...bulkReading(rules, own))
    const days = groupBy(own, ({ at }) => String(localDay(rules, at)))
    for (const entriesOfDay of days.values()) {
      drafts.push(...ofDay(rules, entriesOfDay), ...aboutRelated(entriesOfDay))
    }
    drafts.push(...fishing(rules, own))
  }
  return drafts
    .sort((a, b) => (a.to === b.to ? (a.rule < b.rule ? -1 : 1) : a.to < b.to ? 1 : -1))
    .map((draft) => ({ key: keyOf(primitives, draft), ...draft }))
}

function keyOf(primitives: Pick<Primitives, 'sha256'>, { rule, member, cadre, from }: Draft): Digest {
  return toHex(primitives.sha256(canonicalBytes({ cadre, from, member, rule })))
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

function localTime(rules: UnusualRules, at: string): number {
  return Date.parse(at) + rules.utcOffsetMinutes * minute
}

function localDay(rules: UnusualRules, at: string): number {
  return Math.floor(localTime(rules, at) / day)
}

/** Whether a moment is outside the office's hours or on a day without any. */
export function isOddHour(rules: UnusualRules, at: string): boolean {
  const local = localTime(rules, at)
  const weekday = new Date(local).getUTCDay()
  if (!rules.officeHours.weekdays.includes(weekday)) return true
  const clockText = new Date(local).toISOString().slice(11, 16)
  return clockText < rules.officeHours.from || clockText >= rules.officeHours.until
}

/** Times in which more different dossiers than allowed were opened within the window; overlapping windows are one. */
function bulkReading(rules: UnusualRules, own: readonly UsedAccess[]): readonly Draft[] {
  const { minutes, dossiersAbove } = rules.bulk
  const opened = own.filter(({ kind, cadre }) => opening.includes(kind) && cadre !== null)
  const inWindow = new Map<Id, number>()
  const found: Draft[] = []
  let first = 0
  for (const entry of opened) {
    const cadre = entry.cadre as Id
    inWindow.set(cadre, (inWindow.get(cadre) ?? 0) + 1)
    for (; ; first++) {
      const oldest = opened[first] as UsedAccess
      if (Date.parse(entry.at) - Date.parse(oldest.at) < minutes * minute) break
      const left = (inWindow.get(oldest.cadre as Id) ?? 0) - 1
      if (left > 0) inWindow.set(oldest.cadre as Id, left)
      else inWindow.delete(oldest.cadre as Id)
    }
    if (inWindow.size <= dossiersAbove) continue
    const from = (opened[first] as UsedAccess).at
    const last = found.at(-1)
    if (last !== undefined && last.to >= from) {
      found[found.length - 1] = { ...last, to: entry.at, counted: Math.max(last.counted, inWindow.size) }
    } else {
      const draft = draftOf('bulk', [entry], inWindow.size, dossiersAbove)
      found.push({ ...draft, from, base: minutes })
    }
  }
  return found
}

function draftOf(
  rule: UnusualKind,
  entries: readonly UsedAccess[],
  counted: number,
  threshold: number,
): Draft {
  const first = entries[0] as UsedAccess
  const last = entries.at(-1) as UsedAccess
  const { member } = first
  const whose = { cadre: null, cadreName: null, base: null }
  return { rule, member, from: first.at, to: last.at, counted, threshold, ...whose }
}

/** Rules that count within one day of the office. */
function ofDay(rules: UnusualRules, own: readonly UsedAccess[]): readonly Draft[] {
  const found: Draft[] = []
  const counting = (rule: UnusualKind, entries: readonly UsedAccess[], threshold: number) => {
    const counted = entries.reduce((sum, { count }) => sum + count, 0)
    if (counted >= threshold) found.push(draftOf(rule, entries, counted, threshold))
  }
  const odd = own.filter(({ kind, at }) => reading.includes(kind) && isOddHour(rules, at))
  counting('odd-hours', odd, rules.oddHours.actsPerDay)
  const ofKind = (wanted: AccessKind) => own.filter(({ kind }) => kind === wanted)
  counting('refused', ofKind('refused'), rules.refused.perDay)
  counting('failed-log-ins', ofKind('unlock-failed'), rules.failedLogIns.perDay)
  return found
}

/** Reading in the own dossier or in one of kin, by dossier and day: once is enough to say so. */
function aboutRelated(own: readonly UsedAccess[]): readonly Draft[] {
  const found: Draft[] = []
  for (const flag of ['self', 'kin'] as const) {
    const flagged = own.filter(({ flags, kind }) => flags.includes(flag) && reading.includes(kind))
    for (const entries of groupBy(flagged, ({ cadre }) => cadre ?? '').values()) {
      const { cadre } = entries[0] as UsedAccess
      const cadreName = entries.find((entry) => entry.cadreName !== null)?.cadreName ?? null
      found.push({ ...draftOf(flag, entries, entries.length, 1), cadre, cadreName })
    }
  }
  return found
}

/** Days on which many searches were followed by no opening of a dossier within some minutes. */
function fishing(rules: UnusualRules, own: readonly UsedAccess[]): readonly Draft[] {
  const { searchesPerDay, minutesToOpen } = rules.fishing
  const searches = groupBy(
    own.filter(({ kind }) => kind === 'search'),
    ({ at }) => String(localDay(rules, at)),
  )
  const openings = own.filter(({ kind }) => opening.includes(kind)).map(({ at }) => Date.parse(at))
  const found: Draft[] = []
  for (const ofOneDay of searches.values()) {
    const idle = ofOneDay.filter(({ at }) => {
      const asked = Date.parse(at)
      return !openings.some((opened) => opened >= asked && opened - asked <= minutesToOpen * minute)
    })
    const counted = idle.reduce((sum, { count }) => sum + count, 0)
    if (idle.length === 0 || counted < searchesPerDay) continue
    const base = ofOneDay.reduce((sum, { count }) => sum + count, 0)
    found.push({ ...draftOf('fishing', idle, counted, searchesPerDay), base })
  }
  return found
}
