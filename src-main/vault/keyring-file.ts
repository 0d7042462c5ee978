import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { compartments, keyrings, type Compartment, type Keyring } from '../../src-shared/access/roles.ts'
import { fromBase64 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { digestSchema, idSchema } from '../../src-shared/log/operations.ts'
import { decryptWith, recipientOf } from '../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { databaseKeyBytes } from './database.ts'

const maximumBytes = 4 * 1024 * 1024
const ageText = z.string().max(8192)

/** Holders that are no members: their identities exist on the recovery sheets only. */
export const recoveryHolders = ['recovery-archive', 'recovery-discipline'] as const
export type RecoveryHolder = (typeof recoveryHolders)[number]

const wrapSchema = z.strictObject({
  holder: z.union([idSchema, z.enum(recoveryHolders)]),
  /** The member's signing key that the wrap was made for and dies with; null for a recovery identity. */
  key: digestSchema.nullable(),
  /** The keyring's identity, encrypted to the holder (base64 of an age file). */
  wrap: ageText,
})

const ringSchema = z.strictObject({
  epoch: z.int().min(1),
  recipient: z.string().max(200),
  /** Of the present epoch. */
  wraps: z.array(wrapSchema).max(4000),
  /** The identity of each epoch before, encrypted to the recipient of the one after it; newest first. */
  previous: z.array(ageText).max(4000),
})
export type FileRing = z.infer<typeof ringSchema>

const sealedKeySchema = z.strictObject({ epoch: z.int().min(1), sealed: ageText })
export type SealedDatabaseKey = z.infer<typeof sealedKeySchema>

/**
 * The outer door: a copy of the wraps that stand in the control log, because that log is behind them. Replacing a wrap
 * here opens nothing, since the databases are keyed to the identity it hides.
 */
const keyringFileSchema = z.strictObject({
  type: z.literal('liandang/keyrings/2'),
  unit: idSchema,
  device: idSchema,
  keyrings: z.record(z.enum(keyrings), ringSchema),
  /**
   * Per compartment: this device's raw database key, encrypted to the compartment's identity of that epoch. Two, the
   * new one first, while the database goes from one to the other: then either may be the one that opens it.
   */
  databases: z.record(z.enum(compartments), z.array(sealedKeySchema).min(1).max(2)),
  /**
   * Per compartment whose database is still keyed to an older epoch, or to one of the side of a fork that did not hold:
   * the keyring as it was then; two if a rekeying broke off before the keyring moved on again. Whoever started the new epoch may have wrapped it wrongly; until somebody has opened it
   * and keyed the database to it, the way before stays open.
   */
  doors: z.partialRecord(z.enum(compartments), z.array(ringSchema).min(1).max(8)).exactOptional(),
})
export type KeyringFile = z.infer<typeof keyringFileSchema>

/**
 * Replaces the file whole. What could not be read again is not written: the file from before stays.
 *
 * Errors: `vault/damaged` (with `file`).
 */
export function writeKeyringFile(path: string, content: KeyringFile): Result<true> {
  const bytes = canonicalBytes(content)
  const isReadable = bytes.length <= maximumBytes && keyringFileSchema.safeParse(content).success
  if (!isReadable) return err('vault/damaged', { file: 'keyrings' })
  writeFileAtomic(path, bytes)
  return ok(true)
}

/** Errors: `vault/damaged`. */
export function readKeyringFile(path: string): Result<KeyringFile> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch {
    return err('vault/damaged', { file: 'keyrings' })
  }
  const value = readCanonical(bytes, maximumBytes)
  const parsed = value.ok ? keyringFileSchema.safeParse(value.value) : null
  return parsed?.success ? ok(parsed.data) : err('vault/damaged', { file: 'keyrings' })
}

/** Who opens wraps: a member at a signing key, or a recovery identity. */
export interface Holder {
  readonly holder: Id | RecoveryHolder
  readonly key: Digest | null
  /** age identity. */
  readonly identity: string
}

