import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startTestCore, type TestCore } from '../../helpers/core.ts'
import { mustFound } from '../../helpers/founding.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { newPremises } from '../support/application.ts'
import { expectDeskOf, logIn } from '../support/desk.ts'
import { statePurpose } from '../support/dossier.ts'
import { four, smallUnit } from '../support/unit.ts'
import { archiveAll, enterHouse, prepare, visit } from './prepared.ts'

/** Another unit at another machine, over the contract of its core. */
async function otherUnit(core: TestCore): Promise<{ readonly card: string; readonly code: string }> {
  await mustFound(core, smallUnit)
  await core.signIn(four.collector.login, four.collector.password)
  const { text, code } = await core.value('transfer.card', {})
  return { card: text, code }
}

test('an approver hands a dossier over, and it is transferred when the receipt is there', async ({
  browser,
}) => {
  // Two units are founded for it.
  test.slow()
  const elsewhere = newPremises()
  const other = startTestCore(elsewhere.vault)
  let cadre = ''
  const prepared = await prepare(browser, async (core) => {
    const input = { name: '林致远', identityNumber: null, post: '镇农办主任' }
    ;({ cadre } = await core.value('cadre.open', input))
    await archiveAll(core, [await enterHouse(core, cadre, '清水镇文明路 8 号', 36_000_000)])
  })
  try {
    const { page, premises, faults } = prepared
    const stick = join(premises.home, '移交')
    mkdirSync(stick)
    const { card, code } = await otherUnit(other)
    await logIn(page, four.approver)
    await expectDeskOf(page, four.approver)

    await visit(page, 'dossiers', cadre, 'transfer')
    await page.getByLabel('对方单位名片').fill(card)
    await expect(page.getByText('名片单位：')).toBeVisible()
    await page.getByLabel('对方电话告知的核对码').fill(code)
    await page.getByLabel('移交事由').fill('组织调动')
    await expectAccessible(page)
    await page.getByRole('button', { name: '签名移交' }).click()
    await expect(page.getByRole('heading', { name: /等待回执/ })).toBeVisible()
    const told = await page.getByLabel('请打电话把这个核对码告诉接收单位').textContent()
    await page.getByRole('button', { name: '移交', exact: true }).click()
    await page.getByRole('button', { name: '写到这个文件夹' }).click()
    await expect(page.getByText('已写出：')).toBeVisible()

    const [file = ''] = readdirSync(stick)
    const path = join(stick, file)
    const { transfer } = await other.value('transfer.receive', { file: { path }, code: told ?? '' })
    await other.value('transfer.match', { transfer, cadre: null })
    await other.signIn(four.approver.login, four.approver.password)
    await other.value('transfer.answer', { transfer, outcome: 'accepted', words: '' })
    await other.value('transfer.receipt', { transfer, folder: stick })

    await visit(page, 'transfers')
    await expect(page.getByRole('table', { name: '转出' })).toContainText('等待回执')
    await page.getByRole('button', { name: '接收回执' }).click()
    await page.getByRole('button', { name: '移交', exact: true }).click()
    await page.getByRole('button', { name: /liandang-receipt/ }).click()
    await expect(page.getByText('对方已签收，档案已转出。')).toBeVisible()
    await expect(page.getByRole('table', { name: '转出' })).toContainText('已转出')
    await expectAccessible(page)
    await visit(page, 'dossiers', cadre)
    await statePurpose(page)
    await expect(page.getByText('只供查阅')).toBeVisible()
    expect(faults).toEqual([])
  } finally {
    await other.stop()
    elsewhere.remove()
    await prepared.close()
  }
})
