import { z } from 'zod'
import { policies, roles } from '../access/roles.ts'
import { grantedCategoriesSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'
import type { FoundedUnit, SessionStatus, SessionView, UnitView, WorkbenchView } from './views.ts'

export const minimumPasswordLength = 10

export const loginSchema = z.string().trim().min(2).max(40)
export const nameSchema = z.string().trim().min(1).max(100)
/** Text of a key file: a single line of about 170 characters. */
export const keyFileSchema = z.string().min(1).max(1024)
export const passwordSchema = z.string().min(minimumPasswordLength).max(200)

export const foundingSchema = z.strictObject({
  unit: z.strictObject({ name: nameSchema, creditCode: z.string().length(18).nullable() }),
  policy: z.enum(policies),
  members: z
    .array(
      z.strictObject({
        name: nameSchema,
        login: loginSchema,
        password: passwordSchema,
        roles: z.array(z.enum(roles)).min(1).max(3),
        /** May read the discipline compartment (an inspector always may). */
        cleared: z.boolean(),
        categories: grantedCategoriesSchema,
      }),
    )
    .min(4)
    .max(50),
  device: nameSchema,
  recovery: z.strictObject({
    threshold: z.int().min(2).max(10),
    holders: z.array(nameSchema).min(2).max(10),
  }),
  /** Text of a hub card, or null to name the hub later. */
  hubCard: z.string().max(10_000).nullable(),
  /** Categories whose entries the level above signs too; none where no hub is named. */
  signedAbove: z
    .array(z.string().regex(/^[A-Z][0-9]{1,3}$/))
    .max(200)
    .exactOptional(),
})
export type Founding = z.infer<typeof foundingSchema>

export const sessionProcedures = {
  'session.status': procedure<SessionStatus>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'session.unlock': procedure<SessionView>()({
    input: z.strictObject({
      login: z.string().min(1).max(40),
      password: z.string().min(1).max(200),
      /** The member's key file, if their slot asks for one. */
      keyFile: keyFileSchema.nullable().default(null),
    }),
    kind: 'write',
  }),
  /** Ends the core process after answering; a locked one takes its place. */
  'session.lock': procedure<null>()({
    input: z.strictObject({}),
    kind: 'write',
  }),
  'unit.found': procedure<FoundedUnit>()({
    input: foundingSchema,
    kind: 'write',
  }),
  'unit.read': procedure<UnitView>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'workbench.read': procedure<WorkbenchView>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
} as const
