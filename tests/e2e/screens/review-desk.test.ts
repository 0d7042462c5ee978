import { expect, test, type Page } from '@playwright/test'
import { pdfEvidence } from '../../../src-main/cli/demo/evidence.ts'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { as } from '../support/desk.ts'
import { scan, type EvidenceFile } from '../support/evidence.ts'
import { statePurpose } from '../support/dossier.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { member, members, type Member } from '../support/people.ts'
import { lookAtAll } from '../support/road.ts'
import { officeUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const { collector, approver, inspector, auditor } = members
const one = member('fuhe1', '陆长庚', 'reviewer', true)
const two = member('fuhe2', '秦素云', 'reviewer', true)
const office: readonly Member[] = [
  ...Object.values(members).filter(({ role }) => role !== 'reviewer'),
  one,
  two,
]

let prepared: Prepared
let page: Page
let declared: { readonly record: string; readonly revision: string }
let registered: { readonly record: string; readonly revision: string }
let cadreId: string
let sanction: { readonly record: string; readonly revision: string }

const deed = pdfEvidence('不动产权证书.pdf', [
  '不动产权证书',
  '坐落：江城市滨河路18号',
  '建筑面积：90.5平方米',
])

type Entry = InputOf<'record.submit'>

function entryOf(cadre: string, changes: Partial<Entry>): Entry {
  return {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category: 'C2',
    declaration: 'present',
    values: {},
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次采集',
    evidence: [],
    ...changes,
  }
}

const houseOf = (area: string) => ({
  relation: '01',
  address: '江城市滨河路18号',
  area,
  price: { amount: 86_000_000, currency: 'CNY' },
})

async function upload(core: TestCore, file: Omit<EvidenceFile, 'mimeType'>): Promise<string> {
  const { name, buffer } = file
  const begun = { purpose: 'evidence', name, size: buffer.length, mediaType: '' } as const
  const { upload: id } = await core.value('upload.begin', begun)
  await core.value('upload.append', { upload: id, offset: 0, bytes: buffer })
  return id
}

async function decideAll(core: TestCore, row: typeof declared, compartment: 'archive' | 'discipline') {
  for (const { login, password } of [one, two]) {
    await core.signIn(login, password)
    const rows = [{ ...row, decision: 'agree' as const, reasons: [], marks: [], words: '' }]
    await core.value('review.decide', { compartment, rows })
  }
  await core.signIn(approver.login, approver.password)
  await core.value('review.open', { compartment, rows: [row] })
}

async function prepareEntries(core: TestCore): Promise<void> {
  const { cadre } = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })
  cadreId = cadre
  const registry = { kind: 'system' as const, from: '不动产登记中心', reference: '2026年第3批' }
  registered = await core.value(
    'record.submit',
    entryOf(cadre, { values: houseOf('90.5'), source: registry }),
  )
  await decideAll(core, registered, 'archive')
  await core.value('review.sign', { compartment: 'archive', rows: [registered], words: '' })
  await core.signIn(inspector.login, inspector.password)
  const paper = await upload(core, { name: '处分决定.txt', buffer: Buffer.from('处分决定书：记过') })
  const values = {
    kind: '02',
    document: '监处〔2026〕3号',
    authority: '县监察委员会',
    on: '2026-03-02',
    until: '2027-03-02',
    facts: '违规收受礼金。',
    basis: '政务处分法第三十四条',
  }
  const punished = entryOf(cadre, { category: 'E5', values, evidence: [{ upload: paper }] })
  sanction = await core.value('record.submit', punished)
  for (const [reviewer, on] of [
    [one, '2026-03-02'],
    [two, '2026-03-20'],
  ] as const) {
    await core.signIn(reviewer.login, reviewer.password)
    const typed = { kind: '02', document: '监处〔2026〕3号', on, until: '2027-03-02' }
    await core.value('review.rekey', { ...sanction, values: typed })
    const said = { decision: 'agree' as const, reasons: [], marks: [], words: '已核' }
    await core.value('review.decide', { compartment: 'discipline', rows: [{ ...sanction, ...said }] })
  }
  await core.signIn(approver.login, approver.password)
  await core.value('review.open', { compartment: 'discipline', rows: [sanction] })
  await core.value('review.sign', { compartment: 'discipline', rows: [sanction], words: '' })
  await core.signIn(collector.login, collector.password)
  const pieces = [
    await upload(core, { name: deed.name, buffer: Buffer.from(deed.bytes) }),
    await upload(core, scan('购房发票扫描件.png')),
  ]
  const evidence = pieces.map((id) => ({ upload: id }))
  declared = await core.value('record.submit', entryOf(cadre, { values: houseOf('85'), evidence }))
}

