import { dayOf, rolesInForce } from '../../../src-shared/access/grants.ts'
import { countWorkingDays, momentOfDay, shiftDay } from '../../../src-shared/calendar/working-days.ts'
import type { WorkloadLine } from '../../../src-shared/contract/workload.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { opinionFigures, outcomeOf, type GivenOpinion } from '../../../src-shared/review/workload.ts'
import { opinionsGiven } from '../../vault/assignment-queries.ts'
import { heldRoles } from '../../vault/vault.ts'
import { memberName, moment, type UnlockedHandler } from '../context.ts'
import { sightOf } from '../dossier/sight.ts'
import { officeCalendar } from '../settings/calendar.ts'
import { heldBy } from './handover.ts'
import { openDatabases } from './filters.ts'

/** Reviewers see their own line; who deals the work out sees everybody's, by name. */
export const reviewWorkload: UnlockedHandler<'review.workload'> = (context, input) => {
  const { session } = context
  const { vault } = session
  if (input.until < input.from) return err('call/invalid-input', { path: 'until' })
  const roles = heldRoles(vault)
  const isOwn = !roles.includes('approver') && !roles.includes('inspector')
  const me = vault.member.id
  const calendar = officeCalendar(session)
  const { categories } = sightOf(session)
  const period = { from: momentOfDay(input.from), to: momentOfDay(shiftDay(input.until, 1)) }
  const given = new Map<Id, GivenOpinion[]>()
  for (const { database } of openDatabases(session)) {
    for (const row of opinionsGiven(database, period, isOwn ? me : null, categories)) {
      const { category, decision } = row
      const days = countWorkingDays(calendar, dayOf(row.round_at), dayOf(row.given_at))
      const opinions = given.get(row.member) ?? []
      opinions.push({ category, days, decision, outcome: outcomeOf(row.status) })
      given.set(row.member, opinions)
    }
  }
  const held = heldBy(context)
  const at = moment(context)
  const reviewing = [...vault.authority.head.members.values()].filter((member) =>
    rolesInForce(member, at).includes('reviewer'),
  )
  const members = new Set([...reviewing.map(({ id }) => id), ...given.keys(), ...held.keys()])
  const lines = [...members]
    .filter((member) => !isOwn || member === me)
    .map(
      (member): WorkloadLine => ({
        member,
        name: memberName(session, member),
        ...(held.get(member) ?? { open: 0, overdue: 0 }),
        ...opinionFigures(given.get(member) ?? []),
      }),
    )
  return ok({
    ...input,
    lines: lines.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
    isOwn,
  })
}
