import type { RecordValues } from '../../../src-shared/catalogue/schema.ts'
import type { CategoryDeclaration } from '../../../src-shared/catalogue/values.ts'
import type { DemoCadre } from './cadres.ts'
import { dayBetween, daysBefore, yearOf, type Day } from './days.ts'
import { pdfEvidence, textEvidence, type EvidenceFile } from './evidence.ts'
import { newCreditCode } from './people.ts'
import type { Random } from './random.ts'

/** What a person enters for one record. */
export interface DemoRecord {
  readonly declaration: CategoryDeclaration
  readonly values: RecordValues
  readonly category: string
  readonly reason: string
  readonly source: {
    readonly kind: 'form' | 'document' | 'interview'
    readonly from: string
    readonly reference: string | null
  }
  readonly evidence: readonly EvidenceFile[]
}

const ownForm = { kind: 'form', from: '本人填报', reference: '个人有关事项报告表' } as const

function record(
  category: string,
  values: RecordValues,
  evidence: readonly EvidenceFile[] = [],
  declaration: CategoryDeclaration = 'present',
): DemoRecord {
  return { category, declaration, values, reason: '首次采集', source: ownForm, evidence }
}

function yuan(amount: number) {
  return { amount: Math.round(amount * 100), currency: 'CNY' }
}

/** Adults who may own something with the cadre: the cadre and the spouse. */
function holderOf(random: Random, cadre: DemoCadre): { readonly relation: string; readonly holder: string } {
  const spouse = cadre.family.find((kin) => kin.relation === '11' || kin.relation === '12')
  return spouse !== undefined && random.chance(40)
    ? { relation: spouse.relation, holder: spouse.name }
    : { relation: '01', holder: cadre.name }
}

/** 家庭成员与社会关系: one record a person, or one that says there is nobody, or that nothing is said. */
export function familyRecords(random: Random, cadre: DemoCadre): readonly DemoRecord[] {
  if (cadre.family.length === 0) {
    return [record('A3', {}, [], random.chance(80) ? 'none' : 'declined')]
  }
  return cadre.family.map((kin) =>
    record('A3', {
      relation: kin.relation,
      name: kin.name,
      birth: kin.numbered ? kin.birth : kin.birth.slice(0, 7),
      politicalStatus: kin.workplace === '学生' ? '03' : random.pick(['13', '13', '01']),
      workplace: kin.workplace,
      ...(kin.numbered ? { identityNumber: kin.identityNumber } : {}),
      livesTogether: kin.workplace === '学生' ? '1' : '0',
    }),
  )
}

const funds = ['示例稳健增长混合基金', '示例沪深指数基金', '示例货币市场基金', '示例医药股票']

/** 股票、基金: every third total is not quantity times value, which is a warning and stays one. */
export function securityRecord(
  random: Random,
  cadre: DemoCadre,
  today: Day,
  contradicts: boolean,
): DemoRecord {
  const quantity = random.integer(5, 300) * 100
  const unitFen = random.integer(80, 2500)
  const total = quantity * unitFen
  return record('C3', {
    ...holderOf(random, cadre),
    kind: random.pick(['01', '03', '03']),
    name: random.pick(funds),
    securityCode: String(random.integer(900_000, 999_999)),
    quantity: String(quantity),
    unitValue: { amount: unitFen, currency: 'CNY' },
    value: { amount: contradicts ? total * 2 : total, currency: 'CNY' },
    valuedOn: daysBefore(today, random.integer(20, 80)),
    institution: '示例证券清河营业部',
    fundsSource: '工资积蓄',
  })
}

const trades = ['农产品购销', '餐饮服务', '建材零售', '道路货物运输', '电器维修']

/** 投资企业、个体户 */
export function enterpriseRecord(random: Random, cadre: DemoCadre, today: Day): DemoRecord {
  const isCompany = random.chance(50)
  const trade = random.pick(trades)
  const capital = random.integer(2, 60) * 10_000
  const ratio = isCompany ? random.integer(5, 60) : 100
  const name = isCompany ? `示例县清河${trade}有限公司` : `清河镇${holderOf(random, cadre).holder}${trade}店`
  return record('C4', {
    ...holderOf(random, cadre),
    name,
    creditCode: newCreditCode(random, isCompany ? '91' : '92'),
    kind: isCompany ? '01' : '05',
    capital: yuan(capital),
    ratio: String(ratio),
    registeredCapital: yuan((capital * 100) / ratio),
    investedOn: dayBetween(random, yearOf(today) - 12, yearOf(today) - 1, daysBefore(today, 40)),
    scope: trade,
  })
}

