import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared
let cadre: string
let record: string
let revision: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    const opened = await core.value('cadre.open', { name: '刘建国', identityNumber: null, post: '副书记' })
    cadre = opened.cadre
    const entered = await core.value('record.submit', {
      record: null,
      parent: null,
      settles: [],
      cadre,
      category: 'C6',
      declaration: 'present',
      values: {
        relation: '01',
        direction: '01',
        description: '借给同乡修建住房，口头约定两年内归还。',
        amount: { amount: 36_600_000, currency: 'CNY' },
      },
      source: { kind: 'form', from: '本人', reference: null },
      reason: '首次填报',
      evidence: [],
    })
    ;({ record, revision } = entered)
  })
  await logIn(prepared.page, four.collector)
})
test.afterAll(() => prepared.close())

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

/** The document in the frame as it lies on paper: a picture of its first page, and the pages of its PDF. */
async function onPaper(name: string): Promise<{ readonly picture: Buffer; readonly pages: number }> {
  const { page } = prepared
  const html = await page
    .frameLocator('iframe.sheet-frame')
    .locator('html')
    .evaluate((root) => root.outerHTML)
  const paper = await page.context().newPage()
  // A4 at 150 dots per inch, on the screen of 96.
  await paper.setViewportSize({ width: 794, height: 1123 })
  await paper.setContent(html)
  const pdf = await paper.pdf({ preferCSSPageSize: true, printBackground: true })
  await paper.emulateMedia({ media: 'print' })
  const picture = await paper.screenshot({ clip: { x: 0, y: 0, width: 794, height: 1123 }, scale: 'css' })
  const folder = process.env['LIANDANG_SHOTS']
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${name}.pdf`), pdf)
    writeFileSync(join(folder, `${name}.png`), picture)
  }
  await paper.close()
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  return { picture, pages }
}

/** As a scanner gives it that was fed askew and upside down: turned, grey, with specks. */
async function scanned(picture: Buffer, degrees: number): Promise<Buffer> {
  const url = await prepared.page.evaluate(
    async ({ bytes, degrees: turn }) => {
      const source = await new Promise<HTMLImageElement>((done) => {
        const element = new Image()
        element.addEventListener('load', () => done(element))
        element.src = `data:image/png;base64,${bytes}`
      })
      const canvas = document.createElement('canvas')
      const side = 2200
      canvas.width = side
      canvas.height = side
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.fillStyle = '#dddddd'
      context.fillRect(0, 0, side, side)
      context.translate(side / 2, side / 2)
      context.rotate((turn * Math.PI) / 180)
      const scale = 1.5
      context.drawImage(
        source,
        (-source.width * scale) / 2,
        (-source.height * scale) / 2,
        source.width * scale,
        source.height * scale,
      )
      const pixels = context.getImageData(0, 0, side, side)
      let seed = 7
      for (let place = 0; place < pixels.data.length; place += 4) {
        seed = (seed * 1664525 + 1013904223) >>> 0
        const noise = (seed >>> 24) / 4 - 32
        for (let channel = 0; channel < 3; channel++)
          pixels.data[place + channel] = (pixels.data[place + channel] ?? 0) * 0.85 + 20 + noise
      }
      context.putImageData(pixels, 0, 0)
      return canvas.toDataURL('image/jpeg', 0.7)
    },
    { bytes: picture.toString('base64'), degrees },
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

let sheet: Buffer

test('a sheet is printed with what was entered, on one page, with the places to sign', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre, 'form', record, revision)
  await page.getByRole('button', { name: say('paper.print.make') }).click()
  const frame = page.frameLocator('iframe.sheet-frame')
  await expect(
    frame.getByRole('heading', { name: say('paper.form.title', { category: '借贷、担保' }) }),
  ).toBeVisible()
  await expect(frame.getByText('借给同乡修建住房，口头约定两年内归还。')).toBeVisible()
  for (const place of ['subject', 'entered', 'reviewed', 'approved', 'sealed'] as const)
    await expect(
      frame.getByRole('columnheader', { name: say(`paper.sign.${place}`), exact: true }),
    ).toBeVisible()
  await shoot(page, 'paper-form')
  const { picture, pages } = await onPaper('filled')
  expect(pages).toBe(1)
  sheet = picture
})

test('blank sheets are printed for a cadre, each on pages of its own', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre, 'blank')
  await page.getByRole('checkbox', { name: 'A1 基本信息' }).check()
  await page.getByRole('checkbox', { name: 'A3 家庭成员与社会关系' }).check()
  await expectAccessible(page)
  await shoot(page, 'paper-blank')
  await page.getByRole('button', { name: say('paper.blank.make', { count: 2 }) }).click()
  const frame = page.frameLocator('iframe.sheet-frame')
  await expect(
    frame.getByRole('heading', { name: say('paper.form.title', { category: '基本信息' }) }),
  ).toBeVisible()
  await expect(frame.locator('table.form')).toHaveCount(2)
  expect((await onPaper('blank')).pages).toBeGreaterThanOrEqual(2)
})

test('the signed sheet that was scanned askew finds its entry and is attached to it', async () => {
  const { page } = prepared
  await visit(page, 'entry', 'scans')
  const files = [
    { name: '签字表.jpg', mimeType: 'image/jpeg', buffer: await scanned(sheet, 187) },
    { name: '另一张.png', mimeType: 'image/png', buffer: await page.screenshot() },
  ]
  await page.getByLabel(say('scans.add'), { exact: true }).first().setInputFiles(files)
  const list = page.getByRole('list', { name: say('scans.list') })
  const [found, other] = [
    list.getByRole('listitem', { name: '签字表.jpg' }),
    list.getByRole('listitem', { name: '另一张.png' }),
  ]
  await expect(found.getByText('刘建国')).toBeVisible()
  await expect(found.getByText(/C6 借贷、担保/)).toBeVisible()
  await expect(other.getByText(say('scans.no-code'))).toBeVisible()
  await expect(found.getByRole('button', { name: say('scans.attach') })).toBeDisabled()
  await page
    .getByRole('group', { name: say('scans.signed') })
    .first()
    .getByLabel(say('paper.sign.subject'))
    .check()
  await expectAccessible(page)
  await shoot(page, 'paper-scans')
  await found.getByRole('button', { name: say('scans.attach') }).click()
  await expect(found.getByText(say('scans.done'))).toBeVisible()
  await found.getByRole('link', { name: say('scans.done.look') }).click()
  await page.getByRole('button', { name: /签字表\.jpg/ }).click()
  await expect(page.getByRole('img', { name: '签字表.jpg' })).toBeVisible()
  await expect(
    page.getByText(say('paper.original.signed', { places: say('paper.sign.subject') })),
  ).toBeVisible()
  await shoot(page, 'paper-original')
})

test('a volume is registered with its number, its place and its list', async () => {
  const { page } = prepared
  await visit(page, 'dossiers', cadre, 'volumes')
  await page.getByRole('button', { name: say('volume.new') }).click()
  await expect(page.getByLabel(say('volume.number'), { exact: true })).toBeFocused()
  await page.keyboard.type('J012-3-7-1')
  await page.getByLabel(say('volume.place'), { exact: true }).fill('档案室 3 柜 2 层')
  await page.getByRole('button', { name: say('volume.row.add') }).click()
  await expect(
    page.getByLabel(say('volume.row.cell', { row: 1, column: say('volume.row.number') })),
  ).toBeFocused()
  await page.getByLabel(say('volume.row.cell', { row: 1, column: say('volume.row.title') })).fill('任职通知')
  await expectAccessible(page)
  await shoot(page, 'paper-volume')
  await page.getByRole('button', { name: say('volume.save'), exact: true }).click()
  await expect(page.getByRole('heading', { name: 'J012-3-7-1' })).toBeVisible()
  await page.getByRole('button', { name: say('volume.print') }).click()
  const frame = page.frameLocator('iframe.sheet-frame')
  await expect(frame.getByRole('cell', { name: '任职通知' })).toBeVisible()
  expect((await onPaper('file-list')).pages).toBe(1)
  expect(prepared.faults).toEqual([])
})
