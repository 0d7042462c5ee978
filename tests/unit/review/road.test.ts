import { beforeEach, describe, expect, test } from 'vitest'
import { hasConflict, headAt } from '../../../src-shared/review/road.ts'
import {
  Walk,
  approver,
  author,
  cadre,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  opinionOf,
  otherApprover,
  otherAuthor,
  second,
  single,
  third,
} from './road-steps.ts'

let walk: Walk
let revision: string

beforeEach(() => {
  walk = new Walk()
  revision = walk.submit(author, 'one')
})

describe('an entry', () => {
  test('is a fact when two others agreed, an approver opened what they said, and signed', () => {
    const statuses = [walk.status(revision)]
    const step = (take: () => void) => {
      take()
      statuses.push(walk.status(revision))
    }
    const opinions = [opinionOf(first, revision), opinionOf(second, revision)]
    step(() => void walk.decide(first, revision))
    step(() => void walk.decide(second, revision))
    step(() => void walk.open(approver, revision, ...opinions))
    step(() => void walk.sign(approver, revision))
    expect(statuses).toEqual(['submitted', 'in-review', 'unopened', 'agreed', 'archived'])
    expect(walk.revision(revision).formerNodes).toEqual([])
    expect(walk.result.state?.head).toBe(revision)
    expect(walk.result.voids).toEqual([])
  })

  test('of a single category is a fact with one reviewer and the signer', () => {
    walk = new Walk()
    revision = walk.submit(author, 'one', { rule: single })
    walk.open(approver, revision, walk.decide(first, revision))
    walk.sign(approver, revision)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).opinions).toHaveLength(1)
  })

  test('is not signed before it is agreed', () => {
    const attempt = () => {
      walk.sign(approver, revision)
      return walk.newest
    }
    expect(attempt()).toBe('review/not-agreed')
    const opinions = [walk.decide(first, revision)]
    expect(attempt()).toBe('review/not-agreed')
    opinions.push(walk.decide(second, revision))
    expect(attempt()).toBe('review/not-agreed')
    walk.open(approver, revision, ...opinions)
    expect(attempt()).toBe(null)
    expect(attempt()).toBe('review/not-agreed')
  })

  test('has no step before it is submitted', () => {
    const nowhere = digestOf('nowhere')
    for (const take of [
      () => walk.decide(first, nowhere),
      () => walk.return(first, nowhere),
      () => walk.open(approver, nowhere, opinionOf(first, nowhere)),
      () => walk.adjudicate(inspector, nowhere),
      () => walk.sign(approver, nowhere),
      () => walk.withdraw(author, nowhere),
    ]) {
      take()
      expect(walk.newest).toBe('review/no-such-revision')
    }
  })

  test('that was never submitted is decided by nobody above either', () => {
    const nothing = new Walk()
    const sign = nothing.sign(approver, revision)
    expect(nothing.newest).toBe('review/no-such-revision')
    nothing.direct(revision, 'sign', sign.commit)
    expect(nothing.newest).toBe('directive/step-unknown')
    expect(nothing.result.state).toBe(null)
    walk.direct(digestOf('nowhere'), 'sign', sign.commit)
    expect(walk.newest).toBe('directive/step-unknown')
  })

  test('is submitted once, to one dossier, in one category', () => {
    walk.submit(author, 'one')
    expect(walk.newest).toBe('review/revision-twice')
    walk.submit(author, 'two', { cadre: idOf('another cadre') })
    expect(walk.newest).toBe('review/category-changed')
    walk.submit(author, 'three', { category: 'B2' })
    expect(walk.newest).toBe('review/category-changed')
    expect(walk.result.state?.revisions).toHaveLength(1)
  })

  test('comes with evidence where its category asks for it', () => {
    walk = new Walk()
    const rule = { ...dual, evidenceRequired: true }
    walk.submit(author, 'bare', { rule })
    expect(walk.newest).toBe('review/no-evidence')
    walk.submit(author, 'with evidence', { rule, evidence: 1 })
    expect(walk.newest).toBe(null)
  })

  test('is withdrawn by its author alone, before the first opinion', () => {
    walk.withdraw(otherAuthor, revision)
    expect(walk.newest).toBe('review/not-author')
    walk.decide(first, revision)
    walk.withdraw(author, revision)
    expect(walk.newest).toBe('review/too-late')

    const other = walk.submit(author, 'other')
    walk.withdraw(author, other)
    expect(walk.status(other)).toBe('withdrawn')
    walk.decide(first, other)
    expect(walk.newest).toBe('review/not-open-for-opinion')
  })
})

