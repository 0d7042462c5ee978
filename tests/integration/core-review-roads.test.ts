import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FixturePerson, Row } from '../helpers/vault-fixture.ts'
import { people, VaultFixture } from '../helpers/vault-fixture.ts'
import { fromBase64, fromHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { checkpointOrigin, openCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { verifyInclusion } from '../../src-shared/log/merkle.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { drawReviewers } from '../../src-shared/review/assignment.ts'

/** Enough people to settle things together beside those who took part. */
const crowd: readonly FixturePerson[] = [
  ...people,
  { login: 'third', roles: ['reviewer'] },
  { login: 'fourth', roles: ['reviewer'] },
  { login: 'fifth', roles: ['reviewer'] },
]

let vault: VaultFixture
let cadre: Id
const ids = new Map<string, Id>()
const id = (login: string) => ids.get(login) as Id

beforeAll(async () => {
  vault = await VaultFixture.found({ people: crowd })
  cadre = await vault.openCadre('王五福')
  const unit = await vault.value('collector', 'unit.read', {})
  for (const member of unit.members) ids.set(member.login, member.id)
})

afterAll(() => vault.close())

async function entry(): Promise<Row> {
  return await vault.submit(cadre)
}

function rows(row: Row) {
  return { compartment: 'archive' as const, rows: [{ record: row.record, revision: row.revision }] }
}

async function newest(row: Row, by: string) {
  const view = await vault.value(by, 'record.read', { record: row.record })
  return { view, revision: view.revisions[0]! }
}

describe('a question of a reviewer', () => {
  let row: Row
  let query: Id

  beforeAll(async () => {
    row = await entry()
    const asked = { record: row.record, revision: row.revision, field: 'amount', words: '金额与借条不符？' }
    query = (await vault.value('first', 'query.ask', asked)).query
  })

  test('reaches the author, and waits on their desk', async () => {
    const waiting = await vault.value('collector', 'query.list', {})
    expect(waiting).toEqual([expect.objectContaining({ query, wants: 'answer', cadreName: '王五福' })])
    const { view } = await newest(row, 'collector')
    expect(view.queries).toEqual([
      expect.objectContaining({
        query,
        field: 'amount',
        words: '金额与借条不符？',
        may: { answer: true, resolve: false },
      }),
    ])
  })

  test('is not shown to the other reviewer before both opinions are in, nor to be read in the database', async () => {
    expect((await newest(row, 'second')).view.queries).toEqual([])
    const { vault: open } = await vault.session('second')
    const database = open.compartments.get('archive')!.database
    const bodies = database.prepare('SELECT bytes FROM body').all() as { bytes: Uint8Array }[]
    for (const { bytes } of bodies) expect(Buffer.from(bytes).toString('utf8')).not.toContain('借条不符')
  })

  test('is answered by the author alone, and settled by whoever asked', async () => {
    const answer = { record: row.record, query, words: '已按借条原件更正。' }
    expect(await vault.refusal('inspector', 'query.answer', answer)).toBe('review/query-not-yours')
    expect(await vault.refusal('collector', 'query.answer', answer)).toBe(null)
    expect(await vault.value('first', 'query.list', {})).toEqual([
      expect.objectContaining({ wants: 'resolve' }),
    ])
    expect(await vault.refusal('second', 'query.resolve', { ...answer, words: '' })).toBe(
      'review/query-not-yours',
    )
    expect(await vault.refusal('first', 'query.resolve', { ...answer, words: '清楚了' })).toBe(null)
    expect(await vault.value('first', 'query.list', {})).toEqual([])
    expect(await vault.refusal('collector', 'query.answer', answer)).toBe('review/query-unknown')
  })

  test('stays with the record, for the approver who opens the opinions too', async () => {
    await vault.archive(row)
    const { view } = await newest(row, 'approver')
    expect(view.queries).toEqual([
      expect.objectContaining({
        words: '金额与借条不符？',
        answers: [expect.objectContaining({ words: '已按借条原件更正。' })],
        resolved: expect.objectContaining({ words: '清楚了' }),
      }),
    ])
  })

  test('is not asked by the author, nor of what is archived', async () => {
    const late = { record: row.record, revision: row.revision, field: null, words: '为什么？' }
    expect(await vault.refusal('first', 'query.ask', late)).toBe('review/not-open-for-opinion')
    const own = await vault.submit(cadre, {}, 'clerk')
    const mine = { record: own.record, revision: own.revision, field: null, words: '为什么？' }
    expect(await vault.refusal('clerk', 'query.ask', mine)).toBe('review/author-is-reviewer')
  })
})

describe('a sensitive matter', () => {
  let row: Row

  beforeAll(async () => {
    row = await entry()
    expect(await vault.decide(row, 'second')).toMatchObject({ ok: true })
  })

  test('is sent to adjudication by any reviewer with words, and the opinion given stays sealed', async () => {
    expect(await vault.refusal('first', 'review.escalate', { ...rows(row), words: ' ' })).toBe(
      'call/invalid-input',
    )
    expect(await vault.refusal('first', 'review.escalate', { ...rows(row), words: '涉及主要领导' })).toBe(
      null,
    )
    const { revision } = await newest(row, 'third')
    expect(revision).toMatchObject({ status: 'disputed', escalated: { words: '涉及主要领导' } })
    expect(revision.opinions).toEqual([expect.objectContaining({ sealed: true })])
  })

  test('is settled by nobody who took part, and offered to none of them', async () => {
    for (const login of ['first', 'second'])
      expect(await vault.adjudicate(row, login)).toMatchObject({
        error: { code: 'review/adjudicator-took-part' },
      })
    const offered = async (login: string) => {
      const input = { kind: 'to-adjudicate', after: null, limit: 50 } as const
      const queue = await vault.value(login, 'review.queue', input)
      return queue.items.some(({ record }) => record === row.record)
    }
    expect(await offered('first')).toBe(false)
    expect(await offered('third')).toBe(true)
  })

  test('is settled by nobody past an opinion that was given and not opened', async () => {
    expect(await vault.adjudicate(row, 'third')).toMatchObject({
      error: { code: 'review/unopened-opinions' },
    })
    expect(await vault.open(row)).toMatchObject({ ok: true })
    const { revision } = await newest(row, 'third')
    expect(revision.opinions).toEqual([expect.objectContaining({ sealed: false, decision: 'agree' })])
    expect(revision.status).toBe('disputed')
  })

  test('of which no review came to an end is settled by two who say the same, not by one', async () => {
    const other = await entry()
    expect(await vault.refusal('first', 'review.escalate', { ...rows(other), words: '敏感' })).toBe(null)
    expect(await vault.adjudicate(other, 'third')).toMatchObject({ ok: true })
    expect(await vault.status(other)).toBe('disputed')
    expect(await vault.adjudicate(other, 'fourth', 'reject')).toMatchObject({ ok: true })
    expect(await vault.status(other)).toBe('disputed')
    expect(await vault.adjudicate(other, 'fifth')).toMatchObject({ ok: true })
    expect(await vault.status(other)).toBe('adjudicated')
  })

  test('is settled by the majority of a group, whose members speak once', async () => {
    const members = ['third', 'fourth', 'fifth'].map(id)
    const convene = { ...rows(row), members, words: '成立专题小组' }
    expect(
      await vault.refusal('approver', 'review.convene', {
        ...convene,
        members: [id('first'), ...members.slice(1)],
      }),
    ).toBe('review/adjudicator-took-part')
    expect(await vault.refusal('approver', 'review.convene', convene)).toBe(null)
    expect(await vault.adjudicate(row, 'inspector')).toMatchObject({ error: { code: 'review/not-in-group' } })
    expect(await vault.adjudicate(row, 'third', 'reject')).toMatchObject({ ok: true })
    expect(await vault.adjudicate(row, 'third')).toMatchObject({
      error: { code: 'review/same-person-twice' },
    })
    expect(await vault.adjudicate(row, 'fourth')).toMatchObject({ ok: true })
    expect(await vault.status(row)).toBe('disputed')
    expect(await vault.adjudicate(row, 'fifth')).toMatchObject({ ok: true })
    const { revision } = await newest(row, 'approver')
    expect(revision.status).toBe('adjudicated')
    expect(revision.group?.votes.map(({ outcome }) => outcome)).toEqual(['reject', 'uphold', 'uphold'])
  })

  test('is signed by an approver afterwards, and proves true from the stored bytes', async () => {
    expect(await vault.sign(row)).toMatchObject({ ok: true })
    expect((await vault.verify(await vault.keys())).verified).toBe(true)
  })
})

describe('the verification sheet', () => {
  test('proves to anybody with the root key of the unit that the signing commit stands in the log', async () => {
    const row = await entry()
    await vault.archive(row)
    const proof = await vault.value('collector', 'review.proof', {
      record: row.record,
      revision: row.revision,
    })
    const { vault: open } = await vault.session('collector')
    const device = open.authority.head.devices.get(open.device.id)!
    const name = checkpointOrigin(open.unit, proof.log)
    const note = { name, publicKey: fromHex(device.publicKey) as Uint8Array }
    const checkpoint = openCheckpoint(nodePrimitives, proof.note!, note)
    if (!checkpoint.ok) throw new Error(checkpoint.error.code)
    const { size, root } = checkpoint.value
    const path = proof.proof.map((hash) => fromBase64(hash) as Uint8Array)
    const leaf = fromHex(proof.leaf) as Uint8Array
    expect(verifyInclusion(nodePrimitives, leaf, proof.seq, size, path, root)).toBe(true)
    expect(verifyInclusion(nodePrimitives, leaf, proof.seq - 1, size, path, root)).toBe(false)
    const { revisions } = await vault.record(row.record)
    expect(revisions[0]!.signed!.hand.commit).toBe(proof.leaf)
  })

  test('is not made for what is not signed', async () => {
    const row = await entry()
    const input = { record: row.record, revision: row.revision }
    expect(await vault.refusal('collector', 'review.proof', input)).toBe('review/not-agreed')
  })
})

describe('assignment', () => {
  test('by hand puts an entry on the desks of those named and takes it off the pile of nobody', async () => {
    const row = await entry()
    const has = async (login: string, whose: 'mine' | 'unassigned' | 'all') => {
      const queue = await vault.value(login, 'review.queue', {
        kind: 'to-review',
        whose,
        after: null,
        limit: 200,
      })
      return queue.items.some(({ record }) => record === row.record)
    }
    expect([await has('third', 'mine'), await has('third', 'unassigned')]).toEqual([false, true])
    const reviewers = [id('third'), id('fourth')]
    const assign = { ...rows(row), way: 'hand' as const, reviewers, words: '' }
    expect(await vault.refusal('first', 'review.assign', assign)).toBe('call/not-permitted')
    expect(await vault.refusal('approver', 'review.assign', assign)).toBe(null)
    expect([await has('third', 'mine'), await has('third', 'unassigned')]).toEqual([true, false])
    expect([await has('fifth', 'mine'), await has('fifth', 'all')]).toEqual([false, true])
  })

  test('offers neither the author nor anybody about whom the dossier is', async () => {
    const row = await vault.submit(cadre, {}, 'clerk')
    const candidates = await vault.value('approver', 'review.candidates', {
      record: row.record,
      revision: row.revision,
    })
    const of = (login: string) => candidates.find(({ member }) => member === id(login))?.unsuitable
    expect([of('clerk'), of('third')]).toEqual(['author', null])
    expect(candidates.map(({ member }) => member)).not.toContain(id('collector'))
  })

  test('at random can be drawn again from the seed on record', async () => {
    const row = await entry()
    const done = await vault.value('approver', 'review.assign', {
      ...rows(row),
      way: 'random',
      reviewers: [],
      words: '',
    })
    const { revision } = await newest(row, 'approver')
    const candidates = await vault.value('approver', 'review.candidates', {
      record: row.record,
      revision: row.revision,
    })
    const able = candidates.filter(({ unsuitable }) => unsuitable === null).map(({ member }) => member)
    const drawn = drawReviewers(nodePrimitives, revision.assigned!.seed!, row.revision, able, 2)
    expect(done.assigned[0]!.reviewers.map(({ member }) => member)).toEqual(drawn)
    expect(revision.assigned!.reviewers.map(({ member }) => member)).toEqual(drawn)
  })

  test('in turn goes to those with the least on their desks', async () => {
    const waiting = [await entry(), await entry(), await entry()]
    const done = await vault.value('approver', 'review.assign', {
      compartment: 'archive',
      way: 'turn',
      reviewers: [],
      rows: waiting.map(({ record, revision }) => ({ record, revision })),
      words: '',
    })
    const given = done.assigned.flatMap(({ reviewers }) => reviewers.map(({ member }) => member))
    expect(given).toHaveLength(6)
    expect(
      Math.max(...[...new Set(given)].map((one) => given.filter((other) => other === one).length)),
    ).toBeLessThan(3)
  })
})

describe('an error found later', () => {
  let row: Row
  let fault: Id

  beforeAll(async () => {
    row = await entry()
    await vault.archive(row)
  })

  test('is traced to those who handled the entry, and never by one of them', async () => {
    const hands = await vault.value('inspector', 'fault.hands', {
      record: row.record,
      revision: row.revision,
    })
    expect(hands.map(({ member, as }) => [member, as]).sort()).toEqual(
      [
        [id('collector'), 'author'],
        [id('first'), 'reviewer'],
        [id('second'), 'reviewer'],
        [id('approver'), 'signer'],
      ].sort(),
    )
    const finding = {
      record: row.record,
      revision: row.revision,
      kind: 'misentry' as const,
      found: 'check' as const,
      fields: ['amount'],
      traced: [id('collector'), id('first')],
      words: '金额多录一位',
    }
    expect(await vault.refusal('inspector', 'fault.find', { ...finding, traced: [id('third')] })).toBe(
      'review/fault-traced',
    )
    expect(await vault.refusal('approver', 'fault.find', { ...finding, traced: [id('approver')] })).toBe(
      'review/fault-traced',
    )
    fault = (await vault.value('inspector', 'fault.find', finding)).fault
  })

  test('is answered by them, and registered with the answer', async () => {
    const answer = { record: row.record, fault, words: '当日录入量大，误录。' }
    expect(await vault.refusal('second', 'fault.answer', answer)).toBe('review/fault-traced')
    expect(await vault.refusal('collector', 'fault.answer', answer)).toBe(null)
    const all = { kind: null, cadre: null, member: null, mine: false, offset: 0, limit: 50 }
    const register = await vault.value('approver', 'fault.list', all)
    expect(register).toEqual([
      expect.objectContaining({ fault, kind: 'misentry', words: '金额多录一位', fields: ['amount'] }),
    ])
    expect(register[0]!.traced.find(({ member }) => member === id('collector'))).toMatchObject({
      as: 'author',
      answers: [expect.objectContaining({ words: '当日录入量大，误录。' })],
    })
    expect(await vault.value('second', 'fault.list', { ...all, mine: true })).toEqual([])
    expect(await vault.value('first', 'fault.list', { ...all, mine: true })).toHaveLength(1)
    expect(await vault.value('approver', 'fault.list', { ...all, kind: 'tampering' })).toEqual([])
    // On the workbench it stands for who has not answered, and counting it is no reading.
    const waiting = async (login: string) => (await vault.value(login, 'workbench.read', {})).faults
    expect([await waiting('first'), await waiting('collector'), await waiting('second')]).toEqual([1, 0, 0])
  })

  test('proves true from the stored bytes, tables derived anew', async () => {
    expect((await vault.verify(await vault.keys())).verified).toBe(true)
  })
})
