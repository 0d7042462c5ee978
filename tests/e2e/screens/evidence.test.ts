import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { entryForm, expectSubmitted } from '../support/entry.ts'
import { pdfEvidence } from '../../../src-main/cli/demo/evidence.ts'
import { scan } from '../support/evidence.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

const deed = pdfEvidence('购房合同.pdf', [
  '购房合同',
  '买受人：刘建国',
  '房屋坐落：滨河路18号',
  '总价：860000 元',
])
const house = '房产、车位、储藏间'
let prepared: Prepared
let cadre: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    const opened = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })
    cadre = opened.cadre
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

/** Lets files fall onto the page, or pastes them into it, as the system does. */
async function hand(
  page: Page,
  type: 'drop' | 'paste',
  files: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[],
): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    text: buffer.toString('base64'),
  }))
  await page.evaluate(
    ({ type, given }) => {
      const carried = new DataTransfer()
      for (const { name, mimeType, text } of given) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        carried.items.add(new File([bytes], name, { type: mimeType }))
      }
      const init = { bubbles: true, cancelable: true }
      const event =
        type === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: carried })
          : new ClipboardEvent('paste', { ...init, clipboardData: carried })
      document.querySelector('form.entry input')?.dispatchEvent(event)
    },
    { type, given },
  )
}

/** For whoever wants to see it: `LIANDANG_SHOTS` names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['LIANDANG_SHOTS']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) })
  }
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('several files are dropped at once, and what one fails of does not touch the others', async () => {
  const { page } = prepared
  await visit(page, 'entry', cadre, 'C2')
  const form = entryForm(page, house)
  await expect(form.getByLabel('与干部关系')).toBeFocused()
  const program = {
    name: '产权证.exe.png',
    mimeType: 'image/png',
    buffer: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000)]),
  }
  await hand(page, 'drop', [
    scan('产权证.png'),
    program,
    { ...deed, mimeType: deed.mediaType, buffer: Buffer.from(deed.bytes) },
  ])
  const list = form.getByRole('region', { name: say('entry.evidence') })
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await expect(list.getByText(say('entry.evidence.kind.program'))).toBeVisible()
  await expect(list.getByRole('progressbar')).toHaveCount(0)
  await hand(page, 'paste', [{ ...scan('image.png'), buffer: scan('x').buffer }])
  await expect(list.getByRole('listitem')).toHaveCount(4)
  await expect(list.getByText(say('entry.evidence.pasted'))).toBeVisible()
  await shoot(page, 'entry-errors')
  // What leaving the empty field says below it must not move the button away from under the mouse.
  await form.getByLabel(say('entry.source.from')).focus()
  await list.getByRole('button', { name: say('entry.evidence.remove', { name: program.name }) }).click()
  await expect(list.getByRole('listitem')).toHaveCount(3)
})

test('a file is looked at beside the form with the keyboard alone', async () => {
  const { page } = prepared
  const form = entryForm(page, house)
  await form.getByLabel('具体地址').focus()
  await page.keyboard.press('F6')
  const beside = form.getByRole('region', { name: say('entry.evidence.beside') })
  const picture = beside.getByRole('img', { name: '产权证.png' })
  const frame = beside.getByRole('group', { name: '产权证.png' })
  await expect(frame).toBeVisible()
  await expect(picture).toBeVisible()
  await frame.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('r')
  await expect(beside.getByText('125%')).toBeVisible()
  await expect(picture).toHaveCSS('transform', /matrix\(0, 1, -1, 0/)
  await expectAccessible(page)
  await beside.getByRole('button', { name: say('evidence.after') }).focus()
  await page.keyboard.press('Enter')
  await expect(beside.getByRole('group', { name: deed.name })).toBeVisible()
  await expect(beside.getByRole('img', { name: deed.name })).toBeVisible()
  await page.keyboard.press('F6')
  await expect(form.getByLabel('具体地址')).toBeFocused()
  await page.keyboard.type('滨河路18号')
  await shoot(page, 'entry-beside')
  await page.keyboard.press('F6')
  await page.keyboard.press('Escape')
  await expect(beside).toBeHidden()
  await expect(form.getByLabel('具体地址')).toBeFocused()
})

test('what was added can be submitted; the same content is kept once', async () => {
  const { page } = prepared
  const form = entryForm(page, house)
  await form.getByLabel('与干部关系').fill('br')
  await page.keyboard.press('Enter')
  await form.getByLabel('来源部门或提供人').fill('本人')
  await page.keyboard.press('Control+Enter')
  await expectSubmitted(page)
  expect(prepared.faults).toEqual([])
})
