import type { AuthorityCommit } from '../../src-shared/access/authority.ts'
import { keyInForce } from '../../src-shared/access/grants.ts'
import { fromBase64, fromHex, toBase64, toHex } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'
import type { LoadedAuthority } from './authority-log.ts'
import type { Database } from './database.ts'
import { normalLogin, placeCarriedSlot, slotKeyId } from './key-slot.ts'
import type { VaultLayout } from './layout.ts'
import { bodyOf, textOf } from './names.ts'

/*
 * A member who was given keys at one device logs in at every other: the slot travels in the body of `key.add`. It is
 * sealed to the control keyring, so that the upstream node, which reads bodies, gets nothing to guess a password at. A
 * password that is changed later changes at that device alone.
 */

/** The slot as it stands in the body, base64. */
export async function carriedSlot(controlRecipient: string, slot: Uint8Array): Promise<string> {
  return toBase64(await encryptTo([controlRecipient], slot))
}

/**
 * Puts the slots of keys that came into force elsewhere in place here. What does not open or fit stays out, and so does
 * a slot under a login name that is not its member's own: it would stand before the slot of whoever has the name.
 */
export async function placeCarriedSlots(
  primitives: Pick<Primitives, 'sha256'>,
  layout: VaultLayout,
  control: Database,
  loaded: LoadedAuthority,
  identities: readonly string[],
): Promise<void> {
  const { head } = loaded.history
  const { unit } = head
  let logins: ReadonlyMap<Id, string> | null = null
  for (const member of head.members.values()) {
    const key = keyInForce(member)
    if (key === null || slotKeyId(layout.keySlots, member.id) === key) continue
    logins ??= loginsInForce(control, loaded)
    const login = logins.get(member.id)
    const digest = login === undefined ? null : introductionOf(primitives, loaded.commits, member.id, key)
    const sealed = digest === null ? null : fromBase64(textOf(bodyOf(control, digest), 'slot') ?? '')
    const bytes = sealed === null || sealed.length === 0 ? null : await decryptWith(identities, sealed)
    if (login === undefined || bytes === null) continue
    placeCarriedSlot(layout.keySlots, { unit, member: member.id, login }, key, bytes)
  }
}

/**
 * The login names of the members with a key in force, as their `member.add` says. Of several under one name only the
 * first in the chain has it.
 */
export function loginsInForce(
  control: Database,
  { commits, history }: LoadedAuthority,
): ReadonlyMap<Id, string> {
  const logins = new Map<Id, string>()
  const taken = new Set<string>()
  for (const { leaf, header } of commits) {
    if (history.voids.has(leaf)) continue
    for (const operation of header.ops) {
      if (operation.op !== 'member.add') continue
      const member = history.head.members.get(operation.entity)
      const login = normalLogin(textOf(bodyOf(control, operation.digest), 'login') ?? '')
      if (member === undefined || keyInForce(member) === null || taken.has(login)) continue
      taken.add(login)
      logins.set(operation.entity, login)
    }
  }
  return logins
}

/** The body of the operation that brought a key in. */
function introductionOf(
  primitives: Pick<Primitives, 'sha256'>,
  commits: readonly AuthorityCommit[],
  member: Id,
  key: Digest,
): Digest | null {
  for (const { header } of commits)
    for (const operation of header.ops) {
      if (operation.op !== 'key.add' || operation.entity !== member) continue
      const raw = fromHex(operation.publicKey)
      if (raw !== null && toHex(primitives.sha256(raw)) === key) return operation.digest
    }
  return null
}
