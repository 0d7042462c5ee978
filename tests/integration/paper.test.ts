import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitAs } from '../../src-main/vault/vault.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { readSheetCode, writeSheetCode } from '../../src-shared/paper/sheet-code.ts'
import { scan } from '../e2e/support/evidence.ts'
import { newJob, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let loan: Row
let spoken: Row

const purpose = { kind: 'report', words: '' }
const said = { form: 'filled', found: 'code', sheet: null, signed: ['subject', 'sealed'], words: '' } as const

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  loan = await vault.submit(cadre)
  await vault.archive(loan)
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
  const talked = await vault.submit(cadre, talk(cadre, upload), 'inspector')
  spoken = { ...talked, compartment: 'discipline' }
})

afterAll(() => vault.close())

let scans = 0
/** A page that no other is the same as. */
async function page(by = 'collector', name = '扫描.png'): Promise<Id> {
  const { buffer } = scan(name)
  return await vault.upload(by, name, Buffer.concat([buffer, Buffer.from([scans++])]))
}

async function attach(row: Row, by = 'collector', uploads?: readonly Id[]) {
  const { record, revision } = row
  const files = uploads ?? [await page(by)]
  return await vault.call(by, 'paper.attach', {
    record,
    revision,
    uploads: [...files],
    said: { ...said, signed: [...said.signed] },
  })
}

async function papers({ record, revision }: Row, by = 'approver') {
  const view = await vault.record(record, by)
  return view.revisions.find((one) => one.revision === revision)?.papers ?? []
}

describe('the scan of a signed sheet', () => {
  test('stands beside an archived revision, which stays what it was', async () => {
    const before = await vault.record(loan.record)
    const attached = await attach(loan)
    expect(attached.ok).toBe(true)
    const after = await vault.record(loan.record)
    const [revision] = after.revisions
    expect(revision).toMatchObject({ revision: loan.revision, status: 'archived', evidence: [] })
    expect(revision?.papers).toMatchObject([
      {
        ...said,
        hand: { name: '用户 collector' },
        files: [{ name: '扫描.png', mediaType: 'image/png' }],
        struck: null,
      },
    ])
    expect({ ...after, revisions: after.revisions.map((one) => ({ ...one, papers: [] })) }).toEqual(before)
  })

  test('is looked at like evidence, by those who see the record', async () => {
    const [paper] = await papers(loan, 'first')
    const hash = paper?.files[0]?.hash ?? ''
    const piece = { revision: loan.revision, hash, offset: 0, length: 8 }
    const { bytes, mediaType } = await vault.value('first', 'evidence.read', piece)
    expect(mediaType).toBe('image/png')
    expect(Buffer.from(bytes, 'base64').subarray(1, 4).toString()).toBe('PNG')
    expect(await vault.refusal('first', 'evidence.read', { ...piece, revision: 'f'.repeat(64) })).toBe(
      'call/not-found',
    )
  })

  test('is attached once; another of the same revision stands beside it', async () => {
    const upload = await page()
    expect((await attach(loan, 'collector', [upload])).ok).toBe(true)
    const again = await vault.upload(
      'collector',
      '另名.png',
      Buffer.concat([scan('x').buffer, Buffer.from([scans - 1])]),
    )
    expect(await attach(loan, 'collector', [again])).toMatchObject({
      error: { code: 'paper/already-attached' },
    })
    expect(await papers(loan)).toHaveLength(2)
  })

  test('is a picture or a PDF', async () => {
    const upload = await vault.upload('collector', '说明.txt', Buffer.from('文字'))
    expect(await attach(loan, 'collector', [upload])).toMatchObject({
      error: { code: 'paper/not-a-picture' },
    })
  })

  test('is attached to a revision that is there, by those who enter such records', async () => {
    expect(await attach({ ...loan, revision: 'f'.repeat(64) })).toMatchObject({
      error: { code: 'call/not-found' },
    })
    expect(await attach(loan, 'first', [newJob()])).toMatchObject({ error: { code: 'call/not-permitted' } })
    expect(await attach(loan, 'collector', [newJob()])).toMatchObject({
      error: { code: 'vault/evidence-missing' },
    })
  })

  test('that was a mistake is struck out, with a reason, and stays to be seen', async () => {
    const [first] = await papers(loan)
    const input = { record: loan.record, paper: first?.paper ?? '', reason: '附错条目' }
    expect(await vault.refusal('approver', 'paper.strike', input)).toBe('call/not-permitted')
    await vault.value('collector', 'paper.strike', input)
    expect(await vault.refusal('collector', 'paper.strike', input)).toBe('paper/not-attached')
    const [struck] = await papers(loan)
    expect(struck).toMatchObject({ struck: { name: '用户 collector', reason: '附错条目' }, mayStrike: false })
    expect(struck?.files).toHaveLength(1)
  })

  test('of a discipline record is in that compartment alone', async () => {
    expect(await attach(spoken, 'collector', [await page()])).toMatchObject({
      error: { code: 'call/not-found' },
    })
    expect((await attach(spoken, 'inspector')).ok).toBe(true)
    expect(await papers(spoken, 'inspector')).toHaveLength(1)
    const { compartments } = (await vault.session('inspector')).vault
    const kept = (name: 'archive' | 'discipline') =>
      compartments
        .get(name)!
        .database.prepare('SELECT count(*) AS n FROM paper WHERE record = ?')
        .get(spoken.record)
    expect([kept('archive'), kept('discipline')]).toEqual([{ n: 0 }, { n: 1 }])
  })

  test('whose header claims another category than its record has does not count', async () => {
    const session = await vault.session('collector')
    const [own] = await papers(loan)
    const file = own?.files[0]
    const evidence = [{ ...file, key: 'x', content: 'a'.repeat(64) }]
    const body = prepareBody(nodePrimitives, {
      ...said,
      signed: [...said.signed],
      evidence: evidence as never,
    })
    const operation = {
      op: 'paper.attach',
      entity: newJob(),
      digest: body.digest,
      ...{ record: loan.record, revision: loan.revision, cadre, category: 'C7', evidence: 1 },
    } as const
    const at = '2026-11-22T08:00:00.000Z'
    const before = await papers(loan)
    expect(commitAs(session.vault, 'archive', 'collector', at, [operation], [body]).ok).toBe(true)
    expect(await papers(loan)).toEqual(before)
  })
})

