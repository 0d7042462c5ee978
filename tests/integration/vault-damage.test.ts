import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc } from '../helpers/properties.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../src-main/vault/database.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { StoredReport } from '../../src-shared/contract/log-views.ts'
import { fromHex } from '../../src-shared/kernel/bytes.ts'
import { appendLeaf, emptyFrontier, encodeFrontier } from '../../src-shared/log/merkle.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { flipBit } from '../property/log/flips.ts'
import type { RawKeys } from '../helpers/vault-fixture.ts'
import { foundWithHub, workThrough, type VaultWithHub } from '../helpers/vault-with-history.ts'

let unit: VaultWithHub
let keys: RawKeys

beforeAll(async () => {
  unit = await foundWithHub()
  await workThrough(unit)
  keys = await unit.vault.keys()
})

afterAll(async () => await unit.close())

/** What somebody with the raw key could write. */
async function tampered(
  compartment: Compartment,
  change: (database: Database) => void,
): Promise<StoredReport> {
  const copy = unit.vault.copy()
  try {
    const kind = compartment === 'control' ? 'control' : 'business'
    const key = keys.databases.get(compartment) as Uint8Array
    const opened = openDatabase(copy.layout.database(compartment), key, kind, 'existing')
    if (!opened.ok) throw new Error(opened.error.code)
    const database = opened.value
    database.pragma('foreign_keys=OFF')
    database.pragma('ignore_check_constraints=ON')
    change(database)
    database.close()
    return await copy.verify(keys)
  } finally {
    copy.close()
  }
}

function reportOf(report: StoredReport, compartment: Compartment) {
  const found = report.compartments.find((one) => one.compartment === compartment)
  if (found === undefined) throw new Error('no such compartment')
  return found
}

/** The names of what was found, in the compartment that was changed. */
function found(report: StoredReport, compartment: Compartment): readonly string[] {
  const { fault, differences } = reportOf(report, compartment)
  return [...(fault === null ? [] : [fault.code]), ...differences.map(({ table, how }) => `${table} ${how}`)]
}

test('a vault nobody touched is what its log says', async () => {
  const report = await tampered('archive', () => undefined)
  expect(report).toMatchObject({ verified: true })
  expect(report.compartments.map(({ commits, voids }) => [commits > 1, voids])).toEqual([
    [true, []],
    [true, []],
    [true, []],
  ])
})

interface Flipped {
  readonly compartment: Compartment
  readonly table: string
  readonly column: string
}

const columns: readonly Flipped[] = [
  ...(['control', 'archive', 'discipline'] as const).flatMap((compartment) => [
    ...[
      'place',
      'leaf',
      'depth',
      'key',
      'header',
      'signature',
      'operations',
      'evidence',
      'authority',
      'void',
    ].map((column) => ({ compartment, table: 'entry', column })),
    ...['digest', 'bytes'].map((column) => ({ compartment, table: 'body', column })),
    ...['log', 'size', 'note'].map((column) => ({ compartment, table: 'checkpoint', column })),
    ...[
      'id',
      'ordinal',
      'kind',
      'size',
      'leaf',
      'depth',
      'frontier',
      'acknowledged',
      'acknowledged_frontier',
      'cosigned',
    ].map((column) => ({ compartment, table: 'log', column })),
  ]),
  ...Object.entries({
    step: ['record', 'depth', 'leaf', 'operation', 'row', 'step'],
    revision: [
      'cadre',
      'record',
      'digest',
      'category',
      'status',
      'parent',
      'batch',
      'author',
      'submitted_at',
      'reviewer_first',
      'reviewer_second',
      'opinions',
      'opinions_needed',
      'adjudicator',
      'signer',
      'signed_at',
    ],
    opening: ['cadre', 'depth', 'leaf', 'operation', 'digest', 'at'],
    cadre: ['id', 'name', 'initials', 'identity_number', 'post', 'updated_at'],
  }).flatMap(([table, names]) => names.map((column) => ({ compartment: 'archive' as const, table, column }))),
]

/** Changes one bit of one value of a row; a value that is missing comes into being. */
function flipOne(database: Database, one: Flipped, at: number): void {
  const rows = database.prepare(`SELECT * FROM ${one.table}`).safeIntegers().all() as Record<
    string,
    unknown
  >[]
  const row = rows[at % rows.length] as Record<string, unknown>
  // A value that another row has already cannot be put there: then the next bit.
  for (let bit = Math.floor(at / rows.length); !changed(database, one, row, bit); bit++);
}

