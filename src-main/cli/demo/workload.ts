import { importTable, submitAll } from './entry.ts'
import type { Waiting } from './plan.ts'
import { giveOpinions, openOpinions, sendBack } from './review.ts'
import type { Stage, Story } from './story.ts'

/** Leaves something for everyone to do, so that every screen shows what it is for. */
export async function leaveWork({ office, plan, tell }: Stage, { dossiers }: Story): Promise<void> {
  tell('留下待办事项，供各角色查看')
  const waiting = await office.as('collector', async (desk) => {
    const submitted = await submitAll(desk, dossiers, plan.waiting)
    await importTable(desk, plan.updateTable)
    return submitted
  })
  await office.as('inspector', async (desk) => {
    await submitAll(desk, dossiers, [plan.waitingTalk])
  })
  const idsOf = (...marks: readonly Waiting[]) =>
    new Set(waiting.filter(({ entry }) => marks.includes(entry.mark)).map(({ record }) => record))
  const judged = idsOf('to-open', 'to-adjudicate', 'to-sign')
  await office.as('reviewer1', async (desk) => {
    for (const record of idsOf('returned')) await sendBack(desk, record)
    await giveOpinions(desk, { only: judged })
  })
  await office.as('reviewer2', async (desk) => {
    await giveOpinions(desk, { only: judged, differs: idsOf('to-adjudicate') })
  })
  await office.as('approver', async (desk) => {
    await openOpinions(desk, idsOf('to-open'))
  })
}
