/**
 * The cryptographic primitives that pure code needs, handed in by the host
 * (`src-shared/node/primitives.ts` in the core and the hub), so that `src-shared` stays free of `node:`.
 */
export interface Primitives {
  /** SHA-256 (FIPS 180-4), 32 bytes. */
  sha256(...parts: readonly Uint8Array[]): Uint8Array
  /** Ed25519 (RFC 8032). `publicKey` is 32 raw bytes, `signature` 64. Never throws: malformed input is false. */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Cryptographically secure random bytes. */
  randomBytes(length: number): Uint8Array
}

/** Signs with a key the caller holds; the private key never leaves the closure. */
export interface Signer {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  /** Lower-case hex SHA-256 of `publicKey`: the `key` of a header and the `keyid` of an envelope. */
  readonly keyId: string
  sign(message: Uint8Array): Uint8Array
}
