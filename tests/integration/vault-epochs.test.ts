import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rekeyOnThread } from '../../src-main/jobs/rekey.ts'
import { removalAct } from '../../src-main/vault/epoch-ends.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { proveKit } from '../../src-main/vault/recovery-opening.ts'
import { finishRekey, rekeyDue } from '../../src-main/vault/rekey.ts'
import { commitAuthority } from '../../src-main/vault/vault.ts'
import { commitKeys, together, wrapFor, wrapTo, type Act } from '../../src-main/vault/wraps.ts'
import { keysWithoutEnd } from '../../src-shared/access/authority.ts'
import { holdersDue, keyringsExposed } from '../../src-shared/access/grants.ts'
import type { Compartment, Keyring } from '../../src-shared/access/roles.ts'
import { fromBase64, toBase64, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { decryptWith, encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import {
  at,
  codeOf,
  countRecords,
  fillArchive,
  idOf,
  KeyedUnit,
  keyOf,
  must,
  rekeyAll,
  rekeyHere,
  submitOne,
} from '../helpers/keyed-unit.ts'

const submitted = 20

let founded: KeyedUnit
let unit: KeyedUnit

beforeAll(async () => {
  founded = await KeyedUnit.found()
  const vault = await founded.open('collector')
  for (let count = 0; count < submitted; count++) submitOne(vault, 2000)
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

/** The secadmin takes a reviewer's key away, and control has a new epoch in the same commit. */
async function removeFirst(): Promise<Id> {
  const secadmin = await unit.open('secadmin')
  const member = idOf(secadmin, 'first')
  const act = removalAct(secadmin, member, keyOf(secadmin, member), 'left')
  must(await startEpochs(secadmin, { role: 'secadmin', at, keyrings: ['control'], act }))
  await rekeyAll(secadmin, ['control'])
  return member
}

describe('after a member has left', () => {
  const all: readonly Compartment[] = ['control', 'archive', 'discipline']

  test('nothing of theirs opens what is written after: no key, no identity, no slot, no file', async () => {
    const before = unit.copy()
    const first = await unit.open('first')
    const held = { keys: new Map(first.databaseKeys), identities: new Map(first.identities) }
    expect([...held.keys.keys()]).toEqual(all)
    const own = first.member.identity
    const oldPages = all.map((name) => unit.pages(name))
    for (const pages of oldPages) expect(pages.size).toBeGreaterThan(20)

    const member = await removeFirst()
    const approver = await unit.open('approver')
    expect(keyringsExposed(approver.authority.head)).toEqual(['archive', 'discipline'])
    const keyrings = ['archive', 'discipline'] as const
    must(await startEpochs(approver, { role: 'approver', at, keyrings }))
    expect(keyringsExposed(approver.authority.head)).toEqual([])
    expect(rekeyDue(approver)).toEqual(['archive', 'discipline'])
    await rekeyAll(approver, keyrings)
    expect(rekeyDue(approver)).toEqual([])
    expect(countRecords(approver)).toBe(submitted)

    for (const [index, name] of all.entries()) {
      expect(unit.opensUnder(name, held.keys.get(name) as Uint8Array)).toBe(false)
      const left = [...unit.pages(name)].filter((page) => oldPages[index]?.has(page))
      expect(left).toEqual([])
    }
    const opensWith = [own, ...[...held.identities.values()].flat()]
    const { keyrings: rings, databases, doors } = unit.file
    expect(doors).toBe(undefined)
    const sealed = [
      ...all.flatMap((name) => [...rings[name].wraps.map(({ wrap }) => wrap), ...rings[name].previous]),
      ...Object.values(databases).flatMap((keys) => keys.map((key) => key.sealed)),
    ]
    for (const text of sealed) expect(await decryptWith(opensWith, fromBase64(text) as Uint8Array)).toBe(null)

    expect(existsSync(join(unit.layout.keySlots, `${member}.json`))).toBe(false)
    expect(codeOf(await unit.try('first'))).toBe('vault/wrong-password')
    expect(codeOf(await unit.tryWithSlotOf(before, 'first'))).toBe('authority/key-not-in-force')
    // Their whole copy from before, with the databases of today laid into it.
    for (const name of all) copyFileSync(unit.layout.database(name), before.layout.database(name))
    expect(codeOf(await before.try('first'))).toBe('vault/damaged')
    // The file of keyrings from before, put back where the others work: it opens nothing, and harms nothing.
    const file = readFileSync(unit.layout.keyringFile)
    writeFileSync(unit.layout.keyringFile, readFileSync(founded.layout.keyringFile))
    expect(codeOf(await unit.tryWithSlotOf(founded, 'first'))).toBe('vault/damaged')
    expect(codeOf(await unit.try('approver'))).toBe('vault/damaged')
    writeFileSync(unit.layout.keyringFile, file)
    expect(countRecords(await unit.open('collector'))).toBe(submitted)
    before.close()
  })

  test('who starts the epoch says where the removed key ends, and the log goes on', async () => {
    await removeFirst()
    const approver = await unit.open('approver')
    expect(keysWithoutEnd(approver.authority, 'archive')).toHaveLength(1)
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    expect(keysWithoutEnd(approver.authority, 'archive')).toEqual([])
    expect(keysWithoutEnd(approver.authority, 'discipline')).toHaveLength(1)
    await rekeyAll(approver, ['archive'])
    const collector = await unit.open('collector')
    submitOne(collector)
    expect(countRecords(collector)).toBe(submitted + 1)
  })

  test('a database waits for the next who holds its key, and until then opens as before', async () => {
    await removeFirst()
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    // The approver goes home; the collector comes.
    const collector = await unit.open('collector')
    expect(countRecords(collector)).toBe(submitted)
    expect(rekeyDue(collector)).toEqual(['archive'])
    submitOne(collector)
    const old = collector.databaseKeys.get('archive') as Uint8Array
    await rekeyAll(collector, ['archive'])
    expect(countRecords(collector)).toBe(submitted + 1)
    submitOne(collector)
    expect(unit.opensUnder('archive', old)).toBe(false)
    expect(rekeyDue(await unit.open('other'))).toEqual([])
  })

  test('whoever holds nothing of a compartment neither starts its epoch nor keys it anew', async () => {
    await removeFirst()
    const secadmin = await unit.open('secadmin')
    const started = await startEpochs(secadmin, { role: 'secadmin', at, keyrings: ['archive'] })
    expect(codeOf(started)).toBe('authority/not-a-holder')
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['discipline'] }))
    const other = await unit.open('other')
    expect([...other.compartments.keys()]).toEqual(['control', 'archive'])
    expect(rekeyDue(other)).toEqual([])
    expect(codeOf(await finishRekey(other, 'discipline', rekeyHere))).toBe('vault/compartment-closed')
  })

  test('the recovery kit opens everything, before, during and after', async () => {
    const { kit } = founded
    if (kit === null) throw new Error('no kit')
    await removeFirst()
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive', 'seal'] }))
    unit.leave()
    expect(codeOf(await proveKit(nodePrimitives, unit.layout, kit))).toBe(null)
    const again = await unit.open('approver')
    const during: (string | null)[] = []
    const proved = async () => void during.push(codeOf(await proveKit(nodePrimitives, unit.layout, kit)))
    const finished = await finishRekey(again, 'archive', async (order) => {
      await proved()
      const done = await rekeyHere(order)
      await proved()
      return done
    })
    expect(codeOf(finished)).toBe(null)
    unit.leave()
    await proved()
    expect(during).toEqual([null, null, null])
  })
})

describe('a new epoch', () => {
  async function sealedBefore(keyring: Keyring): Promise<Uint8Array> {
    const { head } = (await unit.open('secadmin')).authority
    return await encryptTo([head.keyrings.get(keyring)?.recipient ?? ''], utf8('封存'))
  }

  test.each([
    ['seal', 'approver'],
    ['audit', 'auditor'],
  ] as const)('of %s still reads what was sealed two epochs before', async (keyring, login) => {
    const sealed = await sealedBefore(keyring)
    const vault = await unit.open(login)
    for (let epoch = 0; epoch < 2; epoch++)
      must(await startEpochs(vault, { role: login, at, keyrings: [keyring] }))
    expect(vault.identities.get(keyring)).toHaveLength(3)
    const again = await unit.open(login)
    const identities = again.identities.get(keyring) ?? []
    expect(new TextDecoder().decode((await decryptWith(identities, sealed)) ?? new Uint8Array())).toBe('封存')
    expect(await decryptWith(identities.slice(0, 2), sealed)).toBe(null)
  })

  test('of seal is read back by a member who was made approver after it', async () => {
    const sealed = await sealedBefore('seal')
    must(await startEpochs(await unit.open('approver'), { role: 'approver', at, keyrings: ['seal'] }))
    const secadmin = await unit.open('secadmin')
    const collector = idOf(secadmin, 'collector')
    const name = { entity: collector, role: 'approver', deputyFor: null } as const
    const grant = { ...name, op: 'role.grant', categories: ['*'], level: 3, from: null, until: null } as const
    must(await commitKeys(secadmin, 'secadmin', at, say(grant)))
    const approver = await unit.open('approver')
    const wraps = must(await wrapFor(approver, collector))
    expect(wraps.keyrings).toEqual(['seal'])
    const confirm = say({ ...name, op: 'role.confirm' })
    must(await commitKeys(approver, 'approver', at, together(wraps, confirm)))
    const { identities } = await unit.open('collector')
    expect(await decryptWith(identities.get('seal') ?? [], sealed)).not.toBe(null)
  })

  test('that leaves a holder or the recovery kit out is refused', async () => {
    const approver = await unit.open('approver')
    const { head } = approver.authority
    const { recipient } = await newAgeKeyPair()
    const epoch = {
      op: 'keyring.epoch',
      entity: newId(nodePrimitives),
      keyring: 'archive',
      epoch: 2,
      recipient,
    }
    const due = holdersDue(head, 'archive')
    expect(due).toContain('recovery-archive')
    for (const missing of due) {
      const ring = { keyring: 'archive', epoch: 2, identity: 'an identity' } as const
      const wraps: Act[] = []
      for (const holder of due) {
        if (holder !== missing)
          wraps.push(await wrapTo(nodePrimitives, ring, { holder: holder as Id, recipient }))
      }
      const act = together(say(epoch, { previous: toBase64(utf8('')) }), ...wraps)
      const committed = commitAuthority(approver, 'approver', at, act.operations, act.bodies)
      expect(codeOf(committed)).toBe('authority/holder-left-out')
    }
  })

  test('that somebody wrapped to the others wrongly takes nothing from them', async () => {
    const approver = await unit.open('approver')
    const { head } = approver.authority
    const { recipient } = await newAgeKeyPair()
    const entity = newId(nodePrimitives)
    const epoch = { op: 'keyring.epoch', entity, keyring: 'archive', epoch: 2, recipient }
    const ring = { keyring: 'archive', epoch: 2, identity: 'no identity' } as const
    const wraps: Act[] = []
    for (const holder of holdersDue(head, 'archive'))
      wraps.push(await wrapTo(nodePrimitives, ring, { holder: holder as Id, recipient }))
    const previous = toBase64(await encryptTo([recipient], utf8('no identity')))
    must(await commitKeys(approver, 'approver', at, together(say(epoch, { previous }), ...wraps)))
    for (const login of ['collector', 'second', 'first']) {
      const vault = await unit.open(login)
      expect(countRecords(vault)).toBe(submitted)
      expect(vault.identities.has('archive')).toBe(false)
      expect(codeOf(await finishRekey(vault, 'archive', rekeyHere))).toBe('authority/not-a-holder')
    }
    // Any of them starts the next epoch, and it leads past the wrong one.
    const collector = await unit.open('collector')
    submitOne(collector)
    must(await startEpochs(collector, { role: 'collector', at, keyrings: ['archive'] }))
    expect(collector.identities.get('archive')).toHaveLength(2)
    await rekeyAll(collector, ['archive'])
    for (const login of ['approver', 'second', 'first']) {
      const vault = await unit.open(login)
      expect(countRecords(vault)).toBe(submitted + 1)
      expect(vault.identities.get('archive')).toHaveLength(2)
      expect(rekeyDue(vault)).toEqual([])
    }
  })

  test('of the side of a fork that did not hold is left for the one that did', async () => {
    const start = { role: 'approver', at, keyrings: ['archive'] } as const
    const held = unit.copy()
    must(await startEpochs(await held.open('approver'), start))
    held.leave()
    const approver = await unit.open('approver')
    must(await startEpochs(approver, start))
    await rekeyAll(approver, ['archive'])
    const key = approver.databaseKeys.get('archive') as Uint8Array
    const identity = approver.identities.get('archive')?.[0] ?? ''
    unit.leave()
    // The chain as two people settled it; the archive of this device is keyed to the other side.
    copyFileSync(held.layout.database('control'), unit.layout.database('control'))
    const collector = await unit.open('collector')
    expect(countRecords(collector)).toBe(submitted)
    expect(collector.identities.get('archive')).not.toContain(identity)
    expect(rekeyDue(collector)).toEqual(['archive'])
    await rekeyAll(collector, ['archive'])
    expect(rekeyDue(collector)).toEqual([])
    expect(unit.opensUnder('archive', key)).toBe(false)
    expect(unit.file.keyrings).toEqual(held.file.keyrings)
    for (const { sealed } of unit.file.databases.archive)
      expect(await decryptWith([identity], fromBase64(sealed) as Uint8Array)).toBe(null)
    expect(countRecords(await unit.open('second'))).toBe(submitted)
    held.close()
  })

  test('stands in the chain alone when the file was not written any more: the next log-in writes it', async () => {
    const old = readFileSync(unit.layout.keyringFile)
    must(
      await startEpochs(await unit.open('approver'), { role: 'approver', at, keyrings: ['archive', 'seal'] }),
    )
    const written = readFileSync(unit.layout.keyringFile)
    writeFileSync(unit.layout.keyringFile, old)
    await unit.open('secadmin')
    expect(readFileSync(unit.layout.keyringFile)).toEqual(written)
    writeFileSync(unit.layout.keyringFile, old)
    const collector = await unit.open('collector')
    expect(countRecords(collector)).toBe(submitted)
    await rekeyAll(collector, rekeyDue(collector))
    expect(countRecords(await unit.open('second'))).toBe(submitted)
  })
})

describe('while a database is rekeyed', () => {
  test('its compartment is closed and the others are open', async () => {
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    const seen: unknown[] = []
    const done = await finishRekey(approver, 'archive', async (order) => {
      seen.push(approver.rekeying, [...approver.compartments.keys()])
      seen.push(codeOf(await finishRekey(approver, 'discipline', rekeyHere)))
      seen.push(codeOf(await finishRekey(approver, 'archive', rekeyHere)))
      return await rekeyHere(order)
    })
    expect(codeOf(done)).toBe(null)
    expect(seen).toEqual(['archive', ['control', 'discipline'], null, 'vault/rekeying'])
    expect(approver.rekeying).toBe(null)
    expect(countRecords(approver)).toBe(submitted)
  })

  test('a reader elsewhere stops it before anything has changed', async () => {
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    const other = new KeyedUnit(unit.directory, null)
    const reader = await other.open('collector')
    expect(countRecords(reader)).toBe(submitted)
    expect(codeOf(await finishRekey(approver, 'archive', rekeyHere))).toBe('vault/in-use')
    expect(unit.file.databases.archive).toHaveLength(2)
    expect(countRecords(approver)).toBe(submitted)
    other.leave()
    expect(rekeyDue(approver)).toEqual(['archive'])
    await rekeyAll(approver, ['archive'])
    expect(unit.file.databases.archive).toHaveLength(1)
    expect(statSync(`${unit.layout.database('archive')}-wal`).size).toBeLessThan(100_000)
  })

  test('of 50 MB, how far it is can be seen, and the thread that answers goes on', async () => {
    const collector = await unit.open('collector')
    const count = submitted + fillArchive(collector, 50 * 1024 * 1024)
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    const steps: number[] = []
    let answered = 0
    const clock = setInterval(() => {
      const control = approver.compartments.get('control')?.database
      if (approver.rekeying !== null && control?.prepare('SELECT 1').get() !== undefined) answered += 1
    }, 5)
    const done = await finishRekey(approver, 'archive', rekeyOnThread, (step, of) => {
      expect(of).toBe(1000)
      steps.push(step)
    })
    clearInterval(clock)
    expect(codeOf(done)).toBe(null)
    expect(answered).toBeGreaterThan(3)
    expect(new Set(steps).size).toBeGreaterThan(2)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(1000)
    expect(countRecords(approver)).toBe(count)
  })

  test('work that fails leaves the key before it in place', async () => {
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
    const failed = await finishRekey(approver, 'archive', async () => ({
      ok: false,
      error: { code: 'vault/disk-full' },
    }))
    expect(codeOf(failed)).toBe('vault/disk-full')
    expect(countRecords(approver)).toBe(submitted)
    expect(countRecords(await unit.open('second'))).toBe(submitted)
  })
})
