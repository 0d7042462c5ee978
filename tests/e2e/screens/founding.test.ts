import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { logIn, watchFaults } from '../support/desk.ts'
import { goOn, handOverSheets, printedLines, typePasswords, typeSheet } from '../support/founding.ts'
import { tabTo } from '../support/keys.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'

const people = [four.collector, four.one, four.two, four.approver]
const holders = ['镇长', '县纪委', '书记'] as const

let premises: Premises
let application: Application
let page: Page
let faults: readonly string[]

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  premises = newPremises()
  application = await startApplication(premises)
  page = await (await browser.newContext()).newPage()
  faults = watchFaults(page)
  await page.goto(await application.newAddress())
})

test.afterAll(async () => {
  await page.context().close()
  await application.stop()
  premises.remove()
})

/** The steps up to the passwords, with the keyboard alone. */
async function prepareUnit(): Promise<void> {
  await tabTo(page, page.getByLabel(say('founding.welcome.agree')))
  await page.keyboard.press('Space')
  await next(say('founding.step.unit.title'))
  await tabTo(page, page.getByLabel(say('founding.unit.name')))
  await page.keyboard.type('示例县清水镇人民政府')
  await tabTo(page, page.getByLabel(say('founding.unit.credit-code')))
  await page.keyboard.type('91520304MA11900561')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('button', { name: say('do.next') })).toBeDisabled()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('0')
  await expect(page.getByText(say('founding.unit.credit-code.good'))).toBeVisible()
  await tabTo(page, page.getByLabel(say('founding.unit.device')))
  await page.keyboard.type('纪检室办公电脑')
  await tabTo(page, page.getByRole('radio', { name: say('founding.policy.normal') }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: say('founding.policy.small') })).toBeChecked()
  await expectAccessible(page)
  await next(say('founding.step.members.title'))
  for (const [index, { name, login }] of people.entries()) {
    const row = say('founding.members.row', { number: index + 1 })
    await tabTo(page, page.getByLabel(`${row} ${say('founding.members.name')}`))
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(login)
  }
  await expectAccessible(page)
  await next(say('founding.step.passwords.title'))
}

async function next(heading: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: say('do.next') }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible()
}

async function chooseHoldersAndMake(): Promise<void> {
  for (const [index, holder] of holders.entries()) {
    await page.getByLabel(say('founding.recovery.holder', { number: index + 1 })).fill(holder)
  }
  await goOn(page, say('founding.step.check.title'))
  await page.getByRole('button', { name: say('founding.create') }).click()
  await expect(page.getByRole('heading', { name: say('founding.step.print.title') })).toBeVisible()
}

test('everybody types their own password while the others look away, without the mouse', async () => {
  await expectAccessible(page)
  await prepareUnit()
  await expect(page.getByText(say('founding.handing.away'))).toBeVisible()
  await page
    .getByRole('button', { name: say('founding.handing.start', { name: people[0]?.name ?? '' }) })
    .press('Enter')
  await page.keyboard.type('mima123456')
  await expect(page.getByText(say('password.weak'))).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(say('password.first'), { exact: true }).fill('')
  await page.keyboard.type(four.collector.password)
  await page.keyboard.press('Enter')
  await page.keyboard.type(`${four.collector.password}?`)
  await expect(page.getByText(say('password.differs'))).toBeVisible()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  await typePasswords(page, people.slice(1))
})

test('an administrator is not accepted as the holder of a sheet', async () => {
  await goOn(page, say('founding.step.recovery.title'))
  const holder = page.getByLabel(say('founding.recovery.holder', { number: 1 }))
  await holder.fill('陈 立夏')
  const gap = say('founding.gap.holder-administrator', { name: '陈 立夏' })
  await expect(page.getByText(gap)).toBeVisible()
  await expect(page.getByRole('button', { name: say('do.next') })).toBeDisabled()
  await expectAccessible(page)
  await chooseHoldersAndMake()
})

test('a page that is loaded anew comes back to the same sheets', async () => {
  const before = await printedLines(page, holders)
  expect(before.map((lines) => lines.length)).toEqual([9, 9, 9])
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByRole('heading', { name: say('founding.step.print.title') })).toBeVisible()
  expect(await printedLines(page, holders)).toEqual(before)
})

test('a program that ends before the sheets are checked has founded nothing, and says so', async () => {
  await page.goto('about:blank')
  await application.stop()
  application = await startApplication(premises)
  await page.goto(await application.newAddress())
  await expect(page.getByText(say('founding.broke-off'))).toBeVisible()
  await expectAccessible(page)
  await prepareUnit()
  await typePasswords(page, people)
  await goOn(page, say('founding.step.recovery.title'))
  await chooseHoldersAndMake()
})

test('a line that differs from the paper is named, and a scanned sheet fills itself in', async () => {
  const [first = [], second = []] = await printedLines(page, holders)
  await handOverSheets(page, holders)
  await expect(page.getByRole('region', { name: /第 1 份恢复单/ })).toHaveCount(0)
  const sheet = page.getByRole('group', { name: say('sheet-entry.sheet', { place: 1 }) })
  await typeSheet(page, 1, first)
  const line = sheet.getByLabel(say('sheet-entry.line', { line: 4 }))
  await line.press('Home')
  await page.keyboard.press('Delete')
  await page.keyboard.type(first[3]?.startsWith('7') === true ? '8' : '7')
  await expect(sheet.getByText(say('sheet-entry.wrong'))).toBeVisible()
  await expectAccessible(page)
  // The caret stays where the slip was, so that one symbol is put right and not the line typed anew.
  await page.keyboard.press('Backspace')
  await page.keyboard.type(first[3]?.[0] ?? '')
  await expect(sheet.getByText(say('sheet-entry.wrong'))).toHaveCount(0)

  const other = page.getByRole('group', { name: say('sheet-entry.sheet', { place: 2 }) })
  await other.getByLabel(say('sheet-entry.line', { line: 1 })).focus()
  const scanned = (lines: readonly string[]) => lines.join('-').replaceAll(' ', '')
  await page.keyboard.type(scanned(first))
  await expect(other.getByText(say('sheet-entry.repeated'))).toBeVisible()
  await expect(page.getByRole('button', { name: say('sheets.try') })).toBeDisabled()
  await other.getByRole('button', { name: say('sheet-entry.clear', { place: 2 }) }).click()
  await expect(other.getByLabel(say('sheet-entry.line', { line: 1 }))).toBeFocused()
  await page.keyboard.type(scanned(second))
  await expect(other.getByText(say('sheet-entry.good'))).toHaveCount(second.length)
  await page.getByRole('button', { name: say('sheets.try') }).click()
  await expect(page.getByText(say('sheets.proved'))).toBeVisible()
  await expectAccessible(page)
})

test('then there is a unit, and its members log in', async () => {
  await page.getByRole('button', { name: say('sheets.leave') }).click()
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await logIn(page, four.approver)
  expect(faults).toEqual([])
})
