import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { as, watchFaults } from '../support/desk.ts'
import type { Member } from '../support/people.ts'
import { say } from '../support/words.ts'
import { visit } from './prepared.ts'

/*
 * Two computers of one unit without a network: on one a record is signed, on the other a reviewer sends it back, and the
 * stick comes afterwards.
 */
let premises: Premises
let application: Application
let context: BrowserContext
let page: Page
let faults: readonly string[]
let record: string
let cadre: string

function at(login: string, role: Member['role']): Member {
  return { login, role, name: `用户 ${login}`, password: `password of ${login}`, cleared: true }
}

function twoComputers(): void {
  const program = fileURLToPath(new URL('../support/late-unit.ts', import.meta.url))
  const text = execFileSync(process.execPath, [program, premises.vault], { encoding: 'utf8' })
  ;({ record, cadre } = JSON.parse(text.trim().split('\n').at(-1) ?? '') as { record: string; cadre: string })
}

test.beforeAll(async ({ browser }) => {
  premises = newPremises()
  twoComputers()
  application = await startApplication(premises)
  context = await browser.newContext()
  page = await context.newPage()
  faults = watchFaults(page)
  await page.goto(await application.newAddress())
})
test.afterAll(async () => {
  await context.close()
  await application.stop()
  premises.remove()
})

test('the approver looks into an objection that came too late, with the keyboard, and asks for a correction', async () => {
  await as(page, at('approver', 'approver'), async () => {
    const task = page.getByRole('link', { name: say('late.waiting') })
    await expect(task).toBeVisible()
    await task.press('Enter')
    await expect(page.getByText(say('late.open'))).toBeVisible()
    await expect(page.getByText('借款金额与转账回单不一致')).toBeVisible()
    await page.getByRole('button', { name: say('late.settle') }).press('Enter')
    const form = page.getByRole('form', { name: say('late.settle') })
    const sign = form.getByRole('button', { name: say('late.sign') })
    await expect(form.getByRole('radio').first()).toBeFocused()
    await expect(sign).toBeDisabled()
    await form.getByRole('radio', { name: say('late.course.correct') }).check()
    await form.getByLabel(say('late.words')).fill('已核对转账回单，确实少记一笔')
    await expectAccessible(page)
    await sign.press('Enter')
    await expect(form).toHaveCount(0)
    await expect(page.getByText(say('late.title.settled'))).toBeVisible()
    await expect(page.getByText(say('late.outcome.correct'))).toBeVisible()
    await expectAccessible(page)
    await visit(page, 'dossiers', cadre, 'sheet', record)
    await expect(page.getByRole('row', { name: say('late.step.settled') })).toContainText('确实少记一笔')
  })
})

test('whoever enters the category finds the correction that is asked for, and the form of it', async () => {
  await as(page, at('collector', 'collector'), async () => {
    const task = page.getByRole('link', { name: say('late.correct') })
    await task.press('Enter')
    await expect(page).toHaveURL(new RegExp(`${record}$`))
  })
})

test('the report of a verification names the objection with who looked into it', async () => {
  await as(page, at('inspector', 'inspector'), async () => {
    await visit(page, 'security', 'verify')
    await page.getByRole('button', { name: say('verify.run') }).click()
    const report = page.getByRole('status', { name: say('verify.report') })
    await expect(report).toContainText(say('late.outcome.founded'))
    await expect(report).toContainText('用户 approver')
    await expect(report.getByRole('region', { name: say('verify.ties') })).toContainText('用户 third')
    await expectAccessible(page)
  })
  expect(faults).toEqual([])
})
