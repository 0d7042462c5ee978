import { expect, type Locator, type Page } from '@playwright/test'
import type { Member } from './people.ts'
import { say } from './words.ts'

export type PlaceKey =
  | 'nav.workbench'
  | 'nav.dossiers'
  | 'nav.entry'
  | 'nav.import'
  | 'nav.review'
  | 'nav.signing'
  | 'nav.adjudication'
  | 'nav.members'
  | 'nav.register'
  | 'nav.sync'
  | 'nav.audit'
  | 'nav.security'

/** What went wrong in a page without anybody being told: uncaught errors, and what the content policy refused. */
export function watchFaults(page: Page): readonly string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return faults
}

export async function logIn(page: Page, member: Member): Promise<void> {
  await page.getByLabel(say('lock.login'), { exact: true }).fill(member.login)
  await page.getByLabel(say('lock.password'), { exact: true }).fill(member.password)
  await page.getByRole('button', { name: say('lock.unlock') }).click()
  await expectDeskOf(page, member)
}

export async function expectDeskOf(page: Page, member: Member): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: say('nav.workbench') })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText(member.name)
}

export async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: say('shell.lock') }).click()
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
}

/** The places that the left navigation offers. */
export function navigation(page: Page): Locator {
  return page.getByRole('navigation', { name: say('shell.navigation') })
}

/** What waits behind the word, if anything, is part of the link's name. */
export function placeLink(page: Page, place: PlaceKey): Locator {
  return navigation(page).getByRole('link', { name: new RegExp(`^${say(place)}`) })
}

export async function goTo(page: Page, place: PlaceKey): Promise<void> {
  await placeLink(page, place).click()
  await expect(placeLink(page, place)).toHaveAttribute('aria-current', 'page')
}

/** One member after another at the one machine: each logs in, works and locks. */
export async function as<T>(page: Page, member: Member, work: () => Promise<T>): Promise<T> {
  await logIn(page, member)
  const outcome = await work()
  await lock(page)
  return outcome
}
