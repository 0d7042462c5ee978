import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import { keyInForce } from '../../src-shared/access/grants.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { syncDirectory } from '../../src-shared/node/files.ts'
import type { KeyFile } from './key-file.ts'
import {
  openKeySlot,
  readSlotBytes,
  systemSlotPath,
  writeKeySlot,
  type MemberSecret,
  type OpenedSlot,
} from './key-slot.ts'

/*
 * A slot with new keys is written before the commit that brings the keys into force, in a folder named by the key, and
 * takes its member's place after it. Whichever of the two the chain knows is the one that counts.
 */

const pendingName = /^pending-([0-9a-f]{64})$/

/** Errors: none; throws as files do. */
export async function writePendingSlot(
  keySlots: string,
  unit: Id,
  member: Id,
  key: Digest,
  password: string,
  secret: MemberSecret,
  keyFile: KeyFile | null,
): Promise<void> {
  await writeKeySlot(pendingFolder(keySlots, key), unit, member, password, secret, keyFile)
  syncDirectory(keySlots)
}

/** The bytes of a slot that waits for its commit, which carries them to the other devices. */
export function pendingSlotBytes(keySlots: string, member: Id, key: Digest): Uint8Array {
  return readSlotBytes(pendingFolder(keySlots, key), member) as Uint8Array
}

/** Opens a slot that has not taken its place yet. Errors: `vault/wrong-password` if there is none that opens. */
export async function openPendingSlot(
  keySlots: string,
  login: string,
  password: string,
  keyFile: KeyFile | null,
): Promise<Result<OpenedSlot>> {
  for (const key of pendingKeys(keySlots)) {
    const opened = await openKeySlot(pendingFolder(keySlots, key), login, password, keyFile)
    if (opened.ok) return opened
  }
  return err('vault/wrong-password')
}

/**
 * Brings the slots to what the chain says: one whose key came into force takes its member's place, one whose commit was
 * never made goes, and so does that of a member without a key in force. While the chain is forked nothing goes: what the
 * side says that will hold does not count yet.
 */
export function settleSlots(
  keySlots: string,
  { head, forked }: Pick<AuthorityHistory, 'head' | 'forked'>,
): void {
  for (const key of pendingKeys(keySlots)) {
    const folder = pendingFolder(keySlots, key)
    const owner = [...head.members.values()].find((member) => keyInForce(member) === key)
    const slot = owner === undefined ? '' : join(folder, `${owner.id}.json`)
    if (owner !== undefined && existsSync(slot)) {
      renameSync(slot, join(keySlots, `${owner.id}.json`))
      rmSync(systemSlotPath(keySlots, owner.id), { force: true })
      syncDirectory(keySlots)
    }
    if (owner !== undefined || forked === null) rmSync(folder, { recursive: true, force: true })
  }
  if (forked !== null) return
  for (const member of head.members.values()) {
    if (member.keys.length > 0 && keyInForce(member) === null) removeKeySlot(keySlots, member.id)
  }
}

/** Takes a member's slots away. Whoever copied one before keeps what it seals, which is why epochs follow a removal. */
export function removeKeySlot(keySlots: string, member: Id): void {
  rmSync(join(keySlots, `${member}.json`), { force: true })
  rmSync(systemSlotPath(keySlots, member), { force: true })
}

function pendingFolder(keySlots: string, key: Digest): string {
  return join(keySlots, `pending-${key}`)
}

function pendingKeys(keySlots: string): readonly Digest[] {
  if (!existsSync(keySlots)) return []
  return readdirSync(keySlots)
    .flatMap((name) => pendingName.exec(name)?.[1] ?? [])
    .sort()
}
