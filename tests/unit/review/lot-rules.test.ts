import { describe, expect, test } from 'vitest'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import type { OpenedOpinion, OperationOf } from '../../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import {
  claimOf,
  contradicted,
  draw,
  drawActs,
  drawClaim,
  drawOf,
  lotRefusal,
} from '../../../src-shared/review/lots.ts'
import { lotDigest } from '../../../src-shared/review/sampling.ts'
import type { DrawClaim, RecordState, RevisionState, RoadStep } from '../../../src-shared/review/states.ts'
import type { Act } from '../../../src-shared/review/taking-part.ts'
import { approver, author, digestOf, dual, idOf, unit, Walk } from './road-steps.ts'

const plan = { tolerablePermille: 200, confidencePermille: 950 }
const sampled: CategoryRule = { ...dual, level: 1, sampling: plan }
const batch = idOf('batch')
const row = (name: string) => ({
  record: idOf(`record ${name}`),
  revision: digestOf(`revision ${name}`),
  submission: digestOf('submission'),
})
const names = Array.from({ length: 20 }, (_, at) => String(at))
const rows = names.map(row)
const leaf = digestOf('draw')
const operationOf = (change: Partial<OperationOf<'review.draw'>> = {}): OperationOf<'review.draw'> => ({
  op: 'review.draw',
  entity: idOf('act'),
  digest: digestOf('body'),
  batch,
  category: 'A1',
  plan,
  rows,
  ...change,
})
const acts = (change?: Partial<OperationOf<'review.draw'>>) =>
  drawActs(nodePrimitives, unit, leaf, operationOf(change)) as readonly Act<'draw'>[]

describe('a draw of a lot', () => {
  test('says of each row whether it is looked at, and the same of all', () => {
    const all = acts()
    expect(all.map(({ revision }) => revision)).toEqual(rows.map(({ revision }) => revision))
    const seen = all.filter(({ drawn }) => drawn.seen).map(({ revision }) => revision)
    expect(seen).toHaveLength(all[0]!.drawn.size)
    const sample = rows.filter(({ revision }) => seen.includes(revision))
    for (const { drawn, fault, batch: of, category } of all) {
      expect([drawn.rows, drawn.sample]).toEqual([
        lotDigest(nodePrimitives, rows),
        lotDigest(nodePrimitives, sample),
      ])
      expect([drawn.lot, fault, of, category]).toEqual([20, null, batch, 'A1'])
    }
  })

  test('with a record or a revision twice is at fault in all of its rows', () => {
    const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]]
    const twice = [
      [first, { ...second, record: first.record }, third],
      [first, { ...second, revision: first.revision }, third],
    ]
    for (const some of twice)
      expect(acts({ rows: some }).map(({ fault }) => fault)).toEqual(some.map(() => 'review/draw-rows'))
  })
})

/** A revision of the batch as it was handed in, and a step that draws it. */
function handedIn(rule = sampled) {
  const walk = new Walk()
  const name = '0'
  const revision = walk.submit(author, name, { rule, batch })
  const state = walk.result.state as RecordState
  const [own] = state.revisions as [RevisionState]
  const step = walk.take(approver, { act: 'withdraw', revision })
  const submission = own.author.commit
  const [act] = acts({ rows: rows.map((one) => ({ ...one, submission })) }) as [Act<'draw'>]
  return { state, own, step, act }
}

function drawing(
  change: Partial<Act<'draw'>> = {},
  of: Partial<RevisionState> = {},
  step: Partial<RoadStep> = {},
) {
  const { state, own, step: usual, act } = handedIn()
  const result = draw(state, { ...own, ...of }, { ...usual, ...step }, { ...act, ...change })
  return typeof result === 'string' ? result : result.revisions[0]!
}

