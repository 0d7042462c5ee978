import { describe, expect, test } from 'vitest'
import { fromBase64, toBase64, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  type Checkpoint,
  checkpointOrigin,
  checkpointText,
  cosignCheckpoint,
  openCheckpoint,
  readCheckpointText,
  signCheckpoint,
  verifyCosignature,
} from '../../../src-shared/log/checkpoint.ts'
import {
  maximumNoteSignatures,
  type NoteKey,
  noteKeyId,
  noteSignatureLine,
  noteSignatureType,
  readNote,
  signNote,
} from '../../../src-shared/log/note.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/checkpoint.json' with { type: 'json' }
import { publishedKey } from './published.ts'

const device = signerFromSeed(new Uint8Array(32).fill(1))
const hub = signerFromSeed(new Uint8Array(32).fill(2))
const origin = checkpointOrigin('0123', '4567')
const deviceKey: NoteKey = { name: origin, publicKey: device.publicKey }
const hubKey: NoteKey = { name: 'hub', publicKey: hub.publicKey }
const checkpoint: Checkpoint = { origin, size: 42, root: new Uint8Array(32).fill(3) }
const root = toBase64(checkpoint.root)
const signed = signCheckpoint(nodePrimitives, checkpoint, device)
const now = 1_795_320_000

function reasonOf(result: { ok: true } | { ok: false; error: { code: string; detail?: object } }): unknown {
  if (result.ok) return 'accepted'
  expect(result.error.code).toBe('log/checkpoint')
  return (result.error.detail as { reason: string }).reason
}

describe('C2SP checkpoints', () => {
  test('the example has the published origin, size and root', () => {
    const { note, origin: name, size, root: base64 } = vectors.example
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const read = readCheckpointText(text)
    expect(read).toEqual({ ok: true, value: { origin: name, size, root: fromBase64(base64) } })
    expect(read.ok && checkpointText(read.value)).toBe(text)
  })

  test('the example has a cosignature of the published time', () => {
    const note = readNote(vectors.example.note)
    const cosignature = note.ok ? note.value.signatures[1]?.signature : undefined
    expect(cosignature).toHaveLength(72)
    const view = new DataView((cosignature as Uint8Array).buffer)
    expect(view.getBigUint64(0)).toBe(BigInt(vectors.example.time))
  })

  test('a checkpoint of a public log opens with the key of the log', () => {
    const { note, logKey, origin: name, size, root: base64 } = vectors.cosigned
    const opened = openCheckpoint(nodePrimitives, note, publishedKey(logKey).key)
    expect(opened).toEqual({ ok: true, value: { origin: name, size, root: fromBase64(base64) } })
  })

  test.each(vectors.cosigned.witnessKeys)('the cosignature of the witness %s holds', (witness) => {
    const { note, origin: name, size, root: base64, time } = vectors.cosigned
    const { key, keyId, type } = publishedKey(witness)
    expect(type).toBe(noteSignatureType.cosignature)
    expect(noteKeyId(nodePrimitives, key, noteSignatureType.cosignature)).toEqual(keyId)
    expect(verifyCosignature(nodePrimitives, note, key)).toEqual({
      ok: true,
      value: { time, checkpoint: { origin: name, size, root: fromBase64(base64) } },
    })
  })

  test('a public checkpoint with another size is refused by the log key and every witness key', () => {
    const { note, logKey, witnessKeys } = vectors.cosigned
    const changed = note.replace('\n1432088532\n', '\n1432088533\n')
    expect(reasonOf(openCheckpoint(nodePrimitives, changed, publishedKey(logKey).key))).toBe('signature')
    for (const witness of witnessKeys) {
      expect(reasonOf(verifyCosignature(nodePrimitives, changed, publishedKey(witness).key))).toBe(
        'signature',
      )
    }
  })
})

