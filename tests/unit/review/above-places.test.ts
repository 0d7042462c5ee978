import { describe, expect, test } from 'vitest'
import { archivedAt, hasUnopened, isAwaitedAbove, placeDirectives } from '../../../src-shared/review/above.ts'
import { revisionStatuses, type RoadAct, type RoadStep } from '../../../src-shared/review/states.ts'
import {
  approver,
  author,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  otherApprover,
  third,
  Walk,
} from './road-steps.ts'

const above = { ...dual, signer: 'approver-and-above' as const }
const body = digestOf('body')
const [A, B] = ['A', 'B'].map((name) => digestOf(`revision ${name}`)) as [string, string]
const base = (() => {
  const walk = new Walk()
  walk.submit(author, 'base')
  return walk.steps[0] as RoadStep
})()

function own(commit: string, act: 'sign' | 'refer' | 'open', revision: string, row = 0): RoadStep {
  const said = act === 'open' ? { opinions: [] } : {}
  return { ...base, commit, row, act: { act, revision, body, ...said } as RoadAct }
}

interface Place {
  readonly node?: string
  readonly depth?: number
  readonly index?: number
  readonly row?: number
}

function answer(commit: string, revision: string, { node = 'node 1', ...place }: Place = {}): RoadStep {
  const act = { act: 'direct', revision, decision: 'sign', answers: commit, node, body } as const
  return { ...base, commit: 'directive', depth: 0, ...place, act }
}

/** The places of all, in whatever order they came in. */
function expectPlaces(
  members: readonly RoadStep[],
  answers: readonly RoadStep[],
  expected: readonly RoadStep[],
) {
  for (const said of [answers, [...answers].reverse()])
    expect(placeDirectives(members, [...said, ...members])).toEqual(expected)
}

describe('what the level above decided stands', () => {
  const [one, two] = [own('c1', 'sign', A), own('c2', 'refer', B)]

  test('right behind the signature or the referral that it answers, also the first of all', () => {
    const [ofOne, ofTwo] = [answer('c1', A), answer('c2', B, { depth: 1 })]
    expectPlaces([one, two], [ofOne, ofTwo], [one, ofOne, two, ofTwo])
  })

  test('behind the row of its revision, where one commit signs two', () => {
    const row = own('c1', 'sign', B, 1)
    const said = answer('c1', B)
    expectPlaces([one, row, two], [said], [one, row, said, two])
  })

  test('behind the signature, where its commit opened the opinions too', () => {
    const opening = own('c1', 'open', A)
    const signature = own('c1', 'sign', A, 1)
    const said = answer('c1', A)
    expectPlaces([opening, signature, two], [said], [opening, signature, said, two])
  })

  test('last, where what it answers is not here', () => {
    const strange = [answer('c9', A), answer('c1', B, { depth: 1 })]
    const known = answer('c1', A, { depth: 2 })
    expectPlaces([one, two], [...strange, known], [one, known, two, ...strange])
  })

  test('never before an earlier decision of its node', () => {
    const sooner = answer('c2', B, { depth: 3 })
    const later = answer('c1', A, { depth: 4 })
    expectPlaces([one, two], [sooner, later], [one, two, sooner, later])
    const other = answer('c1', A, { node: 'node 2', depth: 4 })
    expectPlaces([one, two], [sooner, other], [one, other, two, sooner])
  })

  test('among others of its node by commit, then by operation, then by row; and node by node', () => {
    const ordered = [
      answer('c1', A, { depth: 1, index: 1, row: 1 }),
      answer('c1', A, { depth: 2, index: 0, row: 1 }),
      answer('c1', A, { depth: 2, index: 1, row: 0 }),
      answer('c1', A, { depth: 2, index: 1, row: 2 }),
      answer('c1', A, { node: 'node 2', depth: 0 }),
      answer('c1', A, { node: 'node 3', depth: 0 }),
    ]
    expectPlaces([one, two], ordered, [one, ...ordered, two])
    const mixed = [3, 0, 5, 2, 4, 1].map((at) => ordered[at] as RoadStep)
    expectPlaces([one, two], mixed, [one, ...ordered, two])
  })
})

describe('a revision was archived', () => {
  const day = (number: number) => `2026-11-0${number}T00:00:00.000Z`
  const hand = (at: string) => ({
    member: approver.id,
    device: idOf('device'),
    at,
    commit: digestOf('commit'),
  })
  const said = (decision: 'sign' | 'return' | 'uphold', at: string) => {
    return { hand: hand(at), decision, body, node: digestOf('node') }
  }
  const walk = new Walk()
  const submitted = walk.revision(walk.submit(author, 'one'))
  const signed = { ...submitted, signed: { hand: hand(day(3)), body } }

  test('never, while the unit has not signed it', () => {
    expect(archivedAt(submitted)).toBe(null)
    expect(archivedAt({ ...submitted, rule: above, directives: [said('sign', day(2))] })).toBe(null)
  })

  test('when the unit signed it, where nobody else is asked', () => {
    expect(archivedAt(signed)).toBe(day(3))
    expect(archivedAt({ ...signed, directives: [said('uphold', day(5))] })).toBe(day(3))
  })

  test.each([
    ['not yet, while the level above has not signed', [], null],
    ['not where it was sent back', [said('return', day(4))], null],
    ['when the level above signed', [said('sign', day(4))], day(4)],
    ['when it signed and not when it settled', [said('uphold', day(4)), said('sign', day(5))], day(5)],
    ['when the unit signed, where the clock above says an earlier time', [said('sign', day(1))], day(3)],
  ])('%s', (_what, directives, expected) => {
    expect(archivedAt({ ...signed, rule: above, directives })).toBe(expected)
  })
})

test('the level above is awaited where it is to sign or to settle, and nowhere else', () => {
  const awaited = revisionStatuses.filter((status) => isAwaitedAbove({ status }))
  expect(awaited).toEqual(['referred', 'awaiting-above'])
})

describe('a disagreement that is referred', () => {
  function escalated() {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.take(third, { act: 'escalate', revision, body })
    return { walk, revision }
  }

  test('may have no opinions at all, for then none is unopened', () => {
    const { walk, revision } = escalated()
    expect(hasUnopened(walk.revision(revision))).toBe(false)
    walk.refer(approver, revision)
    expect(walk.newest).toBe(null)
    expect(walk.revision(revision).referred).toMatchObject({
      hand: { member: approver.id },
      formerNodes: [],
    })
  })

  test('has unopened opinions from when one was given until they are opened', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    const opinion = walk.decide(first, revision)
    expect(hasUnopened(walk.revision(revision))).toBe(true)
    walk.take(third, { act: 'escalate', revision, body })
    walk.open(approver, revision, opinion)
    expect(hasUnopened(walk.revision(revision))).toBe(false)
  })

  test('is settled by no node that was replaced before it was referred', () => {
    const { walk, revision } = escalated()
    const formerNodes = [digestOf('old node')]
    const { commit } = walk.take(inspector, { act: 'refer', revision, body, formerNodes })
    walk.direct(revision, 'uphold', commit, { node: digestOf('old node') })
    expect(walk.newest).toBe('directive/node-replaced')
    walk.direct(revision, 'uphold', commit, { node: digestOf('new node') })
    expect(walk.newest).toBe(null)
    walk.sign(otherApprover, revision)
    expect(walk.status(revision)).toBe('archived')
  })
})