describe('a revision comes under a draw', () => {
  const drawn = drawing() as RevisionState

  test('with what the draw says, by the hand that drew', () => {
    const { act, step } = handedIn()
    expect(drawn.drawn).toEqual({
      ...act.drawn,
      hand: { member: approver.id, device: step.device, at: step.at, commit: step.commit },
      draw: step.commit,
      contested: null,
    })
  })

  test('not by the hand of its author', () => {
    expect(drawing({}, {}, { member: author.id })).toBe('review/author-is-reviewer')
  })

  test('not where the rule has no sampling, or may have none', () => {
    const { sampling: _none, ...plain } = sampled
    expect(drawing({}, { rule: plain })).toBe('review/no-sampling')
    expect(drawing({}, { rule: { ...sampled, level: 3 } })).toBe('review/no-sampling')
  })

  test('not by another plan, category, batch or submission than its own, nor with a row twice', () => {
    const other = digestOf('other')
    for (const change of [
      { plan: { ...plan, tolerablePermille: 201 } },
      { plan: { ...plan, confidencePermille: 949 } },
      { category: 'B1' },
      { batch: idOf('other') },
      { submission: other },
      { fault: 'review/draw-rows' as const },
    ])
      expect(drawing(change), Object.keys(change).join()).toBe('review/draw-rows')
  })

  test('not once somebody said something of it, though it was discarded', () => {
    expect(drawing({}, { status: 'in-review' })).toBe('review/not-open-for-opinion')
    expect(drawing({}, { discarded: [{ hand: drawn.author, opinions: [] }] })).toBe(
      'review/not-open-for-opinion',
    )
  })

  test('a second time only to take the first with it, and never once it was spoken of or contested', () => {
    const again = drawing({}, { drawn: drawn.drawn }) as RevisionState
    expect(again.drawn).toMatchObject({ draw: drawn.drawn!.draw, contested: { member: approver.id } })
    expect([drawOf(drawn)?.draw, drawOf(again)]).toEqual([drawn.drawn!.draw, null])
    expect(drawing({}, { drawn: again.drawn })).toBe('review/drawn-twice')
    expect(drawing({}, { drawn: drawn.drawn, status: 'in-review' })).toBe('review/drawn-twice')
  })
})

describe('an act names the draw a revision is under', () => {
  const under = (seen: boolean): RevisionState => {
    const revision = drawing() as RevisionState
    return { ...revision, drawn: { ...revision.drawn!, seen } }
  }
  const bare: RevisionState = { ...(drawing() as RevisionState), drawn: null }
  const claim = (change: Partial<DrawClaim> = {}, seen = true) => {
    const said = claimOf(under(seen))
    return { ...said, draw: { ...(said.draw as DrawClaim), ...change } }
  }

  test('as the act over the whole lot says it, and says nothing where there is none', () => {
    const { drawn } = under(true)
    const { draw: of, rows: lot, sample } = drawn!
    const said = { draw: { draw: of, rows: lot, sample, fault: null, redo: false } }
    expect(claimOf(under(true))).toEqual(said)
    expect(claimOf(under(false))).toEqual({ ...said, unseen: true })
    expect(claimOf(bare)).toEqual({})
    for (const seen of [true, false]) expect(lotRefusal(under(seen), claimOf(under(seen)))).toBe(null)
  })

  test('or is refused, as one that names a draw where there is none', () => {
    expect(lotRefusal(under(true), {})).toBe('review/drawn')
    expect(lotRefusal(under(true), { unseen: true })).toBe('review/drawn')
    expect(lotRefusal(bare, {})).toBe(null)
    expect(lotRefusal(bare, { unseen: true })).toBe('review/not-drawn')
    expect(lotRefusal(bare, claim())).toBe('review/not-drawn')
  })

  test('with other rows, another sample, or another word of whether it was looked at', () => {
    const other = digestOf('other')
    for (const change of [{ draw: other }, { rows: other }, { sample: other }])
      expect(lotRefusal(under(true), claim(change)), Object.keys(change).join()).toBe('review/draw-rows')
    expect(lotRefusal(under(false), claim())).toBe('review/draw-rows')
    expect(lotRefusal(under(true), claim({}, false))).toBe('review/draw-rows')
    // A return speaks of the whole lot, and of no sample.
    expect(lotRefusal(under(false), claim({ sample: null }))).toBe(null)
  })

  test('and what is wrong with it over the lot is wrong of every row', () => {
    expect(lotRefusal(under(true), claim({ fault: 'review/sample-contradicted' }))).toBe(
      'review/sample-contradicted',
    )
  })
})

const [one, two] = [idOf('reviewer one'), idOf('reviewer two')]
const word = (reviewer: string, decision: 'agree' | 'disagree', lot: 'agree' | 'disagree' = decision) =>
  ({ reviewer, nonce: digestOf('nonce'), decision, grounds: digestOf('grounds'), lot }) as OpenedOpinion
const seen = (...opinions: OpenedOpinion[]) => ({ opinions })
const unseen = (...opinions: OpenedOpinion[]) => ({ opinions, unseen: true as const })
const lost = (reviewer: string): OpenedOpinion => ({ reviewer, decision: 'unopenable' })

