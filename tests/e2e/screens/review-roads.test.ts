import { expect, test, type Page } from '@playwright/test'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as } from '../support/desk.ts'
import { member, members, type Member } from '../support/people.ts'
import { lookAtAll } from '../support/road.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { collector, approver, inspector } = members
const one = member('fuhe1', '陆长庚', 'reviewer', true)
const two = member('fuhe2', '秦素云', 'reviewer', true)
const three = member('fuhe3', '方既白', 'reviewer')
const four = member('fuhe4', '温如玉', 'reviewer')
const five = member('fuhe5', '骆宾王', 'reviewer')
const office: readonly Member[] = [
  ...Object.values(members).filter(({ role }) => role !== 'reviewer'),
  one,
  two,
  three,
  four,
  five,
]

let prepared: Prepared
let page: Page
let loan: string
let gift: { readonly record: string; readonly revision: string }
let sanction: string

const name = '刘建国'

async function prepareEntries(core: TestCore): Promise<void> {
  const { cadre } = await core.value('cadre.open', { name, identityNumber: null, post: '副书记' })
  const common = {
    record: null,
    parent: null,
    settles: [],
    cadre,
    declaration: 'present' as const,
    source: { kind: 'form' as const, from: '本人', reference: null },
    reason: '首次采集',
    evidence: [],
  }
  const borrowed = (description: string) => ({
    ...common,
    category: 'C6',
    values: {
      relation: '01',
      direction: '01',
      description,
      amount: { amount: 36_600_000, currency: 'CNY' },
    },
  })
  loan = (await core.value('record.submit', borrowed('借给同乡'))).record
  gift = await core.value('record.submit', borrowed('借给主要领导亲属'))
  await core.signIn(inspector.login, inspector.password)
  const content = Buffer.from('处分决定书：记过，2026-03-02 生效')
  const file = { purpose: 'evidence', name: '处分决定.txt', size: content.length, mediaType: '' } as const
  const { upload } = await core.value('upload.begin', file)
  await core.value('upload.append', { upload, offset: 0, bytes: content })
  const entered = await core.value('record.submit', {
    ...common,
    category: 'E5',
    values: {
      kind: '02',
      document: '监处〔2026〕3号',
      authority: '县监察委员会',
      on: '2026-03-02',
      until: '2027-03-02',
      facts: '违规收受礼金。',
      basis: '政务处分法第三十四条',
    },
    evidence: [{ upload }],
  })
  sanction = entered.record
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.slow()
  prepared = await prepare(browser, prepareEntries, officeUnit(office))
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

test('what waits is dealt out in turn, and stands on the desks of those it fell to', async () => {
  await as(page, approver, async () => {
    await visit(page, 'signing', 'assign')
    await page.getByLabel(say('queue.choose-all')).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: say('assign.run', { count: 3 }) }).click()
    await expect(page.getByText(say('assign.none'))).toBeVisible()
  })
  let mine = 0
  for (const reviewer of [one, two, three, four, five]) {
    await as(page, reviewer, async () => {
      await visit(page, 'review')
      await page.getByText(say('review.shown.mine'), { exact: true }).click()
      const rows = page.getByRole('table').locator('tbody tr')
      await expect(rows.or(page.getByText(say('review.none-here'))).first()).toBeVisible()
      mine += await rows.count()
    })
  }
  // Two reviewers each for three entries.
  expect(mine).toBe(6)
})

test('a sanction is typed from the evidence before it is shown, and compared by the machine', async () => {
  await as(page, one, async () => {
    await visit(page, 'review', sanction)
    const form = page.getByRole('region', { name: say('rekey.title') })
    await expect(form).toBeVisible()
    await expect(page.getByText('监处〔2026〕3号')).toHaveCount(0)
    await expect(page.getByText(say('decision.agree'), { exact: true })).toHaveCount(0)
    await expectAccessible(page)
    await form.getByLabel('处分类型').click()
    await page.getByTitle('记过', { exact: true }).click()
    await form.getByLabel('文号').fill('监处〔2026〕3号')
    await form.getByLabel('生效日期').fill('2026.3.20')
    await form.getByLabel('期满日期').fill('2027-03-02')
    await form.getByRole('button', { name: say('rekey.submit') }).click()
    const table = page.getByRole('region', { name: say('rekey.title') }).getByRole('table')
    await expect(table.locator('tbody tr')).toHaveCount(4)
    await expect(table.getByText(say('rekey.differs'))).toHaveCount(1)
    await expect(table.getByRole('row').filter({ hasText: say('rekey.differs') })).toContainText('生效日期')
    await page.getByText(say('decision.agree'), { exact: true }).click()
    await expect(page.getByRole('button', { name: say('decision.sign'), exact: true })).toBeDisabled()
    await page.getByLabel(say('decision.words')).fill('决定书为三月二日，复核人录错。')
    await lookAtAll(page)
    await page.getByRole('button', { name: say('decision.sign'), exact: true }).click()
    await expect(page.getByText(say('review.signed', { count: 1 }))).toBeVisible()
  })
})

