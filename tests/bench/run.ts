import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { newId } from '../../src-shared/kernel/ids.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { readBundle, type BundleHandler } from '../../src-shared/node/bundle-reader.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { openHub } from '../../src-hub/index.ts'
import { runJob } from '../../src-main/jobs/run.ts'
import type { JobVault } from '../../src-main/jobs/messages.ts'
import { accessEntries } from './access.ts'
import { bareAppend, bareVerify, bareVerifyOneThread } from './bare.ts'
import { fill, openBenchUnit, submitOne, type BenchUnit } from './bench-unit.ts'
import { measureDesk } from './desk.ts'
import {
  cloneBundle,
  createBundle,
  plainRepository,
  signedCommits,
  signedRepository,
  verifyCommits,
} from './git-peer.ts'
import { epochOf } from './epoch.ts'
import { importWorkbook } from './import.ts'
import { measureQueue } from './queue.ts'
import { authorityOfReviews, reviewBatch } from './review.ts'
import { medianRate, rateOf, table, type Comparison, type Measurement } from './measure.ts'

/**
 * Measures what the main job hangs on against the bare limits of this machine and against git, all in this one run.
 * `--commits N` is the length of the long log (100,000), `--single N` the number of durable commits made one by one,
 * `--revisions N` the size of the vault that is unlocked (100,000; the design's figure is for 1,000,000). `--large`
 * starts a new epoch of a compartment of 1 GB instead of 64 MB. `--rows N` is the length of the imported workbook.
 */
const { values } = parseArgs({
  options: {
    commits: { type: 'string', default: '100000' },
    single: { type: 'string', default: '1000' },
    revisions: { type: 'string', default: '100000' },
    large: { type: 'boolean', default: false },
    rows: { type: 'string', default: '100000' },
  },
})
const longLog = Number(values.commits)
const singles = Number(values.single)
const revisions = Number(values.revisions)
const gitCommits = 60
const batchRows = 1000

const scratch = mkdtempSync(join(tmpdir(), 'liandang-bench-'))
const never = new AbortController().signal
const say = (text: string) => process.stderr.write(`${text}\n`)

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

async function append(unit: BenchUnit): Promise<Measurement> {
  say('append …')
  const cadre = newId(nodePrimitives)
  const rate = await medianRate(3, singles, () => {
    for (let index = 0; index < singles; index++) submitOne(unit.vault, cadre, index)
  })
  const against: Comparison[] = [
    // "at most 1.5 times as long"
    {
      name: 'SQLCipher insert + Ed25519',
      rate: await medianRate(3, singles, () => bareAppend(scratch, singles)),
      aim: 0.67,
    },
  ]
  const repository = signedRepository(scratch)
  if (repository !== null) {
    against.push({
      name: 'git commit -S (ssh)',
      rate: await rateOf(gitCommits, () => signedCommits(repository, gitCommits)),
      aim: 20,
    })
  }
  return { name: 'signed durable commit', rate, unit: '/s', against }
}

function jobVault({ vault, rootPublicKey }: BenchUnit): JobVault {
  return {
    directory: vault.layout.directory,
    unit: vault.unit,
    rootPublicKey,
    databaseKeys: vault.databaseKeys,
  }
}

async function verify(unit: BenchUnit, commits: number): Promise<Measurement> {
  say('verify …')
  const rate = await rateOf(commits, async () => {
    const job = { kind: 'verify', vault: jobVault(unit), at: new Date().toISOString() } as const
    const report = unwrap(await runJob<'verify'>(job, () => undefined, never))
    if (!report.verified) throw new Error('the log does not verify')
  })
  const sample = Math.min(commits, 20_000)
  const against: Comparison[] = [
    {
      name: `Ed25519 verify × ${availableParallelism()} cores`,
      rate: await rateOf(sample, () => bareVerify(sample)),
      aim: 0.8,
    },
  ]
  const repository = signedRepository(mkdtempSync(join(scratch, 'verify-')))
  if (repository !== null) {
    signedCommits(repository, gitCommits)
    const theirs = await rateOf(gitCommits, () => verifyCommits(repository))
    against.push({ name: 'git log --show-signature', rate: theirs, aim: 50 })
  }
  return { name: 'verify (all, with tables derived anew)', rate, unit: ' commits/s', against }
}

