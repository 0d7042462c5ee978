import type { AuthorityState, Grant, MemberState } from '../../src-shared/access/authority.ts'
import { isDue, keyInForce } from '../../src-shared/access/grants.ts'
import { keyrings } from '../../src-shared/access/roles.ts'
import { equalBytes, toHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { keyProofBytes, prepareBody, readBody } from '../../src-shared/log/header.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { appendAuthority, loadAuthority, type LoadedAuthority } from './authority-log.ts'
import { carriedSlot } from './carried-slots.ts'
import type { OpenCompartment } from './compartment.ts'
import type { Database } from './database.ts'
import { ringsOfChain } from './epoch-rings.ts'
import { lastPlacesOfKey } from './key-entries.ts'
import { normalLogin } from './key-slot.ts'
import { writeKeyringFile, type Identities, type KeyringFile } from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { grantAct, grantsToServe } from './lost-grants.ts'
import { readNames, textOf } from './names.ts'
import { pendingSlotBytes, writePendingSlot } from './pending-slot.ts'
import type { KitSecrets } from './recovery-kit.ts'
import { openControlWithKit, openRingsWithKit } from './recovery-opening.ts'
import { readSecret } from './secrets.ts'
import { openUnderAny, writeAsChain } from './vault-opening.ts'
import { guardDisk, readVaultFile } from './vault.ts'
import { together, wrapTo, type Act } from './wraps.ts'

export interface Renewal {
  readonly login: string
  /** Typed by the member. */
  readonly password: string
  readonly at: string
}

export interface Renewed {
  readonly member: Id
  readonly name: string
}

/**
 * Gives a member new keys by the authority of the unit root, which enough recovery sheets are: the old key is taken
 * away as lost, their confirmed grants stay or, where somebody took all of them, those they last had come back, and every keyring that those give a right to is wrapped to the new key.
 * Nobody else has to be able to log in. The new slot and the wraps stand on the disk before the commit and count only
 * with it, so that a crash leaves either the old password or the new one.
 *
 * Errors: `recovery/sheets-open-nothing`, `recovery/no-such-member`, `vault/none`, `vault/damaged`, `authority/*`, those
 * of writing.
 */
export async function renewMember(
  primitives: Primitives,
  layout: VaultLayout,
  kit: KitSecrets,
  renewal: Renewal,
): Promise<Result<Renewed>> {
  const marker = readVaultFile(layout)
  if (!marker.ok) return marker
  const keys = await openControlWithKit(layout, kit)
  if (!keys.ok) return keys
  const candidates = keys.value.keys.map(({ key }) => key)
  const store = openUnderAny(layout, 'control', candidates)
  for (const key of candidates) key.fill(0)
  if (!store.ok) return store
  try {
    return await renewIn(primitives, layout, kit, renewal, keys.value.file, store.value.database)
  } finally {
    store.value.database.close()
  }
}

async function renewIn(
  primitives: Primitives,
  layout: VaultLayout,
  kit: KitSecrets,
  renewal: Renewal,
  before: KeyringFile,
  control: Database,
): Promise<Result<Renewed>> {
  const rootPublicKey = readSecret(control, 'unit-root-public-key')
  if (rootPublicKey === null || !equalBytes(rootPublicKey, kit.root.publicKey)) {
    return err('recovery/sheets-open-nothing', { compartment: 'control' })
  }
  const loaded = loadAuthority(primitives, control, rootPublicKey)
  if (!loaded.ok) return loaded
  const file = writeAsChain(layout, before, control, loaded.value)
  if (!file.ok) return file
  const chain = ringsOfChain(control, loaded.value)
  if (!chain.ok) return chain
  const identities = await openRingsWithKit(chain.value.rings, kit)
  // Without it nobody logs in. Every other keyring that the kit cannot open is left to whoever holds it.
  if (!identities.has('control')) return err('recovery/sheets-open-nothing', { keyring: 'control' })
  const { head } = loaded.value.history
  const device = head.devices.get(before.device)
  if (device === undefined) return err('authority/device')
  const found = memberOf(control, loaded.value, renewal.login)
  if (found === null) return err('recovery/no-such-member')
  const { member, grants, name, login } = found

  const seed = newSeed()
  const signer = signerFromSeed(seed)
  const age = await newAgeKeyPair()
  const publicKey = toHex(signer.publicKey)
  const proof = toHex(signer.sign(keyProofBytes(head.unit, member.id, publicKey)))
  const secret = { signingSeed: seed, identity: age.identity, login }
  await writePendingSlot(layout.keySlots, head.unit, member.id, signer.keyId, renewal.password, secret, null)
  seed.fill(0)
  const waiting = pendingSlotBytes(layout.keySlots, member.id, signer.keyId)
  const slot = await carriedSlot(head.keyrings.get('control')?.recipient ?? '', waiting)
  const added = prepareBody(primitives, { sheets: [...kit.sheets], slot })
  const { recipient } = age
  const wraps = await wrapsFor(primitives, head, { ...member, grants }, identities, recipient)
  const act = together(
    removalOf(primitives, member, control),
    grantAct(primitives, member, grants),
    {
      operations: [{ op: 'key.add', entity: member.id, digest: added.digest, publicKey, recipient, proof }],
      bodies: [added],
    },
    wraps,
  )
  const doors = withWraps(file.value, member.id, signer.keyId, wraps)
  const opensWith = writeKeyringFile(layout.keyringFile, doors)
  if (!opensWith.ok) return opensWith

  const store: OpenCompartment = { name: 'control', database: control, log: device.logs.control }
  const author = { unit: head.unit, member: head.unit, role: 'root', signer: kit.root } as const
  const request = { author, at: renewal.at, ...act, follows: null }
  const appended = guardDisk(() => appendAuthority(primitives, store, rootPublicKey, loaded.value, request))
  // Refused, the slot and the wraps that waited for the commit go again.
  const standing = appended.ok ? appended.value.loaded : loaded.value
  const settled = writeAsChain(layout, doors, control, standing)
  if (!appended.ok) return appended
  return settled.ok ? ok({ member: member.id, name }) : settled
}

interface FoundMember {
  readonly member: MemberState
  /** What they get the new keys for. */
  readonly grants: readonly Grant[]
  readonly name: string
  readonly login: string
}

/** The member of a log-in name who has something to log in for, or had. */
function memberOf(control: Database, loaded: LoadedAuthority, typed: string): FoundMember | null {
  for (const [id, { name, login }] of readNames(control).members) {
    const member = loaded.history.head.members.get(id)
    if (member === undefined || normalLogin(login) !== normalLogin(typed)) continue
    const grants = grantsToServe(loaded, member)
    if (grants.length > 0) return { member, grants, name, login }
  }
  return null
}

/**
 * Takes the key away that the member has, if any, and says where it ends in control. Of the other compartments more may
 * be on other devices than is known here: an approver or inspector says it there, once everything has come together.
 */
function removalOf(primitives: Primitives, member: MemberState, control: Database): Act {
  const key = keyInForce(member)
  if (key === null) return together()
  const body = prepareBody(primitives, {})
  const operation = {
    op: 'key.remove',
    entity: member.id,
    digest: body.digest,
    key,
    cause: 'lost',
    compartments: ['control'],
    last: [...lastPlacesOfKey(control, key)],
  } as const
  return { operations: [operation], bodies: [body] }
}

/** The keyrings that the member's grants give a right to, wrapped to the new recipient. */
async function wrapsFor(
  primitives: Primitives,
  head: AuthorityState,
  member: MemberState,
  identities: Identities,
  recipient: string,
): Promise<Act> {
  const acts: Act[] = []
  for (const keyring of keyrings) {
    const [identity] = identities.get(keyring) ?? []
    const epoch = head.keyrings.get(keyring)?.epoch
    if (identity === undefined || epoch === undefined || !isDue(member, keyring)) continue
    acts.push(await wrapTo(primitives, { keyring, epoch, identity }, { holder: member.id, recipient }))
  }
  return together(...acts)
}

/** The file of keyrings with wraps that the chain does not know yet: whoever opens the vault drops them again. */
function withWraps(file: KeyringFile, holder: Id, key: string, act: Act): KeyringFile {
  const rings = { ...file.keyrings }
  for (const [index, operation] of act.operations.entries()) {
    const bytes = act.bodies[index]?.bytes
    const body = bytes === undefined ? null : readBody(bytes)
    const wrap = body?.ok === true ? textOf(body.value, 'wrap') : null
    if (operation.op !== 'keyring.wrap' || wrap === null) continue
    const ring = rings[operation.keyring]
    rings[operation.keyring] = { ...ring, wraps: [...ring.wraps, { holder, key, wrap }] }
  }
  return { ...file, keyrings: rings }
}
