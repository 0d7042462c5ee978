import { expect, test, type Page } from '@playwright/test'
import { lock, logIn } from '../support/desk.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { scan } from '../support/evidence.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const address = '清水镇滨河路十八号'
const house = '房产、车位、储藏间'
let prepared: Prepared
let cadre: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    const opened = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: null })
    cadre = opened.cadre
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

/** Everything the origin's databases hold, as bytes in hex and as text. */
async function storedBytes(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const request = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const found: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await request(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const rows = await request(database.transaction(store).objectStore(store).getAll())
        found.push(
          JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? hex(value) : value)),
        )
      }
      database.close()
    }
    return found.join('\n') + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })
  })
}

const inHex = (text: string, encoding: 'utf8' | 'utf16le') => Buffer.from(text, encoding).toString('hex')

test('what is typed is kept while one types', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2')
  const form = entryForm(page, house)
  await expect(form.getByLabel('与干部关系')).toBeFocused()
  await form.getByLabel('具体地址').fill(address)
  await form.getByLabel('来源部门或提供人').fill('本人')
  await expect(form.getByText(/草稿已加密保存于/)).toBeVisible()
})

test('nothing of a draft stands in the browser in the clear', async () => {
  const stored = await storedBytes(prepared.page)
  expect(stored).toContain('"sealed"')
  for (const secret of [address, '刘建国', '本人', cadre]) {
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(inHex(secret, 'utf8'))
    expect(stored).not.toContain(inHex(secret, 'utf16le'))
  }
})

test('what was typed a moment before the lock is not lost', async () => {
  const { page } = prepared
  await entryForm(page, house).getByLabel('细类').fill('成套住宅')
  await lock(page)
})

test('after the next log-in the draft is offered, and taken up where it was left', async () => {
  const { page } = prepared
  await logIn(page, four.collector)
  const drafts = page.getByRole('region', { name: say('drafts.title') })
  await expect(drafts).toContainText('刘建国')
  await drafts.getByRole('link', { name: say('drafts.continue') }).click()
  await page.getByRole('button', { name: say('drafts.continue') }).click()
  const form = entryForm(page, house)
  await expect(form.getByLabel('具体地址')).toHaveValue(address)
  await expect(form.getByLabel('细类')).toHaveValue('成套住宅')
})

test('another member is not shown it', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.approver)
  await expect(page.getByRole('region', { name: say('drafts.title') })).toHaveCount(0)
  await lock(page)
  await logIn(page, four.collector)
})

test('a draft says that it keeps no evidence', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2')
  await page.getByRole('button', { name: say('drafts.continue') }).click()
  const form = entryForm(page, house)
  await form.getByLabel(say('entry.evidence.add')).setInputFiles(scan('产权证.png'))
  await expect(form.getByText('产权证.png')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(form.getByText(/草稿已加密保存于/)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: say('drafts.continue') }).click()
  await expect(page.getByText(say('drafts.evidence', { names: '产权证.png' }))).toBeVisible()
})

test('a submitted entry leaves no draft behind', async () => {
  const { page } = prepared
  const form = entryForm(page, house)
  await form.getByLabel('与干部关系').fill('br')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
  expect(await storedBytes(page)).not.toContain('"sealed"')
})

test('a draft can be discarded', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C3')
  const form = entryForm(page, '股票、基金、投资型保险')
  await form.getByLabel('名称', { exact: true }).fill('某基金')
  await expect(form.getByText(/草稿已加密保存于/)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: say('drafts.discard') }).click()
  await expect(form.getByLabel('名称', { exact: true })).toHaveValue('')
  expect(await storedBytes(page)).not.toContain('"sealed"')
})