describe('an opinion', () => {
  test('is never the author’s', () => {
    walk.decide({ ...author, role: 'reviewer' }, revision)
    expect(walk.newest).toBe('review/author-is-reviewer')
    walk.return({ ...author, role: 'reviewer' }, revision)
    expect(walk.newest).toBe('review/author-is-reviewer')
  })

  test('counts once a person', () => {
    walk.decide(first, revision)
    walk.decide(first, revision, 'disagree')
    expect(walk.newest).toBe('review/same-person-twice')
    expect(walk.status(revision)).toBe('in-review')
  })

  test('is not wanted beyond the second', () => {
    walk.decide(first, revision)
    walk.decide(second, revision)
    walk.decide(third, revision)
    expect(walk.newest).toBe('review/not-open-for-opinion')
  })

  test('is not copied from the other reviewer', () => {
    const { commitment } = walk.decide(first, revision)
    walk.take(second, { act: 'decide', revision, commitment, body: digestOf('copy') })
    expect(walk.newest).toBe('review/opinion-copied')
    expect(walk.revision(revision).opinions).toHaveLength(1)
  })

  test('shows no decision before it is opened', () => {
    walk.decide(first, revision)
    walk.decide(second, revision, 'disagree')
    for (const opinion of walk.revision(revision).opinions)
      expect([opinion.decision, opinion.grounds]).toEqual([null, null])
  })

  test('comes only from one who handles the category, and not in their own dossier', () => {
    walk.decide({ ...first, categories: ['B2', 'C7'] }, revision)
    expect(walk.newest).toBe('authority/category-not-granted')
    walk.decide({ ...first, level: 1 }, revision)
    expect(walk.newest).toBe('authority/category-not-granted')
    walk.decide({ ...first, cadre }, revision)
    expect(walk.newest).toBe('review/about-oneself')
    walk.decide({ ...first, categories: ['A1'], cadre: idOf('another cadre') }, revision)
    expect(walk.newest).toBe(null)
  })
})

