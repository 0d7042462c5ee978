import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabaseReadOnly } from '../../src-main/vault/database.ts'
import { openKeySlot } from '../../src-main/vault/key-slot.ts'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { decryptWith } from '../../src-shared/node/age.ts'
import { searchCanary } from '../helpers/canary.ts'
import { bytesOf } from '../helpers/hub-fixture.ts'
import { must } from '../helpers/two-devices.ts'
import { loan, newJob, passwordOf, talk, type VaultFixture } from '../helpers/vault-fixture.ts'
import { deliverAll, foundWithHub, type VaultWithHub } from '../helpers/vault-with-history.ts'

/**
 * Somebody has every file of the vault, and one member's password or none. What they can open with it is followed to
 * the end: every age file in every file, and in every database that opens, is tried with every identity found so far;
 * every database with every 32 bytes found.
 */
let unit: VaultWithHub
let vault: VaultFixture

const words = {
  cadre: '亓官㙍犇',
  loan: '借给鹧鸪坪同乡修桥',
  talk: '承认收受鞹鹰牌茶叶',
  evidence: '谈话记录第鸩页',
  opinion: '与鸂鶒原件一致可归档',
}

beforeAll(async () => {
  unit = await foundWithHub()
  vault = unit.vault
  const cadre = await vault.openCadre(words.cadre)
  const entry = loan(cadre)
  const row = await vault.submit(cadre, { values: { ...entry.values, description: words.loan } })
  must(await vault.decide(row, 'first', 'agree', words.opinion))
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from(words.evidence))
  const talked = talk(cadre, upload)
  await vault.submit(cadre, { ...talked, values: { ...talked.values, content: words.talk } }, 'inspector')
  await vault.value('inspector', 'cadre.read', { cadre, at: null })
  vault.leave()
})

afterAll(async () => await unit.close())

interface Loot {
  readonly identities: Set<string>
  readonly keys: Set<string>
  readonly plaintexts: Buffer[]
  readonly opened: Set<Compartment | 'audit-index'>
}

const ageText = /YWdlLWVuY3J5cHRpb24ub3JnL[A-Za-z0-9+/]+={0,2}/g
const ageStart = Buffer.from('age-encryption.org/')
const identityText = /AGE-SECRET-KEY-1[A-Z0-9]{58}/g

/** Follows what one member's slot, or nothing at all, leads to. */
async function plunder(fixture: VaultFixture, login: string | null): Promise<Loot> {
  const { layout } = fixture
  const loot: Loot = { identities: new Set(), keys: new Set(), plaintexts: [], opened: new Set() }
  if (login !== null) {
    const { secret } = must(await openKeySlot(layout.keySlots, login, passwordOf(login)))
    loot.identities.add(secret.identity)
    loot.keys.add(Buffer.from(secret.signingSeed).toString('hex'))
  }
  const sealed = new Set<string>()
  const tried = new Set<string>()
  collect(filesBelow(layout.directory), sealed)
  for (let more = true; more; ) {
    more = false
    for (const text of sealed)
      for (const identity of loot.identities) {
        if (tried.has(`${identity} ${text}`)) continue
        tried.add(`${identity} ${text}`)
        const plaintext = await decryptWith([identity], Buffer.from(text, 'base64')).catch(() => null)
        if (plaintext === null) continue
        more = true
        take(Buffer.from(plaintext), loot)
      }
    for (const key of loot.keys) if (enter(fixture, key, loot, sealed)) more = true
  }
  return loot
}

function take(plaintext: Buffer, { identities, keys, plaintexts }: Loot): void {
  plaintexts.push(plaintext)
  if (plaintext.length === 32) keys.add(plaintext.toString('hex'))
  for (const [identity] of plaintext.toString('latin1').matchAll(identityText)) identities.add(identity)
}

