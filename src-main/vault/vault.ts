import { hkdfSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { AuthorityCommit, AuthorityHistory, MemberState } from '../../src-shared/access/authority.ts'
import { rolesInForce } from '../../src-shared/access/grants.ts'
import type { Compartment, Keyring, Role } from '../../src-shared/access/roles.ts'
import { readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import type { PreparedBody } from '../../src-shared/log/header.ts'
import { idSchema } from '../../src-shared/log/operations.ts'
import { signerFromSeed } from '../../src-shared/node/primitives.ts'
import { recordAttempt, waitSeconds, withdrawAttempt } from './attempts.ts'
import { appendAuthority, loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { appendCommit, type Appended, type OpenCompartment } from './compartment.ts'
import { isDamage, openDatabase, type Database } from './database.ts'
import type { KeyFile } from './key-file.ts'
import { openKeySlot, type OpenedSlot } from './key-slot.ts'
import { readKeyringFile, unwrapKeys, type KeyringFile } from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { readSecret } from './secrets.ts'

const vaultFileSchema = z.strictObject({
  type: z.literal('liandang/vault/1'),
  unit: idSchema,
  device: idSchema,
})

/** An unlocked vault: one member at one device. It lives until the process ends. */
export interface OpenVault {
  readonly layout: VaultLayout
  readonly primitives: Primitives
  readonly unit: Id
  readonly device: { readonly id: Id; readonly signer: Signer }
  readonly member: {
    readonly id: Id
    readonly login: string
    readonly signer: Signer
    readonly identity: string
  }
  readonly rootPublicKey: Uint8Array
  /** age identities of the keyrings this member holds. */
  readonly identities: ReadonlyMap<Keyring, string>
  /** Raw database keys, for workers that open their own connection. */
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
  readonly compartments: ReadonlyMap<Compartment, OpenCompartment>
  /** 32 bytes: seals the drafts of this member in the page. */
  readonly draftKey: Uint8Array
  readonly authority: AuthorityHistory
  /** The commits that `authority` was read from. */
  readonly authorityCommits: readonly AuthorityCommit[]
  /** The clock of the core, milliseconds since 1970: a deputy's days are counted by it. */
  now(): number
  close(): void
}

interface MutableVault extends OpenVault {
  loaded: LoadedAuthority
}

export function vaultExists(layout: VaultLayout): boolean {
  return existsSync(layout.vaultFile)
}

/**
 * Opens the vault for one member. Attempts that failed before stay counted until the caller has recorded them and
 * calls `forgetAttempts`.
 *
 * Errors: `vault/none`, `vault/wrong-password`, `vault/key-file-needed`, `vault/key-file-wrong`, `vault/slow-down` (with
 * `seconds`), `vault/slot-damaged`, `vault/damaged`, `vault/from-the-future`, and those of reading the authority chain.
 */
export async function unlockVault(
  primitives: Primitives,
  layout: VaultLayout,
  login: string,
  password: string,
  now: number,
  keyFile: KeyFile | null = null,
): Promise<Result<OpenVault>> {
  const marker = readVaultFile(layout)
  if (!marker.ok) return marker
  const slot = await tryPassword(layout, now, () => openKeySlot(layout.keySlots, login, password, keyFile))
  return slot.ok ? await openVault(primitives, layout, slot.value) : slot
}

/**
 * Tries a password at the pace that wrong ones are slowed down to, whoever's and wherever it is asked for.
 *
 * Errors: `vault/slow-down` (with `seconds`) and those of the attempt.
 */
export async function tryPassword<T>(
  layout: VaultLayout,
  now: number,
  attempt: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const waiting = waitSeconds(layout, now)
  if (waiting > 0) return err('vault/slow-down', { seconds: waiting })
  // Counted before the password is tried, so that a pulled plug does not win a free guess.
  const before = recordAttempt(layout, now)
  const result = await attempt()
  if (result.ok) withdrawAttempt(layout, before, now)
  return result
}

/**
 * Opens the vault with the secret of a member's slot, however that was opened.
 *
 * Errors: as {@link unlockVault}, but for those of the password.
 */
export async function openVault(
  primitives: Primitives,
  layout: VaultLayout,
  slot: OpenedSlot,
): Promise<Result<OpenVault>> {
  const marker = readVaultFile(layout)
  if (!marker.ok) return marker
  const file = readKeyringFile(layout.keyringFile)
  if (!file.ok) return file
  const { secret, member } = slot
  if (slot.unit !== marker.value.unit || file.value.unit !== marker.value.unit) return err('vault/damaged')
  const keys = await unwrapKeys(file.value, member, secret.identity)
  if (!keys.ok) return keys
  const databases = openDatabases(layout, keys.value.databaseKeys)
  if (!databases.ok) return databases
  const opened = assemble(primitives, layout, file.value, databases.value, {
    member,
    login: secret.login,
    seed: secret.signingSeed,
    identity: secret.identity,
    identities: keys.value.identities,
    databaseKeys: keys.value.databaseKeys,
  })
  if (!opened.ok) for (const database of databases.value.values()) database.close()
  return opened
}

interface Assembly {
  readonly member: Id
  readonly login: string
  readonly seed: Uint8Array
  readonly identity: string
  readonly identities: ReadonlyMap<Keyring, string>
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
}

function assemble(
  primitives: Primitives,
  layout: VaultLayout,
  file: KeyringFile,
  databases: ReadonlyMap<Compartment, Database>,
  with_: Assembly,
): Result<OpenVault> {
  const control = databases.get('control')
  if (control === undefined) return err('vault/compartment-closed')
  const rootPublicKey = readSecret(control, 'unit-root-public-key')
  const deviceSeed = readSecret(control, 'device-seed')
  if (rootPublicKey === null || deviceSeed === null) return err('vault/damaged', { file: 'control' })
  const loaded = loadAuthority(primitives, control, rootPublicKey)
  if (!loaded.ok) return loaded
  const head = loaded.value.history.head
  const device = head.devices.get(file.device)
  const signer = signerFromSeed(deviceSeed)
  if (device === undefined || device.key !== signer.keyId) return err('authority/device')
  const memberSigner = signerFromSeed(with_.seed)
  const member = head.members.get(with_.member)
  if (!member?.keys.some((key) => key.key === memberSigner.keyId && key.inForce)) {
    return err('authority/key-not-in-force')
  }
  const compartments = new Map<Compartment, OpenCompartment>()
  for (const [name, database] of databases) compartments.set(name, { name, database, log: device.logs[name] })
  const draftKey = new Uint8Array(hkdfSync('sha256', with_.seed, '', 'liandang/drafts/1', 32))
  const vault: MutableVault = {
    layout,
    primitives,
    unit: head.unit,
    device: { id: file.device, signer },
    member: { id: with_.member, login: with_.login, signer: memberSigner, identity: with_.identity },
    rootPublicKey,
    identities: with_.identities,
    databaseKeys: with_.databaseKeys,
    compartments,
    draftKey,
    loaded: loaded.value,
    get authority() {
      return this.loaded.history
    },
    get authorityCommits() {
      return this.loaded.commits
    },
    now: () => Date.now(),
    close() {
      for (const database of databases.values()) database.close()
    },
  }
  return ok(vault)
}

function openDatabases(
  layout: VaultLayout,
  keys: ReadonlyMap<Compartment, Uint8Array>,
): Result<ReadonlyMap<Compartment, Database>> {
  const opened = new Map<Compartment, Database>()
  for (const [compartment, key] of keys) {
    const kind = compartment === 'control' ? 'control' : 'business'
    const database = openDatabase(layout.database(compartment), key, kind, 'existing')
    if (!database.ok) {
      for (const other of opened.values()) other.close()
      return err(database.error.code, { ...database.error.detail, compartment })
    }
    opened.set(compartment, database.value)
  }
  return ok(opened)
}

export function readVaultFile(layout: VaultLayout): Result<{ readonly unit: Id; readonly device: Id }> {
  if (!existsSync(layout.vaultFile)) return err('vault/none')
  const value = readCanonical(new Uint8Array(readFileSync(layout.vaultFile)), 4096)
  const parsed = value.ok ? vaultFileSchema.safeParse(value.value) : null
  return parsed?.success ? ok(parsed.data) : err('vault/damaged', { file: 'vault' })
}

/** The roles of the member at work that are in force now: a deputy's end with their last day. */
export function heldRoles(vault: OpenVault): readonly Role[] {
  const member = vault.authority.head.members.get(vault.member.id) as MemberState
  return rolesInForce(member, momentOf(vault))
}

/** The moment by the core's clock, as headers carry it. */
export function momentOf(vault: OpenVault): string {
  return new Date(vault.now()).toISOString()
}

/** The first of `roles` that the member at work holds, or null. */
export function roleAmong(vault: OpenVault, roles: readonly Role[]): Role | null {
  const held = heldRoles(vault)
  return roles.find((role) => held.includes(role)) ?? null
}

export function openCompartment(vault: OpenVault, name: Compartment): Result<OpenCompartment> {
  const compartment = vault.compartments.get(name)
  return compartment === undefined ? err('vault/compartment-closed') : ok(compartment)
}

/** One signed, durable commit of the member at work in an archive or discipline log, or an access entry in control. */
export function commitAs(
  vault: OpenVault,
  compartment: Compartment,
  role: Role,
  at: string,
  operations: readonly Operation[],
  bodies: readonly PreparedBody[],
): Result<Appended> {
  const store = openCompartment(vault, compartment)
  if (!store.ok) return store
  const author = { unit: vault.unit, member: vault.member.id, role, signer: vault.member.signer }
  return guardDisk(() =>
    appendCommit(vault.primitives, store.value, vault.authority, { author, at, operations, bodies }),
  )
}

/** One signed commit of the authority chain by the member at work. */
export function commitAuthority(
  vault: OpenVault,
  role: Role,
  at: string,
  operations: readonly Operation[],
  bodies: readonly PreparedBody[],
): Result<Appended> {
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  const mutable = vault as MutableVault
  const author = { unit: vault.unit, member: vault.member.id, role, signer: vault.member.signer }
  const result = guardDisk(() =>
    appendAuthority(vault.primitives, control.value, vault.rootPublicKey, mutable.loaded, {
      author,
      at,
      operations,
      bodies,
    }),
  )
  if (!result.ok) return result
  mutable.loaded = result.value.loaded
  return ok(result.value.appended)
}

/** Turns the faults a disk or a second process can cause into codes; anything else is a defect and is thrown on. */
function guardDisk<T>(write: () => Result<T>): Result<T> {
  try {
    return write()
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) return err('vault/disk-full')
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_CONSTRAINT')) return err('vault/in-use')
    if (isDamage(error)) return err('vault/damaged')
    throw error
  }
}
