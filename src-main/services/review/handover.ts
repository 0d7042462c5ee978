import { coveredMembers, standIns } from '../../../src-shared/access/deputies.ts'
import type { HandedOver, HolderView } from '../../../src-shared/contract/workload.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { maximumOperations } from '../../../src-shared/log/operations.ts'
import { assignedLoad, assignedTo } from '../../vault/assignment-queries.ts'
import { heldRoles } from '../../vault/vault.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { sightOf } from '../dossier/sight.ts'
import { boundsNow } from '../settings/calendar.ts'
import { dealOut } from './assign.ts'
import { openDatabases } from './filters.ts'

interface Held {
  readonly open: number
  readonly overdue: number
}

/** What is assigned to each member and waits for them, as far as the member at work sees. */
export function heldBy(context: UnlockedContext): ReadonlyMap<Id, Held> {
  const { session } = context
  const { categories } = sightOf(session)
  const { overdue } = boundsNow(context).review
  const held = new Map<Id, Held>()
  for (const { database } of openDatabases(session)) {
    for (const row of assignedLoad(database, categories, overdue)) {
      const before = held.get(row.member) ?? { open: 0, overdue: 0 }
      held.set(row.member, { open: before.open + row.n, overdue: before.overdue + row.overdue })
    }
  }
  return held
}

const heads = ['approver', 'inspector'] as const

/** Entries assigned to members who do not review now and for whom nobody stands in; null for who deals nothing out. */
export function countOrphaned(context: UnlockedContext): number | null {
  const { vault } = context.session
  const held = heldRoles(vault)
  if (!heads.some((role) => held.includes(role))) return null
  const covered = new Set(coveredMembers(vault.authority.head, 'reviewer', moment(context)))
  return [...heldBy(context)].reduce((sum, [member, { open }]) => sum + (covered.has(member) ? 0 : open), 0)
}

export const reviewHolders: UnlockedHandler<'review.holders'> = (context) => {
  const { session } = context
  const head = session.vault.authority.head
  const at = moment(context)
  const away = standIns(head, 'reviewer', at)
  const covered = new Set(coveredMembers(head, 'reviewer', at))
  const holders = [...heldBy(context)].map(([member, held]): HolderView => {
    const deputies = away.get(member) ?? []
    return {
      member,
      name: memberName(session, member),
      standing: deputies.length > 0 ? 'away' : covered.has(member) ? 'present' : 'gone',
      deputies: deputies.map((deputy) => memberName(session, deputy)),
      ...held,
    }
  })
  const order = ['gone', 'away', 'present']
  return ok(
    holders.toSorted(
      (a, b) =>
        order.indexOf(a.standing) - order.indexOf(b.standing) || a.name.localeCompare(b.name, 'zh-CN'),
    ),
  )
}

/**
 * Deals out anew whatever is assigned to a member and waits for them. One commit a compartment says it all; the other
 * reviewer of an entry keeps it, and what suits nobody stays where it is and is named.
 */
export const reviewHandover: UnlockedHandler<'review.handover'> = (context, input) => {
  const { session } = context
  if (input.way === 'hand' && input.to === null) return err('call/invalid-input', { path: 'to' })
  const reviewers = input.way === 'hand' && input.to !== null ? [input.to] : []
  const refused: HandedOver['refused'][number][] = []
  const counts = new Map<Id, number>()
  let done = 0
  for (const { name, database } of openDatabases(session)) {
    const seen = sightOf(session)
    const rows = assignedTo(database, input.member)
      .filter((row) => seen.sees(row.category))
      .slice(0, maximumOperations)
      .map(({ record, digest }) => ({ record, revision: digest }))
    if (rows.length === 0) continue
    const { way, words } = input
    const dealt = dealOut(context, name, { way, reviewers, rows, words, from: input.member })
    if (!dealt.ok) {
      // A single row that nobody can take is refused as one: here it is one of what stays.
      if (rows.length > 1) return dealt
      for (const row of rows) refused.push({ ...row, code: dealt.error.code })
      continue
    }
    done += dealt.value.done
    refused.push(...dealt.value.refused)
    for (const { reviewers: to } of dealt.value.assigned) tally(counts, to.at(-1)?.member)
  }
  return ok({ done, refused, to: namesOf(session, counts) })
}

/** Who takes over stands last: those who keep the entry stand before. */
function tally(counts: Map<Id, number>, member: Id | undefined): void {
  if (member !== undefined) counts.set(member, (counts.get(member) ?? 0) + 1)
}

function namesOf(session: Session, counts: ReadonlyMap<Id, number>): HandedOver['to'] {
  return [...counts].map(([member, count]) => ({ member, name: memberName(session, member), count }))
}
