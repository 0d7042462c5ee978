import { beforeEach, describe, expect, test } from 'vitest'
import {
  approver,
  author,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  opinionOf,
  otherApprover,
  second,
  single,
  third,
  Walk,
  type Person,
} from './road-steps.ts'

let walk: Walk
let revision: string

beforeEach(() => {
  walk = new Walk()
  revision = walk.submit(author, 'one')
})

const body = digestOf('why')
const outsider = (name: string): Person => ({ id: idOf(name), role: 'inspector' })
const [left, middle, right] = ['left', 'middle', 'right'].map(outsider) as [Person, Person, Person]

function assign(by: Person, reviewers: readonly Person[], seed?: string) {
  const drawn = seed === undefined ? { way: 'hand' as const } : { way: 'random' as const, seed }
  walk.take(by, { act: 'assign', revision, reviewers: reviewers.map(({ id }) => id), ...drawn, body })
  return walk.newest
}

function escalate(by: Person) {
  walk.take(by, { act: 'escalate', revision, body })
  return walk.newest
}

function convene(by: Person, members: readonly Person[]) {
  walk.take(by, { act: 'convene', revision, members: members.map(({ id }) => id), body })
  return walk.newest
}

function settle(by: Person, outcome: 'uphold' | 'reject' = 'uphold') {
  walk.adjudicate(by, revision, outcome)
  return walk.newest
}

function sign(by: Person) {
  walk.sign(by, revision)
  return walk.newest
}

describe('an assignment', () => {
  test('says who is to review, how they were chosen and by whom; the last word holds', () => {
    expect(walk.revision(revision).assigned).toBe(null)
    expect(assign(approver, [first, second])).toBe(null)
    expect(walk.revision(revision).assigned).toMatchObject({
      hand: { member: approver.id },
      reviewers: [first.id, second.id],
      way: 'hand',
      seed: null,
    })
    expect(assign(inspector, [third], digestOf('seed'))).toBe(null)
    expect(walk.revision(revision).assigned).toMatchObject({
      hand: { member: inspector.id },
      reviewers: [third.id],
      way: 'random',
      seed: digestOf('seed'),
    })
    expect(walk.status(revision)).toBe('submitted')
  })

  test('is never by or of the author, and names nobody twice', () => {
    expect(assign({ ...author, role: 'inspector' }, [first])).toBe('review/author-is-reviewer')
    expect(assign(approver, [author, first])).toBe('review/author-is-reviewer')
    expect(assign(approver, [first, first])).toBe('review/same-person-twice')
  })

  test('is made while opinions are still wanted', () => {
    walk.decide(first, revision)
    expect(assign(approver, [second])).toBe(null)
    walk.decide(second, revision)
    expect(assign(approver, [third])).toBe('review/not-open-for-opinion')
    walk.return(third, revision)
    expect(assign(approver, [third])).toBe('review/not-open-for-opinion')
  })
})

