import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { startCoreProcess, type CoreProcess } from '../chaos/core-process.ts'
import { loan, newJob } from '../chaos/small-office.ts'
import { benchPassword, openBenchUnit } from './bench-unit.ts'
import { rateOf, table, type Comparison, type Measurement } from './measure.ts'

/**
 * One large file into the vault, as a page hands it to the core and until the record that names it is durable, and out of
 * it again, against `cp`, `age` and `restic` in the same run. `--megabytes N` is how large it is (2048). What a program
 * wrote counts when the disk has it. Programs that this machine lacks are named and left out.
 */
const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '2048' } } })
const megabytes = Math.min(2048, Number(values.megabytes))
const bytes = megabytes * 1024 * 1024
/** Asked for at a time, as the page does. */
const readBytes = 1024 * 1024
const unit = ' MB/s'
const scratch = mkdtempSync(join(tmpdir(), 'liandang-evidence-bench-'))
const file = join(scratch, 'scan.pdf')
const say = (text: string) => process.stderr.write(`${text}\n`)

/** What a scanner makes: a PDF that does not get smaller. */
function writeScan(): void {
  const handle = openSync(file, 'w')
  writeSync(handle, '%PDF-1.7\n')
  for (let left = bytes - 9; left > 0; left -= uploadChunkBytes)
    writeSync(handle, randomBytes(Math.min(left, uploadChunkBytes)))
  fsyncSync(handle)
  closeSync(handle)
}

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): void {
  const done = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  })
  if (done.status !== 0) throw new Error(`${program} failed`)
}

/** Until the disk has all of the folder's file system. */
function settle(): void {
  run('sync', ['-f', scratch])
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

async function againstPeers(): Promise<{ readonly into: Comparison[]; readonly outOf: Comparison[] }> {
  const into: Comparison[] = []
  const outOf: Comparison[] = []
  const compare = async (to: Comparison[], name: string, aim: number, work: () => void) => {
    settle()
    const before = childSeconds()
    const rate = await rateOf(megabytes, work)
    to.push({ name, aim, rate })
    processorTime.push({ name, seconds: childSeconds() - before })
  }
  const copy = join(scratch, 'copy')
  const back = join(scratch, 'back')
  await compare(into, 'cp, sync', 0.3, () => {
    run('cp', [file, copy])
    settle()
  })
  await compare(outOf, 'cat', 0.05, () => run('sh', ['-c', `cat '${copy}' | cat > /dev/null`]))
  rmSync(copy)
  if (isThere('age')) {
    const { identity, recipient } = await newAgeKeyPair()
    const keys = join(scratch, 'keys.txt')
    writeFileSync(keys, `${identity}\n`)
    await compare(into, 'age, sync', 0.5, () => {
      run('age', ['-r', recipient, '-o', back, file])
      settle()
    })
    await compare(outOf, 'age -d', 0.3, () => run('sh', ['-c', `age -d -i '${keys}' '${back}' > /dev/null`]))
    rmSync(back)
  } else say('age is not on this machine: not compared')
  if (isThere('restic')) {
    const repository = join(scratch, 'restic')
    const environment = { RESTIC_PASSWORD: benchPassword, RESTIC_REPOSITORY: repository }
    run('restic', ['init', '--no-cache', '-q'], environment)
    await compare(into, 'restic backup, sync', 0.5, () => {
      run('restic', ['backup', '--no-cache', '-q', file], environment)
      settle()
    })
    await compare(outOf, 'restic dump', 0.3, () =>
      run('sh', ['-c', `restic dump --no-cache -q latest '${file}' > /dev/null`], environment),
    )
    rmSync(repository, { recursive: true })
  } else say('restic is not on this machine (Debian: apt-get install restic): not compared')
  return { into, outOf }
}

async function handIn(core: CoreProcess, cadre: Id): Promise<{ record: Id; revision: string }> {
  const about = { purpose: 'evidence', name: 'scan.pdf', size: bytes, mediaType: '' } as const
  const { upload } = await core.value('upload.begin', about)
  const handle = openSync(file, 'r')
  const piece = Buffer.alloc(uploadChunkBytes)
  for (let offset = 0; offset < bytes; ) {
    const length = readSync(handle, piece, 0, piece.length, offset)
    await core.value('upload.append', { upload, offset, bytes: piece.subarray(0, length) })
    offset += length
  }
  closeSync(handle)
  return await core.value('record.submit', loan(cadre, '扫描件', upload))
}

async function readOut(core: CoreProcess, revision: string, hash: string): Promise<void> {
  for (let offset = 0; offset < bytes; offset += readBytes) {
    const length = Math.min(readBytes, bytes - offset)
    await core.value('evidence.read', { revision, hash, offset, length })
  }
}

/** Seconds of processor time: what a busy machine does not change. */
const processorTime: { readonly name: string; readonly seconds: number }[] = []
const ticksPerSecond = 100

function ticks(path: string, fields: readonly number[]): number {
  // proc_pid_stat(5), counted behind the name of the program, which may hold spaces.
  const rest = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return fields.reduce((sum, field) => sum + Number(rest[field - 3]), 0) / ticksPerSecond
}

function childSeconds(): number {
  return ticks('/proc/self/stat', [16, 17])
}

async function timed(core: CoreProcess, name: string, work: () => Promise<void>): Promise<number> {
  const seconds = () => ticks(`/proc/${core.pid}/stat`, [14, 15])
  const before = seconds()
  const rate = await rateOf(megabytes, work)
  processorTime.push({ name, seconds: seconds() - before })
  return rate
}

/** The most memory that a process has held so far, in megabytes (proc_pid_status(5)). */
function peakOf(pid: number): number {
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(found?.[1] ?? 0) / 1024)
}

