import { beforeEach, describe, expect, test } from 'vitest'
import { headAt } from '../../../src-shared/review/road.ts'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import {
  Walk,
  approver,
  author,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  otherApprover,
  otherAuthor,
  second,
  third,
} from './road-steps.ts'

const above = { ...dual, signer: 'approver-and-above' as const }
let walk: Walk
let revision: string

/** Agreed by both reviewers and signed by the approver. */
function signedHere(name: string, depth?: number): { revision: string; signature: RoadStep } {
  const made = walk.submit(author, name, { rule: above })
  walk.review(made, 'agree', 'agree')
  const signature = walk.sign(approver, made, depth === undefined ? {} : { depth })
  return { revision: made, signature }
}

describe('an entry that the level above signs too', () => {
  let signature: RoadStep

  beforeEach(() => {
    walk = new Walk()
    ;({ revision, signature } = signedHere('one'))
  })

  test('waits after the approver signed, and is no fact', () => {
    expect(walk.status(revision)).toBe('awaiting-above')
    expect(walk.result.state?.head).toBeNull()
  })

  test('is a fact once the level above signed, from then on', () => {
    const decided = walk.direct(revision, 'sign', signature.commit)
    expect(walk.newest).toBeNull()
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).directives).toMatchObject([
      { decision: 'sign', hand: { commit: decided.commit, member: idOf('node') } },
    ])
    const state = walk.result.state
    if (state === null) throw new Error('no state')
    expect(headAt(state, '2026-11-22T00:00:00.000Z')?.revision).toBe(revision)
    expect(headAt(state, '2026-11-21T00:00:00.000Z')).toBeNull()
  })

  test('was no fact before the unit signed, whatever the clock of the node says', () => {
    const made = walk.submit(author, 'two', { rule: above })
    walk.review(made, 'agree', 'agree')
    const signed = walk.sign(approver, made, { at: '2026-11-23T00:00:00.000Z' })
    walk.take(
      { id: idOf('node'), role: 'hub' },
      {
        ...{ act: 'direct', revision: made, decision: 'sign', answers: signed.commit },
        ...{ node: digestOf('node'), body: digestOf('directive') },
      },
      { depth: 0, at: '2001-01-01T00:00:00.000Z' },
    )
    expect(walk.status(made)).toBe('archived')
    const state = walk.result.state
    if (state === null) throw new Error('no state')
    expect(headAt(state, '2026-11-22T00:00:00.000Z')).toBeNull()
    expect(headAt(state, '2026-11-23T00:00:00.000Z')?.revision).toBe(made)
  })

  test('goes back when the level above sends it back', () => {
    walk.direct(revision, 'return', signature.commit)
    expect(walk.status(revision)).toBe('returned')
    expect(walk.result.state?.head).toBeNull()
  })

  test('cannot be corrected before it is a fact, nor after it was sent back', () => {
    walk.submit(otherAuthor, 'two', { rule: above, parent: revision })
    expect(walk.newest).toBe('review/parent-unknown')
    walk.direct(revision, 'return', signature.commit)
    walk.submit(otherAuthor, 'three', { rule: above, parent: revision })
    expect(walk.newest).toBe('review/parent-unknown')
  })

  test('keeps the first of two answers', () => {
    walk.direct(revision, 'return', signature.commit)
    walk.direct(revision, 'sign', signature.commit)
    expect(walk.newest).toBe('directive/already-decided')
    expect(walk.status(revision)).toBe('returned')
  })

  test('is not signed by the answer to another signature', () => {
    const other = signedHere('two')
    walk.direct(revision, 'sign', other.signature.commit)
    expect(walk.newest).toBe('directive/other-step')
    walk.direct(revision, 'sign', digestOf('a commit nobody made'))
    expect(walk.newest).toBe('directive/other-step')
    expect(walk.status(revision)).toBe('awaiting-above')
  })

  test('is not settled in place of being signed', () => {
    walk.direct(revision, 'uphold', signature.commit)
    expect(walk.newest).toBe('directive/step-unknown')
    expect(walk.status(revision)).toBe('awaiting-above')
  })

  test('is not signed by a node that was replaced before the approver signed', () => {
    walk = new Walk()
    const made = walk.submit(author, 'one', { rule: above })
    walk.review(made, 'agree', 'agree')
    const formerNodes = [digestOf('old node')]
    const signed = walk.take(approver, {
      act: 'sign',
      revision: made,
      body: digestOf('signature'),
      formerNodes,
    })
    walk.direct(made, 'sign', signed.commit, { node: digestOf('old node') })
    expect(walk.newest).toBe('directive/node-replaced')
    walk.direct(made, 'sign', signed.commit, { node: digestOf('new node') })
    expect(walk.status(made)).toBe('archived')
  })
})