describe('the opening', () => {
  test('waits until every opinion is in', () => {
    walk.open(approver, revision, walk.decide(first, revision))
    expect(walk.newest).toBe('review/not-unopened')
  })

  test('is not the author’s, nor an approver’s who gave an opinion', () => {
    const opinions = [walk.decide(first, revision), walk.decide(second, revision)]
    walk.open({ ...author, role: 'approver' }, revision, ...opinions)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.open({ ...first, role: 'approver' }, revision, ...opinions)
    expect(walk.newest).toBe('review/signer-took-part')
  })

  test('says of every opinion what its reviewer committed to, and of no other', () => {
    const [one, two] = [walk.decide(first, revision), walk.decide(second, revision)]
    const turned = opinionOf(second, revision, 'disagree')
    const elsewhere = opinionOf(second, digestOf('elsewhere'))
    for (const said of [
      [one],
      [one, one],
      [one, two, two],
      [one, two, opinionOf(third, revision)],
      [one, turned],
      [one, elsewhere],
      [one, { ...two.opened, reviewer: first.id }],
    ]) {
      walk.open(approver, revision, ...said)
      expect(walk.newest).toBe('review/commitment-mismatch')
    }
    walk.open(approver, revision, two, one)
    expect(walk.status(revision)).toBe('agreed')
  })

  test.each([
    ['agree', 'agree', 'agreed'],
    ['agree', 'disagree', 'disputed'],
    ['disagree', 'agree', 'disputed'],
    ['disagree', 'disagree', 'returned'],
  ] as const)('of %s and %s leads to %s', (one, two, status) => {
    walk.review(revision, one, two)
    expect(walk.status(revision)).toBe(status)
    expect(walk.revision(revision).opinions.map(({ decision }) => decision)).toEqual([one, two])
  })

  test('that finds one unopenable asks for fresh opinions from both', () => {
    const one = walk.decide(first, revision)
    walk.decide(second, revision)
    walk.open(approver, revision, one, { reviewer: second.id, decision: 'unopenable' })
    expect(walk.newest).toBe(null)
    expect(walk.revision(revision)).toMatchObject({ status: 'submitted', opinions: [], opened: null })
    const [round] = walk.revision(revision).discarded
    expect(round?.hand.member).toBe(approver.id)
    expect(round?.opinions.map(({ hand }) => hand.member)).toEqual([first.id, second.id])
    walk.review(revision, 'agree', 'agree')
    expect(walk.status(revision)).toBe('agreed')
  })

  test('that finds one unopenable must still be right about the others', () => {
    const one = walk.decide(first, revision)
    walk.decide(second, revision)
    const wrong = { ...one.opened, decision: 'disagree' as const } as typeof one.opened
    walk.open(approver, revision, wrong, { reviewer: second.id, decision: 'unopenable' })
    expect(walk.newest).toBe('review/commitment-mismatch')
    expect(walk.status(revision)).toBe('unopened')
  })

  test('lets no reviewer discard the other’s opinion with their own', () => {
    const one = walk.decide(first, revision)
    walk.decide(second, revision)
    walk.open(first, revision, one)
    walk.open(second, revision, { reviewer: second.id, decision: 'unopenable' })
    expect(walk.newest).toBe('review/commitment-mismatch')
    expect(walk.status(revision)).toBe('unopened')
  })

  test('that sets opinions aside keeps on record whose they were', () => {
    walk.decide(first, revision)
    walk.decide(second, revision)
    const gone = [first, second].map(({ id }) => ({ reviewer: id, decision: 'unopenable' as const }))
    walk.open(approver, revision, ...gone)
    expect(walk.revision(revision).discarded).toHaveLength(1)
    expect(walk.revision(revision).discarded[0]?.opinions).toHaveLength(2)
  })

  test('that sets opinions aside keeps on record whose they were, and undoes nothing else', () => {
    const one = walk.decide(first, revision)
    walk.decide(third, revision)
    walk.open(approver, revision, { reviewer: third.id, decision: 'unopenable' }, one)
    expect(walk.revision(revision).discarded).toMatchObject([
      {
        hand: { member: approver.id },
        opinions: [{ hand: { member: first.id } }, { hand: { member: third.id } }],
      },
    ])
    walk.withdraw(author, revision)
    expect(walk.newest).toBe('review/too-late')
    walk.decide(first, revision)
    walk.decide(second, revision)
    walk.open(approver, revision, opinionOf(first, revision), opinionOf(second, revision))
    walk.sign({ ...third, role: 'approver' }, revision)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.sign(approver, revision)
    expect(walk.status(revision)).toBe('archived')
  })

  test('is not a reviewer’s way to set the other’s opinion aside', () => {
    walk.decide(first, revision)
    walk.decide(second, revision)
    walk.open(first, revision, { reviewer: first.id, decision: 'unopenable' })
    expect(walk.newest).toBe('review/commitment-mismatch')
    expect(walk.revision(revision).opinions).toHaveLength(2)
  })

  test('is each reviewer’s own when no approver can do it, and complete with the last', () => {
    const [one, two] = [walk.decide(first, revision), walk.decide(second, revision, 'disagree')]
    walk.open(first, revision, one, two)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.open(first, revision, two)
    expect(walk.newest).toBe('review/commitment-mismatch')
    walk.open(third, revision, one)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.open(first, revision, one)
    expect(walk.status(revision)).toBe('unopened')
    walk.open(second, revision, two)
    expect(walk.status(revision)).toBe('disputed')
  })

  test('by a reviewer is finished by an approver who opens both', () => {
    const [one, two] = [walk.decide(first, revision), walk.decide(second, revision)]
    walk.open(first, revision, one)
    walk.open(approver, revision, one, two)
    expect(walk.status(revision)).toBe('agreed')
  })
})