const decision = () => page.getByRole('region', { name: say('decision.title') })
const signButton = () => page.getByRole('button', { name: say('decision.sign'), exact: true })

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.slow()
  prepared = await prepare(browser, prepareEntries, officeUnit(office))
  page = prepared.page
})
test.afterAll(async () => await prepared.close())

test('a reviewer sees a PDF inside the page, turns it and goes on to the next piece with the keyboard', async () => {
  await as(page, one, async () => {
    await visit(page, 'review', declared.record)
    const evidence = page.getByRole('region', { name: say('record.evidence') })
    const sheet = evidence.getByRole('img', { name: new RegExp(deed.name) })
    await expect(sheet).toBeVisible()
    await expect(page.locator('iframe, embed, object')).toHaveCount(0)
    // Ink, and not a blank page: the font is named in the file and not part of it.
    const ink = await sheet.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, index) => index % 4 === 0 && value < 128).length
    })
    expect(ink).toBeGreaterThan(200)
    const upright = (await sheet.boundingBox())!
    expect(upright.height).toBeGreaterThan(upright.width)
    await evidence.getByRole('group', { name: deed.name }).focus()
    await page.keyboard.press('r')
    await expect
      .poll(async () => {
        const turned = (await sheet.boundingBox())!
        return turned.width > turned.height
      })
      .toBe(true)
    await page.keyboard.press('+')
    await expect(evidence.getByText('125%')).toBeVisible()
    await expectAccessible(page)
    const next = evidence.getByRole('button', { name: say('evidence.after') })
    await next.focus()
    await page.keyboard.press('Enter')
    await expect(evidence.getByRole('img', { name: '购房发票扫描件.png' })).toBeVisible()
  })
})

test('what another source says of the same house stands beside the entry, with the remark of the system', async () => {
  await as(page, one, async () => {
    await visit(page, 'review', declared.record)
    const sources = page.getByRole('region', { name: say('sources.title') })
    await expect(sources).toContainText('不动产登记中心')
    await expect(sources.getByRole('row').filter({ hasText: '90.5' })).toContainText('85')
    const checks = page.getByRole('region', { name: say('record.findings') })
    await expect(checks.getByText(say('checks.clear'))).toHaveCount(4)
    await expect(checks).toContainText('不动产登记中心')
  })
})

test('an opinion is signed once all was on the screen, and a return at once', async () => {
  await as(page, one, async () => {
    await visit(page, 'review', declared.record)
    await expect(page.getByRole('img', { name: new RegExp(deed.name) })).toBeVisible()
    await decision().getByText(say('decision.return'), { exact: true }).click()
    await decision().getByLabel(say('reason.differs-from-evidence')).check()
    await expect(page.getByRole('button', { name: say('decision.sign-return') })).toBeEnabled()
    await decision().getByText(say('decision.agree'), { exact: true }).click()
    await expect(signButton()).toBeDisabled()
    await expect(decision().getByRole('status')).toContainText(say('look.evidence', { count: 1 }))
    await page.getByRole('button', { name: say('look.next') }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('img', { name: '购房发票扫描件.png' }).or(signButton()).first()).toBeVisible()
    await lookAtAll(page)
    await expect(signButton()).toBeEnabled()
    await expectAccessible(page)
  })
})

