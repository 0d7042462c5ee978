import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { directiveType } from '../../src-shared/bundle/directive.ts'
import { directiveLogId } from '../../src-shared/bundle/hub-log.ts'
import { bodiesPath, checkpointPath, commitsPath } from '../../src-shared/bundle/layout.ts'
import { toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest } from '../../src-shared/kernel/ids.ts'
import type { Signer } from '../../src-shared/kernel/primitives.ts'
import { buildCommit, leafBytes } from '../../src-shared/log/chain.ts'
import { checkpointOrigin, signCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { envelopeText } from '../../src-shared/log/envelope.ts'
import { prepareBody, type PreparedBody } from '../../src-shared/log/header.ts'
import { TreeBuilder } from '../../src-shared/log/merkle.ts'
import type { Operation, OperationOf } from '../../src-shared/log/operations.ts'
import { bundleBytes, jsonLines } from '../../src-shared/node/bundle-writer.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { hubCardBytes } from '../../src-shared/bundle/hub-card.ts'
import { newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/** A node that signs whatever it likes with the key that the unit confirmed. */
const node = { hub: newId(nodePrimitives), signer: signerFromSeed(newSeed()) }

let vault: VaultFixture
let unit: string
let recipient: string
/** Signed by the approver; the level above is asked. */
let asked: Row
let signature: Digest
let agreed: Row
let disputed: Row

beforeAll(async () => {
  const age = await newAgeKeyPair()
  const recipients = { control: age.recipient, archive: age.recipient, discipline: age.recipient }
  const publicKey = toHex(node.signer.publicKey)
  const card = { type: 'liandang/hub-card/1', hub: node.hub, name: '上级', publicKey, recipients } as const
  vault = await VaultFixture.found({
    hubCard: Buffer.from(hubCardBytes(card)).toString('utf8'),
    signedAbove: ['C6'],
  })
  unit = (await vault.value('approver', 'unit.read', {})).id
  const { vault: open } = await vault.session('approver')
  recipient = open.authority.head.keyrings.get('archive')?.recipient ?? ''
  const cadre = await vault.openCadre('王五福')
  asked = await vault.submit(cadre)
  await vault.archive(asked)
  signature = (await vault.record(asked.record)).revisions[0]?.signed?.hand.commit ?? ''
  agreed = await vault.submit(cadre)
  await vault.review(agreed, 'agree', 'agree')
  disputed = await vault.submit(cadre)
  await vault.review(disputed, 'agree', 'disagree')
})

afterAll(() => vault.close())

interface Forged {
  readonly operation: (digest: Digest) => Operation
  /** Of a second commit, which names the same body once more. */
  readonly again?: (digest: Digest) => Operation
  readonly body?: PreparedBody
  readonly signer?: Signer
  readonly member?: string
  readonly role?: 'hub' | 'approver'
  readonly unit?: string
  readonly compartment?: Compartment
  readonly log?: string
}

const whole = prepareBody(nodePrimitives, {
  type: directiveType,
  officer: '周主任',
  office: '上级',
  words: '',
})

/** A bundle of the node's first directive, whole in every other respect. */
async function bundle(forged: Forged): Promise<string> {
  const { body = whole, signer = node.signer, member = node.hub, compartment = 'archive' } = forged
  const of = forged.unit ?? unit
  const log = forged.log ?? directiveLogId(nodePrimitives, signer.keyId, of, compartment)
  const author = { unit: of, member, role: forged.role ?? 'hub', authority: null, deps: [] }
  const at = '2026-11-22T02:00:00.000Z'
  const tree = new TreeBuilder(nodePrimitives)
  const before = toHex(tree.root())
  const envelopes: string[] = []
  let leaf: Digest | null = null
  for (const make of [forged.operation, ...(forged.again === undefined ? [] : [forged.again])]) {
    const head = { log, size: envelopes.length, leaf }
    const operations = [make(body.digest)]
    const commit = buildCommit(nodePrimitives, signer, head, { ...author, at, operations })
    tree.append(leafBytes(commit.leaf))
    envelopes.push(envelopeText(commit.envelope))
    leaf = commit.leaf
  }
  const root = tree.root()
  const size = envelopes.length
  const to = size - 1
  const bodies = envelopes.map(() => Buffer.from(body.bytes).toString('utf8'))
  const note = signCheckpoint(nodePrimitives, { origin: checkpointOrigin(of, log), size, root }, signer)
  const bytes = await bundleBytes({
    recipients: [recipient],
    signer,
    statement: {
      id: newId(nodePrimitives),
      kind: 'directive',
      unit: of,
      compartment,
      device: node.hub,
      createdAt: at,
      logs: [{ log, from: 0, to, rootBefore: before, rootAfter: toHex(root) }],
      prerequisites: [],
      receipts: [],
    },
    entries: [
      { path: commitsPath(log, 0, to), open: () => jsonLines(envelopes) },
      { path: bodiesPath(log, 0, to), open: () => jsonLines(bodies) },
      { path: checkpointPath(log), open: () => [utf8(note)] },
    ],
  })
  if (!bytes.ok) throw new Error(bytes.error.code)
  const folder = join(vault.outside, newJob())
  mkdirSync(folder)
  const path = join(folder, 'directive.liandang')
  writeFileSync(path, bytes.value)
  return path
}

type Rows = OperationOf<'directive.decide'>['rows']

function decide(
  ...rows: readonly {
    readonly row: Row
    readonly decision: Rows[number]['decision']
    readonly answers?: Digest
  }[]
) {
  return (digest: Digest): Operation => ({
    op: 'directive.decide',
    entity: newId(nodePrimitives),
    digest,
    rows: rows.map(({ row, decision, answers = signature }) => ({
      record: row.record,
      revision: row.revision,
      decision,
      answers,
    })),
  })
}

async function statuses(): Promise<readonly string[]> {
  return [await vault.status(asked), await vault.status(agreed), await vault.status(disputed)]
}

const untouched = ['awaiting-above', 'agreed', 'disputed']

describe('the vault takes in nothing from the node above', () => {
  const sign = () => decide({ row: asked, decision: 'sign' })
  const entity = newId(nodePrimitives)

  test.each([
    [
      'signed with a key the unit never named',
      () => ({ operation: sign(), signer: signerFromSeed(newSeed()) }),
      'bundle/signature',
    ],
    ['for another unit', () => ({ operation: sign(), unit: newId(nodePrimitives) }), 'bundle/unknown-unit'],
    ['in a log of another name', () => ({ operation: sign(), log: newId(nodePrimitives) }), 'bundle/layout'],
    [
      'in the name of a member',
      () => ({ operation: sign(), member: newId(nodePrimitives) }),
      'directive/wrong',
    ],
    [
      'in the role of an approver',
      () => ({ operation: sign(), role: 'approver' as const }),
      'directive/wrong',
    ],
    [
      'that grants a role',
      () => ({
        operation: (digest: Digest): Operation => ({
          op: 'role.grant',
          entity,
          digest,
          role: 'approver',
          categories: ['*'],
          level: 4,
          deputyFor: null,
          from: null,
          until: null,
        }),
      }),
      'directive/wrong',
    ],
    [
      'that adopts a catalogue',
      () => ({
        operation: (digest: Digest): Operation => ({
          op: 'catalogue.adopt',
          entity,
          digest,
          version: 2,
          rules: [
            {
              category: 'C6',
              compartment: 'archive',
              level: 3,
              verification: 'single',
              signer: 'approver',
              evidenceRequired: false,
            },
          ],
        }),
      }),
      'directive/wrong',
    ],
    [
      'that signs as the approver of the unit does',
      () => ({
        operation: (digest: Digest): Operation => ({
          op: 'review.sign',
          entity,
          digest,
          rows: [{ record: agreed.record, revision: agreed.revision }],
        }),
      }),
      'directive/wrong',
    ],
    [
      'that adjudicates as a member does',
      () => ({
        operation: (digest: Digest): Operation => ({
          op: 'review.adjudicate',
          entity,
          digest,
          rows: [{ record: disputed.record, revision: disputed.revision, outcome: 'uphold' }],
        }),
      }),
      'directive/wrong',
    ],
    [
      'without an officer',
      () => ({ operation: sign(), body: prepareBody(nodePrimitives, {}) }),
      'directive/wrong',
    ],
  ] as const)('%s', async (_, forged, code) => {
    expect(await vault.refusal('approver', 'sync.receive', { path: await bundle(forged()) })).toBe(code)
    expect(await statuses()).toEqual(untouched)
  })
})

describe('of what the node above really signed', () => {
  test('only the answer to what was asked counts, the rest is kept and named', async () => {
    const path = await bundle({
      operation: decide(
        { row: agreed, decision: 'sign' },
        { row: disputed, decision: 'uphold' },
        { row: asked, decision: 'sign', answers: 'a'.repeat(64) },
        { row: asked, decision: 'uphold' },
        { row: { record: newId(nodePrimitives), revision: 'b'.repeat(64) }, decision: 'sign' },
        { row: asked, decision: 'sign' },
        { row: asked, decision: 'return' },
      ),
      again: decide({ row: asked, decision: 'return' }),
    })
    const taken = await vault.value('approver', 'sync.receive', { path })
    if (!('decisions' in taken)) throw new Error('not a directive')
    expect(taken.decisions.map(({ code }) => code)).toEqual([
      'directive/step-unknown',
      'directive/step-unknown',
      'directive/other-step',
      'directive/step-unknown',
      'directive/step-unknown',
      null,
      'directive/already-decided',
      'directive/already-decided',
    ])
    expect(await statuses()).toEqual(['archived', 'agreed', 'disputed'])
  })

  test('a second history of the same log is found, and changes nothing', async () => {
    const operation = decide({ row: asked, decision: 'return' })
    const path = await bundle({ operation, again: operation })
    expect(await vault.refusal('approver', 'sync.receive', { path })).toBe('bundle/fork')
    expect(await statuses()).toEqual(['archived', 'agreed', 'disputed'])
    const report = await vault.value('inspector', 'log.verify', { job: newJob() })
    expect(report.verified).toBe(true)
  })

  test('nothing of it holds once its stored bytes are changed', async () => {
    const { vault: open } = await vault.session('inspector')
    const database = open.compartments.get('archive')?.database
    const log = directiveLogId(nodePrimitives, node.signer.keyId, unit, 'archive')
    const place =
      'SELECT place FROM entry JOIN log ON log.ordinal = entry.place >> 40 WHERE log.id = ? ORDER BY place'
    const row = database?.prepare(place).get(log) as { readonly place: number }
    database?.prepare('UPDATE entry SET signature = zeroblob(64) WHERE place = ?').run(row.place)
    const report = await vault.value('inspector', 'log.verify', { job: newJob() })
    expect(report.compartments.find(({ compartment }) => compartment === 'archive')?.fault).toMatchObject({
      code: 'commit/signature',
      log,
    })
    await vault.value('inspector', 'log.rebuild', { job: newJob() })
    expect(await vault.status(asked)).toBe('awaiting-above')
  })
})