describe('a return for completion', () => {
  test('is open at once, ends the round, and is answered by a new entry', () => {
    walk.decide(first, revision)
    walk.return(second, revision)
    expect(walk.revision(revision)).toMatchObject({
      status: 'returned',
      returned: { hand: { member: second.id } },
    })
    for (const take of [
      () => walk.decide(third, revision),
      () => walk.open(approver, revision, opinionOf(first, revision)),
      () => walk.sign(approver, revision),
      () => walk.return(third, revision),
    ]) {
      take()
      expect(walk.newest).not.toBe(null)
    }
    const again = walk.submit(author, 'again')
    walk.archive(again)
    expect(walk.status(again)).toBe('archived')
    expect(walk.status(revision)).toBe('returned')
  })

  test('is too late once both opinions are in', () => {
    walk.decide(first, revision)
    walk.decide(second, revision)
    walk.return(third, revision)
    expect(walk.newest).toBe('review/not-open-for-opinion')
  })
})

describe('a disagreement', () => {
  beforeEach(() => walk.review(revision, 'agree', 'disagree'))

  test('is settled by one who took no part, and signed by yet another', () => {
    walk.adjudicate(inspector, revision)
    expect(walk.status(revision)).toBe('adjudicated')
    walk.sign({ ...inspector, role: 'approver' }, revision)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.sign(approver, revision)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).opinions.map(({ decision }) => decision)).toEqual(['agree', 'disagree'])
  })

  test('is not settled by the author or either reviewer', () => {
    for (const person of [author, first, second]) {
      walk.adjudicate({ ...person, role: 'inspector' }, revision)
      expect(walk.newest).toBe('review/adjudicator-took-part')
    }
  })

  test('settled by the only approver leaves the signature to another', () => {
    walk.adjudicate(approver, revision)
    walk.sign(approver, revision)
    expect(walk.newest).toBe('review/signer-took-part')
    walk.sign(otherApprover, revision)
    expect(walk.newest).toBe(null)
  })

  test('that is rejected goes back to the author', () => {
    walk.adjudicate(inspector, revision, 'reject')
    expect(walk.status(revision)).toBe('returned')
    walk.sign(approver, revision)
    expect(walk.newest).toBe('review/not-agreed')
  })

  test('is not signed over', () => {
    walk.sign(approver, revision)
    expect(walk.newest).toBe('review/not-agreed')
  })

  test('is settled once', () => {
    walk.adjudicate(inspector, revision)
    walk.adjudicate(otherApprover, revision, 'reject')
    expect(walk.newest).toBe('review/not-disputed')
  })
})

test('where there is no disagreement there is nothing to adjudicate', () => {
  walk.review(revision, 'agree', 'agree')
  walk.adjudicate(inspector, revision, 'reject')
  expect(walk.newest).toBe('review/not-disputed')
})

describe('the signature', () => {
  beforeEach(() => walk.review(revision, 'agree', 'agree'))

  test('is not the author’s nor a reviewer’s', () => {
    for (const person of [author, first, second]) {
      walk.sign({ ...person, role: 'approver' }, revision)
      expect(walk.newest).toBe('review/signer-took-part')
    }
  })

  test('is not given by the one it is about, nor outside the categories granted', () => {
    walk.sign({ ...approver, cadre }, revision)
    expect(walk.newest).toBe('review/about-oneself')
    walk.sign({ ...approver, categories: ['B2'] }, revision)
    expect(walk.newest).toBe('authority/category-not-granted')
    walk.sign({ ...approver, level: 1 }, revision)
    expect(walk.newest).toBe('authority/category-not-granted')
  })
})

describe('nobody about themself', () => {
  test('enters, withdraws, opens or adjudicates', () => {
    walk.submit({ ...author, cadre }, 'about me')
    expect(walk.newest).toBe('review/about-oneself')
    walk.withdraw({ ...author, cadre }, revision)
    expect(walk.newest).toBe('review/about-oneself')
    walk.return({ ...first, cadre }, revision)
    expect(walk.newest).toBe('review/about-oneself')
    const opinions = [walk.decide(first, revision), walk.decide(second, revision, 'disagree')]
    walk.open({ ...approver, cadre }, revision, ...opinions)
    expect(walk.newest).toBe('review/about-oneself')
    walk.open(approver, revision, ...opinions)
    walk.adjudicate({ ...inspector, cadre }, revision)
    expect(walk.newest).toBe('review/about-oneself')
  })
})

