import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { fromBase64, toBase64 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { digestSchema, idSchema } from '../../src-shared/log/operations.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import {
  normalLogin,
  readSecretBytes,
  secretBytes,
  slotFacts,
  systemSlotPath,
  type MemberSecret,
  type OpenedSlot,
} from './key-slot.ts'

const maximumSlotBytes = 16 * 1024
const base64 = z.string().max(4096)

const systemSlotSchema = z.strictObject({
  type: z.literal('liandang/system-slot/1'),
  /** Names the key that the desktop shell keeps in the operating system's key storage. */
  id: idSchema,
  unit: idSchema,
  member: idSchema,
  /** `check` of the member's own slot when this one was made: a slot that was written anew leaves this one void. */
  slot: digestSchema,
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  sealed: base64,
})
type SystemSlot = z.infer<typeof systemSlotSchema>

/** A key of the operating system's key storage and the slot it is for. */
export interface SystemKey {
  readonly id: Id
  /** 32 bytes. */
  readonly key: Uint8Array
}

function authenticatedPart({ type, id, unit, member, slot, cipher, nonce }: Omit<SystemSlot, 'sealed'>) {
  return canonicalBytes({ type, id, unit, member, slot, cipher, nonce })
}

/**
 * Seals a member's keys a second time, under a key that the operating system keeps; one of this kind a member.
 *
 * Errors: `vault/slot-damaged` if the member's own slot, to which it is tied, cannot be read.
 */
export function writeSystemSlot(
  directory: string,
  unit: Id,
  member: Id,
  secret: MemberSecret,
  { id, key }: SystemKey,
): Result<null> {
  const own = slotFacts(directory, member)
  if (own === null) return err('vault/slot-damaged')
  const nonce = randomBytes(12)
  const open = {
    type: 'liandang/system-slot/1',
    id,
    unit,
    member,
    slot: own.check,
    cipher: 'aes-256-gcm',
    nonce: toBase64(nonce),
  } as const
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(authenticatedPart(open))
  const sealed = Buffer.concat([cipher.update(secretBytes(secret)), cipher.final(), cipher.getAuthTag()])
  writeFileAtomic(systemSlotPath(directory, member), canonicalBytes({ ...open, sealed: toBase64(sealed) }))
  return ok(null)
}

/**
 * Opens the one slot of this kind that one of `keys` is for and that belongs to the login.
 *
 * Errors: `vault/system-slot-none`: there is none for this login and these keys, or the member's own slot was written
 * anew since, or it was tampered with. The password opens the vault still.
 */
export function openSystemSlot(
  directory: string,
  login: string,
  keys: readonly SystemKey[],
): Result<OpenedSlot> {
  for (const { id, key } of keys) {
    const slot = systemSlots(directory).find((one) => one.id === id)
    if (slot === undefined || slotFacts(directory, slot.member)?.check !== slot.slot) continue
    const secret = unseal(slot, key)
    if (secret?.login === normalLogin(login)) return ok({ unit: slot.unit, member: slot.member, secret })
  }
  return err('vault/system-slot-none')
}

function unseal(slot: SystemSlot, key: Uint8Array): MemberSecret | null {
  const nonce = fromBase64(slot.nonce)
  const sealed = fromBase64(slot.sealed)
  if (nonce?.length !== 12 || sealed === null || sealed.length < 17 || key.length !== 32) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    decipher.setAAD(authenticatedPart(slot))
    decipher.setAuthTag(sealed.subarray(sealed.length - 16))
    const body = sealed.subarray(0, sealed.length - 16)
    return readSecretBytes(Buffer.concat([decipher.update(body), decipher.final()]))
  } catch {
    return null
  }
}

/** The id of the member's slot of this kind if it is still good, else null. */
export function systemSlotOf(directory: string, member: Id): Id | null {
  const path = systemSlotPath(directory, member)
  const slot = existsSync(path) ? readSystemSlot(path) : null
  return slot !== null && slotFacts(directory, member)?.check === slot.slot ? slot.id : null
}

/** Whether the vault has one, so that the lock screen offers it. */
export function anySystemSlot(directory: string): boolean {
  return systemSlots(directory).length > 0
}

export function dropSystemSlot(directory: string, member: Id): void {
  rmSync(systemSlotPath(directory, member), { force: true })
}

function systemSlots(directory: string): readonly SystemSlot[] {
  // Without the folder there is no slot to open, and the lock screen says so when somebody tries.
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => /^[0-9a-f]{32}\.system\.json$/.test(name))
    .map((name) => readSystemSlot(join(directory, name)))
    .filter((slot) => slot !== null)
}

function readSystemSlot(path: string): SystemSlot | null {
  const value = readCanonical(new Uint8Array(readFileSync(path)), maximumSlotBytes)
  const parsed = value.ok ? systemSlotSchema.safeParse(value.value) : null
  return parsed?.success && basename(path) === `${parsed.data.member}.system.json` ? parsed.data : null
}
