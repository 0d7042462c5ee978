import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueItem, QueueKind } from '../../src-shared/contract/views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { carry, deviceOf, enrol, exported, must, receive, tablesOf } from '../helpers/two-devices.ts'
import { fewPeople, loan, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

interface Fact {
  readonly cadre: Id
  readonly row: Row
}

interface Sides {
  readonly fact: Fact
  readonly here: Row
  readonly there: Row
}

let first: VaultFixture
let second: VaultFixture
/** Signed on both devices; the bundles are read by the first, or by the second device first. */
let signed: Sides
let crossed: Sides
/** On their way on both. */
let walking: Sides

beforeAll(async () => {
  first = await VaultFixture.found({ people: fewPeople })
  second = await enrol(first, '办公室二', 'approver')
  const facts: Fact[] = []
  for (const name of ['周甲', '吴乙', '郑丙']) {
    const cadre = await first.openCadre(name)
    const row = await first.submit(cadre)
    await first.archive(row)
    facts.push({ cadre, row })
  }
  await carry(first, second, 'approver')
  const [one, two, three] = facts as [Fact, Fact, Fact]
  signed = await apart(one)
  walking = await apart(three)
  for (const [vault, row] of [[first, signed.here] as const, [second, signed.there] as const])
    await vault.archive(row)
  await cross([first, second])
  crossed = await apart(two)
  for (const [vault, row] of [[first, crossed.here] as const, [second, crossed.there] as const])
    await vault.archive(row)
  await cross([second, first])
})

afterAll(() => {
  first.close()
  second.close()
})

async function correct(vault: VaultFixture, { cadre, row }: Fact, description: string): Promise<Row> {
  const values = { ...loan(cadre).values, description }
  return await vault.submit(cadre, { record: row.record, parent: row.revision, values })
}

async function apart(fact: Fact): Promise<Sides> {
  return {
    fact,
    here: await correct(first, fact, '甲处更正'),
    there: await correct(second, fact, '乙处更正'),
  }
}

/** Each bundle is written before any is read, and they are read in this order. */
async function cross(readers: readonly VaultFixture[]): Promise<void> {
  const bundles = new Map([
    [second, await exported(first, await deviceOf(second, 'approver'), 'approver')],
    [first, await exported(second, await deviceOf(first, 'approver'), 'approver')],
  ])
  for (const reader of readers) {
    for (const path of bundles.get(reader) ?? []) must(await receive(reader, path, 'approver'))
    await reader.refresh()
  }
}

async function queue(login: string, kind: QueueKind, { cadre }: Fact): Promise<readonly QueueItem[]> {
  const { items } = await first.value(login, 'review.queue', { kind, after: null, limit: 100 })
  return items.filter((item) => item.cadre === cadre)
}

describe('corrections of one fact that were signed on two devices', () => {
  test('stand side by side on both, with the revision both go back to, whichever bundle was read first', async () => {
    for (const { fact, here, there } of [signed, crossed]) {
      for (const vault of [first, second]) {
        const { rivalry, head, revisions } = await vault.record(fact.row.record)
        expect(rivalry).toMatchObject({ over: 'fact', parent: fact.row.revision, settlement: null })
        expect(rivalry?.sides[0]).toBe(head)
        expect([...(rivalry?.sides ?? [])].sort()).toEqual([here.revision, there.revision].sort())
        const said = revisions.filter(({ revision }) => rivalry?.sides.includes(revision))
        expect(said.map(({ values }) => values['description']).sort()).toEqual(['乙处更正', '甲处更正'])
        expect(said.every((one) => one.signed !== null && one.opinions.length === 2)).toBe(true)
      }
    }
    expect(await tablesOf(second, 'approver')).toEqual(await tablesOf(first, 'approver'))
  })

  test('are one line for those who may settle it, and the author is told', async () => {
    const { fact } = signed
    for (const login of ['collector', 'approver']) {
      const [line, ...others] = await queue(login, 'rivals', fact)
      expect(line, login).toMatchObject({ record: fact.row.record, status: 'conflict', rival: true })
      expect(others, login).toEqual([])
    }
    const bench = await first.value('collector', 'workbench.read', {})
    expect(bench.queues.find(({ kind }) => kind === 'rivals')?.count).toBe(3)
    expect(await queue('collector', 'on-the-way', fact)).toMatchObject([{ status: 'conflict', rival: true }])
    const dossier = await first.value('approver', 'cadre.read', { cadre: fact.cadre, at: null })
    expect(dossier.records).toMatchObject([{ rivalry: { over: 'fact' } }])
  })

  test('are not settled by naming what is in no conflict', async () => {
    const { cadre, row } = signed.fact
    const { head } = await first.record(row.record)
    const input = { ...loan(cadre), record: row.record, parent: head, settles: [row.revision] }
    const refused = await first.call('collector', 'record.submit', input)
    expect(refused.ok ? null : refused.error.code).toBe('entry/stale-parent')
  })

  test('are settled by a third that goes the ordinary road, and nothing of them is lost', async () => {
    const { fact, here, there } = signed
    const { record } = fact.row
    const { head } = await first.record(record)
    const settles = [here, there].map(({ revision }) => revision).filter((revision) => revision !== head)
    const values = { ...loan(fact.cadre).values, description: '核对后取甲处' }
    const settling = await first.submit(fact.cadre, { record, parent: head, settles, values })
    expect((await first.record(record)).rivalry).toMatchObject({ settlement: settling.revision })
    expect(await queue('collector', 'rivals', fact)).toEqual([])
    await first.archive(settling)
    const after = await first.record(record)
    expect(after).toMatchObject({ rivalry: null, conflict: false, head: settling.revision })
    const kept = after.revisions.map(({ status, values: said }) => [status, said['description']])
    expect(kept[0]).toEqual(['archived', '核对后取甲处'])
    expect(kept.slice(1, 3).sort()).toEqual([
      ['superseded', '乙处更正'],
      ['superseded', '甲处更正'],
    ])
  })
})

describe('corrections of one fact that are on their way on two devices', () => {
  test('are both seen, in every queue they stand in', async () => {
    const { fact, here, there } = walking
    const { rivalry } = await first.record(fact.row.record)
    expect(rivalry).toMatchObject({ over: 'road', parent: fact.row.revision })
    expect([...(rivalry?.sides ?? [])].sort()).toEqual([here.revision, there.revision].sort())
    for (const [login, kind] of [['first', 'to-review'] as const, ['collector', 'on-the-way'] as const]) {
      const both = await queue(login, kind, fact)
      expect(
        both.map(({ rival }) => rival),
        kind,
      ).toEqual([true, true])
    }
    expect(await queue('collector', 'rivals', fact)).toMatchObject([{ record: fact.row.record }])
  })

  test('are no rivals any more when one is withdrawn', async () => {
    const { fact, here, there } = walking
    must(await first.call('collector', 'record.withdraw', { ...there, reason: '以甲处为准' }))
    expect((await first.record(fact.row.record)).rivalry).toBeNull()
    expect(await queue('collector', 'rivals', fact)).toEqual([])
    await first.archive(here)
    expect(await first.record(fact.row.record)).toMatchObject({ conflict: false, head: here.revision })
  })
})

test('what was settled on one device is settled on the other, in the same tables', async () => {
  await carry(first, second, 'approver')
  await carry(second, first, 'approver')
  for (const { fact } of [signed, walking]) expect((await second.record(fact.row.record)).rivalry).toBeNull()
  expect(await tablesOf(second, 'approver')).toEqual(await tablesOf(first, 'approver'))
  const { verified } = await second.value('approver', 'log.verify', { job: '0'.repeat(32) })
  expect(verified).toBe(true)
})
