import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBodyBytes } from '../../src-main/vault/body-table.ts'
import { rebuildListing } from '../../src-main/vault/listing.ts'
import { refreshTwins } from '../../src-main/vault/twin-index.ts'
import type { OutputOf } from '../../src-shared/contract/index.ts'
import { everyDossier } from '../../src-shared/contract/listing.ts'
import { everythingDue } from '../../src-shared/contract/cycles.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { isVerified, tablesOf } from '../helpers/two-devices.ts'
import { newJob, talk, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let kept: Id
let other: Id
let loan: Id

async function open(name: string, identityNumber: string | null, post: string | null): Promise<Id> {
  return (await vault.value('collector', 'cadre.open', { name, identityNumber, post })).cadre
}

async function listed(search = '') {
  const query = { ...everyDossier, search }
  return await vault.value('inspector', 'dossier.list', { query, from: 0, count: 200 })
}

async function read(cadre: Id, at: string | null = null, by = 'inspector') {
  return await vault.value(by, 'cadre.read', { cadre, at })
}

async function decide(
  outcome: 'merge' | 'apart',
  one: Id,
  two: Id,
): Promise<OutputOf<'twin.propose'>['decision']> {
  const reason = '同一人，两台电脑各建了一份'
  const { decision } = await vault.value('collector', 'twin.propose', {
    outcome,
    kept: one,
    other: two,
    reason,
  })
  await vault.value('approver', 'twin.confirm', { decision, reason: '核对属实' })
  return decision
}

async function undo(decision: Id): Promise<void> {
  const proposed = await vault.value('collector', 'twin.undo', { decision, reason: '弄错了' })
  await vault.value('approver', 'twin.confirm', { decision: proposed.decision, reason: '' })
}

/** Everything that people see of the unit, as somebody sees it who sees all. */
async function seen(): Promise<unknown> {
  const dueOf = async (cadre: Id) =>
    (
      await vault.value('inspector', 'due.list', {
        filter: { ...everythingDue, cadre },
        states: ['open', 'soon', 'overdue'],
        from: null,
        until: null,
        offset: 0,
        limit: 200,
      })
    ).rows
  return {
    list: await listed(),
    found: await listed('借给同乡'),
    tables: await tablesOf(vault),
    facets: await vault.value('inspector', 'dossier.facets', {}),
    kept: await read(kept),
    other: await read(other),
    due: [await dueOf(kept), await dueOf(other)],
    tags: [
      await vault.value('collector', 'cadre.tags', { cadre: kept }),
      await vault.value('collector', 'cadre.tags', { cadre: other }),
    ],
    stages: [
      await vault.value('collector', 'cadre.stages', { cadre: kept }),
      await vault.value('collector', 'cadre.stages', { cadre: other }),
    ],
  }
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  kept = await open('王建国', '11010519491231002X', '副镇长')
  other = await open('王 建国', null, '副镇长')
  await open('赵一', null, null)
  const row = await vault.submit(other)
  await vault.archive(row)
  loan = row.record
  const upload = await vault.upload('inspector', '谈话.pdf', new TextEncoder().encode('%PDF-1.7\n谈话'))
  await vault.submit(other, talk(other, upload), 'inspector')
  await vault.value('collector', 'cadre.tag', { cadre: other, tag: '重点岗位', act: 'set' })
})

afterAll(() => vault.close())

