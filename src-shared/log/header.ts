import { z } from 'zod'
import { isOperationName } from '../access/permissions.ts'
import { roles } from '../access/roles.ts'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical, type CanonicalValue } from '../kernel/canonical.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { digestSchema, idSchema, maximumOperations, operationSchema, type Operation } from './operations.ts'

export const commitPayloadType = 'application/vnd.liandang.commit+json'
export const commitType = 'liandang/commit/1'

/** A header of 10,000 rows is about 4 MB. */
export const maximumHeaderBytes = 16 * 1024 * 1024
export const maximumBodyBytes = 16 * 1024 * 1024

/** A moment of which a day can be told, in a year that a date may have. */
function isMoment(at: string): boolean {
  return at >= '1970' && at < '2200' && !Number.isNaN(Date.parse(at))
}

const headerShape = {
  /** What the member did, for people: the operation of the first step. */
  action: z
    .string()
    .regex(/^[a-z]+\.[a-z-]+$/)
    .max(40),
  /** A claim of a wall clock, UTC with milliseconds; it decides nothing. */
  at: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    .refine(isMoment),
  /** Leaf of the newest authority commit known; null in the founding commit. */
  authority: digestSchema.nullable(),
  /** Newest leaves of other logs of the compartment, seen since the last commit. Sorted, no repeats. */
  deps: z.array(digestSchema).max(1000),
  key: digestSchema,
  log: idSchema,
  member: idSchema,
  prev: digestSchema.nullable(),
  role: z.enum([...roles, 'root', 'hub']),
  seq: z.int().min(0),
  type: z.literal(commitType),
  unit: idSchema,
}

const headerSchema = z.strictObject({
  ...headerShape,
  ops: z.array(operationSchema).min(1).max(maximumOperations),
})

// A header whose operations this version does not know must still be told from a malformed one.
const looseHeaderSchema = z.strictObject({
  ...headerShape,
  ops: z
    .array(z.looseObject({ op: z.string(), entity: idSchema, digest: digestSchema }))
    .min(1)
    .max(maximumOperations),
})

export type Header = Omit<z.infer<typeof headerSchema>, 'ops'> & { readonly ops: readonly Operation[] }

/**
 * Strict reading of header bytes: canonical form, exactly the members of a header, the `action` of its first operation,
 * sorted unique `deps`, `prev` null exactly at `seq` 0.
 *
 * Errors: `format/*`, `commit/header`, `log/unknown-action` (a well-formed header of a newer version).
 */
export function readHeader(bytes: Uint8Array): Result<Header> {
  const canonical = readCanonical(bytes, maximumHeaderBytes)
  if (!canonical.ok) return canonical
  const parsed = headerSchema.safeParse(canonical.value)
  if (!parsed.success) {
    const loose = looseHeaderSchema.safeParse(canonical.value)
    if (loose.success && loose.data.ops.some((operation) => !isOperationName(operation.op))) {
      return err('log/unknown-action', { action: loose.data.action, seq: loose.data.seq })
    }
    return err('commit/header', { path: parsed.error.issues[0]?.path.join('.') ?? '' })
  }
  const header = parsed.data
  if (header.action !== header.ops[0]?.op) return err('commit/header', { path: 'action' })
  if ((header.prev === null) !== (header.seq === 0)) return err('commit/header', { path: 'prev' })
  for (let i = 1; i < header.deps.length; i++) {
    if ((header.deps[i - 1] as string) >= (header.deps[i] as string))
      return err('commit/header', { path: 'deps' })
  }
  return ok(header)
}

export function headerBytes(header: Header): Uint8Array {
  return canonicalBytes(header as unknown as CanonicalValue)
}

/** A body: what an operation says, with a salt so that its digest cannot be guessed. */
export type Body = { readonly salt: string } & { readonly [key: string]: CanonicalValue | undefined }

export interface PreparedBody {
  readonly digest: Digest
  readonly bytes: Uint8Array
}

/** Salts and encodes a body. `content` must not have a member `salt`. */
export function prepareBody(
  primitives: Primitives,
  content: { readonly [key: string]: CanonicalValue | undefined },
): PreparedBody {
  const bytes = canonicalBytes({ ...content, salt: toHex(primitives.randomBytes(16)) })
  return { digest: toHex(primitives.sha256(bytes)), bytes }
}

/** Strict reading of a body: canonical, an object, salted. Members this version does not know are kept. */
export function readBody(bytes: Uint8Array): Result<Body> {
  const canonical = readCanonical(bytes, maximumBodyBytes)
  if (!canonical.ok) return canonical
  const value = canonical.value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err('format/invalid')
  const salt = (value as { salt?: unknown }).salt
  if (typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt)) return err('format/invalid', { path: 'salt' })
  return ok(value as Body)
}

/** What a new key signs when it is introduced, so that nobody can enrol a key they do not hold. */
export function keyProofBytes(unit: string, owner: string, publicKey: string): Uint8Array {
  return canonicalBytes({ owner, publicKey, type: 'liandang/key-proof/1', unit })
}

/**
 * What a new device signs. It does not know the unit yet: the device that enrols it compares the request with a code
 * between two people.
 */
export function deviceProofBytes(
  device: string,
  publicKey: string,
  logs: { readonly control: string; readonly archive: string; readonly discipline: string },
): Uint8Array {
  return canonicalBytes({ device, logs: { ...logs }, publicKey, type: 'liandang/device-proof/1' })
}
