import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fromBase64, utf8 } from '../../src-shared/kernel/bytes.ts'
import { preAuthenticationEncoding } from '../../src-shared/log/envelope.ts'
import { writeBundle, type BundleEntry } from '../../src-shared/node/bundle-writer.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { collectBundle } from '../helpers/collected-bundle.ts'
import { openedTar } from '../helpers/sealed-tar.ts'
import { UnitFixture } from '../helpers/unit-fixture.ts'

let directory: string
let unit: UnitFixture
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-bundle-'))
  unit = await UnitFixture.found()
  unit.submit()
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function archive(evidence: readonly Uint8Array[] = []) {
  const { recipient } = unit.keys.archive
  return bundleOf(unit, { compartment: 'archive', recipients: [recipient], evidence })
}

describe('a bundle that is written', () => {
  test('reads back as what was put in, under the hash that was given', async () => {
    const evidence = nodePrimitives.randomBytes(300_000)
    const path = join(directory, 'sync', 'one.liandang')
    const written = await writeBundle({ ...archive([evidence]), path })
    expect(written).toMatchObject({ ok: true, value: { path, bytes: readFileSync(path).length } })
    const read = await collectBundle(path, [unit.keys.archive.identity])
    expect(read.code).toBeNull()
    expect(written.ok && written.value.sha256).toBe(read.sha256)
    const memory = await collectBundle(new Uint8Array(readFileSync(path)), [unit.keys.archive.identity])
    expect(memory).toEqual(read)
    expect(readdirSync(join(directory, 'sync'))).toEqual(['one.liandang'])
  })

  test('tells how far it is, up to the whole', async () => {
    const seen: [number, number][] = []
    const progress = (done: number, total: number) => void seen.push([done, total])
    const path = join(directory, 'one.liandang')
    expect((await writeBundle({ ...archive(), path, progress })).ok).toBe(true)
    const [done, total] = seen.at(-1) as [number, number]
    expect(done).toBe(total)
    expect(seen.map(([some]) => some)).toEqual(seen.map(([some]) => some).toSorted((a, b) => a - b))
  })

  test('is filled up to blocks, so that its length says little', async () => {
    for (const bytes of [1, 100, 700, 5000, 70_000]) {
      const file = await packed(archive([nodePrimitives.randomBytes(bytes)]))
      const payload = file.length - (Buffer.from(file).indexOf('\n--- ') + 49) - 16
      const plaintext = payload - 16 * Math.ceil(payload / (65_536 + 16))
      expect(plaintext % 4096).toBe(2048)
    }
  })

  test('has the same tar whenever it is written', async () => {
    const options = archive([utf8('佐证')])
    const [first, second] = await Promise.all([packed(options), packed(options)])
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false)
    const { identity } = unit.keys.archive
    expect(Buffer.from(await openedTar(first, identity)).equals(await openedTar(second, identity))).toBe(true)
  })
})

describe('a bundle that cannot be written', () => {
  test('because the work was cancelled leaves no file', async () => {
    const abort = new AbortController()
    const path = join(directory, 'one.liandang')
    const progress = () => abort.abort()
    const written = await writeBundle({
      ...archive([new Uint8Array(10_000_000)]),
      path,
      progress,
      signal: abort.signal,
    })
    expect(written).toEqual({ ok: false, error: { code: 'call/cancelled' } })
    expect(readdirSync(directory)).toEqual([])
  })

  test('because it is too large leaves no file', async () => {
    const path = join(directory, 'one.liandang')
    const options = archive([nodePrimitives.randomBytes(2_000_000)])
    const written = await writeBundle({ ...options, path, maximumBytes: 1_000_000 })
    expect(written).toMatchObject({ ok: false, error: { code: 'bundle/too-large' } })
    expect(readdirSync(directory)).toEqual([])
  })

  test('because there is no folder is said so', async () => {
    writeFileSync(join(directory, 'file'), '')
    const written = await writeBundle({ ...archive(), path: join(directory, 'file', 'one.liandang') })
    expect(written).toMatchObject({ ok: false, error: { code: 'bundle/folder-unusable' } })
  })

  test('because its entries are not those of the statement is refused before a byte is written', async () => {
    const path = join(directory, 'one.liandang')
    const options = archive()
    const entries = [...options.entries].slice(1)
    const written = await writeBundle({ ...options, entries, path })
    expect(written).toMatchObject({ ok: false, error: { code: 'bundle/layout' } })
    expect(readdirSync(directory)).toEqual([])
  })

  test('because an entry is not the same the second time is an error of the program', async () => {
    const options = archive()
    let opened = 0
    const changing = ([first, ...rest]: readonly BundleEntry[]): BundleEntry[] => [
      { path: first!.path, open: () => (opened++ === 0 ? first!.open() : [utf8('{}')]) },
      ...rest,
    ]
    const path = join(directory, 'one.liandang')
    await expect(writeBundle({ ...options, entries: changing([...options.entries]), path })).rejects.toThrow()
    expect(readdirSync(directory)).toEqual([])
  })
})

