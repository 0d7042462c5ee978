import { z } from 'zod'
import type { DeepReadonly } from '../kernel/readonly.ts'
import { policies, roles, keyrings, compartments } from '../access/roles.ts'
import { longestDeadline } from '../calendar/working-days.ts'
import { digestSchema, idSchema } from './id-schemas.ts'
import { disclosureOperations } from './disclosure-operations.ts'
import { transferOperations } from './transfer-operations.ts'
import { categoryRuleSchema, categorySchema, samplingPlanSchema } from './category-rule.ts'
import { objectionAnswer } from './objections.ts'
import { paperOperations } from './paper-operations.ts'
import { twinOperations } from './twin-operations.ts'

export { copyForms, type CopyForm } from './disclosure-operations.ts'
export { digestSchema, idSchema } from './id-schemas.ts'
const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/)
const signatureSchema = z.string().regex(/^[0-9a-f]{128}$/)
const recipientSchema = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/)

/** The most operations in one commit, and rows in one operation. A larger import is several commits of one batch. */
export const maximumOperations = 10_000

/** Why a key is taken away. */
export const removalCauses = ['lost', 'copied', 'suspended', 'left'] as const
export type RemovalCause = (typeof removalCauses)[number]

/** `YYYY-MM-DD`. */
export const daySchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

const deadlineSchema = z.int().min(1).max(longestDeadline)

/** How reviewers were chosen: by hand, in turn, at random. */
export const assignmentWays = ['hand', 'turn', 'random'] as const
export type AssignmentWay = (typeof assignmentWays)[number]

/** 误录, 漏报, 迟报, 虚报, 篡改. */
export const faultKinds = ['misentry', 'omission', 'lateness', 'falsehood', 'tampering'] as const
export type FaultKind = (typeof faultKinds)[number]
/** Where an error came to light. */
export const faultPlaces = ['review', 'adjudication', 'check', 'later'] as const
export type FaultPlace = (typeof faultPlaces)[number]

/** What the level above says: signs or sends back what waits for it, upholds or rejects what was referred to it. */
export const directiveDecisions = ['sign', 'return', 'uphold', 'reject'] as const
export type DirectiveDecision = (typeof directiveDecisions)[number]
/** Decisions of the level above in one commit. */
export const maximumDirectiveRows = 1000

const fieldNameSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/)

const base = { entity: idSchema, digest: digestSchema }
/** A member may hold one role twice: as their own and as a deputy. */
const grantName = { ...base, role: z.enum(roles), deputyFor: idSchema.nullable() }
const bound = {
  /** Compartments whose logs `last` speaks for: there, what stands beyond it is void whatever time it claims. */
  compartments: z.array(z.enum(compartments)).max(3),
  /** Per log, the last commit accepted from the key; a log that is not named has none. */
  last: z.array(z.strictObject({ log: idSchema, seq: z.int().min(0), leaf: digestSchema })).max(1000),
}
const row = { record: idSchema, revision: digestSchema }
/** Leaf of the draw whose rows, all of them, the operation is about. */
const drawnBatch = { draw: digestSchema.exactOptional() }
/** Of a row that was not drawn: nobody looked at it. */
const drawnRow = { unseen: z.literal(true).exactOptional() }
export const grantedCategoriesSchema = z
  .array(z.union([z.literal('*'), categorySchema]))
  .min(1)
  .max(200)

export const openedOpinionSchema = z.union([
  z.strictObject({
    reviewer: idSchema,
    nonce: digestSchema,
    decision: z.enum(['agree', 'disagree']),
    /** SHA-256 of the canonical grounds (salt, reasons, marks, words), which stand in the body. */
    grounds: digestSchema,
    /** As in the decision, where the category asks for `dual-rekey`. */
    rekey: digestSchema.exactOptional(),
    /** Of a row of a drawn batch: what its reviewer says of the whole, bound by the same commitment. */
    lot: z.enum(['agree', 'disagree']).exactOptional(),
  }),
  z.strictObject({ reviewer: idSchema, decision: z.literal('unopenable') }),
])
export type OpenedOpinion = z.infer<typeof openedOpinionSchema>

