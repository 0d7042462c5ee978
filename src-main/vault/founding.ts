import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { readAuthority } from '../../src-shared/access/authority.ts'
import {
  compartments,
  keyrings,
  keyringsOf,
  type Compartment,
  type Keyring,
  type Policy,
  type Role,
} from '../../src-shared/access/roles.ts'
import type { HubCard } from '../../src-shared/bundle/hub-card.ts'
import { categoryRules } from '../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import { toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, type CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { buildCommit } from '../../src-shared/log/chain.ts'
import { keyProofBytes, prepareBody, type PreparedBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { encryptTo, newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { newSeed, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { databaseKeyBytes, openDatabase } from './database.ts'
import { writeKeySlot } from './key-slot.ts'
import { writeKeyringFile, type KeyringFile } from './keyring-file.ts'
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
  readonly catalogue: Catalogue
  readonly hubCard: HubCard | null
  readonly at: string
}

/** What exists outside the vault after founding, only to be split into sheets and forgotten. */
export interface FoundedVault {
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  readonly rootSeed: Uint8Array
  readonly recoveryArchive: string
  readonly recoveryDiscipline: string
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
 * databases, the key slots. `vault.json` is written last; until then the vault does not exist and a new founding
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
  const recovery = { archive: await newAgeKeyPair(), discipline: await newAgeKeyPair() }
  const members = await makeMembers(primitives, plan)

  say(
    founder,
    { op: 'unit.found', entity: unit, policy: plan.policy, suite: 'ed25519-sha256' },
    {
      name: plan.unit.name,
      creditCode: plan.unit.creditCode,
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
  const databases: Partial<Record<Compartment, string>> = {}
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
    databases[compartment] = toBase64(await encryptTo([ring.recipient], key))
    key.fill(0)
  }
  writeKeyringFile(layout.keyringFile, { ...file, databases: databases as KeyringFile['databases'] })
  for (const member of members) {
    await writeKeySlot(layout.keySlots, unit, member.id, member.plan.password, {
      signingSeed: member.seed,
      identity: member.age.identity,
      login: member.plan.login,
    })
  }
  writeFileAtomic(layout.vaultFile, canonicalBytes({ device: deviceId, type: 'liandang/vault/1', unit }))
  return ok({
    unit,
    rootPublicKey: root.publicKey,
    rootSeed,
    recoveryArchive: recovery.archive.identity,
    recoveryDiscipline: recovery.discipline.identity,
  })
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
      rings: keyringsOf(member.roles, member.cleared),
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
  say(
    founder,
    { op: 'device.add', entity: id, publicKey, logs, proof: proofOf(founder, id, signer) },
    { name },
  )
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
    say(founder, { op: 'role.grant', entity: id, role, categories: [...plan.categories] }, {})
  }
}

async function sayKeyrings(
  founder: Founder,
  device: Id,
  rings: ReadonlyMap<Keyring, AgeKeyPair>,
  members: readonly FoundingMember[],
  recovery: { readonly archive: AgeKeyPair; readonly discipline: AgeKeyPair },
): Promise<KeyringFile> {
  const entries: KeyringFile['keyrings'] = {} as KeyringFile['keyrings']
  for (const [keyring, pair] of rings) {
    const { recipient } = pair
    say(founder, { op: 'keyring.epoch', entity: newId(founder.primitives), keyring, epoch: 1, recipient }, {})
    const wraps: Record<Id, string> = {}
    const sayWrap = async (holder: string, to: string) => {
      const wrap = toBase64(await encryptTo([to], utf8(pair.identity)))
      const entity = newId(founder.primitives)
      say(founder, { op: 'keyring.wrap', entity, keyring, epoch: 1, holder }, { wrap })
      return wrap
    }
    for (const member of members) {
      if (member.rings.includes(keyring)) wraps[member.id] = await sayWrap(member.id, member.age.recipient)
    }
    if (keyring === 'discipline') await sayWrap('recovery-discipline', recovery.discipline.recipient)
    else await sayWrap('recovery-archive', recovery.archive.recipient)
    entries[keyring] = { epoch: 1, recipient, wraps }
  }
  return {
    type: 'liandang/keyrings/1',
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
