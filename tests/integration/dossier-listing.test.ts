import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import ExcelJS from 'exceljs'
import { everyDossier, type ListColumn, type ListingQuery } from '../../src-shared/contract/listing.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { rebuildListing } from '../../src-main/vault/listing.ts'
import { regrant } from '../helpers/grant.ts'
import { loan, newJob, talk, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let zhang: Id
let li: Id
let ouyang: Id

const lowered = 'clerk'

async function list(changes: Partial<ListingQuery> = {}, by = 'collector') {
  const query = { ...everyDossier, ...changes }
  return await vault.value(by, 'dossier.list', { query, from: 0, count: 200 })
}

async function names(changes: Partial<ListingQuery> = {}, by = 'collector') {
  return (await list(changes, by)).items.map(({ name }) => name)
}

async function openCadre(name: string, identityNumber: string | null, post: string | null): Promise<Id> {
  return (await vault.value('collector', 'cadre.open', { name, identityNumber, post })).cadre
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  zhang = await openCadre('张三丰', '11010519491231002X', '清河镇镇长')
  ouyang = await openCadre('欧阳修', null, '会计')
  li = await openCadre('李四', null, '会计')
  await vault.archive(await vault.submit(zhang))
  const paper = async () => [{ upload: await vault.upload('collector', '任免.txt', Buffer.from('任免')) }]
  await vault.archive(
    await vault.submit(li, {
      category: 'A2',
      evidence: await paper(),
      values: { from: '2020-01-01', organization: '清河镇财政所', position: '所长' },
    }),
  )
  await vault.archive(
    await vault.submit(li, {
      category: 'A2',
      evidence: await paper(),
      values: { from: '2010-01-01', to: '2019-12-31', organization: '白水村', position: '会计' },
    }),
  )
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
  const row = await vault.submit(ouyang, talk(ouyang, upload), 'inspector')
  await vault.archive({ ...row, compartment: 'discipline' })
  for (const role of ['collector', 'reviewer'] as const) await regrant(vault, lowered, role, 2)
})

afterAll(() => vault.close())

describe('the list', () => {
  test('stands in the order of the dictionary, and backwards', async () => {
    expect(await names()).toEqual(['李四', '欧阳修', '张三丰'])
    expect(await names({ descending: true })).toEqual(['张三丰', '欧阳修', '李四'])
  })

  test('is read from any place of it', async () => {
    const part = await vault.value('collector', 'dossier.list', { query: everyDossier, from: 1, count: 1 })
    expect(part.items.map(({ name }) => name)).toEqual(['欧阳修'])
    expect(part.total).toBe(3)
  })

  test('knows the unit of the post that has no end, and puts who has none last', async () => {
    const [first] = (await list({ sort: 'unit' })).items
    expect(first).toMatchObject({ name: '李四', unit: '清河镇财政所', archived: 2 })
    expect(await names({ unit: '清河镇财政所' })).toEqual(['李四'])
    expect(await names({ unit: '白水村' })).toEqual([])
  })

  test('stands by the newest change', async () => {
    expect(await names({ sort: 'changed', descending: true })).toEqual(['李四', '张三丰', '欧阳修'])
  })

  test('takes filters together', async () => {
    expect(await names({ post: '会计' })).toEqual(['李四', '欧阳修'])
    expect(await names({ post: '会计', missing: 'A2' })).toEqual(['欧阳修'])
    expect(await names({ missing: 'C6' })).toEqual(['李四', '欧阳修'])
    expect(await names({ missing: 'any' })).toEqual(['李四', '欧阳修', '张三丰'])
    expect(await names({ withoutIdentity: true })).toEqual(['李四', '欧阳修'])
  })

  test('says how much of what is asked of everybody is there', async () => {
    const { asked } = await vault.value('collector', 'dossier.facets', {})
    expect(asked).toContain('C6')
    expect(asked).not.toContain('E1')
    const [line] = (await list({ search: '张三丰' })).items
    expect(line).toMatchObject({ filled: 1, asked: asked.length })
  })

  test('shows a change as soon as it is made', async () => {
    const before = (await list()).total
    await openCadre('周七', null, null)
    expect((await list()).total).toBe(before + 1)
  })
})

