import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockVault } from '../../src-main/core/host/vault-lock.ts'
import { vaultLayout } from '../../src-main/vault/layout.ts'
import { unlockVault, type OpenVault } from '../../src-main/vault/vault.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { SentBundle, VerificationReport } from '../../src-shared/contract/log-views.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { runLiandang } from '../helpers/cli.ts'
import { startTestCore } from '../helpers/core.ts'
import { mustFound } from '../helpers/founding.ts'

const password = 'a long password'
const wrongPassword = 'another password'
let directory: string
/** A founded vault that no test changes; each works on a copy. */
let original: string
let vault: string
let unitRootPublicKey: string
let unit: string

function member(
  login: string,
  roles: readonly ('collector' | 'reviewer' | 'approver' | 'sysadmin' | 'secadmin')[],
) {
  const cleared = login === 'approver'
  return { name: `成员${login}`, login, password, roles: [...roles], cleared, categories: ['*'] }
}

beforeAll(async () => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-cli-'))
  original = join(directory, 'original')
  const hub = join(directory, 'hub')
  const made = await runLiandang(['hub', 'init', '--data', hub, '--name', '上级', '--json'])
  const card = await runLiandang(['hub', 'card', '--data', hub, '--out', join(directory, 'card.json')])
  expect([made.code, card.code]).toEqual([0, 0])
  mkdirSync(original)
  const core = startTestCore(original)
  const founded = await mustFound(core, {
    unit: { name: '石桥镇', creditCode: null },
    policy: 'small',
    device: '一号机',
    members: [
      member('collector', ['collector', 'sysadmin', 'secadmin']),
      member('reviewer1', ['reviewer']),
      member('reviewer2', ['reviewer']),
      member('approver', ['approver']),
    ],
    recovery: { threshold: 2, holders: ['甲', '乙', '丙'] },
    hubCard: readFileSync(join(directory, 'card.json'), 'utf8'),
  })
  unit = founded.unit
  unitRootPublicKey = founded.unitRootPublicKey
  await core.signIn('collector', password)
  const { cadre } = await core.value('cadre.open', { name: '赵立新', identityNumber: null, post: '科员' })
  for (const amount of [100_000, 200_000]) {
    await core.value('record.submit', {
      record: null,
      parent: null,
      settles: [],
      cadre,
      category: 'C6',
      declaration: 'present',
      values: {
        relation: '01',
        direction: '02',
        description: '购房借款',
        amount: { amount, currency: 'CNY' },
      },
      source: { kind: 'form', from: '本人', reference: null },
      reason: '首次采集',
      evidence: [],
    })
  }
  await core.stop()
}, 300_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

beforeEach(() => {
  vault = join(mkdtempSync(join(directory, 'copy-')), 'vault')
  cpSync(original, vault, { recursive: true })
})

function asMember(login: string) {
  return ['--vault', vault, '--login', login]
}

/** Changes a database of the copy as somebody could who holds its key, without the program. */
async function tamper(compartment: Compartment, change: (database: Stored) => void): Promise<void> {
  const opened = await unlockVault(nodePrimitives, vaultLayout(vault), 'approver', password, Date.now())
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value.compartments.get(compartment)
  if (store === undefined) throw new Error('closed')
  change(store.database)
  opened.value.close()
}
type Stored = NonNullable<ReturnType<OpenVault['compartments']['get']>>['database']

