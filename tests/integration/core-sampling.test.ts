import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BatchRow } from '../../src-shared/contract/views.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { drawSample, drawSeed, sampleSize } from '../../src-shared/review/sampling.ts'
import { forge } from '../helpers/forgery.ts'
import {
  importStudies,
  sampledCategory,
  samplingCatalogue,
  samplingPlan,
} from '../helpers/sampling-catalogue.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

/** An import of twelve rows, reviewed by a sample of eight, through the calls that the screens make. */
let vault: VaultFixture
beforeAll(async () => {
  vault = await VaultFixture.found({ catalogue: samplingCatalogue() })
})
afterAll(() => vault.close())

async function rowsOf(
  batch: Id,
  by: string,
  kind: 'to-review' | 'to-open' | 'to-sign',
  part?: 'seen' | 'unseen',
) {
  const input = { batch, kind, offset: 0, limit: 100, ...(part === undefined ? {} : { part }) }
  return (await vault.value(by, 'review.batch', input)).rows
}

async function draw(batch: Id, by = 'approver') {
  return await vault.value(by, 'review.draw', { batch, category: sampledCategory })
}

function decision(rows: readonly BatchRow[], misses: readonly Digest[] = []) {
  return rows.map(({ record, revision }) => {
    const isMiss = misses.includes(revision)
    const decided = isMiss ? ('disagree' as const) : ('agree' as const)
    return { record, revision, decision: decided, reasons: [], marks: [], words: isMiss ? '与原件不符' : '' }
  })
}

async function decide(batch: Id, leaf: Digest, by: string, misses: readonly Digest[] = []) {
  const rows = decision(await rowsOf(batch, by, 'to-review', 'seen'), misses)
  return await vault.call(by, 'review.decide', { compartment: 'archive', draw: leaf, rows })
}

const named = ({ record, revision }: BatchRow) => ({ record, revision })

async function opened(batch: Id, rows: 'one' | 'all' = 'all') {
  const waiting = (await rowsOf(batch, 'approver', 'to-open')).map(named)
  const input = rows === 'all' ? waiting : waiting.slice(0, 1)
  return await vault.value('approver', 'review.open', { compartment: 'archive', rows: input })
}

