import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordView, RevisionView } from '../../src-shared/contract/views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let row: Row

const entered = {
  kind: '02',
  document: '监处〔2026〕3号',
  authority: '县监察委员会',
  on: '2026-03-02',
  until: '2027-03-02',
  facts: '违规收受礼金。',
  basis: '政务处分法第三十四条',
}
const critical = { kind: '02', document: '监处(2026)3号', on: '2026-03-02', until: '2027-03-02' }

async function sanction(): Promise<Row> {
  const upload = await vault.upload('inspector', '处分决定.txt', Buffer.from('处分决定书'))
  const entry = { ...talk(cadre, upload), category: 'E5', values: entered }
  return { ...(await vault.submit(cadre, entry, 'inspector')), compartment: 'discipline' }
}

async function read(login: string): Promise<{ record: RecordView; revision: RevisionView }> {
  const record = await vault.value(login, 'record.read', { record: row.record })
  return { record, revision: record.revisions[0]! }
}

async function type(login: string, values: Record<string, string>) {
  const { record, revision } = row
  return await vault.call(login, 'review.rekey', { record, revision, values })
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('李四光')
  row = await sanction()
})

afterAll(() => vault.close())

describe('a sanction, whose critical fields are typed again', () => {
  test('shows a reviewer none of them, nowhere, before they have typed them', async () => {
    const { record, revision } = await read('first')
    expect(record.may).toContain('rekey')
    expect(record.may).not.toContain('decide')
    expect([...revision.rekey!.withheld].sort()).toEqual(['document', 'kind', 'on', 'until'])
    expect(revision.evidence).toHaveLength(1)
    const queue = await vault.value('first', 'review.queue', { kind: 'to-review', after: null, limit: 10 })
    const workbench = await vault.value('first', 'workbench.read', {})
    const dossier = await vault.value('first', 'cadre.read', { cadre, at: null })
    expect(queue.items.map((item) => item.record)).toContain(row.record)
    const seen = JSON.stringify([record, queue, workbench, dossier])
    for (const value of ['监处', '2026-03-02', '2027-03-02']) expect(seen).not.toContain(value)
    expect(seen).toContain('违规收受礼金')
  })

  test('shows its author and the approver all of it', async () => {
    for (const login of ['inspector', 'approver']) {
      const { revision } = await read(login)
      expect(revision.values).toMatchObject(entered)
      expect(revision.rekey?.withheld).toEqual([])
    }
  })

  test('takes no opinion from a reviewer who has not typed', async () => {
    expect(await vault.decide(row, 'first')).toMatchObject({ error: { code: 'review/rekey' } })
  })

  test('takes no field that was not asked for, and none that the catalogue refuses', async () => {
    expect(await type('first', { ...critical, facts: '无' })).toMatchObject({
      error: { code: 'call/invalid-input' },
    })
    expect(await type('first', { ...critical, on: '2026-02-30' })).toMatchObject({
      error: { code: 'entry/invalid-values' },
    })
  })

  test('is compared by the machine, width and spacing apart, and shown then', async () => {
    const typed = await type('first', critical)
    expect(typed).toMatchObject({ ok: true })
    expect(typed.ok && typed.value.lines.filter(({ agrees }) => !agrees)).toEqual([
      expect.objectContaining({ field: 'document' }),
    ])
    const { record, revision } = await read('first')
    expect(record.may).toContain('decide')
    expect(revision.values).toMatchObject(entered)
    expect(revision.rekey).toMatchObject({ withheld: [] })
    expect(revision.rekey!.lines).toHaveLength(4)
  })

  test('is typed once: who has seen the entry does not type blind any more', async () => {
    expect(await type('first', { ...critical, document: entered.document })).toMatchObject({
      error: { code: 'review/not-open-for-opinion' },
    })
  })

  test('is agreed to in spite of a difference only with words', async () => {
    expect(await vault.decide(row, 'first')).toMatchObject({ error: { code: 'review/rekey-differs' } })
    expect(
      await vault.decide(row, 'first', 'agree', '文号括号为全角六角括号，复核人录成圆括号'),
    ).toMatchObject({
      ok: true,
    })
  })

  test('tells the other reviewer nothing of what the first typed or thinks', async () => {
    const { record, revision } = await read('second')
    expect(record.may).toContain('rekey')
    expect(revision.rekey?.lines).toBe(null)
    expect(revision.opinions).toEqual([expect.objectContaining({ sealed: true, rekey: null })])
    const typed = await type('second', { ...critical, document: entered.document })
    expect(typed.ok && typed.value.lines.every(({ agrees }) => agrees)).toBe(true)
    expect(await vault.decide(row, 'second')).toMatchObject({ ok: true })
  })

  test('is opened with what each typed beside what was entered, and signed', async () => {
    expect(await vault.open(row)).toMatchObject({ ok: true })
    const { revision } = await read('approver')
    const differences = revision.opinions.map(
      ({ rekey }) => rekey?.filter(({ agrees }) => !agrees).map(({ field }) => field) ?? null,
    )
    expect(differences.sort()).toEqual([[], ['document']])
    expect(await vault.sign(row)).toMatchObject({ ok: true })
    expect(await vault.status(row, 'inspector')).toBe('archived')
  })

  test('verifies from the stored bytes, tables derived anew', async () => {
    const report = await vault.verify(await vault.keys())
    expect(report.compartments.flatMap(({ fault, differences }) => [fault, ...differences])).toEqual([
      null,
      null,
      null,
    ])
    expect(report.verified).toBe(true)
  })
})
