import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectionTables } from '../../src-main/vault/migrations/index.ts'
import { commitAs } from '../../src-main/vault/vault.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { writeSheetCode } from '../../src-shared/paper/sheet-code.ts'
import { scan } from '../e2e/support/evidence.ts'
import { carry, enrol, isVerified, must } from '../helpers/two-devices.ts'
import { fewPeople, loan, newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/** One person with two dossiers, whose paper, differences and rivals go to another unit together. */
let unit: VaultFixture
let second: VaultFixture
let receiver: VaultFixture
let folder: string
let kept: Id
let other: Id
let stranger: Id
/** A debt in each dossier. */
let own: Row
let merged: Row
let decision: Id
let volume: Id
let transfer: Id

const house = (area: string) => ({ relation: '01', address: '清河路1号', area })
const list = { title: '王建国廉政档案', place: '档案室 3 柜', rows: [] }

async function attach(row: Row, name: string): Promise<Id> {
  // A page that no other is the same as.
  const bytes = Buffer.concat([scan('扫描.png').buffer, Buffer.from(name)])
  const upload = await unit.upload('collector', '扫描.png', bytes)
  const said = { form: 'filled', found: 'code', sheet: null, signed: [], words: name } as const
  const { record, revision } = row
  const input = { record, revision, uploads: [upload], said: { ...said, signed: [] } }
  return (await unit.value('collector', 'paper.attach', input)).paper
}

async function papers({ record }: Row, by = 'approver') {
  const { revisions } = await unit.record(record, by)
  return revisions.flatMap((revision) => revision.papers)
}

async function volumes(cadre: Id) {
  return (await unit.value('collector', 'volume.list', { cadre })).volumes
}

async function put(cadre: Id, number: string, of: Id | null = null) {
  const input = { cadre, volume: of, compartment: 'archive', said: { ...list, number } } as const
  return await unit.call('collector', 'volume.set', input)
}

async function differences(state: 'open' | 'settled') {
  const input = { cadre: kept, category: null, state, offset: 0, limit: 50 }
  return (await unit.value('approver', 'difference.list', input)).rows
}

/** What a client signs that checks nothing by itself. */
async function signUnchecked(
  login: 'approver' | 'collector',
  operation: (digest: string) => Operation,
  body: Parameters<typeof prepareBody>[1],
  on = unit,
) {
  const { vault } = await on.session(login)
  const prepared = prepareBody(nodePrimitives, body)
  const operations = [operation(prepared.digest)]
  return commitAs(vault, 'archive', login, '2026-11-22T09:00:00.000Z', operations, [prepared])
}

/** Every table that is derived from the log, but for those of this device alone. */
async function derived(vault: VaultFixture) {
  const { database } = (await vault.session('inspector')).vault.compartments.get('archive')!
  const tables = projectionTables.business.map((table) => {
    const rows = database.prepare(`SELECT * FROM ${table}`).raw().all()
    return [table, rows.map((row) => JSON.stringify(row)).sort()] as const
  })
  return Object.fromEntries(tables)
}

beforeAll(async () => {
  unit = await VaultFixture.found()
  receiver = await VaultFixture.found({ people: fewPeople })
  folder = join(unit.outside, 'usb')
  mkdirSync(folder)
  kept = await unit.openCadre('王建国')
  other = await unit.openCadre('王 建国')
  stranger = await unit.openCadre('赵一')
  own = await unit.submit(kept)
  merged = await unit.submit(other, { values: { ...loan(other).values, description: '借给同学' } })
  const values = house('90')
  const first = await unit.submit(kept, { category: 'C2', values })
  const source = { kind: 'document' as const, from: '不动产登记', reference: null }
  const differing = await unit.submit(other, { category: 'C2', values: house('120'), source })
  for (const row of [own, merged, first, differing]) await unit.archive(row)
  await attach(merged, '合并前')
  for (const [cadre, number] of [
    [kept, '1-1-1-1'],
    [other, '1-1-2-1'],
  ] as const) {
    volume = must(await put(cadre, number)).volume
  }
  const reason = '同一人，建了两份'
  const proposed = await unit.value('collector', 'twin.propose', { outcome: 'merge', kept, other, reason })
  decision = proposed.decision
  await unit.value('approver', 'twin.confirm', { decision, reason: '' })
  second = await enrol(unit, '办公室二')
})

afterAll(() => {
  unit.close()
  second.close()
  receiver.close()
})

describe('the paper of a merged dossier', () => {
  test('stays with its records, and is added to and struck out where they are shown', async () => {
    expect((await papers(merged)).map(({ words }) => words)).toEqual(['合并前'])
    const { record } = merged
    const late = await attach(merged, '合并后')
    await unit.value('collector', 'paper.strike', { record, paper: late, reason: '扫错了' })
    expect((await papers(merged)).map(({ words, struck }) => [words, struck?.reason ?? null])).toEqual([
      ['合并前', null],
      ['合并后', '扫错了'],
    ])
  })

  test('of which a blank sheet names the other dossier belongs to the one it is shown in', async () => {
    const code = writeSheetCode({
      kind: 'blank',
      unit: (await unit.session('collector')).vault.unit,
      sheet: newJob(),
      cadre: other,
      category: 'C6',
      catalogueVersion: 1,
    })
    expect(await unit.value('collector', 'paper.locate', { codes: [code] })).toMatchObject([
      { is: 'blank', cadre: { id: kept } },
    ])
  })

  test('stands in volumes that are listed together, each begun where it was, with numbers of their own', async () => {
    expect((await volumes(kept)).map(({ number }) => number)).toEqual(['1-1-1-1', '1-1-2-1'])
    expect(await put(kept, '1-1-1-1', volume)).toMatchObject({ error: { code: 'volume/number-taken' } })
    expect(await put(kept, '1-1-3-1', volume)).toMatchObject({ ok: true })
    expect((await volumes(kept)).map(({ number }) => number)).toEqual(['1-1-1-1', '1-1-3-1'])
  })
})

describe('differences within a merged dossier', () => {
  test('are settled by a word for one of both dossiers, and by none for another', async () => {
    const [found, ...more] = await differences('open')
    expect(more).toEqual([])
    expect(found).toMatchObject({ field: 'area', cadre: kept })
    const difference = found!.difference
    const word = { outcome: 'kept', words: '无' }
    const settled = await signUnchecked(
      'approver',
      (digest) => ({ op: 'difference.settle', entity: difference, digest, cadre: stranger }),
      word,
    )
    expect(settled.ok).toBe(true)
    expect(await differences('settled')).toEqual([])
    await unit.value('approver', 'difference.settle', { difference, outcome: 'kept', words: '查证' })
    expect(await differences('open')).toEqual([])
    expect(await differences('settled')).toMatchObject([{ settled: { words: '查证' } }])
  })
})

describe('rivals in a merged dossier', () => {
  test('are settled where the dossier is shown, on both devices alike', async () => {
    await carry(unit, second)
    const { record, revision: parent } = merged
    const corrected = async (vault: VaultFixture, description: string) => {
      const values = { ...loan(kept).values, description }
      return await vault.submit(kept, { record, parent, values })
    }
    const here = await corrected(unit, '甲处更正')
    const begun = must(await put(kept, '1-1-5-1')).volume
    // A device that is behind names the volume first, as the order goes, and under another dossier.
    const said = { ...list, number: '1-1-6-1' }
    const taken = await signUnchecked(
      'collector',
      (digest) => ({ op: 'volume.set', entity: begun, digest, cadre: stranger, act: 'set' }),
      said,
      second,
    )
    expect(taken.ok).toBe(true)
    const there = await corrected(second, '乙处更正')
    await carry(second, unit)
    expect((await volumes(kept)).map(({ number }) => number)).toContain('1-1-5-1')
    const { rivalry, cadre } = await unit.record(record)
    expect(cadre).toBe(kept)
    expect([...(rivalry?.sides ?? [])].sort()).toEqual([here.revision, there.revision].sort())
    const question = { kind: 'rivals', after: null, limit: 10 } as const
    const { items } = await unit.value('collector', 'review.queue', question)
    expect(items).toMatchObject([{ record, cadre: kept }])
    await unit.value('collector', 'record.withdraw', { ...there, reason: '以甲处为准' })
    await unit.archive(here)
    expect(await unit.record(record)).toMatchObject({ rivalry: null, head: here.revision, cadre: kept })
  })
})

describe('a merged dossier that is handed over', () => {
  test('goes with the facts of both, which the other unit verifies', async () => {
    const { text: card, code: cardCode } = await receiver.value('collector', 'transfer.card', {})
    const handed = await unit.value('approver', 'transfer.hand-over', {
      cadre: kept,
      card,
      code: cardCode,
      reason: '组织调动',
      since: '2026-11-22',
      categories: ['C2', 'C6'],
    })
    transfer = handed.transfer
    const { file } = await unit.value('approver', 'transfer.export', { transfer, folder, job: newJob() })
    const input = { file: { path: join(folder, file) }, code: handed.code }
    await receiver.value('collector', 'transfer.receive', input)
    const [incoming] = await receiver.value('approver', 'transfer.incoming', {})
    expect(incoming?.counts.map(({ category, facts }) => [category, facts])).toEqual([
      ['C2', 2],
      ['C6', 2],
    ])
  })

  test('takes nothing in until its receipt comes, whichever dossier is named, and is not taken apart', async () => {
    const { record } = merged
    const { head } = await unit.record(record)
    const changes = { record, parent: head }
    expect(await unit.refusal('collector', 'record.submit', { ...loan(other), ...changes })).toBe(
      'transfer/held',
    )
    expect(await unit.refusal('collector', 'record.submit', loan(kept))).toBe('transfer/held')
    expect(await unit.refusal('collector', 'twin.undo', { decision, reason: '弄错' })).toBe('transfer/held')
    const third = await unit.openCadre('王建国')
    const ask = { outcome: 'merge', kept: third, other: kept, reason: '同一人' } as const
    expect(await unit.refusal('collector', 'twin.propose', ask)).toBe('transfer/held')
    expect(await unit.value('first', 'transfer.list', { cadre: other })).toMatchObject([{ id: transfer }])
  })

  test('stands in the same tables on another device, after verifying and after deriving them anew', async () => {
    await carry(unit, second)
    await carry(second, unit)
    const tables = await derived(unit)
    expect(await derived(second)).toEqual(tables)
    const rebuilt = await second.value('inspector', 'log.rebuild', { job: newJob() })
    expect(rebuilt.map(({ changed }) => changed)).toEqual([0, 0])
    expect(await derived(second)).toEqual(tables)
    expect(await isVerified(second)).toBe(true)
  })
})

describe('who has two dossiers', () => {
  test('adds no paper and no volume to either, settles no difference in them and hands neither over', async () => {
    await unit.value('approver', 'transfer.cancel', { transfer, words: '不调了' })
    const member = (await unit.session('deputy')).vault.member.id
    await unit.value('approver', 'member.tie', { member, cadre: other })
    await unit.refresh()
    const { volumes: shown, may } = await unit.value('deputy', 'volume.list', { cadre: kept })
    expect(shown).toHaveLength(3)
    expect(may.compartments).toEqual([])
    const said = { ...list, number: '1-1-4-1' }
    const set = { cadre: kept, volume: null, compartment: 'archive', said } as const
    expect(await unit.refusal('deputy', 'volume.set', set)).toBe('review/about-oneself')
    const [paper] = await papers(merged)
    const strike = { record: merged.record, paper: paper!.paper, reason: '不要' }
    expect(await unit.refusal('deputy', 'paper.strike', strike)).toBe('call/not-permitted')
    const asked = { cadre: null, category: null, state: 'settled', offset: 0, limit: 10 } as const
    expect((await unit.value('deputy', 'difference.list', asked)).rows).toEqual([])
    expect((await unit.value('deputy', 'transfer.able', { cadre: kept })).may).toBe(false)
    expect((await unit.value('approver', 'transfer.able', { cadre: kept })).may).toBe(true)
  })

  test('gets everything back where it was when they are taken apart', async () => {
    const undo = await unit.value('collector', 'twin.undo', { decision, reason: '弄错了' })
    await unit.value('approver', 'twin.confirm', { decision: undo.decision, reason: '' })
    expect((await volumes(kept)).map(({ number }) => number)).toEqual(['1-1-1-1', '1-1-5-1'])
    expect((await volumes(other)).map(({ number }) => number)).toEqual(['1-1-3-1'])
    expect((await unit.record(merged.record)).cadre).toBe(other)
    expect((await papers(merged)).map(({ words }) => words)).toEqual(['合并前', '合并后'])
    expect(await isVerified(unit)).toBe(true)
  })
})
