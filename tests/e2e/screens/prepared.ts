import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { FoundedUnit } from '../../../src-shared/contract/views.ts'
import type { TestCore } from '../../helpers/core.ts'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { watchFaults } from '../support/desk.ts'
import { foundOverContract, four, smallUnit } from '../support/unit.ts'

/** A unit that is founded already, at work in the browser of the machine. */
export interface Prepared {
  readonly premises: Premises
  /** What the holders keep on paper. */
  readonly sheets: FoundedUnit['sheets']
  readonly application: Application
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong in the page without anybody being told. */
  readonly faults: readonly string[]
  close(): Promise<void>
}

/**
 * Founds a unit over the core's contract and opens the page of it.
 *
 * @param work what is done with the core before the page is opened, with the collector at work
 * @param unit the small unit of the four unless said
 * @param catalogue the shipped one unless said
 */
export async function prepare(
  browser: Browser,
  work: (core: TestCore) => Promise<void> = async () => {},
  unit: InputOf<'unit.found'> = smallUnit,
  catalogue?: Catalogue,
): Promise<Prepared> {
  const premises = newPremises()
  const { sheets } = await foundOverContract(premises, unit, work, catalogue)
  const application = await startApplication(premises)
  const context = await browser.newContext()
  const page = await context.newPage()
  const faults = watchFaults(page)
  await page.goto(await application.newAddress())
  return {
    premises,
    sheets,
    application,
    context,
    page,
    faults,
    async close() {
      await context.close()
      await application.stop()
      premises.remove()
    },
  }
}

/** The members' decisions over the contract, where a test is about something else. */
export async function archiveAll(core: TestCore, records: readonly { record: string; revision: string }[]) {
  const rows = records.map(({ record, revision }) => ({ record, revision }))
  for (const { login, password } of [four.one, four.two]) {
    await core.signIn(login, password)
    await core.value('review.decide', {
      compartment: 'archive',
      rows: rows.map((row) => ({ ...row, decision: 'agree' as const, reasons: [], marks: [], words: '' })),
    })
  }
  await core.signIn(four.approver.login, four.approver.password)
  await core.value('review.open', { compartment: 'archive', rows })
  await core.value('review.sign', { compartment: 'archive', rows, words: '' })
  await core.signIn(four.collector.login, four.collector.password)
}

/** A house of the cadre's own, entered over the contract. */
export async function enterHouse(core: TestCore, cadre: string, address: string, fen: number) {
  return await core.value('record.submit', {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category: 'C2',
    declaration: 'present',
    values: { relation: '01', address, price: { amount: fen, currency: 'CNY' } },
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次采集',
    evidence: [],
  })
}

/** Goes to a place by its address, as a link would; when it returns, nothing of the place before is on the screen. */
export async function visit(page: Page, ...parts: readonly string[]): Promise<void> {
  await page.evaluate(
    async (hash) => {
      const before = window.location.href
      const gone = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }))
      window.location.hash = hash
      // The page hears of it before this does, and draws the new place before anything else is done.
      if (window.location.href !== before) await gone
    },
    `#/${parts.join('/')}`,
  )
  await expect(page.getByRole('main')).toBeVisible()
}
