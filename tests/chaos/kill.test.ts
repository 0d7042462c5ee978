import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '../../src-main/cli/demo/random.ts'
import { openHub, type Hub } from '../../src-hub/index.ts'
import { hubCardBytes } from '../../src-shared/bundle/hub-card.ts'
import { fromUtf8 } from '../../src-shared/kernel/bytes.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { foundUnit, mustFound } from '../helpers/founding.ts'
import { startCoreProcess, type CoreProcess } from './core-process.ts'
import { compare, expectNothingIncoming, newLedger } from './ledger.ts'
import { someTurns, touched } from './moments.ts'
import { foundingOf, newJob, password, savingsTable } from './small-office.ts'
import {
  enter,
  enterWithEvidence,
  exportThenEnter,
  importThenEnter,
  openOne,
  previewNext,
  type Desk,
} from './works.ts'

/** In which work the core is killed, in an order that the seed decides. */
const works = [
  ...Array<'enter'>(8).fill('enter'),
  ...Array<'evidence'>(3).fill('evidence'),
  ...Array<'import'>(4).fill('import'),
  ...Array<'export'>(3).fill('export'),
  ...Array<'unlock'>(3).fill('unlock'),
] as const
type Work = (typeof works)[number]

/** A founding by what it leaves in the vault: the core is killed once after each of these. */
const foundingSteps: readonly ((vault: string) => Promise<void>)[] = [
  async () => undefined,
  (vault) => touched(vault, /^control\.db-journal$/),
  (vault) => touched(vault, /^control\.db-wal$/),
  (vault) => touched(vault, /^discipline\.db$/),
  (vault) => touched(vault, /^keyrings\.json/),
  (vault) => touched(vault, /^keyslots$/),
  async (vault) => {
    // The slots that the founding before left are cleared before the new keyrings are written.
    await touched(vault, /^keyrings\.json\.new$/)
    await touched(vault, /^keyslots$/)
    await touched(join(vault, 'keyslots'), /\.new$/, 2)
  },
  (vault) => touched(vault, /^vault\.json/),
]

/** An unlocking: before the password is tried, while it is, and when the databases are open. */
const unlockingSteps = [/^attempts\.json\.new$/, /^attempts\.json$/, /^archive\.db-wal$/] as const

let root: string
let hub: Hub

beforeAll(async () => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-kill-'))
  const opened = await openHub({ dataDirectory: join(root, 'hub'), create: { name: '示例上级' } })
  if (!opened.ok) throw new Error(opened.error.code)
  hub = opened.value
})

afterAll(async () => {
  await hub.close()
  rmSync(root, { recursive: true, force: true })
})

function newFolder(name: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  return folder
}

function start(vaultDirectory: string): CoreProcess {
  // Spares every core but the first ones the compiling of its sources: what is tested comes after that.
  const environment = { NODE_COMPILE_CACHE: join(root, 'compiled') }
  return startCoreProcess({ vaultDirectory, environment })
}

/** Kills the core at this moment of its work, which must not have come to an end by itself. */
async function cutOff(core: CoreProcess, moment: Promise<unknown>, work: Promise<unknown>): Promise<void> {
  const early = work.then(() => {
    throw new Error('the work ended before the core was killed')
  })
  await Promise.race([moment, early])
  early.catch(() => undefined)
  expect(await core.kill()).toBe('SIGKILL')
  await work
}

function expectDoneOrCutOff(result: Result<unknown>): void {
  expect(['done', 'call/core-ended']).toContain(result.ok ? 'done' : result.error.code)
}

async function found(core: CoreProcess) {
  return await foundUnit(core, foundingOf(fromUtf8(hubCardBytes(hub.card))))
}

async function verify(core: CoreProcess): Promise<void> {
  const report = await core.value('log.verify', { job: newJob() })
  expect(report).toMatchObject({ verified: true })
  expect(report.compartments.flatMap(({ voids }) => voids)).toEqual([])
}

async function unlocked(vaultDirectory: string, login: string): Promise<CoreProcess> {
  const core = start(vaultDirectory)
  await core.value('session.unlock', { login, password })
  return core
}

it.concurrent('a founding that is cut off leaves no unit, or a whole one', async () => {
  const random = seededRandom(1)
  let vault = newFolder('founding')
  for (const [index, step] of foundingSteps.entries()) {
    const core = start(vault)
    expect((await core.value('session.status', {})).vault).toBe('none')
    const reached = step(vault)
    const founding = found(core)
    await Promise.race([reached.then(() => someTurns(random, 1_000)), founding])
    expect(await core.kill()).toBe('SIGKILL')
    expectDoneOrCutOff(await founding)

    const after = start(vault)
    const { vault: state } = await after.value('session.status', {})
    if (state === 'locked') {
      await expectWhole(after)
      vault = newFolder(`founding-${index}`)
    } else {
      expect(state).toBe('none')
      expect(await after.kill()).toBe('SIGKILL')
    }
  }
  const core = start(vault)
  expect(await found(core)).toMatchObject({ ok: true })
  await expectWhole(core)
})

