import { fc } from '../../helpers/properties.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { followRoad } from '../../../src-shared/review/road.ts'
import type {
  FaultState,
  QueryState,
  RecordState,
  RevisionState,
  RoadAct,
  RoadResult,
  RoadStep,
} from '../../../src-shared/review/states.ts'
import {
  digestOf,
  dual,
  idOf,
  opinionOf,
  record,
  single,
  unit,
  type Person,
} from '../../unit/review/road-steps.ts'

/**
 * Random histories of one record on several devices. People try anything at all; often what fits, so that histories get
 * somewhere, and often not. A device knows what it made and what it was given.
 */
interface Move {
  readonly device: number
  readonly person: number
  readonly role: number
  readonly act: number
  readonly target: number
  readonly choice: number
}

const number = fc.noBias(fc.nat({ max: 9999 }))
const move = fc.record({
  device: number,
  person: number,
  role: number,
  act: number,
  target: number,
  choice: number,
})

export interface History {
  readonly steps: readonly RoadStep[]
  /** What each device had seen in the end. */
  readonly views: readonly (readonly RoadStep[])[]
}

const cadres = [idOf('a cadre'), idOf('a cadre who is a member')]

const people: readonly Person[] = [
  { id: idOf('collector'), role: 'collector' },
  { id: idOf('collector too'), role: 'collector' },
  { id: idOf('reviewer of little'), role: 'reviewer', level: 1 },
  { id: idOf('reviewer one'), role: 'reviewer' },
  { id: idOf('reviewer two'), role: 'reviewer' },
  { id: idOf('reviewer three'), role: 'reviewer', categories: ['B2'] },
  { id: idOf('reviewer and cadre'), role: 'reviewer', cadre: cadres[1] as string },
  { id: idOf('approver'), role: 'approver' },
  { id: idOf('approver too'), role: 'approver' },
  { id: idOf('inspector'), role: 'inspector' },
  // One who does everything: the rules, not the roles, must keep them from it.
  { id: idOf('everybody'), role: 'approver' },
]

const rekeyed: CategoryRule = { ...dual, verification: 'dual-rekey' }

function rekeyOf(reviewer: Id): Digest {
  return digestOf(`what ${reviewer} typed`)
}

const acts: readonly RoadAct['act'][] = [
  'submit',
  'decide',
  'return',
  'open',
  'adjudicate',
  'sign',
  'withdraw',
  'assign',
  'escalate',
  'convene',
  'ask',
  'answer',
  'resolve',
  'find-fault',
  'answer-fault',
  'settle-objection',
]

/** Roles that judgeCommit lets through for an act: the road is asked only about those. */
const rolesFor: Readonly<Record<RoadAct['act'], readonly Role[]>> = {
  submit: ['collector', 'inspector'],
  withdraw: ['collector', 'inspector'],
  decide: ['reviewer'],
  return: ['reviewer'],
  draw: ['approver', 'inspector'],
  open: ['approver', 'reviewer'],
  adjudicate: ['inspector', 'approver', 'reviewer'],
  sign: ['approver'],
  assign: ['approver', 'inspector'],
  escalate: ['reviewer'],
  refer: ['approver', 'inspector'],
  direct: [],
  convene: ['approver', 'inspector'],
  ask: ['reviewer'],
  answer: ['collector', 'inspector'],
  resolve: ['reviewer'],
  'find-fault': ['approver', 'inspector'],
  'answer-fault': ['collector', 'reviewer', 'approver', 'inspector'],
  'settle-objection': ['approver', 'inspector'],
}

const fitting: Readonly<Record<RevisionState['status'], readonly RoadAct['act'][]>> = {
  submitted: [
    'decide',
    'decide',
    'decide',
    'decide',
    'decide',
    'decide',
    'assign',
    'ask',
    'return',
    'withdraw',
  ],
  'in-review': ['decide', 'decide', 'decide', 'decide', 'answer', 'resolve', 'escalate', 'return'],
  unopened: ['open', 'open', 'open', 'answer'],
  agreed: ['sign'],
  disputed: ['adjudicate', 'adjudicate', 'adjudicate', 'convene', 'open'],
  referred: ['adjudicate', 'sign'],
  adjudicated: ['sign'],
  'awaiting-above': ['sign'],
  archived: ['submit', 'submit', 'find-fault', 'answer-fault'],
  conflict: ['submit'],
  returned: ['submit'],
  withdrawn: ['submit'],
  superseded: ['submit'],
}

const logs: readonly Id[] = [idOf('log 0'), idOf('log 1'), idOf('log 2')]

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T
}

export function follow(steps: readonly RoadStep[]): RoadResult {
  return followRoad(nodePrimitives, unit, record, steps)
}

