import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { expectDeskOf, logIn, watchFaults } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

interface NewComputer {
  readonly premises: Premises
  readonly application: Application
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: readonly string[]
}

let unit: Prepared
const computers: NewComputer[] = []
let stick: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  unit = await prepare(browser, async (core) => {
    await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })
  })
  stick = join(unit.premises.home, 'U盘')
  mkdirSync(stick)
  for (let index = 0; index < 2; index++) {
    const premises = newPremises()
    symlinkSync(stick, join(premises.home, 'U盘'))
    const application = await startApplication(premises)
    const context = await browser.newContext()
    const page = await context.newPage()
    const faults = watchFaults(page)
    await page.goto(await application.newAddress())
    computers.push({ premises, application, context, page, faults })
  }
  await logIn(unit.page, four.collector)
})
test.afterAll(async () => {
  for (const { context, application, premises } of computers) {
    await context.close()
    await application.stop()
    premises.remove()
  }
  await unit.close()
})

async function shot(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true })
}

/** Makes the request of a new computer; the code on its screen. */
async function ask(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: say('join.start') }).click()
  await page.getByLabel(say('join.name')).fill(name)
  await page.getByLabel(say('join.passphrase')).fill('one phrase for once')
  await page.getByLabel(say('password.second')).fill('one phrase for once')
  await shot(page, 'ask')
  await page.getByRole('button', { name: say('join.ask') }).click()
  const code = page.getByRole('status', { name: new RegExp(say('join.code')) })
  await expect(code).toHaveText(/^\S{4} \S{4} \S{4}$/)
  return await code.innerText()
}

async function openStick(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: say('browse.folders') })
    .getByRole('button', { name: 'U盘' })
    .click()
}

async function joinAs(page: Page, code: string): Promise<void> {
  await page.getByLabel(say('join.unit-code')).fill(code)
  await page.getByLabel(say('join.passphrase')).fill('one phrase for once')
  await shot(page, 'receive')
  await page.getByRole('button', { name: say('join.receive') }).click()
  await expect(page.getByRole('heading', { name: say('join.step.done') })).toBeVisible()
  await shot(page, 'done')
  await page.getByRole('button', { name: say('join.login') }).click()
  await logIn(page, four.approver)
  await expectDeskOf(page, four.approver)
}

test('a second computer joins by stick: two codes are read from one screen and typed at the other', async () => {
  const { page } = computers[0]!
  const code = await ask(page, '财务室电脑')
  await openStick(page)
  await page.getByRole('button', { name: say('join.save') }).click()
  await expect(page.getByText(/liandang-request/)).toBeVisible()
  await shot(page, 'admit')

  await visit(unit.page, 'security', 'devices')
  await unit.page.getByRole('button', { name: say('devices.add') }).click()
  await openStick(unit.page)
  await unit.page.getByRole('button', { name: /liandang-request/ }).click()
  await unit.page.getByLabel(say('devices.code')).fill('0000 0000 0000')
  await unit.page.getByRole('button', { name: say('devices.admit'), exact: true }).click()
  await expect(unit.page.getByRole('alert')).toContainText('代码与文件不符')
  await shot(unit.page, 'wrong-code')
  await unit.page.getByLabel(say('devices.code')).fill(code)
  await unit.page.getByRole('button', { name: say('devices.admit'), exact: true }).click()
  await expect(unit.page.getByText(say('devices.admitted', { name: '财务室电脑' }))).toBeVisible()
  await unit.page.getByRole('button', { name: say('do.close') }).click()
  await shot(unit.page, 'devices')
  await unit.page.getByRole('button', { name: say('devices.package') }).click()
  await openStick(unit.page)
  await unit.page.getByRole('button', { name: say('devices.package.here') }).click()
  const unitCode = unit.page.getByRole('status', { name: say('devices.unit-code') })
  await expect(unitCode).toHaveText(/^\S{4} \S{4} \S{4}$/)
  await shot(unit.page, 'package')

  await page.getByRole('button', { name: say('join.next') }).click()
  await openStick(page)
  await page.getByRole('button', { name: /liandang-package/ }).click()
  await joinAs(page, await unitCode.innerText())
  await visit(page, 'dossiers')
  await expect(page.getByText('刘建国')).toBeVisible()
})

