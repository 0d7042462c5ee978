import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { listedAccess } from '../helpers/access-list.ts'
import { loan, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id

const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })
const house = (area: string) => ({
  category: 'C2',
  values: { relation: '01', address: '江城市滨河路1号', area, price: yuan(800_000) },
})
const registry = { kind: 'system' as const, from: '不动产登记中心', reference: '2026年第3批' }
const sanctionOf = (document: string) => ({ kind: '02', document, on: '2026-03-02', until: '2027-03-02' })

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('李四光')
})

afterAll(() => vault.close())

const compare = async (row: Row, by: string) =>
  await vault.value(by, 'review.compare', { record: row.record, revision: row.revision })

describe('beside an entry under review', () => {
  let registered: Row
  let declared: Row

  beforeAll(async () => {
    registered = await vault.submit(cadre, { ...house('90.5'), source: registry })
    await vault.archive(registered)
    declared = await vault.submit(cadre, house('85'))
    await vault.submit(cadre, loan(cadre))
    await vault.submit(await vault.openCadre('赵六'), house('70'))
  })

  test('stands what another source says of the same house, named with its day', async () => {
    const { others, findings } = await compare(declared, 'first')
    expect(others).toEqual([
      expect.objectContaining({
        record: registered.record,
        status: 'archived',
        source: registry,
        differing: ['area'],
        isDuplicate: false,
      }),
    ])
    expect(findings).toEqual([
      {
        code: 'source-differs',
        severity: 'warning',
        field: 'area',
        params: { source: '不动产登记中心', day: '2026-11-22' },
      },
    ])
  })

  test('stands a remark when it was entered twice', async () => {
    const again = await vault.submit(cadre, house('85'), 'clerk')
    const { findings } = await compare(again, 'first')
    expect(findings.map(({ code }) => code)).toContain('duplicate-record')
    await vault.return(again, 'first')
    expect((await compare(declared, 'first')).findings.map(({ code }) => code)).toEqual(['source-differs'])
  })

  test('stands what the record itself said before, out of another source', async () => {
    const correction = await vault.submit(cadre, {
      ...house('91'),
      record: registered.record,
      parent: registered.revision,
      reason: '本人更正',
    })
    const row = { record: registered.record, revision: correction.revision }
    const former = (await compare(row, 'first')).others.find(({ record }) => record === registered.record)
    expect(former).toMatchObject({ status: 'archived', source: registry, differing: ['area'] })
  })

  test('is entered as a reading of what others say', async () => {
    await compare(declared, 'second')
    const [newest] = await listedAccess(vault, { kinds: ['record'] })
    expect(newest).toMatchObject({
      subject: { cadre, record: declared.record, category: 'C2', what: 'other-sources', results: 1 },
    })
  })

  test('stands nothing for whom the entry is not there', async () => {
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话'))
    const row = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    const asked = { record: row.record, revision: row.revision }
    expect(await vault.refusal('collector', 'review.compare', asked)).toBe('call/not-found')
  })
})

describe('beside a sanction that is typed blind', () => {
  const rows: Row[] = []

  beforeAll(async () => {
    for (const document of ['监处〔2026〕3号', '监处〔2026〕8号']) {
      const upload = await vault.upload('inspector', '处分决定.txt', Buffer.from(document))
      const values = { ...sanctionOf(document), authority: '监委', facts: '收礼', basis: '政务处分法' }
      const entry = { ...talk(cadre, upload), category: 'E5', values }
      rows.push({ ...(await vault.submit(cadre, entry, 'inspector')), compartment: 'discipline' })
    }
  })

  test('stands nothing before the reviewer has typed it, nor what they are to type after it', async () => {
    const [one, other] = rows as [Row, Row]
    expect(await compare(one, 'first')).toEqual({ withheld: true, others: [], findings: [] })
    const typed = { record: one.record, revision: one.revision, values: sanctionOf('监处〔2026〕3号') }
    await vault.value('first', 'review.rekey', typed)
    expect(await compare(one, 'first')).toMatchObject({ withheld: false, others: [] })
    const again = { record: other.record, revision: other.revision, values: sanctionOf('监处〔2026〕8号') }
    await vault.value('first', 'review.rekey', again)
    expect((await compare(one, 'first')).others).toMatchObject([{ differing: ['document'] }])
  })

  test('counts in the rates of agreement once it is opened, and not while it is sealed', async () => {
    const [one] = rows as [Row]
    const rates = async (from: string | null = null) =>
      await vault.value('inspector', 'review.agreement', { from, until: null })
    const values = { ...sanctionOf('监处〔2026〕3号'), on: '2026-03-20' }
    await vault.value('second', 'review.rekey', { record: one.record, revision: one.revision, values })
    expect(await vault.decide(one, 'first')).toMatchObject({ ok: true })
    expect(await vault.decide(one, 'second', 'agree', '日期看错')).toMatchObject({ ok: true })
    expect(await rates()).toEqual({ entries: 0, isPartial: false, fields: [] })
    expect(await vault.open(one)).toMatchObject({ ok: true })
    expect(await rates()).toEqual({
      entries: 1,
      isPartial: false,
      fields: ['document', 'kind', 'on', 'until'].map((field) => ({
        category: 'E5',
        field,
        agreeing: field === 'on' ? 1 : 2,
        compared: 2,
      })),
    })
    expect((await rates('2026-12-01T00:00:00.000Z')).fields).toEqual([])
  })
})

