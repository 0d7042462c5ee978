import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Driver from 'sqlcipher'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../../src-main/cli/demo/office.ts'
import type { DemoReport } from '../../src-main/cli/demo/headless.ts'
import type { DossierView, RecordView } from '../../src-shared/contract/views.ts'
import { runLiandang, type Ended } from '../helpers/cli.ts'
import { startTestCore, type TestCore } from '../helpers/core.ts'
import {
  missingTools,
  openSslAccepts,
  readLines,
  readPlainEnvelope,
  runTool,
  unpackBundle,
} from '../helpers/stock-tools.ts'

let directory: string
let out: string
let ended: Ended
let report: DemoReport
let core: TestCore

beforeAll(async () => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-demo-test-'))
  out = join(directory, 'unit')
  ended = await runLiandang(['demo', '--headless', '--out', out, '--seed', '7'])
  if (ended.code !== 0) throw new Error(ended.note)
  report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as DemoReport
}, 300_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('what the demonstration says', () => {
  it('is one line of JSON on standard output, the same as in report.json, and progress in Chinese elsewhere', () => {
    expect(ended.out.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(ended.out)).toEqual(report)
    expect(ended.note).toContain('签字归档')
    expect(report.verified).toBe(true)
    expect(report.cadres).toBe(60)
  })

  it('names the bundles as they lie on the stick', () => {
    expect(report.bundles.map((bundle) => bundle.compartment)).toEqual(['control', 'archive', 'discipline'])
    expect(readdirSync(join(out, 'bundles')).sort()).toEqual(report.bundles.map(({ file }) => file).sort())
    for (const { file, bytes, sha256 } of report.bundles) {
      const content = readFileSync(join(out, 'bundles', file))
      expect(content.length).toBe(bytes)
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    }
  })

  it('leaves a second run on the same folder to nobody', async () => {
    const again = await runLiandang(['demo', '--headless', '--out', out])
    expect(again).toMatchObject({ code: 2, out: '' })
    expect(again.note).toContain('vault/exists')
  })
})

