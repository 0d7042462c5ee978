import { mkdtempSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { withPurpose } from '../../helpers/purpose.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { goTo, lock, logIn } from '../support/desk.ts'
import { members } from '../support/people.ts'
import { four, officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { collector, approver, sysadmin, auditor } = members
const leak = '两份核查报告的复印件，共 16 页'

let prepared: Prepared
let page: Page

/** A few days of a unit: readings, searches, attempts that were refused. */
async function work(core: TestCore): Promise<void> {
  const cadres: string[] = []
  for (const name of ['刘建国', '王丽华', '欧阳修文']) {
    cadres.push((await core.value('cadre.open', { name, identityNumber: null, post: '科员' })).cadre)
  }
  await core.signIn(approver.login, approver.password)
  for (const cadre of cadres) {
    await core.value('cadre.read', { cadre, at: null })
  }
  for (let turn = 0; turn < 12; turn++) {
    await core.value('cadre.list', { search: `刘${turn}`, after: null, limit: 20 })
  }
  await core.signIn(sysadmin.login, sysadmin.password)
  for (let turn = 0; turn < 6; turn++) {
    await core.call('cadre.read', withPurpose('cadre.read', { cadre: cadres[0] as string, at: null }))
  }
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, work, officeUnit())
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

const entries = () => page.getByRole('grid', { name: say('audit.entries') })
const rows = () =>
  entries()
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

test('anybody reports a leak, and is told that they cannot read it again', async () => {
  await logIn(page, collector)
  await goTo(page, 'nav.security')
  await page.getByRole('button', { name: say('incident.report') }).click()
  const drawer = page.getByRole('dialog', { name: say('incident.report') })
  await expect(drawer).toContainText(say('incident.report.hint'))
  await drawer.getByRole('button', { name: say('incident.report.send') }).click()
  await expect(drawer.getByRole('alert')).toContainText(say('incident.what.missing'))
  await drawer.getByLabel(say('incident.what')).fill(leak)
  await drawer.getByLabel(say('incident.who')).fill('借阅人待查')
  await drawer.getByLabel(say('incident.course')).fill('上午清点卷柜时发现少了两份。')
  await expectAccessible(page)
  await drawer.getByRole('button', { name: say('incident.report.send') }).click()
  await expect(drawer.getByRole('alert')).toContainText(say('incident.reported.next'))
  await drawer
    .getByRole('button', { name: say('do.close') })
    .last()
    .click()
  await lock(page)
})

test('an auditor sees who did what to whom, and others do not find the place', async () => {
  await logIn(page, sysadmin)
  await expect(page.getByRole('link', { name: say('nav.audit') })).toHaveCount(0)
  await lock(page)
  await logIn(page, auditor)
  await goTo(page, 'nav.audit')
  await expect(rows().first()).toContainText(auditor.name)
  await expectAccessible(page)
  await page.getByLabel(say('audit.filter.cadre'), { exact: true }).fill('欧阳')
  await expect(rows()).toHaveCount(1)
  await expect(rows()).toContainText(approver.name)
  await expect(rows()).toContainText('欧阳修文')
  await expect(rows()).toContainText(say('audit.kind.dossier'))
  await page.getByRole('button', { name: say('audit.filter.clear') }).click()
})

test('filters narrow the list by member, name and kind, with the keyboard alone', async () => {
  await page.getByLabel(say('audit.filter.kinds'), { exact: true }).focus()
  await page.keyboard.type(say('audit.kind.refused'))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(rows().first()).toContainText(sysadmin.name)
  await expect(rows().first()).toContainText(say('refusal.call/not-permitted'))
  await page.getByRole('button', { name: say('audit.filter.clear') }).click()
  await page.getByLabel(say('audit.filter.cadre'), { exact: true }).fill('丽华')
  await expect(rows()).toHaveCount(1)
  await rows().first().focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: say('audit.entries') })
  await expect(drawer).toContainText('王丽华')
  await expectAccessible(page)
  await drawer.getByRole('button', { name: say('audit.only.member') }).click()
  await expect(drawer).toBeHidden()
  await expect(rows().first()).toContainText(approver.name)
  await page.getByLabel(say('audit.filter.cadre'), { exact: true }).fill('无此人')
  await expect(page.getByText(say('audit.none.fits'))).toBeVisible()
  await page.getByRole('button', { name: say('audit.filter.clear') }).click()
})

