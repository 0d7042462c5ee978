import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepEvidence, sweepLostEvidence } from '../../src-main/services/dossier/keep-evidence.ts'
import { EvidenceWriter, placeEvidence } from '../../src-main/vault/evidence-store.ts'
import { commitAs } from '../../src-main/vault/vault.ts'
import type { CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { loan, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('王建国')
})

afterAll(() => vault.close())

/** Names of the files of evidence that have a place. */
function files(): readonly string[] {
  const { evidence } = vault.layout
  if (!existsSync(evidence)) return []
  const folders = readdirSync(evidence).filter((name) => name !== 'incoming')
  return folders.flatMap((folder) => readdirSync(join(evidence, folder))).toSorted()
}

function incoming(): readonly string[] {
  return existsSync(vault.layout.incoming) ? readdirSync(vault.layout.incoming) : []
}

async function hashesOf({ record }: Row, by = 'approver'): Promise<readonly string[]> {
  const { revisions } = await vault.record(record, by)
  return (revisions[0]?.evidence ?? []).map(({ hash }) => hash)
}

async function enter(text: string, name = '借条.txt'): Promise<Row> {
  const upload = await vault.upload('collector', name, Buffer.from(text))
  return await vault.submit(cadre, { evidence: [{ upload }] })
}

function digestOf(bytes: Uint8Array): string {
  return Buffer.from(nodePrimitives.sha256(bytes)).toString('hex')
}

/** A submission that says of its file what its author likes. */
async function claim(file: Uint8Array, content: string, size: number): Promise<void> {
  const session = await vault.session('collector')
  const writer = await EvidenceWriter.open(vault.layout, 'a'.repeat(32))
  await writer.append(file)
  const sealed = await writer.seal()
  placeEvidence(vault.layout, [{ path: writer.path, hash: sealed.hash }])
  const evidence = [{ ...sealed, content, size, name: '决定.txt', mediaType: 'text/plain' }]
  const { values, declaration, source, reason, category } = loan(cadre)
  const body = prepareBody(nodePrimitives, {
    catalogueVersion: 1,
    declaration,
    values: values as CanonicalValue,
    source,
    reason,
    evidence,
    flags: [],
  })
  const operation = {
    op: 'record.submit',
    entity: body.digest.slice(0, 32),
    digest: body.digest,
    cadre,
    category,
    parent: null,
    settles: [],
    batch: null,
    evidence: 1,
    catalogue: 1,
  } as const
  const at = '2026-11-22T08:00:00.000Z'
  const done = commitAs(session.vault, 'archive', 'collector', at, [operation], [body])
  if (!done.ok) throw new Error(done.error.code)
}

describe('the same content', () => {
  test('is stored once, whatever its name, and opens in both records', async () => {
    const before = files().length
    const first = await enter('借条：三万元')
    const second = await enter('借条：三万元', '借条扫描件.txt')
    expect(files()).toHaveLength(before + 1)
    expect(await hashesOf(second)).toEqual(await hashesOf(first))
    const view = await vault.record(second.record)
    expect(view.revisions[0]?.evidence[0]).toMatchObject({ name: '借条扫描件.txt', size: 18 })
    const [hash = ''] = await hashesOf(second)
    const piece = { revision: second.revision, hash, offset: 6, length: 100 }
    const { bytes } = await vault.value('approver', 'evidence.read', piece)
    expect(Buffer.from(bytes, 'base64').toString()).toBe('：三万元')
  })

  test('handed in twice with one record is named once', async () => {
    const before = files().length
    const uploads = [
      await vault.upload('collector', '甲.txt', Buffer.from('一样的内容')),
      await vault.upload('collector', '乙.txt', Buffer.from('一样的内容')),
    ]
    const row = await vault.submit(cadre, { evidence: uploads.map((upload) => ({ upload })) })
    expect(await hashesOf(row)).toHaveLength(1)
    expect(files()).toHaveLength(before + 1)
    expect(incoming()).toEqual([])
  })

  test('of another compartment is never found: nobody learns that it lies there', async () => {
    const before = files().length
    const archived = await enter('谈话提纲')
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话提纲'))
    const spoken = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    expect(files()).toHaveLength(before + 2)
    const row = { ...spoken, compartment: 'discipline' } as const
    expect(await hashesOf(row, 'inspector')).not.toEqual(await hashesOf(archived))
  })

  test('is stored anew where a record only says that its file has it', async () => {
    const text = Buffer.from('处分决定书')
    await claim(Buffer.from('什么也没有发生'), digestOf(text), text.length)
    await claim(Buffer.from('一切照旧'.repeat(2)).subarray(0, text.length), digestOf(text), text.length)
    const row = await enter('处分决定书')
    const [hash = ''] = await hashesOf(row)
    const piece = { revision: row.revision, hash, offset: 0, length: 100 }
    const { bytes } = await vault.value('approver', 'evidence.read', piece)
    expect(Buffer.from(bytes, 'base64').toString()).toBe('处分决定书')
  })

  test('is stored anew where the file it was in is gone', async () => {
    const row = await enter('会被删掉的')
    const [hash = ''] = await hashesOf(row)
    rmSync(join(vault.layout.evidence, hash.slice(0, 2), hash))
    const again = await enter('会被删掉的')
    expect(await hashesOf(again)).not.toEqual([hash])
  })
})