describe('the vault it leaves', () => {
  beforeAll(() => {
    core = startTestCore(join(out, 'vault'))
  })
  afterAll(async () => await core.stop())

  it('verifies, with as many commits as were reported, none void and all that was sent acknowledged', async () => {
    await core.signIn('inspector', demoPassword)
    const verification = await core.value('log.verify', { job: '0'.repeat(32) })
    expect(verification.verified).toBe(true)
    expect(verification.compartments.map(({ compartment }) => compartment)).toEqual([
      'control',
      'archive',
      'discipline',
    ])
    // Whoever sent last has locked since, and the inspector has logged in: both stand in the control log.
    const since = 2
    const commits = verification.compartments.reduce((sum, compartment) => sum + compartment.commits, 0)
    expect(commits).toBe(report.commits + since)
    for (const { compartment, voids, heads } of verification.compartments) {
      expect(voids).toEqual([])
      const unsent = heads.reduce((sum, head) => sum + head.size - head.acknowledged, 0)
      expect(unsent).toBe(compartment === 'control' ? since : 0)
    }
    const { bundles } = await core.value('sync.status', {})
    expect(bundles).toHaveLength(6)
    expect(bundles.filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toHaveLength(report.receipts)
  })

  it('keeps what could not be read in quarantine, each row for its own reason', async () => {
    await core.signIn('collector', demoPassword)
    const { rows, total } = await core.value('quarantine.list', { after: 0, limit: 100 })
    expect(total).toBe(rows.length)
    const codes = rows.map(({ problems }) => problems[0]?.code)
    expect(codes).toHaveLength(8)
    expect(new Set(codes).size).toBeGreaterThanOrEqual(6)
    expect(codes).toContain('cadre-undecided')
    const [batch] = await core.value('import.batches', {})
    expect(batch).toMatchObject({ quarantined: 8, accepted: batch?.archived })
  })

  it('shows the discipline compartment to nobody who was not cleared', async () => {
    const compartmentsOf = async (login: string) => (await core.signIn(login, demoPassword)).compartments
    expect(await compartmentsOf('collector')).toEqual(['control', 'archive'])
    expect(await compartmentsOf('sysadmin')).toEqual(['control'])
    const refused = await core.call('cadre.list', { search: '', after: null, limit: 1 })
    expect(refused).toMatchObject({ ok: false, error: { code: 'call/not-permitted' } })
    expect(await compartmentsOf('inspector')).toEqual(['control', 'archive', 'discipline'])
  })

  it('holds as many dossiers, records and archived facts as were reported, each by four different hands', async () => {
    await core.signIn('inspector', demoPassword)
    const { items, total } = await core.value('cadre.list', { search: '', after: null, limit: 500 })
    expect(total).toBe(report.cadres)
    const dossiers: DossierView[] = []
    for (const { id } of items) dossiers.push(await core.value('cadre.read', { cadre: id, at: null }))
    const records = dossiers.flatMap((dossier) => dossier.records)
    expect(records).toHaveLength(report.records)
    expect(records.filter(({ head }) => head !== null)).toHaveLength(report.archived)
    expect(new Set(records.map(({ category }) => category))).toEqual(
      new Set(['A1', 'A3', 'C2', 'C3', 'C4', 'C6', 'C7', 'E3']),
    )
    const declarations = records.map(({ head }) => head?.declaration)
    expect(declarations).toContain('none')
    expect(declarations).toContain('declined')
    const views: RecordView[] = []
    for (const { record } of records.filter(({ revisions }) => revisions > 1)) {
      views.push(await core.value('record.read', { record }))
    }
    expect(views.map(storyOf).sort()).toEqual(['archived,returned', 'archived,superseded'])
    const others = records.filter(({ revisions, category }) => revisions === 1 && category === 'C6')
    for (const { record } of others) views.push(await core.value('record.read', { record }))
    const heads = views.flatMap((view) => view.revisions).filter(({ status }) => status === 'archived')
    for (const { author, opinions, adjudication, signed } of heads) {
      const hands = [author, ...opinions.map(({ reviewer }) => reviewer), adjudication?.hand, signed?.hand]
      const members = hands.filter((hand) => hand != null).map((hand) => hand.member)
      expect(members).toHaveLength(adjudication === null ? 4 : 5)
      expect(new Set(members).size).toBe(members.length)
    }
    expect(heads.filter(({ adjudication }) => adjudication !== null)).toHaveLength(1)
    const withdrawn = records.filter(({ head, open }) => head === null && open === null)
    expect(withdrawn).toHaveLength(1)
  })
})

function storyOf(view: RecordView): string {
  return view.revisions
    .map(({ status }) => status)
    .sort()
    .join()
}

describe('the upstream node it used', () => {
  /** Everything in the node's store, table by table. */
  function dump(): string {
    const database = new Driver(join(out, 'hub', 'hub.db'), { readonly: true })
    const names = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[]
    const tables = names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).raw().all()])
    database.close()
    return createHash('sha256').update(JSON.stringify(tables)).digest('hex')
  }

  it('gives the same receipts for the same bundles again and changes nothing', async () => {
    const receipts = join(directory, 'receipts-again')
    const before = dump()
    const files = report.bundles.map(({ file }) => join(out, 'bundles', file))
    const data = ['--data', join(out, 'hub'), '--json']
    const again = await runLiandang(['hub', 'ingest', ...files, '--receipts', receipts, ...data])
    expect(again).toMatchObject({ code: 0, note: '' })
    for (const line of again.out.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ repeated: true, commits: 0, voids: 0 })
    }
    expect(dump()).toBe(before)
    const names = readdirSync(receipts)
    expect(names.sort()).toEqual(readdirSync(join(out, 'receipts')).sort())
    expect(names).toHaveLength(3)
    for (const name of names) {
      expect(readFileSync(join(receipts, name)).equals(readFileSync(join(out, 'receipts', name)))).toBe(true)
    }
  })

  it('counts the same commits, records and archived facts as the unit, and nothing void', () => {
    const database = new Driver(join(out, 'hub', 'hub.db'), { readonly: true })
    const number = (sql: string) => database.prepare(sql).pluck().get() as number
    expect(number('SELECT sum(size) FROM device_log')).toBe(report.commits)
    expect(number('SELECT count(*) FROM record WHERE state IS NOT NULL')).toBe(report.records)
    expect(number('SELECT sum(archived) FROM record WHERE state IS NOT NULL')).toBe(report.archived)
    expect(number('SELECT count(*) FROM void')).toBe(0)
    database.close()
  })
})

