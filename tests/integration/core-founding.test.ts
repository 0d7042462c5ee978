import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { combine } from 'shamir-secret-sharing'
import { afterEach, describe, expect, test } from 'vitest'
import { bodyOf, textOf } from '../../src-main/vault/names.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { FoundedUnit } from '../../src-shared/contract/views.ts'
import { decryptWith } from '../../src-shared/node/age.ts'
import { signerFromSeed } from '../../src-shared/node/primitives.ts'
import { fewPeople, foundingOf, newJob, VaultFixture, type FixturePerson } from '../helpers/vault-fixture.ts'

const places: VaultFixture[] = []

function place(): VaultFixture {
  const vault = VaultFixture.empty()
  places.push(vault)
  return vault
}

afterEach(() => {
  for (const vault of places.splice(0)) vault.close()
})

const four: readonly FixturePerson[] = [
  { login: 'collector', roles: ['collector', 'sysadmin', 'secadmin'] },
  { login: 'first', roles: ['reviewer'], cleared: true },
  { login: 'second', roles: ['reviewer'], cleared: true },
  { login: 'approver', roles: ['approver'], cleared: true },
]

async function refused(input: InputOf<'unit.found'>): Promise<string> {
  const vault = place()
  const result = await vault.locked('unit.found', input)
  expect(await vault.locked('session.status', {})).toMatchObject({ value: { vault: 'none' } })
  expect(existsSync(vault.directory) ? readdirSync(vault.directory) : []).toEqual([])
  return result.ok ? 'founded' : result.error.code
}

describe('a unit is not founded, and nothing is written,', () => {
  test.each(fewPeople.map(({ login }) => login))('without its %s', async (missing) => {
    const people = fewPeople.filter(({ login }) => login !== missing)
    expect(await refused(foundingOf({ people }))).toBe('authority/role-exclusion')
  })

  test('when somebody would hold roles that exclude each other', async () => {
    const people = fewPeople.map((person) =>
      person.login === 'approver' ? { ...person, roles: ['approver', 'reviewer'] as const } : person,
    )
    expect(await refused(foundingOf({ people }))).toBe('authority/role-exclusion')
    expect(await refused(foundingOf({ people: four, policy: 'normal' }))).toBe('authority/role-exclusion')
  })

  test('when two would come in by one login, however it is written', async () => {
    const base = foundingOf({ people: fewPeople })
    const members = base.members.map((member, index) =>
      index === 3 ? { ...member, login: 'ＦＩＲＳＴ' } : member,
    )
    expect(await refused({ ...base, members })).toBe('call/invalid-input')
  })

  test('when more sheets would be needed than there are', async () => {
    const recovery = { threshold: 4, holders: ['甲', '乙', '丙'] }
    expect(await refused({ ...foundingOf({ people: fewPeople }), recovery })).toBe('call/invalid-input')
  })

  test('when what it is told of itself or of its upstream is wrong', async () => {
    const base = foundingOf({ people: fewPeople })
    expect(await refused({ ...base, unit: { name: '清河镇', creditCode: '91350100M000100Y44' } })).toBe(
      'call/invalid-input',
    )
    expect(await refused({ ...base, hubCard: '{}' })).toBe('hub/not-a-card')
    const members = base.members.map((member, index) =>
      index === 0 ? { ...member, password: 'short' } : member,
    )
    expect(await refused({ ...base, members })).toBe('call/invalid-input')
  })
})

describe('a small unit of four', () => {
  test('takes an entry the whole road by four different people, without an auditor of its own', async () => {
    const vault = place()
    const founded = await vault.locked('unit.found', foundingOf({ people: four, policy: 'small' }))
    expect(founded.ok).toBe(true)
    const row = await vault.submit(await vault.openCadre('张三丰'))
    await vault.archive(row)
    expect(await vault.status(row)).toBe('archived')
    expect(await vault.value('approver', 'log.verify', { job: newJob() })).toMatchObject({ verified: true })
    const unit = await vault.value('first', 'unit.read', {})
    expect(unit).toMatchObject({ policy: 'small', catalogueVersion: 1 })
    expect(unit.keyrings.find(({ keyring }) => keyring === 'audit')).toMatchObject({ epoch: 1, holders: 0 })
  })
})

describe('the recovery sheets', () => {
  const secrets = ['unit-root', 'recovery-archive', 'recovery-discipline'] as const

  /** What stands on a sheet, typed back in from the paper. */
  function share({ sheets }: FoundedUnit, sheet: number, secret: (typeof secrets)[number]): Uint8Array {
    const text = sheets[sheet]?.shares.find((one) => one.secret === secret)?.text ?? ''
    const bytes = Buffer.from(text.replaceAll(' ', ''), 'hex')
    const digits = bytes.subarray(0, -2)
    expect(bytes.subarray(-2)).toEqual(createHash('sha256').update(digits).digest().subarray(0, 2))
    return new Uint8Array(digits)
  }

  test('give the root and every key back to two holders of three, whichever two', async () => {
    const vault = place()
    const founded = await vault.locked('unit.found', foundingOf({ people: fewPeople }))
    if (!founded.ok) throw new Error(founded.error.code)
    const unit = founded.value
    expect(
      unit.sheets.map(({ holder, number, threshold, total }) => [holder, number, threshold, total]),
    ).toEqual([
      ['甲', 1, 2, 3],
      ['乙', 2, 2, 3],
      ['丙', 3, 2, 3],
    ])
    const { vault: open } = await vault.session('approver')
    const { database } = open.compartments.get('control')!
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [root, archive, discipline] = await Promise.all(
        secrets.map((secret) => combine([share(unit, one, secret), share(unit, other, secret)])),
      )
      expect(Buffer.from(signerFromSeed(root!).publicKey).toString('hex')).toBe(unit.unitRootPublicKey)
      for (const { keyring, holder, body } of open.authority.head.wraps) {
        const identity =
          holder === 'recovery-archive' ? archive : holder === 'recovery-discipline' ? discipline : null
        if (identity === null || identity === undefined) continue
        const wrap = Buffer.from(textOf(bodyOf(database, body), 'wrap') ?? '', 'base64')
        const opened = await decryptWith([new TextDecoder().decode(identity)], new Uint8Array(wrap))
        const key = new TextDecoder().decode(opened ?? new Uint8Array())
        expect(key, keyring).toMatch(/^AGE-SECRET-KEY-1/)
        const held = open.identities.get(keyring)
        if (held !== undefined) expect(key).toBe(held)
      }
    }
    const rings = open.authority.head.wraps.filter(({ holder }) => holder.startsWith('recovery-'))
    expect(rings.map(({ keyring }) => keyring).sort()).toEqual([
      'archive',
      'audit',
      'control',
      'discipline',
      'seal',
    ])
  })

  test('say nothing to one holder, and stand nowhere in the vault', async () => {
    const vault = place()
    const founded = await vault.locked('unit.found', foundingOf({ people: fewPeople }))
    if (!founded.ok) throw new Error(founded.error.code)
    const [first, second] = [0, 1].map((sheet) => share(founded.value, sheet, 'unit-root'))
    const root = await combine([first!, second!])
    expect(Buffer.from(first!.subarray(0, 32)).equals(Buffer.from(root))).toBe(false)
    const again = await vault.locked('session.status', {})
    expect(JSON.stringify(again)).not.toContain(Buffer.from(root).toString('hex'))
  })
})