async function bundles(
  unit: BenchUnit,
  commits: number,
  hub: Awaited<ReturnType<typeof benchHub>>,
): Promise<Measurement[]> {
  say('bundles …')
  const repository = plainRepository(scratch, commits)
  const gitBundle = join(scratch, 'peer.bundle')
  const theirWrite: Comparison[] = []
  const theirRead: Comparison[] = []
  if (repository !== null) {
    theirWrite.push({
      name: 'git bundle create',
      rate: await rateOf(commits, () => createBundle(repository, gitBundle)),
      aim: 1,
    })
    const target = join(scratch, 'clone')
    theirRead.push({
      name: 'git clone of a bundle',
      rate: await rateOf(commits, () => cloneBundle(gitBundle, target)),
      aim: 1,
    })
  }
  const write = async (compartment: 'control' | 'archive', path: string) => {
    const { vault } = unit
    const createdAt = new Date().toISOString()
    const job = {
      kind: 'export',
      vault: jobVault(unit),
      compartment,
      bundleKind: 'full',
      target: { to: 'upstream' },
      device: vault.device.id,
      path,
      createdAt,
    } as const
    return unwrap(await runJob<'export'>(job, () => undefined, never))
  }
  const control = join(scratch, 'control.liandang')
  const archive = join(scratch, 'archive.liandang')
  await write('control', control)
  const writeRate = await rateOf(commits, () => write('archive', archive))
  const readRate = await rateOf(commits, () => readWhole(archive))
  unwrap(await hub.ingest(control))
  const ingestRate = await rateOf(commits, async () => unwrap(await hub.ingest(archive)))
  const note = `${(statSync(archive).size / 1e6).toFixed(1)} MB`
  return [
    { name: `bundle write (${note})`, rate: writeRate, unit: ' commits/s', against: theirWrite },
    {
      name: 'bundle read (fixity of all, every line)',
      rate: readRate,
      unit: ' commits/s',
      against: theirRead,
    },
    {
      name: 'hub ingest (verified, judged, stored)',
      rate: ingestRate,
      unit: ' commits/s',
      against: [
        { name: 'Ed25519 verify, one thread', rate: await rateOf(10_000, () => bareVerifyOneThread(10_000)) },
      ],
    },
  ]
}

/** Opens a bundle as any reader must, without judging what the commits say. */
async function readWhole(path: string): Promise<void> {
  const taken = ok(true as const)
  const handler: BundleHandler = {
    onStatement: () => taken,
    onFile: () => taken,
    onCommitLine: () => taken,
    onBodyLine: () => taken,
    onCheckpoint: () => taken,
    onEvidence: () => taken,
    onEnd: () => taken,
  }
  const { identities } = unit.vault
  unwrap(await readBundle({ source: path, identities: identities.get('archive') ?? [], handler }))
}

async function benchHub() {
  return unwrap(
    await openHub({
      dataDirectory: join(scratch, 'hub'),
      create: { name: 'bench', url: 'http://127.0.0.1:9' },
    }),
  )
}

const hub = await benchHub()
const unit = await openBenchUnit(hub.card)
try {
  unwrap(await hub.trust({ unit: unit.unit, unitRootPublicKey: toHex(unit.rootPublicKey) }))
  const measurements: Measurement[] = [await append(unit)]
  say('access entries …')
  measurements.push(...(await accessEntries(unit, scratch, singles)))
  say('a batch decided and signed …')
  measurements.push(await reviewBatch(unit, scratch, batchRows))
  say(`the authority of ${longLog} review commits …`)
  measurements.push(await authorityOfReviews(unit, longLog))
  say(`a log of ${longLog} commits …`)
  const made = singles * 3 + batchRows + 4
  fill(unit.vault, newId(nodePrimitives), Math.max(0, longLog - made))
  const commits = Math.max(longLog, made)
  measurements.push(await verify(unit, commits))
  measurements.push(...(await bundles(unit, commits, hub)))
  say('a new epoch …')
  measurements.push(await epochOf(values.large ? 1024 : 64))
  say('a queue of 50,000 …')
  measurements.push(measureQueue(scratch))
  say(`a vault of ${revisions} revisions …`)
  // Last: it writes rows that no log stands behind.
  measurements.push(...(await measureDesk(unit, revisions)))
  measurements.push(await importWorkbook(Number(values.rows)))
  process.stdout.write(`${table(measurements)}\n`)
  const results = join(import.meta.dirname, '..', '..', 'bench', 'results')
  mkdirSync(results, { recursive: true })
  const at = new Date().toISOString()
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    node: process.version,
    platform: process.platform,
  }
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()
  const content = {
    at,
    commits,
    machine,
    git,
    peakRssMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    measurements,
  }
  writeFileSync(join(results, 'main-job.json'), `${JSON.stringify(content, null, 2)}\n`)
} finally {
  unit.close()
  await hub.close()
  rmSync(scratch, { recursive: true, force: true })
}
