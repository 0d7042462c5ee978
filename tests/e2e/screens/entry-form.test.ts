import { expect, test } from '@playwright/test'
import { logIn } from '../support/desk.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

const house = '房产、车位、储藏间'
let prepared: Prepared
let cadre: string
let record: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })).cadre
    await core.value('cadre.open', { name: '单雄信', identityNumber: null, post: '所长' })
    const entered = await enterHouse(core, cadre, '滨河路18号', 86_000_000)
    record = entered.record
    await archiveAll(core, [entered])
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

test('a cadre is found by pinyin initials, surnames read as surnames', async () => {
  const { page } = prepared
  await visit(page, 'entry')
  await page.getByLabel(say('picker.who')).fill('sxx')
  await expect(page.getByRole('option')).toHaveText([/单雄信/])
})

test('faults are told at their field once one has left it, and the first is shown on submitting', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2')
  const form = entryForm(page, house)
  const area = form.getByLabel('建筑面积')
  await area.fill('三百')
  await expect(form.getByText('不是一个数')).toBeHidden()
  await area.blur()
  await expect(form.getByText('不是一个数')).toBeVisible()
  await area.fill('300')
  await expect(form.getByText('不是一个数')).toBeHidden()
  await form.getByLabel('取得时间').fill('2019年5月1日')
  await form.getByLabel('取得时间').blur()
  await expect(form.getByLabel('取得时间')).toHaveValue('2019-05-01')
  await page.keyboard.press('Control+Enter')
  await expect(form.getByLabel('与干部关系')).toBeFocused()
  await expect(form.getByText(say('entry.errors', { count: 2 }))).toBeVisible()
})

test('an amount is read back in full, whatever its unit', async () => {
  const { page } = prepared
  const form = entryForm(page, house)
  await form.getByLabel('取得价格', { exact: true }).fill('86')
  await form.getByLabel(say('entry.unit-of', { field: '取得价格' })).click()
  await page.getByRole('option', { name: '万元' }).or(page.getByTitle('万元')).last().click()
  await expect(form.getByText(say('entry.amount-read', { amount: '¥860,000.00' }))).toBeVisible()
})

test('拒绝申报 asks only whom it is about', async () => {
  const { page } = prepared
  const form = entryForm(page, house)
  await form.getByText(say('declaration.declined'), { exact: true }).click()
  await expect(form.getByLabel('具体地址')).toHaveCount(0)
  await form.getByLabel('与干部关系').fill('爱人')
  await page.keyboard.press('Enter')
  await form.getByLabel(say('entry.source.from')).fill('本人')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
})

test('what happens next is said, and entering goes on', async () => {
  const { page } = prepared
  await expect(page.getByText(say('submitted.step.two'))).toBeVisible()
  await page.getByRole('button', { name: say('submitted.again', { category: house }) }).click()
  await expect(entryForm(page, house).getByLabel('具体地址')).toHaveValue('')
})

test('an entry that nobody has reviewed can be withdrawn by its author', async () => {
  const { page } = prepared
  await visit(page, 'entry', 'mine', 'on-the-way')
  await page.getByRole('button', { name: say('mine.withdraw') }).click()
  await page.getByLabel(say('mine.withdraw.reason')).fill('对象有误')
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('mine.on-the-way.none'))).toBeVisible()
})

test('a correction begins with what is archived, and says why', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2', record)
  const form = entryForm(page, house)
  await expect(form.getByLabel('具体地址')).toHaveValue('滨河路18号')
  await expect(form.getByLabel('取得价格', { exact: true })).toHaveValue('860000.00')
  await form.getByLabel('取得价格', { exact: true }).fill('880000')
  await page.keyboard.press('Control+Enter')
  await expect(form.getByText(say('entry.reason.missing')).first()).toBeVisible()
  await form.getByLabel(say('entry.reason'), { exact: true }).fill('更正错误')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
})

test('the record shows what the correction changes', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre, record)
  const drawer = page.getByRole('dialog')
  const price = drawer.getByRole('row', { name: /^取得价格/ }).first()
  await expect(price).toContainText('¥880,000.00')
  await expect(price).toContainText('¥860,000.00')
  await expect(price).toContainText(say('fields.change.changed'))
  await expect(drawer.getByRole('row', { name: /^具体地址/ }).first()).not.toContainText(
    say('fields.change.changed'),
  )
})

test('a record that is on its way is not corrected a second time', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2', record)
  await expect(page.getByText(say('entry.not-correctable'))).toBeVisible()
  expect(prepared.faults).toEqual([])
})