/** Tries a key on every database; what stands in one that opens may be sealed again. */
function enter({ layout }: VaultFixture, key: string, loot: Loot, sealed: Set<string>): boolean {
  let opened = false
  const places = [...compartments.map((name) => [name, layout.database(name)] as const)]
  for (const [name, path] of [...places, ['audit-index', layout.auditIndex] as const]) {
    if (loot.opened.has(name) || !existsSync(path)) continue
    const database = openDatabaseReadOnly(path, Buffer.from(key, 'hex'))
    if (!database.ok) continue
    opened = true
    loot.opened.add(name)
    const tables = database.value
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
      .pluck()
      .all() as string[]
    for (const table of tables)
      for (const row of database.value.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][])
        for (const value of row) {
          const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
          take(bytes, loot)
          collect([bytes], sealed)
        }
    database.value.close()
  }
  return opened
}

function collect(contents: readonly Buffer[], sealed: Set<string>): void {
  for (const bytes of contents) {
    if (bytes.subarray(0, ageStart.length).equals(ageStart)) sealed.add(bytes.toString('base64'))
    for (const [text] of bytes.toString('latin1').matchAll(ageText)) sealed.add(text)
  }
}

function filesBelow(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
}

function wordsIn({ plaintexts }: Loot): readonly string[] {
  const all = Buffer.concat(plaintexts)
  return Object.entries(words).flatMap(([name, word]) => (all.includes(word) ? [name] : []))
}

describe('every file of a vault', () => {
  test('opens nothing without a password', async () => {
    const { opened, plaintexts } = await plunder(vault, null)
    expect([[...opened], plaintexts]).toEqual([[], []])
    expect(await searchCanary(vault.directory, Object.values(words))).toEqual([])
  })

  test.each(['sysadmin', 'secadmin'])(
    'opens with the %s’s password the control log, and no business data',
    async (login) => {
      const loot = await plunder(vault, login)
      expect([...loot.opened]).toEqual(['control'])
      expect(loot.plaintexts.length).toBeGreaterThan(10)
      expect(wordsIn(loot)).toEqual([])
    },
  )

  test('opens with the auditor’s password the access entries too: whose dossiers were looked at, and none of them', async () => {
    const loot = await plunder(vault, 'auditor')
    expect(loot.opened.has('archive') || loot.opened.has('discipline')).toBe(false)
    expect(Buffer.concat(loot.plaintexts).includes('liandang/access/')).toBe(true)
    expect(wordsIn(loot)).toEqual(['cadre'])
  })

  test('opens with a collector’s password the archive, and neither discipline nor a sealed opinion', async () => {
    const loot = await plunder(vault, 'collector')
    expect(new Set(loot.opened)).toEqual(new Set(['control', 'archive']))
    expect(wordsIn(loot)).toEqual(['cadre', 'loan'])
  })

  test('opens with an inspector’s password discipline and its evidence, and no sealed opinion: the search finds what is there', async () => {
    const loot = await plunder(vault, 'inspector')
    expect(wordsIn(loot)).toEqual(['cadre', 'loan', 'talk', 'evidence'])
  })

  test('opens with an approver’s password the sealed opinion', async () => {
    expect(wordsIn(await plunder(vault, 'approver'))).toContain('opinion')
  })
})

describe('an old database file, put in the place of a newer one,', () => {
  const lay = (directory: string, name: string, from: string) => {
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(directory, `${name}.db${end}`), { force: true })
      if (existsSync(join(from, `${name}.db${end}`)))
        copyFileSync(join(from, `${name}.db${end}`), join(directory, `${name}.db${end}`))
    }
  }

  test('is found by the node above at the next delivery, and nothing of what follows it is taken', async () => {
    vault.leave()
    const old = vault.copy()
    const cadre = await vault.openCadre('后来的人')
    await vault.submit(cadre)
    await deliverAll(unit)
    vault.leave()
    lay(vault.directory, 'archive', old.directory)
    await vault.submit(await vault.openCadre('另一个人'))
    const folder = join(vault.outside, newJob())
    mkdirSync(folder)
    const sent = await vault.value('inspector', 'sync.export', { folder, kind: 'full', job: newJob() })
    const codes: Record<string, string> = {}
    for (const { file, compartment } of sent) {
      const report = await unit.hub.ingest(bytesOf(new Uint8Array(readFileSync(join(folder, file)))))
      codes[compartment] = report.ok ? 'taken' : report.error.code
    }
    expect(codes).toMatchObject({ control: 'taken', archive: 'bundle/fork', discipline: 'taken' })
    old.close()
  })
})
