import { isHolder, missingWraps } from '../../src-shared/access/grants.ts'
import { keyrings, type Keyring, type Role } from '../../src-shared/access/roles.ts'
import { toBase64, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody, type PreparedBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { encryptTo } from '../../src-shared/node/age.ts'
import { placeCarriedSlots } from './carried-slots.ts'
import type { Appended } from './compartment.ts'
import { readKeyringFile, type Holder } from './keyring-file.ts'
import { openAllEpochs } from './older-epochs.ts'
import { writeAsChain } from './vault-opening.ts'
import { commitAuthority, openCompartment, renewIdentities, type OpenVault } from './vault.ts'

/** Operations of one commit with their bodies, in the same order. */
export interface Act {
  readonly operations: readonly Operation[]
  readonly bodies: readonly PreparedBody[]
}

export const nothing: Act = { operations: [], bodies: [] }

export function together(...acts: readonly Act[]): Act {
  return {
    operations: acts.flatMap((act) => act.operations),
    bodies: acts.flatMap((act) => act.bodies),
  }
}

/** The keyrings whose present epoch the member at work can give to others. */
export function givenBy(vault: OpenVault): readonly Keyring[] {
  const { head } = vault.authority
  const { id, signer } = vault.member
  return keyrings.filter(
    (keyring) => vault.identities.has(keyring) && isHolder(head, keyring, id, signer.keyId),
  )
}

/** One wrap: the identity of a keyring's epoch, encrypted to a holder. */
export async function wrapTo(
  primitives: Primitives,
  ring: { readonly keyring: Keyring; readonly epoch: number; readonly identity: string },
  holder: { readonly holder: Id | 'recovery-archive' | 'recovery-discipline'; readonly recipient: string },
): Promise<Act> {
  const wrap = toBase64(await encryptTo([holder.recipient], utf8(ring.identity)))
  const body = prepareBody(primitives, { wrap })
  const { keyring, epoch } = ring
  const operation = {
    op: 'keyring.wrap',
    entity: newId(primitives),
    digest: body.digest,
    keyring,
    epoch,
    holder: holder.holder,
  } as const
  return { operations: [operation], bodies: [body] }
}

/**
 * Wraps to a member, at their present key, every keyring that they have a right to and lack and that the member at work
 * holds; `wanted` narrows it. Nothing is committed: the operations stand before the `role.confirm` that needs them, and
 * `commitKeys` brings the file of keyrings up after it.
 *
 * Errors: `authority/key-not-in-force`: the member has no key to wrap to.
 */
export async function wrapFor(
  vault: OpenVault,
  member: Id,
  wanted: readonly Keyring[] = keyrings,
): Promise<Result<Act & { readonly keyrings: readonly Keyring[] }>> {
  const { head } = vault.authority
  const state = head.members.get(member)
  const key = state?.keys.find((candidate) => candidate.inForce)
  if (state === undefined || key === undefined) return err('authority/key-not-in-force')
  const given = givenBy(vault)
  const rings = missingWraps(head, state).filter((ring) => given.includes(ring) && wanted.includes(ring))
  const acts: Act[] = []
  for (const keyring of rings) {
    const epoch = head.keyrings.get(keyring)?.epoch ?? 0
    const identity = vault.identities.get(keyring)?.[0] ?? ''
    acts.push(
      await wrapTo(
        vault.primitives,
        { keyring, epoch, identity },
        { holder: member, recipient: key.recipient },
      ),
    )
  }
  return ok({ ...together(...acts), keyrings: rings })
}

/**
 * Brings the file of keyrings, the key slots and what this member holds up to what the authority chain says: after a
 * commit that wraps or starts an epoch, and after a bundle brought new authority from another device. The chain is the
 * truth; the file is the outer door. A keyring that came within reach serves at once, but its compartment opens with
 * the next log-in.
 *
 * Errors: `vault/damaged`, `vault/rekeying`, `authority/not-founded`.
 */
export async function syncKeyringFile(vault: OpenVault): Promise<Result<true>> {
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  const file = readKeyringFile(vault.layout.keyringFile)
  if (!file.ok) return file
  const { database } = control.value
  const loaded = { commits: vault.authorityCommits, history: vault.authority }
  const written = writeAsChain(vault.layout, file.value, database, loaded)
  if (!written.ok) return written
  const identities = await openAllEpochs(database, loaded, written.value.keyrings, holderAtWork(vault))
  renewIdentities(vault, identities)
  const controlIdentities = identities.get('control') ?? []
  await placeCarriedSlots(vault.primitives, vault.layout, database, loaded, controlIdentities)
  return ok(true)
}

/** The member at work, as the one who opens wraps. */
export function holderAtWork({ member }: OpenVault): Holder {
  return { holder: member.id, key: member.signer.keyId, identity: member.identity }
}

/**
 * {@link commitAuthority} and {@link syncKeyringFile} in one: for every commit that changes keys, wraps or epochs.
 *
 * Errors: `authority/*` and those of `syncKeyringFile`; then the commit stands, and the next log-in completes the rest.
 */
export async function commitKeys(
  vault: OpenVault,
  role: Role,
  at: string,
  act: Act,
): Promise<Result<Appended>> {
  const appended = commitAuthority(vault, role, at, act.operations, act.bodies)
  if (!appended.ok) return appended
  const synced = await syncKeyringFile(vault)
  return synced.ok ? appended : synced
}
