import { expect, test, type Page } from '@playwright/test'
import { startHubNode, writeTrust, type HubNode } from '../../src-main/cli/demo/hub-node.ts'
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expectAccessible } from './support/accessibility.ts'
import {
  newPremises,
  setDay,
  startApplication,
  type Application,
  type Premises,
} from './support/application.ts'
import { as, expectDeskOf, goTo, lock, logIn, placeLink, watchFaults } from './support/desk.ts'
import { categoryOf, leaveHistory, lookBack, momentOf, openDossier } from './support/dossier.ts'
import { addEvidence, enter, entryForm, expectSubmitted, typeFields } from './support/entry.ts'
import { scan, scanWidth } from './support/evidence.ts'
import { tabTo } from './support/keys.ts'
import {
  fillMembers,
  fillRecovery,
  fillUnit,
  goOn,
  handOverSheets,
  printedLines,
  scanSheet,
  typePasswords,
  typeSheet,
} from './support/founding.ts'
import { holders, inventedIdentityNumber, members, unitName } from './support/people.ts'
import { agree, decide, goToSigning, openOpinions, openReview, sign, signAll } from './support/road.ts'
import { browseTo, expectAllAcknowledged } from './support/sync.ts'
import { say } from './support/words.ts'

let premises: Premises
let hub: HubNode
let application: Application
let page: Page
let faults: readonly string[]

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  premises = newPremises()
  hub = await startHubNode(join(premises.directory, 'hub'))
  setDay(premises, -3)
  application = await startApplication(premises, 'dated')
  page = await (await browser.newContext()).newPage()
  faults = watchFaults(page)
  await page.goto(await application.newAddress())
})

test.afterAll(async () => {
  await page.context().close()
  await application.stop()
  await hub.stop()
  premises.remove()
})

