import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpenVault } from '../../src-main/vault/vault.ts'
import { bodyOf, textOf } from '../../src-main/vault/names.ts'
import { commitAs } from '../../src-main/vault/vault.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { RoadStep } from '../../src-shared/review/states.ts'
import { readSteps } from '../../src-main/vault/projection.ts'
import { loan, newJob, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id

beforeAll(async () => {
  vault = await VaultFixture.found()
})

afterAll(() => vault.close())

beforeEach(async () => {
  cadre = await vault.openCadre('张三丰')
})

async function openOf(login: string): Promise<OpenVault> {
  return (await vault.session(login)).vault
}

/** Signs something as a member with a program that does not ask the rules first. */
async function insist(login: string, role: 'reviewer' | 'approver', operation: object) {
  const body = prepareBody(nodePrimitives, {})
  const full = { entity: newId(nodePrimitives), digest: body.digest, ...operation } as never
  return commitAs(await openOf(login), 'archive', role, '2026-11-22T03:00:00.000Z', [full], [body])
}

async function stepsOf(row: Row): Promise<readonly RoadStep[]> {
  const database = (await openOf('approver')).compartments.get('archive')!.database
  return readSteps(database, row.record)
}

async function decisionOf(row: Row, login: string) {
  const { id } = (await openOf(login)).member
  const step = (await stepsOf(row)).find((one) => one.member === id && one.act.act === 'decide')
  if (step?.act.act !== 'decide') throw new Error('no opinion')
  return step.act
}

describe('an entry', () => {
  test('is archived by four different people', async () => {
    const row = await vault.submit(cadre)
    expect(await vault.status(row)).toBe('submitted')
    await vault.archive(row)
    const { revisions, head } = await vault.record(row.record)
    const [revision] = revisions
    expect(head).toBe(row.revision)
    const hands = [
      revision?.author.name,
      ...(revision?.opinions.map(({ reviewer }) => reviewer.name) ?? []),
      revision?.signed?.hand.name,
    ]
    expect(hands).toEqual(['用户 collector', '用户 first', '用户 second', '用户 approver'])
  })

  test('is not reviewed by the one who entered it', async () => {
    const row = await vault.submit(cadre, {}, 'clerk')
    expect(await vault.decide(row, 'clerk')).toMatchObject({ error: { code: 'review/author-is-reviewer' } })
    expect(await vault.return(row, 'clerk')).toMatchObject({ error: { code: 'review/author-is-reviewer' } })
    expect((await vault.record(row.record, 'clerk')).may).toEqual(['withdraw'])
  })

  test('has no two opinions of one person', async () => {
    const row = await vault.submit(cadre)
    await vault.decide(row, 'first')
    expect(await vault.decide(row, 'first', 'disagree')).toMatchObject({
      error: { code: 'review/same-person-twice' },
    })
    const twice = [row, row].map(({ record, revision }) => ({
      record,
      revision,
      decision: 'agree' as const,
      reasons: [],
      marks: [],
      words: '',
    }))
    expect(
      await vault.call('second', 'review.decide', { compartment: 'archive', rows: twice }),
    ).toMatchObject({
      ok: true,
      value: { done: 1, refused: [{ code: 'review/same-person-twice' }] },
    })
    expect(await vault.status(row)).toBe('unopened')
  })

  test('is not opened or signed by its author, who is an approver too', async () => {
    const row = await vault.submit(cadre, {}, 'deputy')
    await vault.decide(row, 'first')
    await vault.decide(row, 'second')
    expect(await vault.open(row, 'deputy')).toMatchObject({ error: { code: 'review/signer-took-part' } })
    await vault.open(row, 'approver')
    expect(await vault.sign(row, 'deputy')).toMatchObject({ error: { code: 'review/signer-took-part' } })
    expect(await vault.sign(row, 'approver')).toMatchObject({ ok: true })
  })

  test('is withdrawn by its author before the first opinion and not after', async () => {
    const [early, late] = [await vault.submit(cadre), await vault.submit(cadre)]
    const withdraw = (row: Row, by: string) =>
      vault.refusal(by, 'record.withdraw', { record: row.record, revision: row.revision, reason: '填错' })
    expect(await withdraw(early, 'clerk')).toBe('review/not-author')
    expect(await withdraw(early, 'collector')).toBe(null)
    expect(await vault.status(early)).toBe('withdrawn')
    await vault.decide(late, 'first')
    expect(await withdraw(late, 'collector')).toBe('review/too-late')
    expect(await vault.status(late)).toBe('in-review')
  })

  test('of a category that was not granted is not reviewed, and one that was is', async () => {
    const loanRow = await vault.submit(cadre)
    const home = await vault.submit(cadre, {
      category: 'C2',
      values: { relation: '01', address: '清河镇东街 1 号', kind: '01' },
    })
    expect(await vault.decide(home, 'property')).toMatchObject({
      error: { code: 'authority/category-not-granted' },
    })
    expect(await vault.decide(loanRow, 'property')).toMatchObject({ ok: true })
    const queue = await vault.value('property', 'review.queue', {
      kind: 'to-review',
      after: null,
      limit: 500,
    })
    expect(queue.items.map(({ category }) => category)).not.toContain('C2')
  })

  test('that is wrong in itself is refused with what is wrong, and leaves nothing', async () => {
    const input = loan(cadre)
    const wrong = { ...input, values: { ...input.values, relation: '99', startOn: '2026-13-01' } }
    const result = await vault.call('collector', 'record.submit', wrong)
    expect(result).toMatchObject({ ok: false, error: { code: 'entry/invalid-values' } })
    const unknown = { ...input, cadre: newId(nodePrimitives) }
    expect(await vault.refusal('collector', 'record.submit', unknown)).toBe('entry/cadre-unknown')
    const { records } = await vault.value('approver', 'cadre.read', { cadre, at: null })
    expect(records).toEqual([])
  })

  test('keeps its dossier, its category and its compartment', async () => {
    const row = await vault.submit(cadre)
    await vault.return(row, 'first')
    const other = await vault.openCadre('李四')
    const again = { ...loan(cadre), record: row.record }
    expect(await vault.refusal('collector', 'record.submit', { ...again, cadre: other })).toBe(
      'review/category-changed',
    )
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话'))
    expect(
      await vault.refusal('inspector', 'record.submit', { ...talk(cadre, upload), record: row.record }),
    ).toBe('review/category-changed')
  })
})

describe('a sealed opinion', () => {
  test('shows nobody what it says before it is opened, and everybody after', async () => {
    const row = await vault.submit(cadre)
    await vault.decide(row, 'first', 'disagree', '数额与凭证不符')
    for (const login of ['first', 'second', 'approver', 'collector', 'inspector']) {
      const [revision] = (await vault.record(row.record, login)).revisions
      expect(revision?.opinions).toMatchObject([{ sealed: true, decision: null, reasons: [], words: '' }])
      expect(JSON.stringify(revision)).not.toContain('数额与凭证不符')
    }
    await vault.decide(row, 'second', 'agree')
    await vault.open(row)
    const [revision] = (await vault.record(row.record, 'collector')).revisions
    expect(revision?.opinions).toMatchObject([
      { sealed: false, decision: 'disagree', words: '数额与凭证不符' },
      { sealed: false, decision: 'agree' },
    ])
  })

  test('does not tell agreement from a long refusal by its length', async () => {
    const [short, long] = [await vault.submit(cadre), await vault.submit(cadre)]
    await vault.decide(short, 'first', 'agree')
    await vault.decide(long, 'first', 'disagree', '不'.repeat(900))
    const { database } = (await openOf('approver')).compartments.get('archive')!
    const length = async (row: Row) =>
      textOf(bodyOf(database, (await decisionOf(row, 'first')).body), 'sealed')?.length
    expect(await length(short)).toBe(await length(long))
  })

  test('with the same commitment as another’s is void', async () => {
    const row = await vault.submit(cadre)
    await vault.decide(row, 'first')
    const { commitment } = await decisionOf(row, 'first')
    const { record, revision } = row
    const copied = await insist('second', 'reviewer', {
      op: 'review.decide',
      rows: [{ record, revision, commitment }],
    })
    expect(copied).toMatchObject({ ok: false, error: { code: 'review/opinion-copied' } })
  })

  test('that is another’s envelope over a commitment of one’s own cannot be opened: both say it again', async () => {
    const row = await vault.submit(cadre)
    await vault.decide(row, 'first', 'agree')
    const second = await openOf('second')
    const { database } = second.compartments.get('archive')!
    const sealed = textOf(bodyOf(database, (await decisionOf(row, 'first')).body), 'sealed') as string
    const body = prepareBody(nodePrimitives, { sealed })
    const { record, revision } = row
    const operation = {
      op: 'review.decide' as const,
      entity: newId(nodePrimitives),
      digest: body.digest,
      rows: [{ record, revision, commitment: 'c'.repeat(64) }],
    }
    expect(commitAs(second, 'archive', 'reviewer', '2026-11-22T03:00:00.000Z', [operation], [body]).ok).toBe(
      true,
    )
    expect(await vault.status(row)).toBe('unopened')
    expect(await vault.open(row)).toMatchObject({ ok: true })
    expect(await vault.status(row)).toBe('submitted')
    expect((await vault.record(row.record)).revisions[0]?.opinions).toEqual([])
    await vault.archive(row)
    expect(await vault.status(row)).toBe('archived')
  })

  test('that does not match its commitment cannot be opened either', async () => {
    const row = await vault.submit(cadre)
    const { record, revision } = row
    await insist('first', 'reviewer', {
      op: 'review.decide',
      rows: [{ record, revision, commitment: 'd'.repeat(64) }],
    })
    await vault.decide(row, 'second')
    await vault.open(row)
    expect(await vault.status(row)).toBe('submitted')
    const approver = await openOf('approver')
    const claim = { nonce: 'a'.repeat(64), decision: 'agree', grounds: 'b'.repeat(64) }
    await vault.decide(row, 'first')
    await vault.decide(row, 'second')
    const opinions = ['first', 'second'].map(async (login) => ({
      reviewer: (await openOf(login)).member.id,
      ...claim,
    }))
    const lie = await insist('approver', 'approver', {
      op: 'review.open',
      rows: [{ record, revision, opinions: await Promise.all(opinions) }],
    })
    expect(lie).toMatchObject({ ok: false, error: { code: 'review/commitment-mismatch' } })
    expect(approver.member.login).toBe('approver')
  })
})

describe('a return and a disagreement', () => {
  test('a return is open at once, and the entry that answers it takes the whole road', async () => {
    const row = await vault.submit(cadre)
    await vault.decide(row, 'first')
    await vault.return(row, 'second')
    const queue = await vault.value('collector', 'review.queue', {
      kind: 'returned',
      after: null,
      limit: 500,
    })
    expect(queue.items.map(({ revision }) => revision)).toContain(row.revision)
    const again = await vault.submit(cadre, { record: row.record })
    const later = await vault.value('collector', 'review.queue', {
      kind: 'returned',
      after: null,
      limit: 500,
    })
    expect(later.items.map(({ revision }) => revision)).not.toContain(row.revision)
    await vault.archive(again)
    const { revisions, head } = await vault.record(row.record)
    expect(head).toBe(again.revision)
    expect(revisions.map(({ status }) => status)).toEqual(['archived', 'returned'])
    expect(revisions[1]?.returned).toMatchObject({ reasons: ['incomplete'] })
  })

  test('a disagreement is settled by one who took no part and signed by another still', async () => {
    const row = await vault.submit(cadre)
    await vault.review(row, 'agree', 'disagree')
    expect(await vault.sign(row)).toMatchObject({ error: { code: 'review/not-agreed' } })
    expect(await vault.adjudicate(row, 'first')).toMatchObject({
      error: { code: 'review/adjudicator-took-part' },
    })
    expect(await vault.adjudicate(row, 'deputy')).toMatchObject({ ok: true })
    expect(await vault.sign(row, 'deputy')).toMatchObject({ error: { code: 'review/signer-took-part' } })
    expect(await vault.sign(row, 'approver')).toMatchObject({ ok: true })
    const [revision] = (await vault.record(row.record)).revisions
    expect(revision?.opinions.map(({ decision }) => decision)).toEqual(['agree', 'disagree'])
    expect(revision?.adjudication).toMatchObject({ outcome: 'uphold', words: '核' })
  })

  test('an adjudicator does not take the decision of the author', async () => {
    const row = await vault.submit(cadre, {}, 'deputy')
    await vault.review(row, 'agree', 'disagree')
    expect(await vault.adjudicate(row, 'deputy')).toMatchObject({
      error: { code: 'review/adjudicator-took-part' },
    })
  })
})

describe('a correction', () => {
  test('waits while another of the same record is on its way, and starts from the fact', async () => {
    const row = await vault.submit(cadre)
    await vault.archive(row)
    const correction = { ...loan(cadre), record: row.record, parent: row.revision }
    expect(await vault.refusal('collector', 'record.submit', { ...correction, parent: null })).toBe(
      'entry/stale-parent',
    )
    expect(await vault.refusal('collector', 'record.submit', correction)).toBe(null)
    expect(await vault.refusal('clerk', 'record.submit', correction)).toBe('entry/stale-parent')
    expect(await vault.refusal('clerk', 'record.submit', { ...correction, record: null })).toBe(
      'entry/stale-parent',
    )
    expect(
      await vault.refusal('clerk', 'record.submit', { ...correction, record: newId(nodePrimitives) }),
    ).toBe('call/not-found')
  })

  test('leaves the fact as it was at every moment before', async () => {
    const first = await vault.submit(cadre)
    await vault.archive(first)
    const moment = (await vault.record(first.record)).revisions[0]!.signed!.hand.at
    const values = { ...loan(cadre).values, description: '已还清' }
    const second = await vault.submit(cadre, { record: first.record, parent: first.revision, values })
    await vault.archive(second)
    const factAt = async (at: string | null) =>
      (await vault.value('approver', 'cadre.read', { cadre, at })).records.map(
        ({ head }) => head?.values['description'],
      )
    expect(await factAt(null)).toEqual(['已还清'])
    expect(await factAt(moment)).toEqual(['借给同乡'])
    expect(await factAt('2026-01-01T00:00:00.000Z')).toEqual([])
  })
})

describe('many rows at once', () => {
  test('a row that is not open any more is named, and the others are signed', async () => {
    const rows = [
      await vault.submit(cadre),
      await vault.submit(cadre),
      await vault.submit(cadre, {}, 'deputy'),
    ]
    for (const row of rows) await vault.review(row, 'agree', 'agree')
    await vault.sign(rows[1] as Row, 'approver')
    const named = rows.map(({ record, revision }) => ({ record, revision }))
    const stray = { record: newId(nodePrimitives), revision: 'a'.repeat(64) }
    const input = { compartment: 'archive' as const, rows: [...named, stray], words: '' }
    expect(await vault.value('deputy', 'review.sign', input)).toEqual({
      done: 1,
      refused: [
        { ...named[1], code: 'review/not-agreed' },
        { ...named[2], code: 'review/signer-took-part' },
        { ...stray, code: 'review/no-such-revision' },
      ],
      awaitingAbove: 0,
    })
    expect(await Promise.all(rows.map((row) => vault.status(row)))).toEqual([
      'archived',
      'archived',
      'agreed',
    ])
  })

  test('nothing is signed when every row is refused', async () => {
    const rows = [await vault.submit(cadre), await vault.submit(cadre)].map(({ record, revision }) => ({
      record,
      revision,
    }))
    const before = await vault.value('approver', 'log.list', {
      compartment: 'archive',
      after: null,
      limit: 1,
    })
    const result = await vault.value('approver', 'review.sign', { compartment: 'archive', rows, words: '' })
    expect(result.done).toBe(0)
    const after = await vault.value('approver', 'log.list', { compartment: 'archive', after: null, limit: 1 })
    expect(after.items).toEqual(before.items)
  })

  test('an opening names the rows that are not for this approver, and opens the others', async () => {
    const rows = [
      await vault.submit(cadre),
      await vault.submit(cadre, {}, 'deputy'),
      await vault.submit(cadre),
    ]
    for (const row of rows.slice(0, 2)) {
      await vault.decide(row, 'first')
      await vault.decide(row, 'second')
    }
    const named = rows.map(({ record, revision }) => ({ record, revision }))
    expect(await vault.value('deputy', 'review.open', { compartment: 'archive', rows: named })).toEqual({
      done: 1,
      refused: [
        { ...named[1], code: 'review/signer-took-part' },
        { ...named[2], code: 'review/not-unopened' },
      ],
    })
    expect(await vault.status(rows[0] as Row)).toBe('agreed')
  })
})

describe('evidence', () => {
  test('comes with a talk, or the talk is not taken', async () => {
    const bare = { ...talk(cadre, newJob()), evidence: [] }
    expect(await vault.refusal('inspector', 'record.submit', bare)).toBe('review/no-evidence')
    expect(await vault.refusal('inspector', 'record.submit', talk(cadre, newJob()))).toBe(
      'vault/evidence-missing',
    )
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
    const row = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    await vault.archive({ ...row, compartment: 'discipline' })
    expect(await vault.status(row, 'inspector')).toBe('archived')
    expect(await vault.refusal('inspector', 'record.submit', talk(cadre, upload))).toBe(
      'vault/evidence-missing',
    )
  })

  test('is kept by a correction, and read back as it was given', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(700_000, '档')])
    const upload = await vault.upload('collector', '借条.pdf', bytes)
    const row = await vault.submit(cadre, { evidence: [{ upload }] })
    await vault.archive(row)
    const { hash } = (await vault.record(row.record)).revisions[0]!.evidence[0]!
    const correction = await vault.submit(cadre, {
      record: row.record,
      parent: row.revision,
      evidence: [{ kept: hash }],
    })
    const parts: Buffer[] = []
    for (let offset = 0; offset < bytes.length; offset += 300_000) {
      const { bytes: text, mediaType } = await vault.value('approver', 'evidence.read', {
        revision: correction.revision,
        hash,
        offset,
        length: 300_000,
      })
      expect(mediaType).toBe('application/pdf')
      parts.push(Buffer.from(text, 'base64'))
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    expect(
      await vault.refusal('collector', 'record.submit', { ...loan(cadre), evidence: [{ kept: hash }] }),
    ).toBe('vault/evidence-missing')
  })

  test('is what its bytes say, however they are cut into pieces', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000, 0)])
    const size = program.length
    const begin = async (name: string) =>
      (
        await vault.value('collector', 'upload.begin', {
          purpose: 'evidence',
          name,
          size,
          mediaType: 'image/png',
        })
      ).upload
    const append = async (upload: string, offset: number, bytes: Buffer) =>
      await vault.refusal('collector', 'upload.append', { upload, offset, bytes })
    expect(await append(await begin('照片.png'), 0, program)).toBe('vault/evidence-type')
    for (const cut of [0, 1, 2, 100]) {
      const upload = await begin('照片.png')
      expect(await append(upload, 0, program.subarray(0, cut)), `first ${cut} bytes`).not.toBe(null)
    }
  })
})

