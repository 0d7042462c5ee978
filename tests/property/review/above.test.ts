import { fc } from '../../helpers/properties.ts'
import { expect, test } from 'vitest'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { followRoad } from '../../../src-shared/review/road.ts'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import type { DirectiveDecision } from '../../../src-shared/log/operations.ts'
import {
  Walk,
  approver,
  author,
  digestOf,
  dual,
  first,
  inspector,
  otherAuthor,
  record,
  second,
  unit,
} from '../../unit/review/road-steps.ts'

const above = { ...dual, signer: 'approver-and-above' as const }
const decisions: readonly DirectiveDecision[] = ['sign', 'return', 'uphold', 'reject']

type Move =
  | { readonly kind: 'enter'; readonly asksAbove: boolean; readonly agrees: boolean }
  | { readonly kind: 'refer' | 'adjudicate' | 'sign'; readonly target: number }
  | {
      readonly kind: 'direct'
      readonly target: number
      readonly answers: number
      readonly decision: DirectiveDecision
      readonly node: number
    }

const target = fc.nat(5)
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('enter' as const), asksAbove: fc.boolean(), agrees: fc.boolean() }),
  { arbitrary: fc.record({ kind: fc.constantFrom('refer', 'adjudicate', 'sign'), target }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constant('direct' as const),
      target,
      answers: fc.nat(40),
      decision: fc.constantFrom(...decisions),
      node: fc.nat(1),
    }),
    weight: 4,
  },
)

/** A history in which the node above answers whatever commit it likes, with whatever it likes. */
function play(moves: readonly Move[]): readonly RoadStep[] {
  const walk = new Walk()
  const revisions: string[] = []
  const asked: string[] = []
  const positions = [0, 0]
  for (const one of moves) {
    if (one.kind === 'enter') {
      const rule = one.asksAbove ? above : dual
      const by = revisions.length % 2 === 0 ? author : otherAuthor
      const { head } = walk.result.state ?? { head: null }
      const revision = walk.submit(by, String(revisions.length), { rule, parent: head })
      walk.review(revision, 'agree', one.agrees ? 'agree' : 'disagree')
      revisions.push(revision)
      continue
    }
    const revision = revisions[one.target % Math.max(1, revisions.length)]
    if (revision === undefined) continue
    switch (one.kind) {
      case 'refer':
        asked.push(walk.refer(approver, revision).commit)
        break
      case 'adjudicate':
        walk.adjudicate(inspector, revision)
        break
      case 'sign':
        asked.push(walk.sign(approver, revision).commit)
        break
      case 'direct': {
        const depth = positions[one.node] ?? 0
        positions[one.node] = depth + 1
        const answers = asked[one.answers % Math.max(1, asked.length)] ?? digestOf('a commit of nobody')
        walk.direct(revision, one.decision, answers, { node: digestOf(`node ${one.node}`), depth })
      }
    }
  }
  return walk.steps
}

const histories = fc.array(move, { minLength: 1, maxLength: 40, size: 'max' }).map(play)

function follow(steps: readonly RoadStep[]) {
  return followRoad(nodePrimitives, unit, record, steps)
}

test('the order in which steps and directives arrive changes nothing, nor does what comes twice', () => {
  fc.assert(
    fc.property(
      histories.chain((steps) =>
        fc.tuple(fc.constant(steps), fc.shuffledSubarray([...steps], { minLength: steps.length })),
      ),
      ([steps, shuffled]) => {
        expect(follow(shuffled)).toEqual(follow(steps))
      },
    ),
  )
})

test('no revision is archived without the signature of the approver, and where the rule asks also that from above', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      for (const revision of follow(steps).state?.revisions ?? []) {
        if (!['archived', 'superseded', 'conflict'].includes(revision.status)) continue
        expect(revision.signed?.hand.member).toBe(approver.id)
        expect(revision.opinions.map(({ hand }) => hand.member)).toEqual([first.id, second.id])
        const signedAbove = revision.directives.filter(({ decision }) => decision === 'sign')
        expect(signedAbove).toHaveLength(revision.rule.signer === 'approver-and-above' ? 1 : 0)
      }
    }),
  )
})

test('whatever the node above signs, it changes only what was put to it: without it every step of the unit counts alike', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const unasked = steps.filter(({ act }) => {
        if (act.act !== 'direct') return true
        const answered = steps.find((step) => step.commit === act.answers)
        return answered !== undefined && (answered.act.act === 'sign' || answered.act.act === 'refer')
      })
      expect(follow(unasked).state).toEqual(follow(steps).state)
      const settled = follow(steps).state?.revisions ?? []
      for (const { directives, referred, signed } of settled)
        for (const { decision } of directives)
          expect(decision === 'uphold' || decision === 'reject' ? referred : signed).not.toBeNull()
    }),
  )
})

test('a later part of the log of a node takes back nothing that an earlier part did', () => {
  fc.assert(
    fc.property(histories, fc.nat(20), (steps, known) => {
      const early = steps.filter(({ act, depth }) => act.act !== 'direct' || depth < known)
      const before = follow(early).state?.revisions ?? []
      const after = follow(steps).state?.revisions ?? []
      for (const revision of before) {
        const later = after.find((one) => one.revision === revision.revision)
        const now = later?.directives ?? []
        // Only another node that came in between may have answered first.
        if (new Set([...revision.directives, ...now].map(({ node }) => node)).size > 1) continue
        expect(now.slice(0, revision.directives.length)).toEqual(revision.directives)
      }
    }),
  )
})

test('the histories come to what the level above does, or they would prove little', () => {
  const states = fc.sample(histories, { seed: 20_261_122, numRuns: 400 }).map((steps) => follow(steps))
  const revisions = states.flatMap(({ state }) => state?.revisions ?? [])
  const statuses = new Set(revisions.map(({ status }) => status))
  for (const status of ['referred', 'awaiting-above', 'adjudicated', 'archived', 'superseded', 'conflict'])
    expect(statuses).toContain(status)
  const counted = new Set(revisions.flatMap(({ directives }) => directives.map(({ decision }) => decision)))
  expect([...counted].sort()).toEqual([...decisions].sort())
  const codes = new Set(states.flatMap(({ voids }) => voids.map(({ code }) => code)))
  for (const code of ['step-unknown', 'other-step', 'not-asked', 'already-decided'] as const)
    expect(codes).toContain(`directive/${code}`)
})
