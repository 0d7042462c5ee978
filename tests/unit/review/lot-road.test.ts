import { beforeEach, describe, expect, test } from 'vitest'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { claimOf, drawActs } from '../../../src-shared/review/lots.ts'
import type { Act } from '../../../src-shared/review/taking-part.ts'
import type { OpenedOpinion } from '../../../src-shared/log/operations.ts'
import {
  approver,
  author,
  digestOf,
  dual,
  first,
  idOf,
  inspector,
  otherApprover,
  second,
  third,
  unit,
  Walk,
  type Person,
} from './road-steps.ts'

type Verdict = 'agree' | 'disagree'

const batch = idOf('batch')
const plan = { tolerablePermille: 200, confidencePermille: 950 }
const sampled = { ...dual, level: 1, sampling: plan } as const
const drawer: Person = { ...otherApprover }
const body = digestOf('what was said')

let walk: Walk
let revision: string

/** A draw of twenty rows, of which the revision is one: looked at, or not. */
function drawAct(seen: boolean): Act<'draw'> {
  const submission = walk.revision(revision).author.commit
  const others = Array.from({ length: 19 }, (_, at) => ({
    record: idOf(`record ${at}`),
    revision: digestOf(`other revision ${at}`),
    submission,
  }))
  const rows = [{ record: idOf('record'), revision, submission }, ...others]
  const operation = {
    op: 'review.draw',
    entity: idOf('act'),
    digest: body,
    batch,
    category: 'A1',
    plan,
    rows,
  } as const
  const [act] = drawActs(nodePrimitives, unit, digestOf('draw'), operation) as [Act<'draw'>]
  return { ...act, drawn: { ...act.drawn, seen } }
}

function underDraw(seen: boolean): void {
  walk = new Walk()
  revision = walk.submit(author, 'one', { rule: sampled, batch })
  walk.take(drawer, drawAct(seen))
}

const claim = () => claimOf(walk.revision(revision))

/** An opinion about the row, and what its author says of the batch as a whole. */
function opinionOf(
  by: Person,
  decision: Verdict,
  lot?: Verdict,
): { commitment: string; opened: OpenedOpinion } {
  const said = {
    nonce: digestOf(`nonce of ${by.id}`),
    decision,
    grounds: digestOf('grounds'),
    reviewer: by.id,
  }
  const opened = lot === undefined ? said : { ...said, lot }
  return { commitment: commitmentOf(nodePrimitives, { unit, revision, ...opened }), opened }
}

function decide(by: Person, decision: Verdict, lot?: Verdict): OpenedOpinion {
  const { commitment, opened } = opinionOf(by, decision, lot)
  walk.take(by, { act: 'decide', revision, commitment, body, ...claim() })
  return opened
}

function open(by: Person, opinions: readonly OpenedOpinion[], redo = false) {
  const { draw, ...rest } = claim()
  const said = draw === undefined ? rest : { ...rest, draw: { ...draw, redo } }
  walk.take(by, { act: 'open', revision, opinions, body, ...said })
  return walk.newest
}

