import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHubServer, type HubServer } from '../../src-hub/index.ts'
import type { DirectivesView } from '../../src-shared/contract/log-views.ts'
import type { DirectiveDecision } from '../../src-shared/log/operations.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { deliverAll, foundWithHub, type VaultWithHub } from '../helpers/vault-with-history.ts'
import { newJob, talk, type Row } from '../helpers/vault-fixture.ts'

let office: VaultWithHub
let server: HubServer
let unit: Id
let cadre: Id

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

beforeAll(async () => {
  const port = await freePort()
  office = await foundWithHub({ signedAbove: ['C6', 'E3'] }, `http://127.0.0.1:${port}`)
  server = await startHubServer(office.hub, { port, log: pino({ level: 'silent' }) })
  const { vault } = office
  unit = (await vault.value('approver', 'unit.read', {})).id
  cadre = await vault.openCadre('王五福')
})

afterAll(async () => {
  await server.close()
  await office.close()
})

async function decide(row: Row, decision: DirectiveDecision, words = '') {
  return await office.hub.decide({ unit, revision: row.revision, decision, officer: '周主任', words })
}

/** All directives of a compartment as a file on a stick. */
async function stick(compartment: 'archive' | 'discipline', from = 0): Promise<string> {
  const bundle = await office.hub.directives(unit, compartment, from)
  if (!bundle.ok) throw new Error(bundle.error.code)
  const folder = join(office.vault.outside, newJob())
  mkdirSync(folder)
  const path = join(folder, 'directive.liandang')
  writeFileSync(path, bundle.value)
  return path
}

async function bring(path: string, by = 'approver'): Promise<DirectivesView['decisions']> {
  const view = await office.vault.value(by, 'sync.receive', { path })
  if (!('decisions' in view)) throw new Error('not a directive')
  return view.decisions
}

async function signedHere(): Promise<Row> {
  const row = await office.vault.submit(cadre)
  await office.vault.archive(row)
  return row
}