export const histories: fc.Arbitrary<History> = fc
  .array(move, { minLength: 10, maxLength: 60, size: 'max' })
  .map((moves) => play(moves))

function play(moves: readonly Move[]): History {
  const steps: RoadStep[] = []
  const views: RoadStep[][] = [[], [], []]
  for (const one of moves) {
    // Most work is done on one device, and it comes to know the others' now and then.
    const view = pick(views, pick([0, 0, 0, 1, 2], one.device))
    if (one.act % 8 === 0) {
      // Two devices meet: one learns all the other knows.
      const other = pick(views, one.choice)
      view.push(...other.filter((step) => !view.includes(step)))
      continue
    }
    const step = stepOf(one, view, steps.length)
    steps.push(step)
    view.push(step)
  }
  return { steps, views }
}

function stepOf(one: Move, view: readonly RoadStep[], count: number): RoadStep {
  const { state } = follow(view)
  // Late objections are rare, and so is a device that comes to know of one: then it is mostly looked into.
  const objected = state?.revisions.find(({ late }) => late.length > 0)
  const isSettling = objected !== undefined && one.target % 3 !== 0
  const newest =
    state === null ? undefined : pick([...state.revisions].reverse(), one.target % 5 === 0 ? one.target : 0)
  const revision = isSettling ? objected : newest
  const fits = one.choice % 6 !== 0
  const name: RoadAct['act'] =
    revision === undefined
      ? 'submit'
      : isSettling
        ? 'settle-objection'
        : fits
          ? pick(fitting[revision.status], one.act)
          : pick(acts, one.act)
  const role = pick(rolesFor[name], one.role)
  const able = people.filter((person) => person.role === role || person.id === idOf('everybody'))
  const person =
    one.person % 9 === 0 ? pick(people, one.person) : (wanted(name, one, state) ?? pick(able, one.person))
  const log = pick(logs, pick([0, 0, 0, 1, 2], one.device))
  return {
    commit: digestOf(`commit ${count} ${one.person} ${one.choice}`),
    depth: view.reduce((deepest, step) => Math.max(deepest, step.depth + 1), 0),
    log,
    seq: view.filter((step) => step.log === log).length,
    seen: Object.fromEntries(logs.map((other) => [other, view.filter((step) => step.log === other).length])),
    index: one.target % 2,
    row: one.target % 3,
    // A clock that says whatever it likes.
    at: new Date(Date.UTC(2026, 10, 1 + (one.choice % 28))).toISOString(),
    device: idOf(`device ${pick([0, 0, 0, 1, 2], one.device)}`),
    member: person.id,
    memberCadre: person.cadre ?? null,
    role,
    grants: [{ categories: person.categories ?? ['*'], level: person.level ?? 3 }],
    act: actOf(name, one, person, revision, view, count, state),
  }
}

/** Whoever an answer is asked of, most of the time: anybody else is refused. */
function wanted(name: RoadAct['act'], one: Move, state: RecordState | null): Person | undefined {
  if (state === null || one.person % 5 === 0) return undefined
  const query = pick(state.queries, one.target) as QueryState | undefined
  const fault = pick(state.faults, one.target) as FaultState | undefined
  const author = state.revisions.find((revision) => revision.revision === query?.revision)?.author.member
  const ids: Partial<Record<RoadAct['act'], string | undefined>> = {
    answer: author,
    resolve: query?.asked.member,
    'answer-fault': fault?.traced[0],
  }
  return people.find((person) => person.id === ids[name])
}

