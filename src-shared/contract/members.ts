import { z } from 'zod'
import { keyrings, levels, roles, type Compartment } from '../access/roles.ts'
import { daySchema, digestSchema, grantedCategoriesSchema, idSchema } from '../log/operations.ts'
import type {
  ConfirmedView,
  InvitedMember,
  KeyCommits,
  MemberPage,
  MembersView,
  MemberTasks,
} from './member-views.ts'
import { procedure } from './procedure.ts'
import { loginSchema, nameSchema, passwordSchema } from './session.ts'

/** Typed by the member themself, who sits at the keyboard. */
const newSlot = { member: idSchema, password: passwordSchema }

export const grantTermsSchema = z.strictObject({
  role: z.enum(roles),
  categories: grantedCategoriesSchema,
  level: z.literal(levels),
})
export type GrantTerms = z.infer<typeof grantTermsSchema>

/** As whose deputy (AB 角), from which day to which, both inclusive. */
export const deputyTermsSchema = z.strictObject({
  role: z.enum(roles),
  deputyFor: idSchema,
  from: daySchema,
  until: daySchema,
})
export type DeputyTerms = z.infer<typeof deputyTermsSchema>

const grantNameSchema = z.strictObject({ role: z.enum(roles), deputyFor: idSchema.nullable() })

const job = idSchema

export const memberProcedures = {
  'member.list': procedure<MembersView>()({ input: z.strictObject({}), kind: 'read' }),
  /** One member with the authority acts about them. */
  'member.read': procedure<MemberPage>()({ input: z.strictObject({ member: idSchema }), kind: 'read' }),
  /** What waits for the member at work in the matter of keys and roles. */
  'member.tasks': procedure<MemberTasks>()({ input: z.strictObject({}), kind: 'read' }),
  /** A new member, who types the password. Nothing is in force before a holder has confirmed it. */
  'member.invite': procedure<InvitedMember>()({
    input: z.strictObject({
      name: nameSchema,
      login: loginSchema,
      password: passwordSchema,
      grants: z.array(grantTermsSchema).max(8),
      deputies: z.array(deputyTermsSchema).max(8),
    }),
    kind: 'write',
  }),
  /** Replaces the grant of the same role; from then on it waits for confirmation. */
  'member.grant': procedure<null>()({
    input: z.strictObject({ member: idSchema, grant: grantTermsSchema }),
    kind: 'write',
  }),
  'member.deputise': procedure<null>()({
    input: z.strictObject({ member: idSchema, deputy: deputyTermsSchema }),
    kind: 'write',
  }),
  'member.revoke': procedure<null>()({
    input: z.strictObject({ member: idSchema, grants: z.array(grantNameSchema).min(1).max(16) }),
    kind: 'write',
  }),
  /**
   * Hands over the keyrings that the member at work holds, and confirms the grants that then have all theirs. The
   * fingerprint is the one that was shown: a key that changed meanwhile is not confirmed.
   */
  'member.confirm': procedure<ConfirmedView>()({
    input: z.strictObject({
      member: idSchema,
      fingerprint: z.string().length(16),
      grants: z.array(grantNameSchema).max(16),
    }),
    kind: 'write',
  }),
  /** A forgotten password: new keys, and every role waits for confirmation. */
  'member.reset': procedure<InvitedMember>()({ input: z.strictObject(newSlot), kind: 'write' }),
  /** A copied key: as `member.reset`; besides, new epochs and an end of the old key are due. */
  'member.suspect': procedure<InvitedMember>()({ input: z.strictObject({ ...newSlot, job }), kind: 'write' }),
  'member.suspend': procedure<null>()({ input: z.strictObject({ member: idSchema }), kind: 'write' }),
  /** Ends a suspension, or takes back somebody who had left, who needs a role again: with new keys. */
  'member.resume': procedure<InvitedMember>()({
    input: z.strictObject({ ...newSlot, grants: z.array(grantTermsSchema).max(8) }),
    kind: 'write',
  }),
  /** Key and every role go, and `control` gets a new epoch. */
  'member.remove': procedure<null>()({ input: z.strictObject({ member: idSchema, job }), kind: 'write' }),
  /** Says which dossier is about a member; null for none. */
  'member.tie': procedure<null>()({
    input: z.strictObject({ member: idSchema, cadre: idSchema.nullable() }),
    kind: 'write',
  }),
  /** What a removed key signed in a compartment, newest first. */
  'member.commits': procedure<KeyCommits>()({
    input: z.strictObject({
      member: idSchema,
      key: digestSchema,
      compartment: z.enum(['archive', 'discipline']),
    }),
    kind: 'read',
  }),
  /**
   * Says where a removed key ends: per log the last commit that is accepted, -1 for none of it. A log that is not named
   * keeps all that stands in it.
   */
  'member.bound': procedure<null>()({
    input: z.strictObject({
      member: idSchema,
      key: digestSchema,
      compartment: z.enum(['archive', 'discipline']),
      last: z.array(z.strictObject({ log: idSchema, seq: z.int().min(-1) })).max(1000),
    }),
    kind: 'write',
  }),
  /** A new epoch of a keyring, for those who still have a right to it; a compartment is rekeyed with it. */
  'epoch.start': procedure<null>()({
    input: z.strictObject({ keyring: z.enum(keyrings), job }),
    kind: 'write',
  }),
  /** Rekeys what an epoch left to do on this device, also what an interruption left. */
  'epoch.finish': procedure<{ readonly compartments: readonly Compartment[] }>()({
    input: z.strictObject({ job }),
    kind: 'write',
  }),
  /** Says which side of a split chain holds; an approver confirms. */
  'fork.settle': procedure<null>()({ input: z.strictObject({ kept: digestSchema }), kind: 'write' }),
  'fork.confirm': procedure<null>()({ input: z.strictObject({ kept: digestSchema }), kind: 'write' }),
} as const
