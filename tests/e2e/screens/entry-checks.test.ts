import { expect, test } from '@playwright/test'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { lock, logIn } from '../support/desk.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, prepare, visit, type Prepared } from './prepared.ts'

// What the other records of a dossier say of an entry, and the short ways of making one.

const assets = '境内存款、车辆及其他财产'
const assessment = '年度考核'
let prepared: Prepared
let cadre: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })).cadre
    const submit = async (category: string, values: InputOf<'record.submit'>['values']) =>
      await core.value('record.submit', {
        record: null,
        parent: null,
        settles: [],
        cadre,
        category,
        declaration: 'present',
        values,
        source: { kind: 'form', from: '本人', reference: null },
        reason: '首次采集',
        evidence: [],
      })
    const value = { amount: 10_000_000, currency: 'CNY' }
    const deposit = await submit('C7', { relation: '01', kind: '01', description: '定期存款', value })
    const year = await submit('D9', { year: '2025', grade: '1' })
    await archiveAll(core, [deposit, year])
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

test('an entry is held against the others as one types, and the clerk explains', async () => {
  const { page } = prepared
  await page.setViewportSize({ width: 1366, height: 768 })
  await visit(page, 'entry', cadre, 'D9')
  const form = entryForm(page, assessment)
  await form.getByLabel('年度', { exact: true }).fill('2025')
  const remarks = form.getByRole('region', { name: say('entry.warnings') })
  await expect(remarks).toContainText('另一条填写的与此相同')
  await remarks.getByRole('textbox').fill('上年考核等次已更正，另有文件')
  await form.getByLabel('等次', { exact: true }).fill('优秀')
  await page.keyboard.press('Enter')
  await form.getByLabel(say('entry.source.from')).fill('组织部')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
})

test('the last entry is copied, what differs is marked, and a slip is taken back with one key', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C7')
  const form = entryForm(page, assets)
  await page.getByRole('button', { name: say('entry.copy') }).click()
  await expect(form.getByLabel('说明', { exact: true })).toHaveValue('定期存款')
  await expect(form.getByText(say('entry.changed'))).toHaveCount(0)
  await form.getByLabel('价值', { exact: true }).fill('120000')
  await expect(form.getByText(say('entry.changed'))).toHaveCount(1)
  await form.getByLabel(say('entry.source.from')).fill('本人')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
  await page.keyboard.press('Control+z')
  await expect(form.getByLabel('价值', { exact: true })).toHaveValue('120000.00')
  await expect(form.getByLabel(say('entry.source.from'))).toHaveValue('本人')
  await form.getByLabel('价值', { exact: true }).fill('130000')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
})

test('nothing changed in a period is said of a section in one act', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre)
  const group = page.getByRole('region', { name: say('group.C') })
  await group.getByRole('button', { name: say('unchanged.open') }).click()
  const panel = group.getByRole('form', { name: say('unchanged.open') })
  await expect(panel.getByRole('checkbox', { name: new RegExp(assets) })).toBeChecked()
  await expectAccessible(page)
  await panel.getByLabel(say('entry.source.from')).fill('本人')
  await page.keyboard.press('Enter')
  await expect(group.getByText(say('unchanged.done', { count: 1 }))).toBeVisible()
})

test('an approver adds a check between records and changes it', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.approver)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await visit(page, 'settings', 'catalogue', 'edit', 'D6')
  const checks = page.getByRole('region', { name: say('catalogue.property.crossChecks') })
  await checks.getByRole('button', { name: say('catalogue.check.add') }).click()
  const drawer = page.getByRole('dialog')
  const choose = async (label: string, option: string) => {
    await drawer.getByLabel(label, { exact: true }).click()
    await page.getByTitle(option, { exact: true }).last().click()
  }
  await choose(say('catalogue.check.kind'), say('catalogue.check.event-order'))
  await choose(say('catalogue.check.role.date'), '时间')
  await choose(say('catalogue.check.role.category'), 'A1 基本信息')
  await choose(say('catalogue.check.role.other'), '出生日期')
  await choose(say('catalogue.check.role.order'), say('catalogue.check.not-before'))
  await drawer.getByLabel(say('catalogue.check.role.years'), { exact: true }).fill('16')
  await expectAccessible(page)
  await drawer.getByRole('button', { name: say('catalogue.keep') }).click()
  const listed = checks.getByRole('listitem').filter({ hasText: '“基本信息”的“出生日期”之后 16 年' })
  await expect(listed).toBeVisible()
  await listed.getByRole('button', { name: /修改核对/ }).click()
  await drawer.getByLabel(say('catalogue.check.role.years'), { exact: true }).fill('18')
  await drawer.getByRole('button', { name: say('catalogue.keep') }).click()
  await expect(checks.getByText(/之后 18 年/)).toBeVisible()
  expect(prepared.faults).toEqual([])
})
