import { expect, test, type Page } from '@playwright/test'
import { startHubNode, type HubNode } from '../../src-main/cli/demo/hub-node.ts'
import { join } from 'node:path'
import { expectAccessible } from './support/accessibility.ts'
import {
  newPremises,
  setDay,
  startApplication,
  type Application,
  type Premises,
} from './support/application.ts'
import { as, expectDeskOf, lock, logIn, placeLink, watchFaults } from './support/desk.ts'
import { categoryOf, leaveHistory, lookBack, momentOf, openDossier } from './support/dossier.ts'
import { addEvidence, entryForm, expectSubmitted, typeFields } from './support/entry.ts'
import { scan, scanWidth } from './support/evidence.ts'
import { tabTo } from './support/keys.ts'
import { fillMembers, fillRecovery, fillUnit, goOn } from './support/founding.ts'
import { holders, inventedIdentityNumber, members, unitName } from './support/people.ts'
import { decide, openOpinions, openReview, sign } from './support/road.ts'
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
  await goOn(page, say('founding.step.recovery.title'))
  await fillRecovery(page, await hub.card())
  await goOn(page, say('founding.step.check.title'))
  await page.getByRole('button', { name: say('founding.create') }).click()

  await expect(page.getByRole('heading', { level: 1, name: say('sheets.title') })).toBeVisible()
  const pdf = await page.pdf()
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(holders.length)
  for (const [index, holder] of holders.entries()) {
    const sheet = page.getByRole('region', { name: say('sheets.sheet', { number: index + 1, holder }) })
    await expect(sheet).toContainText(unitName)
    await page.getByLabel(say('sheets.tick', { number: index + 1, holder })).check()
  }
  await page.getByRole('button', { name: say('sheets.leave') }).click()
  await expect(page.getByRole('heading', { name: say('lock.title') })).toBeVisible()
  await expectAccessible(page)
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
  await page
    .getByRole('navigation', { name: say('nav.signing') })
    .getByText(say('signing.sign'))
    .click()
  await page.getByRole('link', { name: new RegExp(`^${say('sign.open')} ${cadre.name}`) }).click()
  const road = page.getByRole('region', { name: say('record.road') })
  await expect(road.getByRole('listitem').filter({ hasText: say('opinion.agree') })).toHaveCount(2)
  await expectAccessible(page)
  await sign(page, 1)

  await openDossier(page, cadre.name)
  const houses = categoryOf(page, house)
  await expect(houses).toContainText(address)
  const seal = houses.getByRole('row').filter({ hasText: address })
  await expect(seal).toContainText(say('status.archived'))
  await expect(seal).toContainText(members.approver.name)
  await expect(seal).toContainText(momentOf(-2).slice(0, 10))
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
