import { csvText } from '../../../src-shared/import/quarantine.ts'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import type { DemoCadre, DemoPeople } from './cadres.ts'
import { yearOf, type Day } from './days.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** A table as a department hands it in, and what a right import makes of it. */
export interface DemoTable {
  readonly name: string
  readonly bytes: Uint8Array
  /** Rows below the headings. */
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  readonly repeats: number
  /** Dossiers that the import opens. */
  readonly opened: number
}

const headings = [
  '干部姓名',
  '干部身份证号',
  '采集类别',
  '与干部关系',
  '房产类别',
  '财产类别',
  '具体地址',
  '建筑面积（平方米）',
  '产权性质',
  '来源',
  '说明',
  '取得时间',
  '取得价格（万元）',
  '价值（万元）',
] as const
type Heading = (typeof headings)[number]
type Row = Readonly<Partial<Record<Heading, string>>>

const house = '房产、车位、储藏间'
const savings = '境内存款、车辆及其他财产'
/** Cadres, by their place in the list, who say that they have no house, and one who says nothing. */
const noHouses = [2, 3, 4]
const declines = 5

/**
 * Houses and savings of the whole unit in one file: amounts in 万元 with thousands separators, some rows exactly
 * twice, some declared as none or declined, and some that cannot be read and must not be guessed.
 */
export function makeTable(random: Random, people: DemoPeople, today: Day): DemoTable {
  const good: Row[] = []
  const declared: Row[] = []
  for (const [index, cadre] of people.cadres.entries()) {
    if (!cadre.numbered || cadre.name === people.sharedName) continue
    const add = (row: Row) => good.push({ ...ownerOf(cadre), ...row })
    const [noHouse, silent] = [noHouses.includes(index), declines === index]
    if (noHouse) declared.push({ ...ownerOf(cadre), 采集类别: house, 具体地址: '无此情况' })
    if (silent) declared.push({ ...ownerOf(cadre), 采集类别: savings, 说明: '拒绝申报' })
    if (!noHouse && (cadre.imported || random.chance(75))) add(houseRow(random, today))
    if (!silent && (cadre.imported || random.chance(75))) add(savingsRow(random, today))
  }
  // The first rows show what the columns and categories are; what is odd stands further down.
  const [first = {}, second = {}, ...others] = good
  const repeated = good.slice(4, 7)
  const bad = badRows(random, people, today)
  const later = random.shuffled([...others, ...declared, ...bad])
  const rows = [first, second, ...later, ...repeated]
  return {
    name: '家庭财产登记表.csv',
    bytes: bytesOf(rows),
    rows: rows.length,
    accepted: rows.length - bad.length,
    quarantined: bad.length,
    repeats: repeated.length,
    opened: people.cadres.filter((cadre) => cadre.imported).length,
  }
}

/** The next quarter's savings of some: small, and every row can be read. */
export function makeUpdateTable(random: Random, people: DemoPeople, today: Day): DemoTable {
  const cadres = people.cadres.slice(0, 18)
  const rows = cadres.map((cadre) => ({ ...ownerOf(cadre), ...savingsRow(random, today) }))
  const none = { quarantined: 0, repeats: 0, opened: 0 }
  return {
    name: '存款季度更新.csv',
    bytes: bytesOf(rows),
    rows: rows.length,
    accepted: rows.length,
    ...none,
  }
}

/** Only the columns that some row fills. */
function bytesOf(rows: readonly Row[]): Uint8Array {
  const used = headings.filter((heading) => rows.some((row) => row[heading] !== undefined))
  const cells = rows.map((row) => used.map((heading) => row[heading] ?? ''))
  return utf8(csvText([used, ...cells]))
}

function ownerOf(cadre: Person): Row {
  return { 干部姓名: cadre.name, 干部身份证号: cadre.identityNumber, 与干部关系: '本人' }
}

function houseRow(random: Random, today: Day): Row {
  const isShop = random.chance(10)
  const area = random.integer(isShop ? 300 : 70, isShop ? 900 : 180)
  const price = isShop ? random.integer(1000, 2600) : random.integer(18, 95)
  const year = yearOf(today) - random.integer(1, 18)
  return {
    采集类别: house,
    房产类别: isShop ? '商铺' : '住宅',
    具体地址: `示例县清河镇${random.pick(['新街', '人民路', '滨河路'])}${random.integer(1, 260)}号`,
    '建筑面积（平方米）': `${area}.${random.integer(0, 9)}`,
    产权性质: random.pick(['商品房', '自建房', '集资房', '安置房']),
    来源: random.pick(['购买', '自建', '继承']),
    取得时间: `${year}.${random.integer(2, 9)}`,
    '取得价格（万元）': grouped(price, random.integer(0, 99)),
    '价值（万元）': grouped(Math.round(price * 1.3), 0),
  }
}

function savingsRow(random: Random, today: Day): Row {
  const year = yearOf(today) - 1
  return {
    采集类别: savings,
    财产类别: '存款',
    说明: `${random.pick(['示例农商行', '示例邮储银行', '示例建设银行'])}活期及定期存款`,
    来源: '工资积蓄',
    取得时间: `${year}年${random.integer(1, 12)}月`,
    '价值（万元）': grouped(random.integer(1, 60), random.integer(0, 99)),
  }
}

/** Each cannot become a record, for a reason of its own. */
function badRows(random: Random, people: DemoPeople, today: Day): readonly Row[] {
  const of = (index: number): Row => ownerOf(people.cadres[index] as DemoCadre)
  const wrongNumber = (of(13).干部身份证号 ?? '').replace(/.$/, (check) => (check === '0' ? '1' : '0'))
  return [
    { ...of(8), ...houseRow(random, today), '取得价格（万元）': '约30万' },
    { ...of(9), ...houseRow(random, today), 取得时间: `${yearOf(today) - 5}-02-30` },
    { ...of(10), ...savingsRow(random, today), '价值（万元）': '25,000(25,000)' },
    { ...of(11), ...savingsRow(random, today), 采集类别: '公车使用情况' },
    { ...of(12), ...houseRow(random, today), 房产类别: '别墅群' },
    { ...houseRow(random, today), 与干部关系: '本人' },
    { ...of(13), ...savingsRow(random, today), 干部身份证号: wrongNumber },
    { 干部姓名: people.sharedName, 与干部关系: '本人', ...savingsRow(random, today) },
  ]
}

function grouped(whole: number, hundredths: number): string {
  const digits = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${digits}.${String(hundredths).padStart(2, '0')}`
}
