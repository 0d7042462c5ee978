import { isDue, keyInForce } from '../../src-shared/access/grants.ts'
import type { Keyring, Role } from '../../src-shared/access/roles.ts'
import { toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { keyProofBytes, prepareBody } from '../../src-shared/log/header.ts'
import { encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, signerFromSeed } from '../../src-shared/node/primitives.ts'
import type { Appended } from './compartment.ts'
import { carriedSlot } from './carried-slots.ts'
import { removalAct } from './epoch-ends.ts'
import { startEpochs } from './epoch.ts'
import type { KeyFile } from './key-file.ts'
import { readKeyringFile, writeKeyringFile } from './keyring-file.ts'
import { pendingSlotBytes, writePendingSlot } from './pending-slot.ts'
import type { OpenVault } from './vault.ts'
import { commitKeys, givenBy, nothing, syncKeyringFile, together, wrapTo, type Act } from './wraps.ts'

export interface NewKeysRequest {
  /** The role of the member at work: secadmin, as the chain asks. */
  readonly role: Role
  readonly at: string
  readonly member: Id
  readonly login: string
  readonly password: string
  readonly keyFile?: KeyFile | null
  /** Stands before the new key in the commit: `member.add`, or the removal of the key before. */
  readonly before?: Act
  /** Stands after it: grants. The member must have one by then, or they may be wrapped nothing. */
  readonly after?: Act
  /** Keyrings that get a new epoch in the same commit. */
  readonly epochs?: readonly Keyring[]
}

export interface NewKeys {
  readonly appended: Appended
  /** The key that is in force now: to compare between two people. */
  readonly key: Digest
}

/**
 * Gives a member keys of their own under a password that they set, in one commit with the wrap of `control`, without
 * which nobody logs in. The slot is on the disk before the commit and takes its place after it: a crash leaves the old
 * password or the new one working, whichever the chain knows. A holder then wraps the other keyrings and confirms.
 *
 * Errors: `authority/*`, those of `commitKeys`.
 */
export async function commitNewKeys(vault: OpenVault, request: NewKeysRequest): Promise<Result<NewKeys>> {
  const { member, role, at, before = nothing, after = nothing, epochs = [] } = request
  const { layout, primitives, unit } = vault
  if (!givenBy(vault).includes('control')) return err('authority/not-a-holder')
  const seed = newSeed()
  const signer = signerFromSeed(seed)
  const { identity, recipient } = await newAgeKeyPair()
  const publicKey = toHex(signer.publicKey)
  const secret = { signingSeed: seed, identity, login: request.login }
  const { keySlots } = layout
  const { password, keyFile = null } = request
  await writePendingSlot(keySlots, unit, member, signer.keyId, password, secret, keyFile)
  const control = vault.authority.head.keyrings.get('control')?.recipient ?? ''
  const slot = await carriedSlot(control, pendingSlotBytes(keySlots, member, signer.keyId))
  const body = prepareBody(primitives, { slot })
  const operation = {
    op: 'key.add',
    entity: member,
    digest: body.digest,
    publicKey,
    recipient,
    proof: toHex(signer.sign(keyProofBytes(unit, member, publicKey))),
  } as const
  const act = together(before, { operations: [operation], bodies: [body] }, after)
  const door = await openDoorFor(vault, member, signer.keyId, recipient)
  const appended = !door.ok
    ? door
    : epochs.includes('control')
      ? await startEpochs(vault, { role, at, keyrings: epochs, act, also: [member] })
      : await withControl(vault, request, act, recipient)
  if (!appended.ok) {
    // Whatever the chain knows now counts: without the commit, the new slot and its wrap go again.
    await syncKeyringFile(vault)
    return appended
  }
  return ok({ appended: appended.value, key: signer.keyId })
}

async function withControl(
  vault: OpenVault,
  { member, role, at, epochs = [] }: NewKeysRequest,
  act: Act,
  recipient: string,
): Promise<Result<Appended>> {
  const epoch = vault.authority.head.keyrings.get('control')?.epoch ?? 0
  const identity = vault.identities.get('control')?.[0] ?? ''
  const ring = { keyring: 'control', epoch, identity } as const
  const all = together(act, await wrapTo(vault.primitives, ring, { holder: member, recipient }))
  return epochs.length === 0
    ? await commitKeys(vault, role, at, all)
    : await startEpochs(vault, { role, at, keyrings: epochs, act: all })
}

/**
 * Lets the new key through the outer door before the commit, so that the new password works from the moment the commit
 * is durable. Should the commit never be made, the chain behind the door refuses the key, and the wrap goes.
 */
async function openDoorFor(
  vault: OpenVault,
  member: Id,
  key: Digest,
  recipient: string,
): Promise<Result<true>> {
  const file = readKeyringFile(vault.layout.keyringFile)
  if (!file.ok) return file
  const ring = file.value.keyrings.control
  const identity = vault.identities.get('control')?.[0] ?? ''
  const wrap = toBase64(await encryptTo([recipient], utf8(identity)))
  const control = { ...ring, wraps: [...ring.wraps, { holder: member, key, wrap }] }
  return writeKeyringFile(vault.layout.keyringFile, {
    ...file.value,
    keyrings: { ...file.value.keyrings, control },
  })
}

export interface ReplaceKeysRequest extends Omit<NewKeysRequest, 'before' | 'after' | 'epochs'> {
  /** `lost`: forgotten, nobody else has it. `copied`: somebody else may have it, so `control` gets a new epoch at once. */
  readonly cause: 'lost' | 'copied'
}

/**
 * New keys for a member whose old ones are forgotten or may have been copied, at this device, with the member at the
 * keyboard. The old key is taken away in the same commit; where it is gone already (after a suspension) only the new
 * one is added. A holder wraps the other keyrings and confirms the roles again, and the keyrings that `keyringsExposed`
 * names want their epochs.
 *
 * Errors: `authority/action-not-permitted` (no such member, or one without a grant), those of {@link commitNewKeys}.
 */
export async function replaceKeys(vault: OpenVault, request: ReplaceKeysRequest): Promise<Result<NewKeys>> {
  const { cause, ...rest } = request
  const state = vault.authority.head.members.get(request.member)
  if (state === undefined || !isDue(state, 'control')) return err('authority/action-not-permitted')
  const key = keyInForce(state)
  const before = key === null ? nothing : removalAct(vault, request.member, key, cause)
  return await commitNewKeys(vault, { ...rest, before, epochs: cause === 'copied' ? ['control'] : [] })
}