function flipByte(database: Stored, table: 'body' | 'entry', column: 'bytes' | 'header', key: string): void {
  const [row] = database
    .prepare(`SELECT ${key} AS key, ${column} AS bytes FROM ${table} ORDER BY ${key} DESC LIMIT 1`)
    .all() as { key: number; bytes: Buffer }[]
  if (row === undefined) throw new Error('nothing to change')
  const bytes = Buffer.from(row.bytes)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] as number) ^ 1
  database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`).run(bytes, row.key)
}

async function verifyAsJson(): Promise<{ code: number | null; report: VerificationReport }> {
  const { code, out } = await runLiandang(['verify', ...asMember('approver'), '--json'], `${password}\n`)
  return { code, report: JSON.parse(out) as VerificationReport }
}

describe('liandang verify', () => {
  it('ends with 0 for a sound vault and reports every compartment', async () => {
    const text = await runLiandang(['verify', ...asMember('approver')], `${password}\n`)
    expect(text).toMatchObject({ code: 0, note: '' })
    expect(text.out).toContain('石桥镇')
    expect(text.out).toContain('结论：通过')
    expect(text.out).not.toContain('✗')
    const { code, report } = await verifyAsJson()
    expect(code).toBe(0)
    expect(report.verified).toBe(true)
    expect(report.compartments.map(({ compartment, commits }) => [compartment, commits])).toEqual([
      // The founding, and an entry for each log-in and lock.
      ['control', expect.any(Number)],
      ['archive', 3],
      ['discipline', 0],
    ])
  })

  it('says which compartments it could not look into', async () => {
    const text = await runLiandang(['verify', ...asMember('collector')], password)
    expect(text.code).toBe(0)
    expect(text.out).toContain('未校验（没有密钥）：纪检（discipline）')
  })

  it('takes the password from the first line of a file', async () => {
    const file = join(directory, 'password.txt')
    writeFileSync(file, `${password}\r\nanything\n`)
    const sound = await runLiandang(['verify', ...asMember('approver'), '--password-file', file])
    expect(sound.code).toBe(0)
    const missing = join(directory, 'no-such-file')
    const refused = await runLiandang(['verify', ...asMember('approver'), '--password-file', missing])
    expect(refused).toMatchObject({ code: 2, out: '' })
  })

  it.each([
    ['a wrong password', () => asMember('approver'), wrongPassword, 'vault/wrong-password'],
    ['a login nobody has', () => asMember('nobody'), password, 'vault/wrong-password'],
    ['no password', () => asMember('approver'), '', 'vault/wrong-password'],
    [
      'no vault',
      () => ['--vault', join(directory, 'nowhere'), '--login', 'approver'],
      password,
      'vault/none',
    ],
    ['an empty folder', () => ['--vault', directory, '--login', 'approver'], password, 'vault/none'],
    ['nobody named', () => ['--vault', vault], password, 'liandang verify'],
    ['a word too many', () => [...asMember('approver'), 'more'], password, 'liandang verify'],
    ['an unknown option', () => [...asMember('approver'), '--force'], password, 'liandang verify'],
  ])('ends with 2 and says why: %s', async (_, words, typed, said) => {
    const refused = await runLiandang(['verify', ...words()], typed)
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.note).toContain(said)
  })

  it('leaves a vault alone that another program works on', async () => {
    const lock = await lockVault(vault)
    if (!lock.ok) throw new Error(lock.error.code)
    const refused = await runLiandang(['verify', ...asMember('approver')], password)
    lock.value.release()
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.note).toContain('vault/in-use')
    expect((await runLiandang(['verify', ...asMember('approver')], password)).code).toBe(0)
  })

  it('ends with 1 and names the commit when a byte of a stored body was changed', async () => {
    await tamper('archive', (database) => flipByte(database, 'body', 'bytes', 'position'))
    const { code, report } = await verifyAsJson()
    expect(code).toBe(1)
    const archive = report.compartments.find(({ compartment }) => compartment === 'archive')
    expect(archive?.fault).toMatchObject({ code: 'commit/body-digest', seq: 2 })
    expect(report.compartments.filter(({ fault }) => fault !== null)).toHaveLength(1)
    const text = await runLiandang(['verify', ...asMember('approver')], password)
    expect(text.code).toBe(1)
    expect(text.out).toContain('结论：未通过')
    expect(text.out).toMatch(new RegExp(`日志 ${archive?.fault?.log} 第 2 条.*commit/body-digest`))
  })

  it('ends with 1 and names the commit when a byte of a stored header was changed', async () => {
    await tamper('archive', (database) => flipByte(database, 'entry', 'header', 'place'))
    const { code, report } = await verifyAsJson()
    expect(code).toBe(1)
    const archive = report.compartments.find(({ compartment }) => compartment === 'archive')
    expect(archive?.fault?.seq).toBe(2)
  })

  it('ends with 1 and names the row when one was edited; the log sets it right again', async () => {
    let edited = ''
    await tamper('archive', (database) => {
      const [row] = database.prepare('SELECT digest FROM revision LIMIT 1').all() as { digest: string }[]
      edited = row?.digest ?? ''
      database.prepare("UPDATE revision SET status = 'archived' WHERE digest = ?").run(edited)
    })
    const { code, report } = await verifyAsJson()
    expect(code).toBe(1)
    expect(report.compartments.flatMap(({ fault }) => fault)).toEqual([null, null, null])
    expect(report.compartments.flatMap(({ differences }) => differences)).toEqual([
      { table: 'revision', key: expect.stringContaining(edited) as string, how: 'changed' },
    ])
    const text = await runLiandang(['verify', ...asMember('approver')], password)
    expect(text.out).toMatch(new RegExp(`数据行被改动：revision .*${edited}`))
    const rebuilt = await runLiandang(['rebuild', ...asMember('approver'), '--json'], password)
    expect(rebuilt.code).toBe(0)
    expect(JSON.parse(rebuilt.out)).toMatchObject([
      { compartment: 'archive', changed: 1 },
      { compartment: 'discipline', changed: 0 },
    ])
    expect((await verifyAsJson()).code).toBe(0)
  })
})

describe('liandang bundle and receive', () => {
  it('carry the log to the node and its receipts back', async () => {
    const stick = mkdtempSync(join(directory, 'stick-'))
    const hub = ['--data', join(directory, 'hub'), '--json']
    writeFileSync(join(directory, 'trust.json'), JSON.stringify({ unit, unitRootPublicKey }))
    const trusted = await runLiandang(['hub', 'trust', join(directory, 'trust.json'), ...hub])
    expect(trusted.code).toBe(0)
    const written = await runLiandang(['bundle', ...asMember('approver'), '--to', stick, '--json'], password)
    expect(written.code).toBe(0)
    const bundles = JSON.parse(written.out) as readonly SentBundle[]
    expect(bundles.map(({ compartment, kind, commits }) => [compartment, kind, commits])).toEqual([
      // The founding, and an entry for each log-in and lock.
      ['control', 'update', expect.any(Number)],
      ['archive', 'update', 3],
    ])
    const files = bundles.map(({ file }) => join(stick, file))
    const taken = await runLiandang(['hub', 'ingest', ...files, '--receipts', join(stick, 'back'), ...hub])
    expect(taken.code).toBe(0)
    const receipts = taken.out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { receipt: string }).receipt)
    const received = await runLiandang(['receive', ...asMember('approver'), ...receipts], password)
    expect(received).toMatchObject({ code: 0, note: '' })
    expect(received.out).toContain('廉政档案（archive）：已回执 3 条，无效 0 条')
    const { report } = await verifyAsJson()
    expect(report.compartments.flatMap(({ heads }) => heads.map(({ acknowledged }) => acknowledged))).toEqual(
      [expect.any(Number), 3, 0],
    )
  })

  it('end with 2 for a folder that is not there and a file that is no receipt', async () => {
    const nowhere = join(directory, 'no-stick')
    const folder = await runLiandang(['bundle', ...asMember('approver'), '--to', nowhere], password)
    expect(folder).toMatchObject({ code: 2, out: '' })
    expect(folder.note).toContain('bundle/folder-unusable')
    const files = [join(directory, 'card.json'), join(directory, 'no-receipt')]
    const refused = await runLiandang(['receive', ...asMember('approver'), ...files], password)
    expect(refused).toMatchObject({ code: 2, out: '' })
    for (const file of files) expect(refused.note).toContain(file)
    expect(refused.note).toContain('bundle/not-a-bundle')
    expect(await runLiandang(['bundle', ...asMember('approver')], password)).toMatchObject({ code: 2 })
    expect(await runLiandang(['receive', ...asMember('approver')], password)).toMatchObject({ code: 2 })
  })
})

describe('liandang', () => {
  it('explains itself when asked, and when it is not understood', async () => {
    const asked = await runLiandang(['help'])
    expect(asked).toMatchObject({ code: 0, note: '' })
    for (const command of ['verify', 'rebuild', 'bundle', 'receive', 'demo', 'hub']) {
      expect(asked.out).toContain(`liandang ${command}`)
    }
    for (const words of [[], ['frobnicate'], ['toString'], ['demo', '--headless'], ['demo', '--seed', 'x']]) {
      const misused = await runLiandang(words)
      expect(misused).toMatchObject({ code: 2, out: '', note: asked.out })
    }
  })

  it('hands its words on to the program of the node', async () => {
    const help = await runLiandang(['hub', '--help'])
    expect(help.out + help.note).toContain('hub ingest')
    const refused = await runLiandang([
      'hub',
      'card',
      '--data',
      join(directory, 'no-hub'),
      '--out',
      'x',
      '--json',
    ])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ error: 'hub/not-made' })
  })
})
