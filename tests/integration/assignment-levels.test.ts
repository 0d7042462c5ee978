import { afterAll, beforeAll, expect, test } from 'vitest'
import { regrant } from '../helpers/grant.ts'
import { VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/** One who signs up to level 2 deals out work; a loan (C6) is of level 3, a study (D10) of level 2. */
let vault: VaultFixture
let study: Row
let reviewer: string

beforeAll(async () => {
  vault = await VaultFixture.found()
  const cadre = await vault.openCadre('张三丰')
  study = await vault.submit(cadre, {
    category: 'D10',
    values: { year: '2026', quarter: '1', content: '廉政学习' },
  })
  const loan = await vault.submit(cadre)
  reviewer = (await vault.session('first')).vault.member.id
  const assigned = { compartment: 'archive', way: 'hand', reviewers: [reviewer], words: '' } as const
  await vault.value('approver', 'review.assign', { ...assigned, reviewers: [reviewer], rows: [loan] })
  await regrant(vault, 'deputy', 'approver', 2)
  await regrant(vault, 'deputy', 'collector', 2)
})
afterAll(() => vault.close())

async function loadFor(by: string): Promise<number | undefined> {
  const candidates = await vault.value(by, 'review.candidates', study)
  return candidates.find(({ member }) => member === reviewer)?.load
}

test('what a reviewer holds above the level of whoever asks is not counted for them', async () => {
  expect([await loadFor('approver'), await loadFor('deputy')]).toEqual([1, 0])
})
