import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type Page } from '@playwright/test'
import { startHubNode, writeTrust, type HubNode } from '../../../src-main/cli/demo/hub-node.ts'
import { programEntry } from '../../../src-main/cli/programs.ts'
import type { TestCore } from '../../helpers/core.ts'
import { expectAccessible } from '../support/accessibility.ts'
import { newPremises, type Premises } from '../support/application.ts'
import { as, goTo } from '../support/desk.ts'
import { statePurpose } from '../support/dossier.ts'
import { four, smallUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { enterHouse, prepare, visit, type Prepared } from './prepared.ts'

const run = promisify(execFile)
const name = '刘建国'
const reason = '两份意见对金额看法不同，请上级审定'

let node: HubNode
let upstairs: Premises
let prepared: Prepared
let page: Page
let cadre: string
let house: { readonly record: string; readonly revision: string }
let disputed: { readonly record: string; readonly revision: string }

/** A house that both agree on, and one that they do not. */
async function prepareEntries(core: TestCore): Promise<void> {
  cadre = (await core.value('cadre.open', { name, identityNumber: null, post: '副镇长' })).cadre
  house = await enterHouse(core, cadre, '滨河路8号', 88_000_000)
  disputed = await enterHouse(core, cadre, '解放路1号', 66_000_000)
  const rows = [house, disputed].map(({ record, revision }) => ({ record, revision }))
  for (const reviewer of [four.one, four.two]) {
    await core.signIn(reviewer.login, reviewer.password)
    await core.value('review.decide', {
      compartment: 'archive',
      rows: rows.map((row, index) => {
        const decision = index === 1 && reviewer === four.two ? ('disagree' as const) : ('agree' as const)
        const reasons = decision === 'agree' ? [] : (['differs-from-evidence'] as const)
        return {
          ...row,
          decision,
          reasons: [...reasons],
          marks: [],
          words: decision === 'agree' ? '' : '价款不符',
        }
      }),
    })
  }
  await core.signIn(four.approver.login, four.approver.password)
  await core.value('review.open', { compartment: 'archive', rows })
  const { id, unitRootPublicKey } = await core.value('unit.read', {})
  await node.trust(writeTrust(upstairs.directory, id, unitRootPublicKey))
}

/** What the officer above types, and what the program answers. */
async function officer(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [
    programEntry('hub'),
    ...words,
    '--data',
    node.dataDirectory,
  ])
  return stdout
}

async function decide(revision: string, decision: string, words: string): Promise<void> {
  const out = join(upstairs.directory, 'directives')
  mkdirSync(out, { recursive: true })
  const given = ['--officer', '周主任', '--words', words, '--out', out]
  await officer('decide', revision, '--decision', decision, ...given)
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.slow()
  upstairs = newPremises()
  node = await startHubNode(join(upstairs.directory, 'node'))
  const unit = { ...smallUnit, hubCard: await node.card(), signedAbove: ['C2'] }
  prepared = await prepare(browser, prepareEntries, unit)
  page = prepared.page
})
test.afterAll(async () => {
  await prepared.close()
  await node.stop()
  upstairs.remove()
})

test('the approver signs, and is told that the entry waits for the level above', async () => {
  await as(page, four.approver, async () => {
    await visit(page, 'signing', 'sign', house.record)
    await page.getByRole('button', { name: say('sign.run', { count: 1 }) }).click()
    await page
      .getByRole('tooltip')
      .getByRole('button', { name: say('sign.run', { count: 1 }) })
      .click()
    await page.getByRole('link', { name: say('sign.awaits-above', { count: 1 }) }).click()
    const waiting = page.getByRole('table', { name: say('queue.awaiting-above') })
    await expect(waiting.locator('tbody tr')).toHaveCount(1)
    await expect(waiting).toContainText('滨河路8号')
    await expectAccessible(page)
  })
})

test('a disagreement is referred with its reason, and sent with everything else', async () => {
  await as(page, four.approver, async () => {
    await visit(page, 'signing', 'adjudicate', disputed.record)
    await page.getByLabel(say('refer.words')).fill(reason)
    await expectAccessible(page)
    await page.getByLabel(say('refer.words')).press('Tab')
    await page.keyboard.press('Enter')
    const referred = page.getByRole('table', { name: say('queue.referred') })
    await expect(referred.locator('tbody tr')).toHaveCount(1)
    await goTo(page, 'nav.sync')
    await page.getByRole('button', { name: say('sync.deliver'), exact: true }).click()
    await page.getByRole('button', { name: say('sync.deliver.run') }).click()
    await expect(page.getByText(say('receipt.title', { count: 2 }))).toBeVisible()
  })
})

test('the officer above reads what waits and decides', async () => {
  const list = await officer('waiting')
  for (const { revision } of [house, disputed]) expect(list).toContain(revision.slice(0, 12))
  expect(await officer('show', house.revision.slice(0, 12))).toContain('滨河路8号')
  const shown = await officer('show', disputed.revision)
  for (const words of [name, '价款不符', reason, four.one.name, four.two.name]) expect(shown).toContain(words)
  await expect(decide(disputed.revision, 'reject', '')).rejects.toThrow()
  await decide(house.revision, 'sign', '')
  await decide(disputed.revision, 'reject', '价款以发票为准，请重新录入')
  expect(await officer('waiting')).toContain('没有等待上级办理的事项')
})

test('the answers are fetched: one entry is archived with both signatures, the other goes back', async () => {
  await as(page, four.approver, async () => {
    await goTo(page, 'nav.sync')
    await page.getByRole('button', { name: say('sync.deliver'), exact: true }).click()
    await page.getByRole('button', { name: say('directives.fetch') }).click()
    const notice = page.getByRole('status').filter({ hasText: say('directives.title', { count: 2 }) })
    await expect(notice).toContainText('周主任')
    await expect(notice).toContainText('价款以发票为准，请重新录入')
    await expectAccessible(page)
    await visit(page, 'dossiers', cadre, house.record)
    await statePurpose(page)
    await expect(page.getByText(say('directive.sign'), { exact: true })).toBeVisible()
    await expect(page.getByText(say('status.archived')).first()).toBeVisible()
  })
  await as(page, four.collector, async () => {
    await visit(page, 'entry', 'mine', 'returned')
    await expect(page.getByRole('table')).toContainText('解放路1号')
  })
  expect(prepared.faults).toEqual([])
})
