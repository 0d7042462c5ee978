import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { isAboveAsked } from './above.ts'
import {
  objectionActs,
  type LateObjection,
  type ObjectionAct,
  type RecordState,
  type RoadAct,
  type RoadResult,
  type RoadStep,
  type VoidStep,
} from './states.ts'
import { answered } from './objections.ts'
import { handOf, put, type Act } from './taking-part.ts'

/** How a road is followed that no signature fixes yet. */
export interface Following {
  take(state: RecordState | null, step: RoadStep): RecordState | ErrorCode
  inOrder(steps: readonly RoadStep[]): readonly RoadStep[]
}

type SignStep = RoadStep & { readonly act: Act<'sign'> }

type AnswerStep = RoadStep & { readonly act: Act<'settle-objection'> }

/** The signature that fixes a revision, and the record as it left it by what it had seen. */
interface Seal {
  readonly step: SignStep
  readonly record: RecordState
}

/** What a step found that looks at nothing but what it had seen. */
interface OwnView {
  readonly step: RoadStep
  /** How many steps it had seen, and how many of the level above answer those. */
  readonly sizes: readonly [own: number, above: number]
  readonly before: RecordState | null
  readonly taken: RecordState | ErrorCode
}

/** What would take a revision off the way to the archive. */
export function mayObject(act: RoadAct): act is Act<ObjectionAct> {
  const acts: readonly string[] = objectionActs
  return act.act === 'adjudicate' ? act.outcome === 'reject' : acts.includes(act.act)
}

/**
 * Acts on a revision beside its road: they stand wherever they come, for they change nothing of what was signed. (So do
 * answers to a question or a fault, which name no revision.)
 */
const besideTheRoad: readonly RoadAct['act'][] = ['assign', 'ask', 'find-fault', 'settle-objection', 'direct']

/**
 * Whether a step had seen another one of a member. Only of steps that carry what they had seen: signatures, what may
 * object to one, and answers to that.
 */
function hasSeen(step: RoadStep, other: RoadStep): boolean {
  if (other.log !== step.log) return other.seq < (step.seen?.[other.log] ?? 0)
  if (other.seq !== step.seq) return other.seq < step.seq
  return other.index === step.index ? other.row < step.row : other.index < step.index
}

/**
 * Follows a road on which signatures fix what they have seen: one counts exactly if it is right by its own causal past,
 * and what it had not seen undoes nothing of it. An objection among that which was right by its own past, and had not
 * seen the signature either, is kept with the revision as a late one.
 */
export function followSealed(following: Following, steps: readonly RoadStep[]): RoadResult {
  return new SealedRoad(following).follow(steps)
}

class SealedRoad {
  readonly #following: Following
  readonly #views = new Map<RoadStep, OwnView>()
  /** The last one of each log. */
  readonly #newest = new Map<Id, OwnView>()

  constructor(following: Following) {
    this.#following = following
  }

