import { describe, expect, test } from 'vitest'
import { compareSteps, followRoad, takeStep } from '../../../src-shared/review/road.ts'
import { followSealed } from '../../../src-shared/review/seals.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
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
} from './road-steps.ts'

const away = idOf('log of a device that was away')
const body = digestOf('what was said')

/** A record with its whole road on one device, and behind it what a device says that knows the submission alone. */
function signedWalk(): { readonly walk: Walk; readonly revision: string } {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  walk.archive(revision)
  return { walk, revision }
}

/** Stands right behind the submission, whatever came meanwhile. */
const early = { depth: 1, log: away, seen: [] } as const

function codeOf(walk: Walk, step: RoadStep): ErrorCode | null {
  return walk.result.voids.find(({ commit }) => commit === step.commit)?.code ?? null
}

/** What a device has seen that knows the first steps of the office alone. */
function knowing(walk: Walk, step: RoadStep, count: number): void {
  const office = walk.steps[0] as RoadStep
  walk.steps[walk.steps.indexOf(step)] = { ...step, seen: { [office.log]: count } }
}

describe('an archived revision', () => {
  test.each([
    ['a return', third, { act: 'return', body }],
    ['a withdrawal of its author', author, { act: 'withdraw' }],
    ['a matter sent to adjudication', third, { act: 'escalate', body }],
  ] as const)('stays archived when %s comes late, which is named', (_what, by, said) => {
    const { walk, revision } = signedWalk()
    const late = walk.take(by, { ...said, revision }, early)
    knowing(walk, late, 1)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, late)).toBe('review/late-objection')
    expect(walk.revision(revision).late).toEqual([
      {
        hand: { member: by.id, device: late.device, at: late.at, commit: late.commit },
        act: said.act,
        body: said.act === 'withdraw' ? null : body,
        answers: [],
      },
    ])
  })

  test('names an objection also where it stands behind the signature without having seen it', () => {
    const { walk, revision } = signedWalk()
    const late = walk.take(third, { act: 'return', revision, body }, { depth: 9, log: away, seen: [] })
    knowing(walk, late, 1)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, late)).toBe('review/late-objection')
  })

  test('has no late objection of somebody who had seen the signature', () => {
    const { walk, revision } = signedWalk()
    const after = walk.take(third, { act: 'return', revision, body }, { depth: 9, log: away })
    expect(codeOf(walk, after)).toBe('review/not-open-for-opinion')
    expect(walk.revision(revision).late).toEqual([])
  })

  test('has no late objection that was wrong for whoever made it', () => {
    const { walk, revision } = signedWalk()
    const own = walk.take(author, { act: 'return', revision, body }, early)
    knowing(walk, own, 1)
    expect(codeOf(walk, own)).not.toBe('review/late-objection')
    expect(walk.revision(revision).late).toEqual([])
  })

  test('names two late objections of two people', () => {
    const { walk, revision } = signedWalk()
    knowing(walk, walk.take(third, { act: 'return', revision, body }, early), 1)
    const other = { ...early, log: idOf('another log') }
    knowing(walk, walk.take(first, { act: 'return', revision, body }, other), 1)
    expect(walk.status(revision)).toBe('archived')
    expect(
      walk
        .revision(revision)
        .late.map(({ hand }) => hand.member)
        .sort(),
    ).toEqual([third.id, first.id].sort())
  })

  test('keeps its opinions when a third one comes late', () => {
    const { walk, revision } = signedWalk()
    const { commitment } = opinionOf(third, revision, 'disagree')
    const late = walk.take(third, { act: 'decide', revision, commitment, body }, early)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, late)).toBe('review/after-signature')
    expect(walk.revision(revision).opinions.map(({ hand }) => hand.member)).toEqual([first.id, second.id])
    expect(walk.revision(revision).late).toEqual([])
  })

  test('keeps its author when somebody brings its submission as their own', () => {
    const { walk, revision } = signedWalk()
    const submission = walk.steps[0] as RoadStep
    const copy = walk.take(otherAuthor, submission.act, { depth: 0, log: away, seen: [] })
    expect(walk.revision(revision).author.member).toBe(author.id)
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, copy)).toBe('review/revision-twice')
  })

  test('keeps its cadre when an older submission of the record names another', () => {
    const { walk, revision } = signedWalk()
    const submission = walk.steps[0] as RoadStep
    const act = { ...submission.act, cadre: idOf('another cadre'), revision: digestOf('another') } as const
    const other = walk.take(otherAuthor, act as RoadStep['act'], { depth: 0, log: away, seen: [] })
    expect(walk.status(revision)).toBe('archived')
    expect(codeOf(walk, other)).toBe('review/category-changed')
  })

  test('is the same in whatever order all of this comes', () => {
    const { walk, revision } = signedWalk()
    knowing(walk, walk.take(third, { act: 'return', revision, body }, early), 1)
    const { state, voids } = followRoad(nodePrimitives, unit, record, [...walk.steps].reverse())
    expect({ state, voids }).toEqual(walk.result)
  })
})

