import { readFileSync, statSync } from 'node:fs'
import { fromUtf8 } from '../../../src-shared/kernel/bytes.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { decryptWith } from '../../../src-shared/node/age.ts'
import { maximumReceiptBytes } from '../../../src-shared/transfer/receipt.ts'
import type { Session } from '../context.ts'
import { compartmentIdentities } from '../devices/exchange.ts'

/** A file on a stick, or one the page handed over. */
export type GivenFile = { readonly path: string } | { readonly upload: Id }

/** What sealing adds to a short file. */
const sealingBytes = 64 * 1024

/** A path, or the bytes of an upload, which is then done with. Errors: those of `uploads.take`. */
export async function givenFile(session: Session, file: GivenFile): Promise<Result<string | Uint8Array>> {
  if ('path' in file) return ok(file.path)
  const upload = session.uploads.take(file.upload, 'bundle')
  if (!upload.ok) return upload
  await session.uploads.discard(file.upload)
  return ok(upload.value.bytes)
}

/** The text inside a receipt. Errors: `transfer/receipt-wrong`, `bundle/folder-unusable`, `bundle/wrong-recipient`. */
export async function readReceiptFile(session: Session, file: GivenFile): Promise<Result<string>> {
  const given = await givenFile(session, file)
  if (!given.ok) return given
  let bytes: Uint8Array
  try {
    if (typeof given.value === 'string' && statSync(given.value).size > maximumReceiptBytes + sealingBytes)
      return err('transfer/receipt-wrong', { reason: 'size' })
    bytes = typeof given.value === 'string' ? new Uint8Array(readFileSync(given.value)) : given.value
  } catch {
    return err('bundle/folder-unusable')
  }
  const opened = await decryptWith(compartmentIdentities(session.vault), bytes)
  if (opened === null) return err('bundle/wrong-recipient')
  const text = fromUtf8(opened)
  return text === null ? err('transfer/receipt-wrong', { reason: 'form' }) : ok(text)
}
