import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { commitAuthority, type OpenVault } from '../../src-main/vault/vault.ts'
import { readLog } from '../../src-main/vault/log-table.ts'
import type { Role } from '../../src-shared/access/roles.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { SignedCommit } from '../../src-shared/log/chain.ts'
import { deviceProofBytes, prepareBody } from '../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../src-shared/review/commitment.ts'
import { forge } from '../helpers/forgery.ts'
import { fewPeople, loan, newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let away: Id
let cadre: Id
let fact: Row
let known: Digest

beforeAll(async () => {
  vault = await VaultFixture.found({ people: fewPeople })
  away = await addDevice()
})

afterAll(() => vault.close())

beforeEach(async () => {
  cadre = await vault.openCadre('张三丰')
  fact = await vault.submit(cadre)
  await vault.archive(fact)
  known = await newestHere()
})

/** The newest commit of this device's archive log. */
async function newestHere(): Promise<Digest> {
  const { database, log } = (await vault.session('approver')).vault.compartments.get('archive')!
  return readLog(database, log)!.leaf as Digest
}

/** Enrols a second device of the unit; its archive log. */
async function addDevice(): Promise<Id> {
  const { vault: open } = await vault.session('secadmin')
  const [device, signer] = [newId(nodePrimitives), signerFromSeed(newSeed())]
  const publicKey = toHex(signer.publicKey)
  const logs = {
    control: newId(nodePrimitives),
    archive: newId(nodePrimitives),
    discipline: newId(nodePrimitives),
  }
  const body = prepareBody(nodePrimitives, { name: '办公室二' })
  const proof = toHex(signer.sign(deviceProofBytes(device, publicKey, logs)))
  const operation = { op: 'device.add' as const, entity: device, digest: body.digest, publicKey, logs, proof }
  const done = commitAuthority(open, 'secadmin', '2026-11-22T02:00:00.000Z', [operation], [body])
  if (!done.ok) throw new Error(done.error.code)
  // What the others hold of the chain is older now.
  vault.leave()
  return logs.archive
}

type Drafts = Parameters<typeof forge>[3]

/** A commit that a member made on the other device, when it arrives here. */
async function arrives(
  login: string,
  role: Role,
  drafts: Drafts,
  seen: readonly Digest[],
): Promise<SignedCommit> {
  const member: OpenVault['member'] = (await vault.session(login)).vault.member
  const { vault: open } = await vault.session('approver')
  const pretence = { member: member.id, role, signer: member.signer, log: away, deps: seen }
  return forge(open, 'archive', pretence, drafts)
}

/** A correction that went its whole road on the other device. */
async function correctedAway(): Promise<Row> {
  const entity = () => newId(nodePrimitives)
  const submission = await arrives(
    'collector',
    'collector',
    [
      {
        operation: {
          op: 'record.submit',
          entity: fact.record,
          cadre,
          category: 'C6',
          parent: fact.revision,
          settles: [],
          batch: null,
          evidence: 0,
        },
        body: {
          ...loan(cadre),
          catalogueVersion: 1,
          flags: [],
          evidence: [],
          settles: [],
        } as never,
      },
    ],
    [known],
  )
  const revision = submission.header.ops[0]!.digest
  const row = { record: fact.record, revision }
  const opinions = []
  for (const login of ['first', 'second']) {
    const { vault: open } = await vault.session(login)
    const claim = {
      reviewer: open.member.id,
      nonce: 'a'.repeat(64),
      decision: 'agree' as const,
      grounds: 'b'.repeat(64),
    }
    const commitment = commitmentOf(nodePrimitives, { unit: open.unit, revision, ...claim })
    opinions.push(claim)
    const operation = { op: 'review.decide' as const, entity: entity(), rows: [{ ...row, commitment }] }
    await arrives(login, 'reviewer', [{ operation }], [])
  }
  const opening = { op: 'review.open' as const, entity: entity(), rows: [{ ...row, opinions }] }
  await arrives('approver', 'approver', [{ operation: opening }], [])
  const signature = { op: 'review.sign' as const, entity: entity(), rows: [row] }
  await arrives('approver', 'approver', [{ operation: signature }], [])
  return row
}

async function verified(): Promise<boolean> {
  return (await vault.value('approver', 'log.verify', { job: newJob() })).verified
}

describe('corrections of one fact on two devices', () => {
  test('both stay, visibly, until a third settles them', async () => {
    const here = await vault.submit(cadre, { record: fact.record, parent: fact.revision })
    await vault.archive(here)
    const there = await correctedAway()
    const both = [await vault.status(here), await vault.status(there)]
    expect(both.sort()).toEqual(['archived', 'conflict'])
    const { conflict, head, revisions } = await vault.record(fact.record)
    expect(conflict).toBe(true)
    expect(revisions).toHaveLength(3)
    const dossier = await vault.value('approver', 'cadre.read', { cadre, at: null })
    expect(dossier.records).toMatchObject([{ conflict: true, head: { revision: head } }])

    const lost = revisions.find(({ status }) => status === 'conflict')!.revision
    const settling = await vault.submit(cadre, { record: fact.record, parent: head, settles: [lost] })
    await vault.archive(settling)
    const after = await vault.record(fact.record)
    expect(after).toMatchObject({ conflict: false, head: settling.revision })
    expect(after.revisions.map(({ status }) => status)).toEqual([
      'archived',
      'superseded',
      'superseded',
      'superseded',
    ])
    expect(await verified()).toBe(true)
  })

  test('one that arrives while another is on its way makes that one the conflict', async () => {
    const here = await vault.submit(cadre, { record: fact.record, parent: fact.revision })
    const there = await correctedAway()
    expect(await vault.status(there)).toBe('archived')
    await vault.archive(here)
    expect(await vault.status(here)).toBe('conflict')
    expect((await vault.record(fact.record)).head).toBe(there.revision)
    expect(await verified()).toBe(true)
  })
})

describe('one person on two devices', () => {
  test('gives one opinion: the later one counts for nothing, and is named', async () => {
    const waiting = await vault.submit(cadre)
    await vault.decide(waiting, 'first')
    const { record, revision } = waiting
    const operation = {
      op: 'review.decide' as const,
      entity: newId(nodePrimitives),
      rows: [{ record, revision, commitment: 'c'.repeat(64) }],
    }
    const { leaf } = await arrives('first', 'reviewer', [{ operation }], [await newestHere()])
    const { revisions, voids } = await vault.record(record)
    expect(revisions[0]).toMatchObject({ status: 'in-review' })
    expect(revisions[0]?.opinions).toHaveLength(1)
    expect(voids).toMatchObject([
      { commit: leaf, code: 'review/same-person-twice', memberName: '用户 first' },
    ])
    expect(await verified()).toBe(true)
  })
})

test('what this device makes next names all it has seen of the other', async () => {
  await correctedAway()
  const { database } = (await vault.session('approver')).vault.compartments.get('archive')!
  const other = readLog(database, away)
  await vault.submit(cadre)
  const row = database.prepare('SELECT seen FROM log WHERE id = ?').get(away)
  expect(row).toEqual({ seen: other?.leaf })
  expect(await verified()).toBe(true)
})