describe('a row of a drawn lot that is looked at', () => {
  beforeEach(() => underDraw(true))

  test('is a fact with the rest of its lot when both reviewers agreed and an approver signed', () => {
    expect(open(approver, [decide(first, 'agree', 'agree'), decide(second, 'agree', 'agree')])).toBe(null)
    expect(walk.revision(revision)).toMatchObject({
      status: 'agreed',
      opinions: [{ lot: 'agree' }, { lot: 'agree' }],
    })
    walk.sign(approver, revision)
    expect(walk.status(revision)).toBe('archived')
  })

  test('is not judged by whoever drew the lot', () => {
    decide({ ...drawer, role: 'reviewer' }, 'agree', 'agree')
    expect(walk.newest).toBe('review/drawer-decides')
    expect(walk.revision(revision).opinions).toEqual([])
  })

  test('goes back with its lot where one reviewer refused the lot, though the row itself was found right', () => {
    open(approver, [decide(first, 'agree', 'disagree'), decide(second, 'agree', 'agree')])
    expect(walk.newest).toBe(null)
    expect(walk.status(revision)).toBe('returned')
  })

  test('is not found wrong by somebody who agrees to the lot', () => {
    expect(open(approver, [decide(first, 'disagree', 'agree'), decide(second, 'agree', 'agree')])).toBe(
      'review/sample-contradicted',
    )
    expect(walk.status(revision)).toBe('unopened')
  })

  test('may be found wrong by somebody who refuses the lot', () => {
    open(approver, [decide(first, 'disagree', 'disagree'), decide(second, 'agree', 'agree')])
    expect(walk.status(revision)).toBe('returned')
  })

  test('is opened with what was said of the lot, and not without', () => {
    const said = [decide(first, 'agree', 'agree'), decide(second, 'agree')]
    expect(open(approver, said)).toBe('review/commitment-mismatch')
  })

  test('is not decided, returned or opened apart from its lot', () => {
    const { commitment } = opinionOf(first, 'agree', 'agree')
    walk.take(first, { act: 'decide', revision, commitment, body })
    expect(walk.newest).toBe('review/drawn')
    walk.return(first, revision)
    expect(walk.newest).toBe('review/drawn')
    const said = [decide(first, 'agree', 'agree'), decide(second, 'agree', 'agree')]
    walk.open(approver, revision, ...said)
    expect(walk.newest).toBe('review/drawn')
    expect(walk.status(revision)).toBe('unopened')
  })

  test('is not sent to adjudication, nor taken back by its author', () => {
    walk.take(first, { act: 'escalate', revision, body })
    expect(walk.newest).toBe('review/drawn')
    walk.withdraw(author, revision)
    expect(walk.newest).toBe('review/too-late')
  })

  test('is returned with its lot', () => {
    const { draw } = claim()
    walk.take(third, { act: 'return', revision, body, draw: { ...draw!, sample: null } })
    expect(walk.newest).toBe(null)
    expect(walk.status(revision)).toBe('returned')
  })

  test('is decided anew with its lot where an opinion of any row cannot be opened, which no reviewer says', () => {
    const said = [decide(first, 'agree', 'agree'), decide(second, 'agree', 'agree')]
    expect(open(first, said.slice(0, 1), true)).toBe('review/commitment-mismatch')
    expect(walk.revision(revision).discarded).toEqual([])
    expect(open(approver, said, true)).toBe(null)
    expect(walk.revision(revision)).toMatchObject({ status: 'submitted', opinions: [] })
    expect(walk.revision(revision).discarded).toMatchObject([
      {
        hand: { member: approver.id },
        opinions: [{ hand: { member: first.id } }, { hand: { member: second.id } }],
      },
    ])
  })
})

describe('a row of a drawn lot that nobody looks at', () => {
  beforeEach(() => underDraw(false))

  test.each(['agree', 'disagree'] as const)('has no opinion of its own: %s as the lot', (lot) => {
    const other = lot === 'agree' ? 'disagree' : 'agree'
    const right = decide(first, lot, lot)
    expect(open(approver, [right, decide(second, other, lot)])).toBe('review/sample-contradicted')
    expect(walk.status(revision)).toBe('unopened')
  })

  test.each([
    ['agree', 'agreed'],
    ['disagree', 'returned'],
  ] as const)('is with its lot: of %s it is %s', (lot, status) => {
    expect(open(approver, [decide(first, lot, lot), decide(second, lot, lot)])).toBe(null)
    expect(walk.status(revision)).toBe(status)
  })
})

describe('a row that is under no draw any more', () => {
  beforeEach(() => {
    underDraw(true)
    const { draw } = claim()
    walk.take(inspector, drawAct(true))
    expect(walk.revision(revision).drawn?.contested?.member).toBe(inspector.id)
    expect(claim()).toEqual({})
    lot = draw!
  })
  let lot: NonNullable<ReturnType<typeof claim>['draw']>

  test('keeps nobody from returning or opening the rest of its lot, and nothing of that reaches it', () => {
    const before = walk.revision(revision)
    walk.take(third, { act: 'return', revision, body, draw: { ...lot, sample: null } })
    expect(walk.newest).toBe(null)
    walk.take(approver, { act: 'open', revision, opinions: [], body, draw: lot })
    expect(walk.newest).toBe(null)
    expect(walk.revision(revision)).toEqual(before)
  })

  test('is looked at like any other: nobody passes it over, with the lot or without', () => {
    const { commitment } = opinionOf(first, 'agree', 'agree')
    walk.take(first, { act: 'decide', revision, commitment, body, draw: lot })
    expect(walk.newest).toBe('review/not-drawn')
    walk.take(first, { act: 'decide', revision, commitment, body, unseen: true })
    expect(walk.newest).toBe('review/not-drawn')
    const said = [decide(first, 'agree'), decide(second, 'agree')]
    walk.take(approver, { act: 'open', revision, opinions: said, body, unseen: true })
    expect(walk.newest).toBe('review/not-drawn')
    expect(open(approver, said)).toBe(null)
    expect(walk.status(revision)).toBe('agreed')
  })

  test('has no opinion that speaks of a lot', () => {
    expect(open(approver, [decide(first, 'agree', 'agree'), decide(second, 'agree')])).toBe(
      'review/commitment-mismatch',
    )
  })

  test('may be judged by whoever drew it', () => {
    decide({ ...drawer, role: 'reviewer' }, 'agree')
    expect(walk.newest).toBe(null)
  })
})