describe('an entry that wants the signature of the level above', () => {
  let row: Row

  beforeAll(async () => {
    row = await signedHere()
  })

  test('waits in a queue of its own after the approver signed, and is no fact', async () => {
    const { vault } = office
    expect(await vault.status(row)).toBe('awaiting-above')
    const queue = await vault.value('approver', 'review.queue', {
      kind: 'awaiting-above',
      after: null,
      limit: 9,
    })
    expect(queue.items.map(({ revision }) => revision)).toEqual([row.revision])
    const { archived } = await vault.value('approver', 'workbench.read', {})
    expect(archived).toBe(0)
    expect(await vault.record(row.record)).toMatchObject({ head: null })
  })

  test('is unknown above until it is sent, and then shown with all that was said about it', async () => {
    expect(await office.hub.awaited()).toEqual([])
    expect((await decide(row, 'sign')).ok).toBe(false)
    expect(await office.vault.value('approver', 'directive.fetch', {})).toEqual([])
    await deliverAll(office)
    const [awaited, ...others] = await office.hub.awaited()
    expect(others).toEqual([])
    expect(awaited).toMatchObject({ unit, compartment: 'archive', asks: 'sign' })
    if (awaited === undefined) throw new Error('nothing waits')
    const text = await office.hub.describe(awaited)
    if (!text.ok) throw new Error(text.error.code)
    for (const word of [
      '清河镇',
      '王五福',
      '借给同乡',
      '366,000',
      '用户 first',
      '用户 second',
      '同意',
      '责任签字',
    ])
      expect(text.value).toContain(word)
    expect(text.value).not.toContain('异议')
    const { author, signed } = awaited.revision
    if (signed === null) throw new Error('not signed')
    const answer = { hand: signed.hand, outcome: 'unfounded', fault: null, body: signed.body } as const
    const late = [
      { hand: author, act: 'return', body: null, answers: [answer] },
      { hand: author, act: 'withdraw', body: null, answers: [] },
    ] as const
    const objected = await office.hub.describe({ ...awaited, revision: { ...awaited.revision, late } })
    if (!objected.ok) throw new Error(objected.error.code)
    expect(objected.value).toMatch(/迟到异议：用户 collector，\S+\n异议核实：用户 approver，\S+：查无问题/)
    expect(objected.value).toMatch(/迟到异议：用户 collector，\S+（尚待核实）/)
  })

  test('is a fact once the level above signed and the answer came over the network', async () => {
    const { vault, hub } = office
    expect(await decide(row, 'sign')).toMatchObject({ ok: true })
    expect(await hub.awaited()).toEqual([])
    expect(await vault.status(row)).toBe('awaiting-above')
    const [view] = await vault.value('approver', 'directive.fetch', {})
    expect(view?.decisions).toEqual([
      expect.objectContaining({
        revision: row.revision,
        decision: 'sign',
        cadreName: '王五福',
        officer: '周主任',
        office: '县纪委',
        code: null,
      }),
    ])
    expect(await vault.status(row)).toBe('archived')
    const { revisions, head } = await vault.record(row.record)
    expect(head).toBe(row.revision)
    expect(revisions[0]?.directives).toMatchObject([
      { hand: { name: '周主任' }, office: '县纪委', decision: 'sign', seq: 0 },
    ])
  })

  test('stays one however often the answer comes, by either way', async () => {
    const { vault } = office
    expect(await vault.value('approver', 'directive.fetch', {})).toEqual([])
    const path = await stick('archive')
    expect(await bring(path)).toEqual([])
    expect(await bring(path)).toEqual([])
    expect(await vault.status(row)).toBe('archived')
  })

  test('is sent back with reasons, by stick, and never without reasons', async () => {
    const { vault } = office
    const other = await signedHere()
    await deliverAll(office)
    expect(await decide(other, 'return')).toMatchObject({
      ok: false,
      error: { code: 'directive/words-needed' },
    })
    expect(await decide(other, 'uphold')).toMatchObject({ ok: false })
    expect(await decide(other, 'return', '缺少借条')).toMatchObject({ ok: true })
    const decisions = await bring(await stick('archive'))
    expect(decisions).toEqual([
      expect.objectContaining({ decision: 'return', words: '缺少借条', code: null }),
    ])
    expect(await vault.status(other)).toBe('returned')
    const returned = await vault.value('collector', 'review.queue', {
      kind: 'returned',
      after: null,
      limit: 9,
    })
    expect(returned.items.map(({ revision }) => revision)).toContain(other.revision)
  })

  test('of discipline travels only in its own log, which only the cleared read', async () => {
    const { vault } = office
    const upload = await vault.upload('inspector', '谈话.txt', new TextEncoder().encode('谈话记录'))
    const made = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    const secret: Row = { ...made, compartment: 'discipline' }
    await vault.archive(secret)
    await deliverAll(office)
    expect(await decide(secret, 'sign')).toMatchObject({ ok: true })
    const path = await stick('discipline')
    expect(await vault.refusal('collector', 'sync.receive', { path })).toBe('bundle/wrong-recipient')
    expect(await bring(path, 'inspector')).toMatchObject([{ revision: secret.revision, code: null }])
    expect((await vault.record(secret.record, 'inspector')).head).toBe(secret.revision)
  })

  test('verifies, and derives to the same rows from stored bytes', async () => {
    const { vault } = office
    const report = await vault.value('inspector', 'log.verify', { job: newJob() })
    expect(report.compartments.flatMap(({ fault, differences }) => [fault, ...differences])).toEqual([
      null,
      null,
      null,
    ])
    const rebuilt = await vault.value('inspector', 'log.rebuild', { job: newJob() })
    expect(rebuilt.map(({ changed, stopped }) => [changed, stopped])).toEqual(rebuilt.map(() => [0, []]))
    expect(await vault.status(row)).toBe('archived')
  })
})