/** Per keyring, the identities of its epochs that somebody can open, newest first and without a gap. */
export type Identities = ReadonlyMap<Keyring, readonly string[]>

/**
 * Opens the wraps made for this holder, and through them what older epochs are read with. A keyring without such a wrap,
 * or with one that does not open to the keyring's identity, is left out.
 */
export async function openRings(
  rings: KeyringFile['keyrings'],
  by: Holder,
  wanted: readonly Keyring[] = keyrings,
): Promise<Identities> {
  const identities = new Map<Keyring, readonly string[]>()
  for (const keyring of wanted) {
    const opened = await openRing(rings[keyring], by)
    if (opened !== null) identities.set(keyring, opened)
  }
  return identities
}

async function openRing(ring: FileRing, by: Holder): Promise<readonly string[] | null> {
  const found = ring.wraps.find(({ holder, key }) => holder === by.holder && key === by.key)
  if (found === undefined) return null
  const identity = await openIdentityOf(found.wrap, by.identity, ring.recipient)
  return identity === null ? null : [identity, ...(await openOlder(ring.previous, identity))]
}

/** The newest identity that opens a door of this compartment for a holder, or null. */
export async function openDoor(
  file: KeyringFile,
  compartment: Compartment,
  by: Holder,
): Promise<string | null> {
  for (const door of [...(file.doors?.[compartment] ?? [])].reverse()) {
    const opened = await openRing(door, by)
    if (opened !== null) return opened[0] ?? null
  }
  return null
}

/** Follows the epochs back as far as each opens with the one after it. */
async function openOlder(previous: readonly string[], newest: string): Promise<readonly string[]> {
  const older: string[] = []
  for (const sealed of previous) {
    const opened = await openText(sealed, older.at(-1) ?? newest)
    const identity = opened === null ? '' : new TextDecoder().decode(opened)
    if ((await recipientOrNull(identity)) === null) break
    older.push(identity)
  }
  return older
}

/** The identity in a wrap (base64 of an age file), if it is the one of this recipient. */
export async function openIdentityOf(
  wrap: string,
  identity: string,
  recipient: string,
): Promise<string | null> {
  const opened = await openText(wrap, identity)
  if (opened === null) return null
  const text = new TextDecoder().decode(opened)
  return (await recipientOrNull(text)) === recipient ? text : null
}

/** Null for what is no identity: the chain cannot tell what somebody encrypted. */
async function recipientOrNull(identity: string): Promise<string | null> {
  try {
    return await recipientOf(identity)
  } catch {
    return null
  }
}

export interface DatabaseKey extends SealedDatabaseKey {
  /** 32 bytes. */
  readonly key: Uint8Array
}

/**
 * The raw keys that the database of a compartment may be under, the new one first: more than one only while it is being
 * rekeyed. They open with `identities`, which are of the keyring as it is, or through the door that was left open.
 *
 * Errors: `vault/damaged`: there is nothing that this holder can open.
 */
export async function openDatabaseKeys(
  file: KeyringFile,
  compartment: Compartment,
  by: Holder,
  identities: readonly string[],
): Promise<Result<readonly DatabaseKey[]>> {
  const all = [...identities]
  for (const door of file.doors?.[compartment] ?? []) {
    const through = await openRing(door, by)
    if (through !== null) all.push(...through)
  }
  const keys: DatabaseKey[] = []
  for (const { epoch, sealed } of file.databases[compartment]) {
    const bytes = fromBase64(sealed)
    const key = bytes === null || all.length === 0 ? null : await decryptWith(all, bytes)
    if (key?.length === databaseKeyBytes) keys.push({ epoch, sealed, key })
  }
  return keys.length === 0 ? err('vault/damaged', { file: 'keyrings', compartment }) : ok(keys)
}

async function openText(text: string, identity: string): Promise<Uint8Array | null> {
  const bytes = fromBase64(text)
  return bytes === null ? null : await decryptWith([identity], bytes)
}
