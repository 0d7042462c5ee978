import { fromBase64, fromUtf8, utf8 } from '../../src-shared/kernel/bytes.ts'

/** Lengths are multiples of this, so that the store does not tell a short draft from a long one. */
export const paddingBlock = 4096

const salt = new Uint8Array(utf8('liandang/draft/1'))

/** Two keys made of the member's secret; neither can be read out of the page again. */
export interface DraftKeys {
  /** AES-256-GCM over the content. */
  readonly sealing: CryptoKey
  /** HMAC-SHA-256 over the name, so that the store does not say which cadre or category a draft is about. */
  readonly naming: CryptoKey
}

export interface SealedDraft {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
}

/** Null when the text is not 32 bytes in base64. */
export async function importDraftKeys(secretBase64: string): Promise<DraftKeys | null> {
  const secret = fromBase64(secretBase64)
  if (secret === null || secret.length !== 32) return null
  const base = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveKey'])
  secret.fill(0)
  const derive = (
    purpose: string,
    algorithm: AesDerivedKeyParams | HmacKeyGenParams,
    uses: readonly KeyUsage[],
  ) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt, info: new Uint8Array(utf8(purpose)) },
      base,
      algorithm,
      false,
      [...uses],
    )
  return {
    sealing: await derive('sealing', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    naming: await derive('naming', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  }
}

/** A name that only this member can recompute. */
export async function sealName(keys: DraftKeys, name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', keys.naming, new Uint8Array(utf8(name))))
}

/** Seals a text under a fresh IV, bound to its name. */
export async function sealText(
  keys: DraftKeys,
  name: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<SealedDraft> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = utf8(text)
  const padded = new Uint8Array((Math.floor(bytes.length / paddingBlock) + 1) * paddingBlock).fill(0x20)
  padded.set(bytes)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: name },
    keys.sealing,
    padded,
  )
  return { iv, sealed: new Uint8Array(sealed) }
}

/** Null when it was sealed by another member, under another name, or damaged. */
export async function openText(
  keys: DraftKeys,
  name: Uint8Array<ArrayBuffer>,
  draft: SealedDraft,
): Promise<string | null> {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: draft.iv, additionalData: name },
      keys.sealing,
      draft.sealed,
    )
    return fromUtf8(new Uint8Array(plain))
  } catch {
    return null
  }
}
