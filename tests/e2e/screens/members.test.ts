import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as, expectDeskOf, goTo, lock, logIn } from '../support/desk.ts'
import { tabTo } from '../support/keys.ts'
import { member, members } from '../support/people.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, type Prepared } from './prepared.ts'

const newcomer = member('xinren', '钟离月', 'collector')

let prepared: Prepared
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  const work = async (core: TestCore) => {
    await core.value('cadre.open', { name: newcomer.name, identityNumber: null, post: '科员' })
  }
  prepared = await prepare(browser, work, officeUnit())
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

const card = (title: string) => page.getByRole('region', { name: title })

async function typePassword(password: string): Promise<void> {
  await page.getByLabel(say('password.first'), { exact: true }).fill(password)
  await page.getByLabel(say('password.second')).fill(password)
}

async function openTasks(): Promise<void> {
  await card(say('members.tasks')).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: say('members.tasks') })).toBeVisible()
}

async function openMember(name: string): Promise<void> {
  await goTo(page, 'nav.members')
  await page
    .getByRole('grid', { name: say('members.list') })
    .getByText(name, { exact: true })
    .click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('the secadmin says who and what, the new member types the password', async () => {
  await logIn(page, members.secadmin)
  await goTo(page, 'nav.members')
  await expectAccessible(page)
  await page.getByRole('link', { name: say('members.invite') }).click()
  await page.getByLabel(say('members.name'), { exact: true }).fill(newcomer.name)
  await page.getByLabel(say('founding.members.login')).fill(newcomer.login)
  await expectAccessible(page)
  await page.getByRole('button', { name: say('members.invite.next') }).click()
  await expect(page.getByLabel(say('password.first'), { exact: true })).toBeFocused()
  await typePassword(newcomer.password)
  await expectAccessible(page)
  await page.getByRole('button', { name: say('members.invite.finish') }).click()
  await expect(page.getByText(say('members.new-key', { name: newcomer.name }))).toBeVisible()
  await page.getByRole('button', { name: say('members.invited.look') }).click()
  await expect(page.getByRole('main').getByText(say('members.standing.unconfirmed')).first()).toBeVisible()
  await expectAccessible(page)
  await lock(page)
})

test('the first log-in says what waits, for whom, and the fingerprint', async () => {
  await as(page, newcomer, async () => {
    const welcome = card(say('members.own.welcome', { name: newcomer.name }))
    await expect(welcome).toContainText(members.approver.name)
    await expect(welcome).toContainText(say('members.own.fingerprint'))
    await expectAccessible(page)
  })
})

test('an approver compares the fingerprint with the person and confirms, without a mouse', async () => {
  await as(page, members.approver, async () => {
    await openTasks()
    const confirm = card(say('members.confirm.title', { name: newcomer.name }))
    await expect(confirm).toContainText(say('role.collector'))
    const run = confirm.getByRole('button', { name: say('members.confirm.run') })
    await expect(run).toBeDisabled()
    await expectAccessible(page)
    await tabTo(page, confirm.getByLabel(say('members.confirm.compared', { name: newcomer.name })))
    await page.keyboard.press('Space')
    await expect(run).toBeEnabled()
    await tabTo(page, run)
    await page.keyboard.press('Enter')
    await expect(confirm).toBeHidden()
  })
})

test('the member works from then on, and says that a dossier is about them', async () => {
  await as(page, newcomer, async () => {
    await openTasks()
    const own = card(say('members.tie.own'))
    await own.getByRole('combobox').click()
    await page.getByTitle(new RegExp(newcomer.name)).click()
    await expectAccessible(page)
    await own.getByRole('button', { name: say('members.tie.run') }).click()
    await expect(own).toBeHidden()
    await goTo(page, 'nav.entry')
  })
})

test('a forgotten password is replaced by the member, whose roles are confirmed again', async () => {
  const changed = { ...newcomer, password: 'another-mima-2026' }
  await logIn(page, members.secadmin)
  await openMember(newcomer.name)
  await page.getByRole('button', { name: say('members.act.reset') }).click()
  await typePassword(changed.password)
  await expectAccessible(page)
  await page.getByRole('button', { name: say('members.act.reset.run') }).click()
  await expect(page.getByText(say('members.new-key', { name: newcomer.name }))).toBeVisible()
  await lock(page)
  await as(page, changed, async () => expectDeskOf(page, changed))
})

test('who leaves is out at once; the holders replace the keys', async () => {
  await logIn(page, members.secadmin)
  await openMember(members.reviewerOne.name)
  await page.getByRole('button', { name: say('members.act.remove') }).click()
  await expect(page.getByText(say('members.few-reviewers', { count: 1 }))).toBeVisible()
  await page.getByLabel(say('members.act.remove.sure', { name: members.reviewerOne.name })).check()
  await expectAccessible(page)
  await page
    .locator('.members-act')
    .getByRole('button', { name: say('members.act.remove') })
    .click()
  await expect(page.getByRole('main').getByText(say('members.standing.left')).first()).toBeVisible()
  await lock(page)
  await as(page, members.approver, async () => {
    await openTasks()
    const epochs = card(say('members.epochs'))
    await expect(epochs).toContainText(say('keyring.archive'))
    await expectAccessible(page)
    await epochs.getByRole('button', { name: say('members.epochs.run') }).click()
    await expect(epochs).toBeHidden()
    await goTo(page, 'nav.dossiers')
    await expect(page.getByRole('grid')).toContainText(newcomer.name)
  })
  expect(prepared.faults).toEqual([])
})
