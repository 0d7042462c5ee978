import { expect, test } from '@playwright/test'
import { expectDeskOf, lock, logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

/** So many wrong passwords are answered at once. */
const freeTries = 4

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser)
})
test.afterAll(() => prepared.close())

test('the log-in name is ready to be typed, and Enter logs in', async () => {
  const { page } = prepared
  await expect(page.getByLabel(say('lock.login'))).toBeFocused()
  await page.keyboard.type(four.collector.login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(four.collector.password)
  await page.keyboard.press('Enter')
  await expectDeskOf(page, four.collector)
})

test('a reload of the page keeps the session, and a lock ends it', async () => {
  const { page } = prepared
  await page.reload()
  await expectDeskOf(page, four.collector)
  await visit(page, 'security')
  await lock(page)
  await expect(page.getByText(four.collector.name)).toHaveCount(0)
})

test('another member takes over by logging in', async () => {
  const { page } = prepared
  await logIn(page, four.approver)
  await lock(page)
})

test('wrong passwords are told in words, and after several one has to wait', async () => {
  const { page } = prepared
  const password = page.getByLabel(say('lock.password'), { exact: true })
  const submit = page.getByRole('button', { name: say('lock.unlock') })
  await page.getByLabel(say('lock.login')).fill(four.collector.login)
  const waiting = page.getByText(new RegExp(say('lock.wait', { seconds: '\\d+' })))
  for (let tries = 1; tries <= freeTries + 1; tries++) {
    await password.fill('not the password')
    await submit.click()
    await expect(password).toHaveValue('')
    await expect(page.getByText('vault/wrong-password')).toBeVisible()
    if (tries <= freeTries) await expect(submit).toBeEnabled()
  }
  await expect(waiting).toBeVisible()
  await expect(submit).toBeDisabled()
  await expect(submit).toBeEnabled({ timeout: 90_000 })
})

test('a desk that nobody touches locks itself', async () => {
  const { context, application } = prepared
  const idle = await context.newPage()
  await idle.clock.install()
  await idle.goto(await application.newAddress())
  await logIn(idle, four.collector)
  await idle.clock.fastForward('09:00')
  await expect(idle.getByRole('button', { name: say('shell.lock') })).toBeVisible()
  await idle.clock.fastForward('02:00')
  await expect(idle.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await idle.close()
})

test('Ctrl+Alt+L locks from wherever one is', async () => {
  const { page } = prepared
  await page.reload()
  await logIn(page, four.collector)
  await visit(page, 'dossiers')
  await page.keyboard.press('Control+Alt+l')
  await expect(page.getByLabel(say('lock.login'), { exact: true })).toBeFocused()
})

test('changing the member locks and waits for the next login name', async () => {
  const { page } = prepared
  await logIn(page, four.collector)
  await page.getByRole('banner').getByRole('button', { name: four.collector.name }).click()
  await page.getByRole('menuitem', { name: say('shell.change-member') }).click()
  const login = page.getByLabel(say('lock.login'), { exact: true })
  await expect(login).toBeFocused()
  await expect(login).toHaveValue('')
  await logIn(page, four.approver)
})
