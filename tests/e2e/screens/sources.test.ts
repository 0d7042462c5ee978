import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { csvText } from '../../../src-shared/import/quarantine.ts'
import { identityNumber } from '../../helpers/workbooks.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { lock, logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

const name = '不动产登记查询'
const identity = identityNumber('11010519780512003')
const headings = ['干部姓名', '干部身份证号', '与干部关系', '具体地址', '取得价格(元)']

let prepared: Prepared
let folder: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'liandang-deliveries-'))
  prepared = await prepare(browser, async (core) => {
    const cadre = { name: '张三丰', identityNumber: identity, post: null }
    const opened = await core.value('cadre.open', cadre)
    await archiveAll(core, [await enterHouse(core, opened.cadre, '清河路1号', 36_600_000)])
    await core.signIn(four.approver.login, four.approver.password)
    const profile = {
      department: '不动产',
      categories: ['C2'],
      cycle: 'yearly',
      withinWorkingDays: 10,
      check: 'personal-matters',
      from: '2020-06-01',
      ended: false,
    } as const
    const plan = { ...profile, name, categories: [...profile.categories] }
    const { source } = await core.value('source.set', { source: null, profile: plan })
    await core.signIn(four.collector.login, four.collector.password)
    mkdirSync(join(folder, '不动产'))
    await core.value('source.folder', { source, folder: join(folder, '不动产') })
  })
  await prepared.page.setViewportSize({ width: 1366, height: 768 })
})
test.afterAll(async () => {
  await prepared.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the clerk sees what is late, and imports the file that arrives in the watched folder', async () => {
  const { page } = prepared
  await logIn(page, four.collector)
  const late = page.getByRole('table', { name: say('undelivered.table') })
  await expect(late.getByRole('row', { name: /不动产登记查询 不动产 2020 / })).toContainText(
    say('delivery.state.overdue'),
  )
  writeFileSync(join(folder, '不动产', '说明.docx'), 'x')
  writeFileSync(
    join(folder, '不动产', '查询结果.csv'),
    csvText([headings, ['张三丰', identity, '本人', '清河路1号', '500000']]),
  )
  await visit(page, 'import')
  const files = page.getByRole('table', { name: say('arrivals.table') })
  await expect(files.getByRole('row', { name: /说明.docx/ })).toContainText(say('error.import/not-a-table'))
  const preview = files.getByRole('button', { name: say('arrivals.preview.label', { file: '查询结果.csv' }) })
  await expect(preview).toBeVisible()
  await expectAccessible(page)
  await preview.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(say('import.source'))).toHaveValue(name)
  await page.getByRole('button', { name: say('import.preview') }).click()
  await expect(page.getByText(say('import.delivery.period'), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: say('import.commit', { count: 1 }) }).click()
  await expect(page.getByRole('heading', { name: say('imported.title', { count: 1 }) })).toBeVisible()
  await visit(page, 'sources')
  const periods = page.getByRole('table', { name: say('deliveries.table', { name }) })
  await expect(periods).toBeVisible()
  await expectAccessible(page)
  await lock(page)
})

test('the approver compares what the two sources say, settles it, and finds it among what was settled', async () => {
  const { page } = prepared
  await logIn(page, four.approver)
  await visit(page, 'sources', 'differences')
  await page
    .getByRole('button', {
      name: say('difference.look.label', { name: '张三丰', category: '房产、车位、储藏间' }),
    })
    .click()
  // Facts of this level are read for a purpose.
  await page.getByRole('dialog').getByRole('radio').first().check()
  await page.getByRole('dialog').getByRole('button').last().click()
  const table = page.getByRole('table', { name: say('difference.table') })
  await expect(table).toContainText('500,000.00')
  await expectAccessible(page)
  const settle = page.getByRole('form', { name: say('difference.settle') })
  await settle.getByRole('radio', { name: say('difference.settle.kept') }).check()
  await settle.getByLabel(say('difference.words')).fill('查购房合同，价格以已归档的为准')
  await settle.getByRole('button', { name: say('difference.sign') }).click()
  await expect(page.getByText(say('differences.none'))).toBeVisible()
  await page.getByText(say('differences.state.settled'), { exact: true }).click()
  await expect(page.getByText(/查购房合同，价格以已归档的为准/)).toBeVisible()
  expect(prepared.faults).toEqual([])
})