test('a return names the fields, and the next reviewers see what was changed and what was asked', async () => {
  const words = '面积与证书不符？'
  await as(page, one, async () => {
    await visit(page, 'review', declared.record)
    await page.getByLabel(say('query.words')).fill(words)
    await page.getByRole('button', { name: say('query.ask'), exact: true }).click()
    await expect(page.getByText(words)).toBeVisible()
    await page.getByLabel(say('decision.mark-field', { field: '建筑面积' })).check()
    await page.getByLabel(say('decision.mark-field', { field: '具体地址' })).check()
    await decision().getByText(say('decision.return'), { exact: true }).click()
    await decision().getByLabel(say('reason.differs-from-evidence')).check()
    await page.getByRole('button', { name: say('decision.sign-return') }).click()
    await expect(page.getByText(say('review.signed', { count: 1 }))).toBeVisible()
  })
  await as(page, collector, async () => {
    await visit(page, 'entry', 'mine', 'returned')
    await page.getByRole('link', { name: say('mine.enter-again') }).click()
    const form = entryForm(page, '房产、车位、储藏间')
    await expect(form.getByLabel('建筑面积')).toHaveValue('85')
    await form.getByLabel('建筑面积').fill('90.5')
    await form.getByLabel(say('entry.reason')).fill('按证书更正面积')
    await form.getByRole('button', { name: say('entry.submit') }).click()
    await expectSubmitted(page)
  })
  await as(page, two, async () => {
    await visit(page, 'review', declared.record)
    const changes = page.getByRole('region', { name: say('changes.title') })
    await expect(changes).toContainText('按证书更正面积')
    await expect(changes.getByRole('row').filter({ hasText: '建筑面积' })).toContainText(
      say('fields.change.changed'),
    )
    await expect(changes.getByRole('row').filter({ hasText: '具体地址' })).toContainText(
      say('changes.marked-same'),
    )
    await expect(page.getByRole('region', { name: say('query.title') })).toContainText(words)
    await expectAccessible(page)
  })
})

test('the rates of double typing stand by field with their counts', async () => {
  await as(page, inspector, async () => {
    await visit(page, 'faults', 'agreement')
    const rows = page.getByRole('region', { name: '政务处分' }).getByRole('row')
    await expect(rows.filter({ hasText: '生效日期' })).toContainText('50.0%')
    await expect(rows.filter({ hasText: '生效日期' })).toContainText('1 / 2')
    await expect(rows.filter({ hasText: '文号' })).toContainText('2 / 2')
    await expectAccessible(page)
  })
})

test('the register of errors is narrowed, and its printing is entered before it is on paper', async () => {
  await as(page, inspector, async () => {
    await visit(page, 'faults', registered.record, registered.revision)
    await statePurpose(page)
    await page.getByLabel(say('fault.omission')).check()
    await page.getByLabel(new RegExp(collector.name)).check()
    await page.getByLabel(say('faults.words')).fill('漏报共有人。')
    await page.getByRole('button', { name: say('faults.sign') }).click()
    await expect(page.getByText('漏报共有人。')).toBeVisible()
    await page.getByLabel(say('faults.state')).click()
    await page.getByTitle(say('faults.state.answered'), { exact: true }).click()
    await expect(page.getByText(say('faults.none.here'))).toBeVisible()
    await page.getByLabel(say('faults.state')).click()
    await page.getByTitle(say('faults.state.open'), { exact: true }).click()
    await expect(page.getByText('漏报共有人。')).toBeVisible()
    await expectAccessible(page)
    await page.evaluate(() => {
      window.print = () => undefined
    })
    await page.getByRole('button', { name: say('faults.print') }).click()
    const paper = page.getByRole('article', { name: say('faults.paper.title'), includeHidden: true })
    await expect(paper).toContainText('漏报共有人。')
    await page.emulateMedia({ media: 'print' })
    await expect(paper).toBeVisible()
    await expect(page.getByRole('button', { name: say('faults.print') })).toBeHidden()
    await page.emulateMedia({ media: null })
  })
  await as(page, auditor, async () => {
    await visit(page, 'audit')
    await expect(page.getByText(say('audit.what.fault-register')).first()).toBeVisible()
  })
})

test('the verification sheet stands on paper alone, as wide as the paper', async () => {
  await as(page, approver, async () => {
    await visit(page, 'dossiers', cadreId, 'sheet', registered.record)
    const purpose = page.getByRole('dialog', { name: say('purpose.title') })
    const title = page.getByRole('heading', { name: say('vsheet.title') })
    await expect(purpose.or(title).first()).toBeVisible()
    if (await purpose.isVisible()) await statePurpose(page)
    await expect(page.getByText(say('vsheet.proof.hint'))).toBeVisible()
    await expectAccessible(page)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByLabel(say('dossiers.search'))).toBeHidden()
    await expect(page.getByRole('button', { name: say('vsheet.print') })).toBeHidden()
    await page.setViewportSize({ width: 658, height: 1000 })
    const sheet = page.locator('.vsheet')
    expect(await sheet.evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true)
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.emulateMedia({ media: null })
  })
})

test('the content policy had nothing to refuse', () => {
  expect(prepared.faults).toEqual([])
})
