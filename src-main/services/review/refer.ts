import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { UnlockedHandler } from '../context.ts'
import { checkRows, noBody, signRows } from './act.ts'

/** Sends disagreements to the level above. Where no node is named nobody would ever answer. Errors: `hub/none`. */
export const reviewRefer: UnlockedHandler<'review.refer'> = (context, input) => {
  const { compartment, words } = input
  if (context.session.vault.authority.head.upstream === null) return err('hub/none')
  const checked = checkRows(context, compartment, ['approver', 'inspector'], input.rows, ({ revision }) => ({
    act: 'refer',
    revision,
    body: noBody,
  }))
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(context.primitives, { words })
  const operation = {
    op: 'review.refer',
    entity: newId(context.primitives),
    digest: body.digest,
    rows: allowed.map(({ row: { record, revision } }) => ({ record, revision })),
  } as const
  return signRows(context, compartment, checked.value, operation, body)
}