describe('the level above alone', () => {
  beforeEach(() => {
    walk = new Walk()
    revision = walk.submit(author, 'one', { rule: above })
  })

  test('archives nothing that the approver has not signed', () => {
    for (const decision of ['sign', 'return', 'uphold', 'reject'] as const) {
      walk.direct(revision, decision, digestOf('commit 0'))
      expect(walk.newest).toBe('directive/step-unknown')
    }
    walk.review(revision, 'agree', 'agree')
    walk.direct(revision, 'sign', digestOf('commit 0'))
    expect(walk.newest).toBe('directive/step-unknown')
    expect(walk.status(revision)).toBe('agreed')
  })

  test('neither signs nor undoes what is not put to it', () => {
    walk = new Walk()
    const plain = walk.submit(author, 'one')
    walk.review(plain, 'agree', 'agree')
    const signature = walk.sign(approver, plain)
    for (const decision of ['sign', 'return'] as const) {
      walk.direct(plain, decision, signature.commit)
      expect(walk.newest).toBe('directive/not-asked')
    }
    expect(walk.status(plain)).toBe('archived')
  })

  test('settles nothing that was not referred to it', () => {
    walk.review(revision, 'agree', 'disagree')
    for (const decision of ['uphold', 'reject'] as const) {
      walk.direct(revision, decision, digestOf('commit 3'))
      expect(walk.newest).toBe('directive/step-unknown')
    }
    expect(walk.status(revision)).toBe('disputed')
  })

  test('knows no revision that is not there', () => {
    walk.direct(digestOf('revision elsewhere'), 'sign', digestOf('commit 0'))
    expect(walk.newest).toBe('directive/step-unknown')
  })
})

describe('a disagreement that was referred to the level above', () => {
  let referral: RoadStep

  beforeEach(() => {
    walk = new Walk()
    revision = walk.submit(author, 'one')
    walk.review(revision, 'agree', 'disagree')
    referral = walk.refer(approver, revision)
  })

  test('waits, and nobody here settles it any more', () => {
    expect(walk.status(revision)).toBe('referred')
    walk.adjudicate(inspector, revision)
    expect(walk.newest).toBe('review/not-disputed')
    walk.refer(otherApprover, revision)
    expect(walk.newest).toBe('review/not-disputed')
    walk.sign(approver, revision)
    expect(walk.newest).toBe('review/not-agreed')
  })

  test('is upheld or rejected as by an adjudicator here', () => {
    const before = walk.steps.length
    walk.direct(revision, 'uphold', referral.commit)
    expect(walk.status(revision)).toBe('adjudicated')
    walk.sign(approver, revision)
    expect(walk.status(revision)).toBe('archived')
    walk.steps.length = before
    walk.direct(revision, 'reject', referral.commit)
    expect(walk.status(revision)).toBe('returned')
    expect(walk.revision(revision).opinions.map(({ decision }) => decision)).toEqual(['agree', 'disagree'])
  })

  test('is not archived by a signature from above', () => {
    walk.direct(revision, 'sign', referral.commit)
    expect(walk.newest).toBe('directive/step-unknown')
  })

  test('is referred by nobody who took part, and only when it is disputed', () => {
    walk = new Walk()
    revision = walk.submit(author, 'one')
    walk.refer(approver, revision)
    expect(walk.newest).toBe('review/not-disputed')
    walk.review(revision, 'agree', 'disagree')
    for (const by of [author, first, second]) {
      walk.refer({ ...by, role: 'approver' }, revision)
      expect(walk.newest).toBe('review/adjudicator-took-part')
    }
  })

  test('is referred only when the opinions that were given are open', () => {
    walk = new Walk()
    revision = walk.submit(author, 'one')
    const opinion = walk.decide(first, revision)
    walk.take(third, { act: 'escalate', revision, body: digestOf('words') })
    walk.refer(approver, revision)
    expect(walk.newest).toBe('review/unopened-opinions')
    walk.open(approver, revision, opinion)
    walk.refer(approver, revision)
    expect(walk.newest).toBeNull()
  })

  test('stays where it was settled here before it was referred', () => {
    walk = new Walk()
    revision = walk.submit(author, 'one')
    walk.review(revision, 'agree', 'disagree')
    walk.adjudicate(inspector, revision, 'reject')
    const late = walk.refer(approver, revision)
    walk.direct(revision, 'uphold', late.commit)
    expect(walk.newest).toBe('directive/step-unknown')
    expect(walk.status(revision)).toBe('returned')
  })
})

describe('decisions of the level above', () => {
  test('stand behind the step they answer, whatever their own depth', () => {
    walk = new Walk()
    const { revision: one, signature } = signedHere('one')
    walk.direct(one, 'sign', signature.commit, { depth: 0 })
    const two = walk.submit(otherAuthor, 'two', { rule: above, parent: one })
    expect(walk.newest).toBeNull()
    walk.review(two, 'agree', 'agree')
    const again = walk.sign(approver, two)
    walk.direct(two, 'sign', again.commit, { depth: 1 })
    expect(walk.status(one)).toBe('superseded')
    expect(walk.result.state?.head).toBe(two)
  })

  test('keep the order of the node: of two first versions the one it signed first is the fact', () => {
    walk = new Walk()
    const early = signedHere('early')
    const late = signedHere('late')
    walk.direct(late.revision, 'sign', late.signature.commit)
    walk.direct(early.revision, 'sign', early.signature.commit)
    expect(walk.status(late.revision)).toBe('archived')
    expect(walk.status(early.revision)).toBe('conflict')
  })
})
