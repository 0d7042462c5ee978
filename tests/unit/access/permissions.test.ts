import { beforeAll, describe, expect, test } from 'vitest'
import { readAuthority } from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import { operationRules, type OperationName } from '../../../src-shared/access/permissions.ts'
import { compartments, roles, type Role, type SigningRole } from '../../../src-shared/access/roles.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { Header } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember } from '../../helpers/unit-fixture.ts'
import { added, confirmed, granted, newcomer, signed } from './chain.ts'

/**
 * Every operation under every role in a log of every compartment, against the table. Operations of the chain have more
 * conditions than the table; what it forbids is void before any of them is looked at.
 */
let unit: UnitFixture
const holders = new Map<Role, FixtureMember>()

const names = Object.keys(operationRules) as OperationName[]
const cases = names.flatMap((name) => roles.map((role) => [name, role] as const))

beforeAll(async () => {
  unit = await UnitFixture.found()
  for (const member of Object.values(unit.members))
    for (const role of member.roles) if (!holders.has(role)) holders.set(role, member)
  const supervisor = newcomer(unit, 'supervisor')
  signed(unit, 'secadmin', [...added(unit, supervisor), granted(supervisor.id, 'supervisor')])
  signed(unit, 'approver', confirmed(supervisor.id, 'supervisor'))
  holders.set('supervisor', supervisor)
})

test('somebody holds each of the roles, in force', () => {
  expect([...holders.keys()].sort()).toEqual([...roles].sort())
})

/** A header that says no more of the operation than the table knows. */
function headerOf(name: OperationName, role: SigningRole, member: FixtureMember, log: string): Header {
  const base = unit.device.logs.control.commits[0]!.commit.header
  const bare = { op: name, entity: newId(nodePrimitives), digest: 'd'.repeat(64) }
  const submitted = ofCategory.has(name) ? { cadre: bare.entity, category: categoryOf(log) } : {}
  return {
    ...base,
    authority: unit.authority,
    key: member.signer.keyId,
    member: member.id,
    role,
    log,
    seq: 1000,
    prev: 'e'.repeat(64),
    ops: [{ ...bare, ...submitted } as Operation],
  }
}

const ofCategory: ReadonlySet<OperationName> = new Set(['record.submit', 'paper.attach', 'paper.strike'])
const categoryOf = (log: string) => (log === unit.device.logs.discipline.id ? 'L1' : 'A1')

const uncleared: ReadonlySet<string> = new Set([
  'record.submit collector',
  'paper.attach collector',
  'paper.strike collector',
  'copy.approve approver',
  'difference.judge approver',
])

describe('an operation counts only as the table says', () => {
  test.each(cases)('%s by a %s', (name, role) => {
    const member = holders.get(role) as FixtureMember
    const { roles: allowed, compartments: places, authority } = operationRules[name]
    for (const compartment of compartments) {
      const header = headerOf(name, role, member, unit.device.logs[compartment].id)
      const code = judgeCommit(unit.history(), header, 'f'.repeat(64), compartment)
      const may =
        (allowed as readonly SigningRole[]).includes(role) &&
        (places as readonly string[]).includes(compartment)
      // Commits of the chain are judged with the chain: one that it does not hold is none.
      if (authority) expect(code, compartment).not.toBe(null)
      else if (compartment === 'discipline' && uncleared.has(`${name} ${role}`))
        // The table lets them; these members have no clearance.
        expect(code).toBe('authority/category-not-granted')
      else expect(code === null, `${compartment}: ${code}`).toBe(may)
    }
  })

  test.each(names.filter((name) => operationRules[name].authority))(
    'of the chain, %s by nobody whom the table does not name',
    (name) => {
      const allowed: readonly SigningRole[] = operationRules[name].roles
      const chain = unit.device.logs.control.commits.map(({ commit }) => commit)
      const publicKey = toHex(unit.members.collector.signer.publicKey)
      for (const role of roles.filter((one) => !allowed.includes(one))) {
        const member = holders.get(role) as FixtureMember
        const bare = headerOf(name, role, member, unit.device.logs.control.id)
        const ops = [{ ...bare.ops[0], publicKey } as Operation]
        const commit = { leaf: 'f'.repeat(64), header: { ...bare, ops } }
        const history = readAuthority(nodePrimitives, unit.rootPublicKey, [...chain, commit])
        expect(history.ok && history.value.voids.get(commit.leaf), role).toBe(
          'authority/action-not-permitted',
        )
      }
    },
  )
})
