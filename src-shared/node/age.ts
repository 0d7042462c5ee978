import { bech32 } from '@scure/base'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

/** An age X25519 identity (`AGE-SECRET-KEY-1…`) and its recipient (`age1…`), C2SP age v1. */
export interface AgeKeyPair {
  readonly identity: string
  readonly recipient: string
}

/** X25519 on purpose: the stock `age` of the systems in offices opens nothing newer. */
export async function newAgeKeyPair(): Promise<AgeKeyPair> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The X25519 identity that these 32 secret bytes are, and its recipient. */
export async function ageKeyPairOf(secret: Uint8Array): Promise<AgeKeyPair> {
  if (secret.length !== 32) throw new RangeError('an X25519 identity has 32 bytes')
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase()
  return { identity, recipient: await identityToRecipient(identity) }
}

export async function recipientOf(identity: string): Promise<string> {
  return await identityToRecipient(identity)
}

function encrypterTo(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0) throw new RangeError('an age file needs a recipient')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter
}

function decrypterWith(identities: readonly string[]): Decrypter {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  return decrypter
}

/** Encrypts a small value held in memory. */
export async function encryptTo(recipients: readonly string[], plaintext: Uint8Array): Promise<Uint8Array> {
  return await encrypterTo(recipients).encrypt(plaintext)
}

/** Decrypts a small value held in memory; null when no identity fits or the bytes are damaged. */
export async function decryptWith(
  identities: readonly string[],
  ciphertext: Uint8Array,
): Promise<Uint8Array | null> {
  try {
    return await decrypterWith(identities).decrypt(ciphertext)
  } catch {
    return null
  }
}

/** Encrypts a stream in 64 KiB chunks with flat memory. */
export async function encryptStream(
  recipients: readonly string[],
  plaintext: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  return await encrypterTo(recipients).encrypt(plaintext)
}