export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('unit.found'),
    ...base,
    policy: z.enum(policies),
    suite: z.literal('ed25519-sha256'),
    /** Recipients of the recovery kit: every epoch of a keyring is also wrapped to one of them. */
    recovery: z.strictObject({ archive: recipientSchema, discipline: recipientSchema }),
  }),
  z.strictObject({ op: z.literal('member.add'), ...base, cadre: idSchema.nullable() }),
  /** Ties a member to the dossier that is about them. */
  z.strictObject({ op: z.literal('member.cadre'), ...base, cadre: idSchema.nullable() }),
  z.strictObject({
    op: z.literal('key.add'),
    ...base,
    publicKey: publicKeySchema,
    recipient: recipientSchema,
    /** The new key's own signature over {@link keyProofBytes}. */
    proof: signatureSchema,
  }),
  z.strictObject({
    op: z.literal('role.grant'),
    ...base,
    role: z.enum(roles),
    categories: grantedCategoriesSchema,
    /** The highest level of a category that the grant reaches; 4 opens the discipline compartment. */
    level: z.int().min(1).max(4),
    /** The member whom a deputy (AB 角) stands in for; then both days are given. */
    deputyFor: idSchema.nullable(),
    /** First and last day, inclusive, in China Standard Time; null for no end. */
    from: daySchema.nullable(),
    until: daySchema.nullable(),
  }),
  z.strictObject({ op: z.literal('role.confirm'), ...grantName }),
  z.strictObject({ op: z.literal('role.revoke'), ...grantName }),
  z.strictObject({
    op: z.literal('key.remove'),
    ...base,
    key: digestSchema,
    /** `lost`: forgotten, nobody else has it. Every other cause but `suspended` asks for new epochs. */
    cause: z.enum(removalCauses),
    ...bound,
  }),
  /** Where a removed key ends in compartments that whoever removed it cannot open. */
  z.strictObject({ op: z.literal('key.bound'), ...base, key: digestSchema, ...bound }),
  z.strictObject({
    op: z.literal('keyring.epoch'),
    ...base,
    keyring: z.enum(keyrings),
    epoch: z.int().min(1),
    recipient: recipientSchema,
  }),
  z.strictObject({
    op: z.literal('keyring.wrap'),
    ...base,
    keyring: z.enum(keyrings),
    epoch: z.int().min(1),
    /** A member's id, or the name of a recovery identity. */
    holder: z.union([idSchema, z.literal('recovery-archive'), z.literal('recovery-discipline')]),
  }),
  z.strictObject({
    op: z.literal('device.add'),
    ...base,
    publicKey: publicKeySchema,
    logs: z.strictObject({ control: idSchema, archive: idSchema, discipline: idSchema }),
    proof: signatureSchema,
  }),
  z.strictObject({ op: z.literal('device.remove'), ...base }),
  z.strictObject({
    op: z.literal('settings.set'),
    ...base,
    idleMinutes: z.int().min(1).max(120),
    /** 0 leaves copied values where they are. */
    clipboardSeconds: z.int().min(0).max(600),
    watermark: z.boolean(),
  }),
  /** Working days for each stage of the road. */
  z.strictObject({
    op: z.literal('deadlines.set'),
    ...base,
    review: deadlineSchema,
    adjudication: deadlineSchema,
    signature: deadlineSchema,
  }),
  /** Which days of a year are worked otherwise than the week says; replaces what stood for that year. */
  z.strictObject({
    op: z.literal('calendar.set'),
    ...base,
    year: z.int().min(2000).max(2099),
    holidays: z.array(daySchema).max(120),
    workdays: z.array(daySchema).max(60),
  }),
  /** Dossiers of those above and below a member in the reporting line. */
  z.strictObject({ op: z.literal('member.line'), ...base, cadres: z.array(idSchema).max(1000) }),
  z.strictObject({
    op: z.literal('catalogue.adopt'),
    ...base,
    version: z.int().min(1),
    rules: z.array(categoryRuleSchema).min(1).max(200),
  }),
  /** A new version of the catalogue: whole in the body, what the rules need of it here. */
  z.strictObject({
    op: z.literal('catalogue.propose'),
    ...base,
    version: z.int().min(2),
    /** The body of the version in force that it follows. */
    follows: digestSchema,
    rules: z.array(categoryRuleSchema).min(1).max(200),
  }),
  /** Another person brings a proposed version into force. */
  z.strictObject({
    op: z.literal('catalogue.confirm'),
    ...base,
    /** The commit that proposed it, and its body. */
    proposal: digestSchema,
    catalogue: digestSchema,
  }),
  /** A proposal is taken back by who made it, or refused by another. */
  z.strictObject({ op: z.literal('catalogue.refuse'), ...base, proposal: digestSchema }),
  z.strictObject({
    op: z.literal('upstream.propose'),
    ...base,
    publicKey: publicKeySchema,
    recipients: z.strictObject({
      control: recipientSchema,
      archive: recipientSchema,
      discipline: recipientSchema,
    }),
  }),
  z.strictObject({ op: z.literal('upstream.confirm'), ...base, proposal: digestSchema.nullable() }),
  /** Which of two versions of the chain holds: secadmin names it, an approver confirms. */
  z.strictObject({
    op: z.literal('fork.settle'),
    ...base,
    /** The leaf that two commits follow, and the one of the two that holds. */
    fork: digestSchema,
    kept: digestSchema,
  }),
  z.strictObject({ op: z.literal('fork.confirm'), ...base, fork: digestSchema, proposal: digestSchema }),
  z.strictObject({ op: z.literal('access.record'), ...base }),
  z.strictObject({ op: z.literal('access.note'), ...base }),
  z.strictObject({ op: z.literal('incident.report'), ...base }),
  z.strictObject({ op: z.literal('incident.update'), ...base }),
  z.strictObject({ op: z.literal('cadre.open'), ...base }),
  /** A word on a dossier, which stands in the body; of several steps about one word the last holds. */
  z.strictObject({ op: z.literal('cadre.tag'), ...base, act: z.enum(['set', 'unset']) }),
  /** At which stage a cadre is, which stands in the body; of several the last holds. */
  z.strictObject({ op: z.literal('cadre.stage'), ...base }),
  /** Which department delivers what and by when, which stands in the body; of several about one source the last holds. */
  z.strictObject({ op: z.literal('source.set'), ...base }),
  /** A delivery of a source came; the period stands in the body. */
  z.strictObject({ op: z.literal('source.deliver'), ...base }),
  /** A difference between two sources is settled; the words stand in the body, and the last holds. */
  z.strictObject({ op: z.literal('difference.settle'), ...base, cadre: idSchema }),
  /** What a check of personal matters brought up is 漏报, 瞒报 or neither, which stands in the body. */
  z.strictObject({ op: z.literal('difference.judge'), ...base, cadre: idSchema }),
  ...twinOperations(base),
  z.strictObject({
    op: z.literal('record.submit'),
    ...base,
    cadre: idSchema,
    category: categorySchema,
    /** The archived revision this one corrects, or null for a record's first. */
    parent: digestSchema.nullable(),
    /** Conflicting revisions that this one settles. */
    settles: z.array(digestSchema).max(100),
    /** Shared by the rows of one import. */
    batch: idSchema.nullable(),
    /** How many pieces of evidence the body names. */
    evidence: z.int().min(0).max(1000),
    /** The version of the catalogue it was entered under; the one in force in the authority named. */
    catalogue: z.int().min(1).exactOptional(),
    /** The correction request that this revision is for. */
    request: idSchema.exactOptional(),
  }),
  ...paperOperations(idSchema, digestSchema),
  z.strictObject({ op: z.literal('record.withdraw'), ...base, rows: rowsOf(row) }),
  /** Draws which rows of a batch are looked at; the seed is this commit and those that brought the rows. */
  z.strictObject({
    op: z.literal('review.draw'),
    ...base,
    batch: idSchema,
    category: categorySchema,
    plan: samplingPlanSchema,
    /** `submission` is the leaf of the commit that brought the row. */
    rows: rowsOf({ ...row, submission: digestSchema }),
  }),
  z.strictObject({
    op: z.literal('review.decide'),
    ...base,
    ...drawnBatch,
    rows: rowsOf({
      ...row,
      ...drawnRow,
      commitment: digestSchema,
      /** Digest of the salted values that the reviewer typed from the evidence, where the category asks for it. */
      rekey: digestSchema.exactOptional(),
    }),
  }),
  /** Who is to review; the last word holds. It guides the queues and gives nobody a right. */
  z.strictObject({
    op: z.literal('review.assign'),
    ...base,
    way: z.enum(assignmentWays),
    /** What the choice was drawn from, where it was drawn. */
    seed: digestSchema.exactOptional(),
    rows: rowsOf({ ...row, reviewers: z.array(idSchema).max(2) }),
  }),
  /** A reviewer sends a sensitive matter to adjudication. */
  z.strictObject({ op: z.literal('review.escalate'), ...base, rows: rowsOf(row) }),
  /** A group of several settles a disagreement by majority. */
  z.strictObject({
    op: z.literal('review.convene'),
    ...base,
    members: z.array(idSchema).min(3).max(9),
    rows: rowsOf(row),
  }),
  /** Sends a disagreement to the level above: from then on nobody here settles it. */
  z.strictObject({ op: z.literal('review.refer'), ...base, rows: rowsOf(row) }),
  /** A question of a reviewer about one field, or about the entry. */
  z.strictObject({ op: z.literal('query.ask'), ...base, ...row, field: fieldNameSchema.nullable() }),
  z.strictObject({ op: z.literal('query.answer'), ...base, record: idSchema }),
  z.strictObject({ op: z.literal('query.resolve'), ...base, record: idSchema }),
  /** An error found in a record, classed and traced to those who took part. */
  z.strictObject({
    op: z.literal('fault.find'),
    ...base,
    ...row,
    kind: z.enum(faultKinds),
    found: z.enum(faultPlaces),
    traced: z.array(idSchema).max(20),
  }),
  z.strictObject({ op: z.literal('fault.answer'), ...base, record: idSchema }),
  /** What looking into a late objection came to. */
  z.strictObject({ op: z.literal('objection.settle'), ...base, ...row, ...objectionAnswer }),
  z.strictObject({ op: z.literal('review.return'), ...base, ...drawnBatch, rows: rowsOf(row) }),
  z.strictObject({
    op: z.literal('review.open'),
    ...base,
    ...drawnBatch,
    rows: rowsOf({ ...row, ...drawnRow, opinions: z.array(openedOpinionSchema).min(1).max(8) }),
  }),
  z.strictObject({
    op: z.literal('review.adjudicate'),
    ...base,
    rows: rowsOf({ ...row, outcome: z.enum(['uphold', 'reject']) }),
  }),
  z.strictObject({ op: z.literal('review.sign'), ...base, rows: rowsOf(row) }),
  ...disclosureOperations,
  ...transferOperations,
  z.strictObject({
    op: z.literal('receipt.issue'),
    ...base,
    bundle: digestSchema,
    compartment: z.enum(compartments),
  }),
  /** The level above decides what was put to it. */
  z.strictObject({
    op: z.literal('directive.decide'),
    ...base,
    rows: z
      .array(
        z.strictObject({
          ...row,
          decision: z.enum(directiveDecisions),
          /** Leaf of the commit that put it to the level above: the approver's signature, or the referral. */
          answers: digestSchema,
        }),
      )
      .min(1)
      .max(maximumDirectiveRows),
  }),
])

function rowsOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.array(z.strictObject(shape)).min(1).max(maximumOperations)
}

/** One step of a commit: what the rules need, under random ids; the content is in the body that `digest` names. */
export type Operation = DeepReadonly<z.infer<typeof operationSchema>>
export type OperationOf<Name extends Operation['op']> = Extract<Operation, { op: Name }>

/** How many pieces of evidence the body of an operation names; null where bodies of its kind name none. */
export function evidenceNamed(operation: Operation): number | null {
  switch (operation.op) {
    case 'record.submit':
    case 'paper.attach':
    case 'transfer.answer':
      return operation.evidence
    default:
      return null
  }
}
