import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { readHandOver } from '../../src-main/sync/take-over.ts'
import { fromUtf8, utf8 } from '../../src-shared/kernel/bytes.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'
import { inclusionProof, leafHash } from '../../src-shared/log/merkle.ts'
import { ProofTree } from '../../src-shared/log/proof-tree.ts'
import { verifyHandOver, type HandOverFiles } from '../../src-shared/transfer/verify.ts'
import { fewPeople, loan, newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/** Two real units: what the first archived of a cadre goes to the second. */
let sender: VaultFixture
let receiver: VaultFixture
let cadre: Id
let fact: Row
let folder: string
let card: string
let cardCode: string

const reason = '组织调动'
const since = '2026-11-22'

beforeAll(async () => {
  sender = await VaultFixture.found({ people: fewPeople })
  receiver = await VaultFixture.found({ people: fewPeople })
  folder = join(sender.outside, 'usb')
  mkdirSync(folder)
  cadre = await sender.openCadre('张三丰')
  const upload = await sender.upload('collector', '借条.txt', Buffer.from('借条一张'))
  fact = await sender.submit(cadre, { evidence: [{ upload }] })
  await sender.archive(fact)
  ;({ text: card, code: cardCode } = await receiver.value('collector', 'transfer.card', {}))
})

afterAll(() => {
  sender.close()
  receiver.close()
})

function handOver(of: Id, changes: Partial<{ card: string; code: string; categories: string[] }> = {}) {
  const input = { cadre: of, card, code: cardCode, reason, since, categories: ['C6'], ...changes }
  return sender.call('approver', 'transfer.hand-over', input)
}

async function handedOver(of: Id): Promise<{ transfer: Id; code: string; file: string }> {
  const done = await handOver(of)
  if (!done.ok) throw new Error(done.error.code)
  const { transfer, code } = done.value
  const { file } = await sender.value('approver', 'transfer.export', { transfer, folder, job: newJob() })
  return { transfer, code, file: join(folder, file) }
}

async function anotherCadre(name: string): Promise<Id> {
  const id = await sender.openCadre(name)
  await sender.archive(await sender.submit(id))
  return id
}

async function receipt(transfer: Id): Promise<string> {
  const { file } = await receiver.value('approver', 'transfer.receipt', { transfer, folder })
  return join(folder, file)
}

const statusOf = async (vault: VaultFixture, transfer: Id) =>
  (await vault.value('approver', 'transfer.list', { cadre: null })).find(({ id }) => id === transfer)?.status

describe('a dossier that goes to another unit', () => {
  let transfer: Id
  let code: string
  let file: string
  let taken: Id

  test('goes to nobody whose code was not told', async () => {
    expect(await handOver(cadre, { code: '0000 0000 0000' })).toMatchObject({
      error: { code: 'transfer/wrong-code' },
    })
    const own = await sender.value('approver', 'transfer.card', {})
    expect(await handOver(cadre, { card: own.text, code: own.code })).toMatchObject({
      error: { code: 'transfer/own-unit' },
    })
    const forged = card.replace(/"sig":"..../, '"sig":"AAAA')
    expect(await handOver(cadre, { card: forged })).toMatchObject({ error: { code: 'transfer/not-a-card' } })
  })

  test('waits while something of it is on its way, and goes only with facts', async () => {
    const open = await sender.submit(cadre, { values: { ...loan(cadre).values, description: '另一笔' } })
    expect(await handOver(cadre)).toMatchObject({ error: { code: 'transfer/open-entries' } })
    await sender.value('collector', 'record.withdraw', {
      record: open.record,
      revision: open.revision,
      reason: '填错',
    })
    expect(await handOver(cadre, { categories: ['C7'] })).toMatchObject({
      error: { code: 'transfer/no-facts' },
    })
  })

  test('takes no entry from then on, and waits for its receipt', async () => {
    ;({ transfer, code, file } = await handedOver(cadre))
    expect(await sender.refusal('collector', 'record.submit', loan(cadre))).toBe('transfer/held')
    expect(await sender.refusal('collector', 'cadre.tag', { cadre, tag: '重点', act: 'set' })).toBe(
      'transfer/held',
    )
    expect(await handOver(cadre)).toMatchObject({ error: { code: 'transfer/held' } })
    const [view] = await sender.value('first', 'transfer.list', { cadre })
    expect(view).toMatchObject({ way: 'out', status: 'waiting', facts: 1, code, isLate: false, may: [] })
    expect((await sender.value('approver', 'transfer.list', { cadre }))[0]?.may).toEqual([
      'export',
      'acknowledge',
      'cancel',
    ])
  })

  test('is verified whole where it arrives, and refused when it is damaged, cut off or not for this unit', async () => {
    const receive = (path: string, said = code) =>
      receiver.refusal('collector', 'transfer.receive', { file: { path }, code: said })
    const bent = join(folder, 'bent.liandang')
    copyFileSync(file, bent)
    truncateSync(bent, readFileSync(file).length - 3000)
    expect(await receive(bent)).toBe('bundle/truncated')
    const bytes = readFileSync(file)
    bytes[bytes.length - 2500]! ^= 1
    writeFileSync(bent, bytes)
    expect(await receive(bent)).toBe('bundle/damaged')
    expect(await receive(file, '0000 0000 0000')).toBe('transfer/wrong-code')
    const back = { file: { path: file }, code }
    expect(await sender.refusal('collector', 'transfer.receive', back)).toBe('bundle/wrong-recipient')
    expect(await receiver.value('collector', 'transfer.incoming', {})).toEqual([])
  })

  test('lies there once, however often it is brought, with what was found in it', async () => {
    const input = { file: { path: file }, code }
    await receiver.value('collector', 'transfer.receive', input)
    await receiver.value('collector', 'transfer.receive', input)
    const incoming = await receiver.value('approver', 'transfer.incoming', {})
    expect(incoming).toEqual([
      expect.objectContaining({
        transfer,
        cadreName: '张三丰',
        reason,
        since,
        signedBy: '用户 approver',
        counts: [{ category: 'C6', facts: 1, name: expect.any(String) }],
        voids: 0,
        files: 1,
        matched: null,
        problem: null,
        mayAnswer: true,
      }),
    ])
  })

  test('is taken over by a signature once somebody has said whose it is', async () => {
    const answer = { transfer, outcome: 'accepted', words: '' } as const
    expect(await receiver.refusal('approver', 'transfer.answer', answer)).toBe('transfer/not-matched')
    ;({ cadre: taken } = await receiver.value('collector', 'transfer.match', { transfer, cadre: null }))
    await receiver.value('approver', 'transfer.answer', answer)
    expect(await receiver.refusal('approver', 'transfer.answer', answer)).toBe('transfer/answered')
    expect(await receiver.value('collector', 'transfer.incoming', {})).toEqual([])
    expect(readdirSync(receiver.layout.transfers)).toEqual([])
    const again = { file: { path: file }, code }
    expect(await receiver.refusal('collector', 'transfer.receive', again)).toBe('transfer/answered')
    const { present } = await receiver.value('approver', 'cadre.stages', { cadre: taken })
    expect(present).toMatchObject({ stage: 'transfer', isSigned: true })
  })

  test('stands in the new dossier with its origin, by the signatures of the first unit', async () => {
    await receiver.value('collector', 'cadre.read', { cadre: taken, at: null, view: 'facts' })
    const [foreign] = await receiver.value('collector', 'transfer.appendix', { cadre: taken })
    expect(foreign).toMatchObject({ unitName: '清河镇', signedBy: '用户 approver', takenBy: '用户 approver' })
    expect(foreign?.sections).toHaveLength(1)
    expect(foreign?.sections[0]).toMatchObject({
      category: 'C6',
      records: [
        {
          author: { name: '用户 collector' },
          reviewers: [{ name: '用户 first' }, { name: '用户 second' }],
          signed: { name: '用户 approver' },
          evidence: ['借条.txt'],
        },
      ],
    })
    expect(JSON.stringify(foreign?.sections)).toContain('借给同乡')
  })

  test('is transferred for the first unit when the receipt is there, once', async () => {
    const path = await receipt(transfer)
    const done = { transfer, outcome: 'accepted', words: null }
    expect(await sender.value('approver', 'transfer.acknowledge', { file: { path } })).toEqual(done)
    expect(await sender.value('approver', 'transfer.acknowledge', { file: { path } })).toEqual(done)
    expect(await statusOf(sender, transfer)).toBe('accepted')
    expect(await sender.refusal('collector', 'record.submit', loan(cadre))).toBe('transfer/held')
    const { present } = await sender.value('approver', 'cadre.stages', { cadre })
    expect(present).toMatchObject({ stage: 'transferred', since })
    const filter = { cadre, category: null, owner: null }
    const due = { filter, states: ['overdue', 'soon', 'open', 'later'] as const, from: null, until: null }
    const listed = await sender.value('collector', 'due.list', {
      ...due,
      states: [...due.states],
      offset: 0,
      limit: 10,
    })
    expect(listed.total).toBe(0)
    const cancel = { transfer, words: '反悔' }
    expect(await sender.refusal('approver', 'transfer.cancel', cancel)).toBe('transfer/not-waiting')
  })
})

describe('what somebody made up', () => {
  let files: HandOverFiles
  let transfer: Id
  let path: string

  beforeAll(async () => {
    const other = await anotherCadre('赵六合')
    const handed = await handedOver(other)
    transfer = handed.transfer
    const { vault } = await receiver.session('approver')
    const read = await readHandOver({
      primitives: nodePrimitives,
      source: handed.file,
      identities: vault.identities.get('archive') ?? [],
      signal: new AbortController().signal,
    })
    if (!read.ok) throw new Error(read.error.code)
    files = read.value.files
    await receiver.value('approver', 'transfer.receive', { file: { path: handed.file }, code: handed.code })
    await receiver.value('approver', 'transfer.answer', { transfer, outcome: 'refused', words: '不收' })
    path = await receipt(transfer)
  })

  const lines = () => (fromUtf8(files.history) ?? '').trimEnd().split('\n')
  const verified = (changed: readonly string[], more: Partial<HandOverFiles> = {}) => {
    const result = verifyHandOver(nodePrimitives, {
      ...files,
      history: utf8(`${changed.join('\n')}\n`),
      ...more,
    })
    return result.ok ? null : result.error.code
  }

  test('of a package as it came nothing is wrong', () => {
    expect(verified(lines())).toBeNull()
  })

  test.each<[string, (lines: string[]) => string[], string]>([
    ['a commit of the road less', (all) => all.filter((_, at) => at !== all.length - 3), 'transfer/history'],
    ['the hand-over itself less', (all) => all.slice(0, -1), 'transfer/history'],
    ['a commit twice', (all) => [...all, ...all.slice(-1)], 'transfer/history'],
    ['another order', (all) => [...all.slice(0, -2), ...all.slice(-2).reverse()], 'transfer/history'],
    ['an authority commit less', (all) => all.slice(1), 'authority/not-founded'],
    [
      'another word in a fact',
      (all) => all.map((line) => line.replace('借给同乡', '借给同事')),
      'commit/body-digest',
    ],
    ['no line at all', () => ['{}'], 'transfer/history'],
    [
      'a proof less',
      (all) => all.map((line) => line.replace(/"proof":\["[^"]*",?/, '"proof":[')),
      'log/root',
    ],
  ])('a package with %s is refused', (_, change, code) => {
    expect(verified(change(lines()))).toBe(code)
  })

  test('a checkpoint, a statement or a signature of somebody else is refused', () => {
    expect(verified(lines(), { checkpoints: new Map() })).toBe('log/checkpoint')
    const envelope = { ...files.envelope, signature: new Uint8Array(64) }
    expect(verified(lines(), { envelope })).toBe('bundle/signature')
    expect(verified(lines(), { statement: { ...files.statement, unit: '0'.repeat(32) } })).toBe(
      'transfer/history',
    )
  })

  test('a receipt that says something else, or is of a stranger, is not believed, and the dossier waits', async () => {
    const { vault } = await sender.session('approver')
    const identities = vault.identities.get('archive') ?? []
    const bytes = await decryptWith(identities, readFileSync(path))
    const said = fromUtf8(bytes ?? new Uint8Array()) ?? ''
    const { recipient } = vault.authority.head.keyrings.get('archive') ?? { recipient: '' }
    const chain = JSON.parse(said) as { chain: string[] }
    const forged = [
      said.replace('不收', '要收'),
      said.replace(transfer, '0'.repeat(32)),
      JSON.stringify({ ...chain, chain: chain.chain.slice(1) }),
      JSON.stringify({ ...chain, chain: [] }),
      'receipt',
    ]
    for (const [at, text] of forged.entries()) {
      const file = join(folder, `forged-${at}.liandang-receipt`)
      writeFileSync(file, await encryptTo([recipient], utf8(text)))
      const refused = await sender.refusal('approver', 'transfer.acknowledge', { file: { path: file } })
      expect(refused, text.slice(0, 40)).toMatch(/^(transfer\/receipt-wrong|authority\/not-founded)$/)
    }
    expect(await statusOf(sender, transfer)).toBe('waiting')
    const genuine = await sender.value('approver', 'transfer.acknowledge', { file: { path } })
    expect(genuine.outcome).toBe('refused')
  })

  test('proofs out of a whole tree are those of RFC 6962', () => {
    for (let size = 1; size <= 17; size++) {
      const leaves = Array.from({ length: size }, (_, at) => leafHash(nodePrimitives, Uint8Array.of(at)))
      const tree = new ProofTree(nodePrimitives, leaves)
      for (let at = 0; at < size; at++)
        expect(tree.proof(at)).toEqual(inclusionProof(nodePrimitives, leaves, at, size))
    }
  })
})

describe('a hand-over that does not come to its end', () => {
  test('is refused with a reason, and the dossier is open again', async () => {
    const other = await anotherCadre('李四光')
    const { transfer, code, file } = await handedOver(other)
    await receiver.value('approver', 'transfer.receive', { file: { path: file }, code })
    const refuse = { transfer, outcome: 'refused' } as const
    expect(await receiver.refusal('approver', 'transfer.answer', { ...refuse, words: '' })).toBe(
      'call/invalid-input',
    )
    await receiver.value('approver', 'transfer.answer', { ...refuse, words: '本人未到岗' })
    const path = await receipt(transfer)
    expect(await sender.value('approver', 'transfer.acknowledge', { file: { path } })).toEqual({
      transfer,
      outcome: 'refused',
      words: '本人未到岗',
    })
    expect((await sender.value('approver', 'transfer.list', { cadre: other }))[0]).toMatchObject({
      status: 'refused',
      words: '本人未到岗',
    })
    expect(await sender.refusal('collector', 'record.submit', loan(other))).toBeNull()
  })

  test('is taken back by a signature, and no receipt counts any more', async () => {
    const other = await anotherCadre('王五一')
    const { transfer, code, file } = await handedOver(other)
    await receiver.value('approver', 'transfer.receive', { file: { path: file }, code })
    await sender.value('approver', 'transfer.cancel', { transfer, words: '调动取消' })
    await receiver.value('approver', 'transfer.answer', { transfer, outcome: 'refused', words: '已撤回' })
    const path = await receipt(transfer)
    expect(await sender.refusal('approver', 'transfer.acknowledge', { file: { path } })).toBe(
      'transfer/not-waiting',
    )
    expect(await statusOf(sender, transfer)).toBe('cancelled')
    expect(await sender.refusal('collector', 'record.submit', loan(other))).toBeNull()
  })
})

test('tables are derived to the same rows in both units, and the verifier finds nothing', async () => {
  for (const vault of [sender, receiver]) {
    const keys = await vault.keys('approver')
    const report = await vault.verify(keys)
    expect(report.compartments.map(({ fault, differences }) => ({ fault, differences }))).toEqual(
      report.compartments.map(() => ({ fault: null, differences: [] })),
    )
  }
})
