import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { envelopeText } from '../../src-shared/log/envelope.ts'
import { readRequest, signRequest, type OpenedRequest } from '../../src-shared/enrolment/request.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { newSeed, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { openKeySlot, writeKeySlot } from '../vault/key-slot.ts'
import type { VaultLayout } from '../vault/layout.ts'
import { tryPassword } from '../vault/vault.ts'

/** The one name in the folder of a device that is joining: there is no member yet. */
const pendingLogin = 'joining'

function requestFile(layout: VaultLayout): string {
  return join(layout.joining, 'request.json')
}

/**
 * Makes the keys of this device and its request to join. The keys are sealed under the pass phrase, as a member's are
 * under a password; nothing of them is on the disk in the clear. What was asked before is gone.
 */
export async function askToJoin(
  primitives: Primitives,
  layout: VaultLayout,
  name: string,
  passphrase: string,
): Promise<OpenedRequest> {
  rmSync(layout.joining, { recursive: true, force: true })
  mkdirSync(layout.joining, { recursive: true, mode: 0o700 })
  const seed = newSeed()
  const signer = signerFromSeed(seed)
  const { identity, recipient } = await newAgeKeyPair()
  const device = newId(primitives)
  const logs = { control: newId(primitives), archive: newId(primitives), discipline: newId(primitives) }
  const envelope = utf8(envelopeText(signRequest(signer, { device, logs, name, recipient })))
  const request = readRequest(primitives, envelope)
  if (!request.ok) throw new RangeError('a request of our own making')
  const secret = { signingSeed: seed, identity, login: pendingLogin }
  await writeKeySlot(layout.joining, device, device, passphrase, secret)
  seed.fill(0)
  writeFileAtomic(requestFile(layout), envelope)
  return request.value
}

/** The request of this device, or null when it has made none. Its file may be damaged: then it has made none either. */
export function pendingRequest(primitives: Primitives, layout: VaultLayout): OpenedRequest | null {
  const bytes = pendingRequestBytes(layout)
  const request = bytes === null ? null : readRequest(primitives, bytes)
  return request?.ok ? request.value : null
}

/** The exact bytes of the request, to be carried or sent. */
export function pendingRequestBytes(layout: VaultLayout): Uint8Array | null {
  return existsSync(requestFile(layout)) ? new Uint8Array(readFileSync(requestFile(layout))) : null
}

export interface PendingDevice {
  readonly opened: OpenedRequest
  readonly seed: Uint8Array
  readonly signer: Signer
  /** age identity. */
  readonly identity: string
}

/** Opens the sealed keys. Errors: `device/not-asked`, `vault/wrong-password`, `vault/slow-down`, `vault/slot-damaged`. */
export async function openPending(
  primitives: Primitives,
  layout: VaultLayout,
  passphrase: string,
  now: number,
): Promise<Result<PendingDevice>> {
  const opened = pendingRequest(primitives, layout)
  if (opened === null) return err('device/not-asked')
  const slot = await tryPassword(layout, now, () => openKeySlot(layout.joining, pendingLogin, passphrase))
  if (!slot.ok) return slot
  const { signingSeed: seed, identity } = slot.value.secret
  const signer = signerFromSeed(seed)
  const isWhole = slot.value.member === opened.request.device
  return isWhole ? ok({ opened, seed, signer, identity }) : err('vault/slot-damaged')
}

/** Forgets the request and everything made for it. */
export function cancelJoining(layout: VaultLayout): void {
  rmSync(layout.joining, { recursive: true, force: true })
}
