import { parsePartialDate } from '../catalogue/dates.ts'
import { findCategory } from '../catalogue/read.ts'
import type { Catalogue } from '../catalogue/schema.ts'
import { postLines } from './career.ts'
import { assessmentsOf, awardsOf } from './form-prose.ts'
import type { ImportProfile } from './profile.ts'
import type { TableRow } from './rows.ts'
import type { TableNotice } from './source.ts'

/**
 * The appointment form 干部任免审批表 as the exchange file `.lrmx`: one XML document, root `Person`, elements in pinyin.
 * It becomes the rows of a table like any other, so that every value is checked, shown at its field, and mended in
 * quarantine by the same means.
 */
export interface AppointmentForm {
  /** Texts by element, without those inside `JiaTingChengYuan`. */
  readonly fields: ReadonlyMap<string, string>
  readonly family: readonly ReadonlyMap<string, string>[]
  readonly hasPhoto: boolean
  /** Paths of elements that hold text and are not of the form. */
  readonly unknown: readonly string[]
}

const education = ['XueLi', 'XueWei', 'XueLi_BiYeYuanXiaoXi', 'XueWei_BiYeYuanXiaoXi'] as const

export const formElements: ReadonlySet<string> = new Set([
  'XingMing',
  'XingBie',
  'ChuShengNianYue',
  'MinZu',
  'JiGuan',
  'ChuShengDi',
  'RuDangShiJian',
  'CanJiaGongZuoShiJian',
  'JianKangZhuangKuang',
  'ZhuanYeJiShuZhiWu',
  'ShuXiZhuanYeYouHeZhuanChang',
  ...education.map((name) => `QuanRiZhiJiaoYu_${name}`),
  ...education.map((name) => `ZaiZhiJiaoYu_${name}`),
  'XianRenZhiWu',
  'NiRenZhiWu',
  'NiMianZhiWu',
  'JianLi',
  'JiangChengQingKuang',
  'NianDuKaoHeJieGuo',
  'RenMianLiYou',
  'ChengBaoDanWei',
  'JiSuanNianLingShiJian',
  'TianBiaoShiJian',
  'TianBiaoRen',
  'ShenFenZheng',
  'ZhaoPian',
  'Version',
])
export const familyElements: ReadonlySet<string> = new Set([
  'ChengWei',
  'XingMing',
  'ChuShengRiQi',
  'ZhengZhiMianMao',
  'GongZuoDanWeiJiZhiWu',
])

/** Of the proposed appointment and of the form itself: no fact about the person yet. */
const leftOut = [
  'NiRenZhiWu',
  'NiMianZhiWu',
  'RenMianLiYou',
  'ChengBaoDanWei',
  'JiSuanNianLingShiJian',
  'TianBiaoShiJian',
  'TianBiaoRen',
]

const targets: readonly (readonly [string, readonly string[]])[] = [
  [
    'A1',
    [
      'name',
      'sex',
      'people',
      'birth',
      'identityNumber',
      'nativePlace',
      'birthPlace',
      'politicalStatus',
      'partyDate',
      'workStarted',
      'education',
      'degree',
      'school',
      'position',
      'note',
    ],
  ],
  ['A2', ['from', 'to', 'organization', 'position', 'note']],
  ['A3', ['relation', 'name', 'birth', 'politicalStatus', 'workplace']],
  ['D6', ['kind', 'name', 'on', 'authority']],
  ['D9', ['year', 'grade', 'comment']],
]
const columns = targets.flatMap(([category, fields]) => fields.map((field) => `${category}.${field}`))
const leading = 3

/** The mapping of a form's rows: fixed, because the form is. Fields that the catalogue does not have are left out. */
export function formProfile(catalogue: Catalogue): ImportProfile {
  const known = targets.flatMap(([id, fields]) => {
    const category = findCategory(catalogue, id)
    if (category === null) return []
    const present = fields.filter((field) => category.fields.some((one) => one.id === field))
    return [[id, present] as const]
  })
  return {
    name: '干部任免审批表',
    source: '组织人事',
    encoding: 'utf-8',
    header: true,
    delimiter: ',',
    cadre: { nameColumn: 0, identityColumn: 1 },
    category: { kind: 'table', column: 2, table: known.map(([id]) => ({ match: id, category: id })) },
    fields: Object.fromEntries(
      known.map(([id, fields]) => [
        id,
        fields.map((field) => ({ column: leading + columns.indexOf(`${id}.${field}`), field })),
      ]),
    ),
    money: { unit: '元', currency: 'CNY' },
    declined: [],
    blank: ['-', '—', '无'],
  }
}

/** Headings of the table that a form becomes. */
export function formHeader(catalogue: Catalogue): readonly string[] {
  return [
    '干部姓名',
    '干部身份证号',
    '采集类别',
    ...columns.map((place) => {
      const [id = '', field = ''] = place.split('.')
      const category = findCategory(catalogue, id)
      const label = category?.fields.find((one) => one.id === field)?.label ?? field
      return `${category?.name ?? id}·${label}`
    }),
  ]
}