async function expectWhole(core: CoreProcess): Promise<void> {
  expect(await found(core)).toMatchObject({ ok: false, error: { code: 'vault/exists' } })
  await core.value('session.unlock', { login: 'approver', password })
  expect((await core.value('unit.read', {})).members).toHaveLength(4)
  await verify(core)
  expect(await core.lock()).toBe(0)
}

describe.concurrent.each([20_261_122, 20_261_123])('of work that is cut off (seed %i)', (seed) => {
  it('all that was acknowledged is there, and no half of anything', async () => {
    const random = seededRandom(seed)
    const [vault, bundles] = [newFolder(`vault-${seed}`), newFolder(`bundles-${seed}`)]
    const founder = start(vault)
    const founded = await mustFound(founder, foundingOf(fromUtf8(hubCardBytes(hub.card))))
    await hub.trust({ unit: founded.unit, unitRootPublicKey: founded.unitRootPublicKey })
    expect(await founder.lock()).toBe(0)

    const ledger = newLedger()
    const taken = new Set<string>()
    const steps = [...unlockingSteps]
    let [number, openings] = [0, 0]
    const deskAt = (core: CoreProcess): Desk => ({ core, ledger, random, next: () => number++ })
    const first = await unlocked(vault, 'collector')
    expect(await openOne(deskAt(first))).not.toBeNull()
    expect(await first.lock()).toBe(0)

    for (const work of random.shuffled(works)) {
      if (work === 'unlock') {
        await cutOffUnlocking(start(vault), random, touched(vault, steps.pop() as RegExp))
        continue
      }
      const core = await unlocked(vault, 'collector')
      expectNothingIncoming(vault)
      await compare(core, ledger)
      await handOver(core, bundles, taken)
      openings += 1
      if (openings % 9 === 0) await verify(core)
      await cutOffAt(deskAt(core), work, bundles)
    }

    const last = await unlocked(vault, 'approver')
    await verify(last)
    expect(await last.lock()).toBe(0)
    const collector = await unlocked(vault, 'collector')
    await compare(collector, ledger)
    const sent = await collector.value('sync.export', { folder: bundles, kind: 'full', job: newJob() })
    expect(sent.map(({ compartment }) => compartment)).toEqual(['control', 'archive'])
    await handOver(collector, bundles, taken)
    expect(await collector.lock()).toBe(0)
    const status = await hub.status(founded.unit)
    if (!status.ok) throw new Error(status.error.code)
    const archive = status.value.compartments.find(({ compartment }) => compartment === 'archive')
    const { accepted } = savingsTable(0)
    expect(archive?.records).toBe(ledger.records.size + ledger.batches.size * accepted)
  }, 300_000)
})

async function cutOffUnlocking(core: CoreProcess, random: Random, reached: Promise<void>): Promise<void> {
  const unlocking = core.call('session.unlock', { login: 'collector', password })
  await Promise.race([reached.then(() => someTurns(random, 3_000)), unlocking])
  expect(await core.kill()).toBe('SIGKILL')
  expectDoneOrCutOff(await unlocking)
}

async function cutOffAt(desk: Desk, work: Exclude<Work, 'unlock'>, bundles: string): Promise<void> {
  const { core, random } = desk
  if (work === 'import') {
    const session = await previewNext(desk)
    // The progress is told inside the transaction.
    const begun = random.chance(50) ? core.event('progress') : Promise.resolve()
    const moment = begun.then(() => someTurns(random, 1_500))
    await cutOff(core, moment, importThenEnter(desk, session))
  } else if (work === 'export') {
    const begun = touched(bundles, /\.partial$/, random.integer(1, 2))
    const moment = begun.then(() => someTurns(random, 3_000))
    await cutOff(core, moment, exportThenEnter(desk, bundles))
  } else {
    const answers = core.answers(random.integer(0, 25))
    const moment = answers.then(() => someTurns(random, 2_000))
    await cutOff(core, moment, work === 'enter' ? enter(desk) : enterWithEvidence(desk))
  }
}

/** Everything that has the name of a bundle is one, and the node above takes it; what else lies there is not shown. */
async function handOver(core: CoreProcess, folder: string, taken: Set<string>): Promise<void> {
  const names = readdirSync(folder)
  const whole = names.filter((name) => name.endsWith('.liandang'))
  const { bundles } = await core.value('sync.browse', { path: folder })
  expect(bundles.map(({ name }) => name).sort()).toEqual(whole.sort())
  expect(names.filter((name) => !/^[0-9a-f]{32}\.liandang(\.partial)?$/.test(name))).toEqual([])
  const age = (name: string) => statSync(join(folder, name)).mtimeMs
  const waiting = new Set(whole.filter((one) => !taken.has(one)).sort((a, b) => age(a) - age(b)))
  while (waiting.size > 0) {
    const before = waiting.size
    for (const name of waiting) {
      const report = await hub.ingest(join(folder, name))
      // Of two that were written within one tick of the clock, nobody sees which came first.
      if (!report.ok && report.error.code === 'bundle/missing-prerequisite') continue
      expect(report).toMatchObject({ ok: true, value: { voids: 0 } })
      waiting.delete(name)
      taken.add(name)
    }
    expect(waiting.size).toBeLessThan(before)
  }
}
