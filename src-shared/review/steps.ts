import { grantsInForce } from '../access/grants.ts'
import type { AuthorityState } from '../access/authority.ts'
import type { Role } from '../access/roles.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { Sight } from '../log/sight.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { drawActs, drawClaim } from './lots.ts'
import { mayObject } from './seals.ts'
import type { DrawClaim, RoadAct, RoadStep } from './states.ts'

export interface RecordStep {
  readonly record: Id
  readonly step: RoadStep
}

/**
 * The steps on the roads of records that one commit takes. `state` is the authority the commit names; the commit itself
 * must not be void, and `sight` is what it had seen. What its rows have to do with one another is worked out here and told to each of them.
 */
export function stepsOf(
  primitives: Pick<Primitives, 'sha256'>,
  header: Header,
  leaf: Digest,
  depth: number,
  state: AuthorityState,
  sight: Sight,
): readonly RecordStep[] {
  const found: RecordStep[] = []
  const role = header.role as Role
  const grants = grantsInForce(state, header.member, role, header.at)
  const common = {
    commit: leaf,
    depth,
    log: header.log,
    seq: header.seq,
    at: header.at,
    device: state.logs.get(header.log)?.device ?? header.log,
    member: header.member,
    memberCadre: state.members.get(header.member)?.cadre ?? null,
    role,
    grants,
  }
  header.ops.forEach((operation, index) => {
    const add = (record: Id, row: number, act: RoadAct) => {
      const isSeeing = act.act === 'sign' || act.act === 'settle-objection' || mayObject(act)
      const seen = isSeeing ? { seen: sight } : {}
      found.push({ record, step: { ...common, ...seen, index, row, act } })
    }
    const addRows = <Row extends { readonly record: Id }>(
      rows: readonly Row[],
      actOf: (row: Row) => RoadAct,
    ) => rows.forEach((row, at) => add(row.record, at, actOf(row)))
    const body = operation.digest
    switch (operation.op) {
      case 'record.submit': {
        const rule = state.catalogue?.rules.get(operation.category)
        if (rule === undefined) return
        const { cadre, category, parent, settles, batch, evidence, catalogue } = operation
        const version = catalogue === undefined ? {} : { catalogue }
        const submitted = { cadre, category, parent, settles, batch, evidence, ...version, rule }
        add(operation.entity, 0, { act: 'submit', revision: body, ...submitted })
        return
      }
      case 'record.withdraw':
        addRows(operation.rows, ({ revision }) => ({ act: 'withdraw', revision }))
        return
      case 'review.draw': {
        const acts = drawActs(primitives, header.unit, leaf, operation)
        operation.rows.forEach(({ record }, at) => add(record, at, acts[at] as RoadAct))
        return
      }
      case 'review.decide': {
        const claim = drawClaim(primitives, operation)
        addRows(operation.rows, ({ revision, commitment, rekey, unseen }) => ({
          act: 'decide',
          revision,
          commitment,
          body,
          ...drawPart(claim, unseen),
          ...(rekey === undefined ? {} : { rekey }),
        }))
        return
      }
      case 'review.assign': {
        const { way, seed } = operation
        const drawn = seed === undefined ? { way } : { way, seed }
        addRows(operation.rows, ({ revision, reviewers }) => ({
          act: 'assign',
          revision,
          reviewers,
          ...drawn,
          body,
        }))
        return
      }
      case 'review.escalate':
        addRows(operation.rows, ({ revision }) => ({ act: 'escalate', revision, body }))
        return
      case 'review.convene': {
        const { members } = operation
        addRows(operation.rows, ({ revision }) => ({ act: 'convene', revision, members, body }))
        return
      }
      case 'query.ask': {
        const { record, revision, field, entity: query } = operation
        add(record, 0, { act: 'ask', revision, query, field, body })
        return
      }
      case 'query.answer':
        add(operation.record, 0, { act: 'answer', query: operation.entity, body })
        return
      case 'query.resolve':
        add(operation.record, 0, { act: 'resolve', query: operation.entity, body })
        return
      case 'fault.find': {
        const { record, revision, entity: fault, kind, found: place, traced } = operation
        add(record, 0, { act: 'find-fault', revision, fault, kind, found: place, traced, body })
        return
      }
      case 'fault.answer':
        add(operation.record, 0, { act: 'answer-fault', fault: operation.entity, body })
        return
      case 'objection.settle': {
        const { record, revision, objection, outcome, fault } = operation
        add(record, 0, { act: 'settle-objection', revision, objection, outcome, fault, body })
        return
      }
      case 'review.return': {
        const claim = drawClaim(primitives, operation)
        addRows(operation.rows, ({ revision }) => ({ act: 'return', revision, body, ...drawPart(claim) }))
        return
      }
      case 'review.open': {
        const claim = drawClaim(primitives, operation)
        addRows(operation.rows, ({ revision, opinions, unseen }) => ({
          act: 'open',
          revision,
          opinions,
          body,
          ...drawPart(claim, unseen),
        }))
        return
      }
      case 'review.adjudicate':
        addRows(operation.rows, ({ revision, outcome }) => ({ act: 'adjudicate', revision, outcome, body }))
        return
      case 'review.sign':
        addRows(operation.rows, ({ revision }) => ({ act: 'sign', revision, body, ...formerNodes(state) }))
        return
      case 'review.refer':
        addRows(operation.rows, ({ revision }) => ({ act: 'refer', revision, body, ...formerNodes(state) }))
        return
      default:
    }
  })
  return found
}

function drawPart(
  claim: DrawClaim | null,
  unseen?: true,
): { readonly draw?: DrawClaim; readonly unseen?: true } {
  return { ...(claim === null ? {} : { draw: claim }), ...(unseen === undefined ? {} : { unseen }) }
}

/** Only where there are any: most units never change the level above. */
function formerNodes({ formerUpstreams }: AuthorityState): { readonly formerNodes?: readonly Digest[] } {
  return formerUpstreams.length === 0 ? {} : { formerNodes: formerUpstreams.map(({ key }) => key) }
}
