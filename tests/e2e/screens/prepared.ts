import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { startTestCore, type TestCore } from '../../helpers/core.ts'
import { mustFound } from '../../helpers/founding.ts'
import { newPremises, startApplication, type Application, type Premises } from '../support/application.ts'
import { watchFaults } from '../support/desk.ts'
import type { Member } from '../support/people.ts'

const password = 'a password of the tests'

function member(login: string, name: string, role: Member['role'], cleared = false): Member {
  return { login, name, role, cleared, password }
}

/** The four of a small unit. */
export const four = {
  collector: member('collector', '陈立夏', 'collector'),
  one: member('reviewer1', '周秉文', 'reviewer'),
  two: member('reviewer2', '吴静姝', 'reviewer'),
  approver: member('approver', '欧阳正', 'approver', true),
} as const

/** A small unit that is founded already, at work in the browser of the machine. */
export interface Prepared {
  readonly premises: Premises
  readonly application: Application
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong in the page without anybody being told. */
  readonly faults: readonly string[]
  close(): Promise<void>
}

/**
 * Founds a small unit over the core's contract and opens the page of it.
 *
 * @param work what is done with the core before the page is opened, with the collector at work
 */
export async function prepare(
  browser: Browser,
  work: (core: TestCore) => Promise<void> = async () => {},
): Promise<Prepared> {
  const premises = newPremises()
  const core = startTestCore(premises.vault)
  await mustFound(core, {
    unit: { name: '示例县清水镇人民政府', creditCode: null },
    policy: 'small',
    device: '纪检室办公电脑',
    members: Object.values(four).map(({ name, login, role, cleared }) => ({
      name,
      login,
      password,
      roles: role === 'collector' ? [role, 'sysadmin', 'secadmin'] : [role],
      cleared,
      categories: ['*'],
    })),
    recovery: { threshold: 2, holders: ['镇长', '县纪委', '书记'] },
    hubCard: null,
  })
  await core.signIn(four.collector.login, password)
  await work(core)
  await core.stop()
  const application = await startApplication(premises)
  const context = await browser.newContext()
  const page = await context.newPage()
  const faults = watchFaults(page)
  await page.goto(await application.newAddress())
  return {
    premises,
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
  for (const { login } of [four.one, four.two]) {
    await core.signIn(login, password)
    await core.value('review.decide', {
      compartment: 'archive',
      rows: rows.map((row) => ({ ...row, decision: 'agree' as const, reasons: [], marks: [], words: '' })),
    })
  }
  await core.signIn(four.approver.login, password)
  await core.value('review.open', { compartment: 'archive', rows })
  await core.value('review.sign', { compartment: 'archive', rows, words: '' })
  await core.signIn(four.collector.login, password)
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

/** Goes to a place by its address, as a link would. */
export async function visit(page: Page, ...parts: readonly string[]): Promise<void> {
  await page.evaluate(
    (hash) => {
      window.location.hash = hash
    },
    `#/${parts.join('/')}`,
  )
  await expect(page.getByRole('main')).toBeVisible()
}
