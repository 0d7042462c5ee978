import { grantsInForce } from '../access/grants.ts'
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
  const grants = grantsInForce(state, header.member, role, header.at)
  const common = {
    commit: leaf,
    depth,
    at: header.at,
    device: state.logs.get(header.log)?.device ?? header.log,
    member: header.member,
    memberCadre: state.members.get(header.member)?.cadre ?? null,
    role,
    grants,
  }
  header.ops.forEach((operation, index) => {
    const add = (record: Id, row: number, act: RoadAct) =>
      found.push({ record, step: { ...common, index, row, act } })
    const addRows = <Row extends { readonly record: Id }>(
      rows: readonly Row[],
      actOf: (row: Row) => RoadAct,
    ) => rows.forEach((row, at) => add(row.record, at, actOf(row)))
    const body = operation.digest
    switch (operation.op) {
      case 'record.submit': {
        const rule = state.catalogue?.rules.get(operation.category)
        if (rule === undefined) return
        const { cadre, category, parent, settles, batch, evidence } = operation
        const submitted = { cadre, category, parent, settles, batch, evidence, rule }
        add(operation.entity, 0, { act: 'submit', revision: body, ...submitted })
        return
      }
      case 'record.withdraw':
        addRows(operation.rows, ({ revision }) => ({ act: 'withdraw', revision }))
        return
      case 'review.decide':
        addRows(operation.rows, ({ revision, commitment }) => ({ act: 'decide', revision, commitment, body }))
        return
      case 'review.return':
        addRows(operation.rows, ({ revision }) => ({ act: 'return', revision, body }))
        return
      case 'review.open':
        addRows(operation.rows, ({ revision, opinions }) => ({ act: 'open', revision, opinions, body }))
        return
      case 'review.adjudicate':
        addRows(operation.rows, ({ revision, outcome }) => ({ act: 'adjudicate', revision, outcome, body }))
        return
      case 'review.sign':
        addRows(operation.rows, ({ revision }) => ({ act: 'sign', revision, body }))
        return
      default:
    }
  })
  return found
}
