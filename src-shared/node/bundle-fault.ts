import type { Failure } from '../kernel/errors.ts'

/**
 * A refusal on its way out of a stream, where only exceptions travel. Reader and writer turn it back into a value at
 * their edge.
 */
export class BundleFault extends Error {
  readonly failure: Failure

  constructor(code: Failure['code'], detail?: Failure['detail']) {
    super(code)
    this.name = 'BundleFault'
    this.failure = detail === undefined ? { code } : { code, detail }
  }
}

/** What the operating system said about a file, as a refusal; null for any other error. */
export function fileFailure(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null
  const reason = String(error.code)
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return { code: 'vault/disk-full' }
  return { code: 'bundle/folder-unusable', detail: { reason } }
}
