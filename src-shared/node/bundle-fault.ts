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
  if (reason === 'EFBIG') return { code: 'bundle/medium' }
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return { code: 'vault/disk-full' }
  return { code: 'bundle/folder-unusable', detail: { reason } }
}

/** The largest file of FAT32. */
const smallMediumBytes = 2 ** 32 - 1

/** Whether a write from one length of a file to another met the end of FAT32, which Windows calls a full disk. */
export function isPastMedium(error: unknown, from: number, to: number): boolean {
  const crosses = from <= smallMediumBytes && to > smallMediumBytes
  return crosses && fileFailure(error)?.code === 'vault/disk-full'
}
