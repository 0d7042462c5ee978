import { mkdirSync, renameSync, rmSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { isSameCode, unitCode } from '../../src-shared/enrolment/codes.ts'
import { readPackage, type EnrolmentPackage } from '../../src-shared/enrolment/package.ts'
import { fromHex, toBase64 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../src-shared/kernel/canonical.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { verifyEnvelope, type Envelope } from '../../src-shared/log/envelope.ts'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'
import { syncDirectory, writeFileAtomic } from '../../src-shared/node/files.ts'
import { loadAuthority, type LoadedAuthority } from '../vault/authority-log.ts'
import { databaseKeyBytes, openDatabase, type Database } from '../vault/database.ts'
import { loginsInForce } from '../vault/carried-slots.ts'
import { ringsOfChain } from '../vault/epoch-rings.ts'
import { readingOf } from '../vault/follow-authority.ts'
import { placeSlot } from '../vault/key-slot.ts'
import { writeKeyringFile, type KeyringFile } from '../vault/keyring-file.ts'
import { vaultLayout, type VaultLayout } from '../vault/layout.ts'
import { createLog } from '../vault/log-table.ts'
import { setAuthorityReading } from '../vault/peer-table.ts'
import { writeSecret } from '../vault/secrets.ts'
import { takeBundle } from './intake.ts'
import type { PendingDevice } from './join-request.ts'

export interface JoinInput {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly pending: PendingDevice
  /** The package, an age file to this device. */
  readonly package: Uint8Array
  /** What was typed from the other screen. */
  readonly code: string
  readonly at: string
  readonly signal: AbortSignal
  /** The bundle of this name. Errors: where it cannot be had. */
  bundle(file: string): Promise<Result<string | AsyncIterable<Uint8Array>>>
  progress(done: number, total: number): void
}

/**
 * Makes the vault of a device that joins a unit. The unit is the one whose code was typed; from its root key on
 * everything is verified, the founding commit first. The vault is made aside, moved into place when it is whole, and
 * exists with `vault.json`, which is written last; what fails before leaves nothing. Returns how many commits came.
 *
 * Errors: `device/package-wrong`, `device/code-wrong`, `device/not-admitted`, those of `takeBundle` and of `bundle`.
 */
export async function joinUnit(input: JoinInput): Promise<Result<number>> {
  const { primitives, pending } = input
  const plaintext = await decryptWith([pending.identity], input.package)
  if (plaintext === null) return err('device/package-wrong', { reason: 'recipient' })
  const read = readPackage(plaintext)
  if (!read.ok) return read
  const { content, envelope } = read.value
  const expected = unitCode(primitives, content.unit, content.rootPublicKey, pending.opened.digest)
  if (!isSameCode(expected, input.code)) return err('device/code-wrong')
  if (content.request !== pending.opened.digest) return err('device/package-wrong', { reason: 'request' })
  const made = vaultLayout(join(input.layout.joining, 'vault'))
  rmSync(made.directory, { recursive: true, force: true })
  mkdirSync(made.directory, { recursive: true, mode: 0o700 })
  try {
    const built = await build(input, content, envelope, made)
    if (!built.ok) return built
    moveIntoPlace(input.layout, made, content, pending)
    return built
  } finally {
    rmSync(made.directory, { recursive: true, force: true })
  }
}

interface NewDatabase {
  readonly database: Database
  readonly key: Uint8Array
}

async function build(
  input: JoinInput,
  content: EnrolmentPackage,
  envelope: Envelope,
  layout: VaultLayout,
): Promise<Result<number>> {
  const opened = createDatabases(input, content, layout)
  if (!opened.ok) return opened
  const stores = opened.value
  try {
    const taken = await takeBundles(input, content, layout, stores)
    if (!taken.ok) return taken
    const { loaded, commits } = taken.value
    const { head } = loaded.history
    const writer = head.devices.get(content.device)
    const signed =
      writer?.inForce === true &&
      verifyEnvelope(input.primitives, envelope, fromHex(writer.publicKey) as Uint8Array)
    if (!signed) return err('device/package-wrong', { reason: 'signature' })
    const { database: control } = stores.get('control') as NewDatabase
    const rings = ringsOfChain(control, loaded)
    if (!rings.ok) return rings
    const databases: Partial<KeyringFile['databases']> = {}
    for (const [compartment, { database, key }] of stores) {
      setAuthorityReading(database, readingOf(input.primitives, loaded.history))
      const { epoch, recipient } = rings.value.rings[compartment]
      databases[compartment] = [{ epoch, sealed: toBase64(await encryptTo([recipient], key)) }]
      key.fill(0)
    }
    const written = writeKeyringFile(layout.keyringFile, {
      type: 'liandang/keyrings/2',
      unit: content.unit,
      device: input.pending.opened.request.device,
      keyrings: rings.value.rings,
      databases: databases as KeyringFile['databases'],
    })
    if (!written.ok) return written
    // Who wrote the package may not have known of a removal that another device brought into the same log.
    const logins = loginsInForce(control, loaded)
    for (const text of content.slots) {
      const placed = placeSlot(layout.keySlots, content.unit, logins, text)
      if (!placed.ok) return placed
    }
    return ok(commits)
  } finally {
    for (const { database } of stores.values()) database.close()
  }
}

/** Every compartment has its database, also one that nothing came for: whoever holds its key can bring that later. */
function createDatabases(
  { primitives, pending }: JoinInput,
  content: EnrolmentPackage,
  layout: VaultLayout,
): Result<ReadonlyMap<Compartment, NewDatabase>> {
  const stores = new Map<Compartment, NewDatabase>()
  for (const compartment of compartments) {
    const key = primitives.randomBytes(databaseKeyBytes)
    const kind = compartment === 'control' ? 'control' : 'business'
    const opened = openDatabase(layout.database(compartment), key, kind, 'new')
    if (!opened.ok) {
      for (const { database } of stores.values()) database.close()
      return opened
    }
    const database = opened.value
    stores.set(compartment, { database, key })
    createLog(database, pending.opened.request.logs[compartment], 'device')
    if (compartment !== 'control') continue
    writeSecret(database, 'device-seed', pending.seed)
    writeSecret(database, 'unit-root-public-key', fromHex(content.rootPublicKey) as Uint8Array)
  }
  return ok(stores)
}

async function takeBundles(
  input: JoinInput,
  content: EnrolmentPackage,
  layout: VaultLayout,
  stores: ReadonlyMap<Compartment, NewDatabase>,
): Promise<Result<{ readonly loaded: LoadedAuthority; readonly commits: number }>> {
  const { primitives, pending } = input
  const { device, logs } = pending.opened.request
  const rootPublicKey = fromHex(content.rootPublicKey) as Uint8Array
  const databases = new Map([...stores].map(([name, { database }]) => [name, database]))
  let loaded: LoadedAuthority | null = null
  let commits = 0
  for (const [index, { compartment, file, sha256 }] of content.bundles.entries()) {
    if ((index === 0) !== (compartment === 'control')) {
      return err('device/package-wrong', { reason: 'bundles' })
    }
    input.progress(index, content.bundles.length)
    const source = await input.bundle(file)
    if (!source.ok) return source
    const taken = await takeBundle(
      {
        primitives,
        layout,
        unit: content.unit,
        rootPublicKey,
        device,
        logs,
        loaded,
        databases,
        identities: [pending.identity],
        at: input.at,
        signal: input.signal,
        progress: (done, total) => input.progress(index * total + done, content.bundles.length * total),
      },
      source.value,
    )
    if (!taken.ok) return taken.error.code === 'authority/device' ? err('device/not-admitted') : taken
    if (taken.value.compartment !== compartment || taken.value.sha256 !== sha256) {
      return err('device/package-wrong', { reason: 'bundle' })
    }
    commits += taken.value.commits
    if (compartment !== 'control') continue
    const read = loadAuthority(primitives, databases.get('control') as Database, rootPublicKey)
    if (!read.ok) return read
    loaded = read.value
    if (!isAdmitted(loaded, pending)) return err('device/not-admitted')
  }
  return loaded === null ? err('device/package-wrong', { reason: 'bundles' }) : ok({ loaded, commits })
}

function isAdmitted({ history }: LoadedAuthority, { opened, signer }: PendingDevice): boolean {
  const { device, logs } = opened.request
  const known = history.head.devices.get(device)
  return (
    known?.inForce === true &&
    known.key === signer.keyId &&
    compartments.every((compartment) => known.logs[compartment] === logs[compartment])
  )
}

/** From here on nothing is looked at any more. `vault.json` is the last, and what was pending goes after it. */
function moveIntoPlace(
  layout: VaultLayout,
  made: VaultLayout,
  content: EnrolmentPackage,
  pending: PendingDevice,
): void {
  const moves: [string, string][] = [
    ...compartments.map((name): [string, string] => [made.database(name), layout.database(name)]),
    [made.keyringFile, layout.keyringFile],
    [made.keySlots, layout.keySlots],
    [made.evidence, layout.evidence],
  ]
  rmSync(made.incoming, { recursive: true, force: true })
  for (const [from, to] of moves) {
    // Something of this name belongs to a joining or a founding that broke off: there is no vault here.
    for (const suffix of ['', '-wal', '-shm']) rmSync(to + suffix, { recursive: true, force: true })
    if (existsSync(from)) renameSync(from, to)
  }
  syncDirectory(layout.directory)
  const { device } = pending.opened.request
  writeFileAtomic(layout.vaultFile, canonicalBytes({ device, type: 'liandang/vault/1', unit: content.unit }))
  rmSync(layout.joining, { recursive: true, force: true })
}
