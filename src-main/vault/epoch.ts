import { applyCommit } from '../../src-shared/access/apply-authority.ts'
import { keysWithoutEnd, type AuthorityState } from '../../src-shared/access/authority.ts'
import { holdersDue, isDue, isHolder, keyInForce, presentWraps } from '../../src-shared/access/grants.ts'
import {
  compartments,
  recoveryOf,
  type Compartment,
  type Keyring,
  type Role,
} from '../../src-shared/access/roles.ts'
import { toBase64, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import type { Appended } from './compartment.ts'
import { boundAct, lastOf, type KeyEnd } from './epoch-ends.ts'
import { openDoor, readKeyringFile } from './keyring-file.ts'
import { withOlderEpochs } from './older-epochs.ts'
import type { OpenVault } from './vault.ts'
import { commitKeys, holderAtWork, nothing, together, wrapTo, type Act } from './wraps.ts'

export interface EpochRequest {
  /** The role of the member at work that signs: one that may sign every operation of the commit. */
  readonly role: Role
  readonly at: string
  /** Keyrings that get a new epoch. */
  readonly keyrings: readonly Keyring[]
  /** Stands before the epochs in the same commit: what makes them necessary, or what follows from them. */
  readonly act?: Act
  /** Where removed keys end, where a person has chosen it; the others end where their commits are known to end. */
  readonly ends?: readonly KeyEnd[]
  /** Members who are wrapped the new epochs beside everybody with a confirmed right. */
  readonly also?: readonly Id[]
}

/**
 * Starts new epochs of keyrings in one commit of the authority chain: a new identity for each, wrapped to everybody with
 * a right and to the recovery kit, and the older identity encrypted to it, so that holders of the newest read what
 * older epochs sealed. Where the unit has this device alone, an approver or inspector says in the same commit where removed
 * keys end in these compartments: with the newest commit. Where there are more, or a key was copied, only a person can
 * know, and it is left to them.
 *
 * The databases of this device are keyed to the older identity until `finishRekey` has been at them.
 *
 * Errors: `authority/not-a-holder`, others of the chain, those of `commitKeys`.
 */
export async function startEpochs(vault: OpenVault, request: EpochRequest): Promise<Result<Appended>> {
  const { role, at, act = nothing } = request
  const after = stateAfter(vault, role, act)
  if (!after.ok) return after
  const epochs: Act[] = []
  for (const keyring of request.keyrings) {
    const older = await identityBefore(vault, keyring)
    if (older === null) return err('authority/not-a-holder', { keyring })
    epochs.push(await newEpoch(vault, after.value, { keyring, older }, request.also ?? []))
  }
  const ends = boundAct(vault, endsOf(vault, request))
  return await commitKeys(vault, role, at, together(act, ends, ...epochs))
}

/** What holds once the operations before the epochs have been taken. */
function stateAfter(vault: OpenVault, role: Role, { operations }: Act): Result<AuthorityState> {
  const { head } = vault.authority
  if (operations.length === 0) return ok(head)
  const { id, signer } = vault.member
  const header = { role, member: id, key: signer.keyId, ops: operations }
  // Only what the rules look at: the commit itself is made, and judged, once the wraps are known.
  const commit = { leaf: head.leaf, header: header as unknown as Parameters<typeof applyCommit>[2]['header'] }
  return applyCommit(vault.primitives, head, commit)
}

/**
 * What the holders of the new epoch shall read back to: the present one's identity; where whoever started that one
 * wrapped it wrongly to the member at work, the one that the database here is still keyed to, or the newest that was
 * wrapped to them before.
 */
async function identityBefore(vault: OpenVault, keyring: Keyring): Promise<string | null> {
  const { id, signer } = vault.member
  if (!isHolder(vault.authority.head, keyring, id, signer.keyId)) return null
  const present = vault.identities.get(keyring)?.[0]
  if (present !== undefined) return present
  const compartment = compartments.find((name) => name === keyring)
  const file = readKeyringFile(vault.layout.keyringFile)
  const by = holderAtWork(vault)
  const door = compartment === undefined || !file.ok ? null : await openDoor(file.value, compartment, by)
  const control = vault.compartments.get('control')
  if (door !== null || control === undefined) return door
  const loaded = { commits: vault.authorityCommits, history: vault.authority }
  const [newest] = await withOlderEpochs(control.database, loaded, keyring, by, [])
  return newest ?? null
}

async function newEpoch(
  vault: OpenVault,
  after: AuthorityState,
  { keyring, older }: { readonly keyring: Keyring; readonly older: string },
  also: readonly Id[],
): Promise<Act> {
  const { primitives } = vault
  const epoch = (after.keyrings.get(keyring)?.epoch ?? 0) + 1
  const { identity, recipient } = await newAgeKeyPair()
  const body = prepareBody(primitives, { previous: toBase64(await encryptTo([recipient], utf8(older))) })
  const operation = {
    op: 'keyring.epoch',
    entity: newId(primitives),
    digest: body.digest,
    keyring,
    epoch,
    recipient,
  } as const
  const wraps: Act[] = []
  for (const holder of holdersOf(after, keyring, also)) {
    wraps.push(await wrapTo(primitives, { keyring, epoch, identity }, holder))
  }
  return together({ operations: [operation], bodies: [body] }, ...wraps)
}

/** Nobody who can open the keyring and still may loses it; nobody gets it who has no confirmed right, or is named. */
function holdersOf(state: AuthorityState, keyring: Keyring, also: readonly Id[]) {
  const present = presentWraps(state, keyring).map((wrap) => wrap.holder)
  const kit = recoveryOf(keyring)
  const { archive, discipline } = state.recovery
  const members = [...state.members.values()].flatMap((member) => {
    const key = member.keys.find((candidate) => candidate.inForce)
    const keeps = present.includes(member.id) || also.includes(member.id)
    const isWrapped = holdersDue(state, keyring).includes(member.id) || (keeps && isDue(member, keyring))
    return key !== undefined && isWrapped && keyInForce(member) !== null
      ? [{ holder: member.id, recipient: key.recipient }]
      : []
  })
  return [...members, { holder: kit, recipient: kit === 'recovery-discipline' ? discipline : archive }]
}

/** The ends that this commit says, of keys whose end nobody has said. */
function endsOf(vault: OpenVault, { role, keyrings, ends = [] }: EpochRequest): readonly KeyEnd[] {
  if (role !== 'approver' && role !== 'inspector') return ends
  // Another device may hold newer work of theirs that has not come here yet: then a person says it, once it has.
  const devices = [...vault.authority.head.devices.values()].filter((device) => device.inForce)
  if (devices.length > 1) return ends
  const open = compartments.filter((name) => keyrings.includes(name) && vault.compartments.has(name))
  const known = open.flatMap((compartment) =>
    keysWithoutEnd(vault.authority, compartment)
      .filter(({ member, key }) => member !== vault.member.id && mayEndByItself(vault, member, key))
      .filter(({ key }) => !ends.some((end) => end.key === key && end.compartment === compartment))
      .map(({ member, key }) => endNow(vault, compartment, member, key)),
  )
  return [...ends, ...known]
}

function mayEndByItself(vault: OpenVault, member: Id, key: Digest): boolean {
  const known = vault.authority.head.members.get(member)?.keys.find((candidate) => candidate.key === key)
  return known !== undefined && known.removed !== 'copied'
}

function endNow(vault: OpenVault, compartment: Compartment, member: Id, key: Digest): KeyEnd {
  return { compartment, member, key, last: lastOf(vault, compartment, key) }
}