test('reading can be cancelled', async () => {
  const abort = new AbortController()
  const bytes = await packed(archive())
  async function* slowly() {
    yield bytes.subarray(0, 100)
    abort.abort()
    yield bytes.subarray(100)
  }
  const { readBundle } = await import('../../src-shared/node/bundle-reader.ts')
  const never = () => {
    throw new Error('nothing is handed out')
  }
  const read = await readBundle({
    source: slowly(),
    identities: [unit.keys.archive.identity],
    signal: abort.signal,
    handler: {
      onStatement: never,
      onFile: never,
      onCommitLine: never,
      onBodyLine: never,
      onCheckpoint: never,
      onEvidence: never,
      onEnd: never,
    },
  })
  expect(read).toEqual({ ok: false, error: { code: 'call/cancelled' } })
})

const hasAge = spawnSync('age', ['--version']).status === 0

// The stock tools of other people; `age` is not on every machine.
describe.skipIf(!hasAge)(`stock tools${hasAge ? '' : ' (skipped: there is no age on this machine)'}`, () => {
  test('open a bundle, check its files and verify a signature in it', async () => {
    const evidence = nodePrimitives.randomBytes(70_000)
    const path = join(directory, 'one.liandang')
    expect((await writeBundle({ ...archive([evidence]), path })).ok).toBe(true)
    const { identity } = unit.keys.archive
    writeFileSync(join(directory, 'archive.agekey'), `# compartment: archive\n${identity}\n`)
    const run = (command: string) =>
      execFileSync('sh', ['-ec', command], { cwd: directory, encoding: 'utf8' })
    run('age -d -i archive.agekey one.liandang > one.tar.gz && gzip -t one.tar.gz && gzip -d one.tar.gz')
    const bag = join(directory, 'bag')
    mkdirSync(bag)
    run('tar -x -f one.tar -C bag')
    expect(run('cd bag && sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt')).not.toContain('FAILED')

    const log = unit.device.logs.archive.id
    const line = readFileSync(join(bag, `data/logs/${log}/0-0.jsonl`), 'utf8').trim()
    const envelope = JSON.parse(line) as {
      payload: string
      payloadType: string
      signatures: [{ sig: string }]
    }
    const payload = fromBase64(envelope.payload) as Uint8Array
    writeFileSync(join(directory, 'message'), preAuthenticationEncoding(envelope.payloadType, payload))
    writeFileSync(join(directory, 'signature'), fromBase64(envelope.signatures[0].sig) as Uint8Array)
    const key = Buffer.from(unit.members.collector.signer.publicKey).toString('hex')
    writeFileSync(join(directory, 'key.der'), Buffer.from(`302a300506032b6570032100${key}`, 'hex'))
    const verify =
      'openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature'
    expect(run(verify)).toContain('Signature Verified Successfully')
    writeFileSync(join(directory, 'message'), Buffer.from('another message'))
    expect(() => run(verify)).toThrow()
  })

  test('make a bundle that is read: the same files through tar, gzip and age', async () => {
    const path = join(directory, 'one.liandang')
    expect((await writeBundle({ ...archive(), path })).ok).toBe(true)
    const { identity, recipient } = unit.keys.archive
    const tar = await openedTar(new Uint8Array(readFileSync(path)), identity)
    writeFileSync(join(directory, 'one.tar'), tar)
    const run = (command: string) =>
      execFileSync('sh', ['-ec', command], { cwd: directory, encoding: 'utf8' })
    run(
      `mkdir bag && tar -x -f one.tar -C bag && tar -t -f one.tar > names && ` +
        `tar --format=ustar -c -C bag -T names | gzip | age -r ${recipient} > again.liandang`,
    )
    const [first, again] = await Promise.all([
      collectBundle(path, [identity]),
      collectBundle(join(directory, 'again.liandang'), [identity]),
    ])
    expect(again.code).toBeNull()
    expect(again.content).toEqual(first.content)
  })
})