describe('a printed sheet', () => {
  test('with the values of an archived revision is a copy, for a purpose, in the register', async () => {
    const input = { record: loan.record, revision: loan.revision, purpose }
    const paper = await vault.value('collector', 'paper.print', input)
    expect(paper).toMatchObject({
      cadreName: '张三丰',
      category: 'C6',
      status: 'archived',
      values: { description: '借给同乡' },
      entered: { name: '用户 collector' },
      reviewed: [{ name: '用户 first' }, { name: '用户 second' }],
      approved: { name: '用户 approver' },
    })
    const { items } = await vault.value('collector', 'register.list', {
      ...{ id: null, kind: 'copy', cadre, after: null, limit: 10 },
    } as const)
    expect(items[0]).toMatchObject({ form: 'print', status: 'made', categories: ['C6'], purpose })
  })

  test('leads back to its revision, and says when that was superseded', async () => {
    const input = { record: loan.record, revision: loan.revision, purpose }
    const { code } = await vault.value('collector', 'paper.print', input)
    expect(readSheetCode(code)).toMatchObject({ value: { record: loan.record, revision: loan.revision } })
    const [found] = await vault.value('collector', 'paper.locate', { codes: [code] })
    expect(found).toMatchObject({
      is: 'revision',
      place: {
        cadreName: '张三丰',
        category: 'C6',
        status: 'archived',
        isSuperseded: false,
        may: true,
        papers: 1,
      },
    })
    const mended = await vault.submit(cadre, { record: loan.record, parent: loan.revision })
    await vault.archive(mended)
    const [later] = await vault.value('collector', 'paper.locate', { codes: [code] })
    expect(later).toMatchObject({ is: 'revision', place: { status: 'superseded', isSuperseded: true } })
    expect((await attach(loan)).ok).toBe(true)
  })

  test('of what is on its way is printed too, and in no register of facts', async () => {
    const row = await vault.submit(cadre)
    const paper = await vault.value('collector', 'paper.print', { ...row, purpose })
    expect(paper).toMatchObject({ status: 'submitted', approved: null, reviewed: [] })
  })

  test('of discipline waits for its archiving, and then for another member', async () => {
    const input = { record: spoken.record, revision: spoken.revision, purpose }
    expect(await vault.refusal('inspector', 'paper.print', input)).toBe('paper/on-its-way')
    await vault.archive(spoken)
    expect(await vault.refusal('inspector', 'paper.print', input)).toBe('disclosure/needs-request')
    const wanted = { cadre, categories: null, record: spoken.record, form: 'print', purpose } as const
    const { request } = await vault.value('inspector', 'copy.request', wanted)
    expect(await vault.refusal('inspector', 'paper.print', { ...input, request })).toBe(
      'disclosure/not-approved',
    )
    await vault.value('approver', 'copy.approve', { request, words: '' })
    expect(await vault.refusal('inspector', 'paper.print', { ...loanInput(), request })).toBe(
      'disclosure/other-scope',
    )
    const paper = await vault.value('inspector', 'paper.print', { ...input, request })
    expect(paper).toMatchObject({ category: 'E3', values: { content: '廉政谈话' } })
  })

  test('that is blank names its category and its cadre, each by a number of its own', async () => {
    const { sheets, cadreName } = await vault.value('collector', 'paper.blank', {
      cadre,
      categories: ['C6', 'C7'],
    })
    expect(cadreName).toBe('张三丰')
    expect(new Set(sheets.map(({ number }) => number)).size).toBe(2)
    const codes = sheets.map(({ code }) => code)
    expect(await vault.value('collector', 'paper.locate', { codes })).toEqual([
      { is: 'blank', category: 'C6', cadre: { id: cadre, name: '张三丰' } },
      { is: 'blank', category: 'C7', cadre: { id: cadre, name: '张三丰' } },
    ])
    const anybody = await vault.value('collector', 'paper.blank', { cadre: null, categories: ['C6'] })
    expect(
      await vault.value('collector', 'paper.locate', { codes: [anybody.sheets[0]?.code ?? ''] }),
    ).toEqual([{ is: 'blank', category: 'C6', cadre: null }])
  })

  test('of another unit, of nothing known here, or of discipline tells no more than that', async () => {
    const print = { record: spoken.record, revision: spoken.revision, purpose }
    const unit = (await vault.session('collector')).vault.unit
    const filled = (record: string, revision: string, of = unit) =>
      writeSheetCode({ kind: 'filled', unit: of, record, revision })
    const codes = [
      filled(loan.record, loan.revision, 'a'.repeat(32)),
      filled(newJob(), loan.revision),
      filled(loan.record, 'f'.repeat(64)),
      filled(print.record, print.revision),
      'https://example.org/',
    ]
    const answers = await vault.value('collector', 'paper.locate', { codes })
    expect(answers).toEqual([
      { is: 'other-unit' },
      { is: 'unknown' },
      { is: 'unknown' },
      { is: 'unknown' },
      { is: 'no-code' },
    ])
    const [cleared] = await vault.value('inspector', 'paper.locate', { codes: codes.slice(3) })
    expect(cleared).toMatchObject({ is: 'revision', place: { category: 'E3', compartment: 'discipline' } })
  })

  test('is found by hand too: the revisions of a cadre, newest first', async () => {
    const places = await vault.value('collector', 'paper.places', { cadre, category: null })
    expect(places.map(({ category }) => category)).toEqual(['C6', 'C6', 'C6'])
    expect(places.at(-1)).toMatchObject({ revision: loan.revision, isSuperseded: true })
    expect(await vault.value('inspector', 'paper.places', { cadre, category: 'E3' })).toHaveLength(1)
  })
})