say(`a file of ${megabytes} MB …`)
writeScan()
const bench = await openBenchUnit(null)
const { directory } = bench.vault.layout
bench.vault.close()
const core = startCoreProcess({ vaultDirectory: directory })
try {
  say('cp, age, restic …')
  const { into, outOf } = await againstPeers()
  await core.value('session.unlock', { login: 'collector', password: benchPassword })
  const { cadre } = await core.value('cadre.open', { name: '王建国', identityNumber: null, post: null })
  const atRest = peakOf(core.pid)
  say('into the vault …')
  settle()
  let kept = { record: '', revision: '' }
  const rateIn = await timed(core, 'in', async () => {
    kept = await handIn(core, cadre)
  })
  const afterIn = peakOf(core.pid)
  const [line] = (await core.value('record.read', { record: kept.record })).revisions[0]?.evidence ?? []
  say('out of it …')
  const rateOut = await timed(core, 'out', () => readOut(core, kept.revision, line?.hash ?? ''))
  const afterOut = peakOf(core.pid)
  say('verified …')
  const rateVerify = await timed(core, 'verified', async () => {
    const { verified } = await core.value('log.verify', { job: newJob() })
    if (!verified) throw new Error('the vault does not verify')
  })
  const measurements: Measurement[] = [
    { name: 'evidence in (sealed, named, signed, durable)', rate: rateIn, unit, against: into },
    { name: 'evidence out (by ranges, every chunk opened)', rate: rateOut, unit, against: outOf },
    { name: 'verified (hash of the ciphertext)', rate: rateVerify, unit, against: [] },
  ]
  process.stdout.write(`${table(measurements)}\n`)
  const memory = { atRest, afterIn, afterOut, afterVerify: peakOf(core.pid) }
  process.stdout.write(`peak memory of the core, MB: ${JSON.stringify(memory)}\n`)
  for (const { name, seconds } of processorTime)
    process.stdout.write(
      `processor time, ${name}: ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s of it\n`,
    )
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    node: process.version,
    load: loadavg().map((load) => Number(load.toFixed(2))),
  }
  const results = join(import.meta.dirname, '..', '..', 'bench', 'results')
  mkdirSync(results, { recursive: true })
  const content = { at: new Date().toISOString(), megabytes, machine, memory, processorTime, measurements }
  writeFileSync(join(results, 'evidence.json'), `${JSON.stringify(content, null, 2)}\n`)
} finally {
  await core.kill()
  bench.close()
  rmSync(scratch, { recursive: true, force: true })
}
