import { existsSync, readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import type { VaultLayout } from './layout.ts'

const attemptsSchema = z.strictObject({
  type: z.literal('liandang/attempts/1'),
  failed: z.int().min(0),
  /** Milliseconds since 1970. */
  last: z.int().min(0),
})

interface Attempts {
  readonly failed: number
  readonly last: number
}

const freeAttempts = 4
const longestWaitSeconds = 15 * 60

function readAttempts(layout: VaultLayout, now: number): Attempts {
  const attempts = storedAttempts(layout)
  if (attempts.last <= now) return attempts
  // The clock was set back: the wait begins anew, so that it never lasts longer than its own measure.
  const restarted = { failed: attempts.failed, last: now }
  writeAttempts(layout, restarted)
  return restarted
}

function storedAttempts({ attemptsFile }: VaultLayout): Attempts {
  if (!existsSync(attemptsFile)) return { failed: 0, last: 0 }
  const value = readCanonical(new Uint8Array(readFileSync(attemptsFile)), 4096)
  const parsed = value.ok ? attemptsSchema.safeParse(value.value) : null
  if (parsed?.success) return parsed.data
  // A damaged count is no way round the delay; it counts from when the file was damaged.
  return { failed: freeAttempts + 4, last: Math.trunc(statSync(attemptsFile).mtimeMs) }
}

function writeAttempts(layout: VaultLayout, { failed, last }: Attempts): void {
  writeFileAtomic(layout.attemptsFile, canonicalBytes({ failed, last, type: 'liandang/attempts/1' }))
}

/** Seconds before the next attempt: none for the first few, then doubling up to a quarter of an hour. */
export function waitSeconds(layout: VaultLayout, now: number): number {
  const { failed, last } = readAttempts(layout, now)
  if (failed <= freeAttempts) return 0
  const wait = Math.min(longestWaitSeconds, 2 ** Math.min(20, failed - freeAttempts) * 5)
  return Math.max(0, Math.ceil(wait - (now - last) / 1000))
}

/** Returns how many there were since the last that succeeded, this one included. */
export function recordAttempt(layout: VaultLayout, now: number): number {
  const failed = readAttempts(layout, now).failed + 1
  writeAttempts(layout, { failed, last: now })
  return failed
}

export function forgetAttempts(layout: VaultLayout, failed: number): void {
  if (failed > 0) writeAttempts(layout, { failed: 0, last: 0 })
}
