import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import { fromBase64, toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { idSchema } from '../../src-shared/log/operations.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'

// RFC 9106 §4, second recommended option.
const kdfMemoryKibibytes = 64 * 1024
const kdfPasses = 3
const kdfLanes = 4
const argon2id = 2
const maximumSlotBytes = 16 * 1024

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

async function slotKey(password: string, kdf: Slot['kdf'], salt: Uint8Array): Promise<Buffer> {
  return await hashRaw(utf8(password.normalize('NFC')), {
    algorithm: argon2id,
    memoryCost: kdf.memory,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt,
  })
}

function authenticatedPart(slot: Omit<Slot, 'sealed' | 'check'>): Uint8Array {
  const { type, unit, member, kdf, login, cipher, nonce } = slot
  return canonicalBytes({ type, unit, member, kdf, login, cipher, nonce })
}

/** Seals a member's keys under their password and writes the slot file. */
export async function writeKeySlot(
  directory: string,
  unit: Id,
  member: Id,
  password: string,
  secret: MemberSecret,
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
  }
  const key = await slotKey(password, open.kdf, salt)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(authenticatedPart(open))
  const plaintext = canonicalBytes({
    identity: secret.identity,
    login: normalLogin(secret.login),
    signingSeed: toHex(secret.signingSeed),
  })
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  key.fill(0)
  const slot = { ...open, sealed: toBase64(sealed) }
  writeFileAtomic(join(directory, `${member}.json`), canonicalBytes({ ...slot, check: checkOf(slot) }))
}

function checkOf(slot: Omit<Slot, 'check'>): string {
  return createHash('sha256').update(canonicalBytes(slot)).digest('hex')
}

/**
 * Finds the slot of a login name and opens it.
 *
 * Errors: `vault/wrong-password` (also for an unknown login: the answer does not tell which), `vault/slot-damaged` (of
 * this login, or of a login that cannot be known any more).
 */
export async function openKeySlot(
  directory: string,
  login: string,
  password: string,
): Promise<Result<OpenedSlot>> {
  const found = findSlot(directory, login)
  if (!found.ok) return found
  const slot = found.value
  const salt = fromBase64(slot.kdf.salt)
  const nonce = fromBase64(slot.nonce)
  const sealed = fromBase64(slot.sealed)
  if (salt === null || nonce?.length !== 12 || sealed === null || sealed.length < 17)
    return err('vault/slot-damaged')
  const key = await slotKey(password, slot.kdf, salt)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    decipher.setAAD(authenticatedPart(slot))
    decipher.setAuthTag(sealed.subarray(sealed.length - 16))
    const plaintext = Buffer.concat([
      decipher.update(sealed.subarray(0, sealed.length - 16)),
      decipher.final(),
    ])
    const value = readCanonical(plaintext, maximumSlotBytes)
    const secret = value.ok ? secretSchema.safeParse(value.value) : null
    if (secret === null || !secret.success) return err('vault/slot-damaged')
    const { identity, signingSeed } = secret.data
    return ok({
      unit: slot.unit,
      member: slot.member,
      secret: {
        identity,
        login: secret.data.login,
        signingSeed: new Uint8Array(Buffer.from(signingSeed, 'hex')),
      },
    })
  } catch {
    return err('vault/wrong-password')
  } finally {
    key.fill(0)
  }
}

function findSlot(directory: string, login: string): Result<Slot> {
  let damaged = false
  for (const name of readdirSync(directory).sort()) {
    if (!/^[0-9a-f]{32}\.json$/.test(name)) continue
    const slot = readSlot(join(directory, name))
    const salt = slot === null ? null : fromBase64(slot.kdf.salt)
    if (slot === null || salt === null || `${slot.member}.json` !== name) damaged = true
    else if (loginTag(salt, login) === slot.login) return ok(slot)
  }
  return err(damaged ? 'vault/slot-damaged' : 'vault/wrong-password')
}

function readSlot(path: string): Slot | null {
  const value = readCanonical(new Uint8Array(readFileSync(path)), maximumSlotBytes)
  const parsed = value.ok ? slotSchema.safeParse(value.value) : null
  if (!parsed?.success) return null
  const { check, ...rest } = parsed.data
  return check === checkOf(rest) ? parsed.data : null
}
