import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { entryForm } from '../support/entry.ts'
import { four } from '../support/unit.ts'
import { archiveAll, prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared
let cadre: string

test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })).cadre
    const kin = await core.value('record.submit', {
      ...{ record: null, parent: null, settles: [], cadre, category: 'A3', declaration: 'present' as const },
      values: { relation: '12', name: '王秀英' },
      source: { kind: 'form', from: '本人', reference: null },
      reason: '首次采集',
      evidence: [],
    })
    await archiveAll(core, [kin])
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

test('registered kin are chosen by initials with their relation; an outsider is typed', async () => {
  const { page, faults } = prepared
  await visit(page, 'entry', cadre, 'C2')
  const form = entryForm(page, '房产、车位、储藏间')
  const holder = form.getByRole('combobox', { name: '产权人' })
  await holder.focus()
  await expect(holder).toBeFocused()
  await page.keyboard.type('wxy')
  await expect(page.getByText('王秀英 · 妻子', { exact: true })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('kin.png') })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(holder).toHaveValue('王秀英')
  await expect(form.getByText('妻子', { exact: true })).toBeVisible()
  await expect(form.getByLabel('房产类别')).toBeFocused()
  await holder.focus()
  await expect(holder).toBeFocused()
  await holder.fill('赵六')
  await page.keyboard.press('Enter')
  await expect(form.getByLabel('房产类别')).toBeFocused()
  await expect(holder).toHaveValue('赵六')
  await expectAccessible(page)
  expect(faults).toEqual([])
})
