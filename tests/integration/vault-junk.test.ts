import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { carriedSlot } from '../../src-main/vault/carried-slots.ts'
import { readSlotBytes, writeKeySlot } from '../../src-main/vault/key-slot.ts'
import { insertBodies } from '../../src-main/vault/body-table.ts'
import type { OpenCompartment } from '../../src-main/vault/compartment.ts'
import { insertCommit } from '../../src-main/vault/entry-table.ts'
import { readLog, type LogRow } from '../../src-main/vault/log-table.ts'
import { writePendingSlot } from '../../src-main/vault/pending-slot.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { renewMember } from '../../src-main/vault/recovery-use.ts'
import type { OpenVault } from '../../src-main/vault/vault.ts'
import { commitKeys, type Act } from '../../src-main/vault/wraps.ts'
import { writeKeyringFile } from '../../src-main/vault/keyring-file.ts'
import { toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { buildCommit } from '../../src-shared/log/chain.ts'
import { keyProofBytes, prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { at, codeOf, idOf, KeyedUnit, must } from '../helpers/keyed-unit.ts'
import { deviceOf, enrol, exported, receive } from '../helpers/two-devices.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

const everybody = ['collector', 'first', 'second', 'approver', 'other', 'sysadmin', 'secadmin', 'auditor']

const planted = '0'.repeat(32)
const newPassword = 'a password nobody knew before'

let founded: KeyedUnit
let unit: KeyedUnit

beforeAll(async () => {
  founded = await KeyedUnit.found()
})
afterAll(() => founded.close())
beforeEach(() => {
  unit = founded.copy()
})
afterEach(() => unit.close())

function say(operation: object, content: Parameters<typeof prepareBody>[1] = {}): Act {
  const body = prepareBody(nodePrimitives, content)
  return { operations: [{ ...operation, digest: body.digest } as Operation], bodies: [body] }
}

async function renew(login: string) {
  unit.leave()
  if (founded.kit === null) throw new Error('no kit')
  return await renewMember(nodePrimitives, unit.layout, founded.kit, { login, password: newPassword, at })
}

type Content = Parameters<typeof prepareBody>[1]

/** An epoch of `seal` with these bodies in place of its way back, its wraps to the other holders and that to the kit. */
async function startSeal(vault: OpenVault, said: { previous?: string; others?: Content; kit?: Content }) {
  const { identity, recipient } = await newAgeKeyPair()
  const { head } = vault.authority
  const epoch = (head.keyrings.get('seal')?.epoch ?? 0) + 1
  const named = { entity: newId(nodePrimitives), keyring: 'seal', epoch }
  const acts = [say({ op: 'keyring.epoch', ...named, recipient }, { previous: said.previous ?? '' })]
  for (const { holder, key } of head.wraps.filter(({ keyring }) => keyring === 'seal')) {
    const own = head.members.get(holder)?.keys.find((known) => known.key === key)?.recipient
    const wrap = toBase64(await encryptTo([own ?? head.recovery.archive], utf8(identity)))
    const instead = key === null ? said.kit : holder === vault.member.id ? undefined : said.others
    acts.push(
      say({ op: 'keyring.wrap', ...named, entity: newId(nodePrimitives), holder }, instead ?? { wrap }),
    )
  }
  const operations = acts.flatMap((act) => act.operations)
  must(await commitKeys(vault, 'approver', at, { operations, bodies: acts.flatMap((act) => act.bodies) }))
}

async function worthless(): Promise<string> {
  return toBase64(await encryptTo([(await newAgeKeyPair()).recipient], utf8('nothing')))
}

describe('a wrap that is none', () => {
  const bodies = [
    ['without a text', {}],
    ['with a text longer than any wrap', { wrap: 'A'.repeat(9000) }],
    ['with a text that is not base64', { wrap: '***' }],
  ] as const
  for (const [name, content] of bodies) {
    test(`${name} shuts nobody out, nor the kit`, async () => {
      await startSeal(await unit.open('approver'), { others: content, kit: content })
      for (const login of everybody) expect([login, codeOf(await unit.try(login))]).toEqual([login, null])
      const other = await unit.open('other')
      expect([...other.identities.keys()]).toEqual(['control', 'archive'])
      expect([...(await unit.open('approver')).identities.keys()]).toContain('seal')
      expect(unit.file.keyrings.seal.wraps).toHaveLength(1)
      must(await renew('secadmin'))
      await unit.open('secadmin', newPassword)
    })
  }

  test('that came from another device shuts nobody out', async () => {
    const first = await VaultFixture.found()
    const second = await enrol(first, '办公室二')
    await startSeal((await second.session('approver')).vault, { others: {}, kit: {} })
    const [control] = await exported(second, await deviceOf(first, 'approver'), 'approver')
    must(await receive(first, control ?? '', 'approver'))
    await first.refresh()
    for (const login of ['approver', 'secadmin', 'inspector', 'sysadmin']) {
      const { vault } = await first.session(login)
      expect(vault.authority.head.keyrings.get('seal')?.epoch).toBe(2)
    }
  })
})

describe('an epoch whose way back leads nowhere', () => {
  test('is read with what was wrapped before', async () => {
    const first = (await unit.open('other')).identities.get('seal')?.[0]
    for (const previous of ['A'.repeat(9000), await worthless()]) {
      await startSeal(await unit.open('approver'), { previous })
    }
    const { identities } = await unit.open('other')
    expect(identities.get('seal')).toHaveLength(3)
    expect(identities.get('seal')?.[2]).toBe(first)
  })

  test('and which opens to nobody else is left by the next approver, and the kit goes on', async () => {
    const first = (await unit.open('other')).identities.get('seal')?.[0]
    const junk = await worthless()
    await startSeal(await unit.open('approver'), {
      previous: junk,
      others: { wrap: junk },
      kit: { wrap: junk },
    })
    must(await renew('secadmin'))
    const other = await unit.open('other')
    expect(other.identities.has('seal')).toBe(false)
    must(await startEpochs(other, { role: 'approver', at, keyrings: ['seal'] }))
    expect(other.identities.get('seal')).toHaveLength(2)
    expect(other.identities.get('seal')?.[1]).toBe(first)
  })
})

describe('a slot under a login name that is not its member’s own', () => {
  async function plant(login: string, signing = newSeed()) {
    const vault = await unit.open('secadmin')
    const signer = signerFromSeed(signing)
    const { identity, recipient } = await newAgeKeyPair()
    const folder = mkdtempSync(join(unit.directory, 'aside-'))
    const secret = { signingSeed: signing, identity, login: 'approver' }
    await writeKeySlot(folder, vault.unit, planted, newPassword, secret)
    const bytes = readSlotBytes(folder, planted) ?? new Uint8Array()
    const slot = await carriedSlot(vault.authority.head.keyrings.get('control')?.recipient ?? '', bytes)
    const publicKey = toHex(signer.publicKey)
    const proof = toHex(signer.sign(keyProofBytes(vault.unit, planted, publicKey)))
    const acts = [
      say({ op: 'member.add', entity: planted, cadre: null }, { name: '某', login }),
      say({ op: 'key.add', entity: planted, publicKey, recipient, proof }, { slot }),
    ]
    const operations = acts.flatMap((act) => act.operations)
    must(await commitKeys(vault, 'secadmin', at, { operations, bodies: acts.flatMap((act) => act.bodies) }))
    return bytes
  }

  for (const login of ['zzz', 'approver']) {
    test(`is not placed where the member was added as ${login}`, async () => {
      await plant(login)
      expect(codeOf(await unit.try('approver'))).toBe(null)
      expect(existsSync(join(unit.layout.keySlots, `${planted}.json`))).toBe(false)
    })
  }

  test('shuts nobody out where it lies on the disk all the same', async () => {
    writeFileSync(join(unit.layout.keySlots, `${planted}.json`), await plant('zzz'))
    expect(codeOf(await unit.try('approver', 'wrong'))).toBe('vault/wrong-password')
    expect(codeOf(await unit.try('approver'))).toBe(null)
  })
})

describe('while the chain is split', () => {
  /** Somebody with another copy of the log says something else on an older commit. */
  async function split(fork: string, login: string): Promise<void> {
    const vault = await unit.open('collector')
    const control = vault.compartments.get('control') as OpenCompartment
    const log = readLog(control.database, control.log) as LogRow
    const act = say({ op: 'member.cadre', entity: idOf(vault, login), cadre: null })
    const author = { unit: vault.unit, member: vault.member.id, role: 'collector' } as const
    const request = { ...author, authority: fork, deps: [], at, operations: act.operations }
    const commit = buildCommit(nodePrimitives, vault.member.signer, log, request)
    insertBodies(control.database, commit, act.bodies)
    insertCommit(nodePrimitives, control.database, log, { commit, depth: log.depth + 1, voidCode: null })
    unit.leave()
  }

  test('no slot goes: not of new keys, and not one that waits for its commit', async () => {
    const fork = (await unit.open('secadmin')).authority.head.leaf
    const member = (await unit.open('other')).member.id
    must(await renew('other'))
    await unit.open('other', newPassword)
    await split(fork, 'first')
    const seed = newSeed()
    const { keyId } = signerFromSeed(seed)
    const { identity } = await newAgeKeyPair()
    const secret = { signingSeed: seed, identity, login: 'second' }
    await writePendingSlot(unit.layout.keySlots, unit.file.unit, planted, keyId, newPassword, secret, null)
    expect((await unit.open('secadmin')).authority.forked).toBe(fork)
    expect(existsSync(join(unit.layout.keySlots, `${member}.json`))).toBe(true)
    expect(existsSync(join(unit.layout.keySlots, `pending-${keyId}`, `${planted}.json`))).toBe(true)
  })
})

test('a file of keyrings that could not be read again is not written', () => {
  const before = unit.file
  const previous = ['A'.repeat(9000)]
  const seal = { ...before.keyrings.seal, previous }
  const written = writeKeyringFile(unit.layout.keyringFile, {
    ...before,
    keyrings: { ...before.keyrings, seal },
  })
  expect(codeOf(written)).toBe('vault/damaged')
  expect(unit.file).toEqual(before)
})