describe('dossiers of one person', () => {
  test('are found with what agrees and what does not', async () => {
    const { pairs, total, pending } = await vault.value('collector', 'twin.list', {})
    expect({ total, pending }).toEqual({ total: 1, pending: 0 })
    expect(pairs[0]).toMatchObject({
      strength: 'likely',
      reasons: ['identity-one', 'name-written', 'birth-unknown', 'unit-unknown', 'post-same'],
    })
    expect(await vault.value('approver', 'twin.count', {})).toEqual({ pairs: 1, waiting: 0, pending: 0 })
  })

  test('are told of when a third one is about to be opened', async () => {
    const { near } = await vault.value('collector', 'twin.near', {
      name: '王建国',
      identityNumber: '110105194912310038',
      post: null,
    })
    expect(near.map(({ person, strength }) => [person.cadre, strength])).toEqual([
      [kept, 'likely'],
      [other, 'possible'],
    ])
  })

  test('are merged by two people, shown once, and taken apart again to what they were', async () => {
    const before = await seen()
    const decision = await decide('merge', kept, other)
    expect(await vault.value('collector', 'twin.count', {})).toEqual({ pairs: 0, waiting: 0, pending: 0 })
    const list = await listed()
    expect(list.total).toBe(2)
    expect(list.items.find(({ id }) => id === kept)).toMatchObject({
      archived: 1,
      waiting: 1,
      tags: ['重点岗位'],
    })
    expect((await listed('借给同乡')).items.map(({ id }) => id)).toEqual([kept])
    expect((await vault.value('collector', 'workbench.read', {})).dossiers).toBe(2)
    for (const asked of [kept, other]) {
      const dossier = await read(asked)
      expect(dossier.cadre.id).toBe(kept)
      expect(dossier.records.map(({ category, origin }) => [category, origin])).toEqual([
        ['C6', other],
        ['E3', other],
      ])
      expect(dossier.merged).toMatchObject([{ cadre: other, name: '王 建国' }])
    }
    // The compartment of discipline is counted only for those who open it.
    expect((await read(kept, null, 'collector')).records.map(({ category }) => category)).toEqual(['C6'])
    expect((await vault.record(loan)).cadre).toBe(kept)
    expect(await isVerified(vault)).toBe(true)
    const rebuilt = await vault.value('inspector', 'log.rebuild', { job: newJob() })
    expect(rebuilt.map(({ changed }) => changed)).toEqual([0, 0])
    expect(await isVerified(vault)).toBe(true)
    await undo(decision)
    expect(await seen()).toEqual(await afterLog(before))
    expect(await isVerified(vault)).toBe(true)
  })

  /** The log is longer by the decisions, and nothing else differs. */
  async function afterLog(before: unknown): Promise<unknown> {
    const now = (await tablesOf(vault)) as Record<string, unknown>
    const { tables, ...rest } = before as { tables: Record<string, unknown> }
    const added = { 'archive/entry': now['archive/entry'], 'archive/body': now['archive/body'] }
    return { ...rest, tables: { ...tables, ...added } }
  }

  test('stand as they did at a moment before they were merged', async () => {
    const at = new Date(Date.parse((await listed()).items[0]!.changedAt) + 3_600_000).toISOString()
    const decision = await decide('merge', kept, other)
    const { proposed } = (await vault.value('collector', 'twin.list', {})).decisions[0]!
    const moment = new Date(Date.parse(proposed.at) - 1).toISOString()
    expect((await read(kept, moment)).records).toEqual([])
    const alone = await read(other, moment)
    expect(alone.cadre.id).toBe(other)
    expect(alone.records.map(({ record }) => record)).toEqual([loan])
    expect((await read(other, at)).cadre.id).toBe(kept)
    await undo(decision)
  })

  test('take corrections, tags and searches of numbers where they are shown', async () => {
    const decision = await decide('merge', kept, other)
    const { head } = (await read(kept)).records.find(({ record }) => record === loan)!
    const corrected = await vault.submit(other, {
      record: loan,
      parent: head!.revision,
      values: {
        relation: '01',
        direction: '01',
        description: '借给同学',
        amount: { amount: 36_600_000, currency: 'CNY' },
      },
      reason: '更正',
    })
    await vault.archive(corrected)
    expect(await vault.status(corrected)).toBe('archived')
    await vault.value('collector', 'cadre.tag', { cadre: kept, tag: '重点岗位', act: 'unset' })
    expect((await vault.value('collector', 'cadre.tags', { cadre: other })).tags).toEqual([])
    expect(
      await vault.refusal('collector', 'cadre.open', {
        name: '王建国',
        identityNumber: '11010519491231002X',
        post: null,
      }),
    ).toBe('entry/cadre-exists')
    await undo(decision)
    expect((await read(other)).records.map(({ head: now }) => now?.values['description'])).toContain(
      '借给同学',
    )
    expect((await vault.value('collector', 'cadre.tags', { cadre: other })).tags).toEqual([])
  })
})

