import { statSync } from 'node:fs'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { equalBytes, fromBase64, toBase64 } from '../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'
import { databaseKeyBytes } from './database.ts'
import { withDoors } from './epoch-rings.ts'
import {
  openDatabaseKeys,
  readKeyringFile,
  writeKeyringFile,
  type DatabaseKey,
  type KeyringFile,
} from './keyring-file.ts'
import { openUnderAny } from './vault-opening.ts'
import { openCompartment, restoreCompartment, withdrawCompartment, type OpenVault } from './vault.ts'
import { holderAtWork, syncKeyringFile } from './wraps.ts'

/** A database that nobody has open, and the raw keys that it goes from and to. */
export interface RekeyOrder {
  readonly path: string
  readonly from: Uint8Array
  readonly to: Uint8Array
}

/** Carries out an order on a thread that may block; `rekeyDatabase` does the work. */
export type RekeyRunner = (order: RekeyOrder) => Promise<Result<true>>

/** Of a thousand steps, those that the pages take; the rest is moving them home, which cannot be watched. */
const pageSteps = 700
const allSteps = 1000
const watchEvery = 100

/**
 * The compartments at hand whose database on this device is not yet keyed to the present epoch alone: an epoch was
 * started, here or on another device, or a rekeying broke off. None while the chain is forked.
 */
export function rekeyDue(vault: OpenVault): readonly Compartment[] {
  const file = readKeyringFile(vault.layout.keyringFile)
  if (!file.ok || vault.authority.forked !== null) return []
  return compartments.filter((name) => vault.databaseKeys.has(name) && isDueIn(vault, file.value, name))
}

function isDueIn(vault: OpenVault, file: KeyringFile, compartment: Compartment): boolean {
  const present = vault.authority.head.keyrings.get(compartment)
  const [first, second] = file.databases[compartment]
  const hasDoor = file.doors?.[compartment] !== undefined
  const isPresent = file.keyrings[compartment].recipient === present?.recipient
  return hasDoor || !isPresent || first?.epoch !== present.epoch || second !== undefined
}

/**
 * Keys the database of a compartment on this device anew, to a random key that the identity of the present epoch seals.
 * Until it is done the compartment is closed (`vault/rekeying`); the other two and the channel go on. Killed at any
 * moment nothing is lost: both keys are in the file before the first page changes, and the older one leaves it after
 * the last has. Nothing happens where nothing is due.
 *
 * `progress` hears steps out of a thousand.
 *
 * Errors: `authority/forked`, `authority/not-a-holder`, `vault/in-use` (a job is reading it), `vault/disk-full`,
 * `vault/damaged`, `vault/compartment-closed`, `vault/rekeying`.
 */
export async function finishRekey(
  vault: OpenVault,
  compartment: Compartment,
  run: RekeyRunner,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Result<true>> {
  if (vault.authority.forked !== null) return err('authority/forked')
  const synced = await syncKeyringFile(vault)
  if (!synced.ok) return synced
  const file = readKeyringFile(vault.layout.keyringFile)
  if (!file.ok) return file
  if (!isDueIn(vault, file.value, compartment)) return ok(true)
  const keys = await keysOf(vault, compartment, file.value)
  if (!keys.ok) return keys
  const { present, newest } = keys.value
  const { databases } = file.value
  const sealed = fromBase64(databases[compartment][0]?.sealed ?? '')
  const first = sealed === null ? null : await decryptWith([newest], sealed)
  if (first !== null && equalBytes(first, present.key)) {
    const moved = checkpoint(vault, compartment)
    if (moved.ok) keepNewest(vault, compartment)
    return moved
  }
  const { epoch, recipient } = file.value.keyrings[compartment]
  const to = vault.primitives.randomBytes(databaseKeyBytes)
  const after = { epoch, sealed: toBase64(await encryptTo([recipient], to)) }
  const before = { epoch: present.epoch, sealed: present.sealed }
  const written = writeKeyringFile(vault.layout.keyringFile, {
    ...file.value,
    databases: { ...databases, [compartment]: [after, before] },
  })
  if (!written.ok) return written
  const done = await rekeyClosed(vault, compartment, { from: present.key, to }, run, progress)
  if (!done.ok) return done
  keepNewest(vault, compartment)
  progress(allSteps, allSteps)
  return ok(true)
}

interface OpenedKeys {
  /** The key that the database is under. */
  readonly present: DatabaseKey
  /** The identity of the present epoch. */
  readonly newest: string
}

async function keysOf(
  vault: OpenVault,
  compartment: Compartment,
  file: KeyringFile,
): Promise<Result<OpenedKeys>> {
  const store = openCompartment(vault, compartment)
  if (!store.ok) return store
  const identities = vault.identities.get(compartment) ?? []
  const [newest] = identities
  if (newest === undefined) return err('authority/not-a-holder', { compartment })
  const keys = await openDatabaseKeys(file, compartment, holderAtWork(vault), identities)
  if (!keys.ok) return keys
  const open = vault.databaseKeys.get(compartment)
  const present = keys.value.find(({ key }) => open !== undefined && equalBytes(key, open))
  return present === undefined
    ? err('vault/damaged', { file: 'keyrings', compartment })
    : ok({ present, newest })
}

/** The old key leaves the file: from here on nothing of this device needs it. */
function keepNewest(vault: OpenVault, compartment: Compartment): void {
  const file = readKeyringFile(vault.layout.keyringFile)
  if (!file.ok) return
  const { [compartment]: _closed, ...others } = file.value.doors ?? {}
  const kept = file.value.databases[compartment].slice(0, 1)
  const databases = { ...file.value.databases, [compartment]: kept }
  writeKeyringFile(vault.layout.keyringFile, withDoors({ ...file.value, databases }, others))
}

/** Moves every page home and empties the WAL: pages under the old key are gone from the database with that. */
function checkpoint(vault: OpenVault, compartment: Compartment): Result<true> {
  const store = openCompartment(vault, compartment)
  if (!store.ok) return store
  const [state] = store.value.database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return state?.busy === 0 ? ok(true) : err('vault/in-use', { compartment })
}

async function rekeyClosed(
  vault: OpenVault,
  compartment: Compartment,
  keys: Pick<RekeyOrder, 'from' | 'to'>,
  run: RekeyRunner,
  progress: (done: number, total: number) => void,
): Promise<Result<true>> {
  const withdrawn = withdrawCompartment(vault, compartment)
  if (!withdrawn.ok) return withdrawn
  const path = vault.layout.database(compartment)
  let furthest = 0
  const watch = setInterval(() => {
    furthest = Math.max(furthest, stepsDone(path))
    progress(furthest, allSteps)
  }, watchEvery)
  try {
    const result = await run({ path, ...keys })
    const store = openUnderAny(vault.layout, compartment, [keys.to, keys.from])
    restoreCompartment(vault, withdrawn.value, store.ok ? store.value : null)
    if (!store.ok) return store
    if (!result.ok) return result
    return equalBytes(store.value.key, keys.to) ? ok(true) : err('vault/damaged', { compartment })
  } finally {
    clearInterval(watch)
  }
}

/** The pages go through the WAL before they go home, so its length says how far it is. */
function stepsDone(path: string): number {
  const whole = sizeOf(path)
  return whole === 0 ? 0 : Math.min(pageSteps, Math.floor((sizeOf(`${path}-wal`) / whole) * pageSteps))
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
