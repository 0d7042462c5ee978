import { beforeEach, describe, expect, test } from 'vitest'
import { readAuthority, type AuthorityCommit } from '../../../src-shared/access/authority.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture } from '../../helpers/unit-fixture.ts'
import { inForce, newcomer, added, signed } from './chain.ts'

let unit: UnitFixture
let founding: AuthorityCommit

beforeEach(async () => {
  unit = await UnitFixture.found()
  founding = unit.device.logs.control.commits[0]!.commit
})

const read = (...commits: readonly AuthorityCommit[]) =>
  readAuthority(nodePrimitives, unit.rootPublicKey, commits)

const without = (leave: (operation: Operation) => boolean): AuthorityCommit => ({
  ...founding,
  header: { ...founding.header, ops: founding.header.ops.filter((operation) => !leave(operation)) },
})

describe('the founding commit', () => {
  test('puts every role it grants in force', () => {
    for (const member of Object.values(unit.members))
      expect(inForce(unit.history(), member.id)).toEqual(member.roles)
    expect(unit.history().founding).toBe(founding.leaf)
    expect(unit.history().head.height).toBe(0)
  })

  test('is signed by the unit root and by no other', () => {
    const other = signerFromSeed(newSeed())
    const history = readAuthority(nodePrimitives, other.publicKey, [founding])
    expect(history).toMatchObject({ ok: false, error: { code: 'authority/not-founded' } })
  })

  test('is one: none, or two, is no unit', () => {
    expect(read()).toMatchObject({ error: { code: 'authority/not-founded' } })
    const twin = { ...founding, leaf: 'a'.repeat(64) }
    expect(read(founding, twin)).toMatchObject({ error: { code: 'authority/not-founded' } })
  })

  test('leaves no one out whom a unit needs', () => {
    const { reviewerTwo } = unit.members
    const concerns = (operation: Operation) =>
      operation.op === 'keyring.wrap' && operation.holder === reviewerTwo.id
    const one = without(
      (operation) =>
        concerns(operation) || (operation.op === 'role.grant' && operation.entity === reviewerTwo.id),
    )
    expect(read(one)).toMatchObject({ error: { code: 'authority/role-exclusion' } })
    expect(read(without(() => false))).toMatchObject({ ok: true })
  })

  test('brings in no key without its proof', () => {
    const forged = {
      ...founding,
      header: {
        ...founding.header,
        ops: founding.header.ops.map((operation) =>
          operation.op === 'key.add' ? { ...operation, proof: '0'.repeat(128) } : operation,
        ),
      },
    }
    expect(read(forged)).toMatchObject({ error: { code: 'commit/key-weak' } })
  })

  test('founds once: no later commit does it again', () => {
    const again = signed(unit, 'secadmin', {
      operation: {
        op: 'unit.found',
        entity: unit.id,
        policy: 'small',
        suite: 'ed25519-sha256',
        recovery: unit.history().head.recovery,
      },
    })
    expect(unit.history().voids.get(again.commit.leaf)).toBe('authority/action-not-permitted')
    expect(unit.history().head.policy).toBe('normal')
  })
})

describe('the chain after it', () => {
  test('is whole: a commit whose predecessor is missing is not read', () => {
    const first = signed(unit, 'secadmin', added(unit, newcomer(unit)))
    const second = signed(unit, 'secadmin', added(unit, newcomer(unit)))
    expect(read(founding, second.commit)).toMatchObject({ error: { code: 'authority/unknown' } })
    expect(read(second.commit, founding, first.commit)).toMatchObject({ ok: true })
  })

  test('adopts no catalogue but the root’s', () => {
    const adoption = signed(unit, 'secadmin', {
      operation: {
        op: 'catalogue.adopt',
        entity: newId(nodePrimitives),
        version: 2,
        rules: [...unit.history().head.catalogue!.rules.values()].map((rule) => ({
          ...rule,
          verification: 'single' as const,
        })),
      },
    })
    expect(unit.history().voids.get(adoption.commit.leaf)).toBe('authority/action-not-permitted')
    expect(unit.history().head.catalogue?.version).toBe(1)
  })
})

describe('an upstream node', () => {
  const hub = newId(nodePrimitives)
  const propose = (publicKey: string) => ({
    operation: {
      op: 'upstream.propose' as const,
      entity: hub,
      publicKey,
      recipients: {
        control: unit.keys.control.recipient,
        archive: unit.keys.archive.recipient,
        discipline: unit.keys.discipline.recipient,
      },
    },
  })
  const key = Buffer.from(signerFromSeed(newSeed()).publicKey).toString('hex')
  const confirm = (proposal: string) => ({
    operation: { op: 'upstream.confirm' as const, entity: hub, proposal },
  })

  test('is in force once secadmin proposed it and an approver confirmed that very proposal', () => {
    const first = signed(unit, 'secadmin', propose(key))
    expect(unit.history().head.upstream).toBe(null)
    const second = signed(unit, 'secadmin', propose(key))
    const stale = signed(unit, 'approver', confirm(first.commit.leaf))
    expect(unit.history().voids.get(stale.commit.leaf)).toBe('authority/action-not-permitted')
    signed(unit, 'approver', confirm(second.commit.leaf))
    expect(unit.history().head.upstream?.hub).toBe(hub)
    expect(unit.history().head.proposedUpstream).toBe(null)
  })

  test('is not named by one person', () => {
    const proposal = signed(unit, 'secadmin', propose(key))
    for (const name of ['secadmin', 'collector', 'inspector', 'auditor'] as const) {
      const made = signed(unit, name, confirm(proposal.commit.leaf))
      expect(unit.history().voids.get(made.commit.leaf), name).toBe('authority/action-not-permitted')
    }
    expect(unit.history().head.upstream).toBe(null)
  })

  test('has no weak key', () => {
    const weak = signed(unit, 'secadmin', propose(`01${'0'.repeat(62)}`))
    expect(unit.history().voids.get(weak.commit.leaf)).toBe('commit/key-weak')
  })
})
