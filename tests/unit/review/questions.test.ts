import { beforeEach, describe, expect, test } from 'vitest'
import {
  approver,
  author,
  cadre,
  digestOf,
  first,
  idOf,
  inspector,
  otherAuthor,
  second,
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

const query = idOf('a question')
const fault = idOf('an error')

function ask(by: Person, name = query, about = revision) {
  walk.take(by, {
    act: 'ask',
    revision: about,
    query: name,
    field: 'address',
    body: digestOf(`asked ${name}`),
  })
  return walk.newest
}

function answer(by: Person, act: 'answer' | 'resolve' = 'answer', name = query) {
  walk.take(by, { act, query: name, body: digestOf(`${act} by ${by.id}`) })
  return walk.newest
}

function blame(by: Person, traced: readonly Person[], name = fault) {
  const ids = traced.map(({ id }) => id)
  const act = { act: 'find-fault', revision, fault: name, kind: 'omission', found: 'check' } as const
  walk.take(by, { ...act, traced: ids, body: digestOf('finding') })
  return walk.newest
}

function reply(by: Person, name = fault) {
  walk.take(by, { act: 'answer-fault', fault: name, body: digestOf(`reply by ${by.id}`) })
  return walk.newest
}

describe('a question of a reviewer', () => {
  test('is about a field of an entry that still wants opinions', () => {
    expect(ask(first)).toBe(null)
    expect(walk.result.state?.queries).toMatchObject([
      {
        query,
        revision,
        field: 'address',
        asked: { member: first.id },
        body: digestOf(`asked ${query}`),
        answers: [],
        resolved: null,
      },
    ])
    walk.decide(first, revision)
    expect(ask(second, idOf('while one opinion is in'))).toBe(null)
    walk.decide(second, revision)
    expect(ask(third, idOf('too late'))).toBe('review/not-open-for-opinion')
    expect(walk.result.state?.queries).toHaveLength(2)
  })

  test('is never the author’s, and has a name of its own', () => {
    expect(ask({ ...author, role: 'reviewer' })).toBe('review/author-is-reviewer')
    ask(first)
    expect(ask(second)).toBe('review/query-unknown')
  })

  test('is answered by the author of the entry it is about, as often as they like', () => {
    const other = walk.submit(otherAuthor, 'other')
    ask(first)
    ask(second, idOf('of the other'), other)
    expect(answer(otherAuthor)).toBe('review/query-not-yours')
    expect(answer(author, 'answer', idOf('of the other'))).toBe('review/query-not-yours')
    expect(answer(first)).toBe('review/query-not-yours')
    expect(answer(author)).toBe(null)
    expect(answer(author)).toBe(null)
    const [one, two] = walk.result.state?.queries ?? []
    expect(one?.answers).toMatchObject([
      { hand: { member: author.id }, body: digestOf(`answer by ${author.id}`) },
      { hand: { member: author.id } },
    ])
    expect(one?.resolved).toBe(null)
    expect(two?.answers).toEqual([])
  })

  test('is settled by whoever asked, once, and then nobody answers it any more', () => {
    ask(first)
    ask(second, idOf('another'))
    expect(answer(author, 'resolve')).toBe('review/query-not-yours')
    expect(answer(second, 'resolve')).toBe('review/query-not-yours')
    expect(answer(first, 'resolve')).toBe(null)
    const [one, two] = walk.result.state?.queries ?? []
    expect(one).toMatchObject({
      answers: [],
      resolved: { hand: { member: first.id }, body: digestOf(`resolve by ${first.id}`) },
    })
    expect(two?.resolved).toBe(null)
    expect(answer(author)).toBe('review/query-unknown')
    expect(answer(first, 'resolve')).toBe('review/query-unknown')
  })

  test('that nobody asked is not answered, and a record nobody entered has none', () => {
    expect(answer(author)).toBe('review/query-unknown')
    walk = new Walk()
    expect(answer(author)).toBe('review/no-such-revision')
    expect(reply(author)).toBe('review/no-such-revision')
  })

  test('is not answered by the one it is about', () => {
    ask(first)
    expect(answer({ ...author, cadre })).toBe('review/about-oneself')
    expect(answer({ ...author, cadre: idOf('another cadre') })).toBe(null)
  })
})

describe('an error that somebody answers for', () => {
  test('is classed, and traced to author, reviewers and signer', () => {
    walk.archive(revision)
    expect(blame(inspector, [author, first, second, approver])).toBe(null)
    expect(walk.result.state?.faults).toMatchObject([
      {
        fault,
        revision,
        kind: 'omission',
        found: 'check',
        finder: { member: inspector.id },
        body: digestOf('finding'),
        traced: [author, first, second, approver].map(({ id }) => id),
        answers: [],
      },
    ])
  })

  test('is traced to nobody who had no hand in it, to nobody twice, and never to the finder', () => {
    walk.review(revision, 'agree', 'agree')
    expect(blame(inspector, [approver])).toBe('review/fault-traced')
    walk.sign(approver, revision)
    expect(blame(inspector, [author, third])).toBe('review/fault-traced')
    expect(blame(inspector, [author, author])).toBe('review/fault-traced')
    expect(blame(approver, [author, approver])).toBe('review/fault-traced')
    expect(blame(inspector, [])).toBe(null)
    expect(blame(inspector, [author])).toBe('review/fault-unknown')
    expect(blame(inspector, [author], idOf('another error'))).toBe(null)
  })

  test('is answered by each of those it is traced to', () => {
    walk.archive(revision)
    blame(inspector, [author, first])
    blame(inspector, [second], idOf('another error'))
    expect(reply(second)).toBe('review/fault-traced')
    expect(reply(inspector)).toBe('review/fault-traced')
    expect(reply(first)).toBe(null)
    expect(reply(author)).toBe(null)
    const [one, two] = walk.result.state?.faults ?? []
    expect(one?.answers).toMatchObject([
      { hand: { member: first.id }, body: digestOf(`reply by ${first.id}`) },
      { hand: { member: author.id } },
    ])
    expect(two?.answers).toEqual([])
    expect(reply(author, idOf('no error'))).toBe('review/fault-unknown')
  })

  test('in a dossier is not answered by the one it is about', () => {
    walk.archive(revision)
    blame(inspector, [first])
    expect(reply({ ...first, cadre })).toBe('review/about-oneself')
  })
})
