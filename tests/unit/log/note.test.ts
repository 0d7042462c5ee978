import { describe, expect, test } from 'vitest'
import { concatBytes, fromBase64, fromHex, toBase64, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  maximumNoteLength,
  maximumNoteSignatures,
  type Note,
  type NoteSignatureType,
  noteKeyId,
  noteSignatureLine,
  readNote,
  signNote,
  verifyNote,
} from '../../../src-shared/log/note.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/signed-note.json' with { type: 'json' }
import { publishedKey } from './published.ts'

const { text, lines } = vectors
const peter = publishedKey(vectors.keys.PeterNeumann).key
const enoch = publishedKey(vectors.keys.EnochRoot).key
const peterSigner = signerFromSeed(fromHex(vectors.signer.seed) as Uint8Array)
const peterNote = `${text}\n${lines.PeterNeumann}`
/** Well-formed base64 of the right key id over a signature that does not hold. */
const brokenLine = lines.PeterNeumann.replace('uBS9UG', 'uBS9UH')

function opened(note: string): Note {
  const read = readNote(note)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

function refusalOf(note: string): unknown {
  const read = readNote(note)
  return read.ok ? 'accepted' : (read.error.detail?.reason ?? read.error.code)
}

describe('C2SP signed notes', () => {
  test.each(Object.values(vectors.keys))('the verifier key %s has the key id it shows', (published) => {
    const { key, keyId, type } = publishedKey(published)
    expect(noteKeyId(nodePrimitives, key, type as NoteSignatureType)).toEqual(keyId)
  })

  test('the published private key makes the published note', () => {
    expect(peterSigner.publicKey).toEqual(peter.publicKey)
    expect(signNote(nodePrimitives, text, vectors.signer.name, peterSigner)).toBe(peterNote)
  })

  test('the published notes are verified by their keys', () => {
    expect(verifyNote(nodePrimitives, opened(peterNote), peter)).toBe(true)
    expect(verifyNote(nodePrimitives, opened(`${text}\n${lines.EnochRoot}`), enoch)).toBe(true)
    const { note, key } = vectors.example
    const example = publishedKey(vectors.keys[key as keyof typeof vectors.keys]).key
    expect(verifyNote(nodePrimitives, opened(note), example)).toBe(true)
  })

  test('a note is split into its text and its signature lines', () => {
    const note = opened(`${peterNote}${lines.EnochRoot}`)
    expect(note.text).toBe(text)
    expect(note.signatures.map(({ name }) => name)).toEqual(['PeterNeumann', 'EnochRoot'])
    const [first] = note.signatures
    const whole = fromBase64(lines.PeterNeumann.split(' ')[2]?.trimEnd() as string)
    expect(concatBytes(first?.keyId as Uint8Array, first?.signature as Uint8Array)).toEqual(whole)
    expect(note.signatures.map(noteSignatureLine).join('')).toBe(lines.PeterNeumann + lines.EnochRoot)
  })
})

describe('verifying a note', () => {
  test('ignores the signatures of other keys, whatever they are worth', () => {
    const unknown = noteSignatureLine({
      name: 'unknown',
      keyId: Uint8Array.of(1, 2, 3, 4),
      signature: Uint8Array.of(5),
    })
    expect(verifyNote(nodePrimitives, opened(`${peterNote}${lines.EnochRoot}`), peter)).toBe(true)
    expect(verifyNote(nodePrimitives, opened(`${peterNote}${unknown}`), peter)).toBe(true)
    expect(verifyNote(nodePrimitives, opened(`${text}\n${unknown}${lines.PeterNeumann}`), peter)).toBe(true)
  })

  test('refuses a note that the key did not sign', () => {
    expect(verifyNote(nodePrimitives, opened(peterNote), enoch)).toBe(false)
  })

  test('refuses the key under another name', () => {
    expect(verifyNote(nodePrimitives, opened(peterNote), { ...peter, name: 'Peter' })).toBe(false)
    const renamed = peterNote.replace('— PeterNeumann', '— Peter')
    expect(verifyNote(nodePrimitives, opened(renamed), { ...peter, name: 'Peter' })).toBe(false)
  })

  test('refuses another key under the same name', () => {
    expect(verifyNote(nodePrimitives, opened(peterNote), { ...enoch, name: peter.name })).toBe(false)
  })

  test('refuses another text', () => {
    const changed = peterNote.replace('answer', 'Answer')
    expect(verifyNote(nodePrimitives, opened(changed), peter)).toBe(false)
  })

  test('refuses a note with a broken signature of the key beside a good one', () => {
    expect(verifyNote(nodePrimitives, opened(`${text}\n${brokenLine}`), peter)).toBe(false)
    expect(verifyNote(nodePrimitives, opened(`${peterNote}${brokenLine}`), peter)).toBe(false)
    expect(verifyNote(nodePrimitives, opened(`${text}\n${brokenLine}${lines.PeterNeumann}`), peter)).toBe(
      false,
    )
  })

  test('accepts the same good signature twice', () => {
    expect(verifyNote(nodePrimitives, opened(`${peterNote}${lines.PeterNeumann}`), peter)).toBe(true)
  })

  test('refuses a signature of another length', () => {
    const [{ name, keyId, signature }] = opened(peterNote).signatures as [Note['signatures'][0]]
    for (const changed of [signature.slice(1), concatBytes(signature, Uint8Array.of(0))]) {
      const note = `${text}\n${noteSignatureLine({ name, keyId, signature: changed })}`
      expect(verifyNote(nodePrimitives, opened(note), peter)).toBe(false)
    }
  })
})

describe('reading a note', () => {
  const base64 = lines.PeterNeumann.split(' ')[2]?.trimEnd() as string

  test.each([
    ['a text alone', text, 'no-signature'],
    ['a text and a blank line', `${text}\n`, 'no-signature'],
    ['a signature line without its newline', peterNote.slice(0, -1), 'no-final-newline'],
    ['a control character in the text', `\u0001${peterNote}`, 'text'],
    ['a carriage return in the text', peterNote.replace('problem,\n', 'problem,\r\n'), 'text'],
    ['half a character in the text', `\ud83d${peterNote}`, 'text'],
    ['an empty text', `\n\n${lines.PeterNeumann}`.slice(1), 'no-signature'],
    ['a line that is no signature', `${peterNote}Unexpected line.\n`, 'signature-line'],
    ['a name with a space', `${text}\n— Peter Neumann ${base64}\n`, 'signature-line'],
    ['a name with a wide space', `${text}\n— Peter\u3000Neumann ${base64}\n`, 'signature-line'],
    ['a name with a next-line character', `${text}\n— Peter\u0085Neumann ${base64}\n`, 'signature-line'],
    ['a name with a plus', `${text}\n— Peter+Neumann ${base64}\n`, 'signature-line'],
    ['a name with a control character', `${text}\n— Peter\u0000Neumann ${base64}\n`, 'signature-line'],
    ['a name with half a character', `${text}\n— Peter\udc00 ${base64}\n`, 'signature-line'],
    ['no name', `${text}\n—  ${base64}\n`, 'signature-line'],
    ['no signature', `${text}\n— PeterNeumann\n`, 'signature-line'],
    ['an empty signature', `${text}\n— PeterNeumann \n`, 'signature-line'],
    ['a key id alone', `${text}\n— PeterNeumann ${toBase64(Uint8Array.of(1, 2, 3, 4))}\n`, 'signature-line'],
    ['two spaces', `${text}\n— PeterNeumann  ${base64}\n`, 'signature-line'],
    ['a space at the end', `${text}\n— PeterNeumann ${base64} \n`, 'signature-line'],
    ['a hyphen for the dash', `${text}\n- PeterNeumann ${base64}\n`, 'signature-line'],
    ['the URL-safe alphabet', peterNote.replace('go/Z', 'go_Z'), 'signature-line'],
    ['base64 without its padding', peterNote.replace('nAM=', 'nAM'), 'signature-line'],
    ['base64 with stray bits', peterNote.replace('nAM=', 'nAN='), 'signature-line'],
    ['a text that a cosigner would sign', `cosignature/v1\n${peterNote}`, 'text'],
  ])('refuses %s', (_, note, reason) => {
    expect(refusalOf(note)).toBe(reason)
  })

  test('keeps empty lines within and at the end of the text', () => {
    for (const lined of ['a\n\nb\n', 'a\n\n', '\n', '\n\n\n']) {
      const note = signNote(nodePrimitives, lined, 'Peter', peterSigner)
      expect(opened(note).text).toBe(lined)
      expect(verifyNote(nodePrimitives, opened(note), { ...peter, name: 'Peter' })).toBe(true)
    }
  })

  test('accepts a hundred signatures and no more', () => {
    const full = `${text}\n${lines.PeterNeumann.repeat(maximumNoteSignatures)}`
    expect(verifyNote(nodePrimitives, opened(full), peter)).toBe(true)
    expect(readNote(full + lines.PeterNeumann)).toEqual({
      ok: false,
      error: { code: 'format/too-large', detail: { signatures: 101, limit: 100 } },
    })
  })

  test('accepts sixteen signatures of five thousand bytes', () => {
    const large = noteSignatureLine({
      name: 'x',
      keyId: new Uint8Array(4),
      signature: new Uint8Array(5000),
    })
    expect(opened(`${text}\n${large.repeat(16)}`).signatures).toHaveLength(16)
  })

  test('refuses a note that is too long before it looks into it', () => {
    const rest = peterNote.length + 1
    const longest = `${'a'.repeat(maximumNoteLength - rest)}\n${peterNote}`
    expect(readNote(longest).ok).toBe(true)
    expect(readNote(`a${longest}`)).toEqual({
      ok: false,
      error: {
        code: 'format/too-large',
        detail: { length: maximumNoteLength + 1, limit: maximumNoteLength },
      },
    })
  })
})

describe('signing a note', () => {
  test.each(['', 'abc', 'abc\r\n', '\u0000\n', '\ud800\n', 'cosignature/v1\ntime 1\n'])(
    'is refused for the text %j',
    (wrong) => {
      expect(() => signNote(nodePrimitives, wrong, 'Peter', peterSigner)).toThrow(TypeError)
    },
  )

  test.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', '\ud800'])('is refused under the name %j', (wrong) => {
    expect(() => signNote(nodePrimitives, text, wrong, peterSigner)).toThrow(TypeError)
  })

  test('covers the text with its last newline and not the blank line', () => {
    const [signature] = opened(peterNote).signatures
    const holds = (message: string) =>
      nodePrimitives.ed25519Verify(peter.publicKey, utf8(message), signature?.signature as Uint8Array)
    expect(holds(text)).toBe(true)
    expect(holds(`${text}\n`)).toBe(false)
    expect(holds(text.slice(0, -1))).toBe(false)
  })
})
