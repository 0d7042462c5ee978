import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { logIn } from '../support/desk.ts'
import { openDossier } from '../support/dossier.ts'
import { four } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { enterHouse, prepare, visit, type Prepared } from './prepared.ts'

let prepared: Prepared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  prepared = await prepare(browser, async (core) => {
    await core.value('cadre.open', { name: '张三丰', identityNumber: null, post: '科员' })
    const { cadre } = await core.value('cadre.open', { name: '张 三丰', identityNumber: null, post: '科员' })
    await core.value('cadre.open', { name: '李四光', identityNumber: null, post: '科员' })
    await enterHouse(core, cadre, '清水镇一号', 88_000_000)
  })
})
test.afterAll(async () => {
  await prepared.close()
})

test('two dossiers of one person are found, compared, merged by two people and taken apart again', async () => {
  const { page, faults } = prepared
  await logIn(page, four.collector)
  await page.getByRole('link', { name: new RegExp(say('twins.notice', { count: 1 })) }).click()
  const list = page.getByRole('table', { name: say('twins.list') })
  await expect(list).toContainText(say('twins.reason.name-written'))
  await expectAccessible(page)
  const compare = list.getByRole('link')
  await compare.focus()
  await expect(compare).toBeFocused()
  await page.keyboard.press('Enter')

  // With the keys alone: the choice, the reason, the button.
  const sides = page.getByRole('table', { name: say('twins.pair.table') })
  await expect(sides).toContainText(say('twins.counts', { archived: 0, waiting: 1 }))
  await expectAccessible(page)
  const choice = page.getByRole('radio').nth(0)
  await choice.focus()
  await expect(choice).toBeFocused()
  await page.keyboard.press('Space')
  await expect(choice).toBeChecked()
  await page.getByLabel(say('twins.reason')).fill('两台电脑各建了一份')
  await page.keyboard.press('Enter')
  const decision = page.getByRole('listitem').filter({ hasText: '两台电脑各建了一份' })
  await expect(decision).toContainText(say('twins.status.proposed'))

  await page.keyboard.press('Control+Alt+l')
  await logIn(page, four.approver)
  await page.getByRole('link', { name: new RegExp(say('twins.notice.waiting', { count: 1 })) }).click()
  await decision.getByRole('button', { name: say('twins.confirm') }).click()
  await expect(decision).toContainText(say('twins.status.confirmed'))
  await expectAccessible(page)
  await visit(page, 'dossiers')
  const dossiers = page.getByRole('grid', { name: say('dossiers.list') })
  const rows = dossiers.getByRole('row', { name: /三丰/ })
  await expect(rows).toHaveCount(1)
  await openDossier(page, '张三丰')
  await expect(page.getByText(say('twins.dossier.merged'))).toBeVisible()
  await expect(page.getByTitle(say('twins.dossier.origin.hint', { name: '张 三丰' }))).toBeVisible()

  await visit(page, 'twins', 'decided')
  await decision.getByLabel(say('twins.words')).fill('是父子两人')
  await decision.getByRole('button', { name: say('twins.undo') }).click()
  await expect(page.getByRole('listitem').filter({ hasText: '是父子两人' })).toBeVisible()
  await page.keyboard.press('Control+Alt+l')
  await logIn(page, four.collector)
  await visit(page, 'twins', 'decided')
  const undoing = page.getByRole('listitem').filter({ hasText: '是父子两人' })
  await undoing.getByRole('button', { name: say('twins.confirm') }).click()
  await expect(undoing).toContainText(say('twins.status.confirmed'))
  await visit(page, 'dossiers')
  await expect(rows).toHaveCount(2)
  expect(faults).toEqual([])
})
