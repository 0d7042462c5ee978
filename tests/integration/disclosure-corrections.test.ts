import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CorrectionItem } from '../../src-shared/contract/disclosure.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { openedAccess } from '../helpers/access-entries.ts'
import { forge } from '../helpers/forgery.ts'
import { loan, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let row: Row

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  row = await vault.submit(cadre)
  await vault.archive(row)
})

afterAll(() => vault.close())

const letter = {
  field: 'amount',
  words: '实为 30 万元',
  receivedOn: '2026-11-20',
  way: 'letter',
  reference: '来信3号',
} as const

async function ask(changes: Partial<InputOf<'correction.request'>> = {}, by = 'clerk'): Promise<Id> {
  const input = { cadre, category: 'C6', record: row.record, ...letter, ...changes }
  return (await vault.value(by, 'correction.request', input)).request
}

async function item(login: string, id: Id): Promise<CorrectionItem | undefined> {
  const input = { id, kind: null, cadre: null, after: null, limit: 1 } as const
  const [found] = (await vault.value(login, 'register.list', input)).items
  return found as CorrectionItem | undefined
}

async function correct(request: Id, amount: number): Promise<Row> {
  const head = (await vault.record(row.record)).head
  const values = { ...loan(cadre).values, amount: { amount, currency: 'CNY' } }
  return await vault.submit(cadre, { record: row.record, parent: head, values, request })
}

describe('a correction request', () => {
  test('is on record with what the cadre says, how it came, and until when it is answered', async () => {
    const id = await ask()
    expect(await item('approver', id)).toMatchObject({
      status: 'open',
      cadreName: '张三丰',
      category: 'C6',
      record: row.record,
      field: '金额',
      words: '实为 30 万元',
      way: 'letter',
      reference: '来信3号',
      receivedOn: '2026-11-20',
      dueOn: '2026-12-20',
      requested: { name: '用户 clerk' },
    })
  })

  test('takes the normal road and ends with the archived revision that names it', async () => {
    const id = await ask()
    const waiting = async (login: string) => {
      const { toCorrect, toAnswer } = await vault.value(login, 'disclosure.tasks', {})
      return {
        correct: toCorrect.some((one) => one.id === id),
        answer: toAnswer.some((one) => one.id === id),
      }
    }
    expect(await waiting('collector')).toEqual({ correct: true, answer: false })
    const corrected = await correct(id, 30_000_000)
    const { revision } = corrected
    expect(await waiting('collector')).toEqual({ correct: false, answer: false })
    const answer = { request: id, outcome: 'corrected', revision, words: '已按凭证更正' } as const
    expect(await vault.refusal('approver', 'correction.answer', answer)).toBe('disclosure/not-archived')
    await vault.archive(corrected)
    expect(await waiting('approver')).toEqual({ correct: false, answer: true })
    expect(await vault.refusal('approver', 'correction.answer', { ...answer, revision: row.revision })).toBe(
      'disclosure/no-revision',
    )
    await vault.value('approver', 'correction.answer', answer)
    expect(await item('collector', id)).toMatchObject({
      status: 'corrected',
      offered: { revision, isArchived: true },
      answered: { name: '用户 approver', words: '已按凭证更正' },
      may: [],
    })
  })

  test('is refused with reasons, and then takes no revision any more', async () => {
    const id = await ask()
    const refuse = { request: id, outcome: 'refused', revision: null, words: '与凭证相符' } as const
    await vault.value('approver', 'correction.answer', refuse)
    expect((await item('collector', id))?.status).toBe('refused')
    expect(await vault.refusal('approver', 'correction.answer', refuse)).toBe('disclosure/already-answered')
    const head = (await vault.record(row.record)).head
    const late = { ...loan(cadre), record: row.record, parent: head, request: id }
    expect(await vault.refusal('collector', 'record.submit', late)).toBe('disclosure/already-answered')
  })

  test('is not answered by who registered it', async () => {
    const id = await ask({}, 'deputy')
    const answer = { request: id, outcome: 'refused', revision: null, words: '不予更正' } as const
    expect(await vault.refusal('deputy', 'correction.answer', answer)).toBe('disclosure/own-request')
    expect((await item('deputy', id))?.may).not.toContain('answer')
  })

  test('takes no revision of another record', async () => {
    const id = await ask()
    const other = { ...loan(cadre), request: id }
    expect(await vault.refusal('collector', 'record.submit', other)).toBe('disclosure/other-record')
  })

  test('is of a day that has come, and of a record of that dossier', async () => {
    const input = { cadre, category: 'C6', record: row.record, ...letter }
    const tomorrow = { ...input, receivedOn: '2026-11-23' }
    expect(await vault.refusal('clerk', 'correction.request', tomorrow)).toBe('call/invalid-input')
    const other = await vault.openCadre('李四')
    expect(await vault.refusal('clerk', 'correction.request', { ...input, cadre: other })).toBe(
      'call/not-found',
    )
  })

  test('about a talk says nothing outside of the discipline compartment', async () => {
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
    const secret = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    await vault.archive({ ...secret, compartment: 'discipline' })
    const about = { category: 'E3', record: secret.record, field: '' }
    expect(await vault.refusal('clerk', 'correction.request', { cadre, ...letter, ...about })).toBe(
      'call/not-found',
    )
    const { commits } = (await vault.value('clerk', 'sync.status', {})).compartments.find(
      ({ compartment }) => compartment === 'archive',
    ) ?? { commits: 0 }
    const id = await ask(about, 'inspector')
    expect(await item('clerk', id)).toBeUndefined()
    expect((await item('approver', id))?.compartment).toBe('discipline')
    const after = (await vault.value('clerk', 'sync.status', {})).compartments
    expect(after.find(({ compartment }) => compartment === 'archive')?.commits).toBe(commits)
  })
})

