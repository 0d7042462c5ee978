import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { compareSteps, followRoad, takeStep } from '../../../src-shared/review/road.ts'
import { placeDirectives } from '../../../src-shared/review/above.ts'
import { followSealed, mayObject } from '../../../src-shared/review/seals.ts'
import type { RoadAct, RoadStep } from '../../../src-shared/review/states.ts'
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
  otherAuthor,
  record,
  second,
  third,
  unit,
  Walk,
  type Person,
  type Placing,
} from './road-steps.ts'

const away = idOf('log of a device that was away')
const nodeLog = idOf('log of the node')
const body = digestOf('what was said')
const above = { ...dual, signer: 'approver-and-above' as const }
/** Before all that others did, but for the submission of the first revision, having seen nothing of it. */
const unseen = { depth: 0.5, log: away, seen: [] } as const

/** Puts a step that has seen nothing at its place. */
function change(walk: Walk, step: RoadStep, changes: Partial<RoadStep>): RoadStep {
  const changed = { ...step, ...changes }
  walk.steps[walk.steps.indexOf(step)] = changed
  return changed
}

/** What a step has seen: the first steps of the office, and no more. */
function knowing(walk: Walk, step: RoadStep, count: number): RoadStep {
  return change(walk, step, { seen: { [(walk.steps[0] as RoadStep).log]: count } })
}

function codeOf(walk: Walk, step: RoadStep): ErrorCode | null {
  const same = (one: { commit: string; index: number; row: number }) =>
    one.commit === step.commit && one.index === step.index && one.row === step.row
  return walk.result.voids.find(same)?.code ?? null
}

/** Somebody who was away returns the revision, having seen its submission alone: the road is no plain one any more. */
function returnedLate(walk: Walk, revision: string, submission = 1): RoadStep {
  return knowing(walk, walk.take(third, { act: 'return', revision, body }, unseen), submission)
}

function fromAbove(
  walk: Walk,
  act: Omit<Extract<RoadAct, { act: 'direct' }>, 'act' | 'body' | 'node'> & { readonly node?: string },
): RoadStep {
  const said = { act: 'direct', body, node: digestOf('node'), ...act } as const
  return walk.take({ id: idOf('node'), role: 'hub' }, said, { log: nodeLog, depth: 0 })
}

function archived(rule = dual): { readonly walk: Walk; readonly revision: string } {
  const walk = new Walk()
  const revision = walk.submit(author, 'one', { rule })
  walk.archive(revision)
  return { walk, revision }
}

describe('what takes a revision off the way to the archive', () => {
  test.each([
    ['withdraw', {}, true],
    ['draw', {}, true],
    ['return', {}, true],
    ['escalate', {}, true],
    ['adjudicate', { outcome: 'reject' }, true],
    ['adjudicate', { outcome: 'uphold' }, false],
    ['decide', {}, false],
    ['open', {}, false],
    ['assign', {}, false],
    ['refer', {}, false],
    ['sign', {}, false],
    ['submit', {}, false],
  ])('%s %o: %s', (act, more, expected) => {
    expect(mayObject({ act, ...more } as RoadAct)).toBe(expected)
  })
})

describe('an archived revision that was adjudicated', () => {
  function disputed(): { readonly walk: Walk; readonly revision: string } {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.review(revision, 'agree', 'disagree')
    return { walk, revision }
  }

  test.each([
    ['reject', 'review/late-objection', 1],
    ['uphold', 'review/after-signature', 0],
  ] as const)('stays so when another adjudicator says %s elsewhere', (outcome, code, objections) => {
    const { walk, revision } = disputed()
    const seen = walk.steps.length
    walk.adjudicate(inspector, revision)
    walk.sign(approver, revision)
    const act = { act: 'adjudicate', revision, outcome, body } as const
    const late = knowing(walk, walk.take(otherApprover, act, { depth: 3.5, log: away }), seen)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).adjudication?.hand.member).toBe(inspector.id)
    expect(codeOf(walk, late)).toBe(code)
    expect(walk.revision(revision).late).toHaveLength(objections)
  })
})

describe('of two signatures on one device', () => {
  test.each([
    ['the one of the earlier commit', {}, { seq: 99, depth: 99, commit: digestOf('again') }],
    ['the one of the earlier operation of a commit', { row: 5 }, { index: 1 }],
    ['the one of the earlier row of an operation', {}, { row: 1 }],
  ])('%s counts, whatever comes late from elsewhere', (_which, sooner, later) => {
    for (const isReversed of [false, true]) {
      const { walk, revision } = archived()
      const sign = change(walk, walk.steps.at(-1) as RoadStep, sooner)
      const again = { ...sign, row: 0, ...later, act: { ...sign.act, body } } as RoadStep
      if (isReversed) walk.steps.splice(walk.steps.indexOf(sign), 0, again)
      else walk.steps.push(again)
      const late = returnedLate(walk, revision)
      expect(walk.revision(revision).signed?.body).toBe(digestOf('signature'))
      expect(codeOf(walk, again)).toBe('review/not-agreed')
      expect(walk.result.voids).toHaveLength(2)
      expect(codeOf(walk, late)).toBe('review/late-objection')
    }
  })
})

