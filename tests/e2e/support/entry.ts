import { expect, type Locator, type Page } from '@playwright/test'
import type { EvidenceFile } from './evidence.ts'
import { goTo } from './desk.ts'
import { tabTo } from './keys.ts'
import { say } from './words.ts'

/** The form of a category, by its name. */
export function entryForm(page: Page, category: string): Locator {
  return page.getByRole('form', { name: category })
}

/** Types into the fields in the order of the form, without the mouse; codes are chosen by their words. */
export async function typeFields(page: Page, form: Locator, fields: Readonly<Record<string, string>>) {
  for (const [label, text] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: true })
    await tabTo(page, field)
    await page.keyboard.type(text)
    const isCode = (await field.getAttribute('role')) === 'combobox'
    if (!isCode) continue
    await expect(page.getByRole('option', { name: text, exact: true })).toBeAttached()
    await page.keyboard.press('Enter')
    await expect(field).not.toBeFocused()
  }
}

/** Adds evidence and waits until the core has all of it. */
export async function addEvidence(page: Page, form: Locator, file: EvidenceFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  // The file input behind the button has the same name and is not reached by Tab.
  await tabTo(page, form.locator('button', { hasText: say('entry.evidence.add') }))
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(file)
  const list = form.getByRole('region', { name: say('entry.evidence') })
  await expect(list.getByText(file.name)).toBeVisible()
  await expect(list.getByRole('progressbar')).toBeHidden()
}

export async function expectSubmitted(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: say('submitted.title') })).toBeVisible()
}

/** Opens the form of a category for a cadre, from the navigation. */
export async function openForm(page: Page, cadre: string, category: string): Promise<Locator> {
  await goTo(page, 'nav.entry')
  await page.getByRole('combobox', { name: say('picker.who') }).fill(cadre)
  await page.getByRole('option', { name: cadre }).click()
  await page.getByRole('main').getByRole('link', { name: category }).click()
  return entryForm(page, category)
}

/** One more entry for a cadre, to its submission. */
export async function enter(
  page: Page,
  cadre: string,
  category: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const form = await openForm(page, cadre, category)
  await typeFields(page, form, fields)
  await form.getByLabel(say('entry.source.from')).fill('本人')
  await form.getByRole('button', { name: say('entry.submit') }).click()
  await expectSubmitted(page)
}