const missing = missingTools()
const reason = missing.length === 0 ? '' : ` (skipped: this machine has no ${missing.join(', ')})`

describe.skipIf(missing.length > 0)(`with other people's tools${reason}`, () => {
  let work: string
  beforeAll(() => {
    work = mkdtempSync(join(directory, 'tools-'))
  })
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('every bundle opens, every file is what the manifest says, every signature is whose it claims', () => {
    const identity = join(out, 'keys', 'hub.agekey')
    expect(statSync(identity).mode & 0o077).toBe(0)
    const trust = JSON.parse(readFileSync(join(out, 'trust.json'), 'utf8')) as {
      unit: string
      unitRootPublicKey: string
    }
    let commits = 0
    for (const { file, compartment } of report.bundles) {
      const folder = unpackBundle(join(out, 'bundles', file), identity, work)
      for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
        const listed = readFileSync(join(folder, manifest), 'utf8').trimEnd().split('\n').length
        const checked = runTool('sha256sum', ['-c', '--strict', manifest], folder)
        expect(checked.match(/: OK$/gm)).toHaveLength(listed)
      }
      const { keys } = JSON.parse(readFileSync(join(folder, 'data', 'keys.json'), 'utf8')) as {
        keys: readonly { key: string; publicKey: string }[]
      }
      const root = { key: keyId(trust.unitRootPublicKey), publicKey: trust.unitRootPublicKey }
      const publicKeys = new Map([...keys, root].map(({ key, publicKey }) => [key, publicKey]))
      for (const [key, publicKey] of publicKeys) expect(keyId(publicKey)).toBe(key)

      const lines = readLines(join(folder, 'data', 'logs'))
      const envelopes = lines.map(readPlainEnvelope)
      const headers = envelopes.map(({ payload }) => JSON.parse(payload.toString('utf8')) as PlainHeader)
      commits += headers.length
      expect(headers.map(({ seq }) => seq)).toEqual(headers.map((_, index) => index))
      expect(new Set(headers.map(({ unit }) => unit))).toEqual(new Set([trust.unit]))
      const leaves = envelopes.map(({ payload }) => leafOf(payload))
      expect(headers.map(({ prev }) => prev)).toEqual([null, ...leaves.slice(0, -1)])
      if (compartment === 'control') expect(headers[0]?.key).toBe(root.key)

      const bodies = readLines(join(folder, 'data', 'bodies'))
      const digests = headers.flatMap(({ ops }) => ops.map(({ digest }) => digest))
      expect(bodies.map((body) => createHash('sha256').update(body).digest('hex'))).toEqual(digests)

      const statement = readPlainEnvelope(readFileSync(join(folder, 'bundle.dsse.json'), 'utf8'))
      // One commit of each signer, and the statement of the device.
      const signed = [...new Map(envelopes.map((envelope) => [envelope.keyid, envelope])).values(), statement]
      for (const envelope of signed) {
        const publicKey = publicKeys.get(envelope.keyid) ?? ''
        expect(openSslAccepts(envelope, publicKey, work)).toBe(true)
        const changed = { ...envelope, payload: Buffer.concat([envelope.payload, Buffer.from(' ')]) }
        expect(openSslAccepts(changed, publicKey, work)).toBe(false)
      }
    }
    expect(commits).toBe(report.commits)
  })

  it('nothing of the files on the stick or in the vault can be read without a key', () => {
    const name = /孙晓梅|谈话记录|示例农村商业银行/
    const files = ['bundles', 'receipts', 'vault'].flatMap((folder) =>
      readdirSync(join(out, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(name)
    expect(existsSync(join(out, 'vault', 'outgoing'))).toBe(false)
  })
})

interface PlainHeader {
  readonly key: string
  readonly ops: readonly { readonly digest: string }[]
  readonly prev: string | null
  readonly seq: number
  readonly unit: string
}

function keyId(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex')
}

function leafOf(payload: Buffer): string {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([0]), payload]))
    .digest('hex')
}
