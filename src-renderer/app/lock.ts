import type { Result } from '../../src-shared/kernel/result.ts'
import { call } from '../bridge/index.ts'
import { clearCopied } from './clipboard.ts'

const unsaved = new Set<() => Promise<void>>()

/** Names what must be on the disk before the vault is locked, which reloads the page; returns the function that ends it. */
export function saveBeforeLock(save: () => Promise<void>): () => void {
  unsaved.add(save)
  return () => unsaved.delete(save)
}

/** Keeps what is being typed, clears what was copied, then locks. */
export async function lockDesk(): Promise<Result<null>> {
  await Promise.all([clearCopied(), ...[...unsaved].map((save) => save())])
  return call('session.lock', {})
}
