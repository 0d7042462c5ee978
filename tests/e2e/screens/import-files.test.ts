import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { appointmentForm, workbookBytes } from '../../helpers/workbooks.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const headings = ['干部姓名', '与干部关系', '借贷方向', '说明', '金额(万元)']

let prepared: Prepared
let folder: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'liandang-files-'))
  prepared = await prepare(browser)
  await prepared.page.setViewportSize({ width: 1366, height: 768 })
  await logIn(prepared.page, four.collector)
})
test.afterAll(async () => {
  await prepared.close()
  rmSync(folder, { recursive: true, force: true })
})

async function choose(name: string, buffer: Buffer): Promise<void> {
  const { page } = prepared
  await visit(page, 'import')
  await page
    .getByLabel(say('import.choose'))
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

test('a workbook is read from the row of its headings, with what it hides said', async () => {
  const { page } = prepared
  const bytes = await workbookBytes(
    [
      ['借贷登记表'],
      headings,
      ['钟离甲', '本人', '借出', '借给同乡', 3.5],
      ['钟离甲', '本人', '借出', '错误值', { error: '#REF!' }],
      ['钟离甲', '本人', '借出', '公式', { formula: 'E3*2', result: 7 }],
    ],
    (sheet) => {
      sheet.mergeCells('A1:E1')
      sheet.getRow(5).hidden = true
    },
  )
  await choose('借贷.xlsx', bytes)
  await expect(
    page.getByRole('heading', { name: say('import.map.title', { file: '借贷.xlsx' }) }),
  ).toBeVisible()
  await expect(page.getByText(/^第 2 行 干部姓名/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: say('import.preview') }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /预览：借贷.xlsx，3 行/ })).toBeVisible()
  await expect(page.getByText(say('notice.hidden-rows', { count: 1 }))).toBeVisible()
  await expect(page.getByText(/取自公式保存的结果（E 列）/)).toBeVisible()
  await page.getByRole('tab', { name: /^待处理 1/ }).click()
  await expect(page.getByRole('table', { name: say('import.quarantined') }).locator('mark')).toHaveText(
    '#REF!',
  )
  await expectAccessible(page)
  await page.getByRole('button', { name: say('import.commit', { count: 2 }) }).click()
  await expect(page.getByRole('heading', { name: say('imported.title', { count: 2 }) })).toBeVisible()
  await page.getByRole('button', { name: say('imported.again') }).click()
})

test('a row of quarantine is mended where it stands, its dossier chosen, and imported, by the keyboard alone', async () => {
  const { page } = prepared
  await visit(page, 'import', 'quarantine')
  await page.getByRole('button', { name: say('quarantine.mend-one', { file: '借贷.xlsx', row: 4 }) }).focus()
  await page.keyboard.press('Enter')
  const amount = page.getByLabel(/^E 金额/)
  await expect(page.getByRole('dialog').getByText(say('finding.cell-error'))).toBeVisible()
  await amount.fill('2.5')
  await expect(page.getByText(say('mend.original', { text: '#REF!' }))).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('match.reason.only-namesake'))).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(say('match.choose', { name: '钟离甲' })).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: say('mend.save') }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('quarantine.ready'))).toBeVisible()
  await page.getByLabel(say('quarantine.choose', { file: '借贷.xlsx', row: 4 })).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: say('quarantine.retry', { count: 1 }) }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('quarantine.retried', { accepted: 1, remaining: 0 }))).toBeVisible()
})

test('a name that a dossier has already waits for a person in the preview', async () => {
  const { page } = prepared
  await choose('借贷二.xlsx', await workbookBytes([headings, ['钟离甲', '本人', '借入', '购房', 1]]))
  await expect(page.getByText(/上次的对应关系/)).toBeVisible()
  await page.getByRole('button', { name: say('import.preview') }).click()
  await page.getByRole('tab', { name: new RegExp(`^${say('match.tab')} 1`) }).click()
  await expect(page.getByText(/钟离甲.*有可能/)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(say('match.choose', { name: '钟离甲' })).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: say('import.commit', { count: 1 }) }).click()
  await expect(page.getByRole('heading', { name: say('imported.title', { count: 1 }) })).toBeVisible()
  await page.getByRole('button', { name: say('imported.again') }).click()
})

test('an appointment form is read without mapping and says what it leaves out', async () => {
  const { page } = prepared
  await choose('钟离未.lrmx', Buffer.from(appointmentForm({ XinYuanSu: '内容' })))
  await expect(page.getByText(say('notice.form-unknown', { element: 'Person/XinYuanSu' }))).toBeVisible()
  await page.getByRole('button', { name: say('import.preview') }).click()
  await expect(page.getByRole('heading', { name: /预览：钟离未.lrmx，10 行/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^签名导入 \d+ 行/ }).click()
  await expect(page.getByRole('heading', { name: /^已导入 \d+ 行/ })).toBeVisible()
  await page.getByRole('button', { name: say('imported.again') }).click()
})

test('a folder is checked file by file and imported in one go', async () => {
  const { page } = prepared
  writeFileSync(
    join(folder, '一.xlsx'),
    await workbookBytes([headings, ['钟离乙', '本人', '借入', '购房', 1]]),
  )
  writeFileSync(join(folder, '坏.xlsx'), 'PK\x03\x04')
  await visit(page, 'import', 'folder')
  await expectAccessible(page)
  const places = page.getByRole('list', { name: say('browse.places') })
  await expect(places).toBeVisible()
  for (const step of ['/', ...folder.split('/').filter((part) => part !== '')]) {
    if (step === '/') {
      const up = page.getByRole('button', { name: say('browse.up') })
      while (await up.isEnabled()) {
        const before = await page.locator('.browser-path code').textContent()
        await up.click()
        await expect(page.locator('.browser-path code')).not.toHaveText(before ?? '')
      }
    } else
      await page
        .getByRole('list', { name: say('browse.folders') })
        .getByText(step, { exact: true })
        .click()
  }
  await page.getByRole('button', { name: say('folder.check') }).click()
  await expect(page.getByRole('row', { name: /坏.xlsx/ })).toContainText('工作簿已损坏')
  await expectAccessible(page)
  await page.getByRole('button', { name: say('folder.import', { files: 1, rows: 1 }) }).click()
  await expect(page.getByRole('row', { name: /一.xlsx/ })).toContainText(say('folder.done'))
})

test('a template is written beside the files, and remembered mappings can be given up', async () => {
  const { page } = prepared
  await visit(page, 'import')
  await page.getByText(say('template.title')).click()
  await page.getByRole('button', { name: say('template.write') }).focus()
  await expectAccessible(page)
  await page.getByText(/^记住的对应关系/).click()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page
    .getByRole('button', { name: /^删除“/ })
    .first()
    .click()
  await expect(page.getByText(/^记住的对应关系/)).toBeHidden()
})
