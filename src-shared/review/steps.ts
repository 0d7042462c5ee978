import { grantedCategories } from '../access/judge.ts'
import type { AuthorityState } from '../access/authority.ts'
import type { Role } from '../access/roles.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { RoadAct, RoadStep } from './states.ts'

export interface RecordStep {
  readonly record: Id
  readonly step: RoadStep
}

/**
 * The steps on the roads of records that one commit takes. `state` is the authority the commit names; the commit itself
 * must not be void.
 */
export function stepsOf(
  header: Header,
  leaf: Digest,
  depth: number,
  state: AuthorityState,
): readonly RecordStep[] {
  const found: RecordStep[] = []
  const role = header.role as Role
  const categories = grantedCategories(state, header.member, role)
  const common = {
    commit: leaf,
    depth,
    at: header.at,
    device: state.logs.get(header.log)?.device ?? header.log,
    member: header.member,
    memberCadre: state.members.get(header.member)?.cadre ?? null,
    role,
    categories,
  }
  header.ops.forEach((operation, index) => {
    const add = (record: Id, row: number, act: RoadAct) =>
      found.push({ record, step: { ...common, index, row, act } })
    switch (operation.op) {
      case 'record.submit': {
        const rule = state.catalogue?.rules.get(operation.category)
        if (rule === undefined) return
        const { cadre, category, parent, settles, batch, evidence } = operation
        const revision = operation.digest
        add(operation.entity, 0, {
          act: 'submit',
          revision,
          cadre,
          category,
          parent,
          settles,
          batch,
          evidence,
          rule,
        })
        return
      }
      case 'record.withdraw':
        operation.rows.forEach((row, at) => add(row.record, at, { act: 'withdraw', revision: row.revision }))
        return
      case 'review.decide':
        operation.rows.forEach((row, at) =>
          add(row.record, at, {
            act: 'decide',
            revision: row.revision,
            commitment: row.commitment,
            body: operation.digest,
          }),
        )
        return
      case 'review.return':
        operation.rows.forEach((row, at) =>
          add(row.record, at, { act: 'return', revision: row.revision, body: operation.digest }),
        )
        return
      case 'review.open':
        operation.rows.forEach((row, at) =>
          add(row.record, at, {
            act: 'open',
            revision: row.revision,
            opinions: row.opinions,
            body: operation.digest,
          }),
        )
        return
      case 'review.adjudicate':
        operation.rows.forEach((row, at) =>
          add(row.record, at, {
            act: 'adjudicate',
            revision: row.revision,
            outcome: row.outcome,
            body: operation.digest,
          }),
        )
        return
      case 'review.sign':
        operation.rows.forEach((row, at) =>
          add(row.record, at, { act: 'sign', revision: row.revision, body: operation.digest }),
        )
        return
      default:
    }
  })
  return found
}