describe('an import in a category that allows sampling', () => {
  test('is offered with its plan to those who may draw, and to reviewers to read', async () => {
    const batch = await importStudies(vault, 12)
    const lots = await vault.value('approver', 'review.lots', { batch })
    expect(lots).toEqual([
      {
        category: sampledCategory,
        compartment: 'archive',
        plan: samplingPlan,
        lot: 12,
        size: sampleSize(12, samplingPlan),
        intolerable: 3,
        drawn: null,
        broken: 0,
        mayDraw: true,
      },
    ])
    const [seen] = await vault.value('first', 'review.lots', { batch })
    expect(seen?.mayDraw).toBe(false)
    expect(await vault.refusal('first', 'review.draw', { batch, category: sampledCategory })).toBe(
      'call/not-permitted',
    )
  })

  test('draws rows that anybody can draw again from what is signed', async () => {
    const batch = await importStudies(vault, 12)
    const made = await draw(batch, 'inspector')
    const [lot] = await vault.value('second', 'review.lots', { batch })
    const rows = await rowsOf(batch, 'first', 'to-review')
    const unit = (await vault.session('first')).vault.unit
    const seed = drawSeed(nodePrimitives, unit, made.draw, lot!.drawn!.submissions)
    expect(lot?.drawn).toMatchObject({ draw: made.draw, seed })
    const sample = drawSample(nodePrimitives, seed, rows, made.size)
    expect(
      rows
        .filter((row) => row.drawn?.seen)
        .map(({ revision }) => revision)
        .sort(),
    ).toEqual([...sample].sort())
    expect(await rowsOf(batch, 'first', 'to-review', 'seen')).toHaveLength(made.size)
    expect(await rowsOf(batch, 'first', 'to-review', 'unseen')).toHaveLength(12 - made.size)
    expect(await vault.refusal('approver', 'review.draw', { batch, category: sampledCategory })).toBe(
      'review/drawn-twice',
    )
  })

  test('is archived with the mark when two reviewers found the sample right', async () => {
    const batch = await importStudies(vault, 12)
    const made = await draw(batch)
    for (const by of ['first', 'second']) {
      expect(await decide(batch, made.draw, by)).toMatchObject({ ok: true, value: { done: 12, refused: [] } })
    }
    // One row brings all the others of its lot.
    expect(await opened(batch, 'one')).toMatchObject({ done: 12 })
    const rows = await rowsOf(batch, 'approver', 'to-sign')
    expect(rows).toHaveLength(12)
    expect(rows.filter(({ drawn }) => drawn?.seen === false)).toHaveLength(12 - made.size)
    await vault.value('approver', 'review.sign', { compartment: 'archive', rows: rows.map(named), words: '' })
    const unseen = rows.find(({ drawn }) => drawn?.seen === false)!
    const view = await vault.value('collector', 'record.read', { record: unseen.record })
    expect(view.revisions[0]).toMatchObject({
      status: 'archived',
      drawn: { draw: made.draw, seed: made.seed, lot: 12, size: made.size, seen: false, contested: null },
    })
    expect((await vault.verify(await vault.keys())).verified).toBe(true)
  })

  test('says that its sample holds no more when some rows were drawn again, and can be returned as a whole', async () => {
    const batch = await importStudies(vault, 12)
    const made = await draw(batch)
    const [lot] = await vault.value('second', 'review.lots', { batch })
    expect(lot?.broken).toBe(0)
    const again = (await rowsOf(batch, 'first', 'to-review')).slice(0, 3).map(named)
    const submission = lot?.drawn?.submissions[0] as Digest
    // By a client that asks nobody whether it was drawn before.
    const { vault: open } = await vault.session('inspector')
    const { id, signer } = open.member
    const operation = {
      op: 'review.draw' as const,
      entity: newId(nodePrimitives),
      batch,
      category: sampledCategory,
      plan: samplingPlan,
      rows: again.map((row) => ({ ...row, submission })),
    }
    forge(open, 'archive', { member: id, role: 'inspector', signer }, [{ operation }])
    const [broken] = await vault.value('second', 'review.lots', { batch })
    expect(broken?.broken).toBe(3)
    expect(await decide(batch, made.draw, 'first')).toMatchObject({
      ok: false,
      error: { code: 'review/draw-broken' },
    })
    const drawn = (await rowsOf(batch, 'first', 'to-review')).filter((row) => row.drawn !== null)
    expect(drawn).toHaveLength(9)
    const [one] = drawn.map(named)
    expect(await vault.return(one!, 'first')).toMatchObject({ ok: true })
    // What was drawn twice is under no draw, and is reviewed row by row.
    expect((await rowsOf(batch, 'first', 'to-review')).map(({ revision }) => revision).sort()).toEqual(
      again.map(({ revision }) => revision).sort(),
    )
  })

  test('goes back whole for one miss, and nobody knows of it before the opening', async () => {
    const batch = await importStudies(vault, 12)
    const made = await draw(batch)
    const [miss] = await rowsOf(batch, 'second', 'to-review', 'seen')
    await decide(batch, made.draw, 'first')
    await decide(batch, made.draw, 'second', [miss!.revision])
    const before = await rowsOf(batch, 'approver', 'to-open')
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set(['unopened']))
    await opened(batch)
    for (const row of before) expect(await vault.status(named(row))).toBe('returned')
  })

  test('takes no decision about a part of the sample, or about a row alone', async () => {
    const batch = await importStudies(vault, 12)
    const made = await draw(batch)
    const rows = decision(await rowsOf(batch, 'first', 'to-review', 'seen'))
    const unseen = decision(await rowsOf(batch, 'first', 'to-review', 'unseen'))
    const refusal = async (some: typeof rows, leaf?: Digest) =>
      await vault.refusal('first', 'review.decide', {
        compartment: 'archive',
        ...(leaf === undefined ? {} : { draw: leaf }),
        rows: some,
      })
    expect(await refusal(rows.slice(1), made.draw)).toBe('review/draw-rows')
    expect(await refusal([...rows, ...unseen], made.draw)).toBe('review/draw-rows')
    expect(await refusal(rows.slice(0, 1))).toBe('review/drawn')
    expect(await refusal(unseen.slice(0, 1))).toBe('review/drawn')
  })

  test('goes back whole when a reviewer returns one of its rows', async () => {
    const batch = await importStudies(vault, 12)
    await draw(batch)
    const rows = await rowsOf(batch, 'first', 'to-review')
    const returned = await vault.value('first', 'review.return', {
      compartment: 'archive',
      rows: rows.slice(0, 1).map(named),
      reasons: ['incomplete'],
      marks: [],
      words: '',
    })
    expect(returned.done).toBe(12)
    for (const row of rows) expect(await vault.status(named(row))).toBe('returned')
  })

  test('is looked at row by row where a sample would spare nobody anything', async () => {
    const batch = await importStudies(vault, 3)
    const [lot] = await vault.value('approver', 'review.lots', { batch })
    expect(lot).toMatchObject({ lot: 3, size: 3, mayDraw: false })
    expect(await vault.refusal('approver', 'review.draw', { batch, category: sampledCategory })).toBe(
      'review/no-sampling',
    )
  })
})

test('the shipped catalogue offers no sampling anywhere', async () => {
  const shipped = await VaultFixture.found()
  const batch = await importStudies(shipped, 12)
  expect(await shipped.value('approver', 'review.lots', { batch })).toEqual([])
  expect(await shipped.refusal('approver', 'review.draw', { batch, category: sampledCategory })).toBe(
    'review/no-sampling',
  )
  shipped.close()
})
