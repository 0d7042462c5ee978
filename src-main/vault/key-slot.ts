import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import { fromBase64, toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { digestSchema, idSchema } from '../../src-shared/log/operations.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { signerFromSeed } from '../../src-shared/node/primitives.ts'
import type { KeyFile } from './key-file.ts'

// RFC 9106 §4, second recommended option.
const kdfMemoryKibibytes = 64 * 1024
const kdfPasses = 3
const kdfLanes = 4
const argon2id = 2
const maximumSlotBytes = 16 * 1024
/** Slots tried for one login name: one, unless somebody planted others, and each costs the whole KDF. */
const maximumTries = 8

const base64 = z.string().max(4096)

const slotSchema = z.strictObject({
  type: z.literal('liandang/keyslot/1'),
  unit: idSchema,
  member: idSchema,
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    // Floors keep a planted slot from weakening the KDF, ceilings keep it from exhausting the machine.
    memory: z
      .int()
      .min(kdfMemoryKibibytes)
      .max(1024 * 1024),
    passes: z.int().min(kdfPasses).max(16),
    lanes: z.int().min(1).max(16),
    salt: base64,
  }),
  /** HMAC-SHA-256 of the login name under the salt: finds the slot without a name in the clear. */
  login: z.string().regex(/^[0-9a-f]{64}$/),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  /**
   * The id of the key file that is needed beside the password. It stands in the clear, and so a missing or another file
   * is named as such before the password is judged: whoever reads the disk learns that the password alone opens
   * nothing, whoever sits at the keyboard that this login exists. Telling it only after the password had proved right
   * would need a proof of the password that lies outside the key file's protection, for a thief to guess against.
   */
  keyFile: idSchema.optional(),
  /** The id of the signing key inside: which of a member's keys a slot holds is seen without opening it. */
  key: digestSchema.optional(),
  sealed: base64,
  /** SHA-256 of the canonical rest: tells a damaged slot from a wrong password. It keeps nobody from changing one. */
  check: z.string().regex(/^[0-9a-f]{64}$/),
})
type Slot = z.infer<typeof slotSchema>

const secretSchema = z.strictObject({
  identity: z.string().max(200),
  login: z.string().max(40),
  signingSeed: z.string().regex(/^[0-9a-f]{64}$/),
})

/** What a member's password protects. */
export interface MemberSecret {
  /** Ed25519 seed, 32 bytes. */
  readonly signingSeed: Uint8Array
  /** age X25519 identity. */
  readonly identity: string
  readonly login: string
}

export interface OpenedSlot {
  readonly unit: Id
  readonly member: Id
  readonly secret: MemberSecret
}

export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

function loginTag(salt: Uint8Array, login: string): string {
  return createHmac('sha256', salt)
    .update(utf8(normalLogin(login)))
    .digest('hex')
}

async function slotKey(
  password: string,
  kdf: Slot['kdf'],
  salt: Uint8Array,
  keyFile: KeyFile | null,
): Promise<Uint8Array> {
  const stretched = await hashRaw(utf8(password.normalize('NFC')), {
    algorithm: argon2id,
    memoryCost: kdf.memory,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt,
  })
  if (keyFile === null) return stretched
  const mixed = hkdfSync('sha256', stretched, keyFile.secret, 'liandang/keyslot/key-file/1', 32)
  stretched.fill(0)
  return new Uint8Array(mixed)
}

function authenticatedPart(slot: Omit<Slot, 'sealed' | 'check'>): Uint8Array {
  const { type, unit, member, kdf, login, cipher, nonce, keyFile } = slot
  return canonicalBytes({
    type,
    unit,
    member,
    kdf,
    login,
    cipher,
    nonce,
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(slot.key === undefined ? {} : { key: slot.key }),
  })
}

/**
 * Seals a member's keys under their password, with a key file if they want one, and replaces the slot file whole. What
 * the operating system kept for the slot before ends with it.
 */
