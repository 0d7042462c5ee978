import { isHolder, keyInForce } from '../../src-shared/access/grants.ts'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { equalBytes } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../src-shared/kernel/canonical.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { placeCarriedSlots } from './carried-slots.ts'
import { readBodyBytes } from './body-table.ts'
import { openDatabase, type Database } from './database.ts'
import { holdToChain, ringsOfChain } from './epoch-rings.ts'
import {
  openDatabaseKeys,
  openRings,
  writeKeyringFile,
  type Holder,
  type Identities,
  type KeyringFile,
} from './keyring-file.ts'
import { refreshListing } from './listing.ts'
import type { VaultLayout } from './layout.ts'
import { openAllEpochs } from './older-epochs.ts'
import { foldAgain } from './projection.ts'
import { settleSlots } from './pending-slot.ts'
import { readSecret } from './secrets.ts'

export interface Store {
  readonly database: Database
  /** The raw key that it is under. */
  readonly key: Uint8Array
}

/** All that a member can open, and the chain that says they may. */
export interface Stores {
  readonly stores: ReadonlyMap<Compartment, Store>
  readonly identities: Identities
  readonly loaded: LoadedAuthority
  readonly rootPublicKey: Uint8Array
}

/**
 * Opens the control database through the file of keyrings, and then everything else as the chain in it says: the file
 * and the key slots are brought up to what the chain says on the way, whoever it is that comes.
 *
 * Errors: `vault/damaged`, `vault/from-the-future`, `authority/key-not-in-force`, `authority/not-a-holder`, those of
 * reading the authority chain.
 */
export async function openStores(
  primitives: Primitives,
  layout: VaultLayout,
  file: KeyringFile,
  by: Holder,
): Promise<Result<Stores>> {
  const ways = [file.keyrings.control, ...(file.doors?.control ?? [])]
  const isLetIn = ways.some(({ wraps }) =>
    wraps.some(({ holder, key }) => holder === by.holder && key === by.key),
  )
  if (!isLetIn) return err('authority/key-not-in-force')
  const first = await openRings(file.keyrings, by, ['control'])
  const control = await openStore(layout, file, 'control', by, first)
  if (!control.ok) return control
  const stores = new Map([['control' as Compartment, control.value]])
  const opened = await openBehind(primitives, layout, file, by, stores)
  if (!opened.ok) for (const { database } of stores.values()) database.close()
  return opened
}

async function openBehind(
  primitives: Primitives,
  layout: VaultLayout,
  before: KeyringFile,
  by: Holder,
  stores: Map<Compartment, Store>,
): Promise<Result<Stores>> {
  const { database: control } = stores.get('control') as Store
  const rootPublicKey = readSecret(control, 'unit-root-public-key')
  if (rootPublicKey === null) return err('vault/damaged', { file: 'control' })
  const loaded = loadAuthority(primitives, control, rootPublicKey)
  if (!loaded.ok) return loaded
  const file = writeAsChain(layout, before, control, loaded.value)
  if (!file.ok) return file
  const { head } = loaded.value.history
  const member = head.members.get(by.holder)
  if (member === undefined || by.key === null || keyInForce(member) !== by.key)
    return err('authority/key-not-in-force')
  // A right that is gone closes a compartment, also while its database still waits for a new key.
  const held = compartments.filter((name) => isHolder(head, name, by.holder, by.key ?? ''))
  if (!held.includes('control')) return err('authority/not-a-holder')
  const identities = await openAllEpochs(control, loaded.value, file.value.keyrings, by)
  const controlIdentities = identities.get('control') ?? []
  await placeCarriedSlots(primitives, layout, control, loaded.value, controlIdentities)
  for (const compartment of held) {
    if (compartment === 'control') continue
    const store = await openStore(layout, file.value, compartment, by, identities)
    // A wrap that opens nothing shuts its holder out of that compartment only.
    if (!store.ok && !identities.has(compartment)) continue
    if (!store.ok) return store
    stores.set(compartment, store.value)
    foldAgain({
      primitives,
      unit: head.unit,
      database: store.value.database,
      readBody: (digest) => readBodyBytes(store.value.database, digest),
    })
  }
  return ok({ stores, identities, loaded: loaded.value, rootPublicKey })
}

/**
 * Brings the file of keyrings and the key slots to what the chain says. A chain that does not fit into the file leaves
 * the file as it was, which still opens the databases. Errors: those of `ringsOfChain`.
 */
export function writeAsChain(
  layout: VaultLayout,
  file: KeyringFile,
  control: Database,
  loaded: LoadedAuthority,
): Result<KeyringFile> {
  const chain = ringsOfChain(control, loaded)
  if (!chain.ok) return chain
  const next = holdToChain(file, chain.value.rings)
  const isChanged = !equalBytes(canonicalBytes(next), canonicalBytes(file))
  const isKept = isChanged && !writeKeyringFile(layout.keyringFile, next).ok
  settleSlots(layout.keySlots, loaded.history)
  return ok(isKept ? file : next)
}

async function openStore(
  layout: VaultLayout,
  file: KeyringFile,
  compartment: Compartment,
  by: Holder,
  identities: Identities,
): Promise<Result<Store>> {
  const keys = await openDatabaseKeys(file, compartment, by, identities.get(compartment) ?? [])
  if (!keys.ok) return keys
  return openUnderAny(
    layout,
    compartment,
    keys.value.map(({ key }) => key),
  )
}

/** Opens a database under the first of these keys that it is under. Errors: `vault/damaged`, `vault/from-the-future`. */
export function openUnderAny(
  layout: VaultLayout,
  compartment: Compartment,
  keys: readonly Uint8Array[],
): Result<Store> {
  const kind = compartment === 'control' ? 'control' : 'business'
  let refusal: Result<never> = err('vault/damaged', { file: 'keyrings', compartment })
  for (const key of keys) {
    const database = openDatabase(layout.database(compartment), key, kind, 'existing')
    if (database.ok) {
      if (kind === 'business') database.value.transaction(() => refreshListing(database.value))()
      return ok({ database: database.value, key })
    }
    refusal = err(database.error.code, { ...database.error.detail, compartment })
  }
  return refusal
}
