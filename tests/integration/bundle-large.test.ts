import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleLimits } from '../../src-shared/bundle/layout.ts'
import { isPastMedium } from '../../src-shared/node/bundle-fault.ts'
import { spool } from '../../src-hub/spool.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-large-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('no bundle is refused for its file whose content is not too large', () => {
  const { plaintextBytes, ciphertextBytes } = bundleLimits
  expect(plaintextBytes).toBeGreaterThan(4 * 1024 ** 3)
  // Stored blocks of gzip, padding, and the tags of age.
  expect(ciphertextBytes).toBeGreaterThan(plaintextBytes * (1 + 16 / 65_536 + 5 / 16_384) + 1024 ** 2)
})

const writing = `
import { UnitFixture } from './tests/helpers/unit-fixture.ts'
import { bundleOf } from './tests/helpers/bundle-fixture.ts'
import { writeBundle } from './src-shared/node/bundle-writer.ts'
import { randomBytes } from 'node:crypto'
const unit = await UnitFixture.found()
unit.submit()
const evidence = [randomBytes(3_000_000)]
const recipients = [unit.keys.archive.recipient]
const options = bundleOf(unit, { compartment: 'archive', recipients, evidence })
process.stdout.write(JSON.stringify(await writeBundle({ ...options, path: process.argv[1] })))
`

/** Writes a bundle of 3 MB where no file may have more than so many blocks of 512 bytes. */
function writtenWith(blocks: number): unknown {
  const path = join(directory, 'one.liandang')
  const script = 'ulimit -f "$1"; exec "$2" --input-type=module -e "$3" "$4"'
  const parameters = ['-c', script, 'sh', String(blocks), process.execPath, writing, path]
  const { stdout } = spawnSync('/bin/sh', parameters, { encoding: 'utf8' })
  return JSON.parse(stdout)
}

test.skipIf(process.platform === 'win32')(
  'a medium that takes no file so large is named as the reason',
  () => {
    expect(writtenWith(2_000)).toEqual({ ok: false, error: { code: 'bundle/medium' } })
    expect(readdirSync(directory)).toEqual([])
    expect(writtenWith(20_000)).toMatchObject({ ok: true })
  },
)

test('a disk that is full exactly where FAT32 ends is taken for that', () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' })
  const end = 2 ** 32 - 1
  expect(isPastMedium(full, end - 100, end + 1)).toBe(true)
  expect(isPastMedium(full, end - 100, end)).toBe(false)
  expect(isPastMedium(full, end + 1, end + 100)).toBe(false)
  const refused = Object.assign(new Error('refused'), { code: 'EACCES', syscall: 'write' })
  expect(isPastMedium(refused, end - 100, end + 1)).toBe(false)
})

test('a node takes no bundle into the last of its disk', async () => {
  const path = join(directory, 'work.liandang')
  const source = async function* () {
    yield new Uint8Array(1000)
  }
  const refused = await spool(source(), path, 10_000, undefined, Number.MAX_SAFE_INTEGER)
  expect(refused).toEqual({ ok: false, error: { code: 'vault/disk-full' } })
  expect(readdirSync(directory)).toEqual([])
  expect(await spool(source(), path, 10_000, undefined, 0)).toMatchObject({
    ok: true,
    value: { bytes: 1000 },
  })
})
