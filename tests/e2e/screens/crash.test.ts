import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startTestCore } from '../../helpers/core.ts'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { lock, logIn } from '../support/desk.ts'
import { entryForm } from '../support/entry.ts'
import { openProfile, type ProfileBrowser } from '../support/profile.ts'
import { foundOverContract, four, smallUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { visit } from './prepared.ts'

// What is on the desk when a process is ended without a word. The browser has a profile on the disk, as people have.

const house = '房产、车位、储藏间'
let premises: Premises
let application: Application
let browser: ProfileBrowser
let cadre: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  premises = newPremises()
  await foundOverContract(premises, smallUnit, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })).cadre
  })
  application = await startApplication(premises)
  browser = await freshBrowser()
})
test.afterAll(async () => {
  await browser.kill()
  await application.stop()
  premises.remove()
})

async function freshBrowser(): Promise<ProfileBrowser> {
  const profile = join(premises.directory, 'profile')
  mkdirSync(profile, { recursive: true })
  const opened = await openProfile(premises, profile)
  await opened.page.setViewportSize({ width: 1366, height: 768 })
  await opened.page.goto(await application.newAddress())
  return opened
}

/** The processes that the application started, the oldest first: the core at work, and one that is kept ready. */
function childrenOf(parent: number): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,etime='], { encoding: 'utf8' }).trim().split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parentId]) => Number(parentId) === parent)
    .toSorted(([, , one = ''], [, , other = '']) => (one.padStart(16) < other.padStart(16) ? 1 : -1))
    .map(([id]) => Number(id))
}

async function typeAddress(page: Page, address: string): Promise<void> {
  await visit(page, 'entry', cadre, 'C2')
  const form = entryForm(page, house)
  await form.getByLabel('具体地址').fill(address)
  await expect(form.getByText(/草稿已加密保存于/)).toBeVisible()
}

async function expectDraft(page: Page, address: string): Promise<void> {
  const drafts = page.getByRole('region', { name: say('drafts.title') })
  await drafts.getByRole('link', { name: say('drafts.continue') }).click()
  await page.getByRole('button', { name: say('drafts.continue') }).click()
  await expect(entryForm(page, house).getByLabel('具体地址')).toHaveValue(address)
}

test('a core that is killed leaves a locked desk, and the draft comes back after the next log-in', async () => {
  const { page } = browser
  await logIn(page, four.collector)
  await typeAddress(page, '清水镇滨河路十八号')
  const [core] = childrenOf(application.processId)
  process.kill(core ?? 0, 'SIGKILL')
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await expect(page.getByText('清水镇滨河路十八号')).toHaveCount(0)
  expect(childrenOf(application.processId)).not.toContain(core)
  await logIn(page, four.collector)
  await expectDraft(page, '清水镇滨河路十八号')
})

test('a browser that is killed loses nothing that had been kept', async () => {
  await typeAddress(browser.page, '清水镇滨河路二十号')
  await browser.kill()
  browser = await freshBrowser()
  const { page } = browser
  await lock(page)
  await logIn(page, four.collector)
  await expectDraft(page, '清水镇滨河路二十号')
})

test('somebody who types without a rest is kept up with', async () => {
  const { page } = browser
  const address = entryForm(page, house).getByLabel('具体地址')
  await address.press('End')
  // Every key comes sooner than the rest that the form waits for, and nothing follows the last one.
  await address.pressSequentially('零一二三四五六七八九'.repeat(2), { delay: 400 })
  await browser.kill()
  browser = await freshBrowser()
  await lock(browser.page)
  await logIn(browser.page, four.collector)
  const drafts = browser.page.getByRole('region', { name: say('drafts.title') })
  await drafts.getByRole('link', { name: say('drafts.continue') }).click()
  await browser.page.getByRole('button', { name: say('drafts.continue') }).click()
  await expect(entryForm(browser.page, house).getByLabel('具体地址')).toHaveValue(/二十号零一二三/)
})

test('an application that is killed with its core leaves a vault that opens', async () => {
  const port = Number(new URL(browser.page.url()).port)
  await browser.kill()
  process.kill(application.processId, 'SIGKILL')
  const core = startTestCore(premises.vault)
  const session = await core.signIn(four.collector.login, four.collector.password)
  expect(session.member.name).toBe(four.collector.name)
  await core.stop()
  application = await startApplication(premises, 'real', port)
  browser = await freshBrowser()
  await logIn(browser.page, four.collector)
  await expect(browser.page.getByRole('region', { name: say('drafts.title') })).toContainText('刘建国')
})
