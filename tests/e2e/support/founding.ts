import { expect, type Page } from '@playwright/test'
import { holders, members, unitName, type Member } from './people.ts'
import { say } from './words.ts'

/** The rows that the wizard proposes for a unit with separated administrators, and the inspector's, which is added. */
const rows: readonly Member[] = [
  members.collector,
  members.reviewerOne,
  members.reviewerTwo,
  members.approver,
  members.sysadmin,
  members.secadmin,
  members.auditor,
  members.inspector,
]

export async function fillUnit(page: Page): Promise<void> {
  await page.getByLabel(say('founding.unit.name')).fill(unitName)
  await page.getByLabel(say('founding.unit.device')).fill('档案室一号机')
  await expect(page.getByRole('radio', { name: say('founding.policy.normal') })).toBeChecked()
}

export async function fillMembers(page: Page): Promise<void> {
  await page.getByRole('button', { name: say('founding.members.add') }).click()
  for (const [index, member] of rows.entries()) {
    const row = say('founding.members.row', { number: index + 1 })
    await page.getByLabel(`${row} ${say('founding.members.name')}`).fill(member.name)
    await page.getByLabel(`${row} ${say('founding.members.login')}`).fill(member.login)
    if (member === members.inspector) {
      await page.getByRole('combobox', { name: `${row} ${say('founding.members.roles')}` }).click()
      await page.getByTitle(say(`role.${member.role}.hint`)).click()
      await page.keyboard.press('Escape')
    }
    if (member.cleared) await page.getByLabel(`${row} ${say('founding.members.cleared')}`).check()
  }
}

/** The keyboard goes round: everyone says who they are and types their own password, twice. No mouse is needed. */
export async function typePasswords(page: Page, people: readonly Member[] = rows): Promise<void> {
  for (const member of people) {
    const { name, password } = member
    await expect(page.getByRole('button', { name: say('founding.handing.start', { name }) })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByLabel(say('password.first'), { exact: true })).toBeFocused()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await expect(page.getByLabel(say('password.second'))).toBeFocused()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByText(say('founding.handing.all'))).toBeVisible()
}

/** What stands on the printed sheets, as their holders read it from the paper. */
export async function printedLines(page: Page, names: readonly string[]): Promise<readonly string[][]> {
  const sheets: string[][] = []
  for (const [index, holder] of names.entries()) {
    const sheet = page.getByRole('region', { name: say('sheets.sheet', { number: index + 1, holder }) })
    const lines = sheet.getByRole('list', { name: say('sheets.lines') }).getByRole('listitem')
    sheets.push(await lines.allInnerTexts())
  }
  return sheets
}

/** Every holder has theirs: the sheets are put away. */
export async function handOverSheets(page: Page, names: readonly string[]): Promise<void> {
  for (const [index, holder] of names.entries()) {
    await page.getByLabel(say('sheets.tick', { number: index + 1, holder })).check()
  }
  await page.getByRole('button', { name: say('sheets.next') }).click()
  await expect(page.getByRole('heading', { name: say('founding.step.try.title') })).toBeVisible()
}

/** Reads a sheet with a scanner that types like a keyboard, as fast as the page takes it. */
export async function scanSheet(page: Page, place: number, lines: readonly string[]): Promise<void> {
  const sheet = page.getByRole('group', { name: say('sheet-entry.sheet', { place }) })
  await sheet.getByLabel(say('sheet-entry.line', { line: 1 })).focus()
  await page.keyboard.insertText(lines.join('-').replaceAll(' ', ''))
  await expect(sheet.getByText(say('sheet-entry.good'))).toHaveCount(lines.length)
}

/** Types a sheet at its place, line after line, without the mouse. */
export async function typeSheet(page: Page, place: number, lines: readonly string[]): Promise<void> {
  const sheet = page.getByRole('group', { name: say('sheet-entry.sheet', { place }) })
  await sheet.getByLabel(say('sheet-entry.line', { line: 1 })).focus()
  for (const [index, line] of lines.entries()) {
    await expect(sheet.getByLabel(say('sheet-entry.line', { line: index + 1 }))).toBeFocused()
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  await expect(sheet.getByText(say('sheet-entry.good'))).toHaveCount(lines.length)
}

export async function fillRecovery(page: Page, hubCard: string): Promise<void> {
  for (const [index, holder] of holders.entries()) {
    await page.getByLabel(say('founding.recovery.holder', { number: index + 1 })).fill(holder)
  }
  await page.getByLabel(say('founding.recovery.card')).fill(hubCard)
}

export async function goOn(page: Page, heading: string): Promise<void> {
  await page.getByRole('button', { name: say('do.next') }).click()
  await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible()
}
