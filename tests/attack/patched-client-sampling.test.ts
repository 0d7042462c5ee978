import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendCommit, type OpenCompartment } from '../../src-main/vault/compartment.ts'
import { drawOperation } from '../../src-main/vault/draw-queries.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { newId, type Digest } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation, OperationOf } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { drawActs } from '../../src-shared/review/lots.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { forge } from '../helpers/forgery.ts'
import { bytesOf, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { codeOf } from '../helpers/keyed-unit.ts'
import { LotFixture, samplingRules, type FixtureDraw } from '../helpers/lot-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'
import {
  importStudies,
  sampledCategory,
  samplingCatalogue,
  samplingPlan,
} from '../helpers/sampling-catalogue.ts'
import { deviceOf, enrol, exported, isVerified, must, receive } from '../helpers/two-devices.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

/** Clients that check nothing, at a drawn import: refused when committed, when brought by a device, and by the node above. */
type DecideRow = OperationOf<'review.decide'>['rows'][number]
type Draft = Operation extends infer Kind ? (Kind extends Operation ? Omit<Kind, 'digest'> : never) : never

interface Scene {
  readonly draw: Digest
  readonly rows: readonly (DecideRow & { readonly submission: Digest })[]
  readonly batch: string
}

interface Attack {
  readonly name: string
  readonly code: ErrorCode
  readonly by: 'first' | 'approver'
  draft(scene: Scene): Draft
}

const entity = () => newId(nodePrimitives)
const decideRows = ({ rows }: Scene): DecideRow[] => rows.map(({ submission: _, ...row }) => row)
const firstSeen = ({ rows }: Scene) => rows.find((row) => row.unseen !== true)?.revision

function decision(scene: Scene, rows: readonly DecideRow[], draw: Digest | null = scene.draw): Draft {
  const named = draw === null ? {} : { draw }
  return { op: 'review.decide', entity: entity(), ...named, rows: [...rows] }
}

const attacks: readonly Attack[] = [
  {
    name: 'a row is left out',
    code: 'review/draw-rows',
    by: 'first',
    draft: (scene) => decision(scene, decideRows(scene).slice(1)),
  },
  {
    name: 'a sampled row is said to be unseen',
    code: 'review/draw-rows',
    by: 'first',
    draft: (scene) =>
      decision(
        scene,
        decideRows(scene).map((row) => (row.revision === firstSeen(scene) ? { ...row, unseen: true } : row)),
      ),
  },
  {
    name: 'rows are decided apart',
    code: 'review/drawn',
    by: 'first',
    draft: (scene) => {
      const rows = decideRows(scene).filter((row) => row.unseen !== true)
      return decision(scene, rows.slice(0, 1), null)
    },
  },
  {
    name: 'another draw is named',
    code: 'review/draw-rows',
    by: 'first',
    draft: (scene) => decision(scene, decideRows(scene), 'd'.repeat(64)),
  },
  {
    name: 'a part of the lot is returned',
    code: 'review/draw-rows',
    by: 'first',
    draft: ({ draw, rows }) => ({
      op: 'review.return',
      entity: entity(),
      draw,
      rows: rows.slice(1).map(({ record, revision }) => ({ record, revision })),
    }),
  },
  {
    name: 'a smaller sample is drawn',
    code: 'review/draw-rows',
    by: 'approver',
    draft: ({ batch, rows }) => ({
      op: 'review.draw',
      entity: entity(),
      batch,
      category: sampledCategory,
      plan: { tolerablePermille: 500, confidencePermille: 500 },
      rows: rows.map(({ record, revision, submission }) => ({ record, revision, submission })),
    }),
  },
]

describe('a drawn import of a vault', () => {
  let home: VaultFixture
  let away: VaultFixture
  let scene: Scene
  beforeAll(async () => {
    home = await VaultFixture.found({ catalogue: samplingCatalogue() })
    const batch = await importStudies(home, 12)
    const { draw } = await home.value('approver', 'review.draw', { batch, category: sampledCategory })
    const { vault } = await home.session('approver')
    const { database } = vault.compartments.get('archive') as OpenCompartment
    const [line] = (
      await home.value('first', 'review.batch', { batch, kind: 'to-review', offset: 0, limit: 1 })
    ).rows
    const operation = drawOperation(database, draw, line!.revision)!
    const acts = drawActs(nodePrimitives, vault.unit, draw, operation)
    const rows = operation.rows.map((row, at) => {
      const act = acts[at]
      const isSeen = act?.act === 'draw' && act.drawn.seen
      return {
        ...row,
        commitment: newId(nodePrimitives).repeat(2),
        ...(isSeen ? {} : { unseen: true as const }),
      }
    })
    scene = { draw, rows, batch }
    away = await enrol(home, '办公室二')
  })
  afterAll(() => {
    home.close()
    away.close()
  })

  test.each(attacks.map((attack) => [attack.name, attack] as const))(
    'is left alone by the product’s own functions below the screens when %s',
    async (_name, { code, by, draft }) => {
      const { vault } = await home.session(by)
      const { id: member, signer } = vault.member
      const role = by === 'first' ? 'reviewer' : 'approver'
      const body = prepareBody(nodePrimitives, { sealed: '' })
      const made = appendCommit(
        vault.primitives,
        vault.compartments.get('archive') as OpenCompartment,
        vault.authority,
        {
          author: { unit: vault.unit, member, role, signer },
          at: '2026-11-22T02:00:00.000Z',
          operations: [{ ...draft(scene), digest: body.digest } as Operation],
          bodies: [body],
        },
      )
      expect(codeOf(made)).toBe(code)
    },
  )

  test('stays as it was when another device brings all of that, and each is named', async () => {
    for (const [index, { by, draft }] of attacks.entries()) {
      const { vault } = await away.session(by)
      const { id: member, signer } = vault.member
      const role = by === 'first' ? 'reviewer' : 'approver'
      const deps = index === 0 ? [scene.draw] : []
      forge(vault, 'archive', { member, role, signer, deps }, [
        { operation: draft(scene) as never, body: { sealed: '' } },
      ])
    }
    const voids: string[] = []
    for (const path of await exported(away, await deviceOf(home)))
      voids.push(...must(await receive(home, path)).voids.map(({ code }) => code))
    expect(new Set(voids)).toEqual(new Set(attacks.map(({ code }) => code)))
    for (const { record, revision } of scene.rows)
      expect(await home.status({ record, revision })).toBe('submitted')
    const [lot] = await home.value('first', 'review.lots', { batch: scene.batch })
    expect(lot).toMatchObject({ plan: samplingPlan, drawn: { draw: scene.draw } })
    expect(await isVerified(home)).toBe(true)
  })
})

describe('the node above finds void, row by row', () => {
  let fixture: HubFixture
  let lots: LotFixture
  beforeEach(async () => {
    fixture = await hubWithUnit({}, { rules: samplingRules })
    lots = new LotFixture(fixture.unit)
  })
  afterEach(async () => await fixture.close())

  /** Codes of the void steps, from the receipt; the control log goes first. */
  async function codes(): Promise<readonly string[]> {
    const { hub, unit } = fixture
    const sent = async (compartment: 'control' | 'archive') => {
      const bundle = bundleOf(unit, { compartment, recipients: [hub.card.recipients[compartment]] })
      const report = await hub.ingest(bytesOf(await packed(bundle)))
      if (!report.ok) throw new Error(report.error.code)
      return (await openReceipt(unit, hub.card, compartment, report.value.receipt)).voids
    }
    await sent('control')
    return (await sent('archive')).map(({ code }) => code)
  }

  const drawn = (): FixtureDraw => lots.draw(lots.submit(20))
  const times = (count: number, code: string) => Array.from({ length: count }, () => code)

  test('an honest road of a sampled import not at all', async () => {
    const draw = drawn()
    lots.decide(fixture.unit.members.reviewerOne, draw)
    lots.decide(fixture.unit.members.reviewerTwo, draw)
    lots.open(draw)
    lots.sign(draw.rows)
    expect(await codes()).toEqual([])
    expect(lots.statuses(draw.rows)).toEqual(times(20, 'archived'))
  })

  test('a decision that leaves a row out, and one that says of a sampled row that nobody looked', async () => {
    const draw = drawn()
    const { reviewerOne, reviewerTwo } = fixture.unit.members
    lots.decide(reviewerOne, draw, [], (rows) => rows.slice(1))
    lots.decide(reviewerTwo, draw, [], (rows) => rows.map((row) => ({ ...row, unseen: true as const })))
    expect(await codes()).toEqual(times(39, 'review/draw-rows'))
  })

  test('a draw where the category allows none, and an opening that hides a miss', async () => {
    const batch = lots.submit(20, { category: 'D9' })
    lots.draw(batch, { category: 'D9' })
    const draw = drawn()
    const [miss] = draw.sample
    lots.decide(fixture.unit.members.reviewerOne, draw)
    lots.decide(fixture.unit.members.reviewerTwo, draw, [miss as Digest])
    lots.open(draw, (opinion) =>
      opinion.decision === 'unopenable' ? opinion : { ...opinion, decision: 'agree', lot: 'agree' },
    )
    expect([...(await codes())].sort()).toEqual([
      ...times(20, 'review/commitment-mismatch'),
      ...times(20, 'review/no-sampling'),
    ])
  })
})
