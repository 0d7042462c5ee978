import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { combine } from 'shamir-secret-sharing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabaseReadOnly, type Database } from '../../src-main/vault/database.ts'
import { readSheet, sharedSecrets } from '../../src-shared/access/recovery-sheet.ts'
import { compartments } from '../../src-shared/access/roles.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { FoundedUnit } from '../../src-shared/contract/views.ts'
import { ageKeyPairOf } from '../../src-shared/node/age.ts'
import { nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { enoughSheets, foundUnit, mustFound, type OneCore } from '../helpers/founding.ts'
import {
  fewPeople,
  foundingOf,
  newJob,
  passwordOf,
  VaultFixture,
  type FixturePerson,
} from '../helpers/vault-fixture.ts'

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

  test('when an administrator would hold a sheet, however the name is written', async () => {
    const base = foundingOf({ people: fewPeople })
    const holding = (holder: string) => ({
      ...base,
      recovery: { threshold: 2, holders: [holder, '乙', '丙'] },
    })
    for (const administrator of ['用户 sysadmin', '用户ｓｅｃａｄｍｉｎ', ' 用户  auditor']) {
      expect(await refused(holding(administrator))).toBe('recovery/holder-is-administrator')
    }
    const small = foundingOf({ people: four, policy: 'small' })
    const recovery = { threshold: 2, holders: ['甲', '用户 collector'] }
    expect(await refused({ ...small, recovery })).toBe('recovery/holder-is-administrator')
    const vault = place()
    expect((await foundUnit(vault.core(), holding('用户 approver'))).ok).toBe(true)
  })

  test('when one person would hold two sheets', async () => {
    const recovery = { threshold: 2, holders: ['甲', '乙', '甲 '] }
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
    await mustFound(vault.core(), foundingOf({ people: four, policy: 'small' }))
    const row = await vault.submit(await vault.openCadre('张三丰'))
    await vault.archive(row)
    expect(await vault.status(row)).toBe('archived')
    expect(await vault.value('approver', 'log.verify', { job: newJob() })).toMatchObject({ verified: true })
    const unit = await vault.value('first', 'unit.read', {})
    expect(unit).toMatchObject({ policy: 'small', catalogueVersion: 1 })
    expect(unit.recovery).toEqual({ threshold: 2, holders: ['甲', '乙', '丙'] })
    expect(unit.keyrings.find(({ keyring }) => keyring === 'audit')).toMatchObject({ epoch: 1, holders: 0 })
  })
})

describe('between printing the sheets and typing them back', () => {
  let vault: VaultFixture
  let core: OneCore
  let founded: FoundedUnit

  beforeEach(async () => {
    vault = place()
    core = vault.core()
    const result = await core.call('unit.found', foundingOf({ people: fewPeople }))
    if (!result.ok) throw new Error(result.error.code)
    founded = result.value
  })

  /** The code that sheets are refused with. There is no vault then. */
  async function refusal(sheets: string[]) {
    const result = await core.call('unit.complete', { sheets })
    expect(existsSync(vault.layout.vaultFile)).toBe(false)
    return result.ok ? 'founded' : { code: result.error.code, ...result.error.detail }
  }

  const sheetText = (index: number) => founded.sheets[index]?.lines.join('\n') ?? ''

  test('there is no vault to log in to, and the core still knows the sheets', async () => {
    expect(await core.call('session.status', {})).toMatchObject({ value: { vault: 'none' } })
    const input = { login: 'collector', password: passwordOf('collector') }
    expect(await core.call('session.unlock', input)).toMatchObject({ error: { code: 'vault/none' } })
    expect(await core.call('unit.founding', {})).toEqual({ ok: true, value: { state: 'sheets', founded } })
    expect(
      founded.sheets.map(({ holder, number, threshold, total }) => [holder, number, threshold, total]),
    ).toEqual([
      ['甲', 1, 2, 3],
      ['乙', 2, 2, 3],
      ['丙', 3, 2, 3],
    ])
  })

  test('another core knows of a founding that broke off, and of no sheets', async () => {
    const other = vault.core()
    expect(await other.call('unit.founding', {})).toEqual({ ok: true, value: { state: 'broke-off' } })
    expect(await other.call('unit.complete', { sheets: enoughSheets(founded) })).toMatchObject({
      error: { code: 'recovery/no-founding' },
    })
    expect(await place().core().call('unit.founding', {})).toEqual({ ok: true, value: { state: 'none' } })
  })

  test('any two sheets complete it, typed from the paper or scanned', async () => {
    const [, second, third] = founded.sheets
    const typed = second!.lines.map((line) => line.toLowerCase().replaceAll('0', 'o')).join('\r\n')
    expect(await core.call('unit.complete', { sheets: [typed, third!.code] })).toEqual({
      ok: true,
      value: { sheets: [2, 3], compartments: ['control', 'archive', 'discipline'] },
    })
    expect(await core.call('session.status', {})).toMatchObject({ value: { vault: 'locked' } })
    expect(await core.call('unit.founding', {})).toMatchObject({ error: { code: 'vault/exists' } })
    expect(await vault.value('approver', 'log.verify', { job: newJob() })).toMatchObject({ verified: true })
  })

  test('a slip of the pen is named by sheet and line', async () => {
    const lines = [...(founded.sheets[1]?.lines ?? [])]
    const symbols = lines[4] ?? ''
    lines[4] = `${symbols[0] === '7' ? '8' : '7'}${symbols.slice(1)}`
    expect(await refusal([sheetText(0), lines.join('\n')])).toEqual({
      code: 'recovery/sheet-line',
      sheet: 2,
      line: 5,
    })
  })

  test('one sheet, twice or alone, is not enough', async () => {
    expect(await refusal([sheetText(0), sheetText(0)])).toEqual({ code: 'recovery/sheet-repeated', sheet: 2 })
    const needing = place()
    const strict = needing.core()
    const recovery = { threshold: 3, holders: ['甲', '乙', '丙'] }
    const other = await strict.call('unit.found', { ...foundingOf({ people: fewPeople }), recovery })
    const sheets = other.ok ? enoughSheets(other.value).slice(0, 2) : []
    expect(await strict.call('unit.complete', { sheets })).toMatchObject({
      error: { code: 'recovery/sheets-too-few', detail: { given: 2, needed: 3 } },
    })
  })

  test("another unit's sheets, alone or among one's own, are refused", async () => {
    const other = await place()
      .core()
      .call('unit.found', foundingOf({ people: fewPeople }))
    const foreign = other.ok ? enoughSheets(other.value) : []
    expect(await refusal([sheetText(0), foreign[1] ?? ''])).toEqual({
      code: 'recovery/sheets-mixed',
      sheet: 2,
    })
    expect(await refusal(foreign)).toEqual({ code: 'recovery/sheets-open-nothing' })
  })

  test('sheets that do not open the files on the disk complete nothing', async () => {
    const other = place()
    await other.core().call('unit.found', foundingOf({ people: fewPeople }))
    cpSync(other.layout.keyringFile, vault.layout.keyringFile)
    expect(await refusal(enoughSheets(founded))).toMatchObject({ code: 'recovery/sheets-open-nothing' })
  })

  test('sheets that open the keys and not a database complete nothing', async () => {
    writeFileSync(vault.layout.database('discipline'), Buffer.alloc(64 * 1024, 7))
    expect(await refusal(enoughSheets(founded))).toEqual({
      code: 'recovery/sheets-open-nothing',
      compartment: 'discipline',
    })
  })

  test('beginning anew makes the first sheets void', async () => {
    const again = await core.call('unit.found', foundingOf({ people: fewPeople }))
    expect(await refusal(enoughSheets(founded))).toEqual({ code: 'recovery/sheets-open-nothing' })
    const sheets = again.ok ? enoughSheets(again.value) : []
    expect((await core.call('unit.complete', { sheets })).ok).toBe(true)
  })
})

