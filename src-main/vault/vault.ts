import { hkdfSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { AuthorityCommit, AuthorityHistory, MemberState } from '../../src-shared/access/authority.ts'
import { rolesInForce } from '../../src-shared/access/grants.ts'
import type { Compartment, Role } from '../../src-shared/access/roles.ts'
import { readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import type { PreparedBody } from '../../src-shared/log/header.ts'
import { idSchema } from '../../src-shared/log/operations.ts'
import { signerFromSeed } from '../../src-shared/node/primitives.ts'
import { recordAttempt, waitSeconds, withdrawAttempt } from './attempts.ts'
import { appendAuthority, loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { appendCommit, type Appended, type OpenCompartment } from './compartment.ts'
import { diskFault } from './database.ts'
import { followAuthority } from './follow-authority.ts'
import type { KeyFile } from './key-file.ts'
import { openKeySlot, type OpenedSlot } from './key-slot.ts'
import { readKeyringFile, type Identities } from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { openPendingSlot } from './pending-slot.ts'
import { readSecret } from './secrets.ts'
import { heldAmong } from './transfer-queries.ts'
import { openStores, type Store, type Stores } from './vault-opening.ts'

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
  /** age identities of the keyrings this member holds: one for each epoch, newest first. */
  readonly identities: Identities
  /** Raw database keys, for workers that open their own connection. */
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
  readonly compartments: ReadonlyMap<Compartment, OpenCompartment>
  /** The compartment whose database is being rekeyed: until that is done it is none of `compartments`. */
  readonly rekeying: Compartment | null
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
  identities: Identities
  rekeying: Compartment | null
  readonly databaseKeys: Map<Compartment, Uint8Array>
  readonly compartments: Map<Compartment, OpenCompartment>
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
  const slot = await tryPassword(layout, now, async () => {
    const opened = await openKeySlot(layout.keySlots, login, password, keyFile)
    if (opened.ok) return opened
    // A crash may have come between the commit of new keys and their slot taking its place.
    const pending = await openPendingSlot(layout.keySlots, login, password, keyFile)
    return pending.ok ? pending : opened
  })
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
  const signer = signerFromSeed(secret.signingSeed)
  const by = { holder: member, key: signer.keyId, identity: secret.identity }
  const opened = await openStores(primitives, layout, file.value, by)
  if (!opened.ok) return opened
  const vault = assemble(primitives, layout, file.value.device, slot, opened.value)
  if (!vault.ok) for (const { database } of opened.value.stores.values()) database.close()
  return vault
}

function assemble(
  primitives: Primitives,
  layout: VaultLayout,
  deviceId: Id,
  { member, secret }: OpenedSlot,
  { stores, identities, loaded, rootPublicKey }: Stores,
): Result<OpenVault> {
  const { head } = loaded.history
  const control = stores.get('control')
  const deviceSeed = control === undefined ? null : readSecret(control.database, 'device-seed')
  if (deviceSeed === null) return err('vault/damaged', { file: 'control' })
  const device = head.devices.get(deviceId)
  const signer = signerFromSeed(deviceSeed)
  if (device === undefined || device.key !== signer.keyId) return err('authority/device')
  const compartments = new Map<Compartment, OpenCompartment>()
  const databaseKeys = new Map<Compartment, Uint8Array>()
  for (const [name, { database, key }] of stores) {
    compartments.set(name, { name, database, log: device.logs[name] })
    databaseKeys.set(name, key)
  }
  const draftKey = new Uint8Array(hkdfSync('sha256', secret.signingSeed, '', 'liandang/drafts/1', 32))
  const vault: MutableVault = {
    layout,
    primitives,
    unit: head.unit,
    device: { id: deviceId, signer },
    member: {
      id: member,
      login: secret.login,
      signer: signerFromSeed(secret.signingSeed),
      identity: secret.identity,
    },
    rootPublicKey,
    identities,
    databaseKeys,
    compartments,
    rekeying: null,
    draftKey,
    loaded,
    get authority() {
      return this.loaded.history
    },
    get authorityCommits() {
      return this.loaded.commits
    },
    now: () => Date.now(),
    close() {
      for (const { database } of compartments.values()) database.close()
    },
  }
  bringUpToDate(vault)
  return ok(vault)
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

/** Errors: `vault/compartment-closed`, `vault/rekeying`. */
export function openCompartment(vault: OpenVault, name: Compartment): Result<OpenCompartment> {
  if (vault.rekeying === name) return err('vault/rekeying', { compartment: name })
  const compartment = vault.compartments.get(name)
  return compartment === undefined ? err('vault/compartment-closed') : ok(compartment)
}

/**
 * One signed, durable commit of the member at work in an archive or discipline log, or an access entry in control.
 *
 * Errors: `transfer/held` {cadre}, those of {@link appendCommit}.
 */
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
  // What was handed over is another unit's to go on with, or will be when its receipt comes.
  const held = compartment === 'archive' ? heldAmong(store.value.database, operations) : null
  if (held !== null) return err('transfer/held', { cadre: held })
  const author = { unit: vault.unit, member: vault.member.id, role, signer: vault.member.signer }
  return guardDisk(() =>
    appendCommit(vault.primitives, store.value, vault.authority, { author, at, operations, bodies }),
  )
}

/**
 * One signed commit of the authority chain by the member at work. It follows the newest one, unless another is named:
 * where the chain has split, a settlement follows the side it keeps.
 */
export function commitAuthority(
  vault: OpenVault,
  role: Role,
  at: string,
  operations: readonly Operation[],
  bodies: readonly PreparedBody[],
  follows: Digest | null = null,
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
      follows,
    }),
  )
  if (!result.ok) return result
  mutable.loaded = result.value.loaded
  bringUpToDate(vault)
  return ok(result.value.appended)
}