function changed(
  database: Database,
  { table, column }: Flipped,
  row: Record<string, unknown>,
  bit: number,
): boolean {
  const value = row[column] ?? null
  const where = Object.keys(row).map((name) => `${name} IS :${name}`)
  const flipped = (bytes: Uint8Array) => Buffer.from(flipBit(bytes, bit % (8 * bytes.length)))
  const next =
    value === null
      ? Buffer.from('x')
      : typeof value === 'bigint'
        ? value ^ (1n << BigInt(bit % 20))
        : flipped(typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array))
  const blob = value instanceof Uint8Array || column === 'acknowledged_frontier'
  const type = typeof value === 'bigint' ? 'INTEGER' : blob ? 'BLOB' : 'TEXT'
  const sql = `UPDATE OR IGNORE ${table} SET ${column} = CAST(:next AS ${type}) WHERE ${where.join(' AND ')}`
  return database.prepare(sql).run({ ...row, next }).changes === 1
}

describe('one flipped bit is found in', () => {
  test.each(columns.map((one) => [`${one.compartment} ${one.table}.${one.column}`, one] as const))(
    '%s',
    async (_name, one) => {
      await fc.assert(
        fc.asyncProperty(fc.noBias(fc.nat()), async (at) => {
          const report = await tampered(one.compartment, (database) => flipOne(database, one, at))
          expect(report.verified).toBe(false)
          expect(found(report, one.compartment)).not.toEqual([])
        }),
        { numRuns: 2, endOnFailure: true },
      )
    },
  )

  test.each(['control', 'archive', 'discipline'] as const)('any page of the file of %s', async (name) => {
    const copy = unit.vault.copy()
    try {
      const path = copy.layout.database(name)
      const whole = new Uint8Array(readFileSync(path))
      for (let page = 0; page < whole.length / 4096; page += 2) {
        writeFileSync(path, flipBit(whole, 8 * (4096 * page + ((page * 2741) % 4096)) + (page % 8)))
        const names = await copy.verify(keys).then(
          (report) => found(report, name),
          (error: Error) => [error.message],
        )
        expect(names, `page ${page}`).toEqual(['vault/damaged'])
      }
    } finally {
      copy.close()
    }
  })

  test('evidence', async () => {
    const copy = unit.vault.copy()
    try {
      const [folder] = readdirSync(copy.layout.evidence).filter((name) => name.length === 2)
      const [name] = readdirSync(join(copy.layout.evidence, folder as string))
      const path = join(copy.layout.evidence, folder as string, name as string)
      const whole = new Uint8Array(readFileSync(path))
      for (let bit = 0; bit < 8 * whole.length; bit += 97) {
        writeFileSync(path, flipBit(whole, bit))
        const report = await copy.verify(keys)
        expect(reportOf(report, 'discipline').fault).toMatchObject({ code: 'log/evidence', what: name })
      }
      writeFileSync(path, whole.subarray(0, whole.length - 1))
      expect(found(await copy.verify(keys), 'discipline')).toEqual(['log/evidence'])
      rmSync(path)
      expect(found(await copy.verify(keys), 'discipline')).toEqual(['vault/evidence-missing'])
    } finally {
      copy.close()
    }
  })
})