export async function writeKeySlot(
  directory: string,
  unit: Id,
  member: Id,
  password: string,
  secret: MemberSecret,
  keyFile: KeyFile | null = null,
): Promise<void> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const open: Omit<Slot, 'sealed' | 'check'> = {
    type: 'liandang/keyslot/1',
    unit,
    member,
    kdf: {
      name: 'argon2id',
      memory: kdfMemoryKibibytes,
      passes: kdfPasses,
      lanes: kdfLanes,
      salt: toBase64(salt),
    },
    login: loginTag(salt, secret.login),
    cipher: 'aes-256-gcm',
    nonce: toBase64(nonce),
    ...(keyFile === null ? {} : { keyFile: keyFile.id }),
    key: signerFromSeed(secret.signingSeed).keyId,
  }
  const key = await slotKey(password, open.kdf, salt, keyFile)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(authenticatedPart(open))
  const plaintext = secretBytes(secret)
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  key.fill(0)
  const slot = { ...open, sealed: toBase64(sealed) }
  writeFileAtomic(slotPath(directory, member), canonicalBytes({ ...slot, check: checkOf(slot) }))
  rmSync(systemSlotPath(directory, member), { force: true })
}

/** The bytes of a member's slot; null when there is none. */
export function readSlotBytes(directory: string, member: Id): Uint8Array | null {
  const path = slotPath(directory, member)
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null
}

/** The signing key that a member's slot holds; null when there is no slot, or none that can be read. */
export function slotKeyId(directory: string, member: Id): Digest | null {
  const path = slotPath(directory, member)
  return (existsSync(path) ? readSlot(path) : null)?.key ?? null
}

/** Whose slot may be placed, and what for. */
export interface SlotOwner {
  readonly unit: Id
  readonly member: Id
  readonly login: string
}

/**
 * Puts a slot from another device in its member's place. False when it is not what it should be: of another key, or
 * under another login name than its member's.
 */
export function placeCarriedSlot(
  directory: string,
  { unit, member, login }: SlotOwner,
  key: Digest,
  bytes: Uint8Array,
): boolean {
  const slot = parseSlot(bytes)
  if (slot === null || slot.unit !== unit || slot.member !== member || slot.key !== key) return false
  if (!isUnderLogin(slot, login)) return false
  writeFileAtomic(slotPath(directory, member), bytes)
  rmSync(systemSlotPath(directory, member), { force: true })
  return true
}

function slotPath(directory: string, member: Id): string {
  return join(directory, `${member}.json`)
}

/** Where the second slot of a member is, which the operating system's key storage opens. */
export function systemSlotPath(directory: string, member: Id): string {
  return join(directory, `${member}.system.json`)
}

/** The canonical plaintext of a slot. */
export function secretBytes(secret: MemberSecret): Uint8Array {
  return canonicalBytes({
    identity: secret.identity,
    login: normalLogin(secret.login),
    signingSeed: toHex(secret.signingSeed),
  })
}

/** Null if the bytes are not what {@link secretBytes} wrote. */
export function readSecretBytes(plaintext: Uint8Array): MemberSecret | null {
  const value = readCanonical(plaintext, maximumSlotBytes)
  const secret = value.ok ? secretSchema.safeParse(value.value) : null
  if (secret === null || !secret.success) return null
  const { identity, login, signingSeed } = secret.data
  return { identity, login, signingSeed: new Uint8Array(Buffer.from(signingSeed, 'hex')) }
}

function checkOf(slot: Omit<Slot, 'check'>): string {
  return createHash('sha256').update(canonicalBytes(slot)).digest('hex')
}

/**
 * Finds the slots of a login name and opens the first that the password opens: one that another member planted under the
 * same name is in nobody's way.
 *
 * Errors: `vault/wrong-password` (also for an unknown login: the answer does not tell which), `vault/key-file-needed`
 * and `vault/key-file-wrong` (of a slot that names another file), `vault/slot-damaged` (of this login, or of a login
 * that cannot be known any more).
 */
export async function openKeySlot(
  directory: string,
  login: string,
  password: string,
  keyFile: KeyFile | null = null,
): Promise<Result<OpenedSlot>> {
  const found = findSlots(directory, login)
  if (!found.ok) return found
  const refusals: Result<never>[] = []
  for (const slot of found.value) {
    const opened = await openSlot(slot, password, keyFile)
    if (opened.ok) return opened
    refusals.push(opened)
  }
  const first = refusalsByWeight.find((code) => refusals.some((one) => !one.ok && one.error.code === code))
  return err(first ?? 'vault/wrong-password')
}

/** What somebody with several slots under their name is told: first what they can do something about. */
const refusalsByWeight = [
  'vault/key-file-needed',
  'vault/key-file-wrong',
  'vault/wrong-password',
  'vault/slot-damaged',
] as const