/** Marks and tables of what is open follow the chain as it is read now. */
function bringUpToDate(vault: OpenVault): readonly Compartment[] {
  const { primitives, unit, authority: history, compartments } = vault
  const databases = new Map([...compartments].map(([name, { database }]) => [name, database]))
  return followAuthority({ primitives, unit, history, databases })
}

/**
 * Reads the chain anew after commits of other devices were stored in control. `syncKeyringFile` brings the file of
 * keyrings and the identities after it. Returns the compartments whose marks and tables were derived again for it.
 *
 * Errors: those of {@link loadAuthority}.
 */
export function reloadAuthority(vault: OpenVault): Result<readonly Compartment[]> {
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  const loaded = loadAuthority(vault.primitives, control.value.database, vault.rootPublicKey)
  if (!loaded.ok) return loaded
  const mutable = vault as MutableVault
  mutable.loaded = loaded.value
  return ok(bringUpToDate(vault))
}

/** Takes in the identities that the member at work can open now. */
export function renewIdentities(vault: OpenVault, identities: Identities): void {
  const mutable = vault as MutableVault
  mutable.identities = identities
}

/** Closes a compartment so that its database can be rekeyed. Errors: `vault/compartment-closed`, `vault/in-use`. */
export function withdrawCompartment(vault: OpenVault, name: Compartment): Result<OpenCompartment> {
  const mutable = vault as MutableVault
  if (vault.rekeying !== null) return err('vault/rekeying', { compartment: vault.rekeying })
  const store = openCompartment(vault, name)
  if (!store.ok) return store
  try {
    store.value.database.close()
  } catch {
    return err('vault/in-use', { compartment: name })
  }
  mutable.compartments.delete(name)
  mutable.rekeying = name
  return store
}

/** Puts a compartment back after {@link withdrawCompartment}, or leaves it closed when its database does not open. */
export function restoreCompartment(vault: OpenVault, withdrawn: OpenCompartment, store: Store | null): void {
  const mutable = vault as MutableVault
  const { name, log } = withdrawn
  mutable.rekeying = null
  if (store === null) {
    mutable.databaseKeys.delete(name)
    return
  }
  mutable.databaseKeys.set(name, store.key)
  mutable.compartments.set(name, { name, log, database: store.database })
}

/** Turns the faults a disk or a second process can cause into codes; anything else is a defect and is thrown on. */
export function guardDisk<T>(write: () => Result<T>): Result<T> {
  try {
    return write()
  } catch (error) {
    const code = diskFault(error)
    if (code === null) throw error
    return err(code)
  }
}
