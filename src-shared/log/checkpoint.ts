import { concatBytes, fromBase64, toBase64, utf8 } from '../kernel/bytes.ts'
import type { FailureDetail } from '../kernel/errors.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { type Err, err, ok, type Result } from '../kernel/result.ts'
import {
  cosignatureHeader,
  type Note,
  type NoteKey,
  noteKeyId,
  noteSignatureLine,
  noteSignatureType,
  readNote,
  signaturesOf,
  signNote,
  verifyNote,
} from './note.ts'

/**
 * What a log was at one moment. Source: C2SP tlog-checkpoint, as a signed note of exactly three lines: extension
 * lines, which no monitor can audit, are neither written nor read.
 */
export interface Checkpoint {
  /** Names the log, and is the name of the key that signs for it. At most 255 bytes. */
  readonly origin: string
  /** Leaves in the tree. */
  readonly size: number
  /** Root of the RFC 6962 tree, 32 bytes. */
  readonly root: Uint8Array
}

const rootBytes = 32
const maximumOriginBytes = 255
const timestampBytes = 8
const signatureBytes = 64
const decimal = /^(?:0|[1-9][0-9]{0,15})$/

/** The origin of one log of one unit. */
export function checkpointOrigin(unit: string, log: string): string {
  return `liandang/${unit}/${log}`
}

/** The three lines that are signed. Throws on a checkpoint that {@link readCheckpointText} would refuse. */
export function checkpointText(checkpoint: Checkpoint): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
  if (!readCheckpointText(text).ok) throw new TypeError('not a checkpoint')
  return text
}

/** Errors: `log/checkpoint`. */
export function readCheckpointText(text: string): Result<Checkpoint> {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length !== 3) return refused('lines')
  const [origin, decimalSize, base64Root] = lines as [string, string, string]
  if (origin === '' || utf8(origin).length > maximumOriginBytes) return refused('origin')
  const size = Number(decimalSize)
  if (!decimal.test(decimalSize) || !Number.isSafeInteger(size)) return refused('size')
  const root = fromBase64(base64Root)
  if (root === null || root.length !== rootBytes) return refused('root')
  return ok({ origin, size, root })
}

/** A checkpoint as a note signed under its own origin. */
export function signCheckpoint(
  primitives: Pick<Primitives, 'sha256'>,
  checkpoint: Checkpoint,
  signer: Signer,
): string {
  return signNote(primitives, checkpointText(checkpoint), checkpoint.origin, signer)
}

/**
 * The checkpoint in a note, believed because `key` signed it and is named like its origin: a key of one log says
 * nothing about another.
 *
 * Errors: `log/checkpoint`.
 */
export function openCheckpoint(primitives: Primitives, note: string, key: NoteKey): Result<Checkpoint> {
  const read = readCheckpointNote(note)
  if (!read.ok) return read
  if (read.value.checkpoint.origin !== key.name) return refused('origin')
  if (!verifyNote(primitives, read.value.note, key)) return refused('signature')
  return ok(read.value.checkpoint)
}

/**
 * Adds a cosignature/v1 line to a checkpoint (C2SP tlog-cosignature, Ed25519). It says that of this log the cosigner
 * has seen, up to `time`, no larger tree and none that contradicts this one: the caller must have opened the
 * checkpoint and verified its consistency with the last one cosigned. A key that cosigns under two names must not
 * exist, because the name is not signed.
 *
 * `time` is in seconds since 1970. Throws on what is not a checkpoint note, on a time that is not a whole number of
 * seconds, and when the note has no room for another signature.
 */
export function cosignCheckpoint(
  primitives: Pick<Primitives, 'sha256'>,
  note: string,
  name: string,
  signer: Signer,
  time: number,
): string {
  const read = readCheckpointNote(note)
  if (!read.ok) throw new TypeError('not a checkpoint note')
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError('not a time in seconds')
  const keyId = noteKeyId(primitives, { name, publicKey: signer.publicKey }, noteSignatureType.cosignature)
  const timestamp = new Uint8Array(timestampBytes)
  new DataView(timestamp.buffer).setBigUint64(0, BigInt(time))
  const signature = concatBytes(timestamp, signer.sign(cosignedMessage(read.value.note.text, time)))
  const cosigned = note + noteSignatureLine({ name, keyId, signature })
  if (!readNote(cosigned).ok) throw new RangeError('no room for another signature')
  return cosigned
}

/**
 * What a cosigner says: the checkpoint, and when it was the newest. Of several cosignatures of one key all must hold,
 * and the latest time counts. Says nothing about the log's own signature, which {@link openCheckpoint} verifies.
 *
 * Errors: `log/checkpoint`.
 */
export function verifyCosignature(
  primitives: Primitives,
  note: string,
  key: NoteKey,
): Result<{ readonly time: number; readonly checkpoint: Checkpoint }> {
  const read = readCheckpointNote(note)
  if (!read.ok) return read
  const { text } = read.value.note
  const claims = signaturesOf(primitives, read.value.note, key, noteSignatureType.cosignature)
  if (claims.length === 0) return refused('signature')
  let latest = 0
  for (const claim of claims) {
    if (claim.length !== timestampBytes + signatureBytes) return refused('signature')
    const time = Number(new DataView(claim.buffer, claim.byteOffset, timestampBytes).getBigUint64(0))
    if (!Number.isSafeInteger(time)) return refused('time')
    const signature = claim.subarray(timestampBytes)
    if (!primitives.ed25519Verify(key.publicKey, cosignedMessage(text, time), signature)) {
      return refused('signature')
    }
    latest = Math.max(latest, time)
  }
  return ok({ time: latest, checkpoint: read.value.checkpoint })
}

function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8(`${cosignatureHeader}time ${time}\n${text}`)
}

function readCheckpointNote(text: string): Result<{ readonly note: Note; readonly checkpoint: Checkpoint }> {
  const note = readNote(text)
  if (!note.ok) return refused('note', note.error.detail)
  const checkpoint = readCheckpointText(note.value.text)
  if (!checkpoint.ok) return checkpoint
  return ok({ note: note.value, checkpoint: checkpoint.value })
}

function refused(reason: string, detail: FailureDetail = {}): Err {
  return err('log/checkpoint', { reason, ...detail })
}
