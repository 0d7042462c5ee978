import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitAs } from '../../src-main/vault/vault.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { QueueItem, QueueKind } from '../../src-shared/contract/views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { drawReviewers } from '../../src-shared/review/assignment.ts'
import { OneDesk } from '../helpers/one-desk.ts'
import { loan, people, VaultFixture, type FixturePerson, type Row } from '../helpers/vault-fixture.ts'

/** The unit is founded on Sunday 2026-11-22; what is submitted then is due on Friday the 27th. */
const friday = 5
const saturday = 6

const staff: readonly FixturePerson[] = [
  ...people,
  { login: 'third', roles: ['reviewer'] },
  { login: 'fourth', roles: ['reviewer'] },
]

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function numbered(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return `${digits}${'10X98765432'[sum % 11]}`
}

let desk: OneDesk
const ids = new Map<string, Id>()
const id = (login: string) => ids.get(login) as Id

beforeAll(async () => {
  desk = new OneDesk(await VaultFixture.found({ people: staff }))
  for (const { login } of staff) ids.set(login, await desk.memberId(login))
})

afterAll(() => desk.close())

async function cadreOf(name: string, digits?: string): Promise<Id> {
  const identityNumber = digits === undefined ? null : numbered(digits)
  return (await desk.value('collector', 'cadre.open', { name, identityNumber, post: null })).cadre
}

async function entry(cadre: Id, changes: Partial<InputOf<'record.submit'>> = {}): Promise<Row> {
  return await desk.value('collector', 'record.submit', { ...loan(cadre), ...changes })
}

const rowsOf = (...rows: readonly Row[]) => ({
  compartment: 'archive' as const,
  rows: rows.map(({ record, revision }) => ({ record, revision })),
})

const agreed = ({ record, revision }: Row) => ({
  compartment: 'archive' as const,
  rows: [{ record, revision, decision: 'agree' as const, reasons: [], marks: [], words: '' }],
})

async function archive(row: Row): Promise<void> {
  for (const login of ['first', 'second']) await desk.value(login, 'review.decide', agreed(row))
  await desk.value('approver', 'review.open', rowsOf(row))
  await desk.value('approver', 'review.sign', { ...rowsOf(row), words: '' })
}

type Question = Omit<InputOf<'review.queue'>, 'kind' | 'after' | 'limit'>

async function queue(login: string, kind: QueueKind, question: Question = {}): Promise<readonly QueueItem[]> {
  return (await desk.value(login, 'review.queue', { kind, after: null, limit: 100, ...question })).items
}

async function assign(row: Row, ...reviewers: readonly string[]) {
  const named = reviewers.map(id)
  return await desk.value('approver', 'review.assign', {
    ...rowsOf(row),
    way: 'hand',
    reviewers: named,
    words: '',
  })
}

