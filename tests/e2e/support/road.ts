import { expect, type Page } from '@playwright/test'
import { goTo } from './desk.ts'
import { say } from './words.ts'

/** Opens what waits for this reviewer about a cadre; `words` stand in its summary. */
export async function openReview(page: Page, cadre: string, words = ''): Promise<void> {
  await goTo(page, 'nav.review')
  await page.getByRole('link', { name: new RegExp(`^${say('review.open')} ${cadre} .*${words}`) }).click()
  await expect(page.getByRole('region', { name: say('decision.title') })).toBeVisible()
}

export interface Grounds {
  /** As the screen words them. */
  readonly reasons: readonly string[]
  readonly words: string
}

/** Chooses the decision, and for what is not agreement the reasons, and signs it. */
export async function decide(
  page: Page,
  decision: 'agree' | 'disagree' | 'return',
  why: Grounds = { reasons: [], words: '' },
): Promise<void> {
  const form = page.getByRole('region', { name: say('decision.title') })
  await form.getByText(say(`decision.${decision}`), { exact: true }).click()
  for (const reason of why.reasons) await form.getByLabel(reason).check()
  if (why.words !== '') await form.getByLabel(say('decision.words')).fill(why.words)
  if (decision !== 'return') await lookAtAll(page)
  const sign = decision === 'return' ? 'decision.sign-return' : 'decision.sign'
  await form.getByRole('button', { name: say(sign) }).click()
  await expect(page.getByText(say('review.signed', { count: 1 }))).toBeVisible()
}

/** Goes through all that has to have been on the screen before an opinion can be signed. */
export async function lookAtAll(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: say('look.next') })
  await expect(async () => {
    if (await next.isVisible()) await next.click({ timeout: 1000 })
    await expect(next).toBeHidden({ timeout: 600 })
  }).toPass()
}

export async function agree(page: Page, cadre: string): Promise<void> {
  await openReview(page, cadre)
  await decide(page, 'agree')
}

/** Opens all that has its opinions. */
export async function openOpinions(page: Page, count: number): Promise<void> {
  await goToSigning(page, 'open')
  await page.getByRole('button', { name: say('open.run', { count }) }).click()
  await expect(page.getByText(say('open.done', { count }))).toBeVisible()
}

/** One of the views of 审签. */
export async function goToSigning(page: Page, tab: 'open' | 'adjudicate' | 'sign'): Promise<void> {
  await goTo(page, 'nav.signing')
  const views = page.getByRole('navigation', { name: say('nav.signing') })
  await views.getByRole('link', { name: new RegExp(`^${say(`signing.${tab}`)}`) }).click()
}

/** Takes responsibility for all that is agreed. */
export async function signAll(page: Page, count: number): Promise<void> {
  await goToSigning(page, 'sign')
  await page.getByLabel(say('queue.choose-all')).check()
  await sign(page, count)
}

/** Signs what is chosen, and says so once more when asked. */
export async function sign(page: Page, count: number): Promise<void> {
  const button = page.getByRole('button', { name: say('sign.run', { count }) })
  await button.click()
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: say('sign.run', { count }) })
    .click()
  await expect(page.getByText(say('sign.done', { count }))).toBeVisible()
}
