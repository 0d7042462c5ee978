import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foundVault } from '../../src-main/vault/founding.ts'
import { openDatabaseReadOnly, rekeyDatabase } from '../../src-main/vault/database.ts'
import { readKeyringFile, type KeyringFile } from '../../src-main/vault/keyring-file.ts'
import { vaultLayout, type VaultLayout } from '../../src-main/vault/layout.ts'
import { readNames } from '../../src-main/vault/names.ts'
import type { KitSecrets } from '../../src-main/vault/recovery-kit.ts'
import { finishRekey, type RekeyRunner } from '../../src-main/vault/rekey.ts'
import { commitAs, openVault, unlockVault, type OpenVault } from '../../src-main/vault/vault.ts'
import { openKeySlot } from '../../src-main/vault/key-slot.ts'
import type { Compartment, Role } from '../../src-shared/access/roles.ts'
import { readCatalogue } from '../../src-shared/catalogue/read.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { ageKeyPairOf } from '../../src-shared/node/age.ts'
import { nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { readResourceJson } from '../../src-shared/node/resources.ts'

export const at = '2026-11-22T02:00:00.000Z'

export const passwordFor = (login: string): string => `password of ${login}`

const staff: readonly {
  readonly login: string
  readonly roles: readonly Role[]
  readonly cleared?: boolean
}[] = [
  { login: 'collector', roles: ['collector'] },
  { login: 'first', roles: ['reviewer'], cleared: true },
  { login: 'second', roles: ['reviewer'] },
  { login: 'approver', roles: ['approver'], cleared: true },
  { login: 'other', roles: ['approver'] },
  { login: 'sysadmin', roles: ['sysadmin'] },
  { login: 'secadmin', roles: ['secadmin'] },
  { login: 'auditor', roles: ['auditor'] },
]

/** The value of what must not be refused. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
}

/** The code of a refusal, or null. */
export function codeOf(result: Result<unknown>): ErrorCode | null {
  return result.ok ? null : result.error.code
}

/** On this thread: for tests that look at what is done, not at who waits. */
export const rekeyHere: RekeyRunner = async ({ path, from, to }) => rekeyDatabase(path, from, to)

/** A founded unit on the disk, opened straight at the vault, one member after the other as at an office PC. */
export class KeyedUnit {
  readonly directory: string
  readonly kit: KitSecrets | null
  #vault: OpenVault | null = null

  constructor(directory: string, kit: KitSecrets | null) {
    this.directory = directory
    this.kit = kit
  }

  static async found(): Promise<KeyedUnit> {
    const directory = join(mkdtempSync(join(tmpdir(), 'liandang-keys-')), 'vault')
    const founded = must(
      await foundVault(nodePrimitives, vaultLayout(directory), {
        unit: { name: '清河镇', creditCode: null },
        policy: 'normal',
        device: '办公室一',
        members: staff.map(({ login, roles, cleared = false }) => ({
          name: login,
          login,
          password: passwordFor(login),
          roles,
          cleared,
          categories: ['*'],
        })),
        recovery: { threshold: 2, holders: ['甲', '乙', '丙'] },
        catalogue: must(readCatalogue(readResourceJson('catalogue/default.json'))),
        hubCard: null,
        at,
      }),
    )
    founded.complete()
    const { secrets, unit } = founded
    const identityOf = async (secret: Uint8Array) => (await ageKeyPairOf(secret)).identity
    return new KeyedUnit(directory, {
      root: signerFromSeed(secrets['unit-root']),
      unitTag: unit.slice(0, 8),
      recoveryArchive: await identityOf(secrets['recovery-archive']),
      recoveryDiscipline: await identityOf(secrets['recovery-discipline']),
      sheets: [1, 2],
    })
  }

  get layout(): VaultLayout {
    return vaultLayout(this.directory)
  }

  get file(): KeyringFile {
    return must(readKeyringFile(this.layout.keyringFile))
  }

  /** Ends whoever is at work and opens the vault for another. */
  async try(login: string, password = passwordFor(login)): Promise<Result<OpenVault>> {
    this.leave()
    rmSync(this.layout.attemptsFile, { force: true })
    const opened = await unlockVault(nodePrimitives, this.layout, login, password, Date.parse(at))
    if (!opened.ok) return opened
    opened.value.now = () => Date.parse(at)
    this.#vault = opened.value
    return opened
  }

  async open(login: string, password = passwordFor(login)): Promise<OpenVault> {
    return must(await this.try(login, password))
  }

  /** With a slot of another copy of this vault, opened there with its password. */
  async tryWithSlotOf(copy: KeyedUnit, login: string): Promise<Result<OpenVault>> {
    this.leave()
    const slot = must(await openKeySlot(copy.layout.keySlots, login, passwordFor(login)))
    return await openVault(nodePrimitives, this.layout, slot)
  }

  leave(): void {
    this.#vault?.close()
    this.#vault = null
  }

  /** The same bytes in another place, as a thief would carry them off. */
  copy(): KeyedUnit {
    this.leave()
    const directory = join(mkdtempSync(join(tmpdir(), 'liandang-keys-')), 'vault')
    cpSync(this.directory, directory, { recursive: true })
    return new KeyedUnit(directory, this.kit)
  }

  close(): void {
    this.leave()
    rmSync(join(this.directory, '..'), { recursive: true, force: true })
  }

  /** Whether a database of this vault opens under a raw key. */
  opensUnder(compartment: Compartment, key: Uint8Array): boolean {
    this.leave()
    const opened = openDatabaseReadOnly(this.layout.database(compartment), key)
    if (opened.ok) opened.value.close()
    return opened.ok
  }

  /** Every stored page of a compartment, also those waiting in the WAL. */
  pages(compartment: Compartment): ReadonlySet<string> {
    this.leave()
    const pages = new Set<string>()
    for (const [suffix, header, frame] of [
      ['', 0, 0],
      ['-wal', 32, 24],
    ] as const) {
      const path = this.layout.database(compartment) + suffix
      if (!existsSync(path)) continue
      const bytes = readFileSync(path)
      for (let place = header + frame; place + 4096 <= bytes.length; place += 4096 + frame)
        pages.add(bytes.subarray(place, place + 4096).toString('latin1'))
    }
    return pages
  }
}

export async function rekeyAll(vault: OpenVault, names: readonly Compartment[]): Promise<void> {
  for (const name of names) must(await finishRekey(vault, name, rekeyHere))
}

/** One record of a loan, with so many bytes of words. */
export function submitOne(vault: OpenVault, words = 100): Id {
  const body = prepareBody(nodePrimitives, {
    catalogueVersion: 1,
    declaration: 'present',
    values: { relation: '01', direction: '01', description: '借'.repeat(words), amount: null },
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次填报',
    evidence: [],
    flags: [],
  })
  const record = newId(nodePrimitives)
  must(
    commitAs(
      vault,
      'archive',
      'collector',
      at,
      [
        {
          op: 'record.submit',
          entity: record,
          digest: body.digest,
          cadre: newId(nodePrimitives),
          category: 'C6',
          parent: null,
          settles: [],
          batch: null,
          evidence: 0,
        },
      ],
      [body],
    ),
  )
  return record
}

/** Submits until the archive holds about so many bytes; without waiting for the disk after each. */
export function fillArchive(vault: OpenVault, bytes: number): number {
  const database = vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  const words = 6000
  const count = Math.ceil(bytes / (words * 3 + 2000))
  database.transaction(() => {
    for (let index = 0; index < count; index++) submitOne(vault, words)
  })()
  return count
}

export function countRecords(vault: OpenVault): number {
  const database = vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  return (database.prepare('SELECT count(DISTINCT record) AS n FROM step').get() as { n: number }).n
}

/** The member with this login name, as the vault knows them. */
export function idOf(vault: OpenVault, login: string): Id {
  const control = vault.compartments.get('control')?.database
  if (control === undefined) throw new Error('no control')
  for (const [id, name] of readNames(control).members) if (name.login === login) return id
  throw new Error(`nobody is called ${login}`)
}

export function keyOf(vault: OpenVault, member: Id): Digest {
  const key = vault.authority.head.members.get(member)?.keys.find((candidate) => candidate.inForce)?.key
  if (key === undefined) throw new Error('no key in force')
  return key
}