describe('what is made outside of the program', () => {
  test('changes nothing where it breaks a rule, and the tables still are what the log says', async () => {
    const purpose = { kind: 'lead', words: '' }
    const asked = { cadre, categories: ['E3'], record: null, form: 'print' as const, purpose }
    const { request } = await vault.value('inspector', 'copy.request', asked)
    const { vault: open } = await vault.session('inspector')
    const { member } = open
    forge(open, 'discipline', { member: member.id, role: 'inspector', signer: member.signer }, [
      { operation: { op: 'copy.approve', entity: request }, body: { words: '' } },
    ])
    const page = { id: request, kind: null, cadre: null, after: null, limit: 1 } as const
    expect((await vault.value('inspector', 'register.list', page)).items).toMatchObject([
      { status: 'requested' },
    ])
    expect(await vault.refusal('inspector', 'copy.make', { request, folder: null })).toBe(
      'disclosure/not-approved',
    )
    expect((await vault.verify(await vault.keys())).verified).toBe(true)
  })

  test('a row of the register that somebody set to approved is named', async () => {
    const { compartments } = (await vault.session('inspector')).vault
    compartments.get('discipline')?.database.exec("UPDATE disclosure SET status = 'approved'")
    const report = await vault.verify(await vault.keys())
    expect(report.verified).toBe(false)
    expect(report.compartments.flatMap(({ differences }) => differences.map(({ table }) => table))).toContain(
      'disclosure',
    )
  })
})

test('access entries say what each reading was for', async () => {
  vault.leave()
  const reading = { cadre, at: null, purpose: { kind: 'other', words: '核对年度报告' } }
  await vault.value('first', 'cadre.read', reading)
  await vault.value('collector', 'copy.make', {
    cadre,
    categories: ['C6'],
    record: null,
    purpose: { kind: 'integrity-opinion', words: '' },
    folder: null,
  })
  const all = await openedAccess(vault)
  const entries = all.filter(({ kind }) => kind === 'dossier' || kind === 'print').slice(-2)
  expect(entries).toMatchObject([
    {
      kind: 'dossier',
      purpose: { kind: 'other', words: '核对年度报告' },
      subject: { cadre, cadreName: '张三丰' },
    },
    { kind: 'print', purpose: { kind: 'integrity-opinion', words: null }, subject: { cadre, level: 3 } },
  ])
})
