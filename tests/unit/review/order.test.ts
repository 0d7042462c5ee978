import { describe, expect, test } from 'vitest'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { compareSteps, followRoad, headAt } from '../../../src-shared/review/road.ts'
import { openStatuses, revisionStatuses, type RoadStep } from '../../../src-shared/review/states.ts'
import {
  approver,
  author,
  cadre,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  opinionOf,
  record,
  second,
  third,
  unit,
  Walk,
} from './road-steps.ts'

describe('the order of steps', () => {
  const walk = new Walk()
  walk.submit(author, 'one')
  const step = walk.steps[0] as RoadStep
  const place = (depth: number, commit: string, index: number, row: number): RoadStep => {
    return { ...step, depth, commit, index, row }
  }

  test('is by causal depth, then by the hash of the commit, then by the place in it', () => {
    const ordered = [
      place(0, 'c', 9, 9),
      place(1, 'a', 0, 5),
      place(1, 'a', 1, 0),
      place(1, 'a', 1, 3),
      place(1, 'b', 0, 0),
      place(2, 'a', 0, 0),
    ]
    ordered.forEach((one, at) =>
      ordered.forEach((other, where) => {
        expect(Math.sign(compareSteps(one, other))).toBe(Math.sign(at - where))
      }),
    )
    expect([...ordered].reverse().sort(compareSteps)).toEqual(ordered)
  })

  test('decides, not the order in which they arrive', () => {
    const late = new Walk()
    const revision = late.submit(author, 'one')
    late.archive(revision)
    const backward = [...late.steps].reverse()
    const follow = (steps: readonly RoadStep[]) => followRoad(nodePrimitives, unit, record, steps)
    expect(follow(backward)).toEqual(follow(late.steps))
    expect(follow(backward).state).toMatchObject({
      record,
      cadre,
      category: 'A1',
      head: revision,
      queries: [],
      faults: [],
    })
    expect(follow(backward).voids).toEqual([])
  })

  test('names a step that counts for nothing by its commit and its place in it', () => {
    const twice = new Walk()
    const revision = twice.submit(author, 'one')
    const returned = twice.return({ ...author, role: 'reviewer' }, revision)
    const placed = [twice.steps[0] as RoadStep, { ...returned, index: 2, row: 5 }]
    expect(followRoad(nodePrimitives, unit, record, placed).voids).toEqual([
      { commit: returned.commit, index: 2, row: 5, code: 'review/author-is-reviewer' },
    ])
  })
})

describe('a first step', () => {
  test('that corrects something is of something nobody has', () => {
    const walk = new Walk()
    walk.submit(author, 'one', { parent: digestOf('nothing') })
    expect(walk.newest).toBe('review/parent-unknown')
    expect(walk.result.state).toBe(null)
  })

  test('of a member with a dossier of their own is welcome in another’s', () => {
    const walk = new Walk()
    const revision = walk.submit({ ...author, cadre: idOf('own dossier') }, 'one')
    expect(walk.newest).toBe(null)
    walk.decide({ ...first, cadre: idOf('another dossier') }, revision)
    expect(walk.newest).toBe(null)
    walk.withdraw({ ...author, categories: ['B2'] }, walk.submit(author, 'two'))
    expect(walk.newest).toBe(null)
  })

  test('that is not a submission has no record to stand on', () => {
    const walk = new Walk()
    walk.take(first, {
      act: 'ask',
      revision: digestOf('x'),
      query: idOf('q'),
      field: null,
      body: digestOf('b'),
    })
    expect(walk.newest).toBe('review/no-such-revision')
  })

  test('is refused a second time though other revisions stand between', () => {
    const walk = new Walk()
    walk.submit(author, 'one')
    walk.submit(author, 'two')
    walk.submit(author, 'one')
    expect(walk.newest).toBe('review/revision-twice')
    walk.submit(author, 'two')
    expect(walk.newest).toBe('review/revision-twice')
  })

  test('keeps what it says, and nobody has had a hand in it yet', () => {
    const walk = new Walk()
    const settles = [digestOf('a conflict')]
    const revision = walk.submit(author, 'one', { batch: idOf('batch'), settles })
    expect(walk.revision(revision)).toEqual({
      revision,
      parent: null,
      settles,
      batch: idOf('batch'),
      rule: dual,
      status: 'submitted',
      author: {
        member: author.id,
        device: idOf('device'),
        at: '2026-11-22T00:00:00.000Z',
        commit: digestOf('commit 0'),
      },
      opinions: [],
      discarded: [],
      drawn: null,
      assigned: null,
      escalated: null,
      group: null,
      opened: null,
      returned: null,
      adjudication: null,
      signed: null,
      referred: null,
      directives: [],
      late: [],
      formerNodes: [],
    })
  })
})

test('a reviewer opening their own names nobody else’s and passes over none of the claims about it', () => {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  const one = walk.decide(first, revision)
  walk.decide(second, revision)
  walk.open(first, revision, opinionOf(third, revision))
  expect(walk.newest).toBe('review/commitment-mismatch')
  walk.open(first, revision, one)
  expect(walk.revision(revision)).toMatchObject({
    status: 'unopened',
    opened: { member: first.id },
    opinions: [{ decision: 'agree' }, { decision: null }],
  })
})

test('the fact at a moment before any signature is none, whatever stands open', () => {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  expect(headAt(walk.result.state!, '9999-12-31T00:00:00.000Z')).toBe(null)
  walk.archive(revision)
  expect(headAt(walk.result.state!, '2026-11-21T23:59:59.999Z')).toBe(null)
  expect(headAt(walk.result.state!, '2026-11-22T00:00:00.000Z')?.revision).toBe(revision)
})

test('a disagreement is settled by any who handles the category, not by an approver alone', () => {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  walk.review(revision, 'agree', 'disagree')
  walk.adjudicate({ ...inspector, categories: ['B2'] }, revision)
  expect(walk.newest).toBe('authority/category-not-granted')
  walk.adjudicate(third, revision)
  expect(walk.newest).toBe(null)
  walk.sign(approver, revision)
  expect(walk.revision(revision).signed).toMatchObject({
    hand: { member: approver.id },
    body: digestOf('signature'),
  })
})

test('a revision is open until it is signed, withdrawn or returned', () => {
  const closed = ['archived', 'conflict', 'returned', 'withdrawn', 'superseded']
  expect(openStatuses).toEqual(revisionStatuses.filter((status) => !closed.includes(status)))
  const here = ['submitted', 'in-review', 'unopened', 'agreed', 'disputed', 'adjudicated']
  const above = ['referred', 'awaiting-above']
  expect([...openStatuses].sort()).toEqual([...here, ...above].sort())
})
