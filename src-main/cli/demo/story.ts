import type { ReceiptView } from '../../../src-shared/contract/log-views.ts'
import type { FoundedUnit } from '../../../src-shared/contract/views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { correct, importTable, openDossiers, resubmit, submitAll, type Submitted } from './entry.ts'
import { writeTrust, type HubNode } from './hub-node.ts'
import { newJob, type Office } from './office.ts'
import type { DemoPlan, Fate } from './plan.ts'
import { adjudicate, giveOpinions, lookAtEvidence, openOpinions, sendBack, sign } from './review.ts'

export interface Stage {
  readonly office: Office
  readonly hub: HubNode
  readonly plan: DemoPlan
  /** Where the files for others go. */
  readonly directory: string
  /** Says to the person at the terminal what happens now. */
  tell(line: string): void
}

export interface Story {
  readonly founded: FoundedUnit
  /** Ids of the dossiers by the place of the cadre in the list. */
  readonly dossiers: ReadonlyMap<number, Id>
  /** Records that were entered or imported. */
  readonly records: number
  /** Receipts that came back over the network. */
  readonly receipts: readonly ReceiptView[]
}

/** Founds the unit and takes its records the whole road; each step by the member whose it is. */
export async function playStory(stage: Stage): Promise<Story> {
  const { office, plan, tell } = stage
  const founded = await found(stage)
  const entered = await enter(stage)
  await reviewOnce(stage, entered.records)
  tell('审签人：拆封意见，签字归档')
  await office.as('approver', async (desk) => {
    tell(`  拆封 ${await openOpinions(desk)} 条，签字归档 ${await sign(desk, '同意归档。')} 条`)
  })
  tell('纪检专管员：专题审核意见分歧')
  await office.as('inspector', async (desk) => {
    tell(`  审核 ${await adjudicate(desk, '经核对合同原件，金额填写无误，维持原内容。')} 条`)
  })
  tell('审签人：签字归档，并通过网络报送上级节点')
  const receipts = await office.as('approver', async (desk) => {
    await sign(desk, '按专题审核结论归档。')
    return await desk.call('sync.deliver', { kind: 'update', job: newJob() })
  })
  tell(`  收到回执 ${receipts.length} 份`)
  await correctOne(stage, entered.records)
  const records = plan.entries.length + plan.talks.length + entered.imported
  return { founded, dossiers: entered.dossiers, records, receipts }
}

async function found({ office, hub, directory, tell }: Stage): Promise<FoundedUnit> {
  tell('建立单位：八名用户，密钥与分区')
  const founded = await office.found(await hub.card())
  await hub.trust(writeTrust(directory, founded.unit, founded.unitRootPublicKey))
  return founded
}

interface Entered {
  readonly dossiers: ReadonlyMap<number, Id>
  readonly records: readonly Submitted<Fate>[]
  readonly imported: number
}

async function enter({ office, plan, tell }: Stage): Promise<Entered> {
  tell('录入员：建立廉政档案，录入并导入登记表')
  const entered = await office.as('collector', async (desk) => {
    const dossiers = await openDossiers(desk, plan.people.cadres)
    const records = await submitAll(desk, dossiers, plan.entries)
    const done = await importTable(desk, plan.table)
    for (const { record, revision } of withFate(records, 'withdrawn')) {
      await desk.call('record.withdraw', { record, revision, reason: '填错对象，撤回。' })
    }
    tell(`  建档 ${dossiers.size + done.opened} 份，逐条录入 ${records.length} 条`)
    tell(`  导入 ${done.accepted} 条（重复标记 ${done.repeats} 条），待处理 ${done.quarantined} 条`)
    return { dossiers, records, imported: done.accepted }
  })
  tell('纪检专管员：录入谈话记录')
  await office.as('inspector', async (desk) => {
    await submitAll(desk, entered.dossiers, plan.talks)
  })
  return entered
}

async function reviewOnce({ office, tell }: Stage, records: readonly Submitted<Fate>[]): Promise<void> {
  const [returned] = withFate(records, 'returned')
  const disputed = withFate(records, 'disputed').map(({ record }) => record)
  if (returned === undefined) throw new RangeError('nothing to send back')
  tell('复核员甲：查看佐证，退回补正一条，背靠背提出意见')
  await office.as('reviewer1', async (desk) => {
    await lookAtEvidence(desk, [returned.record, ...disputed])
    await sendBack(desk, returned.record)
    tell(`  意见 ${await giveOpinions(desk)} 条（已封存）`)
  })
  tell('录入员：补正后重新提交')
  await office.as('collector', (desk) => resubmit(desk, returned))
  tell('复核员乙：背靠背提出意见，对一条有分歧')
  await office.as('reviewer2', async (desk) => {
    await lookAtEvidence(desk, disputed)
    tell(`  意见 ${await giveOpinions(desk, { differs: new Set(disputed) })} 条（已封存）`)
  })
  tell('复核员甲：复核补正后的一条')
  await office.as('reviewer1', (desk) => giveOpinions(desk))
}

/** A correction of an archived record goes the same road again. */
async function correctOne({ office, tell }: Stage, records: readonly Submitted<Fate>[]): Promise<void> {
  tell('更正一条已归档的内容：录入、两人复核、签字')
  await office.as('collector', async (desk) => {
    for (const submitted of withFate(records, 'corrected')) {
      await correct(desk, submitted, { area: '98.5', note: '按新测绘报告更正面积。' })
    }
  })
  await office.as('reviewer1', (desk) => giveOpinions(desk))
  await office.as('reviewer2', (desk) => giveOpinions(desk))
  await office.as('approver', async (desk) => {
    await openOpinions(desk)
    await sign(desk, '同意更正。')
  })
}

function withFate(records: readonly Submitted<Fate>[], fate: Fate): readonly Submitted<Fate>[] {
  return records.filter(({ entry }) => entry.mark === fate)
}