test('a signature has seen what its own commit did before it: the opening, and what stands in earlier rows', () => {
  for (const place of [{ index: 1 }, { row: 1 }]) {
    const { walk, revision } = archived()
    const [opening, sign] = walk.steps.slice(-2) as [RoadStep, RoadStep]
    const { commit, depth, seq } = opening
    change(walk, sign, { commit, depth, seq, ...place })
    returnedLate(walk, revision)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.result.voids).toHaveLength(1)
  }
})

test('a signature that does not say what it had seen of other logs had seen nothing of them', () => {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  walk.review(revision, 'agree', 'agree')
  const sign = walk.take(approver, { act: 'sign', revision, body }, { log: away })
  const { seen: _, ...bare } = sign
  walk.steps[walk.steps.indexOf(sign)] = bare
  expect(walk.status(revision)).toBe('agreed')
  expect(walk.result.voids).toEqual([
    { commit: sign.commit, index: 0, row: 0, code: 'review/no-such-revision' },
  ])
})

describe('an archived revision', () => {
  const before = { depth: -1, log: away, seen: [] } as const

  test('keeps its author when somebody brought its submission as their own, as it seems, before', () => {
    const { walk, revision } = archived()
    const copy = walk.take(otherAuthor, (walk.steps[0] as RoadStep).act, before)
    expect(walk.revision(revision).author.member).toBe(author.id)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, copy)).toBe('review/revision-twice')
  })

  test.each([
    ['cadre', { cadre: idOf('another cadre') }],
    ['category', { category: 'B2' }],
  ])('keeps its %s when a submission of another seems to have been there before', (_what, other) => {
    const { walk, revision } = archived()
    const act = { ...(walk.steps[0] as RoadStep).act, ...other, revision: digestOf('other') } as RoadAct
    const strange = walk.take(otherAuthor, act, before)
    returnedLate(walk, revision)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, strange)).toBe('review/category-changed')
    expect(walk.result.state?.revisions.map((one) => one.revision)).toEqual([revision])
  })

  test.each([['a draft beside it', { revision: digestOf('beside') }]])(
    'leaves alone %s that somebody handed in before, unseen',
    (_what, other) => {
      const { walk, revision } = archived()
      const act = { ...(walk.steps[0] as RoadStep).act, ...other } as RoadAct
      const beside = walk.take(otherAuthor, act, before)
      returnedLate(walk, revision)
      expect(codeOf(walk, beside)).toBe(null)
      expect(walk.result.state?.revisions.map(({ status }) => status)).toEqual(['submitted', 'archived'])
    },
  )

  test.each([
    ['a question', third, { act: 'ask', query: idOf('query'), field: null, body }],
    ['an assignment', inspector, { act: 'assign', reviewers: [first.id], way: 'hand', body }],
    [
      'an error that was found',
      inspector,
      { act: 'find-fault', fault: idOf('fault'), kind: 'entry', found: 'review', traced: [author.id], body },
    ],
  ] as const)(
    'is not touched by %s that its signature had not seen, which stands beside it',
    (_what, by, act) => {
      const { walk, revision } = archived()
      const beside = knowing(walk, walk.take(by, { ...act, revision } as RoadAct, unseen), 1)
      returnedLate(walk, revision)
      expect(walk.status(revision)).toBe('archived')
      expect(codeOf(walk, beside)).toBe(null)
    },
  )

  test.each([
    ['what stands before the signature', unseen, 'review/after-signature'],
    ['what stands behind it', { ...unseen, depth: 9 }, null],
  ] as const)(
    'has no objection in the return of the rest of a lot it is not of: %s',
    (_what, placing, code) => {
      const { walk, revision } = archived()
      const draw = { draw: digestOf('draw'), rows: digestOf('rows'), sample: null, fault: null, redo: false }
      const late = walk.take(third, { act: 'return', revision, body, draw }, placing)
      knowing(walk, late, 1)
      expect(codeOf(walk, walk.steps.at(-1) as RoadStep)).toBe(code)
      expect(walk.revision(revision).late).toEqual([])
      expect(walk.status(revision)).toBe('archived')
    },
  )
})

test('a signature and a return of what nobody handed in come to nothing, and both are named', () => {
  const walk = new Walk()
  const sign = walk.sign(approver, digestOf('nothing'))
  const returned = walk.return(third, digestOf('nothing'))
  expect(walk.result).toEqual({
    state: null,
    voids: [sign, returned].map(({ commit }) => ({
      ...{ commit, index: 0, row: 0 },
      code: 'review/no-such-revision',
    })),
  })
})

