import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carry, enrol, isVerified, must, tablesOf } from '../helpers/two-devices.ts'
import { deliverAll, foundWithHub, type VaultWithHub } from '../helpers/vault-with-history.ts'
import { newJob, type Row, type VaultFixture } from '../helpers/vault-fixture.ts'

let office: VaultWithHub
let first: VaultFixture
let second: VaultFixture
let row: Row
let directive: string

beforeAll(async () => {
  office = await foundWithHub({ signedAbove: ['C6'] })
  first = office.vault
  row = await first.submit(await first.openCadre('王小明'))
  await first.review(row, 'agree', 'agree')
  // The second PC learns of the review, and not yet of the signature.
  second = await enrol(first, '办公室二')
  must(await first.sign(row))
  await deliverAll(office)
  const unit = (await first.value('approver', 'unit.read', {})).id
  must(
    await office.hub.decide({ unit, revision: row.revision, decision: 'sign', officer: '周主任', words: '' }),
  )
  const bundle = must(await office.hub.directives(unit, 'archive', 0))
  const folder = join(first.outside, newJob())
  mkdirSync(folder)
  directive = join(folder, 'directive.liandang')
  writeFileSync(directive, bundle)
})

afterAll(async () => {
  second.close()
  await office.close()
})

test('a directive that comes before the signature it answers is kept and waits', async () => {
  const taken = await second.value('inspector', 'sync.receive', { path: directive })
  expect(taken).toMatchObject({ decisions: [{ code: 'directive/step-unknown', decision: 'sign' }] })
  expect(await second.status(row)).toBe('agreed')
  expect(await isVerified(second)).toBe(true)
})

test('it counts as soon as the signature comes, and travels on to the PC that has not seen it', async () => {
  await carry(first, second)
  expect(await second.status(row)).toBe('archived')
  expect(await first.status(row)).toBe('awaiting-above')
  const views = await carry(second, first)
  expect(views.find(({ compartment }) => compartment === 'archive')?.voids).toEqual([])
  expect(await first.status(row)).toBe('archived')
})

test('both PCs hold the same, verify, and take the same file again without a change', async () => {
  await carry(first, second)
  await carry(second, first)
  const again = await first.value('inspector', 'sync.receive', { path: directive })
  expect(again).toMatchObject({ decisions: [] })
  expect(await isVerified(first)).toBe(true)
  expect(await isVerified(second)).toBe(true)
  const [one, other] = [await tablesOf(first), await tablesOf(second)] as {
    'archive/revision': unknown
    'archive/step': unknown
  }[]
  expect(one?.['archive/revision']).toEqual(other?.['archive/revision'])
  expect(one?.['archive/step']).toEqual(other?.['archive/step'])
})
