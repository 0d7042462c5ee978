import { fc } from '../../helpers/properties.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bringOut, takeIn, type Carried } from '../../helpers/direct-exchange.ts'
import { enrol, tablesOf } from '../../helpers/two-devices.ts'
import { fewPeople, loan, VaultFixture, type Row } from '../../helpers/vault-fixture.ts'

/*
 * Three real vaults of one unit. People work on any of them, bundles are written, wait, arrive late, twice or never;
 * in the end everybody has met everybody, and all hold the same.
 */
const by = 'approver'
const devices: VaultFixture[] = []
let cadre: string
/** Facts that every device knows from the start: what is corrected on two of them at once is a conflict. */
const facts: Row[] = []

beforeAll(async () => {
  const first = await VaultFixture.found({ people: fewPeople })
  devices.push(first)
  cadre = await first.openCadre('张三丰')
  for (let index = 0; index < 2; index++) {
    const row = await first.submit(cadre)
    await first.archive(row)
    facts.push(row)
  }
  devices.push(await enrol(first, '办公室二', by), await enrol(first, '办公室三', by))
  await everybodyMeets()
})

afterAll(() => {
  for (const device of devices) device.close()
})

const device = fc.nat({ max: 2 })
const step = fc.oneof(
  fc.record({ what: fc.constant('correct' as const), device, fact: fc.nat({ max: 1 }) }),
  fc.record({ what: fc.constant('review' as const), device, pick: fc.nat() }),
  fc.record({ what: fc.constant('withdraw' as const), device, pick: fc.nat() }),
  fc.record({ what: fc.constant('write' as const), device, to: device, full: fc.boolean() }),
  fc.record({ what: fc.constant('arrive' as const), pick: fc.nat() }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Run {
  /** Submissions of this run, wherever they were made. */
  readonly rows: Row[]
  /** Bundles that lie about, with whom they are for. */
  readonly sticks: { readonly to: VaultFixture; readonly bundles: readonly Carried[] }[]
}

async function take(run: Run, one: Step): Promise<void> {
  if (one.what === 'arrive') {
    const stick = run.sticks[one.pick % Math.max(1, run.sticks.length)]
    if (stick !== undefined) await arrive(stick)
    return
  }
  const here = devices[one.device] as VaultFixture
  if (one.what === 'write') {
    const to = devices[one.to] as VaultFixture
    if (to === here) return
    const kind = one.full ? 'full' : 'update'
    const bundles = [
      await bringOut(here, to, 'control', by, kind),
      await bringOut(here, to, 'archive', by, kind),
    ]
    run.sticks.push({ to, bundles: bundles.filter((bundle) => bundle !== null) })
    return
  }
  if (one.what === 'correct') {
    const fact = facts[one.fact] as Row
    const submitted = await here.call('collector', 'record.submit', {
      ...loan(cadre),
      record: fact.record,
      parent: fact.revision,
      values: { ...loan(cadre).values, description: `更正 ${run.rows.length}` },
    })
    if (submitted.ok) run.rows.push(submitted.value)
    return
  }
  const row = run.rows[one.pick % Math.max(1, run.rows.length)]
  if (row === undefined) return
  // Any of this is refused where the row is not known yet or has gone further: that is no fault of the exchange.
  if (one.what === 'withdraw') {
    await here.call('collector', 'record.withdraw', {
      record: row.record,
      revision: row.revision,
      reason: '',
    })
    return
  }
  await here.decide(row, 'first')
  await here.decide(row, 'second')
  await here.open(row)
  await here.sign(row)
}

/** Refused only for what has not come yet. */
async function arrive({ to, bundles }: Run['sticks'][number]): Promise<void> {
  for (const bundle of bundles) {
    const refused = await takeIn(to, bundle, by)
    expect([null, 'bundle/missing-prerequisite', 'bundle/gap']).toContain(refused)
  }
}

async function everybodyMeets(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const from of devices) {
      for (const to of devices) {
        if (from === to) continue
        for (const compartment of ['control', 'archive'] as const) {
          const bundle = await bringOut(from, to, compartment, by)
          if (bundle !== null) expect(await takeIn(to, bundle, by)).toBe(null)
          await to.refresh()
        }
      }
    }
  }
}

test('devices that met in any order hold the same log, the same marks and the same tables', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const run: Run = { rows: [], sticks: [] }
      for (const one of steps) await take(run, one)
      await everybodyMeets()
      for (const stick of run.sticks) await arrive(stick)
      const [first, ...others] = await Promise.all(devices.map((one) => tablesOf(one, by)))
      for (const other of others) expect(other).toEqual(first)
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 600_000)
