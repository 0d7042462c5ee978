import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { browseTo } from '../support/sync.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

const many = 700
const name = (index: number) => `欧阳${String.fromCodePoint(0x4e00 + index)}${index % 2 === 0 ? '文' : '武'}`

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    for (let index = 0; index < many; index++) {
      const post = index % 7 === 0 ? '会计' : null
      const { cadre } = await core.value('cadre.open', { name: name(index), identityNumber: null, post })
      if (index === 42) await archiveAll(core, [await enterHouse(core, cadre, '梧桐街三号', 100)])
    }
  })
  await logIn(prepared.page, four.collector)
  await visit(prepared.page, 'dossiers')
})
test.afterAll(() => prepared.close())

const list = () => prepared.page.getByRole('grid', { name: say('dossiers.list') })
const search = () => prepared.page.getByLabel(say('dossiers.search.any'))
const total = (count: number) =>
  prepared.page.getByText(say('dossiers.total', { total: count }), { exact: true })

test('a long list holds only the rows in view, and its scroll bar reaches the middle and the end', async () => {
  await expect(list().getByRole('row').first()).toBeVisible()
  await expect(total(many)).toBeVisible()
  const body = list().locator('.vtable-body')
  await body.evaluate((one) => one.scrollTo(0, one.scrollHeight / 2))
  const middle = list().locator('[aria-rowindex="350"] .who-name')
  await expect(middle).toBeVisible()
  await body.evaluate((one) => one.scrollTo(0, one.scrollHeight))
  await expect(list().locator(`[aria-rowindex="${many}"] .who-name`)).toBeVisible()
  expect(await list().getByRole('row').count()).toBeLessThan(80)
  await body.evaluate((one) => one.scrollTo(0, 0))
})

test('a part of a name finds whoever bears it', async () => {
  await search().fill(name(123).slice(1))
  await expect(total(1)).toBeVisible()
  await expect(list().getByRole('row')).toContainText([name(123)])
})

test('a text of an archived fact names where it stands, and the hit leads to the record', async () => {
  const { page } = prepared
  await search().fill('梧桐街')
  await expect(total(1)).toBeVisible()
  const hit = list().getByRole('link')
  await expect(hit).toContainText('地址')
  await hit.click()
  await expect(page).toHaveURL(/#\/dossiers\/[0-9a-f]{32}\/[0-9a-f]{32}/)
  const purpose = page.getByRole('dialog', { name: say('purpose.title') })
  await expect(purpose).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(purpose).toBeHidden()
})

test('a search without a result says what else to try', async () => {
  await search().fill('查无此人')
  await expect(prepared.page.getByText(say('dossiers.not-found.hint'))).toBeVisible()
  await search().fill('')
  await expect(total(many)).toBeVisible()
})

test('filters stand in the address: back and reload keep them', async () => {
  const { page } = prepared
  await visit(page, 'dossiers')
  await page.getByRole('button', { name: say('dossiers.filter'), exact: true }).click()
  await page.getByRole('combobox', { name: say('dossiers.filter.post'), exact: true }).fill('会计')
  await expect(page.getByRole('option', { name: /^会计/ })).toBeAttached()
  await page.keyboard.press('Enter')
  await expect(total(100)).toBeVisible()
  expect(new URL(page.url()).hash).toContain('post=')
  await list().getByRole('row').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(new URL(page.url()).hash).toContain('post=')
  await page.goBack()
  await page.goBack()
  await expect(total(many)).toBeVisible()
  await page.goForward()
  await expect(total(100)).toBeVisible()
})

test('a view is kept, marks what is in it, is renamed and deleted', async () => {
  const { page } = prepared
  const views = page.getByRole('navigation', { name: say('dossiers.views') })
  await views.getByRole('button', { name: say('dossiers.views.keep') }).click()
  await page.getByLabel(say('dossiers.views.name')).fill('全部会计')
  await page.keyboard.press('Enter')
  const view = views.getByRole('button', { name: '全部会计', exact: true })
  await expect(view).toHaveAttribute('aria-pressed', 'true')
  const more = () => views.locator('.ant-dropdown-trigger')
  await more().click()
  await page.getByRole('menuitem', { name: say('dossiers.views.mark') }).click()
  await expect(list().locator('.who-tag.is-mark').first()).toHaveText('全部会计')
  await views.getByRole('button', { name: say('dossiers.views.every'), exact: true }).click()
  await expect(total(many)).toBeVisible()
  await views.getByRole('button', { name: '全部会计' }).click()
  await expect(total(100)).toBeVisible()
  await more().click()
  await page.getByRole('menuitem', { name: say('dossiers.views.rename') }).click()
  await page.getByLabel(say('dossiers.views.name')).fill('会计岗')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('button', { name: '◆ 会计岗', exact: true })).toBeVisible()
  await more().click()
  await page.getByRole('menuitem', { name: say('dossiers.views.drop') }).click()
  await expect(views.getByRole('button', { name: '◆ 会计岗', exact: true })).toHaveCount(0)
  await expect(list().locator('.who-tag.is-mark')).toHaveCount(0)
})

test('nothing of the list with its filters open keeps anybody out', async () => {
  await expectAccessible(prepared.page)
  await visit(prepared.page, 'dossiers')
  await prepared.page
    .getByRole('navigation', { name: say('dossiers.views') })
    .getByRole('button', { name: say('dossiers.views.every'), exact: true })
    .click()
  await expect(total(many)).toBeVisible()
})

test('the keyboard alone goes from the search through the list to a dossier', async () => {
  const { page } = prepared
  const rows = list().getByRole('row')
  await search().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const second = await rows.nth(1).locator('.who-name').innerText()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second)
  await expect(page.getByText(say('dossiers.incomplete')).last()).toBeVisible()
  await rows.nth(1).focus()
  await page.keyboard.press('End')
  await expect(list().locator(`[aria-rowindex="${many}"]`)).toBeFocused()
  await page.keyboard.type(name(5))
  await expect(search()).toHaveValue(name(5))
  await expect(total(1)).toBeVisible()
})

test('a tag is put on a dossier, shown in the list, and taken off', async () => {
  const { page } = prepared
  await list().getByRole('row').first().click()
  await page.getByRole('button', { name: say('dossier.tags.add') }).click()
  await page.getByLabel(say('dossier.tags.name')).fill('重点岗位')
  await page.keyboard.press('Enter')
  await expect(list().locator('.who-tag')).toHaveText('重点岗位')
  await page.getByRole('button', { name: say('dossier.tags.drop', { tag: '重点岗位' }) }).click()
  await expect(list().locator('.who-tag')).toHaveCount(0)
})

test('a second dossier of one name is warned of', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', 'new')
  await page.getByRole('textbox', { name: say('dossiers.name'), exact: true }).fill(name(5))
  await expect(page.getByText(say('dossiers.namesake'))).toBeVisible()
})

test('the list goes into a file after the purpose is said, and stands in the register', async () => {
  const { page } = prepared
  await search().fill(name(7))
  await expect(total(1)).toBeVisible()
  await page.getByRole('link', { name: say('list-export.open') }).click()
  const panel = page.getByRole('region', { name: say('list-export.open') })
  const here = panel.getByRole('button', { name: say('list-export.here') })
  await browseTo(panel, prepared.premises.home)
  await expect(here).toBeDisabled()
  await panel.getByText(say('purpose.report'), { exact: true }).click()
  await expectAccessible(page)
  await here.click()
  await expect(page.getByText(say('list-export.done', { count: 1 }))).toBeVisible()
  await visit(page, 'register')
  await expect(page.getByText(say('register.lines', { count: 1 }))).toBeVisible()
})
