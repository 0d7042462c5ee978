import { expect, test } from '@playwright/test'
import type { DossierViewName } from '../../../src-shared/contract/dossier.ts'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { openDossier } from '../support/dossier.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, prepare, type Prepared } from './prepared.ts'

const cadreName = '刘建国'
const wife = '配偶 赵明霞'
let prepared: Prepared

function enter(core: TestCore, cadre: string, category: string, values: RecordValues) {
  return core.value('record.submit', {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category,
    declaration: 'present',
    values,
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次采集',
    evidence: [],
  })
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    const opening = { name: cadreName, identityNumber: null, post: '会计' }
    const { cadre } = await core.value('cadre.open', opening)
    const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })
    await archiveAll(core, [
      await enter(core, cadre, 'A3', { relation: '10', name: '赵明霞', workplace: '明霞商行' }),
      await enter(core, cadre, 'C7', { relation: '01', kind: '01', description: '存款', value: yuan(100) }),
      await enter(core, cadre, 'C7', { relation: '10', kind: '01', description: '存折', value: yuan(200) }),
      await enter(core, cadre, 'C7', {
        relation: '10',
        kind: '03',
        description: '轿车',
        value: yuan(50),
        acquiredOn: '2019-05',
      }),
    ])
    await enter(core, cadre, 'C7', { relation: '01', kind: '01', description: '在办存款', value: yuan(9) })
  })
  await logIn(prepared.page, four.collector)
  await openDossier(prepared.page, cadreName)
})
test.afterAll(() => prepared.close())

async function show(view: DossierViewName) {
  const { page } = prepared
  const tab = page
    .getByRole('navigation', { name: say('dossier.views') })
    .getByRole('link', { name: say(`dossier.view.${view}`), exact: true })
  await tab.focus()
  await page.keyboard.press('Enter')
  await expect(tab).toHaveAttribute('aria-current', 'page')
}

test('completeness shows its arithmetic, and a state narrows the categories down', async () => {
  const { page } = prepared
  await show('completeness')
  await expect(page.getByText(/已归档 2 ＋ 无此情况 0 ＋ 拒绝申报 0/)).toBeVisible()
  const expected = page.getByRole('region', { name: say('completeness.expected'), exact: true })
  const archived = page
    .getByRole('group', { name: say('completeness.filter') })
    .getByRole('button', { name: say('completeness.state.archived') })
  await archived.focus()
  await page.keyboard.press('Enter')
  await expect(archived).toHaveAttribute('aria-pressed', 'true')
  await expect(expected.getByRole('rowheader')).toHaveCount(2)
  await expectAccessible(page)
})

test('the household is summed by person, and a figure leads to its record', async () => {
  const { page } = prepared
  await show('household')
  const sums = page.getByRole('region', { name: say('household.sums') })
  await expect(sums.getByRole('row').filter({ hasText: say('household.owned') })).toContainText('¥350.00')
  await expect(sums.getByRole('columnheader', { name: wife })).toBeVisible()
  await expect(page.getByText(say('household.open', { declined: 0, waiting: 1 }))).toBeVisible()
  await expectAccessible(page)
  const label = `${wife} ${say('household.line.vehicles')}`
  const figure = sums.getByRole('link', { name: say('household.figure', { label }) })
  await expect(figure).toHaveText('¥50.00')
  await figure.focus()
  await page.keyboard.press('Enter')
  const record = page.getByRole('dialog')
  await expect(record).toContainText('轿车')
  await page.keyboard.press('Escape')
  await expect(record).toBeHidden()
  await expect(sums).toBeVisible()
})

test('the timeline keeps the month that was entered, and is narrowed to a category', async () => {
  const { page } = prepared
  await show('timeline')
  const table = page.getByRole('table', { name: say('dossier.view.timeline') })
  await expect(table.getByText('2019-05', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('the relations are a picture by keyboard, and a table that says the same', async () => {
  const { page } = prepared
  await show('relations')
  const table = page.getByRole('table', { name: say('relations.table') })
  await expect(table.getByRole('row')).toHaveCount(3)
  const shop = page.getByRole('button', { name: `${say('relations.kind.organization')} 明霞商行` })
  await shop.focus()
  await page.keyboard.press('Enter')
  await expect(shop).toHaveAttribute('aria-pressed', 'true')
  await expect(table.getByRole('row')).toHaveCount(2)
  await expectAccessible(page)
  await page.getByRole('button', { name: say('relations.all') }).click()
  await expect(table.getByRole('row')).toHaveCount(3)
})

test('a view is put on paper after it was entered, with who and when on it and nothing to press', async () => {
  const { page } = prepared
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await show('timeline')
  await page.getByRole('button', { name: say('dossier.print') }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(`${cadreName} 廉政档案 · ${say('dossier.view.timeline')}`)).toBeVisible()
  await expect(page.locator('.print-mark')).toContainText(four.collector.name)
  await expect(page.getByRole('button')).toHaveCount(0)
  await page.emulateMedia({ media: null })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(page.getByRole('button', { name: say('dossier.print') })).toBeVisible()
  expect(prepared.faults).toEqual([])
})