describe('a disagreement that is referred to the level above', () => {
  let row: Row
  const words = '请上级审定'
  const rows = () => ({
    compartment: 'archive' as const,
    rows: [{ record: row.record, revision: row.revision }],
    words,
  })

  beforeAll(async () => {
    row = await office.vault.submit(cadre, { category: 'C7', declaration: 'none', values: {} })
    await office.vault.review(row, 'agree', 'disagree')
  })

  test('is referred by an approver or inspector alone, and nobody here settles it afterwards', async () => {
    const { vault } = office
    expect(await vault.refusal('second', 'review.refer', rows())).toBe('call/not-permitted')
    expect(await vault.refusal('approver', 'review.refer', rows())).toBeNull()
    expect(await vault.status(row)).toBe('referred')
    expect((await vault.adjudicate(row)).ok).toBe(false)
    const queue = await vault.value('inspector', 'review.queue', { kind: 'referred', after: null, limit: 9 })
    expect(queue.items.map(({ revision }) => revision)).toEqual([row.revision])
  })

  test('is upheld above, signed here, and a fact', async () => {
    const { vault, hub } = office
    await deliverAll(office)
    const awaited = (await hub.awaited(unit)).find(({ asks }) => asks === 'settle')
    if (awaited === undefined) throw new Error('nothing waits')
    const text = await hub.describe(awaited)
    expect(text.ok && text.value).toContain(words)
    expect(text.ok && text.value).toContain('不同意')
    expect(await decide(row, 'sign')).toMatchObject({ ok: false })
    expect(await decide(row, 'uphold', '佐证充分')).toMatchObject({ ok: true })
    await vault.value('approver', 'directive.fetch', {})
    expect(await vault.status(row)).toBe('adjudicated')
    expect((await vault.sign(row)).ok).toBe(true)
    expect(await vault.status(row)).toBe('archived')
  })
})

describe('somebody in the reporting line of a cadre who took part in a matter that keeps the line apart', () => {
  const lead = {
    category: 'E2',
    values: {
      number: '线索〔2026〕1号',
      source: '01',
      receivedOn: '2026-11-01',
      summary: '反映收礼',
      disposal: '03',
      filed: '0',
    },
  } as const
  const chief = { name: '廖主任', cadre: '', member: '' }
  let row: Row
  const finding = () => ({
    compartment: 'discipline',
    record: row.record,
    revision: row.revision,
    cadre: chief.cadre,
    category: 'E2',
    member: chief.member,
    as: 'reviewer',
  })

  async function tiesOfDelivery() {
    const reports = await deliverAll(office)
    return reports.flatMap(({ ties }) => ties.named)
  }

  beforeAll(async () => {
    const { vault } = office
    chief.cadre = await vault.openCadre(chief.name)
    chief.member = (await vault.session('first')).vault.member.id
    row = { ...(await vault.submit(chief.cadre, lead, 'inspector')), compartment: 'discipline' }
    expect((await vault.decide(row, 'first')).ok).toBe(true)
  })

  test('is no finding of the node above while nobody says who is in the line', async () => {
    expect(await tiesOfDelivery()).toEqual([])
  })

  test('is named when the node takes in that they are', async () => {
    const { vault } = office
    const line = { member: chief.member, cadres: [chief.cadre] }
    await vault.value('approver', 'member.line', line)
    await vault.refresh()
    expect(await tiesOfDelivery()).toEqual([finding()])
  })

  test('is named again when more of that matter comes in, and voids nothing', async () => {
    expect((await office.vault.decide(row, 'second')).ok).toBe(true)
    const reports = await deliverAll(office)
    expect(reports.flatMap(({ ties }) => ties.named)).toEqual([finding()])
    expect(reports.map(({ voids }) => voids)).toEqual(reports.map(() => 0))
  })
})

test('a file that is cut off changes nothing', async () => {
  const { vault } = office
  const row = await signedHere()
  await deliverAll(office)
  await decide(row, 'sign')
  const path = await stick('archive')
  writeFileSync(path, readFileSync(path).subarray(0, -40))
  expect(await vault.refusal('approver', 'sync.receive', { path })).toMatch(/^bundle\//)
  expect(await vault.status(row)).toBe('awaiting-above')
})
