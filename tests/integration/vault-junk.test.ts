import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { carriedSlot } from '../../src-main/vault/carried-slots.ts'
import { readSlotBytes, writeKeySlot } from '../../src-main/vault/key-slot.ts'
import { commitAuthority, type OpenVault } from '../../src-main/vault/vault.ts'
import { commitKeys, type Act } from '../../src-main/vault/wraps.ts'
import { writeKeyringFile } from '../../src-main/vault/keyring-file.ts'
import { toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { keyProofBytes, prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { at, codeOf, KeyedUnit, must } from '../helpers/keyed-unit.ts'
import { deviceOf, enrol, exported, receive } from '../helpers/two-devices.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

const everybody = ['collector', 'first', 'second', 'approver', 'other', 'sysadmin', 'secadmin', 'auditor']

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

function wrapForKit(content: Parameters<typeof prepareBody>[1]): Act {
  const entity = newId(nodePrimitives)
  return say(
    { op: 'keyring.wrap', entity, keyring: 'archive', epoch: 1, holder: 'recovery-archive' },
    content,
  )
}

function write(vault: OpenVault, act: Act) {
  return commitAuthority(vault, 'collector', at, act.operations, act.bodies)
}

describe('a wrap that is none', () => {
  const bodies = [
    ['without a text', {}],
    ['with a text longer than any wrap', { wrap: 'A'.repeat(9000) }],
    ['with a text that is not base64', { wrap: '***' }],
  ] as const
  for (const [name, content] of bodies) {
    test(`${name} shuts nobody out`, async () => {
      write(await unit.open('collector'), wrapForKit(content))
      for (const login of everybody) expect([login, codeOf(await unit.try(login))]).toEqual([login, null])
      const approver = await unit.open('approver')
      expect([...approver.identities.keys()]).toEqual(['control', 'archive', 'discipline', 'seal'])
    })
  }

  test('that came from another device shuts nobody out', async () => {
    const first = await VaultFixture.found()
    const second = await enrol(first, '办公室二')
    const { vault } = await second.session('collector')
    const act = wrapForKit({})
    commitAuthority(vault, 'collector', new Date(vault.now()).toISOString(), act.operations, act.bodies)
    const [control] = await exported(second, await deviceOf(first, 'collector'), 'collector')
    must(await receive(first, control ?? '', 'collector'))
    await first.refresh()
    for (const login of ['approver', 'secadmin', 'inspector', 'sysadmin']) await first.session(login)
  })
})

test('a way back that is none is passed over by the next log-in', async () => {
  const approver = await unit.open('approver')
  const epoch = await newAgeKeyPair()
  const { head } = approver.authority
  const acts = [
    say(
      {
        op: 'keyring.epoch',
        entity: newId(nodePrimitives),
        keyring: 'seal',
        epoch: 2,
        recipient: epoch.recipient,
      },
      { previous: 'A'.repeat(9000) },
    ),
  ]
  for (const { holder, key } of head.wraps.filter(({ keyring }) => keyring === 'seal')) {
    const recipient =
      head.members.get(holder)?.keys.find((known) => known.key === key)?.recipient ?? head.recovery.archive
    const wrap = toBase64(await encryptTo([recipient], utf8(epoch.identity)))
    acts.push(
      say({ op: 'keyring.wrap', entity: newId(nodePrimitives), keyring: 'seal', epoch: 2, holder }, { wrap }),
    )
  }
  const operations = acts.flatMap((act) => act.operations)
  const bodies = acts.flatMap((act) => act.bodies)
  must(await commitKeys(approver, 'approver', at, { operations, bodies }))
  const other = await unit.open('other')
  expect(other.identities.get('seal')?.[0]).toBe(epoch.identity)
  expect(unit.file.keyrings.seal.previous).toEqual([])
})

describe('a slot under a login name that is not its member’s own', () => {
  const planted = '0'.repeat(32)

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
