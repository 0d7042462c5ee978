import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { newPremises, setDay, startApplication, type Application } from '../support/application.ts'
import { logIn, watchFaults } from '../support/desk.ts'
import { foundOverContract, four, smallUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { visit } from './prepared.ts'

const premises = newPremises()
let application: Application
let page: Page
let faults: readonly string[]

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  await foundOverContract(premises, smallUnit, async (core) => {
    for (const name of ['张三丰', '李四光', '王五岳'])
      await core.value('cadre.open', { name, identityNumber: null, post: '科员' })
  })
  application = await startApplication(premises, 'dated')
  // Half a year later everything that a dossier begins with is overdue.
  setDay(premises, 180)
  page = await (await browser.newContext()).newPage()
  faults = watchFaults(page)
  await page.goto(await application.newAddress())
})
test.afterAll(async () => {
  await page.context().close()
  await application.stop()
  premises.remove()
})

const table = () => page.getByRole('table', { name: say('due.list') })

test('the clerk sees at the desk what is overdue, and comes from a line straight to its form', async () => {
  await logIn(page, four.collector)
  await expect(page.getByRole('heading', { name: say('due.bench') })).toBeVisible()
  await page
    .getByRole('navigation')
    .getByRole('link', { name: say('nav.due') })
    .click()
  await expect(table().getByRole('row').nth(1)).toContainText(say('due.state.overdue'))
  await expectAccessible(page)
  await page.getByRole('combobox', { name: say('due.category.label') }).fill('B1')
  await expect(page.getByRole('option', { name: /^B1 / })).toBeAttached()
  await page.keyboard.press('Enter')
  const rows = table().getByRole('row')
  await expect(rows).toHaveCount(1 + 3)
  await expect(table()).toContainText(say('due.cause.opened'))
  expect(new URL(page.url()).hash).toContain('category=B1')
  const label = say('due.enter.label', { name: '李四光', category: '婚姻变化' })
  await table().getByRole('link', { name: label }).first().click()
  await expect(page).toHaveURL(/#\/entry\/[0-9a-f]{32}\/B1$/)
})

test('the calendar is walked with the keys and narrows the list to one day', async () => {
  await visit(page, 'due')
  const grid = page.getByRole('grid')
  await grid.locator('[tabindex="0"]').focus()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageDown')
  await page.keyboard.press('Home')
  const first = grid.locator('[tabindex]').first()
  await expect(first).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/day=\d{4}-\d{2}-01/)
  await page.getByRole('button', { name: say('due.clear') }).click()
  await expect(table()).toBeVisible()
})

test('the approver signs that a cadre has left: the cycles end, the hand-over of the office opens', async () => {
  await page.keyboard.press('Control+Alt+l')
  await logIn(page, four.approver)
  await visit(page, 'dossiers')
  await page
    .getByRole('grid', { name: say('dossiers.list') })
    .getByRole('row', { name: /王五岳/ })
    .click()
  await page.getByRole('button', { name: say('stage.change') }).click()
  const form = page.getByRole('form', { name: say('stage.title', { name: '王五岳' }) })
  await form.getByRole('combobox', { name: say('stage.new') }).click()
  await page.locator('.ant-select-item-option', { hasText: '离任' }).click()
  await form.getByLabel(say('stage.reason')).fill('调离本单位')
  await expect(form).toContainText('离任交接')
  await expectAccessible(page)
  await form.getByRole('button', { name: say('stage.sign') }).click()
  await expect(form).toBeHidden()
  await expect(page.getByText('离任', { exact: true })).toBeVisible()
  const due = page.getByRole('region', { name: say('due.dossier') })
  await expect(due).toContainText('离任交接')
  await expect(due).not.toContainText('收入')
  expect(faults).toEqual([])
})
