import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dispatch } from '../../src-main/core/dispatch.ts'
import { openHandlers, unlockedHandlers } from '../../src-main/services/handlers.ts'
import {
  procedureRule as rowOf,
  procedureRules,
  type ProcedureName,
} from '../../src-shared/access/procedures.ts'
import { contract } from '../../src-shared/contract/index.ts'
import { roles, type Role } from '../../src-shared/access/roles.ts'
import { people, VaultFixture, type FixturePerson } from '../helpers/vault-fixture.ts'

const names = Object.keys(procedureRules) as ProcedureName[]

/** One member for each role, who holds nothing else. */
const oneEach: readonly FixturePerson[] = [
  ...people.filter(({ roles: held }) => held.length === 1).filter(({ login }) => login !== 'property'),
  { login: 'supervisor', roles: ['supervisor'] },
]
const loginOf = (role: Role): string =>
  (oneEach.find(({ roles: held }) => held.length === 1 && held[0] === role) as FixturePerson).login

let vault: VaultFixture
let nowhere: VaultFixture

beforeAll(async () => {
  vault = await VaultFixture.found({ people: oneEach })
  nowhere = VaultFixture.empty()
})

afterAll(() => {
  vault.close()
  nowhere.close()
})

/** What stands in the way of a call, before anybody looks at what it says: nothing at all was said. */
async function obstacle(context: ReturnType<VaultFixture['context']>, name: string): Promise<string> {
  const result = await dispatch(context, name, null, new AbortController().signal)
  return result.ok ? 'none' : result.error.code
}

/** Reached, and found wanting in its input. */
const reached = 'call/invalid-input'

test('every procedure of the contract has one row in the permission table', () => {
  expect(Object.keys(contract).sort()).toEqual([...names].sort())
})

test('every procedure of the contract has one handler', () => {
  const handled = [...Object.keys(openHandlers), ...Object.keys(unlockedHandlers)].sort()
  expect(handled).toEqual([...names].sort())
})

describe('a procedure may be called', () => {
  test.each(names)('%s at its moment only: before there is a vault', async (name) => {
    const expected = { always: reached, 'no-vault': reached, locked: 'vault/none', unlocked: 'vault/locked' }
    expect(await obstacle(nowhere.context(), name)).toBe(expected[rowOf(name).moment])
  })

  test.each(names)('%s at its moment only: while the vault is locked', async (name) => {
    const expected = {
      always: reached,
      'no-vault': 'vault/exists',
      locked: reached,
      unlocked: 'vault/locked',
    }
    expect(await obstacle(vault.context(), name)).toBe(expected[rowOf(name).moment])
  })

  test.each(names.flatMap((name) => roles.map((role) => [name, role] as const)))(
    '%s by a %s as the table says',
    async (name, role) => {
      const { moment, roles: allow } = rowOf(name)
      const may = allow === 'everyone' || allow.includes(role)
      const expected = {
        always: may ? reached : 'call/not-permitted',
        'no-vault': 'vault/exists',
        locked: 'call/not-permitted',
        unlocked: may ? reached : 'call/not-permitted',
      }
      expect(await obstacle(await vault.enter(loginOf(role)), name)).toBe(expected[moment])
    },
  )

  test('by administrators, the auditor and a supervisor for nothing that shows or changes a dossier', () => {
    const dossiers = /^(cadre|record|evidence|upload|import|quarantine|review)\./
    for (const name of names.filter((one) => dossiers.test(one)))
      for (const role of ['sysadmin', 'secadmin', 'auditor', 'supervisor'] as const)
        expect(rowOf(name).roles, name).not.toContain(role)
    for (const name of names.filter((one) => dossiers.test(one)))
      expect(rowOf(name).roles, name).not.toBe('everyone')
  })
})

describe('what is no procedure', () => {
  test.each([
    '',
    'session',
    'record.delete',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'Record.read',
  ])('“%s” is refused', async (name) => {
    expect(await obstacle(await vault.enter('collector'), name)).toBe('call/unknown-procedure')
    expect(await obstacle(vault.context(), name)).toBe('call/unknown-procedure')
  })

  test.each(names.filter((name) => rowOf(name).moment === 'unlocked'))(
    '%s says no more than it was asked: a member more in the input is refused',
    async (name) => {
      const role = roles.find(
        (one) => rowOf(name).roles === 'everyone' || rowOf(name).roles.includes(one),
      ) as Role
      const context = await vault.enter(loginOf(role))
      const input = { unheard: true }
      const result = await dispatch(context, name, input, new AbortController().signal)
      expect(result).toMatchObject({ ok: false, error: { code: reached } })
    },
  )
})
