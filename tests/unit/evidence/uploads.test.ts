import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Uploads } from '../../../src-main/services/dossier/uploads.ts'
import { vaultLayout } from '../../../src-main/vault/layout.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'

const mebibyte = 1024 * 1024
const reserve = 64 * mebibyte

let directory: string
let free: number
let uploads: Uploads

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-uploads-'))
  free = reserve + 10 * mebibyte
  uploads = new Uploads(vaultLayout(directory), nodePrimitives, () => free)
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

async function begin(size: number): Promise<string> {
  const begun = await uploads.begin('evidence', '扫描件.txt', size)
  return begun.ok ? begun.value : begun.error.code
}

test('uploads that are on their way share what is free beside the reserve', async () => {
  const first = await begin(6 * mebibyte)
  expect(await begin(6 * mebibyte)).toBe('vault/disk-full')
  const second = await begin(3 * mebibyte)
  expect(await begin(2 * mebibyte)).toBe('vault/disk-full')
  // What has arrived is on the disk, and no promise any more.
  const arrived = await uploads.append(second, 0, new Uint8Array(3 * mebibyte).fill(0x41))
  expect(arrived.ok).toBe(true)
  free -= 3 * mebibyte
  expect(await begin(2 * mebibyte)).toBe('vault/disk-full')
  await uploads.discard(first)
  const third = await begin(2 * mebibyte)
  expect(third).not.toBe('vault/disk-full')
  for (const upload of [second, third]) await uploads.discard(upload)
})

test('uploads that begin at once are counted against each other', async () => {
  const begun = await Promise.all([begin(6 * mebibyte), begin(6 * mebibyte)])
  expect(begun.filter((said) => said === 'vault/disk-full')).toHaveLength(1)
  for (const upload of begun) await uploads.discard(upload)
})
