import { join } from 'node:path'
import Driver from 'sqlcipher'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openKeySlot } from '../../src-main/vault/key-slot.ts'
import { openVault, type OpenVault } from '../../src-main/vault/vault.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../src-shared/log/category-rule.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { forge } from '../helpers/forgery.ts'
import { deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { deviceOf, enrol, exported, isVerified, must, receive } from '../helpers/two-devices.ts'
import type { FixtureMember, FixtureOperation } from '../helpers/unit-fixture.ts'
import { passwordOf, VaultFixture, type RawKeys } from '../helpers/vault-fixture.ts'
import { added, confirmed, granted, newcomer, signed } from '../unit/access/chain.ts'
import {
  actorNames,
  actors,
  play,
  roadAttacks,
  rulesOfTheRoad,
  type Actor,
  type RoadStage,
} from './road-attacks.ts'

/**
 * Every step that breaks a rule of the road, made by a client that checks nothing, at three places: brought to another
 * device of the unit in a bundle, written into a database with tables to suit, and sent to the node above.
 */
interface Played {
  readonly name: string
  readonly code: string
  readonly record: Id
  readonly leaf: string
}

function playAll(stage: RoadStage): readonly Played[] {
  return roadAttacks.map((attack) => ({ name: attack.name, code: attack.code, ...play(stage, attack) }))
}

const administrators = ['sysadmin', 'secadmin', 'auditor'] as const
const people = [
  ...administrators.map((role) => ({ login: role, roles: [role] })),
  ...actorNames.map((login) => ({
    login,
    roles: actors[login],
    cleared: login === 'inspector',
    categories: login === 'narrow' ? ['C7'] : ['*'],
  })),
]

/** A vault’s database, where somebody writes what they like. */
async function stageOn(fixture: VaultFixture, vault: OpenVault, ownDossier: Id): Promise<RoadStage> {
  const members = new Map<Actor, OpenVault['member']>()
  for (const actor of actorNames) members.set(actor, (await fixture.session(actor)).vault.member)
  const rules = [...(vault.authority.head.catalogue?.rules.values() ?? [])]
  const evident = rules.find((rule) => rule.evidenceRequired && rule.compartment === 'archive')?.category
  return {
    unit: vault.unit,
    ownDossier,
    idOf: (actor) => members.get(actor)?.id ?? '',
    category: (kind) => (kind === 'plain' ? 'C6' : (evident ?? '')),
    commit: (actor, role, operation) => {
      const { id, signer } = members.get(actor) as OpenVault['member']
      const made = forge(vault, 'archive', { member: id, role, signer }, [{ operation }])
      return { leaf: made.leaf, digest: made.header.ops[0]?.digest ?? '' }
    },
  }
}

interface VoidStep {
  readonly record: Id
  readonly leaf: string
  readonly code: string
}

function voidSteps(vault: OpenVault): readonly VoidStep[] {
  const database = vault.compartments.get('archive')?.database
  return (database?.prepare('SELECT record, leaf, code FROM void_step').all() ?? []) as VoidStep[]
}

function byRecord(steps: readonly VoidStep[], { record }: Played) {
  return steps.filter((step) => step.record === record).map(({ leaf, code }) => ({ leaf, code }))
}

let home: VaultFixture
let away: VaultFixture
let ownDossier: Id
let keys: RawKeys

beforeAll(async () => {
  home = await VaultFixture.found({ people })
  ownDossier = await home.openCadre('李明', 'author')
  const { id } = (await home.session('concerned')).vault.member
  must(await home.call('inspector', 'member.tie', { member: id, cadre: ownDossier }))
  await home.refresh()
  away = await enrol(home, '办公室二')
  keys = await home.keys()
})
afterAll(() => {
  home.close()
  away.close()
})

describe('a step that breaks a rule, brought by another device, counts for nothing and is named', () => {
  let played: readonly Played[]
  let found: readonly VoidStep[]

  beforeAll(async () => {
    const vault = (await away.session('inspector')).vault
    played = playAll(await stageOn(away, vault, ownDossier))
    for (const path of await exported(away, await deviceOf(home))) must(await receive(home, path))
    home.leave()
    found = voidSteps((await home.session('inspector')).vault)
    expect(await isVerified(home)).toBe(true)
  })

  test.each(roadAttacks.map(({ name }) => name))('%s', (name) => {
    const attack = played.find((one) => one.name === name) as Played
    expect(byRecord(found, attack)).toEqual([{ leaf: attack.leaf, code: attack.code }])
  })
})

describe('a step that breaks a rule, in a database whose tables pass over it, is named by the verification', () => {
  let played: readonly Played[]
  let named: readonly string[]

  beforeAll(async () => {
    const copy = home.copy()
    const slot = must(await openKeySlot(copy.layout.keySlots, 'inspector', passwordOf('inspector')))
    const vault = must(await openVault(nodePrimitives, copy.layout, slot))
    const before = voidSteps(vault)
    played = playAll(await stageOn(copy, vault, ownDossier))
    expect(voidSteps(vault).length).toBe(before.length + roadAttacks.length)
    vault.compartments.get('archive')?.database.prepare('DELETE FROM void_step').run()
    vault.close()
    const report = await copy.verify(keys)
    expect(report.verified).toBe(false)
    named = report.compartments.flatMap(({ differences }) =>
      differences.map(({ table, key, how }) => `${table} ${how} ${key}`),
    )
    copy.close()
  })

  test.each(roadAttacks.map(({ name }) => name))('%s', (name) => {
    const { leaf } = played.find((one) => one.name === name) as Played
    expect(named.filter((line) => line.startsWith('void_step missing') && line.includes(leaf))).toHaveLength(
      1,
    )
  })
})

describe('a step that breaks a rule, sent to the node above, counts for nothing and is named', () => {
  let fixture: HubFixture
  let played: readonly Played[]
  let found: readonly VoidStep[]

  beforeAll(async () => {
    const base = { compartment: 'archive', level: 1, verification: 'dual', signer: 'approver' } as const
    const rules: readonly CategoryRule[] = [
      { ...base, category: 'A1', evidenceRequired: false },
      { ...base, category: 'B2', evidenceRequired: true },
    ]
    fixture = await hubWithUnit({}, { rules })
    const { hub, unit } = fixture
    const own = newId(nodePrimitives)
    const members = new Map<Actor, FixtureMember>([['inspector', unit.members.inspector]])
    for (const actor of actorNames) {
      if (members.has(actor)) continue
      const roles = actors[actor]
      const person = { ...newcomer(unit, ...roles), cadre: actor === 'concerned' ? own : null }
      members.set(actor, person)
      const terms = actor === 'narrow' ? { categories: ['B2'], level: 3 as const } : { level: 3 as const }
      signed(unit, 'secadmin', [
        ...added(unit, person),
        ...roles.map((role) => granted(person.id, role, terms)),
      ])
      for (const role of roles) signed(unit, 'approver', confirmed(person.id, role))
    }
    played = playAll({
      unit: unit.id,
      ownDossier: own,
      idOf: (actor) => members.get(actor)?.id ?? '',
      category: (kind) => (kind === 'plain' ? 'A1' : 'B2'),
      commit: (actor, role, operation) => {
        const member = members.get(actor) as FixtureMember
        const drafted = [{ operation } as FixtureOperation]
        const { commit } = unit.commit({ member, role, compartment: 'archive' }, drafted)
        return { leaf: commit.leaf, digest: commit.header.ops[0]?.digest ?? '' }
      },
    })
    for (const compartment of ['control', 'archive'] as const) {
      const recipients = [hub.card.recipients[compartment]]
      expect(await deliver(hub, await packed(bundleOf(unit, { compartment, recipients })))).toBe('taken')
    }
    const database = new Driver(join(fixture.directory, 'hub.db'), { readonly: true })
    found = database.prepare('SELECT record, leaf, code FROM void').all() as VoidStep[]
    database.close()
  })
  afterAll(async () => await fixture.close())

  test.each(roadAttacks.map(({ name }) => name))('%s', (name) => {
    const attack = played.find((one) => one.name === name) as Played
    expect(byRecord(found, attack)).toEqual([{ leaf: attack.leaf, code: attack.code }])
  })
})

test('there is such a step for every rule of the road that a commit can break', () => {
  const tried = new Set(roadAttacks.map(({ code }) => code))
  expect(rulesOfTheRoad.filter((code) => !tried.has(code))).toEqual([])
})
