import { describe, expect, test } from 'vitest'
import { checkProfile, importProfileSchema } from '../../../src-shared/import/profile.ts'
import { mapRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { shippedCatalogue, today } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()

describe('a suggested profile', () => {
  const header = [
    '序号',
    '干部姓名',
    '与本人关系',
    '产权人',
    '房屋坐落',
    '面积（平方米）',
    '交易价格(万元)',
    '购买时间',
    '*房产性质',
  ]
  const row = ['1', '张三', '配偶', '王芳', '遵义市某路 1 号', '114.78', '36.6', '2008年5月', '商品房']

  test('finds the category and columns by the headings, and units in them', () => {
    const { profile, unmatched, missing } = suggestProfile([header, row], catalogue)
    expect(importProfileSchema.parse(profile)).toEqual(profile)
    expect(profile).toMatchObject({
      header: true,
      encoding: 'utf-8',
      delimiter: ',',
      cadre: { nameColumn: 1 },
      category: { kind: 'fixed', category: 'C2' },
      money: { unit: '万元', currency: 'CNY' },
    })
    expect(Object.fromEntries((profile.fields['C2'] ?? []).map((item) => [item.field, item.column]))).toEqual(
      {
        relation: 2,
        holder: 3,
        address: 4,
        area: 5,
        price: 6,
        acquiredOn: 7,
        nature: 8,
      },
    )
    expect(unmatched).toEqual([0])
    expect(missing).toEqual([])
    expect(checkProfile(profile, catalogue).ok).toBe(true)
  })

  test('reads the table it was suggested for', () => {
    const { profile } = suggestProfile([header, row], catalogue)
    expect(mapRow(profile, catalogue, row, 2, today)).toMatchObject({
      ok: true,
      draft: {
        cadreName: '张三',
        values: {
          relation: '10',
          holder: '王芳',
          area: '114.78',
          price: { amount: 36_600_000, currency: 'CNY' },
          acquiredOn: '2008-05',
          nature: '01',
        },
      },
    })
  })

  test('takes the encoding and delimiter that were found, and a header that is known', () => {
    const { profile } = suggestProfile([row], catalogue, { header, encoding: 'gb18030', delimiter: '\t' })
    expect(profile).toMatchObject({
      header: true,
      encoding: 'gb18030',
      delimiter: '\t',
      cadre: { nameColumn: 1 },
    })
    expect(profile.fields['C2']).toHaveLength(7)
  })

  test('names the required fields that it found no column for', () => {
    const { missing } = suggestProfile([['干部姓名', '建筑面积', '产权性质', '不动产权证号']], catalogue)
    expect(missing).toEqual(['C2.relation', 'C2.address'])
  })

  test('gives each column of money its own unit', () => {
    const { profile } = suggestProfile(
      [['申报人', '关系', '证券名称', '数量', '单价(元)', '总市值【万元】', '品种']],
      catalogue,
    )
    expect(profile.money.unit).toBe('元')
    expect(profile.fields['C3']).toEqual(
      expect.arrayContaining([
        { column: 4, field: 'unitValue' },
        { column: 5, field: 'value', unit: '万元' },
      ]),
    )
  })

  test('takes an amount without a unit for yuan beside amounts in ten thousand', () => {
    const { profile } = suggestProfile(
      [['申报人', '关系', '证券名称', '总市值(万元)', '单价', '品种']],
      catalogue,
    )
    expect(profile.fields['C3']).toEqual(
      expect.arrayContaining([{ column: 4, field: 'unitValue', unit: '元' }]),
    )
  })

  test('keeps 姓名 of a family table for the relative when the cadre has a heading of their own', () => {
    const { profile } = suggestProfile(
      [['干部姓名', '称谓', '姓名', '出生年月', '工作单位及职务']],
      catalogue,
    )
    expect(profile.category).toEqual({ kind: 'fixed', category: 'A3' })
    expect(profile.cadre).toEqual({ nameColumn: 0 })
    expect(profile.fields['A3']).toContainEqual({ column: 2, field: 'name' })
  })

  test('uses 姓名 and 身份证号 of a roster both for the cadre and for the record', () => {
    const { profile, missing } = suggestProfile(
      [['姓名', '性别', '民族', '出生年月', '身份证号', '政治面貌', '职务', '入党时间']],
      catalogue,
    )
    expect(profile.category).toEqual({ kind: 'fixed', category: 'A1' })
    expect(profile.cadre).toEqual({ nameColumn: 0, identityColumn: 4 })
    expect(profile.fields['A1']).toEqual(
      expect.arrayContaining([
        { column: 0, field: 'name' },
        { column: 4, field: 'identityNumber' },
      ]),
    )
    expect(missing).toEqual([])
  })

  test('sends rows to several categories when a column names them', () => {
    const { profile } = suggestProfile(
      [
        ['干部姓名', '采集类别', '关系', '具体地址', '说明', '财产类别'],
        ['张三', 'C2', '本人', '某路', '', ''],
        ['张三', '境内存款、车辆及其他财产', '本人', '', '某银行', '存款'],
        ['张三', '别的', '本人', '', '', ''],
      ],
      catalogue,
    )
    expect(profile.category).toEqual({
      kind: 'table',
      column: 1,
      table: [
        { match: 'C2', category: 'C2' },
        { match: '境内存款、车辆及其他财产', category: 'C7' },
      ],
    })
    expect(Object.keys(profile.fields)).toEqual(['C2', 'C7'])
    expect(checkProfile(profile, catalogue).ok).toBe(true)
  })

  test('for a table without headings finds the column of names and maps nothing', () => {
    const { profile, unmatched } = suggestProfile(
      [
        ['1', '2020-01-01', '강창희', '100'],
        ['2', '2020-01-02', '김   현', '200'],
      ],
      catalogue,
    )
    expect(profile.header).toBe(false)
    expect(profile.cadre.nameColumn).toBe(2)
    expect(Object.values(profile.fields).flat()).toEqual([])
    expect(unmatched).toEqual([])
  })

  test('is complete in shape for a table of nothing', () => {
    for (const sample of [[], [[]], [['']]]) {
      const { profile } = suggestProfile(sample, catalogue)
      expect(importProfileSchema.safeParse(profile).success).toBe(true)
    }
  })
})
