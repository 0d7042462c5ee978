import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { regrant } from '../helpers/grant.ts'
import { loan, newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
const lowered = 'clerk'

beforeAll(async () => {
  vault = await VaultFixture.found()
  for (const role of ['collector', 'reviewer'] as const) await regrant(vault, lowered, role, 2)
})
afterAll(() => vault.close())
beforeEach(async () => {
  cadre = await vault.openCadre('张三丰')
})

type Entry = Partial<InputOf<'record.submit'>>

const passport = (number: string, validUntil: string): Entry => ({
  category: 'B2',
  values: { kind: '01', number, issuer: '出入境管理局', issuedOn: '2016-05-01', validUntil, keeper: '01' },
})
const trip = {
  kind: '02',
  destination: '泰国',
  from: '2026-05-01',
  to: '2026-05-10',
  reason: '旅游',
  approver: '县委组织部',
  document: '组批〔2026〕1号',
  travelDocument: 'E12345678',
  funding: '02',
}
const deposit: Entry = {
  category: 'C7',
  values: { relation: '01', kind: '01', description: '定期', value: { amount: 10_000_000, currency: 'CNY' } },
}

async function tripRow(explanations: InputOf<'record.submit'>['explanations'] = []): Promise<Row> {
  const upload = await vault.upload('collector', '批件.txt', new TextEncoder().encode('同意'))
  return await vault.submit(cadre, { category: 'B3', values: trip, evidence: [{ upload }], explanations })
}

async function checked(by: string, category: string, values: Entry['values'], record: Id | null = null) {
  const { findings } = await vault.value(by, 'record.check', {
    record,
    cadre,
    category,
    values: values ?? {},
  })
  return findings.map(({ code }) => code)
}

describe('an entry held against the others of the dossier', () => {
  test('is remarked upon while it is typed, by what was submitted and by what is archived', async () => {
    expect(await checked('collector', 'B3', trip)).toEqual(['record-missing'])
    const row = await vault.submit(cadre, passport('E12345678', '2026-05-01'))
    expect(await checked('collector', 'B3', trip)).toEqual(['record-expired'])
    await vault.archive(row)
    expect(await checked('collector', 'B3', trip)).toEqual(['record-expired'])
    await vault.submit(cadre, passport('E99999999', '2030-05-01'))
    expect(await checked('collector', 'B3', { ...trip, travelDocument: 'E99999999' })).toEqual([])
  })

  test('is not held against itself, nor against what was taken back', async () => {
    const row = await vault.submit(cadre, passport('E12345678', '2030-05-01'))
    const values = passport('E12345678', '2030-05-01').values
    expect(await checked('collector', 'B2', values, row.record)).toEqual([])
    expect(await checked('collector', 'B2', values)).toEqual(['same-value'])
    await vault.value('collector', 'record.withdraw', { ...row, reason: '' })
    expect(await checked('collector', 'B2', values)).toEqual([])
  })

  test('is refused where the catalogue calls it an error', async () => {
    await vault.submit(cadre, passport('E12345678', '2030-05-01'))
    const again = { ...loan(cadre), ...passport('E12345678', '2031-05-01') }
    const refused = await vault.call('collector', 'record.submit', again)
    expect(refused).toMatchObject({
      error: { code: 'entry/invalid-values', detail: { findings: ['same-value'] } },
    })
    const other = await vault.openCadre('李四光')
    expect(await vault.refusal('collector', 'record.submit', { ...again, cadre: other })).toBeNull()
  })

  test('is told to those who review it, with what the clerk says of it', async () => {
    const explanation = {
      code: 'record-missing',
      field: 'travelDocument',
      category: 'B2',
      words: '旧护照已收回',
    }
    const row = await tripRow([explanation])
    const [revision] = (await vault.record(row.record, 'first')).revisions
    expect(revision?.findings.map(({ code }) => code)).toEqual(['record-missing'])
    expect(revision?.explanations).toEqual([explanation])
  })

  test('tells nothing of a category above the level of whoever looks', async () => {
    const row = await tripRow([
      { code: 'record-missing', field: 'travelDocument', category: 'B2', words: '旧护照已收回' },
    ])
    expect(await checked(lowered, 'B3', trip, row.record)).toEqual([])
    await vault.submit(cadre, passport('E12345678', '2026-05-01'))
    expect(await checked(lowered, 'B3', trip, row.record)).toEqual([])
    const [revision] = (await vault.record(row.record, lowered)).revisions
    expect(revision?.findings).toEqual([])
    expect(revision?.explanations).toEqual([])
    expect(
      await vault.refusal(lowered, 'record.check', { record: null, cadre, category: 'B2', values: {} }),
    ).toBe('authority/category-not-granted')
  })
})

describe('本期无变化', () => {
  const source = { kind: 'interview', from: '本人', reference: null } as const
  const state = async (category: string, period: string) =>
    await vault.call('collector', 'record.unchanged', {
      cadre,
      statements: [{ category, period }],
      source,
      reason: '季度核对',
    })

  test('is one act for several categories, and each goes the road of any entry', async () => {
    await vault.archive(await vault.submit(cadre, deposit))
    await vault.archive(await vault.submit(cadre, passport('E12345678', '2030-05-01')))
    const house = { category: 'C3', declaration: 'none', values: { relation: '01' } } as const
    await vault.archive(await vault.submit(cadre, house))
    const { records } = await vault.value('collector', 'record.unchanged', {
      cadre,
      statements: [
        { category: 'C7', period: '2026-Q4' },
        { category: 'C3', period: '2026-Q3' },
      ],
      source,
      reason: '',
    })
    expect(records.map(({ category }) => category)).toEqual(['C7', 'C3'])
    for (const row of records) await vault.archive(row)
    const dossier = await vault.value('collector', 'cadre.read', { cadre, at: null })
    const said = dossier.records.map(({ category, head }) => [category, head?.declaration, head?.summary])
    expect(said).toContainEqual(['C7', 'unchanged', '2026年第4季度'])
    expect(said).toContainEqual(['C3', 'unchanged', '2026年第3季度'])
    expect(said).toContainEqual(['C3', 'none', '本人'])
    const [row] = records
    const view = await vault.record(row?.record ?? '', 'collector')
    expect(view.may).not.toContain('correct')
    expect(view.revisions[0]?.period).toBe('2026-Q4')
  })

  test('is said once of a period, of this one or the one before, and of what is archived', async () => {
    expect(await state('C7', '2026-Q4')).toMatchObject({ error: { code: 'entry/nothing-to-confirm' } })
    const row = await vault.submit(cadre, deposit)
    expect(await state('C7', '2026-Q4')).toMatchObject({ error: { code: 'entry/nothing-to-confirm' } })
    await vault.archive(row)
    for (const period of ['2026', '2027-Q1', '2026-Q2'])
      expect(await state('C7', period)).toMatchObject({ error: { code: 'entry/period-closed' } })
    const stated = await state('C7', '2026-Q4')
    expect(stated.ok).toBe(true)
    expect(await state('C7', '2026-Q4')).toMatchObject({ error: { code: 'entry/period-stated' } })
    if (stated.ok) {
      const [first] = stated.value.records
      const back = { record: first?.record ?? '', revision: first?.revision ?? '', reason: '' }
      await vault.value('collector', 'record.withdraw', back)
    }
    expect((await state('C7', '2026-Q4')).ok).toBe(true)
  })

  test('is not for what is asked only when something happens, or wants evidence', async () => {
    expect(await state('C6', '2026')).toMatchObject({ error: { code: 'entry/period-closed' } })
    expect(await state('D1', '2026-Q4')).toMatchObject({ error: { code: 'review/no-evidence' } })
    expect(await state('E3', '2026')).toMatchObject({ error: { code: 'authority/category-not-granted' } })
  })

  test('of 基本信息 leaves the cadre who they are', async () => {
    const values = {
      name: '张三丰',
      sex: '2',
      people: '01',
      birth: '1949-12-31',
      identityNumber: '11010519491231002X',
      politicalStatus: '13',
      workStarted: '1970-07',
      position: '科员',
      postSince: '2020-01',
    }
    await vault.archive(await vault.submit(cadre, { category: 'A1', values }))
    const { records } = await vault.value('collector', 'record.unchanged', {
      cadre,
      statements: [{ category: 'A1', period: '2026' }],
      source,
      reason: '',
    })
    for (const row of records) await vault.archive(row)
    const { cadre: line } = await vault.value('collector', 'cadre.read', { cadre, at: null })
    expect(line).toMatchObject({ name: '张三丰', identityTail: '002X', post: '科员' })
  })
})

test('a row of a file is held against its dossier and the rows before it', async () => {
  await vault.submit(cadre, passport('E12345678', '2030-05-01'))
  const identity = '110105198005060010'
  const { cadre: other } = await vault.value('collector', 'cadre.open', {
    name: '李四光',
    identityNumber: identity,
    post: null,
  })
  await vault.submit(other, passport('E00000001', '2030-05-01'))
  const rows = ['E00000001', 'E00000002', 'E00000002'].map(
    (number) => `李四光,${identity},因私普通护照,${number},出入境管理局,2016-05-01,2030-05-01,组织集中保管`,
  )
  const bytes = new TextEncoder().encode(
    `姓名,身份证号,种类,号码,签发机关,签发,有效期,保管者\n${rows.join('\n')}\n`,
  )
  const upload = await vault.upload('collector', '证件.csv', bytes, 'table')
  const fields = ['kind', 'number', 'issuer', 'issuedOn', 'validUntil', 'keeper']
  const preview = await vault.value('collector', 'import.preview', {
    upload,
    job: newJob(),
    profile: {
      name: '证件',
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      source: '组织部',
      cadre: { nameColumn: 0, identityColumn: 1 },
      category: { kind: 'fixed', category: 'B2' },
      fields: { B2: fields.map((field, index) => ({ column: index + 2, field })) },
      money: { unit: '元', currency: 'CNY' },
      declined: [],
      none: [],
      blank: [],
    },
  })
  expect(preview).toMatchObject({ accepted: 1, quarantined: 2 })
  const refused = await vault.value('collector', 'import.rows', {
    session: preview.session,
    kind: 'quarantined',
    offset: 0,
    limit: 10,
  })
  expect(refused.rows.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
    [2, ['same-value']],
    [4, ['same-value']],
  ])
  await vault.value('collector', 'import.commit', { session: preview.session, reason: '导入', job: newJob() })
  const { rows: kept } = await vault.value('collector', 'quarantine.list', { after: 0, limit: 10 })
  const ids = kept.map(({ id }) => id)
  expect(ids).toHaveLength(2)
  const retried = { ids, reason: '再试', job: newJob() }
  expect(await vault.refusal('collector', 'quarantine.retry', retried)).toBe('import/nothing-to-accept')
})
