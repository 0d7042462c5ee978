import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { ImportPreview } from '../../src-shared/contract/import.ts'
import { maximumOperations } from '../../src-shared/log/operations.ts'
import { newJob, people, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture

beforeAll(async () => {
  vault = await VaultFixture.found({
    people: [...people, { login: 'finance', roles: ['collector'], categories: ['C7'] }],
  })
})

afterAll(() => vault.close())

type Profile = InputOf<'import.preview'>['profile']

/** 干部, 身份证号, 与干部关系, 借贷方向, 说明, 金额(万元). */
const loans: Profile = {
  name: '借贷登记表',
  source: '财务',
  encoding: 'utf-8',
  header: true,
  delimiter: ',',
  cadre: { nameColumn: 0, identityColumn: 1 },
  category: { kind: 'fixed', category: 'C6' },
  fields: {
    C6: [
      { column: 2, field: 'relation' },
      { column: 3, field: 'direction' },
      { column: 4, field: 'description' },
      { column: 5, field: 'amount' },
    ],
  },
  money: { unit: '万元', currency: 'CNY' },
  declined: ['拒绝申报'],
  none: ['无此情况'],
  blank: ['-'],
}

/** GB 11643-1999: the check digit of 17 digits is that of ISO 7064 MOD 11-2. */
function identityNumber(digits: string): string {
  const sum = [...digits].reduce((rest, digit) => (2 * (rest + Number(digit))) % 11, 0)
  return digits + ('10X98765432'[sum] as string)
}

const header = '姓名,身份证号,关系,方向,说明,金额'
let names = 0
let person: string

beforeEach(() => {
  person = `赵${String.fromCodePoint(0x4e00 + names++)}`
})

async function preview(
  lines: readonly string[],
  profile: Profile = loans,
  by = 'collector',
): Promise<ImportPreview> {
  const text = `${header}\r\n${lines.join('\r\n')}\r\n`
  const bytes = profile.encoding === 'utf-8' ? Buffer.from(text) : iconv.encode(text, 'gb18030')
  const upload = await vault.upload(by, '借贷.csv', bytes, 'table')
  return await vault.value(by, 'import.preview', { upload, profile, job: newJob() })
}

async function commit({ session }: ImportPreview, by = 'collector') {
  return await vault.value(by, 'import.commit', { session, reason: '季度填报', job: newJob() })
}

async function archiveSize(): Promise<number> {
  const { compartments } = await vault.value('collector', 'sync.status', {})
  return compartments.find(({ compartment }) => compartment === 'archive')?.commits ?? 0
}

describe.each([
  ['utf-8', identityNumber('11010519491231002')],
  ['gb18030', identityNumber('11010519491231004')],
] as const)('a table in %s', (encoding, identity) => {
  test('becomes records of the people it names, in one signed commit', async () => {
    const size = await archiveSize()
    const lines = [
      `${person},${identity},本人,借出,借给同乡,3.5`,
      `${person},${identity},配偶,借入,购房,-`,
      `${person}甲,,本人,借入,垚㛃㙓字号,1`,
    ]
    const seen = await preview(lines, { ...loans, encoding })
    expect(seen).toMatchObject({
      rows: 3,
      accepted: 3,
      quarantined: 0,
      repeats: 0,
      cadres: { known: 0, opened: 2, ambiguous: 0 },
      byCategory: [{ category: 'C6', rows: 3 }],
    })
    expect(await archiveSize()).toBe(size)
    const done = await commit(seen)
    expect(await archiveSize()).toBe(size + 1)
    const { rows, total } = await vault.value('first', 'review.batch', {
      batch: done.batch,
      kind: 'to-review',
      offset: 0,
      limit: 10,
    })
    expect(total).toBe(3)
    expect(rows.map(({ values }) => [values['description'], values['amount']])).toEqual([
      ['借给同乡', { amount: 3_500_000, currency: 'CNY' }],
      ['购房', undefined],
      ['垚㛃㙓字号', { amount: 1_000_000, currency: 'CNY' }],
    ])
  })
})

describe('a table', () => {
  test('keeps rows that cannot be read, whole and with what is wrong, until a person settles them', async () => {
    const { total: before } = await vault.value('collector', 'quarantine.list', { after: 0, limit: 500 })
    const bad = `${person},,本人,借出,说明,三万左右`
    const seen = await preview([bad, `${person},,本人,借出,说明,3`, `${person},123,本人,借出,说明,3`])
    expect(seen).toMatchObject({ rows: 3, accepted: 1, quarantined: 2 })
    expect((await commit(seen)).quarantined).toBe(2)
    const { rows, total } = await vault.value('collector', 'quarantine.list', { after: 0, limit: 500 })
    expect(total).toBe(before + 2)
    const [first, second] = rows.slice(-2)
    expect(first?.cells).toEqual(bad.split(','))
    expect(first).toMatchObject({
      row: 2,
      file: '借贷.csv',
      problems: [{ code: 'money-unreadable', column: 5 }],
    })
    expect(second?.row).toBe(4)
    await vault.value('collector', 'quarantine.settle', { ids: [first!.id], words: '电话核实，另行录入' })
    const after = await vault.value('collector', 'quarantine.list', { after: 0, limit: 500 })
    expect(after.rows.map(({ id }) => id)).not.toContain(first!.id)
    expect(after.rows.map(({ id }) => id)).toContain(second!.id)
  })

  test('keeps rows that repeat another, and says so', async () => {
    const line = `${person},,本人,借出,说明,3`
    const seen = await preview([line, `${person},,本人,借出,另一笔,3`, line])
    expect(seen).toMatchObject({ accepted: 3, repeats: 1 })
    const { batch } = await commit(seen)
    const { rows } = await vault.value('first', 'review.batch', {
      batch,
      kind: 'to-review',
      offset: 0,
      limit: 10,
    })
    expect(rows.map(({ flags }) => flags)).toEqual([[], [], ['repeat-of:2']])
  })

  test('tells what was declined, what there is none of and what was left blank', async () => {
    const seen = await preview([
      `${person},,本人,拒绝申报,,`,
      `${person},,本人,无此情况,,`,
      `${person},,本人,借出,说明,拒绝申报`,
      `${person},,本人,借出,说明,-`,
      `${person},,本人,借出,说明,0`,
    ])
    expect(seen).toMatchObject({ accepted: 4, quarantined: 1, declined: 1 })
    const { batch } = await commit(seen)
    const { rows } = await vault.value('first', 'review.batch', {
      batch,
      kind: 'to-review',
      offset: 0,
      limit: 10,
    })
    expect(rows.map(({ declaration }) => declaration)).toEqual(['declined', 'none', 'present', 'present'])
    expect(rows.map(({ values }) => values['amount'])).toEqual([
      undefined,
      undefined,
      undefined,
      { amount: 0, currency: 'CNY' },
    ])
  })

  test('leaves to a person whom a shared name means', async () => {
    await vault.openCadre(person)
    await vault.openCadre(person)
    const seen = await preview([`${person},,本人,借出,说明,3`])
    expect(seen).toMatchObject({ accepted: 0, quarantined: 1, cadres: { ambiguous: 1 } })
    expect(
      await vault.refusal('collector', 'import.commit', { session: seen.session, reason: '', job: newJob() }),
    ).toBe('import/nothing-to-accept')
  })

  test('is committed once', async () => {
    const seen = await preview([`${person},,本人,借出,说明,3`])
    await commit(seen)
    const again = { session: seen.session, reason: '', job: newJob() }
    expect(await vault.refusal('collector', 'import.commit', again)).toBe('import/unknown-session')
    expect(await vault.refusal('clerk', 'import.commit', again)).toBe('import/unknown-session')
  })

  test('in a category that was not granted is not committed, and leaves nothing', async () => {
    const size = await archiveSize()
    const { total } = await vault.value('finance', 'quarantine.list', { after: 0, limit: 1 })
    const seen = await preview(
      [`${person},,本人,借出,说明,3`, `${person},,本人,借出,说明,三`],
      loans,
      'finance',
    )
    expect(
      await vault.refusal('finance', 'import.commit', { session: seen.session, reason: '', job: newJob() }),
    ).toBe('authority/category-not-granted')
    expect(await archiveSize()).toBe(size)
    expect((await vault.value('finance', 'quarantine.list', { after: 0, limit: 1 })).total).toBe(total)
    const { items } = await vault.value('finance', 'cadre.list', { search: person, after: null, limit: 1 })
    expect(items).toEqual([])
  })

  test('goes nowhere near discipline', async () => {
    const upload = await vault.upload(
      'inspector',
      '谈话.csv',
      Buffer.from(`${header}\r\n${person},,,,,\r\n`),
      'table',
    )
    const profile: Profile = { ...loans, category: { kind: 'fixed', category: 'E3' }, fields: { E3: [] } }
    expect(await vault.refusal('inspector', 'import.preview', { upload, profile, job: newJob() })).toBe(
      'import/mapping-incomplete',
    )
  })

  test('that is no table is refused, not thrown', async () => {
    for (const bytes of [
      Buffer.from([0, 1, 2, 3]),
      Buffer.from([0xff, 0xfe, 0x41, 0]),
      Buffer.from('"a\r\nb'),
    ]) {
      const upload = await vault.upload('collector', 'x.csv', bytes, 'table')
      const code = await vault.refusal('collector', 'import.preview', {
        upload,
        profile: loans,
        job: newJob(),
      })
      expect(code).toMatch(/^import\//)
    }
  })

  test('that is cancelled leaves nothing', async () => {
    const size = await archiveSize()
    const seen = await preview([`${person},,本人,借出,说明,3`])
    const result = await vault.call(
      'collector',
      'import.commit',
      { session: seen.session, reason: '', job: newJob() },
      AbortSignal.abort(),
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'call/cancelled' } })
    expect(await archiveSize()).toBe(size)
    expect((await commit(seen)).accepted).toBe(1)
  })

  test('larger than one commit is several commits of one batch, all in one step', async () => {
    const size = await archiveSize()
    const lines = Array.from(
      { length: maximumOperations + 1 },
      (_, row) => `${person},,本人,借出,第 ${row} 笔,3`,
    )
    const { batch, accepted } = await commit(await preview(lines))
    expect(accepted).toBe(maximumOperations + 1)
    expect(await archiveSize()).toBe(size + 2)
    const { total } = await vault.value('first', 'review.batch', {
      batch,
      kind: 'to-review',
      offset: 0,
      limit: 1,
    })
    expect(total).toBe(maximumOperations + 1)
  })
})