describe('a reading', () => {
  async function entries(): Promise<number> {
    const { items } = await vault.value('auditor', 'log.list', {
      compartment: 'control',
      after: null,
      limit: 500,
    })
    return items.filter(({ action }) => action === 'access.record').length
  }

  test('of a dossier, a record or evidence is entered before it is answered', async () => {
    const upload = await vault.upload('collector', '借条.txt', Buffer.from('借条'))
    const row = await vault.submit(cadre, { evidence: [{ upload }] })
    const count = await entries()
    await vault.value('approver', 'cadre.read', { cadre, at: null })
    expect(await entries()).toBe(count + 1)
    const { hash } = (await vault.record(row.record)).revisions[0]!.evidence[0]!
    expect(await entries()).toBe(count + 2)
    const read = (offset: number) =>
      vault.value('first', 'evidence.read', { revision: row.revision, hash, offset, length: 100 })
    await read(0)
    expect(await entries()).toBe(count + 3)
  })

  test('of evidence is entered from whatever place it begins', async () => {
    const upload = await vault.upload('collector', '借条.txt', Buffer.from('借条若干'))
    const row = await vault.submit(cadre, { evidence: [{ upload }] })
    const { hash } = (await vault.record(row.record)).revisions[0]!.evidence[0]!
    const count = await entries()
    await vault.value('second', 'evidence.read', { revision: row.revision, hash, offset: 3, length: 100 })
    expect(await entries()).toBe(count + 1)
  })

  test('of what is not there is entered as a refused attempt', async () => {
    const count = await entries()
    expect(await vault.refusal('approver', 'cadre.read', { cadre: newId(nodePrimitives), at: null })).toBe(
      'call/not-found',
    )
    expect(await vault.refusal('approver', 'record.read', { record: newId(nodePrimitives) })).toBe(
      'call/not-found',
    )
    expect(await entries()).toBe(count + 2)
  })
})

test('after all of this the vault is sound', async () => {
  const report = await vault.value('inspector', 'log.verify', { job: newJob() })
  expect(report.compartments.map(({ fault, differences, voids }) => ({ fault, differences, voids }))).toEqual(
    Array.from({ length: 3 }, () => ({ fault: null, differences: [], voids: [] })),
  )
})
