import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Digest } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { BundleFault, fileFailure } from '../src-shared/node/bundle-fault.ts'

export interface SpooledFile {
  readonly path: string
  readonly bytes: number
  /** SHA-256, hex. */
  readonly sha256: Digest
}

/** Bytes that no bundle takes of the node's disk: its own records need them. */
const reservedBytes = 1024 ** 3
const checkedEvery = 64 * 1024 * 1024

/**
 * Copies a bundle to the node's own disk before it is read: a slow line or stick then holds up nobody else, and its
 * hash is known first. Whoever sends is not known yet, so some of the disk is left whatever comes.
 *
 * Errors: `bundle/too-large`, `bundle/truncated`, `bundle/folder-unusable`, `vault/disk-full`, `call/cancelled`.
 */
export async function spool(
  source: string | AsyncIterable<Uint8Array>,
  path: string,
  limit: number,
  signal: AbortSignal | undefined,
  reserved: number = reservedBytes,
): Promise<Result<SpooledFile>> {
  const hash = createHash('sha256')
  let bytes = 0
  let checked = -checkedEvery
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of typeof source === 'string' ? createReadStream(source) : source) {
        if (signal?.aborted) throw new BundleFault('call/cancelled')
        bytes += piece.length
        if (bytes > limit) throw new BundleFault('bundle/too-large', { limit })
        if (bytes - checked >= checkedEvery) {
          checked = bytes
          const { bavail, bsize } = await statfs(dirname(path))
          if (bavail * bsize - checkedEvery < reserved) throw new BundleFault('vault/disk-full')
        }
        hash.update(piece)
        await file.writeFile(piece)
      }
    } finally {
      await file.close()
    }
    return ok({ path, bytes, sha256: hash.digest('hex') })
  } catch (error) {
    await rm(path, { force: true })
    const failure = error instanceof BundleFault ? error.failure : fileFailure(error)
    if (failure === null) throw error
    return err(failure.code, failure.detail)
  }
}
