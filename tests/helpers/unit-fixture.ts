import { readAuthority, isAuthorityCommit, type AuthorityHistory } from '../../src-shared/access/authority.ts'
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
import type { HubCard } from '../../src-shared/bundle/hub-card.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Signer } from '../../src-shared/kernel/primitives.ts'
import { buildCommit, depthOf, type SignedCommit } from '../../src-shared/log/chain.ts'
import { checkpointOrigin, signCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { deviceProofBytes, keyProofBytes, prepareBody, type Header } from '../../src-shared/log/header.ts'
import { leafHash, TreeBuilder } from '../../src-shared/log/merkle.ts'
import type { CategoryRule } from '../../src-shared/log/category-rule.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { nothingSeen, widened, type Sight } from '../../src-shared/log/sight.ts'
import { newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import {
  fixtureRules,
  memberNames,
  moments,
  newOpinion,
  normalRoles,
  type MemberName,
} from './unit-people.ts'

export { fixtureRules, memberNames, type MemberName }

/**
 * A founded unit in memory, with real keys and real commits: what a vault would hold, without a vault. Every commit
 * goes through the same `buildCommit` as in the product; nothing is judged here, so that a test may also make
 * commits that break a rule.
 */
export interface FixtureMember {
  readonly id: Id
  readonly roles: readonly Role[]
  readonly signer: Signer
  readonly age: AgeKeyPair
  readonly cadre: Id | null
}

export interface FixtureCommit {
  readonly commit: SignedCommit
  /** Exact bytes, one an operation. */
  readonly bodies: readonly Uint8Array[]
  readonly depth: number
  /** What it had seen of other logs. */
  readonly sight: Sight
}

export interface FixtureLog {
  readonly id: Id
  readonly device: Id
  readonly compartment: Compartment
  readonly commits: FixtureCommit[]
  /** Per other log of the compartment, how many of its commits this one has seen. */
  readonly seen: Map<Id, number>
}

export interface FixtureDevice {
  readonly id: Id
  readonly signer: Signer
  readonly logs: Readonly<Record<Compartment, FixtureLog>>
}

/** An operation without its digest, and what its body says. */
export interface FixtureOperation {
  readonly operation: DistributiveOmit<Operation, 'digest'>
  readonly body?: { readonly [key: string]: CanonicalValue | undefined }
}
type DistributiveOmit<T, Name extends PropertyKey> = T extends unknown ? Omit<T, Name> : never

export interface CommitOptions {
  readonly member: FixtureMember
  readonly role: Role
  readonly compartment: Compartment
  readonly device?: FixtureDevice
  readonly authority?: Digest
  readonly at?: string
}

export interface FoundOptions {
  readonly policy?: Policy
  readonly upstream?: HubCard
  readonly rules?: readonly CategoryRule[]
}

/** Of a fixture's grants: only the inspector is cleared. */
export function levelOf(role: Role): Level {
  return role === 'inspector' ? 4 : 3
}

export class UnitFixture {
  readonly id: Id = newId(nodePrimitives)
  readonly root: Signer = signerFromSeed(newSeed())
  readonly members: Readonly<Record<MemberName, FixtureMember>>
  readonly keys: Readonly<Record<Keyring, AgeKeyPair>>
  readonly devices: FixtureDevice[] = []
  readonly #moments: Iterator<string> = moments()
  #authority: Digest | null = null

  private constructor(
    members: Readonly<Record<MemberName, FixtureMember>>,
    keys: Readonly<Record<Keyring, AgeKeyPair>>,
  ) {
    this.members = members
    this.keys = keys
  }

  static async found(options: FoundOptions = {}): Promise<UnitFixture> {
    const members = {} as Record<MemberName, FixtureMember>
    for (const name of memberNames) {
      members[name] = {
        id: newId(nodePrimitives),
        roles: normalRoles[name],
        signer: signerFromSeed(newSeed()),
        age: await newAgeKeyPair(),
        cadre: null,
      }
    }
    const keys = {} as Record<Keyring, AgeKeyPair>
    for (const keyring of keyrings) keys[keyring] = await newAgeKeyPair()
    const unit = new UnitFixture(members, keys)
    unit.#found(options)
    return unit
  }

  get device(): FixtureDevice {
    return this.devices[0] as FixtureDevice
  }

  get rootPublicKey(): Uint8Array {
    return this.root.publicKey
  }

  /** Leaf of the newest authority commit. */
  get authority(): Digest {
    return this.#authority as Digest
  }

  logs(compartment: Compartment): readonly FixtureLog[] {
    return this.devices.map((device) => device.logs[compartment])
  }

  history(): AuthorityHistory {
    const commits = this.logs('control')
      .flatMap((log) => log.commits)
      .map(({ commit }) => commit)
      .filter(({ header }) => isAuthorityCommit(header))
    const history = readAuthority(nodePrimitives, this.rootPublicKey, commits)
    if (!history.ok) throw new Error(history.error.code)
    return history.value
  }

  #found({ policy = 'normal', upstream, rules = fixtureRules }: FoundOptions): void {
    const device = this.#newDevice()
    const operations: FixtureOperation[] = [
      {
        operation: {
          op: 'unit.found',
          entity: this.id,
          policy,
          suite: 'ed25519-sha256',
          recovery: { archive: this.keys.control.recipient, discipline: this.keys.discipline.recipient },
        },
        body: { name: '示例单位' },
      },
      this.#deviceAdd(device),
    ]
    for (const member of Object.values(this.members)) operations.push(...this.memberOperations(member))
    for (const keyring of keyrings) {
      const { recipient } = this.keys[keyring]
      operations.push({ operation: { op: 'keyring.epoch', entity: this.id, keyring, epoch: 1, recipient } })
    }
    for (const member of Object.values(this.members)) {
      for (const keyring of keyringsOf(member.roles.map((role) => ({ role, level: levelOf(role) })))) {
        operations.push({
          operation: { op: 'keyring.wrap', entity: this.id, keyring, epoch: 1, holder: member.id },
          body: { wrap: 'sealed' },
        })
      }
    }
    for (const keyring of keyrings) {
      const holder = recoveryOf(keyring)
      operations.push({
        operation: { op: 'keyring.wrap', entity: this.id, keyring, epoch: 1, holder },
        body: { wrap: 'sealed' },
      })
    }
    operations.push({
      operation: {
        op: 'catalogue.adopt',
        entity: this.id,
        version: 1,
        rules: rules.map((one) => ({ ...one })),
      },
    })
    if (upstream !== undefined) {
      const { hub, publicKey, recipients } = upstream
      operations.push(
        {
          operation: { op: 'upstream.propose', entity: hub, publicKey, recipients: { ...recipients } },
          body: { name: upstream.name },
        },
        { operation: { op: 'upstream.confirm', entity: hub, proposal: null } },
      )
    }
    const member = { id: this.id, signer: this.root }
    this.#append(device.logs.control, member, 'root', operations, null, this.#now())
  }

  /** The operations that bring a member in with a key and, from the root, with roles in force. */
  memberOperations(member: FixtureMember): readonly FixtureOperation[] {
    const publicKey = toHex(member.signer.publicKey)
    const proof = toHex(member.signer.sign(keyProofBytes(this.id, member.id, publicKey)))
    return [
      { operation: { op: 'member.add', entity: member.id, cadre: member.cadre }, body: { name: '成员' } },
      { operation: { op: 'key.add', entity: member.id, publicKey, recipient: member.age.recipient, proof } },
      ...member.roles.map((role) => ({
        operation: {
          op: 'role.grant' as const,
          entity: member.id,
          role,
          categories: ['*'],
          level: levelOf(role),
          deputyFor: null,
          from: null,
          until: null,
        },
      })),
    ]
  }

  #newDevice(): FixtureDevice {
    const id = newId(nodePrimitives)
    const log = (compartment: Compartment): FixtureLog => ({
      id: newId(nodePrimitives),
      device: id,
      compartment,
      commits: [],
      seen: new Map(),
    })
    const logs = { control: log('control'), archive: log('archive'), discipline: log('discipline') }
    const device = { id, signer: signerFromSeed(newSeed()), logs }
    this.devices.push(device)
    return device
  }

  #deviceAdd(device: FixtureDevice): FixtureOperation {
    const publicKey = toHex(device.signer.publicKey)
    const logs = {
      control: device.logs.control.id,
      archive: device.logs.archive.id,
      discipline: device.logs.discipline.id,
    }
    const proof = toHex(device.signer.sign(deviceProofBytes(device.id, publicKey, logs)))
    return { operation: { op: 'device.add', entity: device.id, publicKey, logs, proof } }
  }

  /** Enrols another device, by the secadmin on the first. The new one has seen all there is. */
  addDevice(): FixtureDevice {
    const device = this.#newDevice()
    const member = this.members.secadmin
    this.commit({ member, role: 'secadmin', compartment: 'control' }, [this.#deviceAdd(device)])
    this.meet(device, this.device)
    return device
  }

  /** Makes a commit; an authority commit becomes the newest. */
  commit(options: CommitOptions, operations: readonly FixtureOperation[]): FixtureCommit {
    const { member, role, compartment, device = this.device, at = this.#now() } = options
    const authority = options.authority ?? this.authority
    return this.#append(device.logs[compartment], member, role, operations, authority, at)
  }

  #append(
    log: FixtureLog,
    member: { readonly id: Id; readonly signer: Signer },
    role: Header['role'],
    drafts: readonly FixtureOperation[],
    authority: Digest | null,
    at: string,
  ): FixtureCommit {
    const prepared = drafts.map((draft) => prepareBody(nodePrimitives, draft.body ?? {}))
    const operations = drafts.map(
      (draft, index) => ({ ...draft.operation, digest: prepared[index]!.digest }) as Operation,
    )
    const before = log.commits.at(-1)
    const deps = this.#newlySeen(log)
    const head = { log: log.id, size: log.commits.length, leaf: before?.commit.leaf ?? null }
    const input = { unit: this.id, member: member.id, role, authority, at, operations }
    const commit = buildCommit(nodePrimitives, member.signer, head, {
      ...input,
      deps: deps.map((dep) => dep.commit.leaf),
    })
    const seen = before === undefined ? deps : [before, ...deps]
    const made = {
      commit,
      bodies: prepared.map((body) => body.bytes),
      depth: depthOf(seen.map((one) => one.depth)),
      sight: widened(
        before?.sight ?? nothingSeen,
        log.id,
        deps.map(({ commit: { header }, sight }) => ({ log: header.log, seq: header.seq, sight })),
      ),
    }
    log.commits.push(made)
    if (isAuthorityCommit(commit.header)) this.#authority = commit.leaf
    return made
  }

  /** The newest commits of the other logs that this log has come to know since its last commit. */
  #newlySeen(log: FixtureLog): readonly FixtureCommit[] {
    const newest = this.logs(log.compartment)
      .filter((other) => other !== log)
      .map((other) => other.commits[(log.seen.get(other.id) ?? 0) - 1])
      .filter((commit) => commit !== undefined)
    if (newest.length === 0) return []
    const named = new Set(log.commits.flatMap(({ commit }) => commit.header.deps))
    return newest.filter(({ commit }) => !named.has(commit.leaf))
  }

  /** Two devices exchange all they have. */
  meet(one: FixtureDevice, other: FixtureDevice): void {
    for (const compartment of compartments) {
      for (const log of this.logs(compartment)) {
        const known = [one, other].map((device) => {
          const own = device.logs[compartment]
          return own === log ? log.commits.length : (own.seen.get(log.id) ?? 0)
        })
        const most = Math.max(...known)
        for (const device of [one, other]) device.logs[compartment].seen.set(log.id, most)
      }
    }
  }

  /** A cadre's record, handed in by the collector. */
  submit(options: Partial<CommitOptions> & { readonly record?: Id; readonly category?: string } = {}): {
    readonly made: FixtureCommit
    readonly record: Id
    readonly revision: Digest
  } {
    const { record = newId(nodePrimitives), category = 'A1', ...rest } = options
    const base = { member: this.members.collector, role: 'collector', compartment: 'archive' } as const
    const made = this.commit({ ...base, ...rest }, [
      {
        operation: {
          op: 'record.submit',
          entity: record,
          cadre: newId(nodePrimitives),
          category,
          parent: null,
          settles: [],
          batch: null,
          evidence: 0,
        },
        body: { values: { 单位: '示例' }, reason: '初次录入' },
      },
    ])
    return { made, record, revision: made.commit.header.ops[0]!.digest }
  }

  /** Both opinions, their opening and the signature: the whole road of one submitted revision. */
  archive(record: Id, revision: Digest, options: Partial<CommitOptions> = {}): void {
    const entity = newId(nodePrimitives)
    const opinions = [this.members.reviewerOne, this.members.reviewerTwo].map((member) => {
      const opinion = newOpinion(this.id, revision, member.id)
      this.commit({ member, role: 'reviewer', compartment: 'archive', ...options }, [
        {
          operation: {
            op: 'review.decide',
            entity,
            rows: [{ record, revision, commitment: opinion.commitment }],
          },
        },
      ])
      return opinion.opened
    })
    const approver = {
      member: this.members.approver,
      role: 'approver',
      compartment: 'archive',
      ...options,
    } as const
    this.commit(approver, [
      { operation: { op: 'review.open', entity, rows: [{ record, revision, opinions }] } },
    ])
    this.commit(approver, [{ operation: { op: 'review.sign', entity, rows: [{ record, revision }] } }])
  }

  /** The tree of the first `size` commits of a log. */
  tree(log: FixtureLog, size: number = log.commits.length): TreeBuilder {
    const tree = new TreeBuilder(nodePrimitives)
    for (const { commit } of log.commits.slice(0, size)) {
      tree.append(leafHash(nodePrimitives, commit.envelope.payload))
    }
    return tree
  }

  /** The device's signed note for the first `size` commits of a log. */
  checkpoint(log: FixtureLog, signer: Signer, size: number = log.commits.length): string {
    const origin = checkpointOrigin(this.id, log.id)
    return signCheckpoint(nodePrimitives, { origin, size, root: this.tree(log, size).root() }, signer)
  }

  #now(): string {
    return this.#moments.next().value as string
  }
}