test('the list goes into a folder as a signed file and a page', async () => {
  const folder = mkdtempSync(join(prepared.premises.home, 'report-'))
  await page.getByRole('button', { name: say('audit.export') }).click()
  const panel = page.getByRole('region', { name: say('audit.export') })
  await panel.getByRole('button', { name: basename(folder) }).click()
  await expect(panel.locator('code').first()).toHaveText(folder)
  await expectAccessible(page)
  await panel.getByRole('button', { name: say('audit.export.here') }).click()
  await expect(panel.getByRole('alert')).toContainText('.html')
  expect(readdirSync(folder)).toHaveLength(2)
  await panel.getByRole('button', { name: say('do.close') }).click()
})

test('unusual use shows its arithmetic, leads to its entries and takes a signed disposition', async () => {
  await page.getByRole('link', { name: say('audit.unusual') }).click()
  const table = page.getByRole('table', { name: say('audit.unusual') })
  const refused = table.getByRole('row').filter({ hasText: say('unusual.refused') })
  await expect(refused).toContainText(say('unusual.refused.why', { counted: 6, threshold: 5 }))
  await expect(table.getByRole('row').filter({ hasText: say('unusual.fishing') })).toContainText(
    approver.name,
  )
  await expectAccessible(page)
  await refused.getByRole('button', { name: say('unusual.note.make') }).click()
  await page.getByRole('button', { name: say('unusual.note.sign') }).click()
  await expect(page.getByText(say('unusual.note.words.missing'))).toBeVisible()
  await page.getByLabel(say('unusual.note.words')).fill('已核实：新到岗，误点档案')
  await page.keyboard.press('Enter')
  await expect(refused).toContainText('已核实：新到岗，误点档案')
  await refused.getByRole('button', { name: say('unusual.see') }).click()
  await expect(rows().first()).toContainText(say('audit.kind.refused'))
})

test('a leak is followed up, reported upward and closed, and prints as a form', async () => {
  await page.getByRole('link', { name: say('audit.incidents') }).click()
  await page.getByRole('link', { name: new RegExp(leak.slice(0, 6)) }).click()
  const form = page.getByRole('article', { name: say('incident.form') })
  await expect(form).toContainText(collector.name)
  await form.getByLabel(say('incident.follow-up.measures')).fill('复印件已在二楼找到，未见外传。')
  await form.getByLabel(say('incident.upward'), { exact: true }).check()
  await form.getByLabel(say('incident.upward.to')).fill('区委保密办')
  await expectAccessible(page)
  await form.getByRole('button', { name: say('incident.follow-up.sign') }).click()
  await expect(form.getByRole('list')).toContainText('区委保密办')
  await page.emulateMedia({ media: 'print' })
  await expect(form.getByText(say('incident.form.head'))).toBeVisible()
  await expect(page.getByRole('banner')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await form.getByLabel(say('incident.follow-up.measures')).fill('已对责任人批评教育。')
  await form.getByLabel(say('incident.closes')).check()
  await form.getByRole('button', { name: say('incident.follow-up.sign') }).click()
  await expect(form).toContainText(say('incident.status.closed'))
  await expect(form.getByRole('button', { name: say('incident.follow-up.sign') })).toHaveCount(0)
  expect(prepared.faults).toEqual([])
})

test('the place is readable and usable in the dark and on a wide screen', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.evaluate(() =>
    localStorage.setItem('liandang.looks', '{"isDark":true,"locale":"zh-CN","size":"standard"}'),
  )
  await page.reload()
  for (const tab of ['entries', 'unusual', 'incidents']) {
    await visit(page, 'audit', tab)
    await expect(page.locator('.ant-skeleton')).toHaveCount(0)
    await expectAccessible(page)
  }
})

test('a unit without an auditor is told who can open what is sealed to one', async ({ browser }) => {
  const small = await prepare(browser)
  try {
    await logIn(small.page, four.collector)
    await visit(small.page, 'security', 'unit')
    await expect(small.page.getByText(say('audit.small'))).toBeVisible()
    await small.page.getByRole('button', { name: say('incident.report') }).click()
    await expect(small.page.getByText(say('incident.report.small'))).toBeVisible()
    await expectAccessible(small.page)
  } finally {
    await small.close()
  }
})
