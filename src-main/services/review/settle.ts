import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { checkRows, noBody, signRows } from './act.ts'
import { ownDossier } from '../dossier/homes.ts'
import { ownTie, tieOf } from './ties.ts'

/** Sends a sensitive matter to adjudication without waiting for both opinions. */
export const reviewEscalate: UnlockedHandler<'review.escalate'> = (context, input) => {
  const checked = checkRows(context, input.compartment, ['reviewer'], input.rows, (row, state) => {
    const tie = ownTie(context.session, state)
    return tie ?? { act: 'escalate', revision: row.revision, body: noBody }
  })
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(context.primitives, { words: input.words })
  const rows = allowed.map(({ row }) => ({ record: row.record, revision: row.revision }))
  const entity = newId(context.primitives)
  const operation = { op: 'review.escalate', entity, digest: body.digest, rows } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}

/** Names the group that settles a disagreement by majority. */
export const reviewConvene: UnlockedHandler<'review.convene'> = (context, input) => {
  const { members } = input
  const { session } = context
  const head = session.vault.authority.head
  const at = moment(context)
  const settling = ['inspector', 'approver', 'reviewer'] as const
  const checked = checkRows(
    context,
    input.compartment,
    ['approver', 'inspector'],
    input.rows,
    (row, state) => {
      const rule = state.revisions.find((one) => one.revision === row.revision)?.rule
      // Who cannot speak would leave the matter open for ever.
      const able = (member: Id) =>
        rule !== undefined &&
        ownDossier(session, member) !== state.cadre &&
        tieOf(session, member, state.cadre, state.category) === null &&
        mayHandle(
          settling.flatMap((role) => grantsInForce(head, member, role, at)),
          rule,
        )
      return members.every(able)
        ? { act: 'convene', revision: row.revision, members, body: noBody }
        : 'review/not-able'
    },
  )
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(context.primitives, { words: input.words })
  const rows = allowed.map(({ row }) => ({ record: row.record, revision: row.revision }))
  const entity = newId(context.primitives)
  const operation = {
    op: 'review.convene',
    entity,
    digest: body.digest,
    members: [...members],
    rows,
  } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}