describe('a batch', () => {
  test('is reviewed, opened and signed as a table, and one bad row does not spoil the rest', async () => {
    const { batch } = await commit(
      await preview(['一', '二', '三'].map((what) => `${person},,本人,借出,${what},3`)),
    )
    const rowsIn = async (by: string, kind: 'to-review' | 'to-open' | 'to-sign') =>
      (await vault.value(by, 'review.batch', { batch, kind, offset: 0, limit: 10 })).rows.map(
        ({ record, revision }) => ({ record, revision }),
      )
    const decide = async (by: string, disagree: number) => {
      const rows = await rowsIn(by, 'to-review')
      return await vault.value(by, 'review.decide', {
        compartment: 'archive',
        rows: rows.map((row, index) => ({
          ...row,
          decision: index === disagree ? ('disagree' as const) : ('agree' as const),
          reasons: [],
          marks: [],
          words: '',
        })),
      })
    }
    expect(await decide('first', 1)).toEqual({ done: 3, refused: [] })
    expect(await decide('second', -1)).toEqual({ done: 3, refused: [] })
    const all = await rowsIn('approver', 'to-open')
    expect(await vault.value('approver', 'review.open', { compartment: 'archive', rows: all })).toEqual({
      done: 3,
      refused: [],
    })
    const input = { compartment: 'archive' as const, rows: all, words: '同意归档' }
    expect(await vault.value('approver', 'review.sign', input)).toEqual({
      done: 2,
      refused: [{ ...all[1], code: 'review/not-agreed' }],
      awaitingAbove: 0,
    })
    const batches = await vault.value('collector', 'import.batches', {})
    expect(batches.find((one) => one.batch === batch)).toMatchObject({ accepted: 3, archived: 2 })
    expect(await rowsIn('approver', 'to-sign')).toEqual([])
  })
})

test('after all of this the vault is sound', async () => {
  const report = await vault.value('inspector', 'log.verify', { job: newJob() })
  expect(report.verified).toBe(true)
})
