import { basicFacts, makePeople, type DemoPeople } from './cadres.ts'
import type { Day } from './days.ts'
import { textEvidence } from './evidence.ts'
import {
  enterpriseRecord,
  familyRecords,
  houseRecord,
  loanRecord,
  securityRecord,
  talkRecord,
  vehicleRecord,
  type DemoRecord,
} from './property.ts'
import { seededRandom } from './random.ts'
import { makeTable, makeUpdateTable, type DemoTable } from './table.ts'

/** What befalls a record on its road, beside being agreed on and archived. */
export type Fate =
  | 'plain'
  /** Sent back once for completion, then archived. */
  | 'returned'
  /** The reviewers differ; the inspector settles it. */
  | 'disputed'
  /** Taken back by its author. */
  | 'withdrawn'
  /** Corrected after it was archived. */
  | 'corrected'

/** How far a record has come that is left for people to work on. */
export type Waiting = 'to-review' | 'to-open' | 'to-adjudicate' | 'to-sign' | 'returned'

export interface Entry<Mark> {
  /** Place of the cadre in the list of people. */
  readonly cadre: number
  readonly record: DemoRecord
  readonly mark: Mark
}

/** All that the seed decides. */
export interface DemoPlan {
  readonly people: DemoPeople
  readonly table: DemoTable
  readonly entries: readonly Entry<Fate>[]
  /** Records of the discipline compartment, by the inspector. */
  readonly talks: readonly Entry<Fate>[]
  /** What is entered and not finished, for those who look at the screens. */
  readonly waiting: readonly Entry<Waiting>[]
  readonly waitingTalk: Entry<Waiting>
  readonly updateTable: DemoTable
}

/** @param talkers who holds the talks @param today `YYYY-MM-DD` */
export function makePlan(seed: number, talkers: string, today: Day): DemoPlan {
  const random = seededRandom(seed)
  const people = makePeople(random, today)
  const { cadres } = people
  const entries: Entry<Fate>[] = []
  const add = (cadre: number, record: DemoRecord, mark: Fate = 'plain') =>
    entries.push({ cadre, record, mark })
  for (const [index, cadre] of cadres.entries()) {
    if (cadre.imported) continue
    if (cadre.numbered) add(index, factsRecord(basicFacts(random, cadre, today), index % 8 === 0))
    for (const record of familyRecords(random, cadre)) add(index, record)
  }
  const some = random.shuffled(cadres.flatMap((cadre, index) => (cadre.imported ? [] : [index])))
  const take = (from: number, count: number) =>
    some.slice(from, from + count).map((index) => [index, cadres[index] as (typeof cadres)[number]] as const)
  for (const [index, cadre] of take(0, 10)) {
    const isFirst = index === some[0]
    add(index, securityRecord(random, cadre, today, isFirst), index === some[1] ? 'withdrawn' : 'plain')
  }
  for (const [index, cadre] of take(10, 8)) add(index, enterpriseRecord(random, cadre, today))
  for (const [index, cadre] of take(18, 10)) {
    const mark = index === some[18] ? 'returned' : index === some[19] ? 'disputed' : 'plain'
    add(index, loanRecord(random, cadre, today), mark)
  }
  for (const [index, cadre] of take(28, 6)) add(index, vehicleRecord(random, cadre, today))
  for (const [index, cadre] of take(34, 4)) {
    const sold = index === some[36]
    add(index, houseRecord(random, cadre, today, sold), index === some[34] ? 'corrected' : 'plain')
  }
  const talks = take(38, 8).map(([index, cadre]) => ({
    cadre: index,
    record: talkRecord(random, cadre, talkers, today),
    mark: 'plain' as const,
  }))
  const table = makeTable(random, people, today)

  const fates: readonly Waiting[] = [
    ...(['to-review', 'to-review', 'to-review', 'to-open', 'to-open', 'to-adjudicate'] as const),
    ...(['to-sign', 'to-sign', 'returned'] as const),
  ]
  const waiting = take(0, fates.length).map(([index, cadre], place) => ({
    cadre: index,
    record: place % 2 === 0 ? loanRecord(random, cadre, today) : vehicleRecord(random, cadre, today),
    mark: fates[place] as Waiting,
  }))
  const [last] = take(20, 1)
  if (last === undefined) throw new RangeError('too few cadres')
  const waitingTalk = {
    cadre: last[0],
    record: talkRecord(random, last[1], talkers, today),
    mark: 'to-review' as const,
  }
  const updateTable = makeUpdateTable(random, people, today)
  return { people, table, entries, talks, waiting, waitingTalk, updateTable }
}

function factsRecord(values: Readonly<Record<string, string>>, withCopy: boolean): DemoRecord {
  const lines = [
    '干部履历摘录（演示材料，非真实文书）',
    `姓名：${values['name'] ?? ''}`,
    `职务：${values['position'] ?? ''}`,
  ]
  return {
    category: 'A1',
    declaration: 'present',
    values,
    reason: '首次采集',
    source: { kind: 'document', from: '组织人事', reference: '干部人事档案' },
    evidence: withCopy ? [textEvidence('履历摘录.txt', lines)] : [],
  }
}
