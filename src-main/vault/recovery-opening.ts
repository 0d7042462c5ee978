import { equalBytes } from '../../src-shared/kernel/bytes.ts'
import {
  compartments,
  keyrings,
  recoveryOf,
  type Compartment,
  type Keyring,
} from '../../src-shared/access/roles.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { openDatabaseReadOnly, type Database } from './database.ts'
import {
  openDatabaseKeys,
  openRings,
  readKeyringFile,
  type DatabaseKey,
  type Holder,
  type Identities,
  type KeyringFile,
} from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { readLog } from './log-table.ts'
import type { KitSecrets } from './recovery-kit.ts'
import { readSecret } from './secrets.ts'

/** What the recovery identities open. */
interface KitKeys {
  readonly file: KeyringFile
  readonly identities: Identities
  /** More than one for a database that is being rekeyed. */
  readonly databaseKeys: ReadonlyMap<Compartment, readonly DatabaseKey[]>
}

/**
 * Opens every keyring and every database key of the vault on the disk with the recovery identities alone.
 *
 * Errors: `recovery/sheets-open-nothing` (with `keyring`), `vault/damaged`.
 */
async function openKeysWithKit(layout: VaultLayout, kit: KitSecrets): Promise<Result<KitKeys>> {
  const file = readKeyringFile(layout.keyringFile)
  if (!file.ok) return file
  const opened = await openAllRingsWithKit(file.value.keyrings, kit)
  if (!opened.ok) return opened
  const identities = opened.value
  const databaseKeys = new Map<Compartment, readonly DatabaseKey[]>()
  for (const compartment of compartments) {
    const held = identities.get(compartment) ?? []
    const keys = await openDatabaseKeys(file.value, compartment, holderOf(kit, compartment), held)
    if (!keys.ok) return err('recovery/sheets-open-nothing', { compartment })
    databaseKeys.set(compartment, keys.value)
  }
  return ok({ file: file.value, identities, databaseKeys })
}

/** Opens every keyring, or says which one it does not. Errors: `recovery/sheets-open-nothing`. */
async function openAllRingsWithKit(
  rings: KeyringFile['keyrings'],
  kit: KitSecrets,
): Promise<Result<Identities>> {
  const identities = await openRingsWithKit(rings, kit)
  const closed = keyrings.find((keyring) => !identities.has(keyring))
  return closed === undefined ? ok(identities) : err('recovery/sheets-open-nothing', { keyring: closed })
}

/**
 * Opens the keyrings with the recovery identity each is wrapped to. One whose wrap is worthless is left out: it does not
 * take the kit away from the others.
 */
export async function openRingsWithKit(rings: KeyringFile['keyrings'], kit: KitSecrets): Promise<Identities> {
  const identities = new Map<Keyring, readonly string[]>()
  for (const keyring of keyrings) {
    const opened = await openRings(rings, holderOf(kit, keyring), [keyring])
    for (const epochs of opened.values()) identities.set(keyring, epochs)
  }
  return identities
}

/**
 * The keys of the control database, with the recovery identities alone: all that it takes to give a member new keys.
 *
 * Errors: `recovery/sheets-open-nothing`, `vault/damaged`.
 */
export async function openControlWithKit(
  layout: VaultLayout,
  kit: KitSecrets,
): Promise<Result<{ readonly file: KeyringFile; readonly keys: readonly DatabaseKey[] }>> {
  const file = readKeyringFile(layout.keyringFile)
  if (!file.ok) return file
  const by = holderOf(kit, 'control')
  const identities = await openRings(file.value.keyrings, by, ['control'])
  const keys = await openDatabaseKeys(file.value, 'control', by, identities.get('control') ?? [])
  if (!keys.ok) return err('recovery/sheets-open-nothing', { compartment: 'control' })
  return ok({ file: file.value, keys: keys.value })
}

function holderOf(kit: KitSecrets, keyring: Keyring): Holder {
  const holder = recoveryOf(keyring)
  const identity = holder === 'recovery-archive' ? kit.recoveryArchive : kit.recoveryDiscipline
  return { holder, key: null, identity }
}

/**
 * Proves on the files of a vault that a kit opens all of it: every keyring, every database, and that the chain of
 * authority in it stands under the root key of the kit. Reads only.
 *
 * Errors: `recovery/sheets-open-nothing` (with `keyring` or `compartment`), `vault/damaged`, those of reading the
 * authority chain.
 */
export async function proveKit(
  primitives: Primitives,
  layout: VaultLayout,
  kit: KitSecrets,
): Promise<Result<LoadedAuthority>> {
  const keys = await openKeysWithKit(layout, kit)
  if (!keys.ok) return keys
  const databases = new Map<Compartment, Database>()
  try {
    for (const compartment of compartments) {
      const opened = openWithAny(layout.database(compartment), keys.value.databaseKeys.get(compartment) ?? [])
      if (opened === null) return err('recovery/sheets-open-nothing', { compartment })
      databases.set(compartment, opened)
    }
    return proveAuthority(primitives, keys.value.file, databases, kit)
  } finally {
    for (const database of databases.values()) database.close()
    for (const { key } of [...keys.value.databaseKeys.values()].flat()) key.fill(0)
  }
}

function openWithAny(path: string, keys: readonly DatabaseKey[]): Database | null {
  for (const { key } of keys) {
    const opened = openDatabaseReadOnly(path, key)
    if (opened.ok) return opened.value
  }
  return null
}

function proveAuthority(
  primitives: Primitives,
  file: KeyringFile,
  databases: ReadonlyMap<Compartment, Database>,
  kit: KitSecrets,
): Result<LoadedAuthority> {
  const control = databases.get('control') as Database
  const rootPublicKey = readSecret(control, 'unit-root-public-key')
  if (rootPublicKey === null || !equalBytes(rootPublicKey, kit.root.publicKey)) {
    return err('recovery/sheets-open-nothing', { compartment: 'control' })
  }
  const loaded = loadAuthority(primitives, control, kit.root.publicKey)
  if (!loaded.ok) return loaded
  const device = loaded.value.history.head.devices.get(file.device)
  for (const [compartment, database] of databases) {
    if (device === undefined || readLog(database, device.logs[compartment]) === undefined) {
      return err('recovery/sheets-open-nothing', { compartment })
    }
  }
  return loaded
}