/** The form as rows: the header is row 1. */
export function formRows(
  form: AppointmentForm,
  catalogue: Catalogue,
): { readonly rows: readonly TableRow[]; readonly notices: readonly TableNotice[] } {
  const text = (element: string): string => form.fields.get(element)?.trim() ?? ''
  const notices: TableNotice[] = form.unknown.map((element) => ({
    code: 'form-unknown',
    params: { element },
  }))
  if (form.hasPhoto) notices.push({ code: 'form-photo', params: {} })
  for (const element of leftOut) {
    if (text(element) !== '') notices.push({ code: 'form-left-out', params: { element } })
  }
  const name = text('XingMing')
  const identity = text('ShenFenZheng')
  const rows: TableRow[] = [{ row: 1, cells: formHeader(catalogue) }]
  const add = (category: string, values: Readonly<Record<string, string>>): void => {
    const cells = [name, identity, category, ...columns.map(() => '')]
    for (const [field, value] of Object.entries(values)) {
      cells[leading + columns.indexOf(`${category}.${field}`)] = value
    }
    rows.push({ row: rows.length + 1, cells })
  }
  add('A1', personOf(text, catalogue))
  for (const post of postLines(text('JianLi'))) add('A2', { ...post })
  for (const item of form.family) {
    const of = (element: string): string => item.get(element)?.trim() ?? ''
    if ([...familyElements].every((element) => of(element) === '')) continue
    add('A3', {
      relation: of('ChengWei'),
      name: of('XingMing'),
      birth: of('ChuShengRiQi'),
      politicalStatus: of('ZhengZhiMianMao'),
      workplace: of('GongZuoDanWeiJiZhiWu'),
    })
  }
  const { awards, sanctions } = awardsOf(text('JiangChengQingKuang'))
  for (const award of awards) add('D6', { ...award })
  if (sanctions > 0) notices.push({ code: 'form-sanction', params: { count: sanctions } })
  for (const assessment of assessmentsOf(text('NianDuKaoHeJieGuo'))) add('D9', { ...assessment })
  return { rows, notices }
}

function personOf(text: (element: string) => string, catalogue: Catalogue): Readonly<Record<string, string>> {
  const fullTime = text('QuanRiZhiJiaoYu_XueLi')
  const inService = text('ZaiZhiJiaoYu_XueLi')
  const later = isHigher(inService, fullTime, catalogue)
  const road = later ? 'ZaiZhiJiaoYu' : 'QuanRiZhiJiaoYu'
  return {
    name: text('XingMing'),
    sex: text('XingBie'),
    people: text('MinZu'),
    birth: text('ChuShengNianYue'),
    identityNumber: text('ShenFenZheng'),
    nativePlace: text('JiGuan'),
    birthPlace: text('ChuShengDi'),
    ...partyOf(text('RuDangShiJian')),
    workStarted: text('CanJiaGongZuoShiJian'),
    education: text(`${road}_XueLi`),
    degree: text(`${road}_XueWei`),
    school: text(`${road}_XueLi_BiYeYuanXiaoXi`) || text(`${road}_XueWei_BiYeYuanXiaoXi`),
    position: text('XianRenZhiWu'),
    note: noteOf(text),
  }
}

/** The form has one place for both: a date alone is that of joining the Communist Party, else the party is named. */
function partyOf(text: string): { readonly politicalStatus: string; readonly partyDate: string } {
  const plain = text.replace(/[()（）]/g, ' ').trim()
  if (plain === '') return { politicalStatus: '', partyDate: '' }
  if (parsePartialDate(plain).ok) return { politicalStatus: '中共党员', partyDate: plain }
  const match = /^(\D*?)[\s:：]*(\d{4}[\d.年月日/-]*)?\s*(\D*)$/.exec(plain)
  const words = `${match?.[1] ?? ''}${match?.[3] ?? ''}`.replace(/加入|时间|[;；,，、]/g, '').trim()
  return { politicalStatus: match === null ? plain : words, partyDate: match?.[2] ?? '' }
}

/** Whether `a` is a higher schooling than `b`, by the order of the code table; a word it does not know never is. */
function isHigher(a: string, b: string, catalogue: Catalogue): boolean {
  if (a === '') return false
  if (b === '') return true
  const items = catalogue.codeTables.find((table) => table.id === 'education')?.items ?? []
  const rank = (word: string): number =>
    items.findIndex((item) => item.label === word || item.synonyms?.includes(word) === true)
  return rank(a) >= 0 && (rank(b) < 0 || rank(a) < rank(b))
}

/** What the catalogue has no field of its own for stays readable in the note. */
function noteOf(text: (element: string) => string): string {
  const schooling = (road: string): string =>
    [...new Set(education.map((name) => text(`${road}_${name}`)).filter((part) => part !== ''))].join(' ')
  const parts: readonly (readonly [string, string])[] = [
    ['健康状况', text('JianKangZhuangKuang')],
    ['专业技术职务', text('ZhuanYeJiShuZhiWu')],
    ['熟悉专业有何专长', text('ShuXiZhuanYeYouHeZhuanChang')],
    ['全日制教育', schooling('QuanRiZhiJiaoYu')],
    ['在职教育', schooling('ZaiZhiJiaoYu')],
  ]
  return parts.flatMap(([label, value]) => (value === '' ? [] : [`${label}：${value}`])).join('\n')
}
