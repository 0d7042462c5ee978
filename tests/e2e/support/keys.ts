import { expect, type Locator, type Page } from '@playwright/test'

/** More steps than any screen has controls. */
const mostSteps = 250

/** Goes on with the Tab key until this control has the focus; whoever has no mouse must be able to. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeAttached()
  for (let step = 0; step < mostSteps; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
}
