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
import { recipientOf } from '../../src-shared/node/age.ts'
import { loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { openDatabaseReadOnly, type Database } from './database.ts'
import { readKeyringFile, unwrapKeys, type KeyringFile } from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { readLog } from './log-table.ts'
import type { KitSecrets } from './recovery-kit.ts'
import { readSecret } from './secrets.ts'

/** What the recovery identities open. */
export interface KitKeys {
  readonly file: KeyringFile
  readonly identities: ReadonlyMap<Keyring, string>
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
}

/**
 * Opens every keyring and every database key of the vault on the disk with the recovery identities alone.
 *
 * Errors: `recovery/sheets-open-nothing` (with `keyring`), `vault/damaged`.
 */
export async function openKeysWithKit(layout: VaultLayout, kit: KitSecrets): Promise<Result<KitKeys>> {
  const file = readKeyringFile(layout.keyringFile)
  if (!file.ok) return file
  const identities = new Map<Keyring, string>()
  const databaseKeys = new Map<Compartment, Uint8Array>()
  for (const [holder, identity] of [
    ['recovery-archive', kit.recoveryArchive],
    ['recovery-discipline', kit.recoveryDiscipline],
  ] as const) {
    const keys = await unwrapKeys(file.value, holder, identity)
    if (!keys.ok) return err('recovery/sheets-open-nothing', keys.error.detail)
    for (const [keyring, opened] of keys.value.identities) {
      if (recoveryOf(keyring) === holder) identities.set(keyring, opened)
    }
    for (const [compartment, key] of keys.value.databaseKeys) databaseKeys.set(compartment, key)
  }
  for (const keyring of keyrings) {
    const identity = identities.get(keyring)
    if (identity === undefined || (await recipientOf(identity)) !== file.value.keyrings[keyring]?.recipient) {
      return err('recovery/sheets-open-nothing', { keyring })
    }
  }
  return ok({ file: file.value, identities, databaseKeys })
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
      const key = keys.value.databaseKeys.get(compartment)
      const opened = key === undefined ? null : openDatabaseReadOnly(layout.database(compartment), key)
      if (opened === null || !opened.ok) return err('recovery/sheets-open-nothing', { compartment })
      databases.set(compartment, opened.value)
    }
    return proveAuthority(primitives, keys.value.file, databases, kit)
  } finally {
    for (const database of databases.values()) database.close()
    for (const key of keys.value.databaseKeys.values()) key.fill(0)
  }
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
