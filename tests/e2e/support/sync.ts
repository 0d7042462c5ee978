import { basename } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { say } from './words.ts'

/** Goes to a folder of the machine: first a usual place, then down. */
export async function browseTo(panel: Locator, place: string, ...folders: readonly string[]): Promise<void> {
  const places = panel.getByRole('list', { name: say('browse.places') })
  await places.getByRole('button', { name: basename(place) }).click()
  const list = panel.getByRole('list', { name: say('browse.folders') })
  for (const folder of folders) await list.getByRole('button', { name: folder }).click()
  await expect(panel.getByText(folders.at(-1) ?? basename(place)).first()).toBeVisible()
}

/** Every commit of every compartment has come back in a receipt, and so has every bundle. */
export async function expectAllAcknowledged(page: Page, bundles: number): Promise<void> {
  const compartments = page.getByRole('region', { name: say('sync.compartments') })
  for (const row of await compartments.getByRole('row').all()) {
    if ((await row.getByRole('rowheader').count()) === 0) continue
    await expect(row.getByRole('cell').nth(2)).toHaveText('0')
  }
  const made = page.getByRole('region', { name: say('bundles.title') })
  await expect(made.getByText(say('bundles.acknowledged'))).toHaveCount(bundles)
  await expect(made.getByText(say('bundles.waiting'))).toHaveCount(0)
}
