import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as } from '../support/desk.ts'
import { tabTo } from '../support/keys.ts'
import { member, members, type Member } from '../support/people.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { approver, auditor } = members
const one = member('fuhe1', '陆长庚', 'reviewer', true)
const three = member('fuhe3', '方既白', 'reviewer')
const four = member('fuhe4', '温如玉', 'reviewer')
const five = member('fuhe5', '骆宾王', 'reviewer')
const office: readonly Member[] = [
  ...Object.values(members).filter(({ role }) => role !== 'reviewer'),
  one,
  three,
  four,
  five,
]
const leak = '两份核查报告的复印件，共 16 页'

let prepared: Prepared
let page: Page
let record: string

/** A matter that a reviewer sent to adjudication, and a leak that was reported. */
async function work(core: TestCore): Promise<void> {
  const { cadre } = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })
  const row = await core.value('record.submit', {
    record: null,
    parent: null,
    settles: [],
    cadre,
    declaration: 'present',
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次采集',
    evidence: [],
    category: 'C6',
    values: {
      relation: '01',
      direction: '01',
      description: '借给主要领导亲属',
      amount: { amount: 36_600_000, currency: 'CNY' },
    },
  })
  record = row.record
  await core.value('incident.report', {
    what: leak,
    foundAt: '2026-11-22T01:00:00.000Z',
    carrier: 'paper',
    who: '借阅人待查',
    course: '上午清点卷柜时发现少了两份。',
    measures: '',
  })
  await core.signIn(one.login, one.password)
  const rows = [{ record: row.record, revision: row.revision }]
  await core.value('review.escalate', { compartment: 'archive', rows, words: '涉及主要领导亲属' })
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.slow()
  prepared = await prepare(browser, work, officeUnit(office))
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

test('a group is convened, and settles the matter, with the keyboard alone', async () => {
  test.slow()
  await as(page, approver, async () => {
    await visit(page, 'signing', 'adjudicate', record)
    const group = page.getByRole('region', { name: say('convene.title') })
    const chosen = group.getByRole('combobox', { name: say('convene.members') })
    await tabTo(page, chosen)
    const run = group.getByRole('button', { name: say('convene.run') })
    for (const who of [three, four, five]) {
      await expect(run).toBeDisabled()
      await page.keyboard.type(who.name)
      await expect(page.getByTitle(who.name, { exact: true }).first()).toBeVisible()
      await page.keyboard.press('Enter')
      await expect(group.getByTitle(who.name, { exact: true }).first()).toBeVisible()
    }
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await tabTo(page, run)
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('road.group')).first()).toBeVisible()
  })
  for (const who of [three, four]) {
    await as(page, who, async () => {
      await visit(page, 'signing', 'adjudicate', record)
      const settle = page.getByRole('region', { name: say('signing.adjudicate') })
      await tabTo(page, settle.getByRole('radio').first())
      await page.keyboard.press('Space')
      await expect(settle.getByRole('radio', { name: say('outcome.uphold') })).toBeChecked()
      const sign = settle.getByRole('button', { name: say('adjudicate.sign') })
      await expect(sign).toBeDisabled()
      await tabTo(page, settle.getByLabel(say('adjudicate.words')))
      await page.keyboard.type('材料齐全，予以认可。')
      await tabTo(page, sign)
      await page.keyboard.press('Enter')
      await expect(page.getByText(say('adjudicate.none'))).toBeVisible()
    })
  }
})

test('a leak is put on paper with the keyboard alone, and the printing is entered', async () => {
  await as(page, auditor, async () => {
    await visit(page, 'audit', 'incidents')
    const form = page.getByRole('article', { name: say('incident.form') })
    await expect(form).toContainText(leak)
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', 'yes')
    })
    const print = form.getByRole('button', { name: say('incident.print') })
    await tabTo(page, print)
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes')
    await expect(print).toBeFocused()
    await page.emulateMedia({ media: 'print' })
    await expect(form.getByText(say('incident.form.head'))).toBeVisible()
    await expect(print).toBeHidden()
    await expect(page.getByRole('navigation', { name: say('shell.navigation') })).toBeHidden()
    await expect(page.getByRole('list', { name: say('incident.list') })).toBeHidden()
    await page.screenshot({ path: test.info().outputPath('incident-paper.png'), fullPage: true })
    await page.emulateMedia({ media: null })
    await visit(page, 'audit', 'entries')
    await tabTo(page, page.getByRole('button', { name: say('audit.refresh') }))
    await page.keyboard.press('Enter')
    const entries = page.getByRole('grid', { name: say('audit.entries') })
    const newest = entries
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
      .first()
    await expect(newest).toContainText(auditor.name)
    await expect(newest).toContainText(say('audit.kind.print'))
  })
  expect(prepared.faults).toEqual([])
})