describe('what a reviewer asked before they returned an entry', () => {
  let row: Row

  beforeAll(async () => {
    row = await vault.submit(cadre)
    const asked = { record: row.record, revision: row.revision, field: 'amount' }
    const { query } = await vault.value('first', 'query.ask', { ...asked, words: '大写与小写不符？' })
    const answer = { record: row.record, query, words: '以大写为准。' }
    await vault.value('collector', 'query.answer', answer)
    await vault.value('second', 'query.ask', { ...asked, words: '另一人的疑问' })
    expect(await vault.return(row, 'first')).toMatchObject({ ok: true })
  })

  test('is read by those who review the next revision, with the answer; what others asked is not', async () => {
    const { cadre: _, ...entry } = loan(cadre)
    await vault.submit(cadre, { ...entry, record: row.record, reason: '按质询更正' })
    const view = await vault.record(row.record, 'property')
    expect(view.queries.map(({ words, answers }) => [words, answers.map((said) => said.words)])).toEqual([
      ['大写与小写不符？', ['以大写为准。']],
      [null, []],
    ])
  })

  test('proves true from the stored bytes, tables derived anew', async () => {
    expect((await vault.verify(await vault.keys())).verified).toBe(true)
  })
})

describe('the register of errors', () => {
  beforeAll(async () => {
    const row = await vault.submit(cadre, { values: { ...loan(cadre).values, description: '另一笔' } })
    await vault.archive(row)
    const unit = await vault.value('collector', 'unit.read', {})
    const traced = unit.members.filter(({ login }) => login === 'collector').map(({ id }) => id)
    const finding = { record: row.record, revision: row.revision, kind: 'omission' as const }
    const words = { found: 'check' as const, fields: [], traced, words: '漏报利率' }
    const { fault } = await vault.value('inspector', 'fault.find', { ...finding, ...words })
    await vault.value('inspector', 'fault.find', { ...finding, ...words, words: '漏报担保' })
    await vault.value('collector', 'fault.answer', { record: row.record, fault, words: '已补' })
  })

  const all = { kind: null, cadre: null, member: null }
  const listed = async (filter: object) =>
    (
      await vault.value('approver', 'fault.list', { ...all, ...filter, mine: false, offset: 0, limit: 50 })
    ).map(({ words }) => words)

  test('is sifted by what is answered, by period and by dossier', async () => {
    expect(await listed({ state: 'open' })).toEqual(['漏报担保'])
    expect(await listed({ state: 'answered' })).toEqual(['漏报利率'])
    expect(
      await listed({ from: '2026-11-22T00:00:00.000Z', until: '2026-11-23T00:00:00.000Z' }),
    ).toHaveLength(2)
    expect(await listed({ until: '2026-11-22T00:00:00.000Z' })).toEqual([])
    expect(await listed({ cadre: await vault.openCadre('钱七') })).toEqual([])
  })

  test('is entered as a print before it is handed out, with how many lines it has', async () => {
    const printed = await vault.value('approver', 'fault.print', { ...all, state: 'open' })
    expect(printed.map(({ words }) => words)).toEqual(['漏报担保'])
    const [newest] = await listedAccess(vault, { kinds: ['print'] })
    expect(newest).toMatchObject({ subject: { what: 'fault-register', results: 1 }, state: 'good' })
  })

  test('is printed by nobody who only answers in it', async () => {
    expect(await vault.refusal('collector', 'fault.print', all)).toBe('call/not-permitted')
  })
})

describe('the form of a leak incident', () => {
  test('is entered as a print, and only one of the register', async () => {
    const { incident } = await vault.value('collector', 'incident.report', {
      foundAt: '2026-11-22T01:00:00.000Z',
      what: '一份登记表',
      who: '',
      carrier: 'paper',
      course: '',
      measures: '',
    })
    expect(await vault.refusal('auditor', 'incident.print', { incident: 'a'.repeat(32) })).toBe(
      'audit/incident',
    )
    await vault.value('auditor', 'access.index', { job: 'b'.repeat(32) })
    expect(await vault.refusal('auditor', 'incident.print', { incident })).toBe(null)
    const [newest] = await listedAccess(vault, { kinds: ['print'] })
    expect(newest).toMatchObject({ subject: { what: 'incident-form' } })
  })
})
