import type { Statement } from '../../src-shared/bundle/statement.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { readBundle } from '../../src-shared/node/bundle-reader.ts'

/**
 * What a bundle says it is. Nothing of it is verified yet; reading stops before its data.
 *
 * Errors: those of `readBundle`.
 */
export async function peekBundle(
  source: string | AsyncIterable<Uint8Array>,
  identities: readonly string[],
  signal: AbortSignal,
): Promise<Result<Statement>> {
  let found: Statement | null = null
  const enough = () => err('call/cancelled')
  const read = await readBundle({
    source,
    identities,
    signal,
    handler: {
      onStatement: ({ statement }) => {
        found = statement
        return enough()
      },
      onFile: enough,
      onCommitLine: enough,
      onBodyLine: enough,
      onCheckpoint: enough,
      onEvidence: enough,
      onEnd: enough,
    },
  })
  if (found !== null) return ok(found)
  return read.ok ? err('bundle/layout', { reason: 'statement' }) : read
}
