import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importedFolder } from '../../src-shared/import/arrivals.ts'
import type { Arrival, DifferenceRow } from '../../src-shared/contract/sources.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import { csvText } from '../../src-shared/import/quarantine.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { regrant } from '../helpers/grant.ts'
import { newJob, VaultFixture } from '../helpers/vault-fixture.ts'
import { workbookBytes } from '../helpers/workbooks.ts'

/** The day of the fixture is 2026-11-22. */
const profile: InputOf<'source.set'>['profile'] = {
  name: '不动产登记查询',
  department: '不动产',
  categories: ['C2'],
  cycle: 'quarterly',
  withinWorkingDays: 15,
  check: 'personal-matters',
  from: '2026-07-01',
  ended: false,
}
const headings = ['干部姓名', '与干部关系', '具体地址', '建筑面积']

let vault: VaultFixture
let zhang: Id
let source: Id
let folder: string

async function houseOf(cadre: Id, area: string, declaration: 'present' | 'none' = 'present') {
  const values = declaration === 'none' ? {} : { relation: '01', address: '清河路1号', area }
  return await vault.submit(cadre, { category: 'C2', declaration, values })
}

async function arrived(login = 'collector'): Promise<readonly Arrival[]> {
  return (await vault.value(login, 'source.arrivals', {})).files
}

async function importArrival({ source: from, file, digest }: Arrival, period: string | null) {
  const { upload, name } = await vault.value('collector', 'source.take', {
    source: from,
    file,
    digest: digest ?? '',
  })
  expect(name).toBe(file)
  const { suggestion } = await vault.value('collector', 'import.suggest', { upload })
  const asked = { ...suggestion, source: '别的写法' } as InputOf<'import.preview'>['profile']
  const input = { upload, profile: asked, job: newJob() }
  const { session } = await vault.value('collector', 'import.preview', input)
  const decisions = [{ person: 0, cadre: zhang }]
  await vault.value('collector', 'import.decide', { session, decisions })
  const delivery = { source: from, period }
  return await vault.call('collector', 'import.commit', { session, reason: '', job: newJob(), delivery })
}

async function lines() {
  const { sources } = await vault.value('collector', 'source.list', {})
  return sources.find((one) => one.source === source)?.lines ?? []
}

async function differences(login = 'approver', state: 'open' | 'settled' = 'open') {
  const input = { cadre: null, category: null, state, offset: 0, limit: 50 }
  return (await vault.value(login, 'difference.list', input)).rows
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  zhang = await vault.openCadre('张三丰')
  await vault.archive(await houseOf(zhang, '90'))
  folder = join(vault.outside, '不动产')
  mkdirSync(folder)
})

afterAll(() => vault.close())

describe('who delivers what and by when', () => {
  test('is signed by an approver, under a name of its own, and of categories that are imported', async () => {
    expect(await vault.refusal('inspector', 'source.set', { source: null, profile })).toBe(
      'call/not-permitted',
    )
    const discipline = { ...profile, categories: ['E9'] }
    expect(await vault.refusal('approver', 'source.set', { source: null, profile: discipline })).toBe(
      'source/unfit',
    )
    const nobody = { ...profile, department: '没有的部门' }
    expect(await vault.refusal('approver', 'source.set', { source: null, profile: nobody })).toBe(
      'source/unfit',
    )
    source = (await vault.value('approver', 'source.set', { source: null, profile })).source
    expect(await vault.refusal('approver', 'source.set', { source: null, profile })).toBe('source/name-taken')
  })

  test('shows the quarter that is over and did not come, and by how many days', async () => {
    const [running, over] = await lines()
    expect(running).toMatchObject({ period: '2026-Q4', state: 'later' })
    expect(over).toMatchObject({ period: '2026-Q3', state: 'overdue', due: '2026-10-27', daysLate: 26 })
  })

  test('says of a delivery no more than is read of it', async () => {
    const delivered = { source, period: '2026-Q3', on: '2026-11-20', words: '无'.repeat(501) }
    expect(await vault.refusal('collector', 'source.deliver', delivered)).toBe('call/invalid-input')
  })

  test('takes no period of another cycle, none to come and no day to come', async () => {
    const note = { source, period: '2026-Q3', on: '2026-11-20', words: '来函' }
    for (const wrong of [
      { period: '2026-07' },
      { period: '2027-Q1' },
      { period: null },
      { on: '2026-11-23' },
    ])
      expect(await vault.refusal('collector', 'source.deliver', { ...note, ...wrong })).toBe('source/period')
    expect(await vault.refusal('approver', 'source.deliver', note)).toBe('call/not-permitted')
  })
})

