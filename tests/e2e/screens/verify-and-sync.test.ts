import { expect, test } from '@playwright/test'
import { logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    const { cadre } = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })
    await archiveAll(core, [await enterHouse(core, cadre, '滨河路18号', 86_000_000)])
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

test('the log names who signed what, and as what', async () => {
  const { page } = prepared
  await visit(page, 'security', 'log')
  await page.getByText(say('compartment.archive'), { exact: true }).click()
  const log = page.getByRole('table', { name: say('security.log') })
  const signing = log.getByRole('row', { name: new RegExp(say('action.review.sign')) })
  await expect(signing).toContainText(four.approver.name)
  await expect(signing).toContainText(say('role.approver'))
  await expect(signing).toContainText(say('log.in-force'))
})

test('verification answers with a report', async () => {
  const { page } = prepared
  await visit(page, 'security', 'verify')
  await page.getByRole('button', { name: say('verify.run') }).click()
  await expect(page.getByRole('heading', { name: new RegExp(say('verify.good')) })).toBeVisible()
  const archive = page.getByRole('region', { name: say('compartment.archive') })
  await expect(archive).toContainText(say('verify.no-fault'))
})

test('rebuilding the tables finds them as the log says', async () => {
  const { page } = prepared
  await visit(page, 'security', 'rebuild')
  await page.getByRole('button', { name: say('rebuild.run') }).click()
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: say('rebuild.run') })
    .click()
  const row = page.getByRole('row', { name: new RegExp(say('compartment.archive')) })
  await expect(row).toContainText(say('rebuild.same'))
})

test('a unit without a hub is told what it can do', async () => {
  const { page } = prepared
  await visit(page, 'sync')
  await expect(page.getByText(say('upstream.none.secadmin'))).toBeVisible()
  await expect(page.getByRole('button', { name: say('sync.deliver') })).toBeDisabled()
  await expect(page.getByRole('button', { name: say('sync.export') })).toBeDisabled()
})

test('a card that is no card is refused in words', async () => {
  const { page } = prepared
  await page.getByText(say('upstream.propose.title')).click()
  await page.getByLabel(say('upstream.card')).fill('not a card')
  await page.getByRole('button', { name: say('upstream.propose'), exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('hub/not-a-card')
})

test('a file that is no receipt is refused in words', async () => {
  const { page } = prepared
  await page.getByRole('button', { name: say('sync.receive') }).click()
  await page
    .getByLabel(say('sync.receive.upload'))
    .setInputFiles({ name: '回执.liandang', mimeType: '', buffer: Buffer.from('no bundle at all') })
  await expect(page.getByRole('region', { name: say('sync.receive') }).getByRole('alert')).toBeVisible()
  expect(prepared.faults).toEqual([])
})