describe('the text of a checkpoint', () => {
  test('names unit and log in its origin', () => {
    expect(checkpointText(checkpoint)).toBe(`liandang/0123/4567\n42\n${root}\n`)
  })

  test.each([
    ['nothing', '', 'lines'],
    ['two lines', `${origin}\n42\n`, 'lines'],
    ['no last newline', `${origin}\n42\n${root}`, 'lines'],
    ['an extension line', `${origin}\n42\n${root}\nmore\n`, 'lines'],
    ['an empty extension line', `${origin}\n42\n${root}\n\n`, 'lines'],
    ['an empty origin', `\n42\n${root}\n`, 'origin'],
    ['an origin of 256 bytes', `${'é'.repeat(128)}\n42\n${root}\n`, 'origin'],
    ['no size', `${origin}\n\n${root}\n`, 'size'],
    ['a size with a leading zero', `${origin}\n042\n${root}\n`, 'size'],
    ['a size with a sign', `${origin}\n+42\n${root}\n`, 'size'],
    ['a size below nothing', `${origin}\n-1\n${root}\n`, 'size'],
    ['a size with a space', `${origin}\n 42\n${root}\n`, 'size'],
    ['a size in hexadecimal', `${origin}\n0x2a\n${root}\n`, 'size'],
    ['a size with a fraction', `${origin}\n42.0\n${root}\n`, 'size'],
    ['an unsafe size', `${origin}\n9007199254740992\n${root}\n`, 'size'],
    ['a root without its padding', `${origin}\n42\n${root.slice(0, -1)}\n`, 'root'],
    ['a short root', `${origin}\n42\n${toBase64(new Uint8Array(31))}\n`, 'root'],
    ['a long root', `${origin}\n42\n${toBase64(new Uint8Array(33))}\n`, 'root'],
    ['a root in hexadecimal', `${origin}\n42\n${'03'.repeat(32)}\n`, 'root'],
  ])('is refused with %s', (_, text, reason) => {
    expect(reasonOf(readCheckpointText(text))).toBe(reason)
  })

  test.each([0, 1, 2 ** 53 - 1])('holds the size %d', (size) => {
    expect(readCheckpointText(checkpointText({ ...checkpoint, size }))).toEqual({
      ok: true,
      value: { ...checkpoint, size },
    })
  })

  test('holds an origin of 255 bytes', () => {
    const longest = `${'é'.repeat(127)}a`
    expect(readCheckpointText(`${longest}\n42\n${root}\n`).ok).toBe(true)
  })

  test.each([
    { ...checkpoint, origin: '' },
    { ...checkpoint, origin: 'a\nb' },
    { ...checkpoint, size: -1 },
    { ...checkpoint, size: 1.5 },
    { ...checkpoint, size: 1e21 },
    { ...checkpoint, root: new Uint8Array(31) },
  ])('is not written of %j', (wrong) => {
    expect(() => checkpointText(wrong)).toThrow(TypeError)
    expect(() => signCheckpoint(nodePrimitives, wrong, device)).toThrow(TypeError)
  })
})

describe('a signed checkpoint', () => {
  test('opens with the key and the name of its origin', () => {
    expect(openCheckpoint(nodePrimitives, signed, deviceKey)).toEqual({ ok: true, value: checkpoint })
  })

  test('does not open with another key', () => {
    const other = { ...deviceKey, publicKey: hub.publicKey }
    expect(reasonOf(openCheckpoint(nodePrimitives, signed, other))).toBe('signature')
  })

  test('of one log does not open as that of another, even signed by the same key', () => {
    const otherOrigin = checkpointOrigin('0123', '89ab')
    const other = { ...deviceKey, name: otherOrigin }
    expect(reasonOf(openCheckpoint(nodePrimitives, signed, other))).toBe('origin')
    const misplaced = signNote(nodePrimitives, checkpointText(checkpoint), otherOrigin, device)
    expect(reasonOf(openCheckpoint(nodePrimitives, misplaced, other))).toBe('origin')
    expect(reasonOf(openCheckpoint(nodePrimitives, misplaced, deviceKey))).toBe('signature')
  })

  test('with a malformed line is refused, and says what is wrong with the note', () => {
    expect(openCheckpoint(nodePrimitives, `${signed}x\n`, deviceKey)).toEqual({
      ok: false,
      error: { code: 'log/checkpoint', detail: { reason: 'signature-line', index: 1 } },
    })
    expect(reasonOf(openCheckpoint(nodePrimitives, 'x'.repeat(300_000), deviceKey))).toBe('note')
  })

  test('whose text is no checkpoint is refused', () => {
    const note = signNote(nodePrimitives, `${checkpointText(checkpoint)}more\n`, origin, device)
    expect(reasonOf(openCheckpoint(nodePrimitives, note, deviceKey))).toBe('lines')
  })
})

