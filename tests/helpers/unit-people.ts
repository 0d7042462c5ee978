import type { Role } from '../../src-shared/access/roles.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../src-shared/log/category-rule.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../src-shared/review/commitment.ts'
import { groundsDigest, type Grounds } from '../../src-shared/review/sealing.ts'

/** The people of a normal unit, what they may do, and under which rules. */
export const memberNames = [
  'collector',
  'reviewerOne',
  'reviewerTwo',
  'approver',
  'inspector',
  'sysadmin',
  'secadmin',
  'auditor',
] as const
export type MemberName = (typeof memberNames)[number]

export const normalRoles: Readonly<Record<MemberName, readonly Role[]>> = {
  collector: ['collector'],
  reviewerOne: ['reviewer'],
  reviewerTwo: ['reviewer'],
  approver: ['approver'],
  inspector: ['inspector'],
  sysadmin: ['sysadmin'],
  secadmin: ['secadmin'],
  auditor: ['auditor'],
}

export const fixtureRules: readonly CategoryRule[] = [
  rule('A1', 'archive', 1, 'dual'),
  rule('B2', 'archive', 2, 'single'),
  rule('L1', 'discipline', 4, 'dual'),
]

function rule(
  category: string,
  compartment: CategoryRule['compartment'],
  level: number,
  verification: CategoryRule['verification'],
): CategoryRule {
  return { category, compartment, level, verification, signer: 'approver', evidenceRequired: false }
}

const firstMoment = Date.UTC(2026, 10, 22, 1, 0, 0)

/** An opinion as it is sealed, and as it is opened. */
export function newOpinion(unit: Id, revision: Digest, reviewer: Id) {
  const grounds: Grounds = { marks: [], reasons: [], salt: newId(nodePrimitives), words: '' }
  const opened = {
    reviewer,
    nonce: toHex(nodePrimitives.randomBytes(32)),
    decision: 'agree' as const,
    grounds: groundsDigest(nodePrimitives, grounds),
  }
  return { opened, commitment: commitmentOf(nodePrimitives, { unit, revision, ...opened }) }
}

/** A clock that never stands still: a second a commit. */
export function* moments(): Generator<string, never> {
  for (let second = 0; ; second++) yield new Date(firstMoment + 1000 * second).toISOString()
}
