import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { lock, logIn } from '../support/desk.ts'
import { statePurpose } from '../support/dossier.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { translate } from '../../../src-shared/i18n/index.ts'
import { archiveAll, enterHouse, prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared
let cadre: string
let archived: string
let waiting: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    cadre = (await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })).cadre
    const first = await enterHouse(core, cadre, '滨河路18号', 86_000_000)
    await archiveAll(core, [first, await enterHouse(core, cadre, '文化路3号', 42_000_000)])
    archived = first.record
    waiting = (await enterHouse(core, cadre, '解放路9号', 12_000_000)).record
  })
})
test.afterAll(() => prepared.close())

async function openLooks(page: Page, opener: string): Promise<void> {
  await page.getByRole('button', { name: opener }).click()
}

const collectorPlaces = () => [
  [],
  ['dossiers'],
  ['dossiers', 'new'],
  ['dossiers', cadre],
  ['dossiers', cadre, archived],
  ['dossiers', cadre, 'copy'],
  ['dossiers', cadre, 'subject'],
  ['dossiers', cadre, 'correction', archived],
  ['register'],
  ['entry'],
  ['entry', cadre],
  ['entry', cadre, 'C2'],
  ['entry', 'mine', 'on-the-way'],
  ['entry', 'mine', 'returned'],
  ['import'],
  ['import', 'batches'],
  ['import', 'quarantine'],
  ['members'],
  ['members', 'new'],
  ['members', 'tasks'],
  ['sync'],
  ['security', 'unit'],
  ['security', 'log'],
  ['security', 'verify'],
  ['security', 'rebuild'],
]

/** Waits until the place has its content and no skeleton of it any more. */
async function visitWhole(page: Page, parts: readonly string[]): Promise<void> {
  await visit(page, ...parts)
  await expect(page.locator('.ant-skeleton')).toHaveCount(0)
  await expect(page.locator('h1').first()).toBeAttached()
}

test('every screen of a collector can be used by everyone, in light and dark', async () => {
  test.slow()
  const { page } = prepared
  await logIn(page, four.collector)
  for (const dark of [false, true]) {
    if (dark) {
      await visit(page, 'workbench')
      await openLooks(page, say('looks.open'))
      await page.getByRole('switch', { name: say('looks.dark') }).click()
      await page.keyboard.press('Escape')
    }
    for (const parts of collectorPlaces()) {
      await test.step(`${parts.join('/')} ${dark ? 'dark' : 'light'}`, async () => {
        await visitWhole(page, parts)
        await expectAccessible(page)
      })
    }
  }
})

test('the choice of looks outlives the page', async () => {
  const { page } = prepared
  await visit(page, 'workbench')
  await page.reload()
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
  await openLooks(page, say('looks.open'))
  await page.getByRole('switch', { name: say('looks.dark') }).click()
  await page.getByText(say('looks.size.large')).click()
  await expect(page.locator('html')).toHaveCSS('font-size', '17px')
  await page.getByText('English').click()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(translate('en', 'nav.workbench'))
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('in English no word of the program is Chinese', async () => {
  const { page } = prepared
  await visitWhole(page, ['security', 'unit'])
  const words = await page.getByRole('navigation').allInnerTexts()
  const headings = await page.locator('main').locator('h1, h2, th, .ant-btn').allInnerTexts()
  expect([...words, ...headings].filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
  await openLooks(page, translate('en', 'looks.open'))
  await page.getByText('中文').click()
  await page.getByText(say('looks.size.standard')).click()
  await page.keyboard.press('Escape')
})

test('the screens of review and signing can be used by everyone', async () => {
  const { page } = prepared
  await lock(page)
  await logIn(page, four.one)
  for (const parts of [['review'], ['review', waiting], ['signing', 'adjudicate']]) {
    await visitWhole(page, parts)
    await expectAccessible(page)
  }
  await lock(page)
  await logIn(page, four.approver)
  const approverPlaces = [
    ['signing', 'assign'],
    ['signing', 'open'],
    ['signing', 'adjudicate'],
    ['signing', 'sign'],
    ['faults'],
    ['dossiers', cadre, 'sheet', archived],
    ['sync'],
  ]
  // Nothing of this dossier waits for the approver, who is asked what it is read for.
  await visit(page, 'dossiers', cadre)
  await statePurpose(page)
  for (const parts of approverPlaces) {
    await visitWhole(page, parts)
    await expectAccessible(page)
  }
})

test('a member without the key of a compartment is shown nothing of it', async () => {
  const { page } = prepared
  await visitWhole(page, ['security', 'unit'])
  await expect(page.getByRole('columnheader', { name: say('keyring.discipline') })).toBeVisible()
  await lock(page)
  await logIn(page, four.collector)
  for (const parts of [
    ['security', 'unit'],
    ['security', 'log'],
    ['sync'],
    ['dossiers', cadre],
    ['entry', cadre],
  ]) {
    await visitWhole(page, parts)
    await expect(page.getByText(say('compartment.discipline'))).toHaveCount(0)
    for (const category of ['信访举报', '问题线索', '谈话', '政务处分', '党纪处分'])
      await expect(page.getByText(category, { exact: true })).toHaveCount(0)
  }
})

test('the content policy had nothing to refuse on any screen', () => {
  expect(prepared.faults).toEqual([])
})
