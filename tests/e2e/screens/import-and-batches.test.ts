import { expect, test } from '@playwright/test'
import { lock, logIn } from '../support/desk.ts'
import { goToSigning, openOpinions, sign } from '../support/road.ts'
import { statePurpose } from '../support/dossier.ts'
import { four } from '../support/unit.ts'
import { lookThroughPage } from '../support/batch.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

// 60 rows: more than a page of a batch; two rows that cannot be read, one that repeats another.
const lines = Array.from(
  { length: 60 },
  (_, index) => `干部${'甲乙丙丁'.charAt(index % 4)},本人,文化路${index + 1}号,${index + 20}`,
)
const table = [
  '姓名,与干部关系,具体地址,取得价格(万元)',
  ...lines,
  '干部甲,本人,解放路,约九十',
  '干部乙,外星人,解放路,90',
  lines[0],
].join('\n')

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser)
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

/** A row that repeats another is not agreed with by the page. */
async function agreeByKeyboard(number: number): Promise<void> {
  const { page } = prepared
  const row = page.getByRole('radiogroup', { name: say('batch.decision-of', { number, name: '干部甲' }) })
  await expect(row.getByRole('radio', { checked: true })).toHaveCount(0)
  await row.getByRole('radio').first().focus()
  await page.keyboard.press('Space')
  await expect(row.getByRole('radio').first()).toBeChecked()
}

test('a mapping is suggested from the headings and wants a source', async () => {
  const { page } = prepared
  await visit(page, 'import')
  await page
    .getByLabel(say('import.choose'))
    .setInputFiles({ name: '房产台账.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await expect(
    page.getByRole('heading', { name: say('import.map.title', { file: '房产台账.csv' }) }),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: /^D 取得价格/ })).toContainText('取得价格')
  const source = page.getByLabel(say('import.source'))
  await source.fill('')
  await expect(page.getByRole('button', { name: say('import.preview') })).toBeDisabled()
  await source.fill('县不动产登记中心')
  await page.getByRole('button', { name: say('import.preview') }).click()
})

test('the preview shows what is wrong at its cell, and what repeats', async () => {
  const { page } = prepared
  await expect(page.getByRole('heading', { name: /预览：房产台账.csv，63 行/ })).toBeVisible()
  await page.getByRole('tab', { name: /^待处理 2/ }).click()
  const bad = page.getByRole('table', { name: say('import.quarantined') })
  await expect(bad.getByRole('row', { name: /约九十/ }).locator('mark')).toHaveText('约九十')
  await expect(bad.getByRole('row', { name: /外星人/ }).locator('mark')).toHaveText('外星人')
  await page.getByRole('tab', { name: /^完全重复 1/ }).click()
  await expect(page.getByText(say('import.repeat-of', { row: 2 }))).toBeVisible()
})

test('the good rows are imported in one signature, the others wait with their reasons', async () => {
  const { page } = prepared
  await page.getByRole('button', { name: say('import.commit', { count: 61 }) }).click()
  await expect(page.getByRole('heading', { name: say('imported.title', { count: 61 }) })).toBeVisible()
  await page
    .getByRole('link', { name: say('import.tab.quarantine') })
    .last()
    .click()
  await expect(page.getByText('金额无法准确识别')).toBeVisible()
  await page.getByLabel(say('quarantine.choose', { file: '房产台账.csv', row: 62 })).check()
  await page.getByLabel(say('quarantine.words')).fill('已电话核实，另行录入')
  await page.getByRole('button', { name: say('quarantine.settle', { count: 1 }) }).click()
  await expect(page.getByText('金额无法准确识别')).toBeHidden()
  await expect(page.getByText('不在可选范围内')).toBeVisible()
})

test('no row of a batch is decided before it was on the screen', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.one)
  await visit(page, 'review')
  await page.getByRole('link', { name: say('review.open'), exact: true }).click()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: say('batch.sign', { count: 0 }) })).toBeDisabled()
  await expect(page.getByText(/^本页已看 (?!0 )\d+ 行，共 50 行$/)).toBeVisible()
  await page.getByRole('button', { name: say('batch.agree-page') }).click()
  await expect(page.getByRole('radio', { checked: true })).not.toHaveCount(0)
  await expect(page.getByRole('button', { name: say('batch.sign', { count: 50 }) })).toBeHidden()
  await lookThroughPage(page, 50)
  await page.getByRole('button', { name: say('batch.agree-page') }).click()
  await expect(page.getByRole('button', { name: say('batch.sign', { count: 50 }) })).toBeEnabled()
  await page.getByTitle('2', { exact: true }).click()
  await expect(page.getByText('文化路60号')).toBeVisible()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
})

test('disagreement with a row says why before it is signed', async () => {
  const { page } = prepared
  await lookThroughPage(page, 11)
  await page.getByRole('button', { name: say('batch.agree-page') }).click()
  const row = page.getByRole('radiogroup', { name: say('batch.decision-of', { number: 51, name: '干部丙' }) })
  await row.getByText(say('decision.disagree'), { exact: true }).click()
  await expect(page.getByText(say('batch.incomplete', { count: 1 }))).toBeVisible()
  await page.getByLabel(say('reason.duplicate')).check()
  await expect(page.getByText(say('batch.one-by-one', { count: 1 }))).toBeVisible()
  await expect(page.getByRole('button', { name: say('batch.sign', { count: 60 }) })).toBeEnabled()
  await agreeByKeyboard(61)
  await page.getByRole('button', { name: say('batch.sign', { count: 61 }) }).click()
  await expect(page.getByText(say('review.signed', { count: 61 }))).toBeVisible()
})

test('a second reviewer signs a page at a time', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.two)
  await visit(page, 'review')
  await page.getByRole('link', { name: say('review.open'), exact: true }).click()
  for (const count of [50, 11]) {
    await lookThroughPage(page, count)
    await page.getByRole('button', { name: say('batch.agree-page') }).click()
    if (count === 11) await agreeByKeyboard(11)
    await page.getByRole('button', { name: say('batch.sign', { count }) }).click()
    await expect(page.getByText(say('review.signed', { count }))).toBeVisible()
  }
})

test('opened, the agreed rows wait for the signature and the disputed one for adjudication', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.approver)
  await openOpinions(page, 61)
  await expect(page.getByRole('link', { name: say('open.to-sign', { count: 60 }) })).toBeVisible()
  await goToSigning(page, 'adjudicate')
  await expect(
    page.getByRole('heading', { name: say('adjudicate.batch', { name: '房产台账.csv', count: 1 }) }),
  ).toBeVisible()
})

test('a batch is signed whole, and its dossiers carry the seal', async () => {
  const { page } = prepared
  await goToSigning(page, 'sign')
  await page.getByRole('link', { name: say('sign.open'), exact: true }).click()
  await page.getByRole('button', { name: say('sign.choose-all', { count: 60 }) }).click()
  await sign(page, 60)
  await visit(page, 'dossiers')
  await page.getByRole('row', { name: /干部甲/ }).click()
  await statePurpose(page)
  const household = page.getByRole('table', {
    name: say('household.title', { category: '房产、车位、储藏间' }),
  })
  await expect(household).toContainText('本人')
  await expect(page.getByRole('region', { name: '房产、车位、储藏间' })).toContainText(four.approver.name)
  expect(prepared.faults).toEqual([])
})