describe('who keeps out', () => {
  let reviewersOwn: Id
  let cousins: Id
  let chiefs: Id
  let row: Row

  beforeAll(async () => {
    reviewersOwn = await cadreOf('方家驹', '42999919800101003')
    cousins = await cadreOf('方家骏', '42999919820202001')
    chiefs = await cadreOf('廖主任', '42999919700303001')
    await desk.value('approver', 'member.tie', { member: id('third'), cadre: reviewersOwn })
    const family = { relation: '01', name: '方家驹', identityNumber: numbered('42999919800101003') }
    await archive(await entry(cousins, { category: 'A3', values: family }))
    row = await entry(cousins)
  })

  test('kin of the cadre are not offered the entry, nor to be chosen, nor may they decide', async () => {
    expect((await queue('third', 'to-review')).some(({ record }) => record === row.record)).toBe(false)
    expect((await queue('fourth', 'to-review')).some(({ record }) => record === row.record)).toBe(true)
    const candidates = await desk.value('approver', 'review.candidates', {
      record: row.record,
      revision: row.revision,
    })
    expect(candidates.find(({ member }) => member === id('third'))?.unsuitable).toBe('kin')
    const named = { ...rowsOf(row), way: 'hand' as const, reviewers: [id('third')], words: '' }
    expect(await desk.refusal('approver', 'review.assign', named)).toBe('review/no-reviewer')
    expect(await desk.refusal('third', 'review.decide', agreed(row))).toBe('review/kin')
    const back = { ...rowsOf(row), reasons: ['incomplete' as const], marks: [], words: '' }
    expect(await desk.refusal('third', 'review.return', back)).toBe('review/kin')
    const view = await desk.value('third', 'record.read', { record: row.record })
    expect(view).toMatchObject({ apart: 'kin', may: expect.not.arrayContaining(['decide', 'return']) })
  })

  test('whom the register of matters to be avoided names keeps out as well', async () => {
    const strangers = await cadreOf('孟浩')
    const waiting = await entry(strangers)
    expect((await queue('third', 'to-review')).some(({ cadre }) => cadre === strangers)).toBe(true)
    await archive(
      await entry(strangers, {
        category: 'D4',
        values: {
          person: '方家驹、李某',
          relation: '01',
          kind: '01',
          matter: '同学',
          reportedOn: '2026-11-01',
        },
      }),
    )
    expect((await queue('third', 'to-review')).some(({ cadre }) => cadre === strangers)).toBe(false)
    expect(await desk.refusal('third', 'review.decide', agreed(waiting))).toBe('review/kin')
  })

  test('what kin signed with another client stays valid, and is named at the record for the approver', async () => {
    const body = prepareBody(nodePrimitives, {})
    const other = await entry(cousins)
    const opinion = {
      op: 'review.decide' as const,
      entity: newId(nodePrimitives),
      digest: body.digest,
      rows: [{ record: other.record, revision: other.revision, commitment: 'a'.repeat(64) }],
    }
    const { vault: patched } = await desk.session('third')
    const at = '2026-11-22T02:00:00.000Z'
    expect(commitAs(patched, 'archive', 'reviewer', at, [opinion], [body])).toMatchObject({ ok: true })
    const view = await desk.value('approver', 'record.read', { record: other.record })
    expect(view.revisions[0]?.opinions).toHaveLength(1)
    expect(view.ties).toEqual([
      { revision: other.revision, member: id('third'), name: '用户 third', as: 'reviewer', tie: 'kin' },
    ])
  })

  test('the reporting line keeps out only where the category asks for it', async () => {
    await desk.value('approver', 'member.line', { member: id('first'), cadres: [chiefs] })
    const ordinary = await entry(chiefs)
    expect(await desk.refusal('first', 'review.decide', agreed(ordinary))).toBe(null)
    const lead = await desk.value('inspector', 'record.submit', {
      ...loan(chiefs),
      category: 'E2',
      values: {
        number: '线索〔2026〕1号',
        source: '01',
        receivedOn: '2026-11-01',
        summary: '反映收礼',
        disposal: '03',
        filed: '0',
      },
    })
    const offered = async (login: string) =>
      (await queue(login, 'to-review')).some(({ record }) => record === lead.record)
    expect([await offered('first'), await offered('second')]).toEqual([false, true])
    const decision = { ...agreed(lead), compartment: 'discipline' as const }
    expect(await desk.refusal('first', 'review.decide', decision)).toBe('review/reporting-line')
    expect(await desk.refusal('second', 'review.decide', decision)).toBe(null)
  })

  test('of one’s own line one only says more, and others’ lines are for who answers for the work', async () => {
    expect(await desk.refusal('first', 'member.line', { member: id('first'), cadres: [] })).toBe(
      'member/oneself',
    )
    expect(await desk.refusal('first', 'member.line', { member: id('second'), cadres: [] })).toBe(
      'call/not-permitted',
    )
    expect((await desk.value('first', 'line.list', {})).map(({ member }) => member)).toEqual([id('first')])
    expect(await desk.refusal('inspector', 'member.line', { member: id('first'), cadres: [] })).toBe(null)
  })
})