describe('a matter sent to adjudication before both opinions are in', () => {
  test('is disputed, says by whom, and takes no more opinions', () => {
    expect(escalate(first)).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'disputed',
      escalated: { hand: { member: first.id }, body },
    })
    walk.decide(second, revision)
    expect(walk.newest).toBe('review/not-open-for-opinion')
    expect(escalate(second)).toBe('review/not-open-for-opinion')
  })

  test('is never sent by the author, nor once the opinions are in', () => {
    expect(escalate({ ...author, role: 'reviewer' })).toBe('review/author-is-reviewer')
    walk.decide(first, revision)
    walk.decide(second, revision)
    expect(escalate(third)).toBe('review/not-open-for-opinion')
  })

  test('takes two adjudicators who say the same', () => {
    escalate(first)
    expect(settle(left)).toBe(null)
    expect(walk.status(revision)).toBe('disputed')
    expect(settle(middle, 'reject')).toBe(null)
    expect(walk.status(revision)).toBe('disputed')
    expect(settle(left)).toBe('review/same-person-twice')
    expect(settle(right)).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'adjudicated',
      adjudication: { hand: { member: right.id }, outcome: 'uphold' },
      group: { members: [], votes: [{ outcome: 'uphold' }, { outcome: 'reject' }, { outcome: 'uphold' }] },
    })
    expect(sign(approver)).toBe(null)
    expect(walk.status(revision)).toBe('archived')
  })

  test('goes back to the author when two reject it', () => {
    escalate(first)
    settle(left, 'reject')
    settle(middle, 'reject')
    expect(walk.status(revision)).toBe('returned')
  })

  test('is settled and signed by nobody who sent it there, entered it or voted on it', () => {
    escalate(first)
    for (const person of [first, author])
      expect(settle({ ...person, role: 'inspector' })).toBe('review/adjudicator-took-part')
    settle(left)
    settle(middle)
    for (const person of [left, middle, first, author])
      expect(sign({ ...person, role: 'approver' })).toBe('review/signer-took-part')
    expect(sign(approver)).toBe(null)
  })

  test('is not decided past an opinion that was given and not opened', () => {
    const one = walk.decide(first, revision)
    escalate(second)
    expect(settle(left)).toBe('review/unopened-opinions')
    walk.open(first, revision, one)
    expect(walk.newest).toBe('review/not-unopened')
    walk.open(approver, revision, one)
    expect(walk.newest).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'disputed',
      opened: { member: approver.id },
      opinions: [{ decision: 'agree' }],
    })
    walk.open(approver, revision, one)
    expect(walk.newest).toBe('review/not-unopened')
    expect(settle(left)).toBe(null)
    expect(settle(middle)).toBe(null)
    expect(walk.status(revision)).toBe('adjudicated')
  })

  test('stays there when its opinion cannot be opened, which is then on record and keeps its author out', () => {
    walk.decide(first, revision)
    escalate(second)
    walk.open(approver, revision, { reviewer: first.id, decision: 'unopenable' })
    expect(walk.newest).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'disputed',
      opinions: [{ hand: { member: first.id }, decision: null }],
      discarded: [],
    })
    expect(settle({ ...first, role: 'inspector' })).toBe('review/adjudicator-took-part')
    expect(settle(left)).toBe(null)
  })

  test('without any opinion has nothing to open', () => {
    escalate(first)
    walk.open(approver, revision, { reviewer: first.id, decision: 'unopenable' })
    expect(walk.newest).toBe('review/not-unopened')
  })

  test('is not decided past the opinions of a fresh round because those before it were looked at', () => {
    const one = walk.decide(first, revision)
    walk.decide(second, revision)
    walk.open(first, revision, one)
    walk.open(approver, revision, one, { reviewer: second.id, decision: 'unopenable' })
    expect(walk.revision(revision)).toMatchObject({ status: 'submitted', opened: null })
    const fresh = walk.decide(first, revision)
    escalate(third)
    expect(settle(left)).toBe('review/unopened-opinions')
    walk.open(approver, revision, fresh)
    expect(walk.newest).toBe(null)
    expect(settle(left)).toBe(null)
  })
})

