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
    await page.getByRole('button', { name: `${row} ${say('founding.members.password')}` }).click()
    await typePassword(page, member)
  }
}

/** Everyone types their own, twice; Enter goes on. */
async function typePassword(page: Page, member: Member): Promise<void> {
  const dialog = page.getByRole('dialog', { name: say('founding.password.title', { name: member.name }) })
  await dialog.getByLabel(say('founding.password.first'), { exact: true }).fill(member.password)
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel(say('founding.password.second'))).toBeFocused()
  await page.keyboard.type(member.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
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