describe('a correction', () => {
  beforeEach(() => walk.archive(revision))

  test('of the fact takes the same road, and then takes its place', () => {
    const correction = walk.submit(author, 'two', { parent: revision })
    expect(walk.result.state?.head).toBe(revision)
    walk.archive(correction)
    expect([walk.status(revision), walk.status(correction)]).toEqual(['superseded', 'archived'])
    expect(walk.result.state?.head).toBe(correction)
  })

  test('starts from a revision that was signed', () => {
    const open = walk.submit(author, 'open', { parent: revision })
    walk.submit(author, 'three', { parent: open })
    expect(walk.newest).toBe('review/parent-unknown')
    walk.submit(author, 'four', { parent: digestOf('nothing') })
    expect(walk.newest).toBe('review/parent-unknown')
  })

  test('beside another of the same fact becomes a conflict that a third settles', () => {
    const left = walk.submit(author, 'left', { parent: revision })
    const right = walk.submit(otherAuthor, 'right', { parent: revision })
    walk.archive(left)
    walk.archive(right)
    expect([walk.status(left), walk.status(right)]).toEqual(['archived', 'conflict'])
    expect(walk.result.state?.head).toBe(left)
    expect(hasConflict(walk.result.state!)).toBe(true)

    const settling = walk.submit(author, 'settling', { parent: left, settles: [right] })
    walk.archive(settling)
    expect([walk.status(left), walk.status(right), walk.status(settling)]).toEqual([
      'superseded',
      'superseded',
      'archived',
    ])
    expect(hasConflict(walk.result.state!)).toBe(false)
  })

  test('that does not name the conflict leaves it standing', () => {
    const left = walk.submit(author, 'left', { parent: revision })
    const right = walk.submit(otherAuthor, 'right', { parent: revision })
    walk.archive(left)
    walk.archive(right)
    walk.archive(walk.submit(author, 'next', { parent: left }))
    expect(walk.status(right)).toBe('conflict')
  })

  test('that settles more than a conflict changes nothing but that', () => {
    const next = walk.submit(author, 'next', { parent: revision })
    const settling = walk.submit(author, 'settling', { parent: revision, settles: [next] })
    walk.archive(settling)
    expect(walk.status(next)).toBe('submitted')
  })
})

describe('the fact at a moment', () => {
  const day = (number: number) => `2026-11-0${number}T00:00:00.000Z`

  test('is the latest signed by then, in the order of the road', () => {
    walk.review(revision, 'agree', 'agree')
    walk.sign(approver, revision, { at: day(2) })
    const correction = walk.submit(author, 'two', { parent: revision })
    walk.review(correction, 'agree', 'agree')
    walk.sign(approver, correction, { at: day(4) })
    const head = (at: string) => headAt(walk.result.state!, at)?.revision ?? null
    expect([head(day(1)), head(day(2)), head(day(3)), head(day(4))]).toEqual([
      null,
      revision,
      revision,
      correction,
    ])
  })

  test('was never a conflict, though a later correction settled it', () => {
    const other = walk.submit(otherAuthor, 'another first')
    walk.archive(other)
    walk.archive(revision)
    expect(walk.status(revision)).toBe('conflict')
    walk.archive(walk.submit(author, 'settling', { parent: other, settles: [revision] }))
    expect(walk.status(revision)).toBe('superseded')
    expect(headAt(walk.result.state!, day(9))).toBe(null)
    const later = headAt(walk.result.state!, '2026-12-01T00:00:00.000Z')
    expect(later?.revision).toBe(walk.result.state?.head)
  })

  test('is never a conflict', () => {
    walk.archive(revision)
    const left = walk.submit(author, 'left', { parent: revision })
    const right = walk.submit(otherAuthor, 'right', { parent: revision })
    walk.archive(left)
    walk.archive(right)
    expect(headAt(walk.result.state!, day(9))?.revision ?? null).toBe(null)
    expect(headAt(walk.result.state!, '2026-12-01T00:00:00.000Z')?.revision).toBe(left)
  })
})
