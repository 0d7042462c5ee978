import { expect, test } from '@playwright/test'
import { logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const many = 700
const name = (index: number) => `欧阳${String.fromCodePoint(0x4e00 + index)}${index % 2 === 0 ? '文' : '武'}`

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    for (let index = 0; index < many; index++) {
      await core.value('cadre.open', { name: name(index), identityNumber: null, post: null })
    }
  })
  await logIn(prepared.page, four.collector)
  await visit(prepared.page, 'dossiers')
})
test.afterAll(() => prepared.close())

test('a long list holds only the rows in view, and reaches its end', async () => {
  const { page } = prepared
  const list = page.getByRole('grid', { name: say('dossiers.list') })
  await expect(list.getByRole('row').first()).toBeVisible()
  const [shown, total] = [say('dossiers.count', { shown: many, total: many }), list.getByRole('row')]
  await expect(async () => {
    await list.locator('.vtable-body').evaluate((body) => body.scrollTo(0, body.scrollHeight))
    await expect(page.getByText(shown)).toBeVisible({ timeout: 100 })
  }).toPass()
  expect(await total.count()).toBeLessThan(80)
})

test('a part of a name finds whoever bears it', async () => {
  const { page } = prepared
  await page.getByLabel(say('dossiers.search')).fill(name(123).slice(1))
  await expect(page.getByText(say('dossiers.count', { shown: 1, total: 1 }))).toBeVisible()
  await expect(page.getByRole('row')).toContainText([name(123)])
})

test('a search without a result says what else to try', async () => {
  const { page } = prepared
  await page.getByLabel(say('dossiers.search')).fill('查无此人')
  await expect(page.getByText(say('dossiers.not-found.hint'))).toBeVisible()
})

test('the arrow keys go through the list and Enter opens a dossier', async () => {
  const { page } = prepared
  await page.getByLabel(say('dossiers.search')).fill('')
  const rows = page.getByRole('grid', { name: say('dossiers.list') }).getByRole('row')
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const second = await rows.nth(1).locator('.who-name').innerText()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second)
  await expect(page.getByText(say('dossiers.incomplete')).last()).toBeVisible()
})

test('a second dossier of one name is warned of', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', 'new')
  await page.getByRole('textbox', { name: say('dossiers.name'), exact: true }).fill(name(5))
  await expect(page.getByText(say('dossiers.namesake'))).toBeVisible()
})
