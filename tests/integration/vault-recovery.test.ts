import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { removalAct } from '../../src-main/vault/epoch-ends.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { renewMember } from '../../src-main/vault/recovery-use.ts'
import { finishRekey, rekeyDue } from '../../src-main/vault/rekey.ts'
import { replaceKeys } from '../../src-main/vault/new-keys.ts'
import { commitKeys } from '../../src-main/vault/wraps.ts'
import { keysWithoutEnd } from '../../src-shared/access/authority.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import {
  at,
  codeOf,
  countRecords,
  idOf,
  KeyedUnit,
  keyOf,
  must,
  rekeyHere,
  submitOne,
} from '../helpers/keyed-unit.ts'

const newPassword = 'a password nobody knew before'

let founded: KeyedUnit
let unit: KeyedUnit

beforeAll(async () => {
  founded = await KeyedUnit.found()
  submitOne(await founded.open('collector'))
  founded.leave()
})
afterAll(() => founded.close())
beforeEach(() => {
  unit = founded.copy()
})
afterEach(() => unit.close())

async function renew(login: string) {
  unit.leave()
  if (founded.kit === null) throw new Error('no kit')
  return await renewMember(nodePrimitives, unit.layout, founded.kit, { login, password: newPassword, at })
}

describe('new keys from the recovery sheets', () => {
  test('open every epoch, also while a database waits for its new key', async () => {
    const approver = await unit.open('approver')
    must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive', 'seal', 'discipline'] }))
    expect(rekeyDue(approver)).toEqual(['archive', 'discipline'])
    must(await finishRekey(approver, 'discipline', rekeyHere))
    must(await renew('approver'))
    const again = await unit.open('approver', newPassword)
    expect([...again.compartments.keys()]).toEqual(['control', 'archive', 'discipline'])
    expect(again.identities.get('archive')).toHaveLength(2)
    expect(again.identities.get('seal')).toHaveLength(2)
    expect(countRecords(again)).toBe(1)
    must(await finishRekey(again, 'archive', rekeyHere))
    expect(rekeyDue(again)).toEqual([])
    expect(codeOf(await unit.try('approver'))).toBe('vault/wrong-password')
  })

  test('bring back a member whose key was taken away as lost and to whom nobody could wrap another', async () => {
    const secadmin = await unit.open('secadmin')
    const member = idOf(secadmin, 'collector')
    const act = removalAct(secadmin, member, keyOf(secadmin, member), 'lost')
    must(await commitKeys(secadmin, 'secadmin', at, act))
    expect(codeOf(await unit.try('collector'))).toBe('vault/wrong-password')
    must(await renew('collector'))
    const again = await unit.open('collector', newPassword)
    submitOne(again)
    expect(countRecords(again)).toBe(2)
  })

  test('end the key before in control alone: what it signed elsewhere may not have come here yet', async () => {
    const before = await unit.open('collector')
    const { id: member, signer } = before.member
    must(await renew('collector'))
    const { authority } = await unit.open('approver')
    const [removal] = authority.removals
    expect([removal?.key, removal?.compartments]).toEqual([signer.keyId, ['control']])
    for (const compartment of ['archive', 'discipline'] as const) {
      expect(keysWithoutEnd(authority, compartment)).toEqual([{ member, key: signer.keyId }])
    }
  })

  test('bring back the roles that a secadmin took away', async () => {
    const secadmin = await unit.open('secadmin')
    const entity = idOf(secadmin, 'first')
    const body = prepareBody(nodePrimitives, {})
    const named = { entity, digest: body.digest, role: 'reviewer', deputyFor: null } as const
    must(
      await commitKeys(secadmin, 'secadmin', at, {
        operations: [{ op: 'role.revoke', ...named }],
        bodies: [body],
      }),
    )
    expect(codeOf(await unit.try('first'))).not.toBe(null)
    must(await renew('first'))
    const first = await unit.open('first', newPassword)
    const grants = first.authority.head.members.get(entity)?.grants ?? []
    expect(grants.map(({ role, confirmed }) => [role, confirmed])).toEqual([['reviewer', true]])
    expect([...first.identities.keys()]).toEqual(['control', 'archive', 'discipline'])
  })

  test('bring back a role that waits to be confirmed since somebody else made the keys', async () => {
    const secadmin = await unit.open('secadmin')
    const member = idOf(secadmin, 'approver')
    const request = { role: 'secadmin', at, member, login: 'approver', cause: 'lost' } as const
    must(await replaceKeys(secadmin, { ...request, password: 'known to the secadmin' }))
    must(await renew('approver'))
    expect([...(await unit.open('approver', newPassword)).compartments.keys()]).toHaveLength(3)
  })

  test('carry the slot to the other devices', async () => {
    must(await renew('second'))
    const second = await unit.open('second', newPassword)
    rmSync(join(unit.layout.keySlots, `${second.member.id}.json`))
    await unit.open('approver')
    expect((await unit.open('second', newPassword)).member.id).toBe(second.member.id)
  })

  test('are wrapped no keyring that the roles give no right to', async () => {
    must(await renew('second'))
    const second = await unit.open('second', newPassword)
    expect([...second.identities.keys()]).toEqual(['control', 'archive'])
    must(await renew('auditor'))
    expect([...(await unit.open('auditor', newPassword)).identities.keys()]).toEqual(['control', 'audit'])
  })
})
