import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as, logIn } from '../support/desk.ts'
import { member, members, type Member } from '../support/people.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { collector, approver, secadmin } = members
const one = member('fuhe1', '陆长庚', 'reviewer')
const two = member('fuhe2', '秦素云', 'reviewer')
const three = member('fuhe3', '方既白', 'reviewer')
const office: readonly Member[] = [
  ...Object.values(members).filter(({ role }) => role !== 'reviewer'),
  one,
  two,
  three,
]

let prepared: Prepared
let page: Page

async function prepareEntries(core: TestCore): Promise<void> {
  const enter = async (name: string, category: string, values: object) => {
    const { cadre } = await core.value('cadre.open', { name, identityNumber: null, post: '科员' })
    await core.value('record.submit', {
      record: null,
      parent: null,
      settles: [],
      cadre,
      category,
      declaration: 'present',
      values: values as Record<string, never>,
      source: { kind: 'form', from: '本人', reference: null },
      reason: '首次采集',
      evidence: [],
    })
  }
  const borrowed = (amount: number) => ({
    relation: '01',
    direction: '01',
    description: '借给同乡',
    amount: { amount, currency: 'CNY' },
  })
  await enter('刘建国', 'C6', borrowed(100_000))
  await enter('宋怀瑾', 'C6', borrowed(200_000))
  await enter('宋怀瑜', 'C2', { relation: '01', address: '云岭路1号' })
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.slow()
  prepared = await prepare(browser, prepareEntries, officeUnit(office))
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

const rows = () => page.getByRole('table').locator('tbody tr')

async function shoot(name: string): Promise<void> {
  const folder = process.env['LIANDANG_SCREENSHOTS']
  if (folder === undefined) return
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('a queue is narrowed with the keyboard, and going back and loading anew keep what was chosen', async () => {
  await logIn(page, one)
  await visit(page, 'review')
  await expect(rows()).toHaveCount(3)
  await expect(rows().first()).toContainText(/20\d\d-\d\d-\d\d/)
  await page.getByRole('combobox', { name: say('filter.category') }).focus()
  await page.keyboard.type('C6')
  await page.keyboard.press('Enter')
  await expect(rows()).toHaveCount(2)
  await expect(page).toHaveURL(/category=C6/)
  await expectAccessible(page)
  await shoot('queue')
  await page.getByRole('searchbox', { name: say('filter.name') }).fill('shj')
  await expect(rows()).toHaveCount(1)
  await expect(rows()).toContainText('宋怀瑾')
  // No name of a person stands in an address.
  expect(page.url()).not.toContain('shj')
  await page.getByRole('button', { name: say('filter.clear') }).click()
  await expect(rows()).toHaveCount(3)
  await page.goBack()
  await expect(rows()).toHaveCount(2)
  await page.reload()
  await expect(rows()).toHaveCount(2)
  await rows().first().getByRole('link').press('Enter')
  await expect(page).toHaveURL(/category=C6/)
  await page.getByRole('link', { name: say('review.back') }).click()
  await expect(rows()).toHaveCount(2)
  await page.getByRole('button', { name: say('shell.lock') }).click()
})

test('what somebody holds is handed over in one act, and dealt to the others', async () => {
  await as(page, approver, async () => {
    await visit(page, 'signing', 'assign')
    await page.getByText(say('assign.way.hand'), { exact: true }).click()
    await page.getByRole('combobox', { name: say('assign.reviewers') }).click()
    await page.getByTitle(one.name, { exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByLabel(say('queue.choose-all')).check()
    await page.getByRole('button', { name: say('assign.run', { count: 3 }) }).click()
    await expect(page.getByText(say('assign.none'))).toBeVisible()
  })
  await as(page, secadmin, async () => {
    await visit(page, 'members')
    await page
      .getByRole('grid', { name: say('members.list') })
      .getByText(one.name, { exact: true })
      .click()
    await page
      .getByRole('button', { name: say('members.act.suspend'), exact: true })
      .first()
      .click()
    await expect(page.getByText(say('handover.at-removal', { name: one.name }))).toBeVisible()
    await page.getByRole('checkbox').check()
    await page
      .getByRole('button', { name: say('members.act.suspend') })
      .last()
      .click()
    await expect(page.getByRole('button', { name: say('members.act.resume') })).toBeVisible()
  })
  await as(page, approver, async () => {
    await page.getByRole('link', { name: new RegExp(say('handover.bench')) }).click()
    await expect(page.getByText(say('handover.gone'))).toBeVisible()
    await page.getByRole('link', { name: say('handover.choose', { name: one.name }) }).press('Enter')
    await expectAccessible(page)
    await shoot('handover')
    await page.getByRole('button', { name: say('handover.run', { count: 3 }) }).click()
    await expect(page.getByText(say('handover.done', { count: 3 }))).toBeVisible()
    await expect(page.getByText(say('handover.gone'))).toHaveCount(0)
    await shoot('handed-over')
  })
})

test('an approver signs deadlines and the days that are worked; what is late stands with who holds it', async () => {
  await as(page, approver, async () => {
    await visit(page, 'settings', 'calendar')
    await page.getByLabel(say('deadlines.review'), { exact: true }).fill('2')
    await expectAccessible(page)
    await shoot('calendar')
    await page.getByRole('button', { name: say('settings.save') }).click()
    await expect(page.getByText(say('settings.in-force'))).toBeVisible()
    const year = new Date().getFullYear() + 1
    await page.getByTitle(String(year), { exact: true }).click()
    const off = page.getByLabel(new RegExp(`^${say('calendar.holidays', { count: 0 }).slice(0, 5)}`))
    await off.fill('1.1-1.3、春节')
    await expect(page.getByText(say('calendar.unreadable'))).toBeVisible()
    await off.fill('1.1-1.3')
    await page.getByRole('button', { name: say('calendar.save', { year }) }).press('Enter')
    await expect(page.getByText(say('calendar.by-unit'))).toBeVisible()
    await visit(page, 'signing', 'overdue')
    await expect(page.getByText(say('overdue.none'))).toBeVisible()
    await visit(page, 'settings', 'line')
    await expect(page.getByText(say('line.placeholder')).first()).toBeVisible()
    await expectAccessible(page)
    await shoot('line')
  })
})

test('the workload is told by name with what it does not say', async () => {
  await as(page, approver, async () => {
    await visit(page, 'signing', 'workload')
    await expect(rows()).toHaveCount(3)
    await expect(page.getByText(say('workload.note.not'))).toBeVisible()
    await expectAccessible(page)
    await shoot('workload')
  })
  await as(page, two, async () => {
    await visit(page, 'review')
    await page.getByRole('link', { name: say('workload.own') }).press('Enter')
    await expect(rows()).toHaveCount(1)
    await expect(rows()).toContainText(two.name)
  })
})

test('who enters sees by when their entries are worked', async () => {
  await as(page, collector, async () => {
    await expect(page.getByText(say('queue.on-the-way')).first()).toBeVisible()
    await visit(page, 'settings', 'calendar')
    await expect(page.getByText(say('calendar.approver-only'))).toBeVisible()
    await expect(page.getByRole('button', { name: say('settings.save') })).toHaveCount(0)
  })
})
