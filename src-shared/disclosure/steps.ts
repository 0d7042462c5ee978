import type { AuthorityState } from '../access/authority.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { DisclosureAct, DisclosureStep } from './states.ts'

/** A step of the copy or correction request `id`. */
export interface RequestStep {
  readonly id: Id
  readonly step: DisclosureStep
}

/**
 * The steps of copies and correction requests that one commit takes. `state` is the authority the commit names; the
 * commit itself must not be void.
 */
export function disclosureStepsOf(
  header: Header,
  leaf: Digest,
  depth: number,
  state: AuthorityState,
): readonly RequestStep[] {
  const found: RequestStep[] = []
  const home = state.logs.get(header.log)
  if (home === undefined) return found
  header.ops.forEach((operation, index) => {
    const add = (id: Id, act: DisclosureAct) =>
      found.push({
        id,
        step: {
          commit: leaf,
          depth,
          index,
          row: act.act === 'offer' ? 1 : 0,
          at: header.at,
          device: home.device,
          member: header.member,
          memberCadre: state.members.get(header.member)?.cadre ?? null,
          compartment: home.compartment,
          body: operation.digest,
          act,
        },
      })
    switch (operation.op) {
      case 'copy.request': {
        const { cadre, form, scope, records } = operation
        add(operation.entity, { act: 'request', cadre, form, scope, records })
        return
      }
      case 'copy.approve':
        add(operation.entity, { act: 'approve' })
        return
      case 'copy.refuse':
        add(operation.entity, { act: 'refuse' })
        return
      case 'copy.make': {
        const { cadre, form, scope, records, request } = operation
        const isRequested = request !== null
        add(request ?? operation.entity, { act: 'make', isRequested, cadre, form, scope, records })
        return
      }
      case 'copy.list': {
        const { scope, records } = operation
        add(operation.entity, { act: 'make', isRequested: false, cadre: '', form: 'list', scope, records })
        return
      }
      case 'copy.issue': {
        const { cadre, scope, records, request } = operation
        const isRequested = request !== null
        add(request ?? operation.entity, { act: 'make', isRequested, cadre, form: 'subject', scope, records })
        return
      }
      case 'correction.request': {
        const { cadre, category, record } = operation
        const isInPlace = state.catalogue?.rules.get(category)?.compartment === home.compartment
        add(operation.entity, { act: 'ask', cadre, category, record, isInPlace })
        return
      }
      case 'record.submit': {
        const { request, cadre, entity: record, digest: revision } = operation
        if (request !== undefined) add(request, { act: 'offer', cadre, record, revision })
        return
      }
      case 'correction.answer':
        add(operation.entity, { act: 'answer', outcome: operation.outcome, revision: operation.revision })
        return
      default:
    }
  })
  return found
}
