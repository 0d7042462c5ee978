import { readDisclosurePolicy, type DisclosurePolicy } from '../../../src-shared/disclosure/policy.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import type { UnlockedHandler } from '../context.ts'

let policy: DisclosurePolicy | undefined

/** The policy that comes with the product. */
export function disclosurePolicy(): DisclosurePolicy {
  if (policy === undefined) {
    const read = readDisclosurePolicy(readResourceJson('disclosure/policy.json'))
    if (!read.ok) throw new Error('the product is incomplete: disclosure/policy.json')
    policy = read.value
  }
  return policy
}

export const disclosurePolicyRead: UnlockedHandler<'disclosure.policy'> = () => ok(disclosurePolicy())
