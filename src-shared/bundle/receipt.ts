import { z } from 'zod'
import type { Compartment } from '../access/roles.ts'
import { toHex } from '../kernel/bytes.ts'
import { errorCodes, type ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { SignedCommit } from '../log/chain.ts'
import { checkpointOrigin, verifyCosignature } from '../log/checkpoint.ts'
import { readBody } from '../log/header.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { hubLogId, hubNoteName } from './hub-log.ts'
import { maximumLogs } from './statement.ts'

export const receiptType = 'liandang/receipt/1'

/** Void commits and steps that one receipt names; what is beyond is counted in `voidsOmitted`. */
export const maximumNamedVoids = 20_000

const count = z.int().min(0)

const receiptSchema = z.strictObject({
  salt: idSchema,
  type: z.literal(receiptType),
  hub: idSchema,
  bundle: digestSchema,
  bundleId: idSchema,
  issuedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  logs: z
    .array(
      z.strictObject({ log: idSchema, size: count, root: digestSchema, cosigned: z.string().max(262_144) }),
    )
    .min(1)
    .max(maximumLogs),
  voids: z
    .array(
      z.strictObject({
        log: idSchema,
        seq: count,
        leaf: digestSchema,
        code: z.enum(errorCodes),
        index: count.optional(),
        row: count.optional(),
      }),
    )
    .max(maximumNamedVoids),
  voidsOmitted: z.int().min(1).optional(),
})

/** How far one log has come at the upstream node. */
export interface ReceivedLog {
  readonly log: Id
  readonly size: number
  /** Merkle root at `size`, hex. */
  readonly root: Digest
  /** The device's checkpoint note with the node's cosignature line. */
  readonly cosigned: string
}

/** A commit that broke a rule, or with `index` and `row` one of its steps. */
export interface NamedVoid {
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly code: ErrorCode
  readonly index?: number | undefined
  readonly row?: number | undefined
}

/** The body of `receipt.issue`: what an upstream node says it took in. */
export interface Receipt {
  readonly hub: Id
  /** SHA-256 of the `.liandang` file, hex. */
  readonly bundle: Digest
  readonly bundleId: Id
  /** A claim of the node's clock. */
  readonly issuedAt: string
  readonly logs: readonly ReceivedLog[]
  /** What became void by taking in this bundle. */
  readonly voids: readonly NamedVoid[]
  readonly voidsOmitted?: number | undefined
}

/** Whose receipt it must be. */
export interface ReceiptSource {
  readonly hub: Id
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  readonly unit: Id
  readonly compartment: Compartment
}

/**
 * Whether a commit is one that an upstream node makes in its own log for this unit and compartment: its receipts and
 * nothing else.
 *
 * Errors: `hub/receipt-wrong`.
 */
export function checkHubCommit(
  primitives: Pick<Primitives, 'sha256'>,
  source: ReceiptSource,
  commit: SignedCommit,
): Result<true> {
  const { header } = commit
  const key = toHex(primitives.sha256(source.publicKey))
  const refuse = (path: string) => err('hub/receipt-wrong', { path, log: header.log, seq: header.seq })
  if (header.unit !== source.unit) return refuse('unit')
  if (header.role !== 'hub' || header.member !== source.hub || header.key !== key) return refuse('member')
  if (header.log !== hubLogId(primitives, key, source.unit, source.compartment)) return refuse('log')
  const [operation] = header.ops
  if (header.ops.length !== 1 || operation?.op !== 'receipt.issue') return refuse('ops')
  if (operation.compartment !== source.compartment) return refuse('compartment')
  return ok(true)
}

/**
 * Reads the body of a receipt that `commit` issued, and verifies its cosignatures. Whether its roots are those of the
 * logs is for the caller, who holds them.
 *
 * Errors: `hub/receipt-wrong`, `commit/body-digest`.
 */
export function readReceipt(
  primitives: Primitives,
  source: ReceiptSource,
  commit: SignedCommit,
  bodyBytes: Uint8Array,
): Result<Receipt> {
  const right = checkHubCommit(primitives, source, commit)
  if (!right.ok) return right
  const operation = commit.header.ops[0]
  if (operation?.op !== 'receipt.issue') return err('hub/receipt-wrong', { path: 'ops' })
  if (toHex(primitives.sha256(bodyBytes)) !== operation.digest) return err('commit/body-digest')
  const body = readBody(bodyBytes)
  if (!body.ok) return err('hub/receipt-wrong', { reason: body.error.code })
  const parsed = receiptSchema.safeParse(body.value)
  if (!parsed.success) {
    return err('hub/receipt-wrong', { path: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  }
  const { salt: _salt, type: _type, ...receipt } = parsed.data
  if (receipt.hub !== source.hub) return err('hub/receipt-wrong', { path: 'hub' })
  if (receipt.bundle !== operation.bundle || receipt.bundleId !== operation.entity) {
    return err('hub/receipt-wrong', { path: 'bundle' })
  }
  const witness = { name: hubNoteName(source.hub), publicKey: source.publicKey }
  for (const received of receipt.logs) {
    const cosigned = verifyCosignature(primitives, received.cosigned, witness)
    if (!cosigned.ok) return err('hub/receipt-wrong', { path: 'cosigned', log: received.log })
    const { origin, size, root } = cosigned.value.checkpoint
    const same =
      origin === checkpointOrigin(source.unit, received.log) &&
      size === received.size &&
      toHex(root) === received.root
    if (!same) return err('hub/receipt-wrong', { path: 'logs', log: received.log })
  }
  return ok(receipt)
}
