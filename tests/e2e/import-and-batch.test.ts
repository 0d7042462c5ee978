import iconv from 'iconv-lite'
import { expect, test, type Page } from '@playwright/test'
import { csvText } from '../../src-shared/import/quarantine.ts'
import { expectAccessible } from './support/accessibility.ts'
import { newPremises, startApplication, type Application, type Premises } from './support/application.ts'
import { as, goTo, lock, logIn, watchFaults } from './support/desk.ts'
import { categoryOf, openDossier } from './support/dossier.ts'
import { inventedIdentityNumber } from './support/people.ts'
import { goToSigning, openOpinions, sign } from './support/road.ts'
import { foundOverContract, four, smallUnit } from './support/unit.ts'
import { say } from './support/words.ts'

const house = '房产、车位、储藏间'
const savings = '境内存款、车辆及其他财产'
const known = { name: '尉迟文澜', identity: inventedIdentityNumber('19720305', '018') }
const fresh = { name: '闻人秀', identity: inventedIdentityNumber('19831111', '220') }

// As a department hands it in: amounts in 万元 with thousands separators, one that nobody can read, one row twice.
const headings = [
  '干部姓名',
  '干部身份证号',
  '采集类别',
  '与干部关系',
  '具体地址',
  '财产类别',
  '说明',
  '取得价格（万元）',
  '价值（万元）',
]
const shop = [known.name, known.identity, house, '本人', '清水镇新街9号商铺', '', '', '1,250.50', '1,400.00']
const rows = [
  shop,
  [known.name, known.identity, savings, '配偶', '', '存款', '示例农商行存款', '', '32.08'],
  [fresh.name, fresh.identity, house, '本人', '清水镇滨河路27号', '', '', '86', '120'],
  [fresh.name, fresh.identity, savings, '本人', '', '', '拒绝申报', '', ''],
  [fresh.name, fresh.identity, house, '配偶', '清水镇人民路3号', '', '', '约30万', '40'],
  shop,
]
const table = {
  name: '家庭财产登记表.csv',
  mimeType: 'text/csv',
  buffer: iconv.encode(csvText([headings, ...rows]), 'gb18030'),
}
const accepted = 5

let premises: Premises
let application: Application
let page: Page
let faults: readonly string[]

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  premises = newPremises()
  await foundOverContract(premises, smallUnit, async (core) => {
    await core.value('cadre.open', { name: known.name, identityNumber: known.identity, post: null })
  })
  application = await startApplication(premises)
  page = await (await browser.newContext()).newPage()
  faults = watchFaults(page)
  await page.goto(await application.newAddress())
})

test.afterAll(async () => {
  await page.context().close()
  await application.stop()
  premises.remove()
})

test("a department's table in GB18030 is mapped from its headings and checked row by row", async () => {
  await logIn(page, four.collector)
  await goTo(page, 'nav.import')
  await page.getByLabel(say('import.choose')).setInputFiles(table)
  await expect(
    page.getByRole('heading', { name: say('import.map.title', { file: table.name }) }),
  ).toBeVisible()
  await expect(page.getByRole('region', { name: say('import.sample') })).toContainText('清水镇新街9号商铺')
  await page.getByLabel(say('import.source')).fill('镇财政所')
  await expectAccessible(page)
  await page.getByRole('button', { name: say('import.preview') }).click()

  await expect(
    page.getByRole('heading', { name: say('import.preview.title', { file: table.name, rows: rows.length }) }),
  ).toBeVisible()
  await expectFigure(page, say('import.accepted'), accepted)
  await expectFigure(page, say('import.quarantined'), 1)
  await expectFigure(page, say('import.repeats'), 1)
  await expectFigure(page, say('import.declined'), 1)
  await expectFigure(page, say('import.cadres.known'), 1)
  await expectFigure(page, say('import.cadres.opened'), 1)
  await page.getByRole('tab', { name: new RegExp(`^${say('import.quarantined')}`) }).click()
  const bad = page
    .getByRole('table', { name: say('import.quarantined') })
    .getByRole('row', { name: /人民路3号/ })
  await expect(bad.locator('mark')).toHaveText('约30万')
  await expectAccessible(page)
  await page.getByRole('button', { name: say('import.commit', { count: accepted }) }).click()
  await expect(page.getByRole('heading', { name: say('imported.title', { count: accepted }) })).toBeVisible()

  await page
    .getByRole('main')
    .getByRole('link', { name: say('import.tab.quarantine') })
    .last()
    .click()
  const waiting = page.getByRole('table', { name: say('import.tab.quarantine') })
  await expect(waiting.getByRole('row', { name: /约30万/ })).toContainText(say('finding.money-unreadable'))
  await lock(page)
})

for (const reviewer of [four.one, four.two]) {
  test(`${reviewer.login} decides the batch as a table, each row by itself, and signs once`, async () => {
    await as(page, reviewer, async () => {
      await goTo(page, 'nav.review')
      await page.getByRole('listitem').filter({ hasText: table.name }).getByRole('link').click()
      await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
      await expect(page.getByRole('row').filter({ hasText: '清水镇滨河路27号' })).toContainText('860,000.00')
      await expectAccessible(page)
      for (let number = 1; number <= accepted; number++) {
        const decision = page.getByRole('radiogroup', { name: new RegExp(`^第 ${number} 行`) })
        await decision.getByText(say('decision.agree'), { exact: true }).click()
      }
      await page.getByRole('button', { name: say('batch.sign', { count: accepted }) }).click()
      await expect(page.getByText(say('review.signed', { count: accepted }))).toBeVisible()
      await expect(page.getByText(say('review.none'))).toBeVisible()
    })
  })
}

test('the approver opens and signs the batch, and the dossiers show its rows archived', async () => {
  await logIn(page, four.approver)
  await openOpinions(page, accepted)
  await goToSigning(page, 'sign')
  await page.getByRole('listitem').filter({ hasText: table.name }).getByRole('link').click()
  await expectAccessible(page)
  await page.getByLabel(say('sign.choose-page')).check()
  await sign(page, accepted)

  await openDossier(page, known.name)
  const shops = categoryOf(page, house).getByRole('row').filter({ hasText: '清水镇新街9号商铺' })
  // A row that repeats another is kept and marked: a person decides which of the two is one too many.
  await expect(shops).toHaveCount(2)
  for (const row of await shops.all()) {
    await expect(row).toContainText('12,505,000.00')
    await expect(row).toContainText(say('status.archived'))
    await expect(row).toContainText(four.approver.name)
  }
  await openDossier(page, fresh.name)
  await expect(categoryOf(page, savings)).toContainText(say('declaration.declined'))
  await expect(categoryOf(page, house)).toContainText('860,000.00')
  await expect(categoryOf(page, house)).not.toContainText('清水镇人民路3号')
  expect(faults).toEqual([])
})

/** A number of the preview, under its word. */
async function expectFigure(on: Page, label: string, value: number): Promise<void> {
  const figure = on
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .locator('..')
  await expect(figure.getByRole('definition')).toHaveText(String(value))
}