function loanInput() {
  return { record: loan.record, revision: loan.revision, purpose }
}

describe('a sheet that shows what a reviewer has yet to type', () => {
  const values = {
    kind: '02',
    document: '监处〔2026〕3号',
    authority: '县监察委员会',
    on: '2026-03-02',
    until: '2027-03-02',
    facts: '违规收受礼金。',
    basis: '政务处分法第三十四条',
  }
  let row: Row

  test('is not shown to them, printed or scanned; a sheet written by hand is, as evidence', async () => {
    const upload = await vault.upload('inspector', '处分.txt', Buffer.from('处分决定书'))
    const entry = { ...talk(cadre, upload), category: 'E5', values }
    row = { ...(await vault.submit(cadre, entry, 'inspector')), compartment: 'discipline' }
    const { record, revision } = row
    expect((await attach(row, 'inspector')).ok).toBe(true)
    const byHand = { ...said, form: 'handwritten' as const, signed: [...said.signed] }
    const uploads = [await page('inspector')]
    await vault.value('inspector', 'paper.attach', { record, revision, uploads, said: byHand })
    const shown = await papers(row, 'inspector')
    expect(shown.map(({ files }) => files.length)).toEqual([1, 1])
    expect((await papers(row, 'first')).map(({ files }) => files.length)).toEqual([0, 1])
    const piece = (place: number) => ({
      revision,
      hash: shown[place]?.files[0]?.hash ?? '',
      offset: 0,
      length: 8,
    })
    expect(await vault.refusal('first', 'evidence.read', piece(0))).toBe('call/not-found')
    expect((await vault.value('first', 'evidence.read', piece(1))).mediaType).toBe('image/png')
    expect(await vault.refusal('first', 'paper.print', { record, revision, purpose })).toBe('paper/withheld')
  })

  test('is shown once they have typed it', async () => {
    const { record, revision } = row
    const typed = { kind: '02', document: '监处(2026)3号', on: '2026-03-02', until: '2027-03-02' }
    await vault.value('first', 'review.rekey', { record, revision, values: typed })
    expect((await papers(row, 'first')).map(({ files }) => files.length)).toEqual([1, 1])
  })
})

