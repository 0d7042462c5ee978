import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ExchangeView } from '../../src-shared/contract/device-views.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newJob, VaultFixture } from './vault-fixture.ts'

export const passphrase = '一次性口令 2026'

export interface Joining {
  readonly vault: VaultFixture
  /** What its screen shows. */
  readonly code: string
  readonly device: Id
  readonly core: ReturnType<VaultFixture['core']>
}

/** A folder outside the vault, as a stick is. */
export function stick(vault: VaultFixture): string {
  const folder = join(vault.outside, newJob())
  mkdirSync(folder)
  return folder
}

export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
}

/** A new computer that has made its request. */
export async function askToJoin(name: string): Promise<Joining> {
  const vault = VaultFixture.empty()
  const core = vault.core()
  const asked = must(await core.call('join.ask', { name, passphrase }))
  if (asked.state !== 'asked') throw new Error(asked.state)
  return { vault, core, code: asked.code, device: asked.device }
}

/** The secadmin admits a device whose code was read from its screen. */
export async function admit(unit: VaultFixture, joining: Joining): Promise<void> {
  const folder = stick(unit)
  const { file } = must(await joining.core.call('join.save', { folder }))
  must(await unit.call('secadmin', 'device.admit', { path: join(folder, file), code: joining.code }))
  await unit.refresh()
}

export interface Package {
  readonly folder: string
  readonly path: string
  readonly code: string
}

/** A key holder writes what the device needs. */
export async function packageFor(unit: VaultFixture, device: Id, by = 'inspector'): Promise<Package> {
  const folder = stick(unit)
  const written = must(await unit.call(by, 'device.package', { device, folder, job: newJob() }))
  return { folder, path: join(folder, written.files[0]!), code: written.code }
}

export async function receivePackage(joining: Joining, { path, code }: Package) {
  return await joining.core.call('join.receive', { path, passphrase, code, job: newJob() })
}

/** The whole road of a second computer, by stick. */
export async function enrol(unit: VaultFixture, name: string, by = 'inspector'): Promise<VaultFixture> {
  const joining = await askToJoin(name)
  await admit(unit, joining)
  must(await receivePackage(joining, await packageFor(unit, joining.device, by)))
  return joining.vault
}

export async function deviceOf(vault: VaultFixture, by = 'inspector'): Promise<Id> {
  return (await vault.session(by)).vault.device.id
}

/** Bundles of one device for another, as files; the folder they lie in and their names, control first. */
export async function exported(
  from: VaultFixture,
  to: Id,
  by = 'inspector',
  kind: 'update' | 'full' = 'update',
): Promise<readonly string[]> {
  const folder = stick(from)
  const written = must(await from.call(by, 'exchange.export', { device: to, folder, kind, job: newJob() }))
  return written.map(({ file }) => join(folder, file))
}

export async function receive(
  vault: VaultFixture,
  path: string,
  by = 'inspector',
): Promise<Result<ExchangeView>> {
  const result = await vault.call(by, 'sync.receive', { path, job: newJob() })
  if (result.ok && !('device' in result.value)) throw new Error('a receipt')
  return result as Result<ExchangeView>
}

/** One stick from one device to another. */
export async function carry(
  from: VaultFixture,
  to: VaultFixture,
  by = 'inspector',
  gone: string | null = null,
): Promise<readonly ExchangeView[]> {
  const views: ExchangeView[] = []
  for (const path of await exported(from, await deviceOf(to, by), by)) {
    views.push(must(await receive(to, path, by)))
  }
  await to.refresh(gone)
  return views
}

/** Everything a vault holds that is derived from the log, for comparing two of them. */
export async function tablesOf(vault: VaultFixture, by = 'inspector'): Promise<unknown> {
  const { compartments } = (await vault.session(by)).vault
  const tables: Record<string, unknown> = {}
  for (const [name, { database }] of compartments) {
    if (name === 'control') {
      tables['authority'] = database
        .prepare('SELECT leaf, depth, void FROM entry WHERE authority = 1 ORDER BY leaf')
        .all()
      continue
    }
    tables[`${name}/entry`] = database.prepare('SELECT leaf, depth, void FROM entry ORDER BY leaf').all()
    tables[`${name}/body`] = database.prepare('SELECT digest FROM body ORDER BY digest').all()
    for (const table of ['step', 'void_step', 'revision', 'opening', 'cadre']) {
      const rows = database.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][]
      tables[`${name}/${table}`] = rows.map((row) => JSON.stringify(row)).sort()
    }
  }
  return tables
}

export async function isVerified(vault: VaultFixture, by = 'inspector'): Promise<unknown> {
  const report = await vault.value(by, 'log.verify', { job: newJob() })
  return report.verified
    ? true
    : report.compartments.map(({ compartment, fault, differences }) => ({ compartment, fault, differences }))
}

export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}
