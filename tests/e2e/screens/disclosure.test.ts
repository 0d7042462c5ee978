import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as, goTo, lock, logIn } from '../support/desk.ts'
import { openDossier } from '../support/dossier.ts'
import { tabTo } from '../support/keys.ts'
import { member, members, type Member } from '../support/people.ts'
import { agree, openOpinions, signAll } from '../support/road.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { collector, approver, inspector } = members
const one = member('fuhe1', '陆长庚', 'reviewer', true)
const two = member('fuhe2', '秦素云', 'reviewer', true)
const office: readonly Member[] = [
  ...Object.values(members).filter(({ role }) => role !== 'reviewer'),
  one,
  two,
]

let prepared: Prepared
let page: Page
let cadre: string

const name = '刘建国'

/** A loan and a talk, both archived. */
async function prepareDossier(core: TestCore): Promise<void> {
  cadre = (await core.value('cadre.open', { name, identityNumber: null, post: '副书记' })).cadre
  const common = {
    record: null,
    parent: null,
    settles: [],
    cadre,
    declaration: 'present' as const,
    source: { kind: 'form' as const, from: '本人', reference: null },
    reason: '首次采集',
  }
  const loan = await core.value('record.submit', {
    ...common,
    category: 'C6',
    values: {
      relation: '01',
      direction: '01',
      description: '借给同乡',
      amount: { amount: 36_600_000, currency: 'CNY' },
    },
    evidence: [],
  })
  await core.signIn(inspector.login, inspector.password)
  const content = Buffer.from('谈话记录')
  const file = { purpose: 'evidence', name: '谈话.txt', size: content.length, mediaType: '' } as const
  const { upload } = await core.value('upload.begin', file)
  await core.value('upload.append', { upload, offset: 0, bytes: content })
  const talk = await core.value('record.submit', {
    ...common,
    category: 'E3',
    values: { kind: '01', date: '2026-11-01', talkers: '纪检干部', reason: '例行', content: '廉政谈话内容' },
    evidence: [{ upload }],
  })
  const entries = [
    { compartment: 'archive', rows: [loan] },
    { compartment: 'discipline', rows: [talk] },
  ] as const
  for (const { login, password } of [one, two]) {
    await core.signIn(login, password)
    for (const { compartment, rows } of entries) {
      const opinion = { decision: 'agree' as const, reasons: [], marks: [], words: '' }
      await core.value('review.decide', { compartment, rows: rows.map((row) => ({ ...row, ...opinion })) })
    }
  }
  await core.signIn(approver.login, approver.password)
  for (const { compartment, rows } of entries) {
    await core.value('review.open', { compartment, rows: [...rows] })
    await core.value('review.sign', { compartment, rows: [...rows], words: '' })
  }
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, prepareDossier, officeUnit(office))
  page = prepared.page
})
test.afterAll(async () => await prepared.close())
test.afterEach(() => expect(prepared.faults).toEqual([]))

test('who has no task with a dossier says what for, with the keyboard alone, and once', async () => {
  await logIn(page, inspector)
  await visit(page, 'dossiers', cadre)
  const question = page.getByRole('dialog', { name: say('purpose.title') })
  await expect(question).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByText('access/purpose-needed')).toBeVisible()
  await expect(page.getByText('借给同乡')).toHaveCount(0)

  await page.getByRole('button', { name: say('do.retry') }).click()
  await expect(question).toBeVisible()
  await expect(question.getByLabel(say('purpose.correction'))).toBeFocused()
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowDown')
  await expect(question.getByLabel(say('purpose.other'), { exact: true })).toBeChecked()
  await tabTo(page, question.getByRole('textbox'))
  await page.keyboard.press('Enter')
  await expect(question.getByText(say('purpose.words.missing'))).toBeVisible()
  await page.keyboard.type('核对年度报告')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await goTo(page, 'nav.workbench')
  await openDossier(page, name)
  await expect(question).toBeHidden()
  await lock(page)
  await logIn(page, inspector)
  await visit(page, 'dossiers', cadre)
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: say('do.cancel') }).click()
  await lock(page)
})

