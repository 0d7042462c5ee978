import { expect, type Locator, type Page } from '@playwright/test'
import type { MessageKey } from '../../../src-shared/i18n/index.ts'
import { goTo } from './desk.ts'
import { say } from './words.ts'

export async function openDossier(page: Page, cadre: string): Promise<void> {
  await goTo(page, 'nav.dossiers')
  await page.getByLabel(say('dossiers.search.any')).fill(cadre)
  await page.getByRole('row').filter({ hasText: cadre }).click()
  const heading = page.getByRole('heading', { level: 1, name: cadre })
  const question = page.getByRole('dialog', { name: say('purpose.title') })
  await expect(heading.or(question)).toBeVisible()
  // Whoever has a task with the dossier is not asked.
  if (await question.isVisible()) await statePurpose(page)
  await expect(heading).toBeVisible()
}

/** Says what a dossier is read for, as its dialog asks. */
export async function statePurpose(
  page: Page,
  kind: MessageKey = 'purpose.check',
  words = '',
): Promise<void> {
  const question = page.getByRole('dialog', { name: say('purpose.title') })
  await question.getByLabel(say(kind), { exact: true }).check()
  if (words !== '') await question.getByRole('textbox').fill(words)
  await question.getByRole('button', { name: say('purpose.read') }).click()
  await expect(question).toBeHidden()
}

/** The part of the dossier that shows one category. */
export function categoryOf(page: Page, category: string): Locator {
  return page.getByRole('region', { name: category, exact: true })
}

/** Shows the dossier as it was at a moment, typed as `YYYY-MM-DD HH:mm`. */
export async function lookBack(page: Page, moment: string): Promise<void> {
  const field = page.getByRole('textbox', { name: say('dossier.moment') })
  await field.fill(moment)
  await field.press('Enter')
  await expect(page.getByText(say('dossier.moment.banner', { at: moment }))).toBeVisible()
}

export async function leaveHistory(page: Page): Promise<void> {
  await page.getByRole('button', { name: say('dossier.moment.leave') }).click()
  await expect(page.getByRole('button', { name: say('dossier.moment.leave') })).toBeHidden()
}

const dayLength = 24 * 60 * 60 * 1000

/** The moment so many days from now, as the page's clock in Shanghai shows it. */
export function momentOf(days: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return format.format(Date.now() + days * dayLength)
}
