import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { lock, logIn } from '../support/desk.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

const category = '公车使用'
const field = '车牌号'
const added = '用车里程'
let prepared: Prepared
let cadre: string
let record: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })).cadre
    const entered = await enterHouse(core, cadre, '滨河路18号', 86_000_000)
    record = entered.record
    await archiveAll(core, [entered])
  })
})
test.afterAll(() => prepared.close())

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.getByTitle(option, { exact: true }).last().click()
}

const keep = (page: Page) => page.getByRole('button', { name: say('catalogue.keep') }).click()

test('the first version is there, with nobody’s name but the unit’s', async () => {
  const { page } = prepared
  await logIn(page, four.approver)
  await visit(page, 'settings', 'catalogue')
  await expect(page.getByText(say('catalogue.version', { version: 1 }))).toBeVisible()
  await page.getByRole('button', { name: new RegExp(say('catalogue.version', { version: 1 })) }).click()
  await expect(page.getByText('最初的清单：')).toBeVisible()
  await expectAccessible(page)
})

test('an approver adds a category and a field, and what is not right is said at its place', async () => {
  const { page } = prepared
  await page.getByRole('link', { name: say('catalogue.edit') }).click()
  await page.getByRole('button', { name: say('catalogue.category.add') }).click()
  const name = page.getByLabel(say('catalogue.property.name'), { exact: true })
  await expect(name).toBeFocused()
  await page.getByLabel(say('catalogue.first-field')).fill(field)
  await keep(page)
  await expect(
    page.getByText(say('catalogue.issue', { property: say('catalogue.property.name') })).first(),
  ).toBeVisible()
  await name.fill(category)
  await keep(page)
  await expect(page.getByRole('heading', { name: new RegExp(category) })).toBeVisible()
  await page.getByRole('button', { name: say('catalogue.field.add') }).click()
  await page.getByLabel(say('catalogue.property.label'), { exact: true }).fill(added)
  await choose(page, say('catalogue.property.kind'), say('catalogue.kind.number'))
  await page.getByLabel(say('catalogue.property.unit'), { exact: true }).fill('公里')
  await keep(page)
  await expect(page.getByRole('rowheader', { name: added })).toBeVisible()
  await page.getByRole('button', { name: `${say('catalogue.up')} ${added}` }).click()
  await expect(page.getByRole('rowheader').first()).toHaveText(added)
  await expectAccessible(page)
})

test('the form is tried out before anything is signed', async () => {
  const { page } = prepared
  await page.getByText(say('catalogue.preview.open')).click()
  const preview = page.getByRole('group', { name: say('catalogue.preview') })
  await preview.getByLabel(added).fill('很远')
  await preview.getByLabel(added).blur()
  await expect(preview.getByText('不是一个数')).toBeVisible()
})

test('what opens a category is filled in with the keyboard alone, and told as a sentence', async () => {
  const { page } = prepared
  const add = page.getByRole('button', { name: say('catalogue.opening.add') })
  await add.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(say('catalogue.opening.when'), { exact: true })).toBeFocused()
  const watched = page.getByLabel(say('catalogue.opening.category'), { exact: true })
  const days = page.getByLabel(say('catalogue.opening.withinWorkingDays'), { exact: true })
  await days.fill('400')
  await days.press('Enter')
  const drawer = page.getByRole('dialog')
  for (const key of ['catalogue.opening.category', 'catalogue.opening.withinWorkingDays'] as const) {
    const wrong = say('catalogue.issue', { property: say(key) })
    await expect(drawer.getByText(wrong, { exact: true }).first()).toBeVisible()
  }
  await watched.fill('A2')
  await expect(page.getByTitle('A2 履历任免', { exact: true })).toBeVisible()
  await watched.press('Enter')
  await days.fill('15')
  const sentence = say('catalogue.opening.recorded.words', {
    category: 'A2 履历任免',
    conditions: '',
    days: 15,
  })
  await expect(drawer.getByRole('status').filter({ hasText: sentence })).toBeVisible()
  await expectAccessible(page)
  await days.press('Enter')
  await expect(drawer).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: sentence })).toBeVisible()
  await expectAccessible(page)
})