describe('a queue', () => {
  let cadre: Id
  let first: Row
  let second: Row

  beforeAll(async () => {
    cadre = await cadreOf('余秋实')
    first = await entry(cadre)
    second = await entry(cadre)
  })

  test('is narrowed by category, cycle and name, and keeps its order from page to page', async () => {
    const named = await queue('fourth', 'to-review', { filter: { name: '余秋实' } })
    expect(named.map(({ record }) => record)).toEqual([first.record, second.record])
    const initials = await queue('fourth', 'to-review', { filter: { name: 'yqs', category: 'C6' } })
    expect(initials.every(({ category }) => category === 'C6')).toBe(true)
    expect(initials.map(({ record }) => record)).toContain(first.record)
    expect(await queue('fourth', 'to-review', { filter: { name: '无此人' } })).toEqual([])
    const yearly = await queue('fourth', 'to-review', { filter: { name: '余秋实', cycle: 'yearly' } })
    expect(yearly).toEqual([])
    const page = { kind: 'to-review' as const, filter: { name: '余秋实' }, limit: 1 }
    const one = await desk.value('fourth', 'review.queue', { ...page, after: null })
    const two = await desk.value('fourth', 'review.queue', { ...page, after: one.next })
    expect([...one.items, ...two.items].map(({ record }) => record)).toEqual([first.record, second.record])
  })

  test('says by when: due, soon and late by the working days of the office', async () => {
    const urgency = async (day: number, login = 'fourth') => {
      desk.setDay(day)
      const [item] = await queue(login, 'to-review', { filter: { name: '余秋实', category: 'C6' } })
      return [item?.due, item?.urgency]
    }
    expect(await urgency(0)).toEqual(['2026-11-27', 'later'])
    expect(await urgency(friday - 1)).toEqual(['2026-11-27', 'soon'])
    expect(await urgency(friday)).toEqual(['2026-11-27', 'soon'])
    expect(await urgency(saturday)).toEqual(['2026-11-27', 'overdue'])
    desk.setDay(0)
  })

  test('that is late comes to the head with who holds it, and is dealt out anew at once', async () => {
    await assign(first, 'second', 'fourth')
    expect(await queue('approver', 'overdue')).toEqual([])
    desk.setDay(saturday)
    const late = (await queue('approver', 'overdue')).find(({ record }) => record === first.record)
    expect(late?.assigned.map(({ name }) => name).toSorted()).toEqual(['用户 fourth', '用户 second'])
    expect(late?.waitingSince).toMatch(/^2026-11-22T/)
    const bench = await desk.value('approver', 'workbench.read', {})
    const { count = 0 } = bench.queues.find(({ kind }) => kind === 'overdue') ?? {}
    expect(count).toBeGreaterThan(0)
    expect(await queue('approver', 'overdue')).toHaveLength(count)
    expect(await desk.refusal('fourth', 'review.queue', { kind: 'overdue', after: null, limit: 1 })).toBe(
      null,
    )
    expect(await queue('fourth', 'overdue')).toEqual([])
    await assign(first, 'first', 'second')
    const again = (await queue('approver', 'overdue')).find(({ record }) => record === first.record)
    expect(again?.assigned.map(({ name }) => name).toSorted()).toEqual(['用户 first', '用户 second'])
    desk.setDay(0)
  })

  test('goes by the deadlines and days that an approver signed, and nobody else signs them', async () => {
    const set = { review: 1, adjudication: 3, signature: 2 }
    for (const login of ['secadmin', 'inspector', 'first'])
      expect(await desk.refusal(login, 'deadlines.set', set)).toBe('call/not-permitted')
    await desk.value('approver', 'deadlines.set', set)
    const due = async () => (await queue('fourth', 'to-review', { filter: { name: '余秋实' } }))[0]?.due
    expect(await due()).toBe('2026-11-23')
    const year = { year: 2026, holidays: ['2026-11-23'], workdays: ['2026-11-28'] }
    await desk.value('approver', 'calendar.set', year)
    expect(await due()).toBe('2026-11-24')
    const { years } = await desk.value('auditor', 'calendar.read', {})
    expect(years).toEqual([{ ...year, source: { by: 'unit' } }])
    const wrong = { ...year, workdays: ['2026-11-24'] }
    expect(await desk.refusal('approver', 'calendar.set', wrong)).toBe('call/invalid-input')
    await desk.value('approver', 'deadlines.set', { review: 5, adjudication: 10, signature: 3 })
    await desk.value('approver', 'calendar.set', { year: 2026, holidays: [], workdays: [] })
  })
})

