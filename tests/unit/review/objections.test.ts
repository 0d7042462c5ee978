import { describe, expect, test } from 'vitest'
import { compareSteps, followRoad } from '../../../src-shared/review/road.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import {
  approver,
  author,
  cadre,
  digestOf,
  first,
  idOf,
  inspector,
  otherApprover,
  record,
  second,
  third,
  unit,
  Walk,
  type Person,
  type Placing,
} from './road-steps.ts'

const office = idOf('log of the office')
const away = idOf('log of a device that was away')
const elsewhere = idOf('log of a third device')
const body = digestOf('what was said')
const allSeen = { seen: [office, away] } as const

interface Said {
  readonly outcome?: 'unfounded' | 'founded'
  readonly fault?: Id | null
}

/** An archived record, and a return of somebody who knew nothing but the submission. */
class Objected {
  readonly walk = new Walk()
  readonly revision: Digest
  readonly objection: RoadStep

  constructor(by: Person = third) {
    this.revision = this.walk.submit(author, 'one')
    this.walk.archive(this.revision)
    const early = { depth: 1, log: away, seen: [] } as const
    const made = this.walk.take(by, { act: 'return', revision: this.revision, body }, early)
    this.objection = { ...made, seen: { [office]: 1 } }
    this.walk.steps[this.walk.steps.indexOf(made)] = this.objection
  }

  settle(
    by: Person,
    { outcome = 'unfounded', fault = null }: Said = {},
    placing: Placing = allSeen,
  ): RoadStep {
    const { revision, objection } = this
    const said = { revision, objection: objection.commit, outcome, fault, body } as const
    return this.walk.take(by, { act: 'settle-objection', ...said }, placing)
  }

  codeOf(step: RoadStep) {
    return this.walk.result.voids.find(({ commit }) => commit === step.commit)?.code ?? null
  }

  get answers() {
    return this.walk.revision(this.revision).late.flatMap(({ answers }) => answers)
  }
}

describe('a late objection', () => {
  test.each([
    ['whoever signed', approver],
    ['another approver', otherApprover],
    ['an inspector', inspector],
  ])('is answered by %s, and stays on record with the answer beside it', (_who, by) => {
    const scene = new Objected()
    const said = scene.settle(by)
    expect(scene.codeOf(said)).toBe(null)
    const { commit, at, device } = said
    expect(scene.walk.revision(scene.revision).late).toEqual([
      expect.objectContaining({
        act: 'return',
        answers: [{ hand: { member: by.id, device, at, commit }, outcome: 'unfounded', fault: null, body }],
      }),
    ])
    expect(scene.walk.status(scene.revision)).toBe('archived')
  })

  test.each([
    ['who entered it', { ...author, role: 'inspector' }, 'review/objection-party'],
    ['who reviewed it', { ...first, role: 'inspector' }, 'review/objection-party'],
    ['who reviewed it as well', { ...second, role: 'inspector' }, 'review/objection-party'],
    ['who objected', { ...third, role: 'inspector' }, 'review/objection-party'],
    ['whom it is about', { ...inspector, cadre }, 'review/about-oneself'],
    [
      'who has no say in the category',
      { ...inspector, categories: ['B2'] },
      'authority/category-not-granted',
    ],
  ] as const)('is not answered by a member %s', (_who, by, code) => {
    const scene = new Objected()
    expect(scene.codeOf(scene.settle(by))).toBe(code)
    expect(scene.answers).toEqual([])
  })

  test('is answered once by those who know of each other', () => {
    const scene = new Objected()
    scene.settle(inspector)
    expect(scene.codeOf(scene.settle(approver, { outcome: 'founded' }))).toBe('review/objection-settled')
    expect(scene.answers.map(({ outcome }) => outcome)).toEqual(['unfounded'])
  })

  test('keeps the answers of two who knew nothing of each other, in whatever order they arrive', () => {
    const scene = new Objected()
    const here = scene.settle(inspector)
    const there = scene.settle(approver, { outcome: 'founded' }, { ...allSeen, log: elsewhere })
    const before = { ...there, seen: { [office]: here.seq, [away]: there.seq } }
    const steps = scene.walk.steps.map((step) => (step === there ? before : step))
    const follow = (given: readonly RoadStep[]) => followRoad(nodePrimitives, unit, record, given)
    const { state, voids } = follow(steps)
    const answers = state?.revisions[0]?.late[0]?.answers.map(({ hand, outcome }) => [hand.member, outcome])
    expect(answers).toEqual([
      [inspector.id, 'unfounded'],
      [approver.id, 'founded'],
    ])
    expect(voids.map(({ code }) => code)).toEqual(['review/late-objection'])
    expect(follow(steps.toReversed())).toEqual({ state, voids })
    expect(follow(steps.toSorted(compareSteps))).toEqual({ state, voids })
  })

  test('is not answered by somebody who had not seen it', () => {
    const scene = new Objected()
    const blind = scene.settle(inspector, {}, { seen: [] })
    expect(scene.codeOf(blind)).toBe('review/objection-unknown')
  })

  test('cannot be answered where there is none', () => {
    const walk = new Walk()
    const revision = walk.submit(author, 'one')
    walk.archive(revision)
    const said = { revision, objection: digestOf('commit 0'), outcome: 'unfounded', fault: null } as const
    walk.take(inspector, { act: 'settle-objection', ...said, body })
    expect(walk.result.voids.map(({ code }) => code)).toEqual(['review/objection-unknown'])
  })

  test('cannot be answered as one of another revision', () => {
    const scene = new Objected()
    const next = scene.walk.submit(author, 'two', { parent: scene.revision }, allSeen)
    scene.walk.archive(next)
    const { commit } = scene.objection
    const said = { revision: next, objection: commit, outcome: 'unfounded', fault: null, body } as const
    const wrong = scene.walk.take(inspector, { act: 'settle-objection', ...said }, allSeen)
    expect(scene.codeOf(wrong)).toBe('review/objection-unknown')
  })

  test('that is founded cites an error found in that revision, and no other', () => {
    const scene = new Objected()
    const fault = idOf('fault')
    const traced = [author.id]
    const { revision } = scene
    const found = {
      act: 'find-fault',
      revision,
      fault,
      kind: 'misentry',
      found: 'check',
      traced,
      body,
    } as const
    scene.walk.take(inspector, found, allSeen)
    const unknown = scene.settle(inspector, { outcome: 'founded', fault: idOf('another fault') })
    expect(scene.codeOf(unknown)).toBe('review/fault-unknown')
    const contrary = scene.settle(inspector, { outcome: 'unfounded', fault })
    expect(scene.codeOf(contrary)).toBe('review/fault-unknown')
    const right = scene.settle(inspector, { outcome: 'founded', fault })
    expect(scene.codeOf(right)).toBe(null)
    expect(scene.answers.map((answer) => answer.fault)).toEqual([fault])
  })

  test('leaves the answer to stand when a correction is archived', () => {
    const scene = new Objected()
    scene.settle(inspector, { outcome: 'founded' })
    const next = scene.walk.submit(author, 'two', { parent: scene.revision }, allSeen)
    const opinions = [scene.walk.decide(first, next), scene.walk.decide(second, next)]
    scene.walk.open(approver, next, ...opinions)
    scene.walk.sign(approver, next, allSeen)
    expect(scene.walk.status(scene.revision)).toBe('superseded')
    expect(scene.walk.status(next)).toBe('archived')
    expect(scene.answers.map(({ outcome }) => outcome)).toEqual(['founded'])
  })
})