/** 借贷、担保, with the contract. */
export function loanRecord(random: Random, cadre: DemoCadre, today: Day): DemoRecord {
  const isBank = random.chance(60)
  const amount = random.integer(2, isBank ? 60 : 20) * 10_000
  const start = dayBetween(random, yearOf(today) - 6, yearOf(today) - 1, daysBefore(today, 60))
  const other = isBank ? '示例农村商业银行清河支行' : '示例出借人'
  const { relation, holder } = holderOf(random, cadre)
  const terms = [
    '借款合同（演示材料，非真实文书）',
    `出借方：${other}`,
    `借款方：${holder}`,
    `金额：人民币 ${amount} 元`,
    `日期：${start}`,
  ]
  return record(
    'C6',
    {
      relation,
      holder,
      direction: '02',
      kind: isBank ? '01' : '02',
      description: isBank ? '购房按揭贷款' : '子女上学周转',
      creditor: other,
      debtor: holder,
      amount: yuan(amount),
      startOn: start,
      endOn: `${yearOf(start) + random.integer(7, 25)}${start.slice(4, 7)}`,
      annualRate: isBank ? `${random.integer(3, 4)}.${random.integer(1, 9)}` : '0',
    },
    [textEvidence('借款合同.txt', terms)],
  )
}

/** 车辆, entered one by one with the registration; the rest of C7 comes as a table. */
export function vehicleRecord(random: Random, cadre: DemoCadre, today: Day): DemoRecord {
  const price = random.integer(6, 28)
  const bought = dayBetween(random, yearOf(today) - 9, yearOf(today) - 1, daysBefore(today, 50))
  const description = `${random.pick(['示例牌轿车', '示例牌越野车', '示例牌新能源车'])}（号牌已略）`
  const lines = [
    '机动车登记信息（演示材料，非真实文书）',
    description,
    `登记日期：${bought}`,
    `购车价：${price} 万元`,
  ]
  return record(
    'C7',
    {
      ...holderOf(random, cadre),
      kind: '03',
      description,
      quantity: '1',
      value: yuan(price * 10_000 * 0.8),
      valuedOn: daysBefore(today, 30),
      acquiredOn: bought,
      source: '家庭积蓄购买',
    },
    [pdfEvidence('机动车登记信息.pdf', lines)],
  )
}

/** 房产, entered one by one; one sold without a date of sale is a contradiction that a warning shows. */
export function houseRecord(
  random: Random,
  cadre: DemoCadre,
  today: Day,
  soldWithoutDate: boolean,
): DemoRecord {
  const area = random.integer(72, 160)
  return record('C2', {
    ...holderOf(random, cadre),
    kind: '01',
    address: `示例县城关滨江小区${random.integer(1, 20)}栋${random.integer(1, 3)}单元${random.integer(2, 18)}0${random.integer(1, 4)}`,
    area: `${area}.${random.integer(1, 9)}`,
    nature: '01',
    source: '01',
    acquiredOn: dayBetween(random, yearOf(today) - 15, yearOf(today) - 1, daysBefore(today, 50)),
    price: yuan(area * random.integer(38, 62) * 100),
    use: soldWithoutDate ? '21' : '01',
  })
}

const talkReasons = [
  '任前廉政谈话，重申工作纪律和生活纪律。',
  '惠民补贴发放公示不及时，提醒其改进。',
  '公务接待审批手续不全，要求说明情况。',
  '重要节点前廉洁提醒。',
] as const

/** 谈话, entered by the inspector; evidence is required. */
export function talkRecord(random: Random, cadre: DemoCadre, talkers: string, today: Day): DemoRecord {
  const kind = random.pick(['01', '02', '02', '03'])
  const date = daysBefore(today, random.integer(15, 500))
  const reason = random.pick(talkReasons)
  const content = `${cadre.name}表示认识到问题，已说明情况并愿意接受监督，按要求整改。`
  const lines = [
    '谈话记录（演示材料，非真实文书）',
    `被谈话人：${cadre.name}`,
    `谈话人：${talkers}`,
    `时间：${date}`,
    reason,
    content,
  ]
  return {
    category: 'E3',
    declaration: 'present',
    values: {
      kind,
      date,
      place: '清河镇纪检谈话室',
      talkers,
      reason,
      content,
      opinion: '持续关注，一个月内书面报告整改情况。',
      dueOn: daysBefore(date, -30),
    },
    reason: '谈话后归档',
    source: { kind: 'interview', from: '镇纪委', reference: null },
    evidence: [pdfEvidence('谈话记录.pdf', lines)],
  }
}
