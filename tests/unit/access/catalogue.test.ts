import { beforeEach, describe, expect, test } from 'vitest'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureCommit, type MemberName } from '../../helpers/unit-fixture.ts'
import { keyAdded, keyRemoved, revoked, rootOf, signed, upTo } from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const inForce = () => unit.history().head.catalogue!
const rulesNow = () => [...inForce().rules.values()]
const changed = (change: Partial<CategoryRule>, category = 'A1') =>
  rulesNow().map((rule) => (rule.category === category ? { ...rule, ...change } : rule))

function proposal(rules: readonly CategoryRule[] = rulesNow(), version = inForce().version + 1) {
  return {
    operation: {
      op: 'catalogue.propose' as const,
      entity: newId(nodePrimitives),
      version,
      follows: inForce().body,
      rules: rules.map((rule) => ({ ...rule })),
    },
    body: { catalogue: {} },
  }
}

const confirmation = ({ commit }: FixtureCommit) => ({
  operation: {
    op: 'catalogue.confirm' as const,
    entity: newId(nodePrimitives),
    proposal: commit.leaf,
    catalogue: commit.header.ops[0]!.digest,
  },
})

const refusal = ({ commit }: FixtureCommit) => ({
  operation: { op: 'catalogue.refuse' as const, entity: newId(nodePrimitives), proposal: commit.leaf },
})

const codeOf = ({ commit }: FixtureCommit) => unit.history().voids.get(commit.leaf) ?? null

/** Two sign a version with these rules. */
function adopt(rules: readonly CategoryRule[] = rulesNow()) {
  const proposed = signed(unit, 'approver', proposal(rules))
  return signed(unit, 'secadmin', confirmation(proposed))
}