test('a third joins over the local network, with the same codes', async () => {
  const { page } = computers[1]!
  const code = await ask(page, '会议室电脑')
  await page.getByText(say('join.by.network'), { exact: true }).click()

  await visit(unit.page, 'security', 'unit')
  await visit(unit.page, 'security', 'devices')
  await unit.page.getByRole('button', { name: say('devices.add') }).click()
  await unit.page.getByText(say('join.by.network'), { exact: true }).click()
  await chooseThisMachine(unit.page)
  await unit.page.getByRole('button', { name: say('devices.await') }).click()
  const waiting = unit.page.getByRole('status', { name: say('devices.waiting') })
  await expect(waiting).toHaveText(/^127\.0\.0\.1:\d+$/)
  await shot(unit.page, 'waiting')
  await page.getByLabel(say('join.address')).fill(await waiting.innerText())
  await page.getByRole('button', { name: say('join.send') }).click()
  await expect(page.getByText(say('join.sent'))).toBeVisible()
  await unit.page.getByLabel(say('devices.code')).fill(code)
  await unit.page.getByRole('button', { name: say('devices.admit'), exact: true }).click()
  await expect(unit.page.getByText(say('devices.admitted', { name: '会议室电脑' }))).toBeVisible()
  await unit.page.getByRole('button', { name: say('do.close') }).click()
  await unit.page
    .getByRole('row', { name: /会议室电脑/ })
    .getByRole('button', { name: say('devices.package') })
    .click()
  await unit.page.getByText(say('join.by.network'), { exact: true }).click()
  await chooseThisMachine(unit.page)
  await unit.page.getByRole('button', { name: say('devices.await') }).click()
  const offered = unit.page.getByRole('status', { name: say('devices.package.offered') })
  await expect(offered).toHaveText(/^127\.0\.0\.1:\d+$/)
  await shot(unit.page, 'offered')
  const unitCode = unit.page.getByRole('status', { name: say('devices.unit-code') })

  await page.getByRole('button', { name: say('join.next') }).click()
  await page.getByText(say('join.by.network'), { exact: true }).click()
  await page.getByLabel(say('join.address')).fill(await offered.innerText())
  await joinAs(page, await unitCode.innerText())
  await expect(unit.page.getByText(say('devices.package.fetched'))).toBeVisible()
})

async function chooseThisMachine(page: Page): Promise<void> {
  await page.getByLabel(say('devices.interface')).press('ArrowDown')
  await page.getByTitle(say('devices.interface.local', { address: '127.0.0.1' })).click()
}

test('what one computer adds, the other takes in and says by whom it is', async () => {
  const { page } = computers[0]!
  await visit(unit.page, 'sync')
  await unit.page.getByRole('button', { name: say('exchange.title') }).click()
  await openStick(unit.page)
  await unit.page.getByRole('button', { name: say('exchange.here') }).click()
  const written = unit.page.getByText(/已写好 \d 个同步包/)
  await expect(written).toBeVisible()
  await shot(unit.page, 'exchange-out')
  const control = await unit.page
    .getByRole('region', { name: say('exchange.title') })
    .getByRole('listitem')
    .filter({ hasText: say('compartment.control') })
    .getByRole('code')
    .innerText()
  await visit(page, 'sync')
  await page.getByRole('button', { name: say('exchange.title') }).click()
  await page.getByText(say('exchange.in'), { exact: true }).click()
  await openStick(page)
  await expect(page.getByRole('button', { name: new RegExp(control) })).toBeVisible()
  await page.getByRole('button', { name: say('exchange.all') }).click()
  await expect(page.getByText(say('exchange.received', { name: '纪检室办公电脑' }))).toHaveCount(2)
  await expect(page.getByText(new RegExp(four.collector.name)).first()).toBeVisible()
  await shot(page, 'exchange-in')
})

test('nothing went wrong unseen', () => {
  for (const { faults } of [unit, ...computers]) expect(faults).toEqual([])
})
