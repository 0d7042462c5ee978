import { createHash } from 'node:crypto'
import {
  isAuthorityCommit,
  readAuthority,
  type AuthorityHistory,
} from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { followRoad } from '../../../src-shared/review/road.ts'
import type { RecordState, RoadStep } from '../../../src-shared/review/states.ts'
import { stepsOf } from '../../../src-shared/review/steps.ts'
import { newSeed, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import {
  UnitFixture,
  type FixtureDevice,
  type FixtureMember,
  type FixtureOperation,
} from '../../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  granted,
  keyAdded,
  keyBound,
  keyRemoved,
  revoked,
  signed,
} from '../../unit/access/chain.ts'
import { Reference, type Deed, type Event, type RecordPicture, type Role, type Rule } from './reference.ts'
import { Rights } from './reference-rights.ts'
import { operationOf } from './deeds.ts'
import { pictureOf } from './pictures.ts'

const base = { compartment: 'archive', signer: 'approver' } as const
const rules: readonly CategoryRule[] = [
  { ...base, category: 'A1', level: 1, verification: 'dual', evidenceRequired: false },
  { ...base, category: 'B2', level: 2, verification: 'single', evidenceRequired: true },
  { ...base, category: 'C3', level: 3, verification: 'dual-rekey', evidenceRequired: false },
]
/** The same, as the reference knows them. */
const plainRules: ReadonlyMap<string, Rule> = new Map([
  ['A1', { level: 1, opinions: 2, typed: false, evidence: false }],
  ['B2', { level: 2, opinions: 1, typed: false, evidence: true }],
  ['C3', { level: 3, opinions: 2, typed: true, evidence: false }],
])
export const categories = [...plainRules.keys()]

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
export const records = ['record one', 'record two'].map((name) => digest(name).slice(0, 32))
export const cadres = ['a cadre', 'a cadre who is a member'].map((name) => digest(name).slice(0, 32))

/** What a device, or a stick, holds: so many commits of each log, and so many changes of who may do what. */
export interface Knowledge {
  readonly commits: readonly number[]
  readonly version: number
}

interface Written {
  readonly device: number
  readonly place: number
  readonly record: string
  readonly version: number
  readonly key: number
  readonly event: Omit<Event, 'inForce' | 'reach'>
}

export const founders = ['collector', 'reviewerOne', 'reviewerTwo', 'approver', 'inspector'] as const
/** Whose roles and keys come and go. */
export const shifting = ['third', 'clerk', 'deputy', 'concerned', 'reviewerTwo'] as const
export type Name = (typeof founders)[number] | (typeof shifting)[number]
export const names: readonly Name[] = [...new Set<Name>([...founders, ...shifting])]

/** Two records of a unit on three devices: real commits, and beside them what the reference makes of the same deeds. */
export class Offices {
  readonly unit: UnitFixture
  readonly devices: readonly FixtureDevice[]
  readonly rights: Rights
  readonly knows: Knowledge[] = []
  readonly sticks: Knowledge[] = []
  readonly people = new Map<Name, FixtureMember>()
  /** Every key somebody ever had, oldest first. */
  readonly keys = new Map<Name, FixtureMember['signer'][]>()
  readonly #written: Written[] = []
  readonly #leaves: string[] = []
  readonly #lengths: number[] = []
  readonly #histories = new Map<number, AuthorityHistory>()

  private constructor(unit: UnitFixture) {
    this.unit = unit
    for (const name of founders) this.people.set(name, unit.members[name])
    for (const name of shifting) if (!this.people.has(name)) this.people.set(name, this.#newcomer(name))
    for (const [name, { signer }] of this.people) this.keys.set(name, [signer])
    this.devices = [unit.device, unit.addDevice(), unit.addDevice()]
    for (const [name, role] of [
      ['third', 'reviewer'],
      ['concerned', 'reviewer'],
    ] as const) {
      const { id } = this.person(name)
      signed(unit, 'secadmin', granted(id, role))
      signed(unit, 'approver', confirmed(id, role))
    }
    const held: Partial<Record<Name, Role>> = {
      collector: 'collector',
      reviewerOne: 'reviewer',
      reviewerTwo: 'reviewer',
      approver: 'approver',
      inspector: 'inspector',
      third: 'reviewer',
      concerned: 'reviewer',
    }
    this.rights = new Rights(
      new Map(
        names.map((name) => {
          const role = held[name]
          const level = role === 'inspector' ? 4 : 3
          const right = role === undefined ? [] : [{ role, categories: ['*'], level, confirmed: true }]
          return [this.person(name).id, right]
        }),
      ),
    )
    this.#noteVersion()
    this.knows.push(...this.devices.map(() => ({ commits: [0, 0, 0], version: 0 })))
  }

  static async open(): Promise<Offices> {
    return new Offices(await UnitFixture.found({ rules }))
  }

  #newcomer(name: Name): FixtureMember {
    const cadre = name === 'concerned' ? (cadres[1] as string) : null
    const person = {
      id: newId(nodePrimitives),
      roles: [],
      signer: signerFromSeed(newSeed()),
      age: this.unit.keys.control,
      cadre,
    }
    signed(this.unit, 'secadmin', added(this.unit, person))
    return person
  }

