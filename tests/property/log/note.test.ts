import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { fromUtf8, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  type Checkpoint,
  checkpointText,
  cosignCheckpoint,
  openCheckpoint,
  readCheckpointText,
  signCheckpoint,
  verifyCosignature,
} from '../../../src-shared/log/checkpoint.ts'
import {
  cosignatureHeader,
  type Note,
  type NoteKey,
  noteSignatureLine,
  readNote,
  signNote,
  verifyNote,
} from '../../../src-shared/log/note.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { flipBit } from './flips.ts'

const log = signerFromSeed(new Uint8Array(32).fill(6))
const hub = signerFromSeed(new Uint8Array(32).fill(7))
const hubKey: NoteKey = { name: '上级节点', publicKey: hub.publicKey }

/** Lines of anything but control characters, empty lines among them. */
const texts = fc
  .array(fc.string({ unit: 'binary' }).map(withoutControls), { minLength: 1, maxLength: 6 })
  .map((lines) => `${lines.join('\n')}\n`)
  .filter((text) => !text.startsWith(cosignatureHeader))

const names = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .map((name) => withoutControls(name).replaceAll(/[\p{White_Space}+]/gu, '-'))
  .filter((name) => name !== '')

const checkpoints: fc.Arbitrary<Checkpoint> = fc.record({
  origin: names,
  size: fc.maxSafeNat(),
  root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
})

const times = fc.maxSafeNat()

function withoutControls(text: string): string {
  return [...text].filter((character) => character >= ' ').join('')
}

function written(note: Note): string {
  return `${note.text}\n${note.signatures.map(noteSignatureLine).join('')}`
}

function verifies(bytes: Uint8Array, key: NoteKey): boolean {
  const text = fromUtf8(bytes)
  if (text === null) return false
  const note = readNote(text)
  return note.ok && verifyNote(nodePrimitives, note.value, key)
}

/** True when both the log and the cosigner stand by the note. */
function stands(bytes: Uint8Array, key: NoteKey): boolean {
  const text = fromUtf8(bytes)
  return (
    text !== null &&
    openCheckpoint(nodePrimitives, text, key).ok &&
    verifyCosignature(nodePrimitives, text, hubKey).ok
  )
}

describe('a signed note', () => {
  test('is read back as it was written, and verified under its name', () => {
    fc.assert(
      fc.property(texts, names, (text, name) => {
        const signed = signNote(nodePrimitives, text, name, log)
        const read = readNote(signed)
        if (!read.ok) throw new Error(JSON.stringify(read.error))
        expect(read.value.text).toBe(text)
        expect(written(read.value)).toBe(signed)
        expect(verifyNote(nodePrimitives, read.value, { name, publicKey: log.publicKey })).toBe(true)
        expect(verifyNote(nodePrimitives, read.value, { name, publicKey: hub.publicKey })).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('with any one bit changed is refused', () => {
    const key = { name: 'liandang/单位', publicKey: log.publicKey }
    const bytes = utf8(signNote(nodePrimitives, '一行\n\nand another\n', key.name, log))
    expect(verifies(bytes, key)).toBe(true)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      expect(verifies(flipBit(bytes, bit), key), `bit ${bit}`).toBe(false)
    }
  })

  test('of any text, with some bit changed, is refused', () => {
    fc.assert(
      fc.property(texts, names, fc.nat(), (text, name, position) => {
        const bytes = utf8(signNote(nodePrimitives, text, name, log))
        const changed = flipBit(bytes, position % (bytes.length * 8))
        expect(verifies(changed, { name, publicKey: log.publicKey })).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('is the only writing of what it says: any text that is read is written the same', () => {
    const line = '— x AAAAAAA=\n'
    const pieces = fc.constantFrom('a', '\n', '\n\n', '— ', ' ', 'x AAAAAAA=', line, '+', '\r', '\u3000')
    const ends = fc.constantFrom('', `\n\n${line}`, `\n\n${line}${line}`)
    fc.assert(
      fc.property(fc.array(pieces), ends, (some, end) => {
        const any = some.join('') + end
        const read = readNote(any)
        expect(read.ok ? written(read.value) : any).toBe(any)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a checkpoint', () => {
  test('is opened as it was signed, and cosigned at its time', () => {
    fc.assert(
      fc.property(checkpoints, times, (checkpoint, time) => {
        const key = { name: checkpoint.origin, publicKey: log.publicKey }
        const signed = signCheckpoint(nodePrimitives, checkpoint, log)
        expect(openCheckpoint(nodePrimitives, signed, key)).toEqual({ ok: true, value: checkpoint })
        const cosigned = cosignCheckpoint(nodePrimitives, signed, hubKey.name, hub, time)
        expect(openCheckpoint(nodePrimitives, cosigned, key)).toEqual({ ok: true, value: checkpoint })
        expect(verifyCosignature(nodePrimitives, cosigned, hubKey)).toEqual({
          ok: true,
          value: { time, checkpoint },
        })
      }),
    )
  })

  test('with any one bit changed is refused by the log or by its cosigner', () => {
    const key = { name: 'liandang/u/l', publicKey: log.publicKey }
    const checkpoint = { origin: key.name, size: 1234, root: new Uint8Array(32).fill(0x5a) }
    const signed = signCheckpoint(nodePrimitives, checkpoint, log)
    const bytes = utf8(cosignCheckpoint(nodePrimitives, signed, hubKey.name, hub, 1_795_320_000))
    expect(stands(bytes, key)).toBe(true)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      expect(stands(flipBit(bytes, bit), key), `bit ${bit}`).toBe(false)
    }
  })

  test('has one text, and that text one checkpoint', () => {
    fc.assert(
      fc.property(checkpoints, fc.nat(), (checkpoint, position) => {
        const text = checkpointText(checkpoint)
        expect(readCheckpointText(text)).toEqual({ ok: true, value: checkpoint })
        const bytes = utf8(text)
        const changed = fromUtf8(flipBit(bytes, position % (bytes.length * 8))) ?? ''
        const read = readCheckpointText(changed)
        expect(read.ok ? checkpointText(read.value) : changed).toBe(changed)
        expect(read).not.toEqual({ ok: true, value: checkpoint })
      }),
      { numRuns: 500 },
    )
  })
})