describe('the search', () => {
  test.each([
    ['part of a name', '三丰', ['张三丰']],
    ['one character', '修', ['欧阳修']],
    ['initials', 'zsf', ['张三丰']],
    ['a later initial', 'sf', ['张三丰']],
    ['the end of the ID number', '002x', ['张三丰']],
    ['a post', '镇长', ['张三丰']],
    ['text of an archived fact', '同乡', ['张三丰']],
    ['text with marks between', '清河镇 财政', ['李四']],
    ['the quotes and words of a query language', '"三丰" OR name:*', []],
    ['nothing that anybody said', '查无此人', []],
  ])('finds by %s', async (_, search, found) => {
    expect(await names({ search })).toEqual(found)
  })

  test('puts whom a name means before whoever is mentioned', async () => {
    const found = await names({ search: '会计' })
    expect(found).toEqual(['李四', '欧阳修'])
    expect(await names({ search: '四' })).toEqual(['李四'])
  })

  test('names category and field, and quotes only what is read without a purpose', async () => {
    const [li] = (await list({ search: '财政所' })).items
    expect(li?.hits).toMatchObject([
      { category: 'A2', field: 'organization', text: '清河镇财政所', from: 3, to: 6 },
    ])
    const [zhang] = (await list({ search: '同乡' })).items
    expect(zhang?.hits).toMatchObject([{ category: 'C6', field: 'description', text: '' }])
  })

  test('finds a corrected fact by what it says now alone', async () => {
    const [hit] = (await list({ search: '同乡' })).items[0]?.hits ?? []
    const { revisions } = await vault.record(hit?.record ?? '')
    const parent = revisions[0]?.revision ?? ''
    const values = { ...loan(zhang).values, description: '借给表弟' }
    await vault.archive(await vault.submit(zhang, { record: hit?.record ?? '', parent, values }))
    expect(await names({ search: '同乡' })).toEqual([])
    expect(await names({ search: '表弟' })).toEqual(['张三丰'])
  })

  test('finds discipline for those alone who hold its key', async () => {
    expect(await names({ search: '廉政谈话' }, 'inspector')).toEqual(['欧阳修'])
    expect(await list({ search: '廉政谈话' })).toEqual({ items: [], total: 0, isCut: false, pending: 0 })
  })

  test('finds and counts nothing above the level of whoever searches', async () => {
    expect((await list({ search: '表弟' }, lowered)).total).toBe(0)
    expect((await list({ search: '002x' }, lowered)).total).toBe(0)
    expect((await list({ withoutIdentity: true }, lowered)).total).toBe(0)
    expect((await list({ missing: 'C6' }, lowered)).total).toBe(0)
    expect(await names({ search: '财政所' }, lowered)).toEqual(['李四'])
    const [line] = (await list({ search: '张三丰' }, lowered)).items
    expect(line).toMatchObject({ identityTail: null, archived: 0, filled: 0 })
  })

  test('orders by the newest change that the reader sees', async () => {
    const seen = await names({ sort: 'changed' }, lowered)
    expect(seen.indexOf('张三丰')).toBeLessThan(seen.indexOf('李四'))
    const all = await names({ sort: 'changed' })
    expect(all.indexOf('张三丰')).toBeGreaterThan(all.indexOf('李四'))
  })
})

describe('tags', () => {
  test('are set, filtered by, and taken off', async () => {
    await vault.value('collector', 'cadre.tag', { cadre: zhang, tag: '班子成员', act: 'set' })
    await vault.value('approver', 'cadre.tag', { cadre: zhang, tag: '重点岗位', act: 'set' })
    expect((await list({ tag: '班子成员' })).items).toMatchObject([{ tags: ['班子成员', '重点岗位'] }])
    const { tags } = await vault.value('collector', 'dossier.facets', {})
    expect(tags).toEqual([
      { value: '班子成员', count: 1 },
      { value: '重点岗位', count: 1 },
    ])
    await vault.value('approver', 'cadre.tag', { cadre: zhang, tag: '班子成员', act: 'unset' })
    expect(await names({ tag: '班子成员' })).toEqual([])
  })

  test('are one in whatever width they are typed', async () => {
    await vault.value('collector', 'cadre.tag', { cadre: li, tag: 'Ａ类', act: 'set' })
    await vault.value('collector', 'cadre.tag', { cadre: li, tag: 'a类', act: 'set' })
    expect((await list({ search: '李四' })).items[0]?.tags).toEqual(['Ａ类'])
  })

  test('are not put on by a reviewer', async () => {
    const input = { cadre: li, tag: '我的', act: 'set' } as const
    expect(await vault.refusal('first', 'cadre.tag', input)).toBe('call/not-permitted')
  })
})

