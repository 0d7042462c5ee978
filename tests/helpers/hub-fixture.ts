import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Driver from 'sqlcipher'
import { openHub, type Hub, type HubOptions } from '../../src-hub/index.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { PackOptions } from '../../src-shared/node/bundle-writer.ts'
import { packed } from './bundle-fixture.ts'
import { UnitFixture, type FoundOptions } from './unit-fixture.ts'

/** An upstream node in a folder of its own, and a unit that it trusts. */
export interface HubFixture {
  readonly hub: Hub
  readonly unit: UnitFixture
  readonly directory: string
  /** All rows of all tables, and what lies in the folders: what must not change when a bundle is refused. */
  dump(): string
  close(): Promise<void>
}

export async function hubWithUnit(
  options: Partial<HubOptions> = {},
  found: FoundOptions = {},
): Promise<HubFixture> {
  const directory = mkdtempSync(join(tmpdir(), 'liandang-hub-'))
  const opened = await openHub({ dataDirectory: directory, create: { name: '示例上级' }, ...options })
  if (!opened.ok) throw new Error(opened.error.code)
  const hub = opened.value
  const unit = await UnitFixture.found({ upstream: hub.card, ...found })
  const trusted = await hub.trust({ unit: unit.id, unitRootPublicKey: toHex(unit.rootPublicKey) })
  if (!trusted.ok) throw new Error(trusted.error.code)
  return {
    hub,
    unit,
    directory,
    dump: () => dumpOf(directory),
    close: async () => {
      await hub.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export function dumpOf(directory: string): string {
  const database = new Driver(join(directory, 'hub.db'), { readonly: true })
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[]
    const rows = tables.map((table) => [table, database.prepare(`SELECT * FROM "${table}"`).all()])
    const files = ['evidence', 'incoming']
      .filter((folder) => existsSync(join(directory, folder)))
      .flatMap((folder) => readdirSync(join(directory, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    return JSON.stringify({ rows, files: files.sort() })
  } finally {
    database.close()
  }
}

export async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Hands a bundle to a hub; the code of its refusal, or `taken`. */
export async function deliver(hub: Hub, bundle: PackOptions | Uint8Array): Promise<string> {
  const bytes = bundle instanceof Uint8Array ? bundle : await packed(bundle)
  const report = await hub.ingest(bytesOf(bytes))
  return report.ok ? 'taken' : report.error.code
}