test('a draft outlives the log-in, and its last step is taken back', async () => {
  const { page } = prepared
  await visit(page, 'settings', 'catalogue', 'edit', 'C2')
  await page.getByRole('button', { name: `${say('catalogue.retire')} 建筑面积` }).click()
  await expect(page.getByText(say('catalogue.draft', { count: 5 }))).toBeVisible()
  await page.getByRole('button', { name: say('catalogue.undo') }).click()
  await expect(page.getByText(say('catalogue.draft', { count: 4 }))).toBeVisible()
  await lock(page)
  await logIn(page, four.approver)
  await visit(page, 'settings', 'catalogue')
  await expect(page.getByText(say('catalogue.draft', { count: 4 }))).toBeVisible()
})

test('what lowers the verification is marked, and the proposal wants a reason', async () => {
  const { page } = prepared
  await visit(page, 'settings', 'catalogue', 'edit', 'C2')
  await page.getByRole('button', { name: `${say('catalogue.retire')} 取得价格` }).click()
  await page.getByRole('button', { name: say('catalogue.category.change') }).click()
  await choose(page, say('catalogue.property.verification'), say('verification.single'))
  await keep(page)
  await page.getByRole('link', { name: say('catalogue.compare') }).click()
  await expect(page.getByText(say('catalogue.changes.lowering', { count: 3 }))).toBeVisible()
  await expect(page.getByText(`新增类别“D12 ${category}”`)).toBeVisible()
  await page.getByRole('button', { name: say('catalogue.propose') }).click()
  await expect(page.getByText(say('catalogue.words.missing'))).toBeVisible()
  await page.getByLabel(say('catalogue.words')).fill('按市纪委2026年第8号文，增设公车使用情况')
  await expectAccessible(page)
  await page.getByRole('button', { name: say('catalogue.propose') }).click()
  await expect(page.getByText(say('catalogue.waiting.others'))).toBeVisible()
  await page.getByRole('link', { name: say('catalogue.look') }).click()
  await expect(page.getByRole('button', { name: say('catalogue.confirm') })).toBeHidden()
  await expect(page.getByText(say('catalogue.own'))).toBeVisible()
  await lock(page)
})

test('another person signs after seeing the same changes and the same form', async () => {
  const { page } = prepared
  await logIn(page, four.collector)
  await visit(page, 'entry', cadre, 'C8')
  await entryForm(page, '大额支出').getByRole('textbox').first().fill('购车')
  await visit(page, 'workbench')
  await page
    .getByRole('main')
    .getByRole('link', { name: say('catalogue.look'), exact: true })
    .click()
  await expect(page.getByText(say('catalogue.changes.lowering', { count: 3 }))).toBeVisible()
  const preview = page.getByRole('group', { name: say('catalogue.preview') })
  await page.getByLabel(say('catalogue.preview.of')).click()
  await page.getByTitle(`D12 ${category}`).click()
  await expect(preview.getByLabel(field)).toBeVisible()
  await expect(preview.getByText('要求录入的情形：A2 履历任免 有新归档，15 个工作日内')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: say('catalogue.confirm') }).click()
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: say('catalogue.confirm') })
    .click()
  await expect(page.getByText(`${four.approver.name} 提出，${four.collector.name} 确认`)).toBeVisible()
})

test('a form that was open meanwhile says so, and keeps what was typed', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C8')
  await expect(page.getByText(say('entry.catalogue-newer', { version: 2 }))).toBeVisible()
  await expect(entryForm(page, '大额支出').getByRole('textbox').first()).toHaveValue('购车')
})

test('a record is entered in the new category at once', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre)
  await page.getByRole('main').getByRole('link', { name: category }).click()
  const form = entryForm(page, category)
  await form.getByLabel(added).fill('320')
  await form.getByLabel(field).fill('黔C12345')
  await form.getByLabel(say('entry.source.from')).fill('本人')
  await form.getByRole('button', { name: say('entry.submit') }).click()
  await expectSubmitted(page)
})

test('an older record keeps its version, and a correction brings everything along', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre, record)
  await expect(page.getByText(say('record.under-version', { version: 1 })).first()).toBeVisible()
  await visit(page, 'entry', cadre, 'C2', record)
  await expect(page.getByText(say('entry.lifted', { from: 1, version: 2 }))).toBeVisible()
  const form = entryForm(page, '房产、车位、储藏间')
  await expect(form.getByLabel('取得价格', { exact: true })).toHaveCount(0)
  await expect(page.getByText('“取得价格”原值“¥860,000.00”')).toBeVisible()
  await expect(form.getByLabel('具体地址', { exact: true })).toHaveValue('滨河路18号')
  await form.getByLabel(say('entry.reason')).fill('核对')
  await form.getByRole('button', { name: say('entry.submit') }).click()
  await expectSubmitted(page)
  expect(prepared.faults).toEqual([])
})