describe('a cosigned checkpoint', () => {
  const cosigned = cosignCheckpoint(nodePrimitives, signed, 'hub', hub, now)

  test('has one line more and opens as before', () => {
    expect(cosigned.startsWith(`${signed}— hub `)).toBe(true)
    expect(openCheckpoint(nodePrimitives, cosigned, deviceKey)).toEqual({ ok: true, value: checkpoint })
  })

  test('tells the cosigner and the time', () => {
    expect(verifyCosignature(nodePrimitives, cosigned, hubKey)).toEqual({
      ok: true,
      value: { time: now, checkpoint },
    })
  })

  test('signs header, time and the whole text of the note', () => {
    const note = readNote(cosigned)
    const [, cosignature] = note.ok ? note.value.signatures : []
    const message = utf8(`cosignature/v1\ntime ${now}\n${checkpointText(checkpoint)}`)
    const signature = cosignature?.signature.subarray(8) as Uint8Array
    expect(nodePrimitives.ed25519Verify(hub.publicKey, message, signature)).toBe(true)
  })

  test('does not hold at another time', () => {
    const line = cosigned.slice(signed.length)
    const note = readNote(cosigned)
    const [, cosignature] = note.ok ? note.value.signatures : []
    const later = Uint8Array.from(cosignature?.signature as Uint8Array)
    new DataView(later.buffer).setBigUint64(0, BigInt(now + 1))
    const changed = noteSignatureLine({
      name: 'hub',
      keyId: cosignature?.keyId as Uint8Array,
      signature: later,
    })
    expect(changed).not.toBe(line)
    expect(reasonOf(verifyCosignature(nodePrimitives, signed + changed, hubKey))).toBe('signature')
    expect(reasonOf(verifyCosignature(nodePrimitives, cosigned + changed, hubKey))).toBe('signature')
  })

  test.each([
    ['of 63 bytes', new Uint8Array(71), 'signature'],
    ['of 65 bytes', new Uint8Array(73), 'signature'],
    ['at an unsafe time', new Uint8Array(72).fill(255), 'time'],
  ])('is refused with a signature %s', (_, signature, reason) => {
    const keyId = noteKeyId(nodePrimitives, hubKey, noteSignatureType.cosignature)
    const line = noteSignatureLine({ name: 'hub', keyId, signature })
    expect(reasonOf(verifyCosignature(nodePrimitives, signed + line, hubKey))).toBe(reason)
  })

  test('is not cosigned by another key, another name, or a plain signature', () => {
    const deviceAsHub = { name: 'hub', publicKey: device.publicKey }
    expect(reasonOf(verifyCosignature(nodePrimitives, cosigned, deviceAsHub))).toBe('signature')
    expect(reasonOf(verifyCosignature(nodePrimitives, cosigned, { ...hubKey, name: 'bub' }))).toBe(
      'signature',
    )
    expect(reasonOf(verifyCosignature(nodePrimitives, cosigned, deviceKey))).toBe('signature')
    expect(reasonOf(verifyCosignature(nodePrimitives, signed, hubKey))).toBe('signature')
  })

  test('is not signed by the log through its cosignature', () => {
    const own = cosignCheckpoint(nodePrimitives, signed, origin, device, now)
    const withoutSignature = `${checkpointText(checkpoint)}\n${own.slice(signed.length)}`
    expect(reasonOf(openCheckpoint(nodePrimitives, withoutSignature, deviceKey))).toBe('signature')
  })

  test('counts with the latest time when cosigned again', () => {
    for (const times of [
      [now, now + 60],
      [now + 60, now],
    ]) {
      const twice = times.reduce(
        (note, time) => cosignCheckpoint(nodePrimitives, note, 'hub', hub, time),
        signed,
      )
      expect(verifyCosignature(nodePrimitives, twice, hubKey)).toMatchObject({ value: { time: now + 60 } })
    }
  })

  test('is not made of a note that is no checkpoint', () => {
    const plain = signNote(nodePrimitives, 'hello\n', 'x', device)
    expect(() => cosignCheckpoint(nodePrimitives, plain, 'hub', hub, now)).toThrow(TypeError)
    expect(() => cosignCheckpoint(nodePrimitives, 'hello', 'hub', hub, now)).toThrow(TypeError)
  })

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('is not made at the time %d', (time) => {
    expect(() => cosignCheckpoint(nodePrimitives, signed, 'hub', hub, time)).toThrow(RangeError)
  })

  test('is not made when the note is full', () => {
    const line = cosigned.slice(signed.length)
    const almost = signed + line.repeat(maximumNoteSignatures - 2)
    const full = cosignCheckpoint(nodePrimitives, almost, 'hub', hub, now)
    expect(verifyCosignature(nodePrimitives, full, hubKey).ok).toBe(true)
    expect(() => cosignCheckpoint(nodePrimitives, full, 'hub', hub, now)).toThrow(RangeError)
  })
})
