import { isSafeStorage } from '../../../src-shared/access/system-storage.ts'
import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { SystemKey } from '../../vault/system-slot.ts'
import type { CoreContext } from '../context.ts'

/** Why the operating system's key storage is not used here, or null if it may be. */
export function storageRefusal(
  { host }: Pick<CoreContext, 'host'>,
  store: string | undefined,
): 'host' | 'storage' | null {
  if (host !== 'desktop') return 'host'
  return store !== undefined && isSafeStorage(store) ? null : 'storage'
}

/** The key as it came from the shell; null if there is none, or it is not 32 bytes in base64. */
export function readSystemKey(
  sent: { readonly id: string; readonly key: string } | undefined,
): SystemKey | null {
  const key = sent === undefined ? null : fromBase64(sent.key)
  return sent === undefined || key?.length !== 32 ? null : { id: sent.id, key }
}
