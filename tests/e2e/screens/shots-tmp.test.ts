import { test } from '@playwright/test'
import { newPremises, setDay, startApplication } from '../support/application.ts'
import { logIn } from '../support/desk.ts'
import { foundOverContract, four, smallUnit } from '../support/unit.ts'
import { say } from '../support/words.ts'
import { visit } from './prepared.ts'
test('shots', async ({ browser }) => {
  test.setTimeout(120000)
  const premises = newPremises()
  await foundOverContract(premises, smallUnit, async (core) => {
    for (const name of ['张三丰', '李四光', '王五岳', '欧阳修', '司马光', '赵普', '钱学', '孙膑'])
      await core.value('cadre.open', { name, identityNumber: null, post: '科员' })
  })
  const application = await startApplication(premises, 'dated')
  setDay(premises, 69)
  const page = await (await browser.newContext()).newPage()
  await page.goto(await application.newAddress())
  const shot = async (n: string) => {
    await page.waitForTimeout(700)
    await page.screenshot({ path: `/tmp/work/cy/${n}.png` })
  }
  for (const [name, size] of [
    ['s', { width: 1366, height: 768 }],
    ['w', { width: 1920, height: 1080 }],
  ] as const) {
    await page.setViewportSize(size)
    if (name === 's') await logIn(page, four.approver)
    await visit(page, 'workbench')
    await shot(`bench-${name}`)
    await visit(page, 'due')
    await shot(`due-${name}`)
    await visit(page, 'due?state=later')
    await shot(`later-${name}`)
    await visit(page, 'dossiers')
    await page
      .getByRole('grid', { name: say('dossiers.list') })
      .getByRole('row', { name: /王五岳/ })
      .click()
    await shot(`dossier-${name}`)
    await page.getByRole('button', { name: say('stage.change') }).click()
    await shot(`stage-${name}`)
  }
  await application.stop()
  premises.remove()
})
