import { fromBase64, fromHex } from '../../../src-shared/kernel/bytes.ts'
import type { NoteKey } from '../../../src-shared/log/note.ts'

/** A verifier key as others publish it: `<name>+<hex of key id>+<base64 of type and public key>`. */
export interface PublishedKey {
  readonly key: NoteKey
  readonly keyId: Uint8Array
  readonly type: number
}

export function publishedKey(text: string): PublishedKey {
  const [name = '', id = '', ...base64] = text.split('+')
  // Base64 itself may hold a plus.
  const material = fromBase64(base64.join('+')) as Uint8Array
  return {
    key: { name, publicKey: material.slice(1) },
    keyId: fromHex(id) as Uint8Array,
    type: material[0] as number,
  }
}