async function openSlot(slot: Slot, password: string, keyFile: KeyFile | null): Promise<Result<OpenedSlot>> {
  const salt = fromBase64(slot.kdf.salt)
  const nonce = fromBase64(slot.nonce)
  const sealed = fromBase64(slot.sealed)
  if (salt === null || nonce?.length !== 12 || sealed === null || sealed.length < 17)
    return err('vault/slot-damaged')
  if (slot.keyFile !== undefined && keyFile === null) return err('vault/key-file-needed')
  if (slot.keyFile !== undefined && keyFile?.id !== slot.keyFile) return err('vault/key-file-wrong')
  // A file that nobody asked for does no harm: members who carry one may give it always.
  const key = await slotKey(password, slot.kdf, salt, slot.keyFile === undefined ? null : keyFile)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    decipher.setAAD(authenticatedPart(slot))
    decipher.setAuthTag(sealed.subarray(sealed.length - 16))
    const plaintext = Buffer.concat([
      decipher.update(sealed.subarray(0, sealed.length - 16)),
      decipher.final(),
    ])
    const secret = readSecretBytes(plaintext)
    return secret === null ? err('vault/slot-damaged') : ok({ unit: slot.unit, member: slot.member, secret })
  } catch {
    return err('vault/wrong-password')
  } finally {
    key.fill(0)
  }
}

/** Which key file a member's slot asks for, and the slot's check; null if the slot is gone or damaged. */
export function slotFacts(
  directory: string,
  member: Id,
): { readonly keyFile: Id | null; readonly check: string } | null {
  const path = slotPath(directory, member)
  const slot = existsSync(path) ? readSlot(path) : null
  return slot === null ? null : { keyFile: slot.keyFile ?? null, check: slot.check }
}

/** Whether any slot of the vault asks for a key file, so that the lock screen has a field for it. */
export function anyKeyFile(directory: string): boolean {
  return slotNames(directory).some((name) => readSlot(join(directory, name))?.keyFile !== undefined)
}

/** The members' slots as they stand in their files, to be handed to a new device. A damaged one is left out. */
export function slotTexts(directory: string): readonly { readonly member: Id; readonly text: string }[] {
  return slotNames(directory).flatMap((name) => {
    const path = join(directory, name)
    const slot = readSlot(path)
    return slot === null ? [] : [{ member: slot.member, text: readFileSync(path, 'utf8') }]
  })
}

/**
 * Puts a slot that came with the unit in its place, if its member is one of `logins` and the slot is under the login
 * name given there; any other is left out. Errors: `vault/slot-damaged` (also of another unit).
 */
export function placeSlot(
  directory: string,
  unit: Id,
  logins: ReadonlyMap<Id, string>,
  text: string,
): Result<boolean> {
  const bytes = utf8(text)
  const slot = parseSlot(bytes)
  if (slot === null || slot.unit !== unit) return err('vault/slot-damaged')
  const login = logins.get(slot.member)
  if (login === undefined || !isUnderLogin(slot, login)) return ok(false)
  writeFileAtomic(slotPath(directory, slot.member), bytes)
  return ok(true)
}

function isUnderLogin(slot: Slot, login: string): boolean {
  const salt = fromBase64(slot.kdf.salt)
  return salt !== null && loginTag(salt, login) === slot.login
}

function slotNames(directory: string): readonly string[] {
  // Without the folder there is no slot to open, and the lock screen says so when somebody tries.
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
    .sort()
}

function findSlots(directory: string, login: string): Result<readonly Slot[]> {
  let damaged = false
  const found: Slot[] = []
  for (const name of slotNames(directory)) {
    const slot = readSlot(join(directory, name))
    if (slot === null || fromBase64(slot.kdf.salt) === null || `${slot.member}.json` !== name) damaged = true
    else if (found.length < maximumTries && isUnderLogin(slot, login)) found.push(slot)
  }
  if (found.length > 0) return ok(found)
  return err(damaged ? 'vault/slot-damaged' : 'vault/wrong-password')
}

function readSlot(path: string): Slot | null {
  return parseSlot(new Uint8Array(readFileSync(path)))
}

function parseSlot(bytes: Uint8Array): Slot | null {
  const value = readCanonical(bytes, maximumSlotBytes)
  const parsed = value.ok ? slotSchema.safeParse(value.value) : null
  if (!parsed?.success) return null
  const { check, ...rest } = parsed.data
  return check === checkOf(rest) ? parsed.data : null
}
