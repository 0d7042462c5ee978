import { z } from 'zod'
import type { DisclosurePolicy } from './policy.ts'

/** What a member reads for, as the screens say it. `words` where the kind alone does not say it. */
export const purposeSchema = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  words: z.string().trim().max(200),
})
export interface Purpose {
  readonly kind: string
  readonly words: string
}

/** Said by opening an entry form of a dossier, and by nothing else. */
export const entryPurpose: Purpose = { kind: 'entry', words: '' }

/** Facts of this level and above are read for a purpose (DESIGN §4). */
export const purposeLevel = 3

/** Whether a purpose is one of the policy's, with words where it asks for them. */
export function isComplete(policy: DisclosurePolicy, purpose: Purpose): boolean {
  const known = policy.purposes.find((one) => one.kind === purpose.kind)
  return known !== undefined && (!known.needsWords || purpose.words.trim().length >= 2)
}