describe('what the sheets are shares of', () => {
  async function secretsOf(unit: FoundedUnit): Promise<readonly Uint8Array[]> {
    const sheets = enoughSheets(unit).map((text) => readSheet(nodePrimitives, text))
    return await Promise.all(
      sharedSecrets.map((secret) =>
        combine(sheets.flatMap((sheet) => (sheet.ok ? [sheet.value.shares[secret]] : []))),
      ),
    )
  }

  /** Every file of the vault, and every database in the clear as somebody with the keys reads it. */
  async function everythingIn(vault: VaultFixture): Promise<ReadonlyMap<string, Buffer>> {
    const files = new Map<string, Buffer>()
    const { databases } = await vault.keys('inspector')
    for (const compartment of compartments) {
      const opened = openDatabaseReadOnly(vault.layout.database(compartment), databases.get(compartment)!)
      if (!opened.ok) throw new Error(opened.error.code)
      files.set(`${compartment} in the clear`, clearText(opened.value))
      opened.value.close()
    }
    for (const name of readdirSync(vault.outside, { recursive: true }).map(String)) {
      const path = join(vault.outside, name)
      if (statSync(path).isFile()) files.set(name, readFileSync(path))
    }
    return files
  }

  test('stands nowhere on the disk, as bytes, hex, base64 or age identity', async () => {
    const vault = place()
    const people = [...fewPeople, { login: 'inspector', roles: ['inspector'] as const }]
    const unit = await mustFound(vault.core(), foundingOf({ people }))
    const secrets = await secretsOf(unit)
    expect(Buffer.from(signerFromSeed(secrets[0]!).publicKey).toString('hex')).toBe(unit.unitRootPublicKey)
    const files = await everythingIn(vault)
    // What must be found is found: the public key stands in the clear inside the control database.
    const rootPublicKey = Buffer.from(unit.unitRootPublicKey, 'hex')
    expect(files.get('control in the clear')?.includes(rootPublicKey)).toBe(true)
    for (const secret of secrets) {
      const bytes = Buffer.from(secret)
      const { identity } = await ageKeyPairOf(secret)
      const texts = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url'), identity]
      const forms = [bytes, ...texts.flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()])]
      for (const [name, content] of files) {
        expect(forms.filter((form) => content.includes(form)).length, name).toBe(0)
      }
    }
    // Nor do the shares.
    for (const { lines, code } of unit.sheets) {
      for (const [name, content] of files) {
        for (const form of [code, ...lines, ...lines.map((line) => line.replaceAll(' ', ''))]) {
          expect(content.includes(form), name).toBe(false)
        }
      }
    }
  })
})

/** All tables of an open database, their values one after another. */
function clearText(database: Database): Buffer {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[]
  const parts: Buffer[] = []
  for (const table of tables) {
    for (const row of database.prepare(`SELECT * FROM "${table}"`).raw().iterate() as Iterable<unknown[]>) {
      for (const value of row) parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
    }
  }
  return Buffer.concat(parts)
}
