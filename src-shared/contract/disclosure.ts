import { z } from 'zod'
import type { DisclosurePolicy } from '../disclosure/policy.ts'
import { procedure } from './procedure.ts'

export const disclosureProcedures = {
  'disclosure.policy': procedure<DisclosurePolicy>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
} as const