test('a unit is founded by its eight members, and each holder is given a recovery sheet', async () => {
  await expect(page.getByRole('heading', { level: 1, name: say('founding.title') })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(say('founding.welcome.agree')).check()
  await goOn(page, say('founding.step.unit.title'))
  await fillUnit(page)
  await goOn(page, say('founding.step.members.title'))
  await fillMembers(page)
  await expectAccessible(page)
  await goOn(page, say('founding.step.passwords.title'))
  await typePasswords(page)
  await goOn(page, say('founding.step.recovery.title'))
  await fillRecovery(page, await hub.card())
  await goOn(page, say('founding.step.check.title'))
  await page.getByRole('button', { name: say('founding.create') }).click()

  await expect(page.getByRole('heading', { name: say('founding.step.print.title') })).toBeVisible()
  const pdf = await page.pdf()
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(holders.length)
  for (const [index, holder] of holders.entries()) {
    const sheet = page.getByRole('region', { name: say('sheets.sheet', { number: index + 1, holder }) })
    await expect(sheet).toContainText(unitName)
  }
  const [first = [], , third = []] = await printedLines(page, holders)
  await handOverSheets(page, holders)
  await typeSheet(page, 1, third)
  await scanSheet(page, 2, first)
  await page.getByRole('button', { name: say('sheets.try') }).click()
  await expect(page.getByText(say('sheets.proved'))).toBeVisible()
  await page.getByRole('button', { name: say('sheets.leave') }).click()
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await expectAccessible(page)
})

test('the administrators see members and keys, and no dossier', async () => {
  await as(page, members.secadmin, async () => {
    await expect(placeLink(page, 'nav.dossiers')).toHaveCount(0)
    await goTo(page, 'nav.security')
    const keys = page.getByRole('table').filter({ hasText: say('unit.fingerprint') })
    for (const { name } of Object.values(members)) await expect(keys).toContainText(name)
    await expectAccessible(page)
    // What the node is told of a unit stands here and on the sheets.
    const unit = await page
      .getByRole('row')
      .filter({ hasText: say('unit.id') })
      .getByRole('code')
      .innerText()
    const root = await page
      .getByRole('row')
      .filter({ hasText: say('unit.root') })
      .getByRole('code')
      .innerText()
    await hub.trust(writeTrust(premises.directory, unit, root.replace(/\s/g, '')))
  })
})

const cadre = {
  name: '欧阳牧之',
  post: '云岭街道办事处副主任',
  identity: inventedIdentityNumber('19790614', '057'),
}
const house = '房产、车位、储藏间'
const address = '示例市云岭区望湖路18号3幢502室'

test('a collector opens a dossier and enters a house with its certificate, all without the mouse', async () => {
  setDay(premises, -2)
  await page.keyboard.type(members.collector.login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(members.collector.password)
  await page.keyboard.press('Enter')
  await expectDeskOf(page, members.collector)
  await expectAccessible(page)

  await tabTo(page, page.getByRole('link', { name: say('dossiers.new') }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(say('dossiers.name'), { exact: true })).toBeFocused()
  await page.keyboard.type(cadre.name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(cadre.identity)
  await page.keyboard.press('Tab')
  await page.keyboard.type(cadre.post)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: cadre.name })).toBeVisible()
  await expect(page.getByRole('article')).not.toContainText(cadre.identity.slice(0, 14))

  await tabTo(page, page.getByRole('article').getByRole('link', { name: say('dossier.enter') }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(say('choice.search'))).toBeFocused()
  await page.keyboard.type('C2')
  await tabTo(page, page.getByRole('main').getByRole('link', { name: house }))
  await page.keyboard.press('Enter')

  const form = entryForm(page, house)
  await expect(form.getByLabel('与干部关系')).toBeFocused()
  await typeFields(page, form, {
    与干部关系: '本人',
    房产类别: '住宅',
    具体地址: address,
    建筑面积: '128.6',
    来源: '购买',
    取得时间: '2016.5',
    取得价格: '1860000',
  })
  await expect(form.getByLabel('取得时间')).toHaveValue('2016-05')
  await expect(form.getByText('1,860,000.00')).toBeVisible()
  await tabTo(page, form.getByLabel(say('entry.source.from')))
  await page.keyboard.type('示例市不动产登记中心')
  await addEvidence(page, form, scan('不动产权证.png'))
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')

  await expectSubmitted(page)
  await expect(page.getByRole('main')).toContainText(say('submitted.step.two'))
  await expect(page.getByRole('main')).toContainText(say('submitted.step.open'))
})

test('two reviewers decide back to back, and neither is shown what the other said', async () => {
  // Whoever entered it is offered no review, not by the navigation and not by its address.
  await expect(placeLink(page, 'nav.review')).toHaveCount(0)
  await expect(placeLink(page, 'nav.signing')).toHaveCount(0)
  await page.goto(`${new URL(page.url()).origin}/#/review`)
  await expect(page.getByRole('heading', { level: 1, name: say('nav.workbench') })).toBeVisible()
  await lock(page)

  await as(page, members.reviewerOne, async () => {
    await expect(placeLink(page, 'nav.entry')).toHaveCount(0)
    await expect(placeLink(page, 'nav.review')).toContainText('1')
    await openReview(page, cadre.name)
    const evidence = page
      .getByRole('region', { name: say('record.evidence') })
      .getByRole('img', { name: '不动产权证.png' })
    await expect(evidence).toBeVisible()
    expect(await evidence.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(scanWidth)
    await expect(page.getByRole('region', { name: say('side.entry') })).toContainText(address)
    await expectAccessible(page)
    await decide(page, 'agree')
    await expect(page.getByText(say('review.none'))).toBeVisible()
  })

  await as(page, members.reviewerTwo, async () => {
    await openReview(page, cadre.name)
    const road = page.getByRole('region', { name: say('record.road') })
    await expect(road).toContainText(members.reviewerOne.name)
    await expect(road).toContainText(say('opinion.sealed'))
    await expect(road).not.toContainText(say('opinion.agree'))
    await decide(page, 'agree')
  })
})

test('the approver opens both opinions and signs, and the dossier carries the seal', async () => {
  await logIn(page, members.approver)
  await expect(placeLink(page, 'nav.entry')).toHaveCount(0)
  await expect(placeLink(page, 'nav.review')).toHaveCount(0)
  await openOpinions(page, 1)
  await expect(page.getByRole('table', { name: say('open.results') })).toContainText(say('status.agreed'))
  await expectAccessible(page)
  await goToSigning(page, 'sign')
  await page.getByRole('link', { name: new RegExp(`^${say('sign.open')} ${cadre.name}`) }).click()
  const road = page.getByRole('region', { name: say('record.road') })
  await expect(road.getByRole('listitem').filter({ hasText: say('opinion.agree') })).toHaveCount(2)
  await expectAccessible(page)
  const signedFrom = momentOf(-2).slice(0, 10)
  await sign(page, 1)
  const signedUntil = momentOf(-2).slice(0, 10)

  await openDossier(page, cadre.name)
  const houses = categoryOf(page, house)
  await expect(houses).toContainText(address)
  const seal = houses.getByRole('row').filter({ hasText: address })
  await expect(seal).toContainText(say('status.archived'))
  await expect(seal).toContainText(members.approver.name)
  // Two days when it is signed at midnight.
  await expect(seal).toContainText(new RegExp(`${signedFrom}|${signedUntil}`))
  await expectAccessible(page)

  await seal.click()
  const record = page.getByRole('dialog')
  await expect(record).toContainText(say('record.revision', { number: 1 }))
  for (const [step, member] of [
    ['road.entered', members.collector],
    ['road.reviewed', members.reviewerOne],
    ['road.reviewed', members.reviewerTwo],
    ['road.opened', members.approver],
    ['road.signed', members.approver],
  ] as const) {
    await expect(
      record
        .getByRole('listitem')
        .filter({ hasText: say(step) })
        .filter({ hasText: member.name }),
    ).toHaveCount(1)
  }
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(record).toBeHidden()
})

test('history shows nothing before the signature and the fact after it', async () => {
  await lookBack(page, momentOf(-2.5))
  await expect(page.getByRole('article')).not.toContainText(address)
  await lookBack(page, momentOf(-1.5))
  await expect(categoryOf(page, house)).toContainText(address)
  await leaveHistory(page)
  await expect(categoryOf(page, house)).toContainText(address)
  await lock(page)
})

test('a correction goes the same road, and the old value still stands at the earlier moment', async () => {
  setDay(premises, -1)
  await as(page, members.collector, async () => {
    await openDossier(page, cadre.name)
    await categoryOf(page, house).getByRole('row').filter({ hasText: address }).click()
    await page
      .getByRole('dialog')
      .getByRole('link', { name: say('record.correct'), exact: true })
      .click()
    const form = entryForm(page, house)
    await expect(form.getByLabel('具体地址')).toHaveValue(address)
    await form.getByLabel('取得价格', { exact: true }).fill('1680000')
    await form.getByLabel(say('entry.reason')).fill(say('entry.reason.correction'))
    await form.getByRole('button', { name: say('entry.submit') }).click()
    await expectSubmitted(page)
  })
  await as(page, members.reviewerOne, async () => {
    await openReview(page, cadre.name)
    const price = page.getByRole('row').filter({ hasText: '取得价格' })
    await expect(price).toContainText('1,680,000.00')
    await expect(price).toContainText('1,860,000.00')
    await expect(price).toContainText(say('fields.change.changed'))
    await decide(page, 'agree')
  })
  await as(page, members.reviewerTwo, () => agree(page, cadre.name))
  await as(page, members.approver, async () => {
    await openOpinions(page, 1)
    await signAll(page, 1)
    await openDossier(page, cadre.name)
    await expect(categoryOf(page, house)).toContainText('1,680,000.00')
    await lookBack(page, momentOf(-1.5))
    await expect(categoryOf(page, house)).toContainText('1,860,000.00')
    await expect(categoryOf(page, house)).not.toContainText('1,680,000.00')
  })
})

test('bundles carried to the node by hand come back as receipts, and nothing waits to be sent', async () => {
  setDay(premises, 0)
  const stick = join(premises.home, 'U盘')
  mkdirSync(stick)
  await as(page, members.approver, async () => {
    await goTo(page, 'nav.sync')
    await expectAccessible(page)
    await page.getByRole('button', { name: say('sync.export') }).click()
    const panel = page.getByRole('region', { name: say('sync.export') })
    await browseTo(panel, premises.home, 'U盘')
    await panel.getByRole('button', { name: say('sync.export.here') }).click()
    const exported = page.getByRole('status').filter({ hasText: say('sync.exported.next') })
    await expect(exported.getByRole('listitem').first()).toBeVisible()
    const bundles = await exported.getByRole('listitem').allInnerTexts()
    expect(readdirSync(stick).toSorted()).toEqual(bundles.toSorted())

    const receipts = join(stick, '回执')
    // The archive before the control log that vouches for it, as a stick may list them.
    const carried = bundles.toReversed().map((name) => join(stick, name))
    const taken = await hub.ingest(carried, receipts)
    expect(taken.map(({ voids }) => voids)).toEqual(bundles.map(() => 0))

    await page.getByRole('button', { name: say('sync.receive') }).click()
    const taking = page.getByRole('region', { name: say('sync.receive') })
    await browseTo(taking, premises.home, 'U盘', '回执')
    for (const [index, { receipt }] of taken.entries()) {
      await taking.getByRole('button', { name: basename(receipt) }).click()
      await expect(page.getByText(say('receipt.title', { count: index + 1 }))).toBeVisible()
    }
    await expectAllAcknowledged(page, bundles.length)
    await expect(page.getByRole('banner')).toContainText(say('shell.unsent', { count: 0 }))
  })
})

const deposit = { category: '境内存款、车辆及其他财产', words: '示例农商行定期存款' }
const loan = { category: '借贷、担保', words: '购车借款' }
const returned = { reasons: [say('reason.incomplete')], words: '请补充存单的到期日。' }
const disputed = { reasons: [say('reason.differs-from-evidence')], words: '借条上的金额与录入不同。' }

test('what a reviewer sends back is completed by its author and asked about anew', async () => {
  await as(page, members.collector, async () => {
    await enter(page, cadre.name, deposit.category, {
      与干部关系: '本人',
      财产类别: '存款',
      说明: deposit.words,
      价值: '200000',
    })
    await enter(page, cadre.name, loan.category, {
      与干部关系: '本人',
      借贷方向: '借入',
      事由及说明: loan.words,
      金额: '80000',
    })
  })
  await as(page, members.reviewerOne, async () => {
    await openReview(page, cadre.name, deposit.words)
    await decide(page, 'return', returned)
    await openReview(page, cadre.name, loan.words)
    await decide(page, 'agree')
  })
  await as(page, members.collector, async () => {
    await page.getByRole('link', { name: new RegExp(`^${say('queue.returned')}`) }).click()
    await page.getByRole('button', { name: say('mine.reasons') }).click()
    for (const words of [members.reviewerOne.name, returned.words, ...returned.reasons]) {
      await expect(page.getByRole('main')).toContainText(words)
    }
    await page.getByRole('link', { name: say('mine.enter-again') }).click()
    const form = entryForm(page, deposit.category)
    await expect(form.getByLabel('说明', { exact: true })).toHaveValue(deposit.words)
    await form.getByLabel('备注').fill('存单2027年3月1日到期。')
    await form.getByLabel(say('entry.reason')).fill('按退回意见补充')
    await form.getByRole('button', { name: say('entry.submit') }).click()
    await expectSubmitted(page)
  })
})

test('when opinions differ, somebody who took no part settles it and the approver signs', async () => {
  await as(page, members.reviewerTwo, async () => {
    await openReview(page, cadre.name, loan.words)
    await decide(page, 'disagree', disputed)
    await openReview(page, cadre.name, deposit.words)
    await decide(page, 'agree')
  })
  await as(page, members.reviewerOne, async () => {
    await openReview(page, cadre.name, deposit.words)
    await decide(page, 'agree')
    await goTo(page, 'nav.adjudication')
    await expect(page.getByText(say('adjudicate.none'))).toBeVisible()
  })
  await as(page, members.approver, async () => {
    await openOpinions(page, 2)
    const results = page.getByRole('table', { name: say('open.results') })
    await expect(results.getByRole('row').filter({ hasText: loan.words })).toContainText(
      say('status.disputed'),
    )
    await expect(results.getByRole('row').filter({ hasText: deposit.words })).toContainText(
      say('status.agreed'),
    )
  })
  await as(page, members.inspector, async () => {
    await goTo(page, 'nav.adjudication')
    await page.getByRole('link', { name: new RegExp(`^${say('adjudicate.open')} ${cadre.name}`) }).click()
    await expect(page.getByRole('region', { name: say('record.road') })).toContainText(disputed.words)
    await page.getByText(say('outcome.uphold'), { exact: true }).click()
    await page.getByLabel(say('adjudicate.words')).fill('已核对借条原件，录入金额无误。')
    await page.getByRole('button', { name: say('adjudicate.sign') }).click()
    await expect(page.getByText(say('adjudicate.none'))).toBeVisible()
  })
  await logIn(page, members.approver)
  await signAll(page, 2)
  await openDossier(page, cadre.name)
  for (const { category, words } of [deposit, loan]) {
    const row = categoryOf(page, category).getByRole('row').filter({ hasText: words })
    await expect(row).toContainText(say('status.archived'))
  }
})

test('the new facts go to the node over the network', async () => {
  await goTo(page, 'nav.sync')
  await page.getByRole('button', { name: say('sync.deliver') }).click()
  await page.getByRole('button', { name: say('sync.deliver.run') }).click()
  await expect(page.getByText(say('receipt.title', { count: 2 }))).toBeVisible()
  await expectAllAcknowledged(page, 4)
})

test('everything signed so far proves true from the stored bytes', async () => {
  await goTo(page, 'nav.security')
  await page
    .getByRole('navigation', { name: say('nav.security') })
    .getByText(say('security.verify'))
    .click()
  await page.getByRole('button', { name: say('verify.run') }).click()
  const report = page.getByRole('status', { name: say('verify.report') })
  await expect(report.getByRole('heading', { name: say('verify.good') })).toBeVisible()
  await expect(report.getByText(say('verify.no-fault'))).toHaveCount(3)
  await expectAccessible(page)
  expect(faults).toEqual([])
})
