import { fc } from '../../helpers/properties.ts'
import { beforeAll, expect, test } from 'vitest'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { drawOf } from '../../../src-shared/review/lots.ts'
import { followRoad, opinionsNeeded } from '../../../src-shared/review/road.ts'
import type { RevisionState } from '../../../src-shared/review/states.ts'
import { LotFixture, samplingRules, type FixtureDraw } from '../../helpers/lot-fixture.ts'
import { UnitFixture } from '../../helpers/unit-fixture.ts'

/**
 * Random histories of an import: drawn or not, once or twice, from another device or this one, decided by honest clients
 * and by clients that leave out rows, lie about what they looked at, name other draws, open a part or say what was not
 * said. Whatever they do, the roads are asked the same questions afterwards.
 */
let lots: LotFixture
let unit: UnitFixture
beforeAll(async () => {
  unit = await UnitFixture.found({ rules: samplingRules })
  unit.addDevice()
})

const number = fc.noBias(fc.nat({ max: 9999 }))
const moves = fc.array(fc.record({ act: number, who: number, choice: number, row: number }), {
  minLength: 4,
  maxLength: 18,
  size: 'max',
})
type Move = { readonly act: number; readonly who: number; readonly choice: number; readonly row: number }

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T
}

function play(walk: readonly Move[], category: string) {
  lots = new LotFixture(unit)
  const batch = lots.submit(12, { category })
  let draw: FixtureDraw | null = null
  const leaves: Digest[] = []
  for (const { act, who, choice, row } of walk) {
    const { reviewerOne, reviewerTwo, approver, inspector } = unit.members
    const reviewer = pick([reviewerOne, reviewerTwo], who)
    const some = pick(batch.rows, row)
    const isHonest = choice % 4 !== 0
    const { record, revision } = some
    if (act % 9 === 0 || (draw === null && act % 3 !== 0)) {
      const by = {
        member: pick([approver, inspector], who),
        device: pick([...unit.devices], choice % 5 === 0 ? 1 : 0),
      }
      const made = lots.draw(
        isHonest ? batch : { ...batch, rows: batch.rows.slice(row % 5) },
        { category },
        by,
      )
      leaves.push(made.leaf)
      draw = draw === null || choice % 2 === 0 ? made : draw
    } else if (draw === null || act % 11 === 0) {
      const { commitment } = lots.seal(reviewer, some, pick(['agree', 'disagree'], choice))
      lots.decideRows(reviewer, [{ record, revision, commitment }])
    } else if (act % 13 === 0) {
      lots.return(reviewer, isHonest ? draw.rows : [some], isHonest ? draw.leaf : undefined)
    } else if (act % 3 === 0) {
      lots.open(
        choice % 7 === 0 ? { ...draw, leaf: pick(leaves, row) } : draw,
        (opinion) =>
          isHonest || opinion.decision === 'unopenable'
            ? opinion
            : { ...opinion, decision: 'agree', lot: 'agree' },
        isHonest ? draw.rows : draw.rows.filter((one) => one !== some),
      )
    } else if (act % 3 === 1) {
      const misses = choice % 5 === 1 ? [...draw.sample].slice(0, 1) : []
      lots.decide(
        reviewer,
        draw,
        misses,
        isHonest
          ? undefined
          : (all) =>
              choice % 8 === 0
                ? all.filter((one) => one.revision !== revision)
                : all.map((one) => (one.revision === revision ? { ...one, unseen: true as const } : one)),
        choice % 17 === 0 ? 'agree' : undefined,
      )
    } else {
      lots.sign(batch.rows)
    }
  }
  return batch
}

function revisions(rows: ReturnType<typeof play>['rows']): readonly RevisionState[] {
  const all = lots.steps()
  return rows.flatMap(({ record }) => {
    const { state } = followRoad(nodePrimitives, unit.id, record, all.get(record) ?? [])
    return state?.revisions ?? []
  })
}

const signed = (revision: RevisionState) => revision.signed !== null

test('nothing is archived unseen without two reviewers who found the whole sample of that draw right', () => {
  fc.assert(
    fc.property(moves, (walk) => {
      const { rows } = play(walk, 'D10')
      const all = revisions(rows)
      for (const revision of all.filter(signed)) {
        expect(revision.opinions).toHaveLength(opinionsNeeded(revision.rule))
        const drawn = drawOf(revision)
        if (drawn === null) {
          expect(revision.opinions.map(({ lot, decision }) => [lot, decision])).toEqual([
            [null, 'agree'],
            [null, 'agree'],
          ])
          continue
        }
        expect(revision.opinions.map(({ lot }) => lot)).toEqual(['agree', 'agree'])
        expect(drawn.hand.member).not.toBe(revision.author.member)
        for (const { hand } of revision.opinions) expect(hand.member).not.toBe(drawn.hand.member)
        // What was looked at under the same draw never says otherwise.
        for (const other of all.filter((one) => drawOf(one)?.draw === drawn.draw && drawOf(one)?.seen))
          for (const opinion of other.opinions) expect(opinion.decision).not.toBe('disagree')
      }
    }),
    { numRuns: 150 },
  )
})

test('in a category that may not be sampled nothing is ever under a draw', () => {
  fc.assert(
    fc.property(moves, (walk) => {
      for (const revision of revisions(play(walk, 'D9').rows)) {
        expect(revision.drawn).toBe(null)
        for (const { lot } of revision.opinions) expect(lot).toBe(null)
      }
    }),
    { numRuns: 60 },
  )
})

test('the state of a lot does not depend on the order in which its steps arrive, nor on what counts for nothing', () => {
  fc.assert(
    fc.property(moves, fc.infiniteStream(fc.noBias(fc.nat())), (walk, keys) => {
      const { rows } = play(walk, 'D10')
      const order = keys[Symbol.iterator]()
      const all = lots.steps()
      for (const { record } of rows) {
        const steps = all.get(record) ?? []
        const road = followRoad(nodePrimitives, unit.id, record, steps)
        const shuffled = steps
          .map((step) => ({ step, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ step }) => step)
        expect(followRoad(nodePrimitives, unit.id, record, shuffled)).toEqual(road)
        const kept = steps.filter(
          (step) =>
            !road.voids.some(
              (one) => one.commit === step.commit && one.row === step.row && one.index === step.index,
            ),
        )
        expect(followRoad(nodePrimitives, unit.id, record, kept)).toEqual({ state: road.state, voids: [] })
      }
    }),
    { numRuns: 80 },
  )
})

test('the histories come to sampled facts, to lots sent back, to draws drawn twice and to rounds redone', () => {
  const all = fc
    .sample(moves, { seed: 20_261_122, numRuns: 150 })
    .flatMap((walk) => revisions(play(walk, 'D10').rows))
  const places = {
    unseenFact: all.some((one) => signed(one) && drawOf(one)?.seen === false),
    seenFact: all.some((one) => signed(one) && drawOf(one)?.seen === true),
    rowByRow: all.some((one) => one.drawn === null && one.opinions.length > 0),
    sentBack: all.some((one) => one.status === 'returned' && one.opened !== null && drawOf(one) !== null),
    contested: all.some((one) => one.drawn?.contested != null),
  }
  expect(Object.entries(places).filter(([, reachedIt]) => !reachedIt)).toEqual([])
})
