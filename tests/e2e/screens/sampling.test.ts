import { expect, test } from '@playwright/test'
import { samplingCatalogue, importStudiesOver } from '../../helpers/sampling-catalogue.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { lookThroughPage } from '../support/batch.ts'
import { lock, logIn } from '../support/desk.ts'
import { goToSigning, openOpinions, sign } from '../support/road.ts'
import { openDossier } from '../support/dossier.ts'
import { four, smallUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

// Of 24 rows the plan of the tests looks at 10.
const lot = 24
const size = 10

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(
    browser,
    async (core) => void (await importStudiesOver(core, lot)),
    smallUnit,
    samplingCatalogue(),
  )
  await logIn(prepared.page, four.approver)
})
test.afterAll(() => prepared.close())

test('who answers for it reads the plan in plain words, and draws once', async () => {
  const { page } = prepared
  await visit(page, 'signing', 'assign')
  await page.getByRole('link', { name: say('sampling.open'), exact: true }).click()
  await expect(page.getByText(say('sampling.lot.value', { count: lot }))).toBeVisible()
  await expect(page.getByText(say('sampling.acceptance.value', { count: 0 }))).toBeVisible()
  await expect(page.getByText(say('sampling.seed.before'))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: say('sampling.draw', { count: size }) }).click()
  await page.getByRole('button', { name: say('sampling.draw.yes') }).click()
  await expect(page.getByText(say('sampling.seed.before'))).toBeHidden()
  await expect(page.getByText(say('sampling.leaf'))).toBeVisible()
  await expect(page.getByRole('button', { name: say('sampling.draw', { count: size }) })).toBeHidden()
  await page.screenshot({ path: test.info().outputPath('drawn.png'), fullPage: true })
})

for (const reviewer of [four.one, four.two])
  test(`${reviewer.login} looks at the sample, all of it, and at nothing else`, async () => {
    const { page } = prepared
    await lock(page)
    await logIn(page, reviewer)
    await visit(page, 'review')
    await page.getByRole('link', { name: say('review.open'), exact: true }).click()
    await expect(page.getByText(say('sampling.review', { lot, size }))).toBeVisible()
    await expect(page.getByRole('radiogroup', { name: /第 \d+ 行/ })).toHaveCount(size)
    await page.getByText(say('sampling.part.unseen'), { exact: true }).first().click()
    await expect(page.getByText(say('sampling.mark.undrawn'), { exact: true })).not.toHaveCount(0)
    await expect(page.getByRole('radiogroup', { name: /第 \d+ 行/ })).toHaveCount(0)
    await page.getByText(say('sampling.part.seen'), { exact: true }).click()
    const first = page.getByRole('radiogroup', { name: /第 1 行/ })
    await first.getByText(say('decision.agree'), { exact: true }).click()
    await expect(page.getByText(say('sampling.waiting', { count: 1 }))).toBeVisible()
    await expect(page.getByRole('button', { name: say('batch.sign', { count: 0 }) })).toBeDisabled()
    await lookThroughPage(page, size)
    await page.getByRole('button', { name: say('batch.agree-page') }).click()
    await page.screenshot({ path: test.info().outputPath('review.png'), fullPage: true })
    await page.getByRole('button', { name: say('batch.sign', { count: size }) }).click()
    await expect(page.getByText(say('review.signed', { count: lot }))).toBeVisible()
  })

test('the whole batch is signed, and rows nobody looked at say that they passed by sample', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.approver)
  await openOpinions(page, lot)
  await goToSigning(page, 'sign')
  await page.getByRole('link', { name: say('sign.open'), exact: true }).click()
  await expect(page.getByText(say('sampling.mark.passed', { size, lot }))).toHaveCount(lot - size)
  await expect(page.getByText(say('sampling.mark.seen', { size, lot }))).toHaveCount(size)
  await page.getByRole('button', { name: say('sign.choose-all', { count: lot }) }).click()
  await sign(page, lot)
})

test('the record and its verification sheet show how it was reviewed, with the seed', async () => {
  const { page } = prepared
  await openDossier(page, '干部甲')
  await page.getByRole('region', { name: '政治学习和意识形态情况' }).getByRole('row').nth(1).click()
  await expect(page.getByText(/抽样通过（10\/24）|抽中已看（10\/24）/).first()).toBeVisible()
  await page.getByRole('link', { name: say('vsheet.open') }).click()
  await expect(page.getByText(say('vsheet.seed'))).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('sheet.png'), fullPage: true })
  expect(prepared.faults).toEqual([])
})
