import { z } from 'zod'
import { fromHex, fromUtf8 } from '../src-shared/kernel/bytes.ts'
import type { Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { refusePublicKey } from '../src-shared/log/keys.ts'

/** Where trust in one unit begins, handed over on paper or in person when it is registered: `trust.json`. */
export interface Trust {
  readonly unit: Id
  /** 32 raw bytes, hex. */
  readonly unitRootPublicKey: string
}

const maximumTrustBytes = 4096

const trustSchema = z.object({
  unit: z.string().regex(/^[0-9a-f]{32}$/),
  unitRootPublicKey: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Errors: `format/invalid`, `commit/key-weak`. */
export function readTrust(bytes: Uint8Array): Result<Trust> {
  const text = bytes.length > maximumTrustBytes ? null : fromUtf8(bytes)
  if (text === null) return err('format/invalid')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('format/invalid', { reason: 'json' })
  }
  const trust = trustSchema.safeParse(value)
  if (!trust.success)
    return err('format/invalid', { path: trust.error.issues[0]?.path.map(String).join('.') ?? '' })
  const weak = refusePublicKey(fromHex(trust.data.unitRootPublicKey) as Uint8Array)
  return weak === null ? ok(trust.data) : { ok: false, error: weak }
}
