import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { lock, logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared
let keyFile: string
const newPassword = 'another password of the tests'

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser)
})
test.afterAll(() => prepared.close())

const card = (page: Page, title: Parameters<typeof say>[0]) =>
  page.getByRole('region', { name: say(title), exact: true })

async function fillLogIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel(say('lock.login'), { exact: true }).fill(login)
  await page.getByLabel(say('lock.password'), { exact: true }).fill(password)
}

/** All that the clipboard holds from now on, one after the other: the page looks often enough to miss nothing. */
async function watchClipboard(page: Page): Promise<() => Promise<readonly string[]>> {
  const seen = await page.evaluateHandle(() => {
    const texts: string[] = []
    const look = async () => {
      const text = await navigator.clipboard.readText().catch(() => texts.at(-1) ?? '')
      if (text !== texts.at(-1)) texts.push(text)
      setTimeout(() => void look(), 50)
    }
    void look()
    return texts
  })
  return () => seen.jsonValue()
}

test('name and time stand faintly over every page, in nobody’s way', async () => {
  const { page } = prepared
  await logIn(page, four.approver)
  const mark = page.locator('.watermark')
  await expect(mark).toBeVisible()
  const image = decodeURIComponent(
    await mark.evaluate((element) => getComputedStyle(element).backgroundImage),
  )
  expect(image).toContain(`${four.approver.name} ${four.approver.login}`)
  const top = await page.evaluate(() => document.elementFromPoint(300, 300)?.className ?? '')
  expect(top).not.toContain('watermark')
})

test('a print says who printed it, and when', async () => {
  const { page } = prepared
  const line = page.locator('.print-mark')
  await expect(line).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(line).toBeVisible()
  await expect(line).toContainText(`示例县清水镇人民政府 · ${four.approver.name} ${four.approver.login} 20`)
  await page.emulateMedia({ media: null })
})

test('everyone changes their own password, with the old one', async () => {
  const { page } = prepared
  await page.getByRole('banner').getByRole('button', { name: four.approver.name }).click()
  await page.getByRole('menuitem', { name: say('shell.account') }).click()
  await expectAccessible(page)
  const password = card(page, 'account.password')
  await password.getByRole('button', { name: say('account.password.change') }).click()
  await expect(password.getByLabel(say('account.password.present'))).toBeFocused()
  await page.keyboard.type('not the password')
  await password.getByLabel(say('account.password.new'), { exact: true }).fill(newPassword)
  await password.getByLabel(say('password.second')).fill(newPassword)
  await page.keyboard.press('Enter')
  await expect(password.getByText('vault/wrong-password')).toBeVisible()
  await password.getByLabel(say('account.password.present')).fill(four.approver.password)
  await password.getByRole('button', { name: say('account.password.change') }).click()
  await expect(password.getByText(say('account.password.changed'))).toBeVisible()
  await lock(page)
  await logIn(page, { ...four.approver, password: newPassword })
})

test('a key file is asked for only when it is known to lie where it was put', async () => {
  const { page, premises } = prepared
  await visit(page, 'settings', 'account')
  const own = card(page, 'account.key-file')
  await own.getByRole('button', { name: say('account.key-file.make') }).click()
  const downloading = page.waitForEvent('download')
  await own.getByRole('button', { name: say('account.key-file.download') }).click()
  const download = await downloading
  keyFile = join(premises.directory, download.suggestedFilename())
  await download.saveAs(keyFile)
  expect(JSON.parse(readFileSync(keyFile, 'utf8'))).toMatchObject({ type: 'liandang/keyfile/1' })
  await expect(own.getByText(say('account.key-file.off'))).toBeVisible()
  await own.getByLabel(say('key-file.choose')).first().setInputFiles(keyFile)
  await own.getByLabel(say('account.password.present')).fill(newPassword)
  await own.getByRole('button', { name: say('account.key-file.use') }).click()
  await expect(own.getByText(/登录时需要密钥文件/)).toBeVisible()
  await expectAccessible(page)
})

test('log-in asks for the file, takes it from the stick, and keeps the typed password meanwhile', async () => {
  const { page } = prepared
  await lock(page)
  await fillLogIn(page, four.approver.login, newPassword)
  await page.getByRole('button', { name: say('lock.unlock') }).click()
  await expect(page.getByText('vault/key-file-needed')).toBeVisible()
  await expect(page.getByLabel(say('lock.password'), { exact: true })).toHaveValue(newPassword)
  await expectAccessible(page)
  await page.locator('input[type=file]').setInputFiles(keyFile)
  await page.getByRole('button', { name: say('lock.unlock') }).click()
  await expect(page.getByRole('heading', { level: 1, name: say('nav.workbench') })).toBeVisible()
  await lock(page)
  await logIn(page, four.one)
})

test('only secadmin sees the settings of the unit', async () => {
  const { page } = prepared
  await visit(page, 'settings', 'unit')
  await expect(page.getByRole('link', { name: say('settings.unit') })).toHaveCount(0)
  await expect(page.getByRole('region', { name: say('account.system') })).toHaveCount(0)
  await lock(page)
  await logIn(page, four.collector)
  await visit(page, 'settings', 'unit')
  await expect(page.getByLabel(say('settings.idle'))).toHaveValue('10')
  await expectAccessible(page)
})

test('what is copied leaves the clipboard, but not what somebody else put there since', async () => {
  const { page, context } = prepared
  await page.getByLabel(say('settings.clipboard')).fill('2')
  await page.getByRole('button', { name: say('settings.save') }).click()
  await expect(page.getByText(say('settings.in-force'))).toBeVisible()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const held = await watchClipboard(page)
  const copyUnitName = async () => {
    const { length } = await held()
    await page.locator('.topbar-unit').click({ clickCount: 3 })
    await page.keyboard.press('Control+c')
    const since = async () => (await held()).slice(length)
    await expect.poll(since).toContainEqual(expect.stringContaining('清水镇'))
  }
  await copyUnitName()
  await expect.poll(async () => (await held()).at(-1)).toBe('')
  await copyUnitName()
  await page.evaluate(() => navigator.clipboard.writeText('别处复制的'))
  // The last thing that is due has been decided when a later copy has been cleared.
  await page.waitForFunction(() => sessionStorage.getItem('liandang-clipboard-due') === null)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('别处复制的')
})

test('without the setting there is no watermark on the screen, and the print still says who', async () => {
  const { page, faults } = prepared
  await page.getByLabel(say('settings.watermark')).click()
  await page.getByRole('button', { name: say('settings.save') }).click()
  await expect(page.locator('.watermark')).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.print-mark')).toBeVisible()
  await page.emulateMedia({ media: null })
  expect(faults).toEqual([])
})