describe('a watched folder', () => {
  test('belongs to one source, and to who may enter all that comes', async () => {
    expect(await vault.refusal('approver', 'source.folder', { source, folder })).toBe('call/not-permitted')
    const nowhere = { source, folder: join(vault.outside, '没有') }
    expect(await vault.refusal('collector', 'source.folder', nowhere)).toBe('bundle/folder-unusable')
    await vault.value('collector', 'source.folder', { source, folder })
    const second = { ...profile, name: '另一来源' }
    const other = (await vault.value('approver', 'source.set', { source: null, profile: second })).source
    expect(await vault.refusal('collector', 'source.folder', { source: other, folder })).toBe(
      'source/folder-taken',
    )
    expect(await arrived()).toEqual([])
  })

  test('offers a whole table, waits for one that is written, names what it does not open, follows no link', async () => {
    const secret = join(vault.outside, '机密.csv')
    writeFileSync(secret, csvText([headings, ['张三丰', '本人', '机密路1号', '1']]))
    symlinkSync(secret, join(folder, '链接.csv'))
    mkdirSync(join(folder, '下级'))
    writeFileSync(join(folder, '下级', '里面.csv'), 'x')
    writeFileSync(join(folder, '~$表.xlsx'), 'x')
    writeFileSync(join(folder, '空.csv'), '')
    writeFileSync(join(folder, '说明.docx'), 'x')
    writeFileSync(join(folder, '坏.xlsx'), Buffer.from([0x50, 0x4b, 3, 4, 9, 9]))
    writeFileSync(join(folder, '三季度.csv'), csvText([headings, ['张三丰', '本人', '清河路1号', '120']]))
    expect((await arrived()).find(({ file }) => file === '三季度.csv')?.state).toBe('arriving')
    for (let look = 0; look < 4; look++) await arrived()
    const byName = Object.fromEntries((await arrived()).map((one) => [one.file, one]))
    expect(Object.keys(byName).sort()).toEqual(
      ['三季度.csv', '坏.xlsx', '空.csv', '说明.docx', '链接.csv'].sort(),
    )
    expect(byName['三季度.csv']).toMatchObject({ state: 'ready', failure: null })
    expect(byName['空.csv']).toMatchObject({ state: 'arriving' })
    expect(byName['链接.csv']).toMatchObject({ state: 'refused', failure: 'source/not-a-file', digest: null })
    expect(byName['说明.docx']).toMatchObject({ state: 'refused', failure: 'import/not-a-table' })
    expect(byName['坏.xlsx']).toMatchObject({ state: 'refused', failure: 'import/broken-workbook' })
    const digest = createHash('sha256')
      .update(csvText([headings]))
      .digest('hex')
    for (const file of ['链接.csv', '../机密.csv', '下级/里面.csv'])
      expect(await vault.refusal('collector', 'source.take', { source, file, digest }), file).not.toBe(null)
  })

  test('gives a file to the import, which notes the delivery, names the source and puts the file away', async () => {
    const ready = (await settledReady())[0] as Arrival
    const done = await importArrival(ready, '2026-Q3')
    expect(done).toMatchObject({ ok: true, value: { accepted: 1 } })
    expect(existsSync(join(folder, '三季度.csv'))).toBe(false)
    expect(readdirSync(join(folder, importedFolder))).toEqual(['三季度.csv'])
    expect((await lines())[1]).toMatchObject({ period: '2026-Q3', state: 'late', deliveredOn: '2026-11-22' })
    const [batch] = await vault.value('collector', 'import.batches', {})
    expect(batch).toMatchObject({ source: '不动产登记查询', file: '三季度.csv' })
  })

  test('does not offer the same bytes again, under whatever name', async () => {
    writeFileSync(join(folder, '重送.csv'), csvText([headings, ['张三丰', '本人', '清河路1号', '120']]))
    for (let look = 0; look < 4; look++) await arrived()
    const again = (await arrived()).find(({ file }) => file === '重送.csv') as Arrival
    expect(again.state).toBe('taken')
    const input = { source, file: again.file, digest: again.digest ?? '' }
    expect(await vault.refusal('collector', 'source.take', input)).toBe('import/imported-before')
  })

  test('gives nothing of a file that changed after it was looked at', async () => {
    const file = '改动.csv'
    writeFileSync(join(folder, file), csvText([headings, ['张三丰', '本人', '南街2号', '50']]))
    for (let look = 0; look < 4; look++) await arrived()
    const looked = (await arrived()).find((one) => one.file === file) as Arrival
    expect(looked.state).toBe('ready')
    writeFileSync(join(folder, file), csvText([headings, ['张三丰', '本人', '南街2号', '55.5']]))
    const input = { source, file, digest: looked.digest ?? '' }
    expect(await vault.refusal('collector', 'source.take', input)).toBe('import/file-changed')
    expect((await arrived()).find((one) => one.file === file)?.state).toBe('arriving')
  })

  test('takes formulas as the values they were saved with', async () => {
    const bytes = await workbookBytes([
      headings,
      ['张三丰', '本人', '北街3号', { formula: '40+2', result: 42 }],
    ])
    writeFileSync(join(folder, '公式.xlsx'), bytes)
    for (let look = 0; look < 4; look++) await arrived()
    const ready = (await arrived()).find(({ file }) => file === '公式.xlsx') as Arrival
    const done = await importArrival(ready, '2026-Q4')
    expect(done).toMatchObject({ ok: true, value: { accepted: 1, quarantined: 0 } })
  })

  test('is not there for who does not see all that it delivers', async () => {
    await regrant(vault, 'clerk', 'collector', 2)
    await regrant(vault, 'clerk', 'reviewer', 2)
    expect(await arrived('clerk')).toEqual([])
    expect((await vault.value('clerk', 'source.list', {})).sources).toEqual([])
    expect(await vault.refusal('clerk', 'source.folder', { source, folder: null })).toBe('call/not-found')
  })
})

