import { concatBytes, equalBytes, fromBase64, toBase64, utf8 } from '../kernel/bytes.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * Signed notes: a text that people can read, a blank line, and one line for each signature.
 * Source: C2SP signed-note v1.0.0.
 */
export interface Note {
  /** Ends in a newline; what the signatures cover. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** One signature line as it stands: nothing about it is verified. */
export interface NoteSignature {
  readonly name: string
  /** Four bytes that, with the name, say which key and which kind of signature this claims to be. */
  readonly keyId: Uint8Array
  /** At least one byte; its shape depends on the kind. */
  readonly signature: Uint8Array
}

/** Whom to believe. The name is part of the key: the same key under another name is another signer. */
export interface NoteKey {
  readonly name: string
  /** 32 raw Ed25519 bytes. */
  readonly publicKey: Uint8Array
}

/** The bytes of C2SP that tell kinds of signature apart. */
export const noteSignatureType = { ed25519: 0x01, cosignature: 0x04 } as const

export type NoteSignatureType = (typeof noteSignatureType)[keyof typeof noteSignatureType]

/** In UTF-16 units: room for a hundred ordinary signatures or sixteen post-quantum ones. */
export const maximumNoteLength = 262_144
/** C2SP asks for at least 16. */
export const maximumNoteSignatures = 100

/** The first line of every message a cosigner signs, so no note may begin with it. */
export const cosignatureHeader = 'cosignature/v1\n'

const keyIdBytes = 4
const linePrefix = '— '
const space = /\p{White_Space}/u

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), its first four bytes. */
export function noteKeyId(
  primitives: Pick<Primitives, 'sha256'>,
  key: NoteKey,
  type: NoteSignatureType,
): Uint8Array {
  return primitives.sha256(utf8(`${key.name}\n`), Uint8Array.of(type), key.publicKey).slice(0, keyIdBytes)
}

/** A note with one Ed25519 signature. Throws on a text or name no note can have. */
export function signNote(
  primitives: Pick<Primitives, 'sha256'>,
  text: string,
  name: string,
  signer: Signer,
): string {
  if (!isNoteText(text)) throw new TypeError('not the text of a note')
  const keyId = noteKeyId(primitives, { name, publicKey: signer.publicKey }, noteSignatureType.ed25519)
  return `${text}\n${noteSignatureLine({ name, keyId, signature: signer.sign(utf8(text)) })}`
}

/** One signature line with its newline. Throws on a name no line can have. */
export function noteSignatureLine(signature: NoteSignature): string {
  if (!isNoteName(signature.name)) throw new TypeError('not the name of a note key')
  return `${linePrefix}${signature.name} ${toBase64(concatBytes(signature.keyId, signature.signature))}\n`
}

/**
 * Splits a note without believing any of it. A note with even one malformed signature line is refused; base64 must be
 * canonical.
 *
 * Errors: `format/too-large`, `format/invalid`.
 */
export function readNote(note: string): Result<Note> {
  if (note.length > maximumNoteLength) {
    return err('format/too-large', { length: note.length, limit: maximumNoteLength })
  }
  const split = note.lastIndexOf('\n\n')
  if (split < 0) return err('format/invalid', { reason: 'no-signature' })
  const text = note.slice(0, split + 1)
  if (!isNoteText(text)) return err('format/invalid', { reason: 'text' })
  const lines = note.slice(split + 2).split('\n')
  if (lines.pop() !== '') return err('format/invalid', { reason: 'no-final-newline' })
  if (lines.length === 0) return err('format/invalid', { reason: 'no-signature' })
  if (lines.length > maximumNoteSignatures) {
    return err('format/too-large', { signatures: lines.length, limit: maximumNoteSignatures })
  }
  const signatures: NoteSignature[] = []
  for (const [index, line] of lines.entries()) {
    const signature = readSignatureLine(line)
    if (signature === null) return err('format/invalid', { reason: 'signature-line', index })
    signatures.push(signature)
  }
  return ok({ text, signatures })
}

/**
 * True when the key signed the note. Signatures of other keys are ignored; of this key there must be at least one,
 * and all must hold.
 */
export function verifyNote(primitives: Primitives, note: Note, key: NoteKey): boolean {
  const claims = signaturesOf(primitives, note, key, noteSignatureType.ed25519)
  const message = utf8(note.text)
  return (
    claims.length > 0 &&
    claims.every((signature) => primitives.ed25519Verify(key.publicKey, message, signature))
  )
}

/** The signatures that claim to be this key's of this kind: name and key id both agree. */
export function signaturesOf(
  primitives: Pick<Primitives, 'sha256'>,
  note: Note,
  key: NoteKey,
  type: NoteSignatureType,
): readonly Uint8Array[] {
  const keyId = noteKeyId(primitives, key, type)
  return note.signatures
    .filter((claim) => claim.name === key.name && equalBytes(claim.keyId, keyId))
    .map((claim) => claim.signature)
}

function readSignatureLine(line: string): NoteSignature | null {
  if (!line.startsWith(linePrefix)) return null
  const [name, base64, ...more] = line.slice(linePrefix.length).split(' ')
  if (name === undefined || base64 === undefined || more.length > 0 || !isNoteName(name)) return null
  const bytes = fromBase64(base64)
  if (bytes === null || bytes.length <= keyIdBytes) return null
  return { name, keyId: bytes.slice(0, keyIdBytes), signature: bytes.slice(keyIdBytes) }
}

function isNoteText(text: string): boolean {
  return (
    text.endsWith('\n') &&
    text.isWellFormed() &&
    !hasControl(text) &&
    // Else a signature on the note would also be a cosignature on the checkpoint that follows.
    !text.startsWith(cosignatureHeader)
  )
}

function isNoteName(name: string): boolean {
  return name !== '' && !name.includes('+') && !space.test(name) && !hasControl(name) && name.isWellFormed()
}

/** Any ASCII control character but the newline. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 && unit !== 0x0a) return true
  }
  return false
}
