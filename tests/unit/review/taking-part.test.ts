import { expect, test } from 'vitest'
import type { Hand, RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import { handOf, put, tookPart } from '../../../src-shared/review/taking-part.ts'
import { Walk, approver, author, digestOf, first, idOf, second } from './road-steps.ts'

const somebody = idOf('somebody')
const handBy = (member: string): Hand => ({
  member,
  device: idOf('device'),
  at: '2026-11-22T00:00:00.000Z',
  commit: digestOf('commit'),
})

function handedIn(): { readonly state: RecordState; readonly revision: RevisionState } {
  const walk = new Walk()
  walk.submit(author, 'one')
  const state = walk.result.state as RecordState
  return { state, revision: state.revisions[0] as RevisionState }
}

test('a hand is who did it, where, when and in which commit', () => {
  const step = new Walk().take(approver, { act: 'withdraw', revision: digestOf('one') })
  const { member, device, at, commit } = step
  expect(handOf(step)).toEqual({ member, device, at, commit })
})

test('a revision is put in the place of itself, and the others stay', () => {
  const { state, revision } = handedIn()
  const other = { ...revision, revision: digestOf('other') }
  const changed = put({ ...state, revisions: [other, revision] }, { ...revision, status: 'agreed' })
  expect(changed.revisions.map(({ status }) => status)).toEqual(['submitted', 'agreed'])
  expect(changed.record).toBe(state.record)
})

test('whoever had a hand in a revision took part in it, and nobody else', () => {
  const { revision } = handedIn()
  const opinion = (member: string) => ({
    hand: handBy(member),
    commitment: digestOf('sealed'),
    body: digestOf('body'),
    rekey: null,
    decision: null,
    grounds: null,
    lot: null,
  })
  const body = digestOf('body')
  const hand = handBy(somebody)
  const vote = (member: string) => ({ hand: handBy(member), outcome: 'uphold' as const, body })
  const group = { hand: handBy(approver.id), members: [somebody], votes: [], former: [] }
  const parts: readonly Partial<RevisionState>[] = [
    { author: hand },
    { opinions: [opinion(first.id), opinion(somebody)] },
    { discarded: [{ hand: handBy(approver.id), opinions: [opinion(second.id), opinion(somebody)] }] },
    { escalated: { hand, body } },
    { group: { ...group, votes: [vote(first.id), vote(somebody)] } },
    { group: { ...group, former: [vote(first.id), vote(somebody)] } },
    { adjudication: { hand, outcome: 'uphold', body } },
  ]
  for (const part of parts) {
    const taken = { ...revision, ...part }
    expect(tookPart(taken, somebody), Object.keys(part).join()).toBe(true)
    expect(tookPart(taken, idOf('nobody')), Object.keys(part).join()).toBe(false)
  }
  // To be asked is no part, nor to have convened or opened.
  expect(tookPart({ ...revision, group }, somebody)).toBe(false)
  expect(tookPart({ ...revision, group, opened: hand }, approver.id)).toBe(false)
  expect(tookPart(revision, author.id)).toBe(true)
})
