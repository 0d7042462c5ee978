import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { boundKey, endsOfKey, removalAct } from '../../src-main/vault/epoch-ends.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { commitNewKeys, replaceKeys } from '../../src-main/vault/new-keys.ts'
import { rekeyDue } from '../../src-main/vault/rekey.ts'
import type { OpenVault } from '../../src-main/vault/vault.ts'
import { verifyVault } from '../../src-main/vault/verify.ts'
import { commitKeys, together, wrapFor, type Act } from '../../src-main/vault/wraps.ts'
import { keysWithoutEnd } from '../../src-shared/access/authority.ts'
import { keyringsExposed } from '../../src-shared/access/grants.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import { deviceProofBytes, prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import {
  at,
  codeOf,
  countRecords,
  idOf,
  KeyedUnit,
  keyOf,
  must,
  passwordFor,
  rekeyAll,
  submitOne,
} from '../helpers/keyed-unit.ts'

const submitted = 5
const fresh = 'a password that is new'

let founded: KeyedUnit
let unit: KeyedUnit

beforeAll(async () => {
  founded = await KeyedUnit.found()
  const vault = await founded.open('collector')
  for (let count = 0; count < submitted; count++) submitOne(vault)
  founded.leave()
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

async function replace(cause: 'lost' | 'copied', password = fresh): Promise<Id> {
  const secadmin = await unit.open('secadmin')
  const member = idOf(secadmin, 'collector')
  const request = { role: 'secadmin', at, member, login: 'collector', password, cause } as const
  must(await replaceKeys(secadmin, request))
  return member
}

/** A holder gives the member what they are due and confirms their role. */
async function confirm(member: Id): Promise<void> {
  const approver = await unit.open('approver')
  const wraps = must(await wrapFor(approver, member))
  const role = say({ op: 'role.confirm', entity: member, role: 'collector', deputyFor: null })
  must(await commitKeys(approver, 'approver', at, together(wraps, role)))
}

function pendingSlots(): readonly string[] {
  return readdirSync(unit.layout.keySlots).filter((name) => name.startsWith('pending-'))
}

async function verified(vault: OpenVault): Promise<boolean> {
  const databases = new Map([...vault.compartments].map(([name, { database }]) => [name, database]))
  const { layout, rootPublicKey } = vault
  const report = await verifyVault({
    primitives: nodePrimitives,
    layout,
    unit: vault.unit,
    rootPublicKey,
    databases,
    at,
    progress: () => undefined,
  })
  return report.verified
}

describe('new keys of a member', () => {
  test('whose password is forgotten: the new password opens control, and a holder gives the rest', async () => {
    const member = await replace('lost')
    expect(pendingSlots()).toEqual([])
    expect(codeOf(await unit.try('collector'))).toBe('vault/wrong-password')
    const waiting = await unit.open('collector', fresh)
    expect([...waiting.compartments.keys()]).toEqual(['control'])
    expect(keyringsExposed(waiting.authority.head)).toEqual([])
    await confirm(member)
    const collector = await unit.open('collector', fresh)
    expect(countRecords(collector)).toBe(submitted)
    submitOne(collector)
    expect(countRecords(collector)).toBe(submitted + 1)
    expect(await verified(collector)).toBe(true)
  })

  test('whose keys may have been copied: control goes on in a new epoch, the others ask for one', async () => {
    const member = await replace('copied')
    const secadmin = await unit.open('secadmin')
    expect(secadmin.authority.head.keyrings.get('control')?.epoch).toBe(2)
    expect(rekeyDue(secadmin)).toEqual(['control'])
    await rekeyAll(secadmin, ['control'])
    expect(keyringsExposed(secadmin.authority.head)).toEqual(['archive'])
    expect(codeOf(await unit.tryWithSlotOf(founded, 'collector'))).toBe('authority/key-not-in-force')
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    await rekeyAll(approver, ['archive'])
    // Only a person can know when the copy was made, so the end of the key is left to them.
    expect(keysWithoutEnd(approver.authority, 'archive')).toHaveLength(1)
    await confirm(member)
    expect(countRecords(await unit.open('collector', fresh))).toBe(submitted)
    for (const login of ['first', 'auditor', 'sysadmin']) await unit.open(login)
  })

  test('under the password they had before are found by it all the same', async () => {
    await replace('lost', passwordFor('collector'))
    expect([...(await unit.open('collector')).compartments.keys()]).toEqual(['control'])
  })

  test('who was suspended are added without a removal', async () => {
    const secadmin = await unit.open('secadmin')
    const member = idOf(secadmin, 'collector')
    const suspend = removalAct(secadmin, member, keyOf(secadmin, member), 'suspended')
    must(await commitKeys(secadmin, 'secadmin', at, suspend))
    expect(existsSync(join(unit.layout.keySlots, `${member}.json`))).toBe(false)
    expect(codeOf(await unit.try('collector'))).toBe('vault/wrong-password')
    expect(codeOf(await unit.tryWithSlotOf(founded, 'collector'))).toBe('authority/key-not-in-force')
    await replace('lost')
    await confirm(member)
    expect(countRecords(await unit.open('collector', fresh))).toBe(submitted)
  })

  test('of nobody, or by nobody with the right, change nothing', async () => {
    const secadmin = await unit.open('secadmin')
    const request = { role: 'secadmin', at, login: 'x', password: fresh, cause: 'lost' } as const
    const nobody = await replaceKeys(secadmin, { ...request, member: newId(nodePrimitives) })
    expect(codeOf(nobody)).toBe('authority/action-not-permitted')
    const approver = await unit.open('approver')
    const member = idOf(approver, 'collector')
    const { file } = unit
    const refused = await replaceKeys(approver, { ...request, role: 'approver', member })
    expect(codeOf(refused)).toBe('authority/action-not-permitted')
    expect(pendingSlots()).toEqual([])
    expect(unit.file).toEqual(file)
    await unit.open('collector')
  })

  test('who joins the unit are made with the member, in one commit', async () => {
    const secadmin = await unit.open('secadmin')
    const member = newId(nodePrimitives)
    const name = { entity: member, role: 'collector', deputyFor: null } as const
    const grant = { ...name, op: 'role.grant', categories: ['*'], level: 3, from: null, until: null }
    const made = await commitNewKeys(secadmin, {
      role: 'secadmin',
      at,
      member,
      login: 'newcomer',
      password: fresh,
      before: say({ op: 'member.add', entity: member, cadre: null }, { name: '新人', login: 'newcomer' }),
      after: say(grant),
    })
    expect(keyOf(secadmin, member)).toBe(must(made).key)
    expect([...(await unit.open('newcomer', fresh)).compartments.keys()]).toEqual(['control'])
    await confirm(member)
    expect(countRecords(await unit.open('newcomer', fresh))).toBe(submitted)
  })

  test('whose slot did not take its place yet open with the new password, and it takes its place', async () => {
    const member = await replace('lost')
    const key = keyOf(await unit.open('secadmin'), member)
    unit.leave()
    // As it was between the commit and the renaming: the slot before in its place, the new one beside it.
    const { keySlots } = unit.layout
    mkdirSync(join(keySlots, `pending-${key}`))
    renameSync(join(keySlots, `${member}.json`), join(keySlots, `pending-${key}`, `${member}.json`))
    const old = founded.copy()
    renameSync(join(old.layout.keySlots, `${member}.json`), join(keySlots, `${member}.json`))
    old.close()
    expect(codeOf(await unit.try('collector', 'neither'))).toBe('vault/wrong-password')
    await unit.open('collector', fresh)
    expect(pendingSlots()).toEqual([])
    expect(codeOf(await unit.try('collector'))).toBe('vault/wrong-password')
  })

  test('whose commit was never made are gone with the next log-in', async () => {
    const { keySlots } = unit.layout
    const other = founded.copy()
    const theirs = await other.open('secadmin')
    const member = idOf(theirs, 'collector')
    const request = {
      role: 'secadmin',
      at,
      member,
      login: 'collector',
      password: fresh,
      cause: 'lost',
    } as const
    const { key } = must(await replaceKeys(theirs, request))
    other.leave()
    mkdirSync(join(keySlots, `pending-${key}`))
    renameSync(
      join(other.layout.keySlots, `${member}.json`),
      join(keySlots, `pending-${key}`, `${member}.json`),
    )
    writeFileSync(join(keySlots, 'unknown'), '')
    other.close()
    expect(codeOf(await unit.try('collector', fresh))).toBe('authority/key-not-in-force')
    expect(countRecords(await unit.open('collector'))).toBe(submitted)
    expect(pendingSlots()).toEqual([])
  })
})

describe('the end of a key', () => {
  async function commitsOf(vault: OpenVault, key: Digest) {
    return must(endsOfKey(vault, 'archive', key))
  }

  test('chosen among its commits, makes what stands beyond it void at once', async () => {
    const member = await replace('copied')
    const approver = await unit.open('approver')
    const [old] = keysWithoutEnd(approver.authority, 'archive')
    const key = old?.key ?? ''
    const commits = await commitsOf(approver, key)
    expect(commits.map(({ seq, action, isVoid }) => ({ seq, action, isVoid }))).toEqual(
      [4, 3, 2, 1, 0].map((seq) => ({ seq, action: 'record.submit', isVoid: false })),
    )
    const { log, seq, leaf } = commits[2] ?? { log: '', seq: 0, leaf: '' }
    const end = { compartment: 'archive', member, key, last: [{ log, seq, leaf }] } as const
    const elsewhere = { ...end, last: [{ log, seq, leaf: key }] }
    expect(codeOf(await boundKey(approver, 'approver', at, elsewhere))).toBe('log/gap')
    must(await boundKey(approver, 'approver', at, end))
    expect(countRecords(approver)).toBe(3)
    expect((await commitsOf(approver, key)).map(({ isVoid }) => isVoid)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(await verified(approver)).toBe(true)
    // What was said first stands.
    expect(codeOf(await boundKey(approver, 'approver', at, end))).toBe('authority/action-not-permitted')
    expect(keysWithoutEnd(approver.authority, 'archive')).toEqual([])
  })

  test('chosen by a person stands in the commit of the epoch in place of the last one known', async () => {
    const member = await replace('copied')
    const approver = await unit.open('approver')
    const key = keysWithoutEnd(approver.authority, 'archive')[0]?.key ?? ''
    const { log, seq, leaf } = (await commitsOf(approver, key))[4] ?? { log: '', seq: 0, leaf: '' }
    const ends = [{ compartment: 'archive', member, key, last: [{ log, seq, leaf }] }] as const
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'], ends }))
    expect(countRecords(approver)).toBe(1)
    await rekeyAll(approver, ['archive'])
    expect(await verified(approver)).toBe(true)
    expect(countRecords(await unit.open('second'))).toBe(1)
  })

  test('is said with a new epoch where this device is the only one, and left to a person where there is another', async () => {
    for (const others of [0, 1]) {
      const secadmin = await unit.open('secadmin')
      for (let count = 0; count < others; count++) {
        must(await commitKeys(secadmin, 'secadmin', at, deviceAdded()))
      }
      const member = await replace('lost')
      const approver = await unit.open('approver')
      const open = () => keysWithoutEnd(approver.authority, 'archive').map((known) => known.member)
      expect(open()).toEqual([member])
      must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
      expect(open()).toEqual(others === 0 ? [] : [member])
      unit.close()
      unit = founded.copy()
    }
  })

  function deviceAdded(): Act {
    const signer = signerFromSeed(newSeed())
    const device = newId(nodePrimitives)
    const [control, archive, discipline] = [0, 1, 2].map(() => newId(nodePrimitives)) as [Id, Id, Id]
    const logs = { control, archive, discipline }
    const publicKey = toHex(signer.publicKey)
    const proof = toHex(signer.sign(deviceProofBytes(device, publicKey, logs)))
    const body = prepareBody(nodePrimitives, { name: '办公室二' })
    const operation = {
      op: 'device.add',
      entity: device,
      digest: body.digest,
      publicKey,
      logs,
      proof,
    } as const
    return { operations: [operation], bodies: [body] }
  }
})
