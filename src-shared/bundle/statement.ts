import { z } from 'zod'
import { compartments, type Compartment } from '../access/roles.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { signEnvelope, verifyEnvelope, type Envelope } from '../log/envelope.ts'
import { digestSchema, idSchema } from '../log/operations.ts'

export const bundlePayloadType = 'application/vnd.liandang.bundle+json'
export const bundleType = 'liandang/bundle/1'
/** The media type of a whole `.liandang` file. */
export const bundleMediaType = 'application/vnd.liandang.bundle'

export const bundleKinds = [
  'update',
  'full',
  'enrolment',
  'receipt',
  'directive',
  'backup',
  'handover',
  'sample',
] as const
export type BundleKind = (typeof bundleKinds)[number]

/** Kinds that are made by an upstream node, out of its own log and under its own key. */
const hubKinds: readonly BundleKind[] = ['receipt', 'directive']
/** Kinds that may leave bodies out. */
const withholdingKinds: readonly BundleKind[] = ['handover', 'sample']

export function isFromHub(kind: BundleKind): boolean {
  return hubKinds.includes(kind)
}

export function mayWithholdBodies(kind: BundleKind): boolean {
  return withholdingKinds.includes(kind)
}

export const maximumStatementBytes = 4 * 1024 * 1024
/** Logs one bundle may carry: more devices than a unit ever has. */
export const maximumLogs = 3000

/** A piece of one log: the commits `from` … `to`, inclusive. */
export interface LogRange {
  readonly log: Id
  readonly from: number
  readonly to: number
  /** Merkle root of the log at size `from`, hex. */
  readonly rootBefore: Digest
  /** Merkle root of the log at size `to + 1`, hex. */
  readonly rootAfter: Digest
}

/** A commit of another log that the reader must already hold: the last of the first `size` of its log. */
export interface Prerequisite {
  readonly log: Id
  readonly size: number
  readonly leaf: Digest
}

/** The newest receipt the sender holds from an upstream node, so that a node that shows two faces is found out. */
export interface HeldReceipt {
  readonly hub: Id
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
}

/** What the sender signs about a bundle: the payload of `bundle.dsse.json`. */
export interface Statement {
  readonly type: typeof bundleType
  readonly id: Id
  readonly kind: BundleKind
  readonly unit: Id
  readonly compartment: Compartment
  /** The device that made the bundle; of a bundle that comes down, the id of the upstream node. */
  readonly device: Id
  /** A claim of a wall clock, UTC with milliseconds; it decides nothing. */
  readonly createdAt: string
  /** SHA-256 of `manifest-sha256.txt`, hex. */
  readonly manifestSha256: Digest
  readonly logs: readonly LogRange[]
  readonly prerequisites: readonly Prerequisite[]
  readonly receipts: readonly HeldReceipt[]
}

/** A statement before its bundle is written. */
export type StatementDraft = Omit<Statement, 'type' | 'manifestSha256'>

const count = z.int().min(0)

const statementSchema = z.strictObject({
  type: z.literal(bundleType),
  id: idSchema,
  kind: z.enum(bundleKinds),
  unit: idSchema,
  compartment: z.enum(compartments),
  device: idSchema,
  createdAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  manifestSha256: digestSchema,
  logs: z
    .array(
      z.strictObject({
        log: idSchema,
        from: count,
        to: count,
        rootBefore: digestSchema,
        rootAfter: digestSchema,
      }),
    )
    .min(1)
    .max(maximumLogs),
  prerequisites: z
    .array(z.strictObject({ log: idSchema, size: z.int().min(1), leaf: digestSchema }))
    .max(maximumLogs),
  receipts: z
    .array(z.strictObject({ hub: idSchema, log: idSchema, seq: count, leaf: digestSchema }))
    .max(maximumLogs),
})

export function signStatement(statement: Statement, signer: Signer): Envelope {
  return signEnvelope(bundlePayloadType, canonicalBytes(plain(statement)), signer)
}

/**
 * Reads what an envelope says about its bundle, without believing it: see {@link verifyStatement}.
 *
 * Errors: `bundle/layout`.
 */
export function readStatement(envelope: Envelope): Result<Statement> {
  if (envelope.payloadType !== bundlePayloadType) return err('bundle/layout', { reason: 'payload-type' })
  const value = readCanonical(envelope.payload, maximumStatementBytes)
  if (!value.ok) return err('bundle/layout', { reason: 'statement', ...value.error.detail })
  const parsed = statementSchema.safeParse(value.value)
  if (!parsed.success) {
    return err('bundle/layout', {
      reason: 'statement',
      path: parsed.error.issues[0]?.path.map(String).join('.') ?? '',
    })
  }
  const { logs } = parsed.data
  if (logs.some((range) => range.to < range.from)) return err('bundle/layout', { reason: 'range' })
  if (new Set(logs.map((range) => range.log)).size !== logs.length) {
    return err('bundle/layout', { reason: 'log-twice' })
  }
  return ok(parsed.data)
}

/** Errors: `bundle/signature`. */
export function verifyStatement(
  primitives: Primitives,
  envelope: Envelope,
  publicKey: Uint8Array,
): Result<true> {
  return verifyEnvelope(primitives, envelope, publicKey) ? ok(true) : err('bundle/signature')
}

function plain(statement: Statement) {
  return {
    ...statement,
    logs: statement.logs.map((range) => ({ ...range })),
    prerequisites: statement.prerequisites.map((known) => ({ ...known })),
    receipts: statement.receipts.map((receipt) => ({ ...receipt })),
  }
}
