import { existsSync, readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import type { VaultLayout } from './layout.ts'

/** The end of the year 9999: a planted number beyond it could not be written as a date. */
const moment = z.int().min(0).max(253_402_300_799_999)

const attemptsSchema = z.strictObject({
  type: z.literal('liandang/attempts/1'),
  failed: z.int().min(0),
  /** Milliseconds since 1970 of the first failure since somebody came in; absent where none was counted. */
  first: moment.optional(),
  /** Milliseconds since 1970. */
  last: moment,
  /** The count was found damaged: the numbers are a floor of the delay, not what happened. */
  damaged: z.literal(true).optional(),
})

/** Failed attempts since a member last came in. No login name: whose it was is not known, and would be told to a thief. */
export interface FailedAttempts {
  readonly failed: number
  readonly first: number
  readonly last: number
  readonly damaged: boolean
}

const none: FailedAttempts = { failed: 0, first: 0, last: 0, damaged: false }
const freeAttempts = 4
const longestWaitSeconds = 15 * 60

function readAttempts(layout: VaultLayout, now: number): FailedAttempts {
  const attempts = storedAttempts(layout)
  if (attempts.last <= now) return attempts
  // The clock was set back: the wait begins anew, so that it never lasts longer than its own measure.
  const restarted = { ...attempts, first: Math.min(attempts.first, now), last: now }
  writeAttempts(layout, restarted)
  return restarted
}

function storedAttempts({ attemptsFile }: VaultLayout): FailedAttempts {
  if (!existsSync(attemptsFile)) return none
  const value = readCanonical(new Uint8Array(readFileSync(attemptsFile)), 4096)
  const parsed = value.ok ? attemptsSchema.safeParse(value.value) : null
  if (parsed?.success) {
    const { failed, last, first = last, damaged = false } = parsed.data
    return { failed, first, last, damaged }
  }
  // A damaged count is no way round the delay; it counts from when the file was damaged.
  const changed = Math.trunc(statSync(attemptsFile).mtimeMs)
  return { failed: freeAttempts + 4, first: changed, last: changed, damaged: true }
}

function writeAttempts(layout: VaultLayout, { failed, first, last, damaged }: FailedAttempts): void {
  const count = { failed, first, last, type: 'liandang/attempts/1' }
  writeFileAtomic(layout.attemptsFile, canonicalBytes(damaged ? { ...count, damaged } : count))
}

/** Seconds before the next attempt: none for the first few, then doubling up to a quarter of an hour. */
export function waitSeconds(layout: VaultLayout, now: number): number {
  const { failed, last } = readAttempts(layout, now)
  if (failed <= freeAttempts) return 0
  const wait = Math.min(longestWaitSeconds, 2 ** Math.min(20, failed - freeAttempts) * 5)
  return Math.max(0, Math.ceil(wait - (now - last) / 1000))
}

/** Counts an attempt as failed before it is made; returns the count without it. */
export function recordAttempt(layout: VaultLayout, now: number): FailedAttempts {
  const before = readAttempts(layout, now)
  const first = before.failed === 0 ? now : before.first
  writeAttempts(layout, { ...before, failed: before.failed + 1, first, last: now })
  return before
}

/** Takes back the attempt that succeeded; those that failed stay counted until they are recorded. */
export function withdrawAttempt(layout: VaultLayout, before: FailedAttempts, now: number): void {
  const { failed, last, ...rest } = storedAttempts(layout)
  if (failed <= 1) writeAttempts(layout, none)
  // Others may have failed while this one was made.
  else writeAttempts(layout, { ...rest, failed: failed - 1, last: last === now ? before.last : last })
}

/** What failed since somebody last came in; null if nothing did. */
export function failedAttempts(layout: VaultLayout): FailedAttempts | null {
  const attempts = storedAttempts(layout)
  return attempts.failed === 0 ? null : attempts
}

/** To be called when the failed attempts stand in the access log. */
export function forgetAttempts(layout: VaultLayout): void {
  writeAttempts(layout, none)
}
