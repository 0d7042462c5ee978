import { beforeAll, describe, expect, test } from 'vitest'
import { LotFixture, samplingRules, type FixtureDraw, type LotFixtureRow } from '../../helpers/lot-fixture.ts'
import { UnitFixture } from '../../helpers/unit-fixture.ts'

/** Twenty rows of an import, of which the plan of the fixtures looks at eight. */
let lots: LotFixture
let unit: UnitFixture
beforeAll(async () => {
  unit = await UnitFixture.found({ rules: samplingRules })
  lots = new LotFixture(unit)
})

function drawn(count = 20): FixtureDraw {
  return lots.draw(lots.submit(count))
}

const all = <T>(rows: readonly LotFixtureRow[], value: T): readonly T[] => rows.map(() => value)

function split({ rows, sample }: FixtureDraw) {
  const seen = rows.filter(({ revision }) => sample.has(revision))
  const unseen = rows.filter(({ revision }) => !sample.has(revision))
  return { seen, unseen, sampled: seen[0] as LotFixtureRow, skipped: unseen[0] as LotFixtureRow }
}

describe('a drawn lot', () => {
  test('is agreed as a whole when both reviewers found the sample right, and says how many were looked at', () => {
    const draw = drawn()
    const { reviewerOne, reviewerTwo } = unit.members
    lots.decide(reviewerOne, draw)
    lots.decide(reviewerTwo, draw)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'unopened'))
    lots.open(draw)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'agreed'))
    lots.sign(draw.rows)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'archived'))
    for (const row of draw.rows)
      expect(lots.revision(row).drawn).toMatchObject({
        draw: draw.leaf,
        seed: draw.seed,
        lot: 20,
        size: draw.sample.size,
        seen: draw.sample.has(row.revision),
      })
  })

  test('goes back as a whole for one miss of one reviewer, also the rows that were found right', () => {
    const draw = drawn()
    const { sampled } = split(draw)
    lots.decide(unit.members.reviewerOne, draw)
    lots.decide(unit.members.reviewerTwo, draw, [sampled.revision])
    lots.open(draw)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'returned'))
  })

  test('goes back as a whole when a reviewer returns it', () => {
    const draw = drawn()
    lots.return(unit.members.reviewerOne, draw.rows, draw.leaf)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'returned'))
  })

  test('is decided anew as a whole when an opinion about one row cannot be opened, under the same draw', () => {
    const draw = drawn()
    const { reviewerOne, reviewerTwo } = unit.members
    lots.decide(reviewerOne, draw)
    lots.decide(reviewerTwo, draw)
    const [first] = draw.rows
    lots.open(draw, (opinion, row) =>
      row === first && opinion.reviewer === reviewerOne.id
        ? { reviewer: opinion.reviewer, decision: 'unopenable' }
        : opinion,
    )
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'submitted'))
    expect(lots.revision(draw.rows[0]!).drawn?.draw).toBe(draw.leaf)
    lots.decide(reviewerOne, draw)
    lots.decide(reviewerTwo, draw)
    lots.open(draw)
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'agreed'))
  })

  test('keeps its author from taking a row back', () => {
    const draw = drawn()
    const { record, revision } = split(draw).sampled
    const made = unit.commit({ member: unit.members.collector, role: 'collector', compartment: 'archive' }, [
      { operation: { op: 'record.withdraw', entity: record, rows: [{ record, revision }] } },
    ])
    expect(lots.codes(made, [split(draw).sampled])).toEqual(['review/too-late'])
  })

  test('is not sent to adjudication row by row', () => {
    const draw = drawn()
    const { record, revision } = split(draw).sampled
    const made = unit.commit({ member: unit.members.reviewerOne, role: 'reviewer', compartment: 'archive' }, [
      { operation: { op: 'review.escalate', entity: record, rows: [{ record, revision }] } },
    ])
    expect(lots.codes(made, [split(draw).sampled])).toEqual(['review/drawn'])
  })
})