function actOf(
  name: RoadAct['act'],
  one: Move,
  person: Person,
  revision: RevisionState | undefined,
  view: readonly RoadStep[],
  count: number,
  state: RecordState | null,
): RoadAct {
  const digest = revision?.revision ?? digestOf('nothing')
  const body = digestOf(`body ${count}`)
  switch (name) {
    case 'submit':
      return submissionOf(one, view, count)
    case 'decide': {
      const others = revision?.opinions ?? []
      const copied = one.choice % 7 === 0 ? others[0]?.commitment : undefined
      const { commitment } = opinionOf(person, digest, one.choice % 5 === 0 ? 'disagree' : 'agree')
      const asked = revision?.rule.verification === 'dual-rekey'
      const rekey = asked === (one.choice % 6 !== 0) ? { rekey: rekeyOf(person.id) } : {}
      return { act: 'decide', revision: digest, commitment: copied ?? commitment, body, ...rekey }
    }
    case 'assign': {
      const reviewers = people.filter((other) => other.role === 'reviewer').map(({ id }) => id)
      const chosen = [pick(reviewers, one.target), pick(reviewers, one.choice)]
      return { act: 'assign', revision: digest, reviewers: chosen, way: 'hand', body }
    }
    case 'convene': {
      const members = [0, 1, 2].map((at) => pick(people, one.target + at * (1 + (one.choice % 4))).id)
      return { act: 'convene', revision: digest, members, body }
    }
    case 'ask': {
      const query = idOf(`query ${one.choice % 12}`)
      return { act: 'ask', revision: digest, query, field: one.target % 2 === 0 ? 'address' : null, body }
    }
    case 'answer':
    case 'resolve': {
      const query = (pick(state?.queries ?? [], one.target) as QueryState | undefined)?.query
      return { act: name, query: query ?? idOf('query 0'), body }
    }
    case 'find-fault': {
      const hands = [revision?.author.member, ...(revision?.opinions ?? []).map(({ hand }) => hand.member)]
      const traced = [pick([...hands, person.id], one.target)].filter((id) => id !== undefined)
      const fault = idOf(`fault ${one.choice % 12}`)
      return { act: 'find-fault', revision: digest, fault, kind: 'misentry', found: 'later', traced, body }
    }
    case 'answer-fault': {
      const fault = (pick(state?.faults ?? [], one.target) as FaultState | undefined)?.fault
      return { act: 'answer-fault', fault: fault ?? idOf('fault 0'), body }
    }
    case 'settle-objection': {
      const objection = pick(revision?.late ?? [], one.choice)?.hand.commit ?? digestOf('nothing')
      const outcome = one.choice % 3 === 0 ? 'unfounded' : 'founded'
      const fault = one.choice % 4 === 0 ? (state?.faults[0]?.fault ?? idOf('fault 0')) : null
      return { act: 'settle-objection', revision: digest, objection, outcome, fault, body }
    }
    case 'open':
      return { act: 'open', revision: digest, opinions: openingOf(one, person, revision), body }
    case 'adjudicate':
      return {
        act: 'adjudicate',
        revision: digest,
        outcome: one.choice % 4 === 1 ? 'reject' : 'uphold',
        body,
      }
    case 'direct':
      return { act: 'direct', revision: digest, decision: 'sign', answers: digest, node: digest, body }
    case 'withdraw':
      return { act: 'withdraw', revision: digest }
    // Of one record alone nothing can be drawn; lots have histories of their own.
    case 'draw':
      return submissionOf(one, view, count)
    default:
      return { act: name, revision: digest, body }
  }
}

function submissionOf(one: Move, view: readonly RoadStep[], count: number): RoadAct {
  const { state } = follow(view)
  const conflicts = state?.revisions.filter(({ status }) => status === 'conflict') ?? []
  const parents = [state?.head ?? null, state?.revisions[0]?.revision ?? null, null]
  const settles: readonly Digest[] = one.choice % 2 === 0 ? conflicts.map(({ revision }) => revision) : []
  return {
    act: 'submit',
    revision:
      one.choice % 11 === 0 && view.length > 0 ? digestOf('revision 0') : digestOf(`revision ${count}`),
    cadre: one.choice % 13 === 0 ? pick(cadres, one.choice) : (state?.cadre ?? pick(cadres, one.target)),
    category: one.choice % 17 === 0 ? 'B2' : (state?.category ?? 'A1'),
    parent: one.target % 4 === 0 ? pick(parents, one.choice) : (state?.head ?? null),
    settles,
    batch: null,
    evidence: one.choice % 3,
    rule: { ...pick([single, dual, dual, dual, rekeyed], one.role), evidenceRequired: one.role % 7 === 0 },
  }
}

function openingOf(one: Move, person: Person, revision: RevisionState | undefined) {
  const opinions = (revision?.opinions ?? []).map((opinion) => {
    const reviewer = { id: opinion.hand.member, role: 'reviewer' as const }
    if (one.choice % 19 === 0) return { reviewer: reviewer.id, decision: 'unopenable' as const }
    const sides = (['agree', 'disagree'] as const).map((side) =>
      opinionOf(reviewer, revision!.revision, side),
    )
    // What does not open to its commitment is said to be unopenable by an honest opener; and otherwise by a liar.
    const right = sides.find(({ commitment }) => commitment === opinion.commitment)
    const said = one.choice % 23 === 0 ? sides.find((side) => side !== right) : right
    if (said === undefined) return { reviewer: reviewer.id, decision: 'unopenable' as const }
    return opinion.rekey === null || one.choice % 29 === 0
      ? said.opened
      : { ...said.opened, rekey: rekeyOf(reviewer.id) }
  })
  const own = opinions.filter((opinion) => opinion.reviewer === person.id)
  const said = person.role === 'reviewer' && own.length > 0 ? own : opinions
  return said.length > 0 ? said : [{ reviewer: person.id, decision: 'unopenable' as const }]
}