  person(name: Name): FixtureMember {
    return this.people.get(name) as FixtureMember
  }

  nameOf(id: string): Name {
    return names.find((name) => this.person(name).id === id) as Name
  }

  /** All there is. */
  get everything(): Knowledge {
    return {
      commits: this.devices.map(({ logs }) => logs.archive.commits.length),
      version: this.rights.newest,
    }
  }

  #noteVersion(): void {
    this.#leaves.push(this.unit.authority)
    this.#lengths.push(this.unit.device.logs.control.commits.length)
  }

  // Who may do what: always said on the first device, one change after the other.

  #changed(): void {
    this.#noteVersion()
    this.knows[0] = { ...(this.knows[0] as Knowledge), version: this.rights.newest }
  }

  grant(name: Name, role: Role, reached: readonly string[], level: 1 | 2 | 3): void {
    const { id } = this.person(name)
    signed(this.unit, 'secadmin', granted(id, role, { categories: [...reached], level }))
    this.rights.grant(id, { role, categories: reached, level })
    this.#changed()
  }

  confirm(name: Name, role: Role): void {
    const { id } = this.person(name)
    signed(this.unit, 'approver', confirmed(id, role))
    this.rights.confirm(id, role)
    this.#changed()
  }

  revoke(name: Name, role: Role): void {
    const { id } = this.person(name)
    signed(this.unit, 'secadmin', revoked(id, role))
    this.rights.revoke(id, role)
    this.#changed()
  }

  removeKey(name: Name): void {
    const person = this.person(name)
    signed(this.unit, 'secadmin', keyRemoved(person))
    this.rights.removeKey(person.id)
    this.#changed()
  }

  /** The approver accepts what the first device has seen of the key, but for the newest few. */
  bound(name: Name, key: number, fewer: number): void {
    const person = { ...this.person(name), signer: this.keys.get(name)?.[key] as FixtureMember['signer'] }
    const { commits } = this.knows[0] as Knowledge
    const last = new Map<number, number>()
    const ends = this.devices.flatMap((device, index) => {
      const seq = (commits[index] as number) - 1 - (index === 0 ? fewer : 0)
      const made = device.logs.archive.commits[seq]
      if (made === undefined) return []
      last.set(index, seq)
      return [{ log: device.logs.archive.id, seq, leaf: made.commit.leaf }]
    })
    signed(this.unit, 'approver', keyBound(person, ends))
    this.rights.bound(person.id, key, last)
    this.#changed()
  }

  newKey(name: Name): void {
    const person = this.person(name)
    const signer = signerFromSeed(newSeed())
    signed(this.unit, 'secadmin', keyAdded(this.unit, person.id, signer))
    const keys = this.keys.get(name) as FixtureMember['signer'][]
    keys.push(signer)
    this.people.set(name, { ...person, signer })
    this.rights.addKey(person.id, keys.length - 1)
    this.#changed()
  }

  // What travels.

  learn(device: number, { commits, version }: Knowledge): void {
    const own = this.knows[device] as Knowledge
    const known = own.commits.map((count, index) => Math.max(count, commits[index] as number))
    this.knows[device] = { commits: known, version: Math.max(own.version, version) }
    const { archive } = (this.devices[device] as FixtureDevice).logs
    this.devices.forEach(({ logs }, index) => {
      if (index !== device) archive.seen.set(logs.archive.id, known[index] as number)
    })
  }

  /** What a record is about, as its first submission that counts says. */
  firstOf(picture: RecordPicture): { readonly cadre: string; readonly category: string } | null {
    const first = picture.revisions[0]?.revision
    const made = this.#written.find(
      ({ event }) => event.deed.do === 'submit' && event.deed.revision === first,
    )
    return made?.event.deed.do === 'submit' ? made.event.deed : null
  }

  isTyped(picture: RecordPicture): boolean {
    return plainRules.get(this.firstOf(picture)?.category ?? '')?.typed ?? false
  }

  /** What somebody bound themself to last about a revision. */
  secretIn(revision: string, who: string): string | null {
    const made = this.#written.findLast(
      ({ event }) => event.who === who && event.deed.do === 'decide' && event.deed.revision === revision,
    )
    return made?.event.deed.do === 'decide' ? made.event.deed.secret : null
  }

  // What people do.

  /** Signs one deed about some records, on a device, whatever the rules say of it. */
  sign(device: number, name: Name, key: number, role: Role, deeds: ReadonlyMap<string, Deed>): void {
    const own = this.knows[device] as Knowledge
    const here = this.devices[device] as FixtureDevice
    const person = { ...this.person(name), signer: this.keys.get(name)?.[key] as FixtureMember['signer'] }
    const seen = this.#written.filter(({ device: from, place }) => place < (own.commits[from] as number))
    const depth = Math.max(-1, ...seen.map(({ event }) => event.depth)) + 1
    const authority = this.#leaves[own.version] as string
    const operation: FixtureOperation = operationOf(deeds, person.id)
    const made = this.unit.commit({ member: person, role, compartment: 'archive', device: here, authority }, [
      operation,
    ])
    const { leaf, header } = made.commit
    const body = header.ops[0]?.digest as string
    let row = 0
    for (const [record, deed] of deeds) {
      const said = deed.do === 'submit' ? { ...deed, revision: body } : deed
      const knew = new Map(own.commits.map((count, index) => [`${index}`, count]))
      const told = { id: leaf, row: row++, depth, log: `${device}`, place: header.seq, knew }
      const event = { ...told, who: person.id, own: person.cadre, role, deed: said }
      this.#written.push({ device, place: header.seq, record, version: own.version, key, event })
    }
    const commits = own.commits.map((count, index) => (index === device ? count + 1 : count))
    this.knows[device] = { ...own, commits }
  }

  /** What the reference makes of it. */
  expected({ commits, version }: Knowledge, record: string): RecordPicture {
    const events = this.#written
      .filter((one) => one.record === record && one.place < (commits[one.device] as number))
      .map((one): Event => {
        const { who, role } = one.event
        const reach = this.rights.reach(one.version, who, one.key, role)
        const isCutOff = this.rights.isCutOff(version, who, one.key, one.device, one.place)
        return { ...one.event, inForce: reach !== null && !isCutOff, reach: reach ?? [] }
      })
    return new Reference(plainRules, events).picture
  }

  #history(version: number): AuthorityHistory {
    const known = this.#histories.get(version)
    if (known !== undefined) return known
    const commits = this.unit.device.logs.control.commits
      .slice(0, this.#lengths[version])
      .map(({ commit }) => commit)
      .filter(({ header }) => isAuthorityCommit(header))
    const history = readAuthority(nodePrimitives, this.unit.rootPublicKey, commits)
    if (!history.ok) throw new Error(history.error.code)
    if (history.value.voids.size > 0) throw new Error(`void: ${[...history.value.voids.values()].join()}`)
    this.#histories.set(version, history.value)
    return history.value
  }

  /** What the product makes of it, of the same commits in whatever order they come. */
  found(
    { commits, version }: Knowledge,
    record: string,
    order: (steps: readonly RoadStep[]) => readonly RoadStep[] = (steps) => steps,
  ): { readonly picture: RecordPicture; readonly state: RecordState | null } {
    const history = this.#history(version)
    const voids: string[] = []
    const steps: RoadStep[] = []
    this.devices.forEach(({ logs }, index) => {
      for (const { commit, depth, sight } of logs.archive.commits.slice(0, commits[index])) {
        const { header, leaf } = commit
        const state = history.at(header.authority ?? '')
        const rows = this.#written.filter((one) => one.event.id === leaf && one.record === record)
        if (state === undefined || judgeCommit(history, header, leaf, 'archive') !== null) {
          voids.push(...rows.map(({ event }) => `${leaf}/${event.row}`))
          continue
        }
        const own = stepsOf(nodePrimitives, header, leaf, depth, state, sight).filter(
          (one) => one.record === record,
        )
        steps.push(...own.map(({ step }) => step))
      }
    })
    const followed = followRoad(nodePrimitives, this.unit.id, record, order(steps))
    voids.push(...followed.voids.map(({ commit, row }) => `${commit}/${row}`))
    return { picture: pictureOf(followed.state, voids.sort()), state: followed.state }
  }
}
