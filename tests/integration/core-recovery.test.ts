import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { presentWraps } from '../../src-shared/access/grants.ts'
import { keyrings } from '../../src-shared/access/roles.ts'
import { canonicalBytes, canonicalText, type CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import type { FoundedUnit } from '../../src-shared/contract/views.ts'
import { openHub } from '../../src-hub/index.ts'
import { must } from '../helpers/keyed-unit.ts'
import { enoughSheets, mustFound } from '../helpers/founding.ts'
import {
  fewPeople,
  foundingOf,
  newJob,
  passwordOf,
  VaultFixture,
  type FixturePerson,
} from '../helpers/vault-fixture.ts'

const people: readonly FixturePerson[] = [
  ...fewPeople.filter(({ login }) => login !== 'approver'),
  { login: 'approver', roles: ['approver'], cleared: true },
]
const newPassword = 'a password nobody knew before'

let original: VaultFixture
let unit: FoundedUnit
const copies: VaultFixture[] = []

beforeAll(async () => {
  original = VaultFixture.empty()
  unit = await mustFound(original.core(), foundingOf({ people }))
  await original.archive(await original.submit(await original.openCadre('张三丰')))
  return () => original.close()
})

afterEach(() => {
  for (const copy of copies.splice(0)) copy.close()
})

function vaultOf(): VaultFixture {
  const copy = original.copy()
  copies.push(copy)
  return copy
}

/** What somebody gets who tries to log in anew: their roles, or the code. */
async function logIn(vault: VaultFixture, login: string, password: string) {
  const core = vault.core()
  const opened = await core.call('session.unlock', { login, password })
  // The session's connections go with the test's process; the next login has its own.
  return opened.ok ? opened.value.member.roles : opened.error.code
}

async function recover(vault: VaultFixture, login: string, sheets = enoughSheets(unit)) {
  return await vault.core().call('recovery.use', { sheets, login, password: newPassword })
}

/** Every file with its bytes. */
function filesOf(vault: VaultFixture): ReadonlyMap<string, string> {
  const names = readdirSync(vault.directory, { recursive: true }).map(String)
  return new Map(
    names
      .filter((name) => statSync(join(vault.directory, name)).isFile() && !/-(wal|shm)$/.test(name))
      .map((name) => [name, readFileSync(join(vault.directory, name)).toString('base64')]),
  )
}

describe('with enough recovery sheets', () => {
  test('a member who forgot the password chooses another, and keeps roles and work', async () => {
    const vault = vaultOf()
    const scanned = [unit.sheets[2]?.code ?? '', unit.sheets[0]?.code ?? '']
    expect(await recover(vault, ' Collector ', scanned)).toEqual({
      ok: true,
      value: { name: '用户 collector', login: 'Collector', sheets: [3, 1] },
    })
    expect(await logIn(vault, 'collector', passwordOf('collector'))).toBe('vault/wrong-password')
    expect(await logIn(vault, 'collector', newPassword)).toEqual(['collector'])
    const core = vault.core()
    await core.call('session.unlock', { login: 'collector', password: newPassword })
    const cadre = await core.call('cadre.open', { name: '李四', identityNumber: null, post: null })
    expect(cadre.ok).toBe(true)
    expect(await core.call('log.verify', { job: newJob() })).toMatchObject({ value: { verified: true } })
    const [line] = (await vault.value('first', 'cadre.list', { search: '张三丰', after: null, limit: 9 }))
      .items
    expect(line?.archived).toBe(1)
  })

  test('an approver gets every key back that the role has a right to, discipline and seal too', async () => {
    const vault = vaultOf()
    await recover(vault, 'approver')
    const core = vault.core()
    const opened = await core.call('session.unlock', { login: 'approver', password: newPassword })
    expect(opened).toMatchObject({ value: { compartments: ['control', 'archive', 'discipline'] } })
    const row = await vault.submit(await vault.openCadre('王五'))
    for (const by of ['first', 'second']) await vault.decide(row, by)
    const rows = [{ record: row.record, revision: row.revision }]
    expect(await core.call('review.open', { compartment: 'archive', rows })).toMatchObject({ ok: true })
    expect(await core.call('review.sign', { compartment: 'archive', rows, words: '' })).toMatchObject({
      ok: true,
    })
  })

  test('the unit comes back to life when nobody can log in any more', async () => {
    const vault = vaultOf()
    rmSync(vault.layout.keySlots, { recursive: true })
    expect(await logIn(vault, 'secadmin', passwordOf('secadmin'))).toBe('vault/wrong-password')
    for (const { login, roles } of people) {
      expect(await recover(vault, login)).toMatchObject({ ok: true })
      expect(await logIn(vault, login, newPassword)).toEqual(roles)
    }
  })

  test('the same member may be helped twice', async () => {
    const vault = vaultOf()
    expect(await recover(vault, 'first')).toMatchObject({ ok: true })
    expect(await recover(vault, 'first')).toMatchObject({ ok: true })
    expect(await logIn(vault, 'first', newPassword)).toEqual(['reviewer'])
  })

  test('the log says that the root did it, under the name of the unit', async () => {
    const vault = vaultOf()
    await recover(vault, 'collector')
    const page = await vault.value('secadmin', 'log.list', {
      compartment: 'control',
      after: null,
      limit: 200,
    })
    const lines = page.items.filter((line) => line.role === 'root')
    expect(lines.map(({ action, memberName, void: code }) => [action, memberName, code])).toEqual([
      ['key.remove', '清河镇', null],
      ['unit.found', '清河镇', null],
    ])
  })

  test('the old key opens nothing and signs nothing, and what it signed stands', async () => {
    const vault = vaultOf()
    const { vault: before } = await vault.session('collector')
    const oldKey = before.member.signer.keyId
    vault.leave()
    await recover(vault, 'collector')
    const { vault: open } = await vault.session('secadmin')
    const keys = open.authority.head.members.get(before.member.id)?.keys ?? []
    expect(keys.map(({ key, inForce, removed }) => [key === oldKey, inForce, removed])).toEqual([
      [true, false, 'lost'],
      [false, true, null],
    ])
    const { head } = open.authority
    const present = keyrings.flatMap((keyring) => presentWraps(head, keyring))
    expect(present.some(({ key }) => key === oldKey)).toBe(false)
    expect(present.filter(({ holder }) => holder === before.member.id).map(({ keyring }) => keyring)).toEqual(
      ['control', 'archive'],
    )
    expect(readFileSync(vault.layout.keyringFile, 'utf8')).not.toContain(oldKey)
    const listed = await vault.value('first', 'cadre.list', { search: '张三丰', after: null, limit: 9 })
    expect(listed.items[0]?.archived).toBe(1)
    expect(await vault.value('approver', 'log.verify', { job: newJob() })).toMatchObject({ verified: true })
  })

  test('the upstream node takes in what the root signed, and finds nothing void', async () => {
    const vault = VaultFixture.empty()
    copies.push(vault)
    const dataDirectory = join(vault.outside, 'hub')
    mkdirSync(dataDirectory)
    const hub = must(await openHub({ dataDirectory, create: { name: '县纪委' } }))
    try {
      const hubCard = canonicalText(hub.card as unknown as CanonicalValue)
      const founding = await mustFound(vault.core(), foundingOf({ people, hubCard }))
      must(await hub.trust({ unit: founding.unit, unitRootPublicKey: founding.unitRootPublicKey }))
      const before = await vault.submit(await vault.openCadre('张三丰'))
      vault.leave()
      must(await recover(vault, 'collector', enoughSheets(founding)))
      await vault.archive(before)
      const folder = join(vault.outside, 'bundles')
      mkdirSync(folder)
      const sent = await vault.value('approver', 'sync.export', { folder, kind: 'full', job: newJob() })
      expect(sent.map(({ compartment }) => compartment)).toEqual(['control', 'archive'])
      for (const { file } of sent) {
        expect(await hub.ingest(join(folder, file))).toMatchObject({ ok: true, value: { voids: 0 } })
      }
    } finally {
      await hub.close()
    }
  })

  test('no word of the sheets reaches the disk', async () => {
    const vault = vaultOf()
    await recover(vault, 'collector')
    for (const name of readdirSync(vault.outside, { recursive: true }).map(String)) {
      const path = join(vault.outside, name)
      if (!statSync(path).isFile()) continue
      const content = readFileSync(path)
      for (const { code, lines } of unit.sheets) {
        const forms = [code, ...lines, ...lines.map((line) => line.replaceAll(' ', ''))]
        expect(
          forms.filter((form) => content.includes(form)),
          name,
        ).toEqual([])
      }
    }
  })
})

describe('nothing changes', () => {
  async function refusal(vault: VaultFixture, login: string, sheets = enoughSheets(unit)) {
    const before = filesOf(vault)
    const result = await recover(vault, login, sheets)
    expect(filesOf(vault)).toEqual(before)
    expect(await logIn(vault, 'collector', passwordOf('collector'))).toEqual(['collector'])
    return result.ok ? 'done' : result.error.code
  }

  test('for a login name that nobody has', async () => {
    expect(await refusal(vaultOf(), 'nobody')).toBe('recovery/no-such-member')
  })

  test('with the sheets of another unit', async () => {
    const other = VaultFixture.empty()
    copies.push(other)
    const founded = await mustFound(other.core(), foundingOf({ people }))
    expect(await refusal(vaultOf(), 'collector', enoughSheets(founded))).toBe('recovery/sheets-open-nothing')
  })

  test('with one sheet, or one sheet twice', async () => {
    const [one = ''] = enoughSheets(unit)
    expect(await refusal(vaultOf(), 'collector', [one])).toBe('call/invalid-input')
    expect(await refusal(vaultOf(), 'collector', [one, one])).toBe('recovery/sheet-repeated')
  })

  test('when a member is at work in this core', async () => {
    const vault = vaultOf()
    const core = vault.core()
    await core.call('session.unlock', { login: 'first', password: passwordOf('first') })
    const input = { sheets: enoughSheets(unit), login: 'collector', password: newPassword }
    expect(await core.call('recovery.use', input)).toMatchObject({ error: { code: 'call/not-permitted' } })
  })
})

describe('a machine that stops in the middle', () => {
  test('before the commit, keeps the old password and nothing of the new one', async () => {
    const [before, after] = [vaultOf(), vaultOf()]
    await recover(after, 'collector')
    const { vault } = await original.session('collector')
    const { id } = vault.member
    original.leave()
    const key = await keyAfter(after, id)
    // The slot and the wraps are written, the commit is not.
    const folder = join(before.layout.keySlots, `pending-${key}`)
    mkdirSync(folder)
    cpSync(join(after.layout.keySlots, `${id}.json`), join(folder, `${id}.json`))
    cpSync(after.layout.keyringFile, before.layout.keyringFile)
    addOldWraps(before, original)
    expect(await logIn(before, 'collector', newPassword)).toBe('authority/key-not-in-force')
    expect(existsSync(folder)).toBe(false)
    expect(await logIn(before, 'collector', passwordOf('collector'))).toEqual(['collector'])
  })

  test('after the commit, opens with the new password alone', async () => {
    const after = vaultOf()
    const { vault } = await original.session('collector')
    const { id } = vault.member
    original.leave()
    const oldSlot = readFileSync(join(original.layout.keySlots, `${id}.json`))
    await recover(after, 'collector')
    const key = await keyAfter(after, id)
    // The slot has not taken its place yet.
    const slot = join(after.layout.keySlots, `${id}.json`)
    const folder = join(after.layout.keySlots, `pending-${key}`)
    mkdirSync(folder)
    renameSync(slot, join(folder, `${id}.json`))
    cpSync(join(original.layout.keySlots, `${id}.json`), slot)
    expect(readFileSync(slot).equals(oldSlot)).toBe(true)
    expect(await logIn(after, 'collector', newPassword)).toEqual(['collector'])
    expect(existsSync(folder)).toBe(false)
    expect(await logIn(after, 'collector', passwordOf('collector'))).toBe('vault/wrong-password')
  })
})

async function keyAfter(vault: VaultFixture, member: string): Promise<string> {
  const { vault: open } = await vault.session('secadmin')
  const key = open.authority.head.members.get(member)?.keys.find(({ inForce }) => inForce)?.key
  vault.leave()
  return key ?? ''
}

/** The file of keyrings as it stands before the commit: with the wraps of the old key and of the new one. */
function addOldWraps(vault: VaultFixture, from: VaultFixture): void {
  type File = { keyrings: Record<string, { wraps: { holder: string; key: string | null }[] }> }
  const read = (one: VaultFixture) => JSON.parse(readFileSync(one.layout.keyringFile, 'utf8')) as File
  const [file, old] = [read(vault), read(from)]
  for (const [name, ring] of Object.entries(old.keyrings)) {
    const present = file.keyrings[name]?.wraps ?? []
    const missing = ring.wraps.filter(
      (wrap) => !present.some((one) => one.holder === wrap.holder && one.key === wrap.key),
    )
    present.push(...missing)
  }
  writeFileAtomic(vault.layout.keyringFile, canonicalBytes(file as unknown as CanonicalValue))
}
