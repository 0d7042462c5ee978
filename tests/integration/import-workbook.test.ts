import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '../../src-shared/contract/index.ts'
import { newJob, VaultFixture } from '../helpers/vault-fixture.ts'
import { appointmentForm, identityNumber, workbookBytes } from '../helpers/workbooks.ts'

let vault: VaultFixture
let folder: string

beforeAll(async () => {
  vault = await VaultFixture.found()
  folder = mkdtempSync(join(tmpdir(), 'liandang-import-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  return vault.close()
})

type Suggested = OutputOf<'import.suggest'>
type Profile = InputOf<'import.preview'>['profile']

async function upload(name: string, bytes: Uint8Array) {
  return await vault.upload('collector', name, Buffer.from(bytes), 'table')
}

async function suggest(file: string, wanted: Partial<InputOf<'import.suggest'>> = {}): Promise<Suggested> {
  return await vault.value('collector', 'import.suggest', { upload: file, ...wanted })
}

async function previewAs(file: string, profile: Suggested['suggestion']) {
  const input = { upload: file, profile: profile as Profile, job: newJob() }
  return await vault.value('collector', 'import.preview', input)
}

async function take(name: string, bytes: Uint8Array) {
  const file = await upload(name, bytes)
  const found = await suggest(file)
  return { found, preview: await previewAs(file, found.suggestion) }
}

async function commit(session: string) {
  return await vault.value('collector', 'import.commit', { session, reason: '', job: newJob() })
}

async function valuesOf(batch: string) {
  const input = { batch, kind: 'to-review' as const, offset: 0, limit: 100 }
  return (await vault.value('first', 'review.batch', input)).rows
}

const loanHeadings = ['干部姓名', '干部身份证号', '与干部关系', '借贷方向', '说明', '金额(万元)']

describe('a workbook', () => {
  test('becomes records, exact to the fen, below headings that stand under a merged title', async () => {
    const identity = identityNumber('11010519491231002')
    const bytes = await workbookBytes(
      [
        ['2026 年第三季度借贷情况表'],
        loanHeadings,
        ['钟离甲', identity, '本人', '借出', '借给同乡', 0.1 + 0.2],
        ['钟离甲', identity, '本人', '借入', '购房', { formula: "'[1]表'!A1", result: 3.5 }],
      ],
      (sheet) => sheet.mergeCells('A1:F1'),
    )
    const { found, preview } = await take('借贷.xlsx', bytes)
    expect(found).toMatchObject({ kind: 'workbook', sheet: '表', headerRow: 2, from: 'headings' })
    expect(preview).toMatchObject({ rows: 2, accepted: 2, quarantined: 0, cadres: { opened: 1 } })
    const { batch } = await commit(preview.session)
    const rows = await valuesOf(batch)
    expect(rows.map(({ values }) => values['amount'])).toEqual([
      { amount: 300_000, currency: 'CNY' },
      { amount: 3_500_000, currency: 'CNY' },
    ])
    expect(rows.map(({ flags }) => flags)).toEqual([[], ['cell-external:F']])
    const again = await take('又一次.xlsx', bytes)
    expect(again.found.from).toBe('remembered')
    expect(again.preview.importedBefore).toBe('借贷.xlsx')
  })

  test('leaves a mapping that can be dropped once, and no other by guessing its number', async () => {
    const remembered = async () =>
      (await vault.value('collector', 'import.profiles', {})).filter((one) => one.remembered !== null)
    const [mapping] = await remembered()
    const id = Number(mapping?.id)
    expect(await vault.refusal('collector', 'import.forget', { id: id + 1 })).toBe('call/not-found')
    expect(await vault.refusal('collector', 'import.forget', { id })).toBe(null)
    expect(await remembered()).toEqual([])
    expect(await vault.refusal('collector', 'import.forget', { id })).toBe('call/not-found')
  })

  test('keeps rows with an error value, a lost number or a merged amount back', async () => {
    const bytes = await workbookBytes(
      [
        loanHeadings,
        ['钟离乙', null, '本人', '借出', '一', { error: '#REF!' }],
        ['钟离乙', 110105194912310000, '本人', '借出', '二', 1],
        ['钟离乙', null, '本人', '借出', '三', 5],
        ['钟离乙', null, '本人', '借出', '四', null],
      ],
      (sheet) => sheet.mergeCells('F4:F5'),
    )
    const { preview } = await take('借贷二.xlsx', bytes)
    const input = { session: preview.session, kind: 'quarantined' as const, offset: 0, limit: 10 }
    const { rows } = await vault.value('collector', 'import.rows', input)
    expect(rows.map(({ row, problems }) => [row, problems[0]?.code, problems[0]?.column])).toEqual([
      [2, 'cell-error', 5],
      [3, 'cell-precision', 1],
      [5, 'cell-merged', 5],
    ])
  })

  test('lets the sheet and the row of the headings be chosen', async () => {
    const bytes = await workbookBytes([['别的']], (_, workbook) => {
      const other = workbook.addWorksheet('借贷')
      for (const row of [['x', 'y'], loanHeadings, ['钟离丙', null, '本人', '借出', '说明', 1]])
        other.addRow(row)
    })
    const file = await upload('两张表.xlsx', bytes)
    const found = await suggest(file)
    expect(found.sheets.map(({ name }) => name)).toEqual(['表', '借贷'])
    const other = await suggest(file, { sheet: '借贷' })
    expect(other.headerRow).toBe(2)
    expect((await previewAs(file, other.suggestion)).accepted).toBe(1)
    const lower = await suggest(file, { sheet: '借贷', headerRow: 3 })
    expect(lower.sample[0]?.[0]).toBe('钟离丙')
    expect(await vault.refusal('collector', 'import.suggest', { upload: file, sheet: '没有' })).toBe(
      'import/sheet-missing',
    )
  })
})

describe('an appointment form', () => {
  test('fills 基本信息, 履历 and 家庭成员 of one cadre, and says what it leaves out', async () => {
    const { found, preview } = await take('钟离未.lrmx', Buffer.from(appointmentForm()))
    expect(found).toMatchObject({ kind: 'form', from: 'form' })
    expect(found.notices.map(({ code }) => code)).toEqual(['form-photo', 'form-left-out'])
    expect(preview.byCategory).toEqual([
      { category: 'A1', rows: 1 },
      { category: 'A2', rows: 3 },
      { category: 'A3', rows: 2 },
      { category: 'D6', rows: 1 },
      { category: 'D9', rows: 2 },
    ])
    expect(preview.cadres.opened).toBe(1)
    const { batch, quarantined } = await commit(preview.session)
    expect(quarantined).toBe(1)
    const rows = await valuesOf(batch)
    expect(rows.find(({ category }) => category === 'A1')?.values).toMatchObject({
      name: '钟离未',
      sex: '1',
      birth: '1978-05',
      politicalStatus: '01',
      partyDate: '2001-07',
      education: '20',
      degree: '4',
    })
    const posts = rows.filter(({ category }) => category === 'A2').map(({ values }) => values)
    expect(posts).toMatchObject([
      { from: '1998-07', to: '2001-03', organization: '某县某镇财政所', position: '科员' },
      { from: '2001-03', to: '2010-11', organization: '某县财政局', position: '预算股股长' },
      { from: '2010-11', organization: '某县财政局', position: '党组成员、副局长' },
    ])
  })
})

test('a form that tells of a sanction is not kept, and what it says of it not imported', async () => {
  const form = appointmentForm({
    XingMing: '钟离戌',
    ShenFenZheng: identityNumber('11010519780512007'),
    JiangChengQingKuang: '2019年受到党内警告处分',
  })
  const { preview } = await take('钟离戌.lrmx', Buffer.from(form))
  expect(preview.notices.map(({ code }) => code)).toContain('form-sanction')
  expect(preview.byCategory.map(({ category }) => category)).toEqual(['A1', 'A3', 'D9'])
  const input = { session: preview.session, kind: 'quarantined' as const, offset: 0, limit: 10 }
  const { rows } = await vault.value('collector', 'import.rows', input)
  expect(rows.flatMap(({ problems }) => problems.map(({ code }) => code))).toContain('evidence-required')
  expect(JSON.stringify(rows)).not.toContain('警告')
})

describe('a row of quarantine', () => {
  test('is mended in place, keeps what it was, and goes on', async () => {
    const bytes = await workbookBytes([
      loanHeadings,
      ['钟离丁', null, '本人', '借出', '好的', 1],
      ['钟离丁', null, '本人', '借出', '要改的', '三万左右'],
    ])
    const { preview } = await take('借贷三.xlsx', bytes)
    await commit(preview.session)
    const list = await vault.value('collector', 'quarantine.list', { after: 0, limit: 500 })
    const row = list.rows.at(-1)!
    const read = await vault.value('collector', 'quarantine.read', { id: row.id })
    expect(read.ready).toBe(false)
    const cells = read.cells.with(5, '3')
    const half = await vault.value('collector', 'quarantine.mend', { id: row.id, cells, cadre: null })
    // The dossier was opened meanwhile; a name alone is for a person to decide.
    expect(half.problems.map(({ code }) => code)).toEqual(['cadre-undecided'])
    const candidate = half.person!.candidates[0]!
    expect(candidate.reasons).toContain('only-namesake')
    const whole = await vault.value('collector', 'quarantine.mend', {
      id: row.id,
      cells,
      cadre: candidate.cadre,
    })
    expect(whole.ready).toBe(true)
    const retried = await vault.value('collector', 'quarantine.retry', {
      ids: [row.id],
      reason: '电话核实',
      job: newJob(),
    })
    expect(retried).toMatchObject({ accepted: 1, remaining: 0, opened: 0 })
    const [written] = await valuesOf(retried.batch)
    expect(written?.values['amount']).toEqual({ amount: 3_000_000, currency: 'CNY' })
    expect(written?.flags).toEqual(['matched-by-hand', 'mended-by-hand'])
    expect(await vault.refusal('collector', 'quarantine.read', { id: row.id })).toBe('call/not-found')
  })
})

describe('a name without a number', () => {
  test('waits for a person, and goes where the person says', async () => {
    const cadre = await vault.openCadre('钟离戊')
    const bytes = await workbookBytes([loanHeadings, ['钟离戊', null, '本人', '借出', '说明', 1]])
    const { preview } = await take('借贷四.xlsx', bytes)
    expect(preview).toMatchObject({ accepted: 0, quarantined: 1, cadres: { ambiguous: 1 } })
    const people = await vault.value('collector', 'import.people', {
      session: preview.session,
      undecided: true,
      offset: 0,
      limit: 10,
    })
    expect(people.people[0]).toMatchObject({ name: '钟离戊', rows: 1, candidates: [{ cadre }] })
    const decided = await vault.value('collector', 'import.decide', {
      session: preview.session,
      decisions: [{ person: people.people[0]!.person, cadre }],
    })
    expect(decided).toMatchObject({ accepted: 1, quarantined: 0 })
    const rows = await valuesOf((await commit(preview.session)).batch)
    expect(rows.map(({ flags }) => flags)).toEqual([['matched-by-hand']])
  })
})

test('a template that is filled in maps itself', async () => {
  const { file } = await vault.value('collector', 'import.template', { category: 'C7', folder })
  const workbook = new excel.Workbook()
  await workbook.xlsx.readFile(file)
  const sheet = workbook.worksheets[0]!
  const headings = Array.from({ length: sheet.rowCount }, (_, index) => sheet.getRow(index + 1)).find((row) =>
    String(row.getCell(1).value).startsWith('干部姓名'),
  )!
  const values: Readonly<Record<string, string | number>> = { '干部姓名*': '钟离己' }
  const row = sheet.getRow(headings.number + 1)
  headings.eachCell((cell, column) => {
    const text = String(cell.value)
    const value = values[text] ?? (text.endsWith('*') ? '存款' : null)
    if (value !== null) row.getCell(column).value = value
  })
  const { found, preview } = await take('模板.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))
  expect(found.suggestion.category).toEqual({ kind: 'fixed', category: 'C7' })
  expect(found.headerRow).toBe(headings.number)
  expect(preview.rows).toBe(1)
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK')
})

test('a folder is imported file by file, each whole or not at all, and goes on where it was broken off', async () => {
  const source = mkdtempSync(join(folder, 'files-'))
  const loans = async (name: string) =>
    await workbookBytes([loanHeadings, [name, null, '本人', '借出', '说明', 1]])
  writeFileSync(join(source, '一.xlsx'), await loans('钟离庚'))
  writeFileSync(join(source, '二.csv'), `${loanHeadings.join(',')}\r\n钟离辛,,本人,借出,说明,2\r\n`)
  writeFileSync(
    join(source, '三.lrmx'),
    appointmentForm({ XingMing: '钟离壬', ShenFenZheng: identityNumber('11010519780512005') }),
  )
  writeFileSync(join(source, '坏.xlsx'), Buffer.from('PK\x03\x04 no workbook'))
  writeFileSync(join(source, '旧.xls'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
  const run = await vault.value('collector', 'import.check-folder', { folder: source, job: newJob() })
  expect(run.files.map(({ name, state, failure }) => [name, state, failure])).toEqual(
    expect.arrayContaining([
      ['一.xlsx', 'waiting', null],
      ['二.csv', 'waiting', null],
      ['三.lrmx', 'waiting', null],
      ['坏.xlsx', 'refused', 'import/broken-workbook'],
      ['旧.xls', 'refused', 'import/old-excel'],
    ]),
  )
  const broken = await vault.call(
    'collector',
    'import.run',
    { run: run.run, reason: '', job: newJob() },
    AbortSignal.abort(),
  )
  expect(broken).toMatchObject({ ok: false, error: { code: 'call/cancelled' } })
  writeFileSync(join(source, '二.csv'), 'changed')
  const done = await vault.value('collector', 'import.run', { run: run.run, reason: '', job: newJob() })
  const states = Object.fromEntries(done.files.map(({ name, state, failure }) => [name, failure ?? state]))
  expect(states).toEqual({
    '一.xlsx': 'done',
    '二.csv': 'import/file-changed',
    '三.lrmx': 'done',
    '坏.xlsx': 'import/broken-workbook',
    '旧.xls': 'import/old-excel',
  })
  const again = await vault.value('collector', 'import.run', { run: run.run, reason: '', job: newJob() })
  expect(again.files).toEqual(done.files)
  const once = await vault.value('collector', 'import.check-folder', { folder: source, job: newJob() })
  expect(once.files.find(({ name }) => name === '一.xlsx')?.failure).toBe('import/imported-before')
})

test('after all of this the vault is sound', async () => {
  const report = await vault.value('inspector', 'log.verify', { job: newJob() })
  expect(report.verified).toBe(true)
})