describe('a volume in the cabinet', () => {
  const row = { number: '', author: '清河镇党委', title: '任职通知', date: '20260301', pages: '1', note: '' }
  const volume = { number: 'J01-2-0003-1', title: '张三丰廉政档案', place: '档案室 3 柜 2 层', rows: [row] }
  const put = { volume: null, compartment: 'archive' } as const
  let begun: Id

  test('has a number of its own in the unit', async () => {
    const typed = { ...volume, number: 'ｊ０１－2－0003－1' }
    begun = (await vault.value('collector', 'volume.set', { ...put, cadre, said: typed })).volume
    const other = await vault.openCadre('李四')
    const refused = { ...put, cadre: other, said: volume }
    expect(await vault.refusal('collector', 'volume.set', refused)).toBe('volume/number-taken')
    const wrong = { ...put, cadre, said: { ...volume, number: '12' } }
    expect(await vault.refusal('collector', 'volume.set', wrong)).toBe('volume/number-form')
    const { volumes, isDefaultRule } = await vault.value('approver', 'volume.list', { cadre })
    expect(isDefaultRule).toBe(true)
    expect(volumes).toMatchObject([{ ...volume, volume: begun, isTwice: false, history: [] }])
  })

  test('keeps where it stood before', async () => {
    const moved = { ...volume, place: '库房 1 架' }
    await vault.value('collector', 'volume.set', { ...put, cadre, volume: begun, said: moved })
    const { volumes } = await vault.value('collector', 'volume.list', { cadre })
    expect(volumes).toMatchObject([
      { place: '库房 1 架', history: [{ act: 'set', place: '档案室 3 柜 2 层' }] },
    ])
  })

  test('is numbered by the rule that an approver signs', async () => {
    const part = { label: '案卷号', kind: 'digits', least: 3, most: 5, text: '' } as const
    expect(await vault.refusal('collector', 'volume.rule', { parts: [part] })).toBe('call/not-permitted')
    await vault.value('approver', 'volume.rule', { parts: [part] })
    const { rule, isDefaultRule } = await vault.value('collector', 'volume.list', { cadre })
    expect({ rule, isDefaultRule }).toEqual({ rule: { parts: [part] }, isDefaultRule: false })
    const input = { ...put, cadre, volume: begun }
    expect(await vault.refusal('collector', 'volume.set', { ...input, said: volume })).toBe(
      'volume/number-form',
    )
    await vault.value('collector', 'volume.set', { ...input, said: { ...volume, number: '0007' } })
  })

  test('of discipline is there for those who are cleared, number and all', async () => {
    const secret = {
      cadre,
      volume: null,
      compartment: 'discipline',
      said: { ...volume, number: '0008' },
    } as const
    expect(await vault.refusal('collector', 'volume.set', secret)).toBe('call/not-permitted')
    await vault.value('inspector', 'volume.set', secret)
    expect((await vault.value('collector', 'volume.list', { cadre })).volumes).toHaveLength(1)
    expect((await vault.value('inspector', 'volume.list', { cadre })).volumes).toHaveLength(2)
  })

  test('is entered before its list is printed, and can be taken out again', async () => {
    await vault.value('approver', 'volume.print', { cadre, volume: begun })
    expect(await vault.refusal('approver', 'volume.print', { cadre, volume: newJob() })).toBe(
      'call/not-found',
    )
    await vault.value('collector', 'volume.set', { ...put, cadre, volume: begun, said: null })
    expect((await vault.value('collector', 'volume.list', { cadre })).volumes).toEqual([])
  })
})

describe('all of it', () => {
  test('is derived from the log to the same rows', async () => {
    const report = await vault.verify(await vault.keys())
    expect(report.compartments.flatMap(({ fault }) => fault ?? [])).toEqual([])
    expect(report.compartments.flatMap(({ differences }) => differences)).toEqual([])
  })
})
