import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { dispatch } from '../../src-main/core/dispatch.ts'
import { type CoreClient, startCoreClient } from '../../src-main/core/client.ts'
import { forkCore } from '../../src-main/core/host/fork-core.ts'
import type { CoreContext } from '../../src-main/services/context.ts'
import { type Database, openDatabaseReadOnly } from '../../src-main/vault/database.ts'
import { openKeySlot } from '../../src-main/vault/key-slot.ts'
import { refreshListing } from '../../src-main/vault/listing.ts'
import { writeSystemSlot } from '../../src-main/vault/system-slot.ts'
import type { ProcedureName } from '../../src-shared/contract/index.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { everyDossier } from '../../src-shared/contract/listing.ts'
import { benchPassword, type BenchUnit } from './bench-unit.ts'
import type { Measurement } from './measure.ts'

const runs = 20
const changes = 10
const workMilliseconds = 6_000
const revisionsOfDossier = 100
const built = join(import.meta.dirname, '..', '..', 'out', 'main', 'core.js')
const source = join(import.meta.dirname, '..', '..', 'src-main', 'core', 'main.ts')

/** What a member waits for beside the KDF: a second slot opens without one, so nothing has to be subtracted. */
const systemKey = { id: '5'.repeat(32), key: new Uint8Array(32).fill(9) }
const resume = {
  login: 'collector',
  store: 'dpapi',
  keys: [{ id: systemKey.id, key: Buffer.from(systemKey.key).toString('base64') }],
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** Unlocking a vault of so many revisions up to the first list, and changing the member at a running application. */
export async function measureDesk(unit: BenchUnit, revisions: number): Promise<readonly Measurement[]> {
  const { vault } = unit
  const slots = vault.layout.keySlots
  const slot = unwrap(await openKeySlot(slots, 'collector', benchPassword))
  unwrap(writeSystemSlot(slots, slot.unit, slot.member, slot.secret, systemKey))
  const archive = vault.compartments.get('archive')?.database
  if (archive === undefined) throw new Error('no archive')
  fillTables(archive, revisions)
  return [await firstList(unit, revisions), await changeOfMember(unit)]
}

/** Rows as the projection writes them, one in a thousand still waiting; what is measured reads no log behind them. */
function fillTables(database: Database, revisions: number): void {
  const dossiers = Math.ceil(revisions / revisionsOfDossier)
  database.transaction(() => {
    database
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
         INSERT INTO cadre (id, name, initials, identity_number, post, updated_at)
         SELECT printf('%032x', i), '干部' || printf('%07d', i), 'gb', NULL, '科员', '2026-01-01T00:00:00.000Z' FROM n`,
      )
      .run(dossiers)
    database
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
         INSERT INTO revision (cadre, record, digest, category, status, author, submitted_at, opinions, opinions_needed)
         SELECT printf('%032x', i / ${revisionsOfDossier}), printf('%032x', i), lower(hex(randomblob(32))), 'C7',
           CASE i % 1000 WHEN 0 THEN 'submitted' ELSE 'archived' END, printf('%032x', 1),
           '2026-01-01T00:00:00.000Z', 0, 2 FROM n`,
      )
      .run(revisions)
    // No body stands behind these facts, so there is nothing in them to be found.
    database.prepare(`DELETE FROM listing_stale WHERE record <> ''`).run()
    refreshListing(database)
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
}

async function firstList({ vault }: BenchUnit, revisions: number): Promise<Measurement> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const context: CoreContext = {
      layout: vault.layout,
      host: 'desktop',
      primitives: nodePrimitives,
      now: () => Date.now(),
      session: null,
      founding: null,
      emit: () => undefined,
      end: () => undefined,
    }
    const ask = async (name: ProcedureName, input: object) =>
      unwrap(await dispatch(context, name, input, new AbortController().signal))
    const start = performance.now()
    await ask('session.resume', resume)
    await ask('workbench.read', {})
    await ask('dossier.list', { query: everyDossier, from: 0, count: 100 })
    times.push(performance.now() - start)
    context.session?.vault.close()
  }
  return {
    name: `unlock to first list, ${revisions.toLocaleString('en')} revisions (p95, no KDF)`,
    rate: 1000 / percentile95(times),
    unit: '/s',
    against: [
      { name: '150 ms', rate: 1000 / 150, aim: 1 },
      { name: 'opening the same three databases', rate: 1000 / percentile95(bareOpen(vault)) },
    ],
  }
}

/** The databases by their raw keys, each with one read. */
function bareOpen({ layout, databaseKeys }: BenchUnit['vault']): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now()
    for (const [compartment, key] of databaseKeys) {
      const database = unwrap(openDatabaseReadOnly(layout.database(compartment), key))
      database.prepare('SELECT count(*) FROM log').get()
      database.close()
    }
    return performance.now() - start
  })
}

async function changeOfMember({ vault }: BenchUnit): Promise<Measurement> {
  const entry = existsSync(built) ? built : source
  const vaultDirectory = vault.layout.directory
  const client = startCoreClient({
    spawn: () => forkCore({ entry, vaultDirectory, host: 'desktop' }),
    keepSpare: true,
  })
  const ask = async (core: CoreClient, name: ProcedureName, input: object) =>
    unwrap(await core.call(name, input))
  unwrap(await client.whenReady())
  await ask(client, 'session.resume', resume)
  const times: number[] = []
  for (let run = 0; run < changes; run++) {
    // A member works for longer than this; the core in reserve starts meanwhile.
    await setTimeout(workMilliseconds)
    const start = performance.now()
    await ask(client, 'session.lock', {})
    await ask(client, 'session.status', {})
    await ask(client, 'session.resume', resume)
    times.push(performance.now() - start)
  }
  await client.stop()
  return {
    name: 'change of member (p95, processes, no KDF and page)',
    rate: 1000 / percentile95(times),
    unit: '/s',
    against: [{ name: '1 s', rate: 1, aim: 1 }],
    note: entry === built ? 'built' : 'from source',
  }
}

function percentile95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] as number
}