describe('a reviewer contradicts themself', () => {
  test('not who says one thing of the lot and of its rows', () => {
    expect(contradicted([seen(word(one, 'agree')), unseen(word(one, 'agree'))])).toEqual([])
    const miss = [seen(word(one, 'disagree')), seen(word(one, 'agree', 'disagree'))]
    expect(contradicted([...miss, unseen(word(one, 'disagree'))])).toEqual([])
  })

  test('who agrees with the lot and found a row wrong, or refuses it and found none', () => {
    expect(contradicted([seen(word(one, 'disagree', 'agree')), unseen(word(one, 'agree'))])).toEqual([one])
    expect(contradicted([seen(word(one, 'agree', 'disagree')), unseen(word(one, 'disagree'))])).toEqual([one])
  })

  test('who says another thing of the lot at one row than at another', () => {
    expect(contradicted([seen(word(one, 'agree')), seen(word(one, 'disagree'))])).toEqual([one])
  })

  test('who says of a row they did not look at what they do not say of the lot', () => {
    expect(contradicted([seen(word(one, 'agree')), unseen(word(one, 'disagree', 'agree'))])).toEqual([one])
    expect(contradicted([seen(word(one, 'disagree')), unseen(word(one, 'agree', 'disagree'))])).toEqual([one])
  })

  test('who says nothing of the lot, whatever they say of its rows', () => {
    for (const decision of ['agree', 'disagree'] as const) {
      const { lot: _none, ...bare } = word(one, decision) as OpenedOpinion & { lot: string }
      expect(contradicted([seen(bare as OpenedOpinion)])).toEqual([one])
    }
  })

  test('each for themself: the other who does not is not named', () => {
    const mixed = [
      seen(word(one, 'disagree', 'agree'), word(two, 'agree')),
      seen(word(one, 'agree'), word(two, 'agree')),
    ]
    expect(contradicted(mixed)).toEqual([one])
  })

  test('not by an opinion that cannot be opened, which may have been the miss', () => {
    const refusing = [seen(word(one, 'agree', 'disagree')), seen(lost(one)), unseen(word(one, 'disagree'))]
    expect(contradicted(refusing)).toEqual([])
    expect(contradicted([seen(lost(one)), unseen(lost(one))])).toEqual([])
  })
})

describe('an act over a lot claims', () => {
  const base = { entity: idOf('act'), digest: digestOf('body') }
  const bare = rows.slice(0, 3).map(({ record, revision }) => ({ record, revision }))
  const all = lotDigest(nodePrimitives, bare)
  const looked = lotDigest(nodePrimitives, bare.slice(0, 2))
  const skip = (at: number) => (at === 2 ? { unseen: true as const } : {})
  const claimed = (operation: Parameters<typeof drawClaim>[1]) => drawClaim(nodePrimitives, operation)
  const opening = (words: readonly OpenedOpinion[]): OperationOf<'review.open'> => ({
    op: 'review.open',
    ...base,
    draw: leaf,
    rows: bare.map((of, at) => ({ ...of, ...skip(at), opinions: [words[at] as OpenedOpinion] })),
  })

  test('nothing without a draw', () => {
    const { draw: _none, ...undrawn } = opening([word(one, 'agree'), word(one, 'agree'), word(one, 'agree')])
    expect(claimed(undrawn)).toBe(null)
  })

  test('its rows, as a return, and which of them were looked at, as a decision', () => {
    const said = { draw: leaf, rows: all, fault: null, redo: false }
    expect(claimed({ op: 'review.return', ...base, draw: leaf, rows: bare })).toEqual({
      ...said,
      sample: null,
    })
    const decided = bare.map((of, at) => ({ ...of, ...skip(at), commitment: digestOf('sealed') }))
    expect(claimed({ op: 'review.decide', ...base, draw: leaf, rows: decided })).toEqual({
      ...said,
      sample: looked,
    })
  })

  test('as an opening, that nobody contradicts themself, unless it all begins anew', () => {
    const said = { draw: leaf, rows: all, sample: looked }
    const plain = [word(one, 'agree'), word(one, 'agree'), word(one, 'agree')]
    expect(claimed(opening(plain))).toEqual({ ...said, fault: null, redo: false })
    const wrong = [word(one, 'disagree', 'agree'), ...plain.slice(1)]
    expect(claimed(opening(wrong))).toEqual({ ...said, fault: 'review/sample-contradicted', redo: false })
    const broken = [word(one, 'disagree', 'agree'), lost(one), word(one, 'agree')]
    expect(claimed(opening(broken))).toEqual({ ...said, fault: null, redo: true })
  })
})
