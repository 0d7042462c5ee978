import { describe, expect, test } from 'vitest'
import { mapColumn } from '../../../src-renderer/features/import/profile-edit.ts'
import { checkProfile, type ImportProfile } from '../../../src-shared/import/profile.ts'
import { mapRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { templateOf } from '../../../src-shared/import/template.ts'
import { templateWords } from '../../../src-shared/i18n/zh-CN/template.ts'
import { category, shippedCatalogue, today } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()
const headings = [
  '干部姓名',
  '兼职单位',
  '统一社会信用代码',
  '单位性质',
  '兼任职务',
  '起始时间',
  '终止时间',
  '报酬明细',
]
const row = ['张三', '清河实业', '91520304ma11900560', '国有企业', '顾问', '2020.5', '', '2023|顾问费|100']

function suggested(header: readonly string[] = headings): ImportProfile {
  return suggestProfile([header, row], catalogue, { sheet: 'D1 兼职取酬' }).profile
}

function map(cells: readonly string[], profile = suggested()) {
  return mapRow(profile, catalogue, cells, 2, today)
}

describe('a table that parts what is one value here', () => {
  test('is known by its headings', () => {
    const profile = suggested()
    expect(profile.fields['D1']).toEqual(
      expect.arrayContaining([
        { column: 1, field: 'organization', part: 'name' },
        { column: 2, field: 'organization', part: 'code' },
        { column: 5, field: 'period', part: 'from' },
        { column: 6, field: 'period', part: 'to' },
      ]),
    )
    expect(checkProfile(profile, catalogue).ok).toBe(true)
  })

  test('becomes whole values; a blank end goes on, and a cell may hold several rows', () => {
    expect(map(row)).toMatchObject({
      ok: true,
      draft: {
        values: {
          organization: '清河实业（91520304MA11900560）',
          period: '2020-05/..',
          payments: [{ year: '2023', kind: '顾问费', amount: { amount: 10_000, currency: 'CNY' } }],
        },
      },
    })
  })

  test('says at the first of its columns what is wrong', () => {
    const problems = (cells: readonly string[]) => {
      const outcome = map(cells)
      return outcome.ok ? [] : outcome.problems.map(({ column, field, code }) => [column, field, code])
    }
    expect(problems(row.with(2, '91520304MA11900561'))).toEqual([[1, 'organization', 'credit-code-check']])
    expect(problems(row.with(6, '2019'))).toEqual([[5, 'period', 'order']])
    expect(problems(row.with(7, '见附件'))).toEqual([[7, 'payments', 'rows-form']])
  })

  test('may also hold the whole in one cell', () => {
    const whole = suggested(headings.with(5, '兼职期间').with(6, '其他'))
    expect(whole.fields['D1']).toContainEqual({ column: 5, field: 'period' })
    expect(map(row.with(5, '2020.05-2021.06'), whole)).toMatchObject({
      draft: { values: { period: '2020-05/2021-06' } },
    })
  })
})

describe('a mapping of parts', () => {
  test('names each part once, of a kind that has it, and not beside the whole', () => {
    const faults = (...mappings: ImportProfile['fields'][string]) => {
      const checked = checkProfile({ ...suggested(), fields: { D1: mappings } }, catalogue)
      return checked.ok ? [] : checked.error.detail?.['unknown']
    }
    const from = { column: 5, field: 'period', part: 'from' } as const
    expect(faults(from, { ...from, column: 6, part: 'to' })).toEqual([])
    expect(faults(from, { ...from, column: 6 })).toEqual(['D1.period'])
    expect(faults(from, { column: 6, field: 'period' })).toEqual(['D1.period'])
    expect(faults({ column: 6, field: 'period' }, from)).toEqual(['D1.period'])
    expect(faults({ ...from, field: 'position' })).toEqual(['D1.position'])
    expect(faults({ ...from, part: 'code' })).toEqual(['D1.period'])
  })

  test('is changed a column at a time, and the whole takes the place of its parts', () => {
    const parted = suggested()
    const slots = (profile: ImportProfile) =>
      profile.fields['D1']
        ?.filter(({ field }) => field === 'period')
        .map(({ column, part }) => [column, part])
    expect(slots(mapColumn(parted, 'D1', 7, 'period', 'to'))).toEqual([
      [5, 'from'],
      [7, 'to'],
    ])
    expect(slots(mapColumn(parted, 'D1', 7, 'period'))).toEqual([[7, undefined]])
    expect(slots(mapColumn(mapColumn(parted, 'D1', 7, 'period'), 'D1', 5, 'period', 'from'))).toEqual([
      [5, 'from'],
    ])
  })
})

test('a template has no column for what is chosen on the spot, and says how rows are written', () => {
  const columns = (id: string) => templateOf(category(catalogue, id), catalogue, templateWords).columns
  expect(columns('D4').map(({ heading }) => heading)).not.toContain('涉及的干部')
  const payments = columns('D1').find(({ heading }) => heading === '报酬明细')
  expect(payments?.guidance).toContain('年度 | 名目 | 金额（元）')
})