describe('a signature that rests on what the level above decided', () => {
  test('counts for a correction of what it signed, whatever comes late', () => {
    const { walk, revision } = archived(above)
    fromAbove(walk, { revision, decision: 'sign', answers: (walk.steps.at(-1) as RoadStep).commit })
    const correction = walk.submit(author, 'two', { parent: revision })
    const known = walk.steps.length
    walk.archive(correction)
    const late = returnedLate(walk, correction, known)
    change(walk, late, { depth: known })
    expect(walk.status(correction)).toBe('archived')
    expect(walk.status(revision)).toBe('superseded')
  })

  test('counts for a matter that it settled, though the approver’s device knows nothing of its log', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.review(revision, 'agree', 'disagree')
    const referral = walk.refer(inspector, revision)
    const upheld = fromAbove(walk, { revision, decision: 'uphold', answers: referral.commit })
    walk.sign(approver, revision)
    returnedLate(walk, revision)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, upheld)).toBe(null)
    expect(walk.revision(revision).directives).toHaveLength(1)
  })
})

describe('of two signatures that had not seen one another', () => {
  /** The other approver’s stands first in the order; the approver’s is the one something came from above about. */
  function signedTwice(
    rule: typeof dual | typeof above,
    answer: Partial<Extract<RoadAct, { act: 'direct' }>> = {},
    formerNodes: readonly string[] = [],
    otherRule?: typeof dual | typeof above,
  ): string {
    const walk = new Walk()
    const revision = walk.submit(author, 'one', { rule })
    if (otherRule !== undefined) {
      walk.withdraw(author, walk.submit(author, 'other', { rule: otherRule }))
    }
    walk.review(revision, 'agree', 'agree')
    const known = walk.steps.length
    const sign = walk.take(approver, { act: 'sign', revision, body, formerNodes }, { depth: 20 })
    fromAbove(walk, { revision, decision: 'sign', answers: sign.commit, ...answer })
    const other = walk.take(otherApprover, { act: 'sign', revision, body }, { depth: 19, log: away })
    knowing(walk, other, known)
    return walk.revision(revision).signed?.hand.member === approver.id ? 'answered' : 'first'
  }

  test('the one that the level above signed holds', () => {
    expect(signedTwice(above)).toBe('answered')
    expect(signedTwice(above, {}, [digestOf('an older node')])).toBe('answered')
  })

  test.each([
    ['the level above sent it back', { decision: 'return' }],
    ['what it signed is another revision', { revision: digestOf('another') }],
    ['it answered another commit', { answers: digestOf('another commit') }],
  ] as const)('the first holds where %s', (_what, answer) => {
    expect(signedTwice(above, answer)).toBe('first')
  })

  test('the first holds where a node signed that was replaced before', () => {
    expect(signedTwice(above, {}, [digestOf('node')])).toBe('first')
  })

  test('the first holds where the level above is not asked', () => {
    expect(signedTwice(dual)).toBe('first')
  })

  test('it counts what the rule of this revision asks, and not of another of the record', () => {
    expect(signedTwice(above, {}, [], dual)).toBe('answered')
    expect(signedTwice(dual, {}, [], above)).toBe('first')
  })
})

describe('a road on which each signature had seen all before it is followed once', () => {
  function takenOf({ steps }: Walk): number {
    let taken = 0
    const take = (...[state, step]: Parameters<Parameters<typeof followSealed>[0]['take']>) => {
      taken += 1
      return takeStep(nodePrimitives, unit, record, state, step)
    }
    const inOrder = (some: readonly RoadStep[]) =>
      placeDirectives(some.filter(({ act }) => act.act !== 'direct').toSorted(compareSteps), some)
    expect(followSealed({ take, inOrder }, steps)).toEqual(followRoad(nodePrimitives, unit, record, steps))
    return taken
  }

  test('where nothing is signed', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.return(third, revision)
    expect(takenOf(walk)).toBe(walk.steps.length)
  })

  test('where an entry was returned, and withdrawn, before another was signed', () => {
    const walk = new Walk()
    walk.return(third, walk.submit(author, 'one'))
    walk.withdraw(author, walk.submit(author, 'two'))
    walk.archive(walk.submit(author, 'three'))
    expect(walk.status(digestOf('revision three'))).toBe('archived')
    expect(takenOf(walk)).toBe(walk.steps.length)
  })

  test('where people worked on devices of their own, which the approver’s had heard all of', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    const decide = (by: Person, placing: Placing) => {
      const { commitment, opened } = opinionOf(by, revision)
      walk.take(by, { act: 'decide', revision, commitment, body }, placing)
      return opened
    }
    const logs = [idOf('log of the first'), idOf('log of the second')] as const
    const opinions = [decide(first, { log: logs[0], seen: [] }), decide(second, { log: logs[1], seen: [] })]
    walk.open(approver, revision, ...opinions)
    const office = (walk.steps[0] as RoadStep).log
    walk.sign(approver, revision, { seen: [office, ...logs] })
    expect(walk.status(revision)).toBe('archived')
    expect(takenOf(walk)).toBe(walk.steps.length)
  })

  test('where the level above signed, and a correction was signed after that', () => {
    const { walk, revision } = archived(above)
    fromAbove(walk, { revision, decision: 'sign', answers: (walk.steps.at(-1) as RoadStep).commit })
    const correction = walk.submit(author, 'two', { parent: revision })
    walk.archive(correction)
    expect(walk.status(correction)).toBe('archived')
    expect(takenOf(walk)).toBe(walk.steps.length)
  })
})