describe('a draw counts for nothing', () => {
  test('in a category that may not be sampled', () => {
    const batch = lots.submit(20, { category: 'D9' })
    const { made } = lots.draw(batch, { category: 'D9' })
    expect(lots.codes(made, batch.rows)).toEqual(all(batch.rows, 'review/no-sampling'))
  })

  test('with a smaller sample than the rule asks for', () => {
    const batch = lots.submit(20)
    const { made } = lots.draw(batch, { plan: { tolerablePermille: 500, confidencePermille: 500 } })
    expect(lots.codes(made, batch.rows)).toEqual(all(batch.rows, 'review/draw-rows'))
  })

  test('over rows of another import, or brought by another commit than it says', () => {
    const [batch, other] = [lots.submit(20), lots.submit(20)]
    const strangers = lots.draw(batch, { rows: other.rows.map((row) => ({ ...row })) }).made
    expect(lots.codes(strangers, other.rows)).toEqual(all(other.rows, 'review/draw-rows'))
    const moved = batch.rows.map((row) => ({ ...row, submission: other.rows[0]!.submission }))
    expect(lots.codes(lots.draw(batch, { rows: moved }).made, batch.rows)).toEqual(
      all(batch.rows, 'review/draw-rows'),
    )
  })

  test('with one row twice, as if the lot were larger', () => {
    const batch = lots.submit(20)
    const { made } = lots.draw(batch, { rows: [...batch.rows, batch.rows[0]!] })
    expect(lots.codes(made, batch.rows)).toEqual(all(batch.rows, 'review/draw-rows'))
  })

  test('over a row that somebody has an opinion about already', () => {
    const batch = lots.submit(20)
    const [row] = batch.rows as [LotFixtureRow]
    const { commitment } = lots.seal(unit.members.reviewerOne, row, 'agree')
    const { record, revision } = row
    lots.decideRows(unit.members.reviewerOne, [{ record, revision, commitment }])
    const { made } = lots.draw(batch)
    expect(lots.codes(made, [row])).toEqual(['review/not-open-for-opinion'])
  })
})

describe('drawn twice', () => {
  test('before anybody looked, a lot is under no draw any more: every row is looked at', () => {
    const batch = lots.submit(20)
    const first = lots.draw(batch)
    lots.draw(batch, {}, { member: unit.members.inspector })
    for (const draw of [first.leaf]) {
      const made = lots.decide(unit.members.reviewerOne, { ...first, leaf: draw })
      expect(lots.codes(made, batch.rows)).toEqual(all(batch.rows, 'review/not-drawn'))
    }
    expect(lots.codes(lots.draw(batch).made, batch.rows)).toEqual(all(batch.rows, 'review/drawn-twice'))
    expect(lots.statuses(batch.rows)).toEqual(all(batch.rows, 'submitted'))
  })

  test('once an opinion is in, the second counts for nothing', () => {
    const draw = drawn()
    lots.decide(unit.members.reviewerOne, draw)
    const { made } = lots.draw({ batch: lots.revision(draw.rows[0]!).batch!, rows: draw.rows })
    expect(lots.codes(made, draw.rows)).toEqual(all(draw.rows, 'review/drawn-twice'))
  })
})

