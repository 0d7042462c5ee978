import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import type { BundleLimits } from '../../src-shared/bundle/layout.ts'
import { readBundle } from '../../src-shared/node/bundle-reader.ts'
import { bytesOf } from './hub-fixture.ts'

export interface CollectedBundle {
  /** Why reading stopped, or null. */
  readonly code: ErrorCode | null
  /** All that was handed out, in order. */
  readonly content: readonly string[]
  readonly sha256: string | null
}

/** Reads a bundle and keeps what it hands out; no rule of the content is checked. */
export async function collectBundle(
  source: Uint8Array | AsyncIterable<Uint8Array> | string,
  identities: readonly string[],
  limits: Partial<BundleLimits> = {},
): Promise<CollectedBundle> {
  const content: string[] = []
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  const read = await readBundle({
    source: source instanceof Uint8Array ? bytesOf(source) : source,
    identities,
    limits,
    handler: {
      onStatement: ({ statement, envelope }) => {
        content.push(JSON.stringify(statement), toHex(envelope.signature))
        return ok(true)
      },
      onFile: () => ok(true),
      onCommitLine: (log, seq, line) => {
        content.push(`${log} ${seq} ${text(line)}`)
        return ok(true)
      },
      onBodyLine: (log, _from, line) => {
        content.push(`${log} ${text(line)}`)
        return ok(true)
      },
      onCheckpoint: (log, note) => {
        content.push(`${log} ${text(note)}`)
        return ok(true)
      },
      onEvidence: async (hash, pieces) => {
        let bytes = 0
        for await (const piece of pieces) bytes += piece.length
        content.push(`${hash} ${bytes}`)
        return ok(true)
      },
      onEnd: () => ok(true),
    },
  })
  return { code: read.ok ? null : read.error.code, content, sha256: read.ok ? read.value.sha256 : null }
}
