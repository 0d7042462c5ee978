import { z } from 'zod'
import type { DeepReadonly } from '../kernel/readonly.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * What the unit says of showing dossiers to people, as versioned data: what they may be read for, what a cadre's own
 * copy leaves out and why, and within how many days a cadre is answered (30, GB/T 35273-2020, 8.7).
 */
const policySchema = z.strictObject({
  type: z.literal('liandang/disclosure-policy/1'),
  version: z.int().min(1),
  /** What a member may say they read for; `needsWords` where the kind alone does not say it. */
  purposes: z
    .array(z.strictObject({ kind: z.string().regex(/^[a-z][a-z-]{0,39}$/), needsWords: z.boolean() }))
    .min(1)
    .max(50),
  withheldFromSubject: z
    .array(
      z.strictObject({ category: z.string().regex(/^[A-Z][0-9]{1,3}$/), reason: z.string().min(1).max(200) }),
    )
    .max(200),
  answerWithinDays: z.int().min(1).max(365),
})
export type DisclosurePolicy = DeepReadonly<z.infer<typeof policySchema>>

/** Errors: `format/invalid`. */
export function readDisclosurePolicy(value: unknown): Result<DisclosurePolicy> {
  const parsed = policySchema.safeParse(value)
  return parsed.success ? ok(parsed.data) : err('format/invalid', { reason: 'schema' })
}

/** Whether a category stays out of the copy for the cadre themself. */
export function isWithheld(policy: DisclosurePolicy, category: string): boolean {
  return policy.withheldFromSubject.some((withheld) => withheld.category === category)
}
