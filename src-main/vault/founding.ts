import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { readAuthority } from '../../src-shared/access/authority.ts'
import {
  compartments,
  keyrings,
  keyringsOf,
  recoveryOf,
  type Compartment,
  type Keyring,
  type Level,
  type Policy,
  type Role,
} from '../../src-shared/access/roles.ts'
import type { SharedSecret } from '../../src-shared/access/recovery-sheet.ts'
import type { HubCard } from '../../src-shared/bundle/hub-card.ts'
import { categoryRules } from '../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import { toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, type CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { buildCommit } from '../../src-shared/log/chain.ts'
import {
  deviceProofBytes,
  keyProofBytes,
  prepareBody,
  type PreparedBody,
} from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { ageKeyPairOf, encryptTo, newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { newSeed, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { databaseKeyBytes, openDatabase } from './database.ts'
import { writeKeySlot } from './key-slot.ts'
import { writeKeyringFile, type FileRing, type KeyringFile, type RecoveryHolder } from './keyring-file.ts'
import type { VaultLayout } from './layout.ts'
import { createLog, readLog, type LogRow } from './log-table.ts'
import { insertCommit } from './entry-table.ts'
import { insertBodies } from './body-table.ts'
import { writeSecret } from './secrets.ts'

export interface FoundingPlan {
  readonly unit: { readonly name: string; readonly creditCode: string | null }
  readonly policy: Policy
  readonly device: string
  readonly members: readonly {
    readonly name: string
    readonly login: string
    readonly password: string
    readonly roles: readonly Role[]
    readonly cleared: boolean
    readonly categories: readonly string[]
  }[]
  /** How many of the sheets it takes, and who keeps one each. */
  readonly recovery: { readonly threshold: number; readonly holders: readonly string[] }
  readonly catalogue: Catalogue
  readonly hubCard: HubCard | null
  readonly at: string
}

/** A vault that is whole but for `vault.json`, with what exists nowhere in it. */
export interface FoundedVault {
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  /** 32 bytes each, only to be split into sheets and then overwritten. */
  readonly secrets: Readonly<Record<SharedSecret, Uint8Array>>
  /** Writes `vault.json`: from then on the vault exists. */
  complete(): void
}

interface FoundingMember {
  readonly id: Id
  readonly seed: Uint8Array
  readonly signer: Signer
  readonly age: AgeKeyPair
  readonly rings: readonly Keyring[]
  readonly plan: FoundingPlan['members'][number]
}

interface Founder {
  readonly primitives: Primitives
  readonly unit: Id
  readonly operations: Operation[]
  readonly bodies: PreparedBody[]
}

/**
 * Founds a unit in an empty directory: makes every key, writes the founding commit signed by the unit root, the three
 * databases, the key slots. `vault.json` is left to `complete`; until then the vault does not exist and a new founding
 * clears what a broken one left.
 *
 * Errors: `vault/exists`, `authority/role-exclusion`.
 */
export async function foundVault(
  primitives: Primitives,
  layout: VaultLayout,
  plan: FoundingPlan,
): Promise<Result<FoundedVault>> {
  if (existsSync(layout.vaultFile)) return err('vault/exists')
  const founder: Founder = { primitives, unit: newId(primitives), operations: [], bodies: [] }
  const { unit } = founder
  const rootSeed = newSeed()
  const root = signerFromSeed(rootSeed)
  const deviceId = newId(primitives)
  const deviceSeed = newSeed()
  const logs = { control: newId(primitives), archive: newId(primitives), discipline: newId(primitives) }
  const rings = new Map<Keyring, AgeKeyPair>()
  for (const keyring of keyrings) rings.set(keyring, await newAgeKeyPair())
  const recoverySecrets = {
    'recovery-archive': primitives.randomBytes(32),
    'recovery-discipline': primitives.randomBytes(32),
  }
  const recovery = {
    'recovery-archive': await ageKeyPairOf(recoverySecrets['recovery-archive']),
    'recovery-discipline': await ageKeyPairOf(recoverySecrets['recovery-discipline']),
  }
  const members = await makeMembers(primitives, plan)

  say(
    founder,
    {
      op: 'unit.found',
      entity: unit,
      policy: plan.policy,
      suite: 'ed25519-sha256',
      recovery: {
        archive: recovery['recovery-archive'].recipient,
        discipline: recovery['recovery-discipline'].recipient,
      },
    },
    {
      name: plan.unit.name,
      creditCode: plan.unit.creditCode,
      recovery: { holders: [...plan.recovery.holders], threshold: plan.recovery.threshold },
    },
  )
  sayDevice(founder, deviceId, plan.device, signerFromSeed(deviceSeed), logs)
  for (const member of members) sayMember(founder, member)
  const file = await sayKeyrings(founder, deviceId, rings, members, recovery)
  say(
    founder,
    {
      op: 'catalogue.adopt',
      entity: newId(primitives),
      version: plan.catalogue.version,
      rules: categoryRules(plan.catalogue).map((rule) => ({ ...rule })),
    },
    { catalogue: plan.catalogue as unknown as CanonicalValue },
  )
  if (plan.hubCard !== null) sayUpstream(founder, plan.hubCard)

  const commit = buildCommit(
    primitives,
    root,
    { log: logs.control, size: 0, leaf: null },
    {
      unit,
      member: unit,
      role: 'root',
      authority: null,
      deps: [],
      at: plan.at,
      operations: founder.operations,
    },
  )
  const history = readAuthority(primitives, root.publicKey, [commit])
  if (!history.ok) return history

  clearBrokenFounding(layout)
  mkdirSync(layout.directory, { recursive: true, mode: 0o700 })
  const databases: Partial<KeyringFile['databases']> = {}
  for (const compartment of compartments) {
    const key = primitives.randomBytes(databaseKeyBytes)
    const opened = openDatabase(
      layout.database(compartment),
      key,
      compartment === 'control' ? 'control' : 'business',
      'new',
    )
    if (!opened.ok) return opened
    const database = opened.value
    database.transaction(() => {
      createLog(database, logs[compartment], 'device')
      if (compartment !== 'control') return
      insertBodies(database, commit, founder.bodies)
      const log = readLog(database, logs.control) as LogRow
      insertCommit(primitives, database, log, { commit, depth: 0, voidCode: null })
      writeSecret(database, 'device-seed', deviceSeed)
      writeSecret(database, 'unit-root-public-key', root.publicKey)
    })()
    database.close()
    const ring = rings.get(compartment) as AgeKeyPair
    databases[compartment] = [{ epoch: 1, sealed: toBase64(await encryptTo([ring.recipient], key)) }]
    key.fill(0)
  }
  const content = { ...file, databases: databases as KeyringFile['databases'] }
  const written = writeKeyringFile(layout.keyringFile, content)
  if (!written.ok) return written
  for (const member of members) {
    await writeKeySlot(layout.keySlots, unit, member.id, member.plan.password, {
      signingSeed: member.seed,
      identity: member.age.identity,
      login: member.plan.login,
    })
  }
  return ok({
    unit,
    rootPublicKey: root.publicKey,
    secrets: { 'unit-root': rootSeed, ...recoverySecrets },
    complete: () =>
      writeFileAtomic(layout.vaultFile, canonicalBytes({ device: deviceId, type: 'liandang/vault/1', unit })),
  })
}

/** Whether a founding broke off here: there are databases, and no vault. */
export function foundingBrokeOff(layout: VaultLayout): boolean {
  return !existsSync(layout.vaultFile) && existsSync(layout.database('control'))
}

type Said<Kind> = Kind extends Operation ? Omit<Kind, 'digest'> : never

function say(
  founder: Founder,
  operation: Said<Operation>,
  content: { readonly [key: string]: CanonicalValue | undefined },
): void {
  const body = prepareBody(founder.primitives, content)
  founder.bodies.push(body)
  founder.operations.push({ ...operation, digest: body.digest } as Operation)
}

/** An inspector works in the discipline compartment from the start; others where they are cleared for it. */
function levelOf(plan: Pick<FoundingPlan['members'][number], 'cleared'>, role: Role): Level {
  return plan.cleared || role === 'inspector' ? 4 : 3
}

function proofOf(founder: Founder, owner: Id, signer: Signer): string {
  return toHex(signer.sign(keyProofBytes(founder.unit, owner, toHex(signer.publicKey))))
}

async function makeMembers(primitives: Primitives, plan: FoundingPlan): Promise<readonly FoundingMember[]> {
  const members: FoundingMember[] = []
  for (const member of plan.members) {
    const seed = newSeed()
    members.push({
      id: newId(primitives),
      seed,
      signer: signerFromSeed(seed),
      age: await newAgeKeyPair(),
      rings: keyringsOf(member.roles.map((role) => ({ role, level: levelOf(member, role) }))),
      plan: member,
    })
  }
  return members
}

function sayDevice(
  founder: Founder,
  id: Id,
  name: string,
  signer: Signer,
  logs: Record<Compartment, Id>,
): void {
  const publicKey = toHex(signer.publicKey)
  const proof = toHex(signer.sign(deviceProofBytes(id, publicKey, logs)))
  say(founder, { op: 'device.add', entity: id, publicKey, logs, proof }, { name })
}

function sayMember(founder: Founder, member: FoundingMember): void {
  const { id, plan, signer, age } = member
  say(founder, { op: 'member.add', entity: id, cadre: null }, { name: plan.name, login: plan.login })
  say(
    founder,
    {
      op: 'key.add',
      entity: id,
      publicKey: toHex(signer.publicKey),
      recipient: age.recipient,
      proof: proofOf(founder, id, signer),
    },
    {},
  )
  for (const role of plan.roles) {
    const grant = { categories: [...plan.categories], level: levelOf(plan, role) }
    say(
      founder,
      { op: 'role.grant', entity: id, role, ...grant, deputyFor: null, from: null, until: null },
      {},
    )
  }
}

async function sayKeyrings(
  founder: Founder,
  device: Id,
  rings: ReadonlyMap<Keyring, AgeKeyPair>,
  members: readonly FoundingMember[],
  recovery: Readonly<Record<RecoveryHolder, AgeKeyPair>>,
): Promise<KeyringFile> {
  const entries: KeyringFile['keyrings'] = {} as KeyringFile['keyrings']
  for (const [keyring, pair] of rings) {
    const { recipient } = pair
    say(founder, { op: 'keyring.epoch', entity: newId(founder.primitives), keyring, epoch: 1, recipient }, {})
    const wraps: FileRing['wraps'] = []
    const sayWrap = async (holder: string, key: Digest | null, to: string): Promise<void> => {
      const wrap = toBase64(await encryptTo([to], utf8(pair.identity)))
      const entity = newId(founder.primitives)
      say(founder, { op: 'keyring.wrap', entity, keyring, epoch: 1, holder }, { wrap })
      wraps.push({ holder, key, wrap })
    }
    for (const member of members) {
      if (member.rings.includes(keyring)) await sayWrap(member.id, member.signer.keyId, member.age.recipient)
    }
    const kit = recoveryOf(keyring)
    await sayWrap(kit, null, recovery[kit].recipient)
    entries[keyring] = { epoch: 1, recipient, wraps, previous: [] }
  }
  return {
    type: 'liandang/keyrings/2',
    unit: founder.unit,
    device,
    keyrings: entries,
    databases: {} as KeyringFile['databases'],
  }
}

function sayUpstream(founder: Founder, card: HubCard): void {
  const { hub, publicKey, recipients } = card
  say(
    founder,
    { op: 'upstream.propose', entity: hub, publicKey, recipients: { ...recipients } },
    { name: card.name, url: card.url ?? null },
  )
  say(founder, { op: 'upstream.confirm', entity: hub, proposal: null }, {})
}

function clearBrokenFounding(layout: VaultLayout): void {
  for (const compartment of compartments) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(layout.database(compartment) + suffix, { force: true })
  }
  rmSync(layout.keyringFile, { force: true })
  rmSync(layout.keySlots, { force: true, recursive: true })
}
