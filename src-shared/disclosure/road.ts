import type { ErrorCode } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { Hand } from '../review/states.ts'
import type {
  CopyState,
  CorrectionState,
  DisclosureAct,
  DisclosureResult,
  DisclosureState,
  DisclosureStep,
  Mark,
  VoidDisclosureStep,
} from './states.ts'

/** The order of steps: causal depth, then the hash of the commit, as on the road of a record. */
function compareDisclosureSteps(a: DisclosureStep, b: DisclosureStep): number {
  if (a.depth !== b.depth) return a.depth - b.depth
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1
  return a.index - b.index
}

/**
 * What became of one copy or correction request, from its steps in whatever order they arrive. A step that breaks a
 * rule is void by itself. Pure, so that every replica, the verifier and the hub come to the same answer.
 */
export function followDisclosure(id: Id, steps: readonly DisclosureStep[]): DisclosureResult {
  const voids: VoidDisclosureStep[] = []
  let state: DisclosureState | null = null
  for (const step of [...steps].sort(compareDisclosureSteps)) {
    const outcome: DisclosureState | ErrorCode = takeDisclosureStep(id, state, step)
    if (typeof outcome === 'string') {
      voids.push({ commit: step.commit, index: step.index, row: step.row, code: outcome })
    } else state = outcome
  }
  return { state, voids }
}

/**
 * One step: the next state, or the code that makes the step void.
 *
 * What holds anything of level 4 leaves the vault once, in the hands of who asked for it, as exactly what was asked
 * for, and only after another member signed. Nobody has a part in what is about themself.
 */
export function takeDisclosureStep(
  id: Id,
  state: DisclosureState | null,
  step: DisclosureStep,
): DisclosureState | ErrorCode {
  const { act } = step
  const cadre = state?.cadre ?? ('cadre' in act ? act.cadre : null)
  if (step.memberCadre !== null && step.memberCadre === cadre) return 'review/about-oneself'
  switch (act.act) {
    case 'request':
    case 'ask':
      return state === null ? begin(id, step, act) : 'disclosure/request-twice'
    case 'make':
      return make(id, state, step, act)
    case 'approve':
    case 'refuse':
      return answerCopy(state, step, act.act)
    case 'offer':
      return offer(state, act)
    case 'answer':
      return answerCorrection(state, step, act)
  }
}

type Act<Name extends DisclosureAct['act']> = Extract<DisclosureAct, { act: Name }>

function markOf({ member, device, at, commit, body }: DisclosureStep): Mark {
  const hand: Hand = { member, device, at, commit }
  return { hand, body }
}

function copyOf(id: Id, act: Act<'request'> | Act<'make'>): Omit<CopyState, 'status' | 'requested' | 'made'> {
  const { cadre, form, scope, records } = act
  return { kind: 'copy', id, cadre, form, scope, records, answered: null }
}

function begin(id: Id, step: DisclosureStep, act: Act<'request'> | Act<'ask'>): DisclosureState | ErrorCode {
  if (act.act === 'request')
    return { ...copyOf(id, act), status: 'requested', requested: markOf(step), made: null }
  if (!act.isInPlace) return 'authority/wrong-compartment'
  const { cadre, category, record } = act
  const asked = { kind: 'correction', id, cadre, category, record } as const
  return { ...asked, status: 'open', requested: markOf(step), offers: [], answered: null, revision: null }
}

function make(
  id: Id,
  state: DisclosureState | null,
  step: DisclosureStep,
  act: Act<'make'>,
): CopyState | ErrorCode {
  if (!act.isRequested) {
    // Without a request nothing of the discipline compartment leaves.
    if (step.compartment !== 'archive') return 'disclosure/not-approved'
    if (state !== null) return 'disclosure/used'
    return { ...copyOf(id, act), status: 'made', requested: null, made: markOf(step) }
  }
  if (state?.kind !== 'copy') return 'disclosure/no-such-request'
  if (state.status === 'made') return 'disclosure/used'
  if (state.status !== 'approved') return 'disclosure/not-approved'
  if (state.requested?.hand.member !== step.member) return 'disclosure/not-requester'
  const { cadre, form, scope, records } = act
  if (cadre !== state.cadre || form !== state.form || scope !== state.scope || records !== state.records)
    return 'disclosure/other-scope'
  return { ...state, status: 'made', made: markOf(step) }
}

function answerCopy(
  state: DisclosureState | null,
  step: DisclosureStep,
  answer: 'approve' | 'refuse',
): CopyState | ErrorCode {
  if (state?.kind !== 'copy') return 'disclosure/no-such-request'
  if (state.requested?.hand.member === step.member) return 'disclosure/own-request'
  if (state.status !== 'requested') return 'disclosure/already-answered'
  return { ...state, status: answer === 'approve' ? 'approved' : 'refused', answered: markOf(step) }
}

function offer(state: DisclosureState | null, act: Act<'offer'>): CorrectionState | ErrorCode {
  if (state?.kind !== 'correction') return 'disclosure/no-such-request'
  if (state.answered !== null) return 'disclosure/already-answered'
  const { record, revision, cadre } = act
  if (cadre !== state.cadre || (state.record !== null && record !== state.record))
    return 'disclosure/other-record'
  return { ...state, status: 'offered', offers: [...state.offers, { record, revision }] }
}

function answerCorrection(
  state: DisclosureState | null,
  step: DisclosureStep,
  act: Act<'answer'>,
): CorrectionState | ErrorCode {
  if (state?.kind !== 'correction') return 'disclosure/no-such-request'
  if (state.requested.hand.member === step.member) return 'disclosure/own-request'
  if (state.answered !== null) return 'disclosure/already-answered'
  const isOffered = state.offers.some((one) => one.revision === act.revision)
  if (act.outcome === 'corrected' ? !isOffered : act.revision !== null) return 'disclosure/no-revision'
  return { ...state, status: act.outcome, answered: markOf(step), revision: act.revision }
}