describe('nothing is left behind', () => {
  test('by an upload that is given up or refused on its way', async () => {
    const about = { purpose: 'evidence', name: '照片.png', size: 10_000, mediaType: '' } as const
    const { upload } = await vault.value('collector', 'upload.begin', about)
    const half = Buffer.alloc(5000, 'a')
    await vault.value('collector', 'upload.append', { upload, offset: 0, bytes: half })
    expect(incoming()).toEqual([upload])
    await vault.value('collector', 'upload.discard', { upload })
    expect(incoming()).toEqual([])
    const { upload: other } = await vault.value('collector', 'upload.begin', about)
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4998)])
    const append = { upload: other, offset: 0, bytes: program }
    expect(await vault.refusal('collector', 'upload.append', append)).toBe('vault/evidence-type')
    expect(incoming()).toEqual([])
  })

  test('by a submission that is refused, and it can be tried again', async () => {
    const before = files()
    const upload = await vault.upload('collector', '合同.txt', Buffer.from('第一份合同'))
    const stale = { ...loan(cadre), parent: 'a'.repeat(64), evidence: [{ upload }] }
    expect(await vault.refusal('collector', 'record.submit', stale)).toBe('entry/stale-parent')
    expect(files()).toEqual(before)
    const row = await vault.submit(cadre, { evidence: [{ upload }] })
    expect(await hashesOf(row)).toHaveLength(1)
    expect(incoming()).toEqual([])
  })

  test('by a core that ended between the file and its commit', async () => {
    const before = files()
    const session = await vault.session('collector')
    const upload = await vault.upload('collector', '断电.txt', Buffer.from('断电前的文件'))
    const sealed = await session.uploads.sealEvidence(upload)
    const database = session.vault.compartments.get('archive')?.database
    if (!sealed.ok || database === undefined) throw new Error('no evidence')
    expect(keepEvidence(vault.layout, database, [sealed.value], new Map()).ok).toBe(true)
    expect(files()).toHaveLength(before.length + 1)
    sweepLostEvidence(session, vault.layout)
    expect(files()).toEqual(before)
  })

  test('and what a record names is never swept', async () => {
    const row = await enter('留下来的')
    const session = await vault.session('collector')
    const [hash = ''] = await hashesOf(row)
    session.vault.compartments
      .get('archive')
      ?.database.prepare('INSERT INTO evidence_pending (hash) VALUES (?)')
      .run(hash)
    sweepLostEvidence(session, vault.layout)
    expect(files()).toContain(hash)
  })
})

describe('a file', () => {
  test('that is empty, or larger than is taken, is refused before a byte is sent', async () => {
    const about = { purpose: 'evidence', name: '空.pdf', mediaType: '' } as const
    const begin = async (size: number) => await vault.refusal('collector', 'upload.begin', { ...about, size })
    expect(await begin(0)).toBe('vault/evidence-empty')
    expect(await begin(2 * 1024 ** 3 + 1)).toBe('vault/evidence-too-large')
  })

  test('whose bytes were turned on the disk is not shown in part', async () => {
    const row = await enter('会被改动的'.repeat(10_000))
    const [hash = ''] = await hashesOf(row)
    const path = join(vault.layout.evidence, hash.slice(0, 2), hash)
    const bytes = readFileSync(path)
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const end = { revision: row.revision, hash, offset: 149_000, length: 500 }
    expect(await vault.refusal('approver', 'evidence.read', end)).toBe('log/evidence')
  })
})