test('a question goes to the author and back, and the other reviewer sees nothing of it', async () => {
  const words = '借条上的金额是多少？'
  await as(page, one, async () => {
    await visit(page, 'review', loan)
    await page.getByLabel(say('query.words')).fill(words)
    await page.getByRole('button', { name: say('query.ask'), exact: true }).click()
    await expect(page.getByText(words)).toBeVisible()
    await expectAccessible(page)
  })
  await as(page, two, async () => {
    await visit(page, 'review', loan)
    await expect(page.getByText(say('query.none'))).toBeVisible()
    await expect(page.getByText(words)).toHaveCount(0)
  })
  await as(page, collector, async () => {
    await page.getByRole('link', { name: new RegExp(say('query.wants.answer')) }).click()
    await expect(page.getByText(words)).toBeVisible()
    await page.getByLabel(say('query.answer-words')).fill('三十六万六千元。')
    await page.getByRole('button', { name: say('query.answer'), exact: true }).click()
    await expect(page.getByText('三十六万六千元。')).toBeVisible()
  })
  await as(page, one, async () => {
    await page.getByRole('link', { name: new RegExp(say('query.wants.resolve')) }).click()
    await page.getByRole('button', { name: say('query.resolve'), exact: true }).click()
    await expect(page.getByText(say('query.resolved'))).toBeVisible()
  })
})

test('a sensitive matter is settled by the majority of a group and signed', async () => {
  await as(page, one, async () => {
    await visit(page, 'review', gift.record)
    await page.getByRole('button', { name: say('escalate.open') }).click()
    await page.getByLabel(say('escalate.words')).fill('涉及主要领导亲属')
    await page.getByRole('button', { name: say('escalate.run') }).click()
    await expect(page.getByRole('heading', { level: 1, name: say('nav.review') })).toBeVisible()
  })
  await as(page, approver, async () => {
    await visit(page, 'signing', 'adjudicate', gift.record)
    const group = page.getByRole('region', { name: say('convene.title') })
    await group.getByLabel(say('convene.members')).click()
    for (const who of [three, four, five]) await page.getByTitle(who.name, { exact: true }).click()
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await group.getByRole('button', { name: say('convene.run') }).click()
    await expect(page.getByText(say('road.group')).first()).toBeVisible()
  })
  for (const who of [three, four]) {
    await as(page, who, async () => {
      await visit(page, 'signing', 'adjudicate', gift.record)
      const settle = page.getByRole('region', { name: say('signing.adjudicate') })
      await settle.getByText(say('outcome.uphold'), { exact: true }).click()
      await page.getByLabel(say('adjudicate.words')).fill('材料齐全，予以认可。')
      await page.getByRole('button', { name: say('adjudicate.sign') }).click()
      await expect(page.getByText(say('adjudicate.none'))).toBeVisible()
    })
  }
  await as(page, approver, async () => {
    await visit(page, 'signing', 'sign', gift.record)
    const sign = page.getByRole('button', { name: say('sign.run', { count: 1 }) })
    await sign.click()
    await sign.last().click()
    await expect(page.getByText(say('sign.done', { count: 1 }))).toBeVisible()
  })
})

test('an error found later is traced to who entered it, and answered', async () => {
  await as(page, inspector, async () => {
    await visit(page, 'faults', gift.record, gift.revision)
    await page.getByLabel(new RegExp(collector.name)).check()
    await page.getByLabel(say('faults.words')).fill('对象关系录错。')
    await expectAccessible(page)
    await page.getByRole('button', { name: say('faults.sign') }).click()
    await expect(page.getByText('对象关系录错。')).toBeVisible()
  })
  await as(page, collector, async () => {
    await page.getByRole('link', { name: new RegExp(say('faults.waiting')) }).click()
    await page.getByLabel(say('faults.answer-words')).fill('已核对，确为误录。')
    await page.getByRole('button', { name: say('faults.answer'), exact: true }).click()
    await expect(page.getByText('已核对，确为误录。')).toBeVisible()
    await expectAccessible(page)
  })
})

test('the content policy had nothing to refuse', () => {
  expect(prepared.faults).toEqual([])
})