describe('a new version of the catalogue', () => {
  test.each<[MemberName, MemberName]>([
    ['approver', 'secadmin'],
    ['secadmin', 'approver'],
    ['inspector', 'approver'],
    ['approver', 'inspector'],
  ])('proposed by the %s and confirmed by the %s is in force', (proposer, confirmer) => {
    const proposed = signed(unit, proposer, proposal(changed({ verification: 'single' })))
    expect(inForce().version).toBe(1)
    const confirmed = signed(unit, confirmer, confirmation(proposed))
    expect(inForce().version).toBe(2)
    expect(inForce().rules.get('A1')?.verification).toBe('single')
    expect(unit.history().head.proposedCatalogue).toBe(null)
    expect(unit.history().head.catalogueVersions.map(({ version }) => version)).toEqual([1, 2])
    expect(unit.history().head.catalogueVersions[1]).toMatchObject({
      proposal: proposed.commit.leaf,
      adoption: confirmed.commit.leaf,
    })
  })

  test('is not brought into force by who proposed it', () => {
    const proposed = signed(unit, 'approver', proposal())
    expect(codeOf(signed(unit, 'approver', confirmation(proposed)))).toBe('authority/catalogue-proposal')
    expect(inForce().version).toBe(1)
  })

  test('takes a responsible approver: two others are not enough', () => {
    const proposed = signed(unit, 'secadmin', proposal())
    expect(codeOf(signed(unit, 'inspector', confirmation(proposed)))).toBe('authority/catalogue-proposal')
    expect(inForce().version).toBe(1)
  })

  test.each<MemberName>(['collector', 'reviewerOne', 'sysadmin', 'auditor'])(
    'is neither proposed nor confirmed by a %s',
    (member) => {
      expect(codeOf(signed(unit, member, proposal()))).toBe('authority/action-not-permitted')
      const proposed = signed(unit, 'approver', proposal())
      expect(codeOf(signed(unit, member, confirmation(proposed)))).toBe('authority/action-not-permitted')
    },
  )

  test('is confirmed as exactly the body that was proposed', () => {
    const proposed = signed(unit, 'approver', proposal())
    const other = confirmation(proposed)
    const forged = { operation: { ...other.operation, catalogue: 'a'.repeat(64) } }
    expect(codeOf(signed(unit, 'secadmin', forged))).toBe('authority/catalogue-proposal')
  })

  test('follows the one in force: no number is left out or used twice', () => {
    expect(codeOf(signed(unit, 'approver', proposal(rulesNow(), 3)))).toBe('authority/catalogue-version')
    const stale = proposal()
    adopt()
    expect(codeOf(signed(unit, 'approver', stale))).toBe('authority/catalogue-version')
    const other = { operation: { ...proposal().operation, follows: 'b'.repeat(64) } }
    expect(codeOf(signed(unit, 'approver', other))).toBe('authority/catalogue-version')
  })

  test('is not brought into force a second time by an older confirmation', () => {
    const proposed = signed(unit, 'approver', proposal(changed({ verification: 'single' })))
    signed(unit, 'secadmin', confirmation(proposed))
    adopt(changed({ verification: 'dual' }))
    expect(codeOf(signed(unit, 'inspector', confirmation(proposed)))).toBe('authority/catalogue-proposal')
    expect(inForce().version).toBe(3)
    expect(inForce().rules.get('A1')?.verification).toBe('dual')
  })

  test.each<[string, () => readonly CategoryRule[]]>([
    ['drops a category', () => rulesNow().slice(1)],
    ['lowers a level', () => rulesNow().map((rule) => (rule.level === 2 ? { ...rule, level: 1 } : rule))],
    ['moves a category to another compartment', () => changed({ compartment: 'discipline', level: 4 })],
    ['names a category twice', () => [...rulesNow(), ...rulesNow()]],
  ])('is void when it %s, whoever signs', (_, rules) => {
    expect(codeOf(signed(unit, 'approver', proposal(rules())))).toBe('authority/catalogue-successor')
  })

  test('gives way to a later proposal, and is taken back or refused', () => {
    const first = signed(unit, 'approver', proposal())
    const second = signed(unit, 'inspector', proposal())
    expect(codeOf(signed(unit, 'secadmin', confirmation(first)))).toBe('authority/catalogue-proposal')
    signed(unit, 'approver', refusal(second))
    expect(unit.history().head.proposedCatalogue).toBe(null)
    expect(codeOf(signed(unit, 'approver', confirmation(second)))).toBe('authority/catalogue-proposal')
    expect(codeOf(signed(unit, 'approver', refusal(second)))).toBe('authority/catalogue-proposal')
  })

  test('does not stand on the word of somebody whose role was taken away since', () => {
    const proposed = signed(unit, 'inspector', proposal())
    signed(unit, 'secadmin', revoked(unit.members.inspector.id, 'inspector'))
    expect(codeOf(signed(unit, 'approver', confirmation(proposed)))).toBe('authority/role-not-in-force')
  })

  test('does not stand on a key that was taken away since, though its owner came back with another', () => {
    const { inspector } = unit.members
    const root = rootOf(unit)
    const newer = { ...inspector, signer: signerFromSeed(newSeed()) }
    const older = signed(unit, 'inspector', proposal())
    const back = [keyRemoved(inspector, [upTo(older)]), keyAdded(unit, inspector.id, newer.signer)]
    expect(codeOf(signed(unit, root, back))).toBe(null)
    expect(codeOf(signed(unit, 'approver', confirmation(older)))).toBe('authority/key-not-in-force')
    const proposed = signed(unit, newer, proposal())
    expect(codeOf(signed(unit, 'approver', confirmation(proposed)))).toBe(null)
  })

  test('is confirmed as the proposal that waits, not as an older one of the same body', () => {
    const [first, second] = [signed(unit, 'approver', proposal()), signed(unit, 'approver', proposal())]
    const mixed = { ...confirmation(second).operation, proposal: first.commit.leaf }
    expect(codeOf(signed(unit, 'secadmin', { operation: mixed }))).toBe('authority/catalogue-proposal')
  })

  test('is not proposed with sampling of what is sensitive in one of its categories', () => {
    const sampling = { tolerablePermille: 50, confidencePermille: 950 }
    const sensitive = changed({ level: 3, sampling })
    expect(codeOf(signed(unit, 'approver', proposal(sensitive)))).toBe('authority/action-not-permitted')
    expect(codeOf(signed(unit, 'approver', proposal(changed({ sampling }))))).toBe(null)
  })

  test('is adopted by the root alone after the founding too, as the next that drops nothing', () => {
    const adopted = (version: number, rules = rulesNow()) => {
      const operation = { op: 'catalogue.adopt', entity: newId(nodePrimitives), version } as const
      return codeOf(
        signed(unit, rootOf(unit), {
          operation: { ...operation, rules: rules.map((rule) => ({ ...rule })) },
        }),
      )
    }
    expect([1, 3].map((version) => adopted(version))).toEqual([
      'authority/catalogue-version',
      'authority/catalogue-version',
    ])
    expect(adopted(2, rulesNow().slice(1))).toBe('authority/catalogue-successor')
    const sampling = { tolerablePermille: 50, confidencePermille: 950 }
    expect(adopted(2, changed({ level: 3, sampling }))).toBe('authority/action-not-permitted')
    expect(adopted(2, changed({ verification: 'single' }))).toBe(null)
    expect(inForce().rules.get('A1')?.verification).toBe('single')
  })

  test('holds on neither side while the chain is split', () => {
    const authority = unit.authority
    const other = proposal()
    adopt(changed({ verification: 'single' }))
    unit.commit({ member: unit.members.approver, role: 'approver', compartment: 'control', authority }, [
      other,
    ])
    expect(unit.history().forked).toBe(authority)
    expect(inForce().version).toBe(1)
    expect(unit.history().head.proposedCatalogue).toBe(null)
  })
})

describe('a record', () => {
  function submit(options: {
    readonly catalogue?: number
    readonly authority?: string
    readonly parent?: string
  }) {
    const { catalogue, parent = null, ...rest } = options
    const { collector } = unit.members
    const made = unit.commit({ member: collector, role: 'collector', compartment: 'archive', ...rest }, [
      {
        operation: {
          op: 'record.submit',
          entity: newId(nodePrimitives),
          cadre: newId(nodePrimitives),
          category: 'A1',
          parent,
          settles: [],
          batch: null,
          evidence: 0,
          ...(catalogue === undefined ? {} : { catalogue }),
        },
      },
    ])
    return judgeCommit(unit.history(), made.commit.header, made.commit.leaf, 'archive')
  }

  test('is entered under the version in force in the authority it names', () => {
    expect(submit({ catalogue: 1 })).toBe(null)
    expect(submit({})).toBe(null)
    expect(submit({ catalogue: 2 })).toBe('authority/catalogue-version')
  })

  test('of an older version is void once the newer one is known, and counts where it was not', () => {
    const before = unit.authority
    adopt()
    expect(submit({ catalogue: 1 })).toBe('authority/catalogue-version')
    expect(submit({})).toBe('authority/catalogue-version')
    expect(submit({ catalogue: 2 })).toBe(null)
    expect(submit({ catalogue: 1, authority: before })).toBe(null)
  })

  test('is not begun in a category that is retired, but is corrected there', () => {
    adopt(changed({ retired: true }))
    expect(submit({ catalogue: 2 })).toBe('authority/category-retired')
    expect(submit({ catalogue: 2, parent: 'd'.repeat(64) })).toBe(null)
  })
})