describe('somebody who is not there', () => {
  let cadre: Id
  const rows: Row[] = []
  const mine = async (login: string) =>
    (await queue(login, 'to-review', { whose: 'mine' })).map(({ record }) => record)

  beforeAll(async () => {
    cadre = await cadreOf('白守成')
    for (let count = 0; count < 4; count++) rows.push(await entry(cadre))
    for (const row of rows) await assign(row, 'third', 'second')
  })

  test('is stood in for: what is assigned to them stands on the desk of the deputy while they are away', async () => {
    const member = await desk.memberId('clerk')
    const deputyFor = await desk.memberId('third')
    const deputy = { role: 'reviewer' as const, deputyFor, from: '2026-11-24', until: '2026-11-25' }
    await desk.value('secadmin', 'member.deputise', { member, deputy })
    await desk.confirm(member, 'approver')
    expect(await mine('clerk')).toEqual([])
    desk.setDay(2)
    expect(await mine('clerk')).toEqual(expect.arrayContaining(rows.map(({ record }) => record)))
    const holders = await desk.value('approver', 'review.holders', {})
    expect(holders.find((holder) => holder.member === deputyFor)).toMatchObject({
      standing: 'away',
      deputies: ['用户 clerk'],
    })
    // New work for who is away goes to the deputy.
    const row = await entry(cadre)
    const { assigned } = await assign(row, 'third')
    expect(assigned[0]?.reviewers.map(({ member: to }) => to)).toEqual([member])
    desk.setDay(4)
    expect(await mine('clerk')).toEqual([row.record])
    desk.setDay(0)
  })

  test('leaves what they held to everybody, and the head is told to deal it out', async () => {
    const before = await desk.value('approver', 'workbench.read', {})
    expect(before.orphaned).toBe(0)
    await desk.value('secadmin', 'member.suspend', { member: id('third') })
    const { orphaned } = await desk.value('approver', 'workbench.read', {})
    expect(orphaned).toBe(rows.length)
    const item = (await queue('approver', 'to-assign')).find(({ record }) => record === rows[0]?.record)
    expect(item?.assigned.find(({ member }) => member === id('third'))?.isAbsent).toBe(true)
    expect((await desk.value('approver', 'review.holders', {}))[0]).toMatchObject({
      member: id('third'),
      standing: 'gone',
      open: rows.length,
    })
  })

  test('is relieved of all of it in one signed act, by lot with the seed on record', async () => {
    for (const login of ['secadmin', 'second'])
      expect(
        await desk.refusal(login, 'review.handover', {
          member: id('third'),
          way: 'turn',
          to: null,
          words: '',
        }),
      ).toBe('call/not-permitted')
    const before = (
      await desk.value('approver', 'log.list', { compartment: 'archive', after: null, limit: 1 })
    ).items[0]
    const done = await desk.value('approver', 'review.handover', {
      member: id('third'),
      way: 'random',
      to: null,
      words: '停职',
    })
    expect(done).toMatchObject({ done: rows.length, refused: [] })
    expect(done.to.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
    const after = (
      await desk.value('approver', 'log.list', { compartment: 'archive', after: null, limit: 1 })
    ).items[0]
    expect(after?.seq).toBe((before?.seq ?? 0) + 1)
    for (const row of rows) {
      const { revisions } = await desk.value('approver', 'record.read', { record: row.record })
      const { assigned } = revisions[0]!
      // The other reviewer keeps the entry; who takes over was drawn among those it suits.
      expect(assigned?.reviewers[0]?.member).toBe(id('second'))
      const candidates = ['clerk', 'first', 'property', 'fourth'].map(id)
      const drawn = drawReviewers(nodePrimitives, assigned?.seed ?? '', row.revision, candidates, 1)
      expect([assigned?.reviewers[1]?.member]).toEqual(drawn)
    }
    expect((await desk.value('approver', 'workbench.read', {})).orphaned).toBe(0)
  })

  test('and what is in the tables follows from the log', async () => {
    desk.leave()
    expect((await desk.vault.verify(await desk.vault.keys())).verified).toBe(true)
    desk.vault.leave()
  })
})

describe('the workload', () => {
  const period = { from: '2026-11-01', until: '2026-12-31' }

  test('is told of all to who deals it out, by name, and of oneself to a reviewer', async () => {
    const all = await desk.value('approver', 'review.workload', period)
    const names = all.lines.map(({ name }) => name)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'zh-CN')))
    const first = all.lines.find(({ member }) => member === id('first'))
    expect(first?.decided).toBeGreaterThan(1)
    expect(first?.median).toBe(0)
    expect(first?.agreement.settled).toBeGreaterThan(0)
    expect(first?.agreement.same).toBe(first?.agreement.settled)
    const own = await desk.value('second', 'review.workload', period)
    expect(own).toMatchObject({ isOwn: true, lines: [{ member: id('second') }] })
    expect(own.lines).toHaveLength(1)
    expect(await desk.refusal('collector', 'review.workload', period)).toBe('call/not-permitted')
  })

  test('counts nothing outside of its period', async () => {
    const before = await desk.value('approver', 'review.workload', {
      from: '2026-01-01',
      until: '2026-10-31',
    })
    expect(before.lines.every(({ decided }) => decided === 0)).toBe(true)
  })
})