describe('a decision about duplicates', () => {
  test('takes two people, one of whom answers for it, and none of whom it is about', async () => {
    const ask = { outcome: 'merge', kept, other, reason: '同一人' } as const
    const { decision } = await vault.value('collector', 'twin.propose', ask)
    expect(await vault.refusal('clerk', 'twin.propose', ask)).toBe('twin/decided')
    expect(await vault.refusal('collector', 'twin.confirm', { decision, reason: '' })).toBe(
      'review/same-person-twice',
    )
    expect(await vault.refusal('clerk', 'twin.confirm', { decision, reason: '' })).toBe('twin/nobody-answers')
    expect(await vault.refusal('first', 'twin.confirm', { decision, reason: '' })).toBe('call/not-permitted')
    const count = await vault.value('approver', 'twin.count', {})
    expect(count).toMatchObject({ pairs: 0, waiting: 1 })
    await vault.value('approver', 'twin.refuse', { decision, reason: '是两个人' })
    expect(await vault.refusal('approver', 'twin.confirm', { decision, reason: '' })).toBe('twin/settled')
    expect((await read(other)).cadre.id).toBe(other)
    expect(await vault.value('approver', 'twin.count', {})).toMatchObject({ pairs: 1, waiting: 0 })
  })

  test('to keep two apart stops the question until they are told by something else', async () => {
    const decision = await decide('apart', kept, other)
    expect(await vault.value('collector', 'twin.count', {})).toMatchObject({ pairs: 0, waiting: 0 })
    const { pairs, decisions } = await vault.value('collector', 'twin.list', {})
    expect(pairs).toEqual([])
    expect(decisions[0]).toMatchObject({ outcome: 'apart', status: 'confirmed', may: ['undo'] })
    await undo(decision)
    expect(await vault.value('collector', 'twin.count', {})).toMatchObject({ pairs: 1 })
  })

  test('is nothing that the cadre concerned takes part in', async () => {
    const member = (await vault.session('deputy')).vault.member.id
    await vault.value('approver', 'member.tie', { member, cadre: other })
    await vault.refresh()
    expect(await vault.value('deputy', 'twin.list', {})).toMatchObject({ pairs: [], decisions: [] })
    const ask = { outcome: 'merge', kept, other, reason: '同一人' } as const
    expect(await vault.refusal('deputy', 'twin.propose', ask)).toBe('review/about-oneself')
  })
})

describe('the index of duplicates', () => {
  test('is the same however it came about', async () => {
    const { database } = (await vault.session('collector')).vault.compartments.get('archive')!
    const pairs = () => database.prepare('SELECT first, second FROM twin_pair ORDER BY first, second').all()
    for (let index = 0; index < 9; index++) await open('李小明', null, index < 2 ? '科员' : null)
    refreshTwins(database)
    const shown = async () =>
      (await vault.value('collector', 'twin.list', {})).pairs.map(({ first, second }) =>
        [first.cadre, second.cadre].sort().join(),
      )
    const before = (await shown()).sort()
    // Nine of one name are too many to ask about for their name alone: the two of one post are left, and what was there.
    expect(before).toHaveLength(2)
    database.transaction(() => rebuildListing(database))()
    expect(refreshTwins(database, 3)).toBe(9)
    expect(refreshTwins(database, 9)).toBe(0)
    expect((await shown()).sort()).toEqual(before)
    expect(pairs().length).toBeGreaterThan(0)
    expect(readBodyBytes(database, 'f'.repeat(64))).toBeNull()
  })
})
