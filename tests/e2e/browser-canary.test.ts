import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { searchCanary } from '../helpers/canary.ts'
import { newPremises, startApplication, type Application, type Premises } from './support/application.ts'
import { as, goTo, logIn } from './support/desk.ts'
import { addEvidence, entryForm, openForm, typeFields } from './support/entry.ts'
import { inventedIdentityNumber } from './support/people.ts'
import { openProfile, type ProfileBrowser } from './support/profile.ts'
import { openReview } from './support/road.ts'
import { foundOverContract, four, smallUnit } from './support/unit.ts'
import { say } from './support/words.ts'

const cadre = '刘建国'
const family = '家庭成员与社会关系'
const name = '龘靐齉'
const identity = inventedIdentityNumber('19880229', '368')
const note = '鹮鸬沚畔旧契一纸不作他用'
const proof = '霅溪渡口收据肆拾贰号'
const opinion = '觱篥声咽处两页笔迹不似一人'
const sheetLine = '7XQ4 KW9R M3TD 8HNB 5VJC 2PYZ'
const words = [name, identity, note, proof, opinion, sheetLine, sheetLine.replaceAll(' ', '')]

/** 草稿已加密保存于 …, whatever the moment. */
const saved = new RegExp(say('entry.saved', { at: '.*' }))

let premises: Premises
let profile: string
let application: Application
let browser: ProfileBrowser

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  premises = newPremises()
  profile = join(premises.directory, 'profile')
  await foundOverContract(premises, smallUnit, async (core) => {
    const opened = await core.value('cadre.open', { name: cadre, identityNumber: null, post: null })
    await core.value('record.submit', {
      record: null,
      parent: null,
      settles: [],
      cadre: opened.cadre,
      category: 'C2',
      declaration: 'none',
      values: { relation: '01' },
      source: { kind: 'form', from: '本人', reference: null },
      reason: '首次采集',
      evidence: [],
    })
  })
  application = await startApplication(premises)
  browser = await openProfile(premises, profile)
})

test.afterAll(async () => {
  await browser.kill()
  await application.stop()
  premises.remove()
})

/** The browser keeps what it needs to bring its pages back; done once the newest address is among it. */
async function expectRemembered(hash: string): Promise<void> {
  const sessions = join(profile, 'Default', 'Sessions')
  const kept = () => readdirSync(sessions).map((file) => textOf(join(sessions, file)))
  await expect.poll(() => kept().some((text) => text.includes(hash))).toBe(true)
}

/** The browser puts its files away while they are read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

async function expectNothingFound(): Promise<void> {
  for (const directory of [profile, premises.vault, premises.temporary, premises.home]) {
    expect(await searchCanary(directory, words)).toEqual([])
  }
}

test('nothing of what was typed stands on the disk when the browser is killed', async () => {
  const { page } = browser
  await page.goto(await application.newAddress())
  // A line of a recovery sheet.
  await page.getByRole('button', { name: say('recovery.open') }).click()
  await page
    .getByRole('group', { name: say('sheet-entry.sheet', { place: 1 }) })
    .getByLabel(say('sheet-entry.line', { line: 1 }))
    .fill(sheetLine)
  await page.getByRole('button', { name: say('recovery.back') }).click()
  // An opinion that is not signed yet.
  await as(page, four.one, async () => {
    await openReview(page, cadre)
    const form = page.getByRole('region', { name: say('decision.title') })
    await form.getByText(say('decision.disagree'), { exact: true }).click()
    await form.getByLabel(say('decision.words')).fill(opinion)
    await goTo(page, 'nav.workbench')
  })
  // An entry that is not submitted yet.
  await logIn(page, four.collector)
  const form = await openForm(page, cadre, family)
  await typeFields(page, form, { 称谓: '配偶', 姓名: name, 身份证号: identity, 备注: note })
  await addEvidence(page, form, { name: '收据.txt', mimeType: 'text/plain', buffer: Buffer.from(proof) })
  await expect(form.getByText(saved)).toBeVisible()
  // A search for a name. The browser remembers what stood in the fields of a page that is left.
  await goTo(page, 'nav.dossiers')
  await page.getByLabel(say('dossiers.search.any')).fill(name)
  await expect(page.getByText(say('dossiers.not-found'))).toBeVisible()
  await goTo(page, 'nav.sync')
  await expectRemembered('#/sync')
  await browser.kill()
  await expectNothingFound()
})

test('after the next log-in the draft is offered, and it is complete', async () => {
  browser = await openProfile(premises, profile)
  const { page } = browser
  await page.goto(await application.newAddress())
  await page.getByRole('button', { name: say('shell.lock') }).click()
  await logIn(page, four.collector)
  const drafts = page.getByRole('region', { name: say('drafts.title') })
  await expect(drafts).toContainText(cadre)
  await drafts.getByRole('link', { name: say('drafts.continue') }).click()
  await page.getByRole('button', { name: say('drafts.continue') }).click()
  const form = entryForm(page, family)
  await expect(form.getByTitle('配偶')).toBeVisible()
  await expect(form.getByLabel('姓名', { exact: true })).toHaveValue(name)
  await expect(form.getByLabel('身份证号')).toHaveValue(identity)
  await expect(form.getByLabel('备注')).toHaveValue(note)
  await expect(page.getByText(say('drafts.evidence', { names: '收据.txt' }))).toBeVisible()
})

test('what the browser keeps in the clear would have been found', async () => {
  await browser.page.evaluate(async (texts) => {
    const opening = indexedDB.open('control', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('texts', { autoIncrement: true })
    await new Promise((resolve) => (opening.onsuccess = resolve))
    const writing = opening.result.transaction('texts', 'readwrite')
    for (const text of texts) writing.objectStore('texts').add(text)
    await new Promise((resolve) => (writing.oncomplete = resolve))
  }, words)
  await browser.kill()
  const found = await searchCanary(profile, words)
  expect(new Set(found.map(({ word }) => word))).toEqual(new Set(words))
})
