import { toHex } from './bytes.ts'
import type { Primitives } from './primitives.ts'

/** 128 random bits as 32 lower-case hex digits: an id says nothing about what it names or when it was made. */
export type Id = string

/** A SHA-256 value as 64 lower-case hex digits. */
export type Digest = string

const idPattern = /^[0-9a-f]{32}$/
const digestPattern = /^[0-9a-f]{64}$/

export function newId(primitives: Pick<Primitives, 'randomBytes'>): Id {
  return toHex(primitives.randomBytes(16))
}

export function isId(text: unknown): text is Id {
  return typeof text === 'string' && idPattern.test(text)
}

export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && digestPattern.test(text)
}
