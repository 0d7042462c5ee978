import { actPlaintext, type SealedAct } from '../../../src-shared/audit/incident.ts'
import type { IncidentView } from '../../../src-shared/contract/audit.ts'
import { toBase64 } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { encryptTo } from '../../../src-shared/node/age.ts'
import { actsOf, type IndexedAct } from '../../vault/audit-queries.ts'
import { DamagedValue } from '../../vault/database.ts'
import { commitAs, heldRoles } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { openIndex, refreshIndex } from './index-access.ts'

const operations = {
  'liandang/incident-report/1': 'incident.report',
  'liandang/incident-update/1': 'incident.update',
  'liandang/access-note/1': 'access.note',
} as const

/**
 * One signed act sealed to the auditors. Errors: `audit/no-key` where the unit has no audit keyring,
 * `call/not-permitted`, and those of the commit.
 */
async function commitAct(context: UnlockedContext, entity: Id, act: SealedAct): Promise<Result<true>> {
  const { vault } = context.session
  const ring = vault.authority.head.keyrings.get('audit')
  if (ring === undefined) return err('audit/no-key')
  const [role] = heldRoles(vault)
  if (role === undefined) return err('call/not-permitted')
  const sealed = toBase64(await encryptTo([ring.recipient], actPlaintext(act)))
  const body = prepareBody(context.primitives, { sealed })
  const operation = { op: operations[act.type], entity, digest: body.digest }
  const done = commitAs(vault, 'control', role, act.at, [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(true)
}

/** What was sealed, as the index holds it. */
export function actOf(row: IndexedAct): SealedAct | null {
  if (row.content === null) return null
  try {
    return JSON.parse(row.content) as SealedAct
  } catch {
    throw new DamagedValue('act')
  }
}

export const accessNote: UnlockedHandler<'access.note'> = async (context, input, signal) => {
  const done = await commitAct(context, newId(context.primitives), {
    type: 'liandang/access-note/1',
    at: moment(context),
    member: context.session.vault.member.id,
    note: input,
  })
  return done.ok ? await afterWriting(context, signal) : done
}

/** What was just written is seen by the next question. */
async function afterWriting(context: UnlockedContext, signal: AbortSignal): Promise<Result<null>> {
  const fresh = await refreshIndex(context, () => undefined, signal)
  return fresh.ok ? ok(null) : fresh
}

export const incidentReport: UnlockedHandler<'incident.report'> = async (context, input) => {
  const incident = newId(context.primitives)
  const done = await commitAct(context, incident, {
    type: 'liandang/incident-report/1',
    at: moment(context),
    member: context.session.vault.member.id,
    incident,
    report: input,
  })
  return done.ok ? ok({ incident }) : done
}

export const incidentList: UnlockedHandler<'incident.list'> = async (context) => {
  const index = await openIndex(context)
  if (!index.ok) return index
  const updates = Map.groupBy(
    actsOf(index.value, 'incident.update').filter(({ state }) => state === 'good'),
    ({ entity }) => entity,
  )
  const views = actsOf(index.value, 'incident.report').map((row) =>
    incidentView(context.session, row, updates.get(row.entity) ?? []),
  )
  return ok(views.reverse())
}

function incidentView(session: Session, row: IndexedAct, updates: readonly IndexedAct[]): IncidentView {
  const act = actOf(row)
  const followUps = updates.flatMap((update) => {
    const content = actOf(update)
    if (content?.type !== 'liandang/incident-update/1') return []
    return [{ ...content.followUp, at: update.at, memberName: memberName(session, update.member) }]
  })
  return {
    incident: row.entity,
    at: row.at,
    memberName: memberName(session, row.member),
    state: row.state,
    report: act?.type === 'liandang/incident-report/1' ? act.report : null,
    followUps,
    status: statusOf(followUps),
  }
}

function statusOf(followUps: IncidentView['followUps']): IncidentView['status'] {
  if (followUps.some(({ closes }) => closes)) return 'closed'
  return followUps.some(({ reportedUpward }) => reportedUpward !== null) ? 'reported' : 'open'
}

/** Errors: `audit/incident` for one that is not in the register or is closed. */
export const incidentUpdate: UnlockedHandler<'incident.update'> = async (context, input, signal) => {
  const fresh = await refreshIndex(context, () => undefined, signal)
  if (!fresh.ok) return fresh
  const known = await incidentList(context, {}, signal)
  if (!known.ok) return known
  const incident = known.value.find((one) => one.incident === input.incident)
  if (incident === undefined || incident.status === 'closed') return err('audit/incident')
  const done = await commitAct(context, input.incident, {
    type: 'liandang/incident-update/1',
    at: moment(context),
    member: context.session.vault.member.id,
    incident: input.incident,
    followUp: input.followUp,
  })
  return done.ok ? await afterWriting(context, signal) : done
}

/** A paper form of an incident says what got out: that it was printed is entered before it is. Errors: `audit/incident`. */
export const incidentPrint: UnlockedHandler<'incident.print'> = async (context, input, signal) => {
  const known = await incidentList(context, {}, signal)
  if (!known.ok) return known
  if (!known.value.some(({ incident }) => incident === input.incident)) return err('audit/incident')
  const entered = await recordAccess(context, 'print', { what: 'incident-form' })
  return entered.ok ? ok(null) : entered
}
