import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { goTo, lock, logIn } from '../support/desk.ts'
import { typeSheet } from '../support/founding.ts'
import { four } from '../support/unit.ts'
import { tabTo } from '../support/keys.ts'
import { say } from '../support/words.ts'
import { prepare, type Prepared } from './prepared.ts'

const newPassword = '河边 骆驼 七点 螺丝'

let prepared: Prepared
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser)
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

const next = () => page.getByRole('button', { name: say('do.next') })

test('holders type their sheets from the lock screen, without the mouse', async () => {
  await tabTo(page, page.getByRole('button', { name: say('recovery.open') }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: say('recovery.sheets.title') })).toBeVisible()
  await expect(next()).toBeDisabled()
  await expectAccessible(page)
  await typeSheet(page, 1, prepared.sheets[1]?.lines ?? [])
  await expect(page.getByText(say('sheet-entry.number', { number: 2, sheets: 3 }))).toBeVisible()
  await typeSheet(page, 2, prepared.sheets[2]?.lines ?? [])
  await expectAccessible(page)
  await tabTo(page, next())
  await page.keyboard.press('Enter')
})

test('a log-in name that nobody has changes nothing, and what was typed stays', async () => {
  await expect(page.getByRole('heading', { name: say('recovery.member.title') })).toBeVisible()
  await fillMember('nobody')
  await page.keyboard.press('Enter')
  await expect(page.getByText('recovery/no-such-member')).toBeVisible()
  await expectAccessible(page)
})

test('the member chooses a new password, and logs in with it', async () => {
  await page.getByLabel(say('lock.login')).fill(four.approver.login)
  await page.getByRole('button', { name: say('recovery.use') }).click()
  await expect(page.getByText(say('recovery.done', { name: four.approver.name }))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: say('recovery.leave') }).click()
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await logIn(page, { ...four.approver, password: newPassword })
})

test('what the sheets did stands in the log for everybody to see', async () => {
  await goTo(page, 'nav.security')
  await page.getByRole('link', { name: say('security.log') }).click()
  const line = page.getByRole('row').filter({ hasText: say('action.key.remove') })
  await expect(line).toContainText(say('role.root'))
  await lock(page)
  await page.getByLabel(say('lock.login')).fill(four.approver.login)
  await page.getByLabel(say('lock.password'), { exact: true }).fill(four.approver.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('vault/wrong-password')).toBeVisible()
  expect(prepared.faults).toEqual([])
})

async function fillMember(login: string): Promise<void> {
  await page.getByLabel(say('lock.login')).fill(login)
  await page.getByLabel(say('password.first'), { exact: true }).fill(newPassword)
  await page.getByLabel(say('password.second'), { exact: true }).fill(newPassword)
}
