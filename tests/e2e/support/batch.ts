import { expect, type Page } from '@playwright/test'
import { say } from './words.ts'

/** As many rows as stand on the smallest screen at once, with some to spare. */
const stride = 5

/** Lets every row of the page of a batch stand on the screen; `count` tells this page from the one before. */
export async function lookThroughPage(page: Page, count: number): Promise<void> {
  const rows = page.locator('tr[data-look]')
  await expect(rows).toHaveCount(count)
  for (let row = 0; row < count + stride; row += stride) {
    const at = Math.min(row, count - 1)
    await rows.nth(at).evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await expect
      .poll(async () => await looked(page, count), { message: `row ${at} of ${count}` })
      .toBeGreaterThan(at)
  }
  await expect(page.getByText(say('batch.looked', { seen: count, count }))).toBeVisible()
}

async function looked(page: Page, count: number): Promise<number> {
  const said = await page.getByText(/^本页已看 /).textContent()
  const [seen = '0'] = /\d+/.exec(said ?? '') ?? []
  return Math.min(Number(seen), count)
}