  follow(steps: readonly RoadStep[]): RoadResult {
    const order = this.#following.inOrder(steps)
    if (isInStep(order)) return this.#followPlainly(order)
    const seals = this.#sealsOf(order, steps)
    const founding = [...seals.values()].sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step))[0]
    const voids: VoidStep[] = []
    const late = new Map<Digest, LateObjection[]>()
    const passed = new Set<RoadStep>()
    let state: RecordState | null = null
    for (const step of order) {
      const { act } = step
      if (act.act === 'settle-objection') continue
      const taken = this.#following.take(state, step)
      const seal = 'revision' in act ? seals.get(act.revision) : undefined
      const isUnseen = seal !== undefined && seal.step !== step && !hasSeen(seal.step, step)
      const isSetAside = isUnseen && !passed.has(seal.step) && !besideTheRoad.includes(act.act)
      let code: ErrorCode | null = typeof taken === 'string' ? taken : null
      if (isSetAside) code ??= act.act === 'submit' ? 'review/revision-twice' : 'review/after-signature'
      if (act.act === 'submit' && founding !== undefined && isOther(act, founding.record))
        code = 'review/category-changed'
      if (act.act === 'sign') code ??= this.#refusalOf(step, steps)
      if (code !== null && isUnseen && mayObject(act) && this.#isRightObjection(step, seal.step, steps)) {
        code = 'review/late-objection'
        const body = 'body' in act ? act.body : null
        const known = late.get(act.revision) ?? []
        late.set(act.revision, [...known, { hand: handOf(step), act: act.act, body, answers: [] }])
      }
      passed.add(step)
      if (code !== null) voids.push({ commit: step.commit, index: step.index, row: step.row, code })
      // What was refused has its code.
      else state = taken as RecordState
    }
    const settled = this.#settle(withLate(state, late), order)
    return { state: settled.state, voids: [...voids, ...settled.voids] }
  }

  /**
   * Answers to late objections, once it is known which there are. One counts if whoever gave it had seen the objection,
   * and no answer to it; of two who knew nothing of each other, both do.
   */
  #settle(late: RecordState | null, order: readonly RoadStep[]): RoadResult {
    const voids: VoidStep[] = []
    const answers = order.filter(isAnswer)
    if (answers.length === 0) return { state: late, voids }
    const steps = new Map(order.map((step) => [step.commit, step]))
    const given: AnswerStep[] = []
    let state = late
    for (const step of answers) {
      const { act } = step
      const objection = steps.get(act.objection)
      const isKnown = objection !== undefined && hasSeen(step, objection)
      const revision = state?.revisions.find((one) => one.revision === act.revision)
      const others = given.filter(
        (other) =>
          other.act.objection === act.objection &&
          other.act.revision === act.revision &&
          !hasSeen(step, other),
      )
      // What was said where nobody knew of it does not keep this one from counting.
      const unknown = new Set(others.map((other) => other.commit))
      const asSeen =
        state === null || revision === undefined
          ? state
          : put(
              state,
              answered(revision, act.objection, (all) => all.filter((one) => !unknown.has(one.hand.commit))),
            )
      const taken = isKnown ? this.#following.take(asSeen, step) : 'review/objection-unknown'
      if (typeof taken === 'string' || state === null || revision === undefined) {
        const code = typeof taken === 'string' ? taken : 'review/no-such-revision'
        voids.push({ commit: step.commit, index: step.index, row: step.row, code })
        continue
      }
      given.push(step)
      const { outcome, fault, body } = act
      const answer = { hand: handOf(step), outcome, fault, body }
      state = put(
        state,
        answered(revision, act.objection, (all) => [...all, answer]),
      )
    }
    return { state, voids }
  }

  #followPlainly(order: readonly RoadStep[]): RoadResult {
    const voids: VoidStep[] = []
    let state: RecordState | null = null
    for (const step of order) {
      const taken = this.#following.take(state, step)
      if (typeof taken !== 'string') state = taken
      else voids.push({ commit: step.commit, index: step.index, row: step.row, code: taken })
    }
    return { state, voids }
  }

  /**
   * Of each revision the first signature that is right by what it had seen. Where the level above signs too, one that it
   * did sign comes first: nobody takes that away by signing once more on another device.
   */
  #sealsOf(order: readonly RoadStep[], steps: readonly RoadStep[]): ReadonlyMap<Digest, Seal> {
    const seals = new Map<Digest, Seal>()
    for (const step of order) {
      if (!isSign(step)) continue
      // Nobody signs what they have seen signed: such a one is refused by what it had seen.
      const { taken } = this.#viewOf(step, steps)
      if (typeof taken === 'string') continue
      const known = seals.get(step.act.revision)
      const isPreferred = () =>
        taken.revisions.some((one) => one.revision === step.act.revision && isAboveAsked(one)) &&
        isSignedAbove(step, steps) &&
        !isSignedAbove((known as Seal).step, steps)
      if (known === undefined || isPreferred()) seals.set(step.act.revision, { step, record: taken })
    }
    return seals
  }

  /** Past of a past is past of it: what a step found stays the same whatever else becomes known. */
  #viewOf(step: RoadStep, steps: readonly RoadStep[]): OwnView {
    const known = this.#views.get(step)
    if (known !== undefined) return known
    const own = steps.filter((other) => other.act.act !== 'direct' && hasSeen(step, other))
    const commits = new Set(own.map(({ commit }) => commit))
    const above = steps.filter(({ act }) => act.act === 'direct' && commits.has(act.answers))
    const sizes = [own.length, above.length] as const
    const before = this.#unchangedSince(step, sizes) ?? this.follow([...own, ...above]).state
    const view = { step, sizes, before, taken: this.#following.take(before, step) }
    this.#views.set(step, view)
    this.#newest.set(step.log, view)
    return view
  }

  /**
   * What the step before it in its log had found, where it had seen no more than that one and that one counted for nothing.
   * Ten thousand refused rows of one commit would otherwise be a road each.
   */
  #unchangedSince(step: RoadStep, [own, above]: OwnView['sizes']): RecordState | null {
    const last = this.#newest.get(step.log)
    if (last === undefined || typeof last.taken !== 'string' || !hasSeen(step, last.step)) return null
    return last.sizes[0] === own - 1 && last.sizes[1] === above ? last.before : null
  }

  #refusalOf(step: RoadStep, steps: readonly RoadStep[]): ErrorCode | null {
    const { taken } = this.#viewOf(step, steps)
    return typeof taken === 'string' ? taken : null
  }

  /** Whether it was right by what it had seen, and had not seen the signature. */
  #isRightObjection(step: RoadStep, seal: RoadStep, steps: readonly RoadStep[]): boolean {
    if (hasSeen(step, seal)) return false
    const { before, taken } = this.#viewOf(step, steps)
    return typeof taken !== 'string' && taken !== before
  }
}

function isAnswer(step: RoadStep): step is AnswerStep {
  return step.act.act === 'settle-objection'
}

function isSign(step: RoadStep): step is SignStep {
  return step.act.act === 'sign'
}

/**
 * Whether every signature has seen all that stands before it, and nothing behind one objects: then each step finds what
 * it had seen, and the road is followed as it stands. So it is on almost every road.
 */
function isInStep(order: readonly RoadStep[]): boolean {
  const own = order.filter(({ act }) => act.act !== 'direct')
  const first = own.findIndex(isSign)
  if (first < 0) return true
  if (own.slice(first).some(({ act }) => mayObject(act))) return false
  const last = new Map<Id, RoadStep>()
  for (const step of own) {
    if (isSign(step) && ![...last.values()].every((other) => hasSeen(step, other))) return false
    last.set(step.log, step)
  }
  return true
}

function isSignedAbove({ commit, act }: SignStep, steps: readonly RoadStep[]): boolean {
  return steps.some(
    ({ act: said }) =>
      said.act === 'direct' &&
      said.decision === 'sign' &&
      said.answers === commit &&
      said.revision === act.revision &&
      act.formerNodes?.includes(said.node) !== true,
  )
}

/** Whether a submission speaks of another cadre or category than the record that was signed. */
function isOther(act: Act<'submit'>, { cadre, category }: RecordState): boolean {
  return act.cadre !== cadre || act.category !== category
}

function withLate(
  state: RecordState | null,
  late: ReadonlyMap<Digest, readonly LateObjection[]>,
): RecordState | null {
  if (state === null) return null
  const revisions = state.revisions.map((one) => ({ ...one, late: late.get(one.revision) ?? one.late }))
  return { ...state, revisions }
}