describe('views', () => {
  test('are kept for the member who made them, and mark what is in them', async () => {
    const query = { ...everyDossier, post: '会计' }
    const view = { name: '会计', query, isMark: true }
    const { id } = await vault.value('collector', 'view.save', { id: null, view })
    expect(await vault.value('collector', 'view.list', {})).toEqual({ views: [{ id, ...view }] })
    expect(await vault.value('first', 'view.list', {})).toEqual({ views: [] })
    expect((await list({ search: '李四' })).items[0]?.marks).toEqual(['会计'])
    expect((await list({ search: '李四' }, 'first')).items[0]?.marks).toEqual([])
    const renamed = { ...view, name: '全体会计', isMark: false }
    await vault.value('collector', 'view.save', { id, view: renamed })
    expect((await list({ search: '李四' })).items[0]?.marks).toEqual([])
    expect(await vault.refusal('first', 'view.drop', { id })).toBe('call/not-found')
    await vault.value('collector', 'view.drop', { id })
    expect(await vault.value('collector', 'view.list', {})).toEqual({ views: [] })
  })
})

describe('a list that leaves the vault', () => {
  const exporting = (changes: Partial<ListingQuery> = {}, kind = 'report') => ({
    query: { ...everyDossier, ...changes },
    purpose: { kind, words: '' },
    folder: vault.outside,
  })

  test('is an .xlsx of names and posts with who, when and what for in its first line', async () => {
    await vault.value('collector', 'cadre.tag', { cadre: li, tag: '=1+1', act: 'set' })
    const input = { ...exporting({ post: '会计' }), columns: ['name', 'post', 'tags'] as ListColumn[] }
    const { file, lines, copy } = await vault.value('collector', 'dossier.export', input)
    expect(lines).toBe(2)
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(file)
    const rows = book.worksheets[0]!.getSheetValues().slice(1) as unknown as unknown[][]
    expect(rows[0]?.[1]).toMatch(/清河镇.*用户 collector.*2026.*报告编制/)
    expect(rows.slice(1).map((row) => row.slice(1))).toEqual([
      ['姓名', '职务', '标签'],
      ['李四', '会计', "'=1+1、Ａ类"],
      ['欧阳修', '会计'],
    ])
    const { items } = await vault.value('approver', 'register.list', {
      id: copy,
      kind: null,
      cadre: null,
      after: null,
      limit: 10,
    })
    expect(items).toMatchObject([{ kind: 'copy', form: 'list', records: 2, status: 'made', cadre: '' }])
  })

  test('needs a purpose, and something in it', async () => {
    const columns: ListColumn[] = ['name']
    const without = { ...exporting(), columns, purpose: { kind: 'unknown', words: '' } }
    expect(await vault.refusal('collector', 'dossier.export', without)).toBe('access/purpose-unknown')
    const nothing = { ...exporting({ post: '没有' }), columns }
    expect(await vault.refusal('collector', 'dossier.export', nothing)).toBe('disclosure/nothing-to-copy')
  })
})

test('the list and its search are the same when they are derived anew', async () => {
  const { database } = (await vault.session('inspector')).vault.compartments.get('archive')!
  const everything = () => [
    database
      .prepare(
        `SELECT cadre, name, pinyin, post, unit, identity_reversed, changed_at, have_a, have_b, have_c, have_d, have_e
         FROM dossier_line ORDER BY cadre`,
      )
      .all(),
    database
      .prepare(
        'SELECT cadre, record, category, words FROM fact_row JOIN fact_text ON fact_text.rowid = row ORDER BY cadre, record',
      )
      .all(),
    database
      .prepare(
        `SELECT cadre, dossier_text.name, initials, dossier_text.post FROM dossier_line
         JOIN dossier_text ON dossier_text.rowid = row ORDER BY cadre`,
      )
      .all(),
  ]
  const before = everything()
  expect(before.every((rows) => rows.length > 1)).toBe(true)
  database.transaction(() => rebuildListing(database))()
  expect(everything()).toEqual(before)
  await vault.value('inspector', 'log.rebuild', { job: newJob() })
  expect(everything()).toEqual(before)
  expect((await vault.verify(await vault.keys())).verified).toBe(true)
})
