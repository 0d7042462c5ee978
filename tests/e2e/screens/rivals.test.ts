import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { environmentOf, newPremises, startApplication, type Application } from '../support/application.ts'
import { lock, watchFaults } from '../support/desk.ts'
import { expectSubmitted } from '../support/entry.ts'
import { say } from '../support/words.ts'
import { visit } from './prepared.ts'

const premises = newPremises()
let application: Application
let cadre: string
let record: string

test.beforeAll(async () => {
  const program = fileURLToPath(new URL('../support/rivals-program.ts', import.meta.url))
  const said = execFileSync(process.execPath, [program, premises.vault], { env: environmentOf(premises) })
  ;({ cadre, record } = JSON.parse(said.toString()) as { cadre: string; record: string })
  application = await startApplication(premises)
})
test.afterAll(async () => {
  await application.stop()
  premises.remove()
})

async function enter(page: Page, login: string): Promise<void> {
  await page.getByLabel(say('lock.login'), { exact: true }).fill(login)
  await page.getByLabel(say('lock.password'), { exact: true }).fill(`password of ${login}`)
  await page.getByRole('button', { name: say('lock.unlock') }).click()
  await expect(page.getByRole('heading', { level: 1, name: say('nav.workbench') })).toBeVisible()
}

test('what two PCs signed apart is chosen between field by field, and goes the road of any entry', async ({
  page,
}) => {
  const faults = watchFaults(page)
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.goto(await application.newAddress())
  await enter(page, 'collector')
  await page.getByRole('link', { name: new RegExp(say('queue.rivals.hint')) }).click()
  await expect(page.getByRole('table', { name: say('rivals.title') })).toContainText('刘建国')
  await expectAccessible(page)
  await visit(page, 'dossiers', cadre)
  await expect(page.getByText(say('rivals.dossier', { count: 1 }))).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('dossier.png'), fullPage: true })
  await page.getByRole('link', { name: say('rivals.mark'), exact: true }).click()

  const sides = page.getByRole('table', { name: say('rivals.table') })
  for (const said of ['借给同事周转', '借给亲属购房']) await expect(sides).toContainText(said)
  for (const number of [2, 3])
    await expect(page.getByRole('region', { name: say('rivals.side', { number }) })).toContainText(
      /核对借条|本人说明/,
    )
  const next = page.getByRole('button', { name: say('rivals.next') })
  await expect(next).toBeDisabled()
  await expect(page.getByText(say('rivals.left', { count: 1 }))).toBeVisible()
  // The keyboard is enough: space takes a side, the arrows another.
  const [left, right] = [sides.getByRole('radio').first(), sides.getByRole('radio').last()]
  await left.focus()
  await expect(left).toBeFocused()
  await page.keyboard.press('Space')
  await expect(left).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(right).toBeChecked()
  await expect(page.getByText(say('rivals.ready'))).toBeVisible()
  await expectAccessible(page)
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: test.info().outputPath(`sides-${width}.png`), fullPage: true })
  }
  const chosen = await sides.getByRole('row', { name: /借给/ }).getByRole('cell').last().innerText()
  const number = (await right.getAttribute('aria-label'))?.includes('3') === true ? 3 : 2
  await next.click()

  const form = page.locator('form.entry')
  await expect(form.locator('textarea, input').filter({ visible: true }).first()).toBeVisible()
  await expect
    .poll(() =>
      form.locator('input, textarea').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    )
    .toContain(chosen.trim())
  await expect(form.getByLabel(say('entry.reason'), { exact: true })).toHaveValue(
    say('rivals.reason.whole', { number }),
  )
  await page.screenshot({ path: test.info().outputPath('form.png'), fullPage: true })
  await form.getByRole('button', { name: new RegExp(say('entry.submit')) }).click()
  await expectSubmitted(page)
  await visit(page, 'dossiers', cadre, 'rivals', record)
  await expect(page.getByText(say('rivals.settling'), { exact: true })).toBeVisible()
  await lock(page)

  await enter(page, 'first')
  await visit(page, 'review', record)
  await expect(page.getByText(say('rivals.settling'), { exact: true })).toBeVisible()
  expect(faults).toEqual([])
})