async function settledReady(): Promise<readonly Arrival[]> {
  for (let look = 0; look < 4; look++) await arrived()
  return (await arrived()).filter(({ state }) => state === 'ready')
}

describe('where two sources differ', () => {
  let area: DifferenceRow

  test('stands in a list with both, without their values, for who sees the category', async () => {
    const rows = await differences()
    expect(rows.map(({ kind, field }) => [kind, field])).toEqual(
      expect.arrayContaining([
        ['value', 'area'],
        ['unreported', ''],
      ]),
    )
    area = rows.find(({ field }) => field === 'area') as DifferenceRow
    expect(area).toMatchObject({
      cadre: zhang,
      category: 'C2',
      isCheck: true,
      one: { source: { from: '本人' }, status: 'archived' },
      other: { source: { kind: 'import', from: '不动产登记查询' } },
      settled: null,
      judged: null,
    })
    expect(JSON.stringify(rows)).not.toContain('120')
    expect(await differences('clerk')).toEqual([])
  })

  test('tells the values only for a purpose, and enters that they were read', async () => {
    const asked = { difference: area.difference, purpose: null }
    expect(await vault.refusal('approver', 'difference.read', asked)).toBe('access/purpose-needed')
    const purpose = { kind: 'check', words: '' }
    const read = await vault.value('approver', 'difference.read', { ...asked, purpose })
    expect([read.one.values['area'], read.other?.values['area']]).toEqual(['90', '120'])
    expect(await vault.refusal('clerk', 'difference.read', asked)).toBe('call/not-found')
  })

  test('is settled with a reason and a signature, by who answers for it', async () => {
    const settle = {
      difference: area.difference,
      outcome: 'kept' as const,
      words: '查房产证，面积 90 平方米',
    }
    expect(await vault.refusal('collector', 'difference.settle', settle)).toBe('call/not-permitted')
    await vault.value('approver', 'difference.settle', settle)
    expect((await differences()).map(({ difference }) => difference)).not.toContain(area.difference)
    const [settled] = await differences('approver', 'settled')
    expect(settled).toMatchObject({
      difference: area.difference,
      settled: { name: '用户 approver', outcome: 'kept', words: '查房产证，面积 90 平方米' },
    })
  })

  test('is 漏报 or 瞒报 in the discipline compartment alone: who is not cleared learns nothing of it', async () => {
    const judge = { difference: area.difference, fault: 'concealment' as const, words: '瞒报的理由甲乙丙' }
    expect(await vault.refusal('deputy', 'difference.judge', judge)).toBe('call/not-permitted')
    const before = await differences('deputy', 'settled')
    await vault.value('inspector', 'difference.judge', judge)
    const [known] = await differences('inspector', 'settled')
    expect(known?.judged).toMatchObject({ fault: 'concealment', words: '瞒报的理由甲乙丙' })
    expect(await differences('deputy', 'settled')).toEqual(before)
    expect(before[0]).toMatchObject({ judged: null, may: { settle: true, judge: false } })
  })

  test('is open anew when one of the two says something else', async () => {
    const record = area.one.record
    const { revisions } = await vault.record(record)
    const parent = revisions[0]?.revision ?? ''
    const values = { relation: '01', address: '清河路1号', area: '95' }
    const changes = { record, parent, category: 'C2', values, reason: '更正' }
    await vault.archive(await vault.submit(zhang, changes))
    const again = (await differences()).find(({ field }) => field === 'area')
    expect(again).toMatchObject({ settled: null })
    expect(again?.difference).not.toBe(area.difference)
    expect(await differences('approver', 'settled')).toEqual([])
  })

  test('goes when they say the same', async () => {
    const row = (await differences()).find(({ field }) => field === 'area') as DifferenceRow
    const { record, revision } = row.one
    const values = { relation: '01', address: '清河路1号', area: '120' }
    await vault.archive(
      await vault.submit(zhang, { record, parent: revision, category: 'C2', values, reason: '更正' }),
    )
    expect((await differences()).filter(({ field }) => field === 'area')).toEqual([])
  })
})

test('what was planned, delivered and settled follows from the log alone', async () => {
  const keys = await vault.keys()
  const report = await vault.verify(keys)
  expect(report.verified).toBe(true)
  const before = await vault.value('collector', 'source.list', {})
  const settledBefore = await differences('inspector', 'open')
  await vault.value('inspector', 'log.rebuild', { job: newJob() })
  expect(await vault.value('collector', 'source.list', {})).toEqual(before)
  expect(await differences('inspector', 'open')).toEqual(settledBefore)
})