/** Whoever changes the tables may change all of them alike: what is left is what others hold. */
describe('a hand that knows the tables is found when it', () => {
  const archive = (database: Database) =>
    database.prepare("SELECT id, ordinal, size FROM log WHERE kind = 'device'").get() as {
      id: string
      ordinal: number
      size: number
    }

  /** Takes the newest commits of the device's log away, and all that remembers them but notes and receipts. */
  function cutBack(database: Database, size: number): void {
    const { id, ordinal } = archive(database)
    const place = ordinal * 2 ** 40
    const gone = database
      .prepare('SELECT header FROM entry WHERE place >= ? AND place < ?')
      .all(place + size, place + 2 ** 40) as { header: Uint8Array }[]
    for (const { header } of gone)
      for (const { digest } of (JSON.parse(Buffer.from(header).toString()) as { ops: { digest: string }[] })
        .ops)
        database.prepare('DELETE FROM body WHERE digest = ?').run(digest)
    database.prepare('DELETE FROM entry WHERE place >= ? AND place < ?').run(place + size, place + 2 ** 40)
    const last = database.prepare('SELECT leaf, depth FROM entry WHERE place = ?').get(place + size - 1) as {
      leaf: string
      depth: number
    }
    let frontier = emptyFrontier
    const leaves = database
      .prepare('SELECT leaf FROM entry WHERE place BETWEEN ? AND ? ORDER BY place')
      .pluck()
    for (const leaf of leaves.all(place, place + size - 1) as string[])
      frontier = appendLeaf(nodePrimitives, frontier, fromHex(leaf) as Uint8Array)
    database
      .prepare('UPDATE log SET size = ?, leaf = ?, depth = ?, frontier = ? WHERE id = ?')
      .run(size, last.leaf, last.depth, encodeFrontier(frontier), id)
  }

  test('cuts a log back behind a checkpoint and a receipt', async () => {
    const report = await tampered('archive', (database) => cutBack(database, 5))
    expect(reportOf(report, 'archive').fault).toMatchObject({ code: 'log/rollback', what: 'checkpoint' })
  })

  test('takes the checkpoints along', async () => {
    const report = await tampered('archive', (database) => {
      cutBack(database, 5)
      database.exec('DELETE FROM checkpoint WHERE size > 5')
    })
    expect(reportOf(report, 'archive').fault).toMatchObject({ code: 'log/rollback', what: 'receipt' })
  })

  test('takes a log away altogether, or the mark of what was acknowledged', async () => {
    const gone = await tampered('archive', (database) => {
      const { id, ordinal } = archive(database)
      database
        .prepare('DELETE FROM entry WHERE place BETWEEN ? AND ?')
        .run(ordinal * 2 ** 40, ordinal * 2 ** 40 + 2 ** 40 - 1)
      database.prepare('DELETE FROM checkpoint WHERE log = ?').run(id)
      database.prepare('DELETE FROM log WHERE id = ?').run(id)
    })
    expect(found(gone, 'archive')[0]).toBe('log/rollback')
    const unmarked = await tampered('archive', (database) =>
      database.exec('UPDATE log SET acknowledged = 0, acknowledged_frontier = NULL, cosigned = NULL'),
    )
    expect(found(unmarked, 'archive')).toEqual(['log/root'])
  })

  test.each([
    ['revision', 'missing'],
    ['step', 'missing'],
    ['opening', 'missing'],
    ['cadre', 'missing'],
  ] as const)('takes the rows of %s away', async (table, how) => {
    const report = await tampered('archive', (database) => database.exec(`DELETE FROM ${table}`))
    expect(reportOf(report, 'archive').differences).toContainEqual(expect.objectContaining({ table, how }))
  })

  test('adds a fact of its own', async () => {
    const report = await tampered('archive', (database) =>
      database.exec(
        `INSERT INTO revision (cadre, record, digest, category, status, author, submitted_at, opinions, opinions_needed)
         SELECT cadre, record, lower(hex(randomblob(32))), category, 'archived', author, submitted_at, opinions,
           opinions_needed FROM revision LIMIT 1`,
      ),
    )
    expect(reportOf(report, 'archive').differences).toMatchObject([{ table: 'revision', how: 'extra' }])
  })

  test('adds commits, bodies or checkpoints that belong to no log', async () => {
    const stray = async (sql: string) =>
      found(await tampered('archive', (database) => database.exec(sql)), 'archive')
    expect(
      await stray(`INSERT INTO entry SELECT 7 * 1099511627776, lower(hex(randomblob(32))), depth, key, header, signature,
        operations, evidence, authority, void FROM entry LIMIT 1`),
    ).toEqual(['log/projection'])
    expect(
      await stray(`INSERT INTO body (digest, bytes) VALUES (lower(hex(randomblob(32))), randomblob(40))`),
    ).toEqual(['log/projection'])
    expect(await stray(`INSERT INTO checkpoint VALUES (lower(hex(randomblob(16))), 1, 'note')`)).toEqual([
      'log/projection',
    ])
  })

  test('takes a body away', async () => {
    const report = await tampered('archive', (database) =>
      database.exec('DELETE FROM body WHERE position = 1'),
    )
    expect(found(report, 'archive')).toEqual(['commit/body-missing'])
  })
})