test('a talk leaves in a file only after another member signed for it, and once', async () => {
  await as(page, inspector, async () => {
    await openDossier(page, name)
    await page.getByRole('button', { name: say('dossier.more') }).click()
    await page.getByRole('menuitem', { name: say('copy.open') }).click()
    await page.getByLabel(say('purpose.lead'), { exact: true }).check()
    await page.getByLabel(say('copy.form.file')).check()
    await expect(page.getByText(say('copy.in-the-clear'), { exact: true })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: say('copy.ask') }).click()
    await expect(page.getByText(say('copy.asked'), { exact: true })).toBeVisible()
    await goTo(page, 'nav.register')
    await expect(
      page.getByRole('button', { name: new RegExp(`^${say('register.do.approve')}`) }),
    ).toHaveCount(0)
  })
  await as(page, approver, async () => {
    await page.getByRole('link', { name: new RegExp(say('register.task.toApprove')) }).click()
    await page.getByRole('button', { name: new RegExp(`^${say('register.do.approve')} ${name}`) }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: say('register.approve') }).click()
    await expect(page.getByText(say('register.status.copy.approved'))).toBeVisible()
  })
  expect(readdirSync(prepared.premises.home).filter((file) => file.endsWith('.html'))).toEqual([])
  await as(page, inspector, async () => {
    await goTo(page, 'nav.register')
    await page.getByRole('button', { name: new RegExp(`^${say('register.do.make')} ${name}`) }).click()
    await page.getByRole('button', { name: say('copy.write') }).click()
    await expect(page.getByText(say('register.status.copy.made'))).toBeVisible()
    await expect(page.getByRole('button', { name: new RegExp(`^${say('register.do.make')}`) })).toHaveCount(0)
  })
  const files = readdirSync(prepared.premises.home).filter((file) => file.endsWith('.html'))
  expect(files).toHaveLength(1)
  const html = readFileSync(join(prepared.premises.home, files[0] ?? ''), 'utf8')
  for (const words of ['廉政谈话内容', inspector.name, approver.name, say('purpose.lead')])
    expect(html).toContain(words)
})

test('a cadre gets a copy of what is archived with its sources, and no talk without a signature', async () => {
  await as(page, collector, async () => {
    await openDossier(page, name)
    await page.getByRole('button', { name: say('dossier.more') }).click()
    await page.getByRole('menuitem', { name: say('subject.open') }).click()
    await page.getByRole('button', { name: say('subject.make') }).click()
    await expect(page.getByText(say('subject.recipient.missing'))).toBeVisible()
    await page.getByLabel(say('subject.recipient')).fill('本人')
    await page.keyboard.press('Enter')
    const sheet = page.frameLocator('iframe')
    await expect(sheet.getByRole('heading', { level: 1, name: say('sheet.title.subject') })).toBeVisible()
    await expect(sheet.getByText('借给同乡')).toBeVisible()
    await expect(sheet.getByText(approver.name)).toBeVisible()
    await expect(sheet.getByText('谈话')).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: say('do.close') }).click()
    await goTo(page, 'nav.register')
    await expect(page.getByRole('row').filter({ hasText: say('register.kind.subject') })).toHaveCount(1)
  })
})

test('a correction the cadre asks for takes the normal road and is answered', async () => {
  test.slow()
  await as(page, collector, async () => {
    await openDossier(page, name)
    await page.getByRole('button', { name: say('dossier.more') }).click()
    await page.getByRole('menuitem', { name: say('correction.open') }).click()
    const record = page.getByRole('combobox', { name: say('correction.record') })
    await record.fill('借给同乡')
    await page.keyboard.press('Enter')
    await page.getByLabel(say('correction.words')).fill('已还清六万元，余额三十万元')
    await expectAccessible(page)
    await page.getByRole('button', { name: say('correction.submit'), exact: true }).click()
    await expect(page.getByText(say('correction.done'), { exact: true })).toBeVisible()
    await goTo(page, 'nav.register')
    await expectAccessible(page)
    await page.getByRole('link', { name: new RegExp(`^${say('register.do.correct')} ${name}`) }).click()
    const form = page.getByRole('form')
    await expect(page.getByText('已还清六万元，余额三十万元').first()).toBeVisible()
    await form.getByLabel('金额', { exact: true }).fill('300000')
    await form.getByRole('button', { name: new RegExp(`^${say('entry.submit')}`) }).click()
    await expect(page.getByRole('heading', { name: say('submitted.title') })).toBeVisible()
  })
  for (const reviewer of [one, two]) await as(page, reviewer, () => agree(page, name))
  await as(page, approver, async () => {
    await openOpinions(page, 1)
    await signAll(page, 1)
    await goTo(page, 'nav.workbench')
    await page.getByRole('link', { name: new RegExp(say('register.task.toAnswer')) }).click()
    await page.getByRole('button', { name: new RegExp(`^${say('register.do.answer')} ${name}`) }).click()
    await expect(page.getByRole('radio', { name: say('register.outcome.corrected') })).toBeChecked()
    await page.getByLabel(say('register.answer.words')).fill('经核实还款凭证，已更正。')
    await page.keyboard.press('Enter')
    const status = say('register.status.correction.corrected')
    await expect(page.getByRole('cell', { name: status, exact: true })).toBeVisible()
  })
})