describe('an opinion about a drawn lot counts for nothing', () => {
  const expectRefused = (draw: FixtureDraw, code: string, change: Parameters<LotFixture['decide']>[3]) => {
    const made = lots.decide(unit.members.reviewerOne, draw, [], change)
    const named = new Set(
      made.commit.header.ops.flatMap((op) => ('rows' in op ? op.rows : [])).map((row) => row.record),
    )
    const rows = draw.rows.filter(({ record }) => named.has(record))
    expect(lots.codes(made, rows)).toEqual(all(rows, code))
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'submitted'))
  }

  test('when it leaves a row out, looked at or not', () => {
    const draw = drawn()
    const { sampled, skipped } = split(draw)
    for (const out of [sampled, skipped])
      expectRefused(draw, 'review/draw-rows', (rows) =>
        rows.filter(({ revision }) => revision !== out.revision),
      )
  })

  test('when it says of a sampled row that nobody looked at it, or the other way round', () => {
    const draw = drawn()
    const { sampled, skipped } = split(draw)
    expectRefused(draw, 'review/draw-rows', (rows) =>
      rows.map((row) => (row.revision === sampled.revision ? { ...row, unseen: true as const } : row)),
    )
    expectRefused(draw, 'review/draw-rows', (rows) =>
      rows.map(({ unseen, ...row }) =>
        row.revision === skipped.revision || unseen === undefined ? row : { ...row, unseen },
      ),
    )
  })

  test('when it names another draw, or none', () => {
    const [draw, other] = [drawn(), drawn()]
    const made = lots.decide(unit.members.reviewerOne, { ...draw, leaf: other.leaf })
    expect(lots.codes(made, draw.rows)).toEqual(all(draw.rows, 'review/draw-rows'))
    const { record, revision } = split(draw).sampled
    const { commitment } = lots.seal(unit.members.reviewerOne, split(draw).sampled, 'agree')
    const alone = lots.decideRows(unit.members.reviewerOne, [{ record, revision, commitment }])
    expect(lots.codes(alone, [split(draw).sampled])).toEqual(['review/drawn'])
  })

  test('when it decides the rows apart', () => {
    const draw = drawn()
    const half = draw.rows.slice(0, 10).map(({ revision }) => revision)
    for (const isFirst of [true, false])
      expectRefused(draw, 'review/draw-rows', (rows) =>
        rows.filter(({ revision }) => half.includes(revision) === isFirst),
      )
  })

  test('when it says that nobody looked at a row that is under no draw', () => {
    const { rows } = lots.submit(1)
    const [row] = rows as [LotFixtureRow]
    const { commitment } = lots.seal(unit.members.reviewerOne, row, 'agree')
    const { record, revision } = row
    const made = lots.decideRows(unit.members.reviewerOne, [{ record, revision, commitment, unseen: true }])
    expect(lots.codes(made, rows)).toEqual(['review/not-drawn'])
  })

  test('when a part of the lot is returned', () => {
    const draw = drawn()
    const made = lots.return(unit.members.reviewerOne, draw.rows.slice(1), draw.leaf)
    expect(lots.codes(made, draw.rows.slice(1))).toEqual(all(draw.rows.slice(1), 'review/draw-rows'))
  })
})

describe('an opening of a drawn lot counts for nothing', () => {
  function decided(misses: 'one' | 'none' = 'none', lie?: 'agree' | 'disagree'): FixtureDraw {
    const draw = drawn()
    lots.decide(unit.members.reviewerOne, draw)
    const missed = misses === 'one' ? [split(draw).sampled.revision] : []
    lots.decide(unit.members.reviewerTwo, draw, missed, undefined, lie)
    return draw
  }

  test('when it leaves rows out', () => {
    const draw = decided()
    const some = draw.rows.slice(0, 19)
    expect(lots.codes(lots.open(draw, undefined, some), some)).toEqual(all(some, 'review/draw-rows'))
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'unopened'))
  })

  test('when it hides a miss: no other row is agreed because of it', () => {
    const draw = decided('one')
    const made = lots.open(draw, (opinion) =>
      opinion.decision === 'unopenable' ? opinion : { ...opinion, decision: 'agree', lot: 'agree' },
    )
    expect(lots.codes(made, draw.rows)).toEqual(all(draw.rows, 'review/commitment-mismatch'))
  })

  test('when a reviewer agreed with the batch and not with the sample', () => {
    const draw = decided('one', 'agree')
    expect(lots.codes(lots.open(draw), draw.rows)).toEqual(all(draw.rows, 'review/sample-contradicted'))
    expect(lots.statuses(draw.rows)).toEqual(all(draw.rows, 'unopened'))
  })

  test('when a reviewer refused the batch and found nothing wrong in the sample', () => {
    const draw = decided('none', 'disagree')
    expect(lots.codes(lots.open(draw), draw.rows)).toEqual(all(draw.rows, 'review/sample-contradicted'))
  })
})