describe('a group that settles it together', () => {
  beforeEach(() => walk.review(revision, 'agree', 'disagree'))

  test('is named for a disagreement by somebody who took no part, of people who took none, each once', () => {
    expect(convene({ ...first, role: 'inspector' }, [left, middle, right])).toBe(
      'review/adjudicator-took-part',
    )
    expect(convene(inspector, [left, middle, second])).toBe('review/adjudicator-took-part')
    expect(convene(inspector, [left, middle, author])).toBe('review/adjudicator-took-part')
    expect(convene(inspector, [left, left, right])).toBe('review/same-person-twice')
    expect(convene(inspector, [left, middle, right])).toBe(null)
    expect(walk.revision(revision).group).toMatchObject({
      hand: { member: inspector.id },
      members: [left.id, middle.id, right.id],
      votes: [],
      former: [],
    })
  })

  test('is not named where nothing is in dispute', () => {
    const other = walk.submit(author, 'other')
    walk.take(inspector, { act: 'convene', revision: other, members: [left.id, middle.id, right.id], body })
    expect(walk.newest).toBe('review/not-disputed')
  })

  test('settles it by the majority of its members, and by nobody else', () => {
    convene(inspector, [left, middle, right])
    expect(settle(otherApprover)).toBe('review/not-in-group')
    expect(settle(left)).toBe(null)
    expect(walk.status(revision)).toBe('disputed')
    expect(settle(left)).toBe('review/same-person-twice')
    expect(settle(middle, 'reject')).toBe(null)
    expect(walk.status(revision)).toBe('disputed')
    expect(settle(right)).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'adjudicated',
      adjudication: { hand: { member: right.id }, outcome: 'uphold', body: digestOf('adjudication') },
    })
  })

  test('sends it back when half stands against half', () => {
    const fourth = outsider('fourth')
    convene(inspector, [left, middle, right, fourth])
    settle(left)
    settle(middle)
    settle(right, 'reject')
    expect(walk.status(revision)).toBe('disputed')
    settle(fourth, 'reject')
    expect(walk.revision(revision)).toMatchObject({ status: 'returned', adjudication: null })
  })

  test('rejects it by majority', () => {
    convene(inspector, [left, middle, right])
    settle(left, 'reject')
    settle(right, 'reject')
    expect(walk.status(revision)).toBe('returned')
  })

  test('leaves the signature to somebody outside it, even to members who did not speak', () => {
    convene(inspector, [left, middle, right])
    settle(left)
    settle(middle)
    expect(sign({ ...right, role: 'approver' })).toBe('review/signer-took-part')
    expect(sign({ ...left, role: 'approver' })).toBe('review/signer-took-part')
    expect(sign(approver)).toBe(null)
  })

  test('named anew starts from nothing, keeps what was said and keeps out who said it', () => {
    convene(inspector, [left, middle, right])
    settle(left)
    expect(convene(inspector, [left, middle, third])).toBe('review/adjudicator-took-part')
    expect(convene(inspector, [middle, right, third])).toBe(null)
    expect(walk.revision(revision).group).toMatchObject({
      votes: [],
      former: [{ hand: { member: left.id }, outcome: 'uphold', body: digestOf('adjudication') }],
    })
    expect(settle(left)).toBe('review/adjudicator-took-part')
    settle(middle, 'reject')
    const fifth = outsider('fifth')
    const sixth = outsider('sixth')
    expect(convene(inspector, [right, fifth, sixth])).toBe(null)
    expect(walk.revision(revision).group?.former.map(({ hand }) => hand.member)).toEqual([left.id, middle.id])
    settle(right)
    settle(fifth)
    expect(walk.status(revision)).toBe('adjudicated')
    expect(sign({ ...left, role: 'approver' })).toBe('review/signer-took-part')
    expect(sign({ ...middle, role: 'approver' })).toBe('review/signer-took-part')
  })
})

describe('what each reviewer typed again', () => {
  const typed = digestOf('typed')
  const rule = { ...dual, verification: 'dual-rekey' as const }
  const decide = (by: Person, rekey?: string) => {
    const { commitment } = opinionOf(by, revision)
    const act = { act: 'decide' as const, revision, commitment, body: digestOf('sealed') }
    walk.take(by, rekey === undefined ? act : { ...act, rekey })
    return walk.newest
  }

  test('is asked for where the category says so, and nowhere else', () => {
    expect(decide(first, typed)).toBe('review/rekey')
    revision = walk.submit(author, 'typed again', { rule })
    expect(decide(first)).toBe('review/rekey')
    expect(decide(first, typed)).toBe(null)
    expect(walk.revision(revision).opinions).toMatchObject([{ rekey: typed, body: digestOf('sealed') }])
  })

  test('takes two, who open exactly what they bound themselves to', () => {
    revision = walk.submit(author, 'typed again', { rule })
    decide(first, typed)
    expect(walk.status(revision)).toBe('in-review')
    decide(second, typed)
    const opened = [first, second].map((by) => opinionOf(by, revision).opened)
    const say = (rekey?: string) => {
      walk.open(approver, revision, ...opened.map((one) => (rekey === undefined ? one : { ...one, rekey })))
      return walk.newest
    }
    expect(say()).toBe('review/commitment-mismatch')
    expect(say(digestOf('something else'))).toBe('review/commitment-mismatch')
    expect(say(typed)).toBe(null)
    expect(walk.status(revision)).toBe('agreed')
    expect(walk.revision(revision).opinions).toMatchObject([{ rekey: typed }, { rekey: typed }])
  })
})

describe('an entry of a category with one reviewer', () => {
  test('is returned by that one alone', () => {
    revision = walk.submit(author, 'single', { rule: single })
    walk.open(approver, revision, walk.decide(first, revision, 'disagree'))
    expect(walk.status(revision)).toBe('returned')
  })
})