describe('a signature', () => {
  test('counts for nothing where its own log holds a return before it', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    knowing(walk, walk.take(third, { act: 'return', revision, body }, early), 1)
    walk.review(revision, 'agree', 'agree')
    const sign = walk.take(approver, { act: 'sign', revision, body }, { log: away })
    expect(walk.status(revision)).toBe('returned')
    expect(codeOf(walk, sign)).toBe('review/not-agreed')
  })

  test('counts for nothing where a commit it names had seen a return', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    const returned = walk.take(third, { act: 'return', revision, body }, early)
    knowing(walk, returned, 1)
    walk.review(revision, 'agree', 'agree')
    const sign = walk.sign(approver, revision)
    const signed = { ...sign, seen: { [away]: walk.steps.indexOf(sign) } }
    walk.steps[walk.steps.indexOf(sign)] = signed
    expect(walk.status(revision)).toBe('returned')
    expect(codeOf(walk, signed)).toBe('review/not-agreed')
  })

  test('counts for nothing where it had not seen that the opinions were opened', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.review(revision, 'agree', 'agree')
    const sign = walk.take(approver, { act: 'sign', revision, body }, { log: away, seen: [] })
    knowing(walk, sign, 2)
    expect(walk.status(revision)).toBe('agreed')
    expect(codeOf(walk, sign)).toBe('review/not-agreed')
  })

  test('fixes a revision once, though two sign it on two devices', () => {
    const { walk, revision } = signedWalk()
    const again = walk.take(otherApprover, { act: 'sign', revision, body }, { depth: 9, log: away })
    knowing(walk, again, 4)
    expect(walk.revision(revision).signed?.hand.member).toBe(approver.id)
    expect(codeOf(walk, again)).toBe('review/not-agreed')
  })

  test('that the level above signed too stays the one, though an earlier one turns up', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one', { rule: { ...dual, signer: 'approver-and-above' } })
    walk.review(revision, 'agree', 'agree')
    const sign = walk.sign(approver, revision, { depth: 9 })
    walk.direct(revision, 'sign', sign.commit)
    expect(walk.status(revision)).toBe('archived')
    const again = walk.take(otherApprover, { act: 'sign', revision, body }, { depth: 5, log: away })
    knowing(walk, again, 4)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).signed?.hand.member).toBe(approver.id)
    expect(codeOf(walk, again)).toBe('review/after-signature')
  })

  test('that waits for the level above is fixed as well', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one', { rule: { ...dual, signer: 'approver-and-above' } })
    walk.archive(revision)
    const late = walk.take(inspector, { act: 'return', revision, body }, early)
    knowing(walk, late, 1)
    expect(walk.status(revision)).toBe('awaiting-above')
    expect(codeOf(walk, late)).toBe('review/late-objection')
  })
})

describe('a commit that names one record in hundreds of rows', () => {
  const rows = 400

  /** How many steps are taken to find out what holds. */
  function takenOf(walk: Walk): number {
    let taken = 0
    const take = (...[state, step]: Parameters<Parameters<typeof followSealed>[0]['take']>) => {
      taken += 1
      return takeStep(nodePrimitives, unit, record, state, step)
    }
    followSealed({ take, inOrder: (steps) => steps.toSorted(compareSteps) }, walk.steps)
    return taken
  }

  function repeat(walk: Walk, step: RoadStep): void {
    for (let row = 1; row < rows; row += 1) walk.steps.push({ ...step, row })
  }

  test.each([
    ['is signed before it may be', false],
    ['was signed already', true],
  ])('is not followed anew for each of them where the revision %s', (_what, isArchived) => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    if (isArchived) walk.archive(revision)
    repeat(walk, walk.sign(approver, revision))
    walk.take(third, { act: 'return', revision, body }, { ...early, depth: 9999 })
    expect(takenOf(walk)).toBeLessThan(5 * rows)
  })

  test('is not followed anew for each of them where all object too late', () => {
    const { walk, revision } = signedWalk()
    const late = walk.take(third, { act: 'return', revision, body }, early)
    const office = walk.steps[0] as RoadStep
    walk.steps.pop()
    for (let row = 0; row < rows; row += 1) walk.steps.push({ ...late, row, seen: { [office.log]: 1 } })
    expect(takenOf(walk)).toBeLessThan(5 * rows)
    expect(walk.status(revision)).toBe('archived')
    expect(walk.revision(revision).late).toHaveLength(1)
  })
})
