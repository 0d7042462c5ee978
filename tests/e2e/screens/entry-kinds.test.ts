import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { addEvidence, entryForm, expectSubmitted } from '../support/entry.ts'
import { scan } from '../support/evidence.ts'
import { tabTo } from '../support/keys.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const sideline = '兼职取酬'
let prepared: Prepared
let cadre: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })).cadre
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

test('a period, an organisation, an area and rows are entered with the keyboard alone', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'D1')
  const form = entryForm(page, sideline)
  const { keyboard } = page
  await expect(form.getByLabel('兼职单位', { exact: true })).toBeFocused()
  await keyboard.type('贵州清河实业有限公司')
  await keyboard.press('Enter')
  await expect(form.getByLabel(say('entry.organisation.code', { field: '兼职单位' }))).toBeFocused()
  await keyboard.type('91520304MA11900561')
  await keyboard.press('Enter')
  await expect(form.getByText('统一社会信用代码校验码不对')).toBeVisible()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Control+A')
  await keyboard.type('91520304ma11900560')
  await keyboard.press('Enter')
  await expect(form.getByText('统一社会信用代码校验码不对')).toBeHidden()

  const area = form.getByLabel('单位所在地区', { exact: true })
  await expect(area).toBeFocused()
  await keyboard.type('bzq 遵义')
  await expect(page.getByRole('menuitemcheckbox', { name: /播州区/ })).toBeVisible()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(form.getByTitle('贵州省遵义市播州区')).toBeVisible()

  await tabTo(page, form.getByLabel('单位性质', { exact: true }))
  await keyboard.type('国有企业')
  await keyboard.press('Enter')
  await tabTo(page, form.getByLabel('兼任职务', { exact: true }))
  await keyboard.type('顾问')
  await keyboard.press('Enter')
  await expect(form.getByLabel(say('entry.period.from', { field: '兼职期间' }))).toBeFocused()
  await keyboard.type('2023.5')
  await keyboard.press('Enter')
  await keyboard.type('2022年')
  await keyboard.press('Enter')
  await expect(form.getByText('时间先后不对')).toBeVisible()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Control+A')
  await keyboard.press('Delete')
  await keyboard.press('Enter')
  await expect(form.getByText('时间先后不对')).toBeHidden()
  await expect(form.getByLabel(say('entry.period.from', { field: '兼职期间' }))).toHaveValue('2023-05')

  const cell = (row: number, column: string) =>
    form.getByLabel(say('entry.rows.cell', { row, column }), { exact: true })
  await tabTo(page, cell(1, '年度'))
  for (const [row, cells] of [
    ['2023', '顾问费', '12000'],
    ['2024', '顾问费', '18000.5'],
  ].entries()) {
    for (const [place, typed] of cells.entries()) {
      await expect(cell(row + 1, ['年度', '名目', '金额（元）'][place] ?? '')).toBeFocused()
      await keyboard.type(typed)
      await keyboard.press('Enter')
    }
  }
  await expect(cell(3, '年度')).toBeFocused()
  await keyboard.press('Enter')
  await expect(form.getByLabel('批准机关', { exact: true })).toBeFocused()
  await expect(cell(3, '年度')).toHaveCount(0)
  await expectAccessible(page)

  await tabTo(page, form.getByLabel(say('entry.source.from')))
  await keyboard.type('组织人事部门')
  await addEvidence(page, form, scan('兼职批文.png'))
  await keyboard.press('Control+Enter')
  await expectSubmitted(page)
})

test('what was entered stands in the record as people read it', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre)
  await page.getByText('贵州清河实业有限公司').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('2023-05 至今').first()).toBeVisible()
  await expect(drawer.getByText('贵州省遵义市播州区').first()).toBeVisible()
  await expect(drawer.getByRole('cell', { name: '¥18,000.50' }).first()).toBeVisible()
  expect(prepared.faults).toEqual([])
})
