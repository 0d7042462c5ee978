import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { commitmentOf, type CommitmentInput } from '../../../src-shared/review/commitment.ts'
import {
  groundsDigest,
  opinionPlaintext,
  pad,
  paddingBlock,
  readOpinion,
  unpad,
  type SealedRow,
} from '../../../src-shared/review/sealing.ts'
import { digestOf, idOf, record, unit } from './road-steps.ts'

const reviewer = idOf('first')
const grounds = { marks: ['amount'], reasons: ['incomplete'], salt: idOf('salt'), words: '不一致' }
const row: SealedRow = {
  record,
  revision: digestOf('revision'),
  nonce: digestOf('nonce'),
  decision: 'disagree',
  grounds,
}

describe('a sealed opinion', () => {
  test('is read back as it was said', () => {
    expect(readOpinion(opinionPlaintext(unit, reviewer, [row]))).toEqual({
      ok: true,
      value: { type: 'liandang/opinion/1', unit, reviewer, rows: [row] },
    })
  })

  test.each(['agree', 'disagree'] as const)('says %s of the drawn lot it belongs to', (lot) => {
    const drawn: SealedRow = { ...row, decision: lot, lot }
    expect(readOpinion(opinionPlaintext(unit, reviewer, [drawn]))).toMatchObject({
      ok: true,
      value: { rows: [{ decision: lot, lot }] },
    })
    const other = { ...drawn, lot: 'perhaps' as 'agree' }
    expect(readOpinion(opinionPlaintext(unit, reviewer, [other])).ok).toBe(false)
  })

  test('is a whole number of blocks long, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000, unit: 'grapheme' }), (words) => {
        const plaintext = opinionPlaintext(unit, reviewer, [
          { ...row, grounds: { ...grounds, words: words.slice(0, 2000).toWellFormed() } },
        ])
        expect(plaintext.length % paddingBlock).toBe(0)
      }),
    )
    const agree = opinionPlaintext(unit, reviewer, [
      { ...row, decision: 'agree', grounds: { ...grounds, marks: [], reasons: [], words: '' } },
    ])
    expect(opinionPlaintext(unit, reviewer, [row])).toHaveLength(agree.length)
  })

  test('is not read when it is anything else', () => {
    const whole = unpad(opinionPlaintext(unit, reviewer, [row]))
    const text = new TextDecoder().decode(whole)
    for (const other of [
      text.slice(0, -1),
      text.replace('{', '{ '),
      text.replace('disagree', 'perhaps'),
      text.replace('"words"', '"more":1,"words"'),
      `${text}\n`,
      '{}',
      '',
    ])
      expect(readOpinion(pad(utf8(other))), other).toMatchObject({
        ok: false,
        error: { code: 'review/opinion-unopenable' },
      })
    const nothing = canonicalBytes({ reviewer, rows: [], type: 'liandang/opinion/1', unit })
    expect(readOpinion(pad(nothing)).ok).toBe(false)
  })

  test('that cannot be read says why', () => {
    const reason = (bytes: Uint8Array) => {
      const read = readOpinion(bytes)
      return read.ok ? null : read.error.detail
    }
    expect(reason(pad(utf8('{}')))).toEqual({ reason: 'shape' })
    expect(reason(pad(utf8('{ }')))).toMatchObject({ reason: expect.stringMatching(/^[a-z]+\//) })
    expect(reason(new Uint8Array(0))).toMatchObject({ reason: expect.stringMatching(/^[a-z]+\//) })
  })

  test('gives reasons as codes, and what was typed again as values with a salt', () => {
    const reads = (changes: object) => {
      const changed = { ...row, decision: 'agree', grounds: { ...grounds, ...changes } } as SealedRow
      return readOpinion(opinionPlaintext(unit, reviewer, [changed])).ok
    }
    expect(reads({})).toBe(true)
    expect(reads({ reasons: ['no evidence'] })).toBe(false)
    expect(reads({ reasons: ['1-first'] })).toBe(false)
    expect(reads({ reasons: ['Upper'] })).toBe(false)
    expect(reads({ reasons: ['lasT'] })).toBe(false)
    expect(reads({ rekey: { salt: idOf('salt'), values: { on: '2026-03-02' } } })).toBe(true)
    expect(reads({ rekey: {} })).toBe(false)
    expect(reads({ rekey: { salt: 'x', values: {} } })).toBe(false)
  })

  test('keeps its words behind a salt', () => {
    const other = { ...grounds, salt: idOf('another salt') }
    expect(groundsDigest(nodePrimitives, other)).not.toBe(groundsDigest(nodePrimitives, grounds))
  })
})

describe('padding', () => {
  test('comes off again, for anything that does not end in a space', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), (bytes) => {
        fc.pre(bytes.at(-1) !== 0x20)
        const padded = pad(bytes)
        expect(padded.length % paddingBlock).toBe(0)
        expect(padded.length).toBeGreaterThan(0)
        expect([...unpad(padded)]).toEqual([...bytes])
      }),
    )
  })
})

test('a text of blanks alone is none', () => {
  expect([...unpad(utf8('    '))]).toEqual([])
  expect([...unpad(new Uint8Array(0))]).toEqual([])
})

describe('a commitment', () => {
  const input: CommitmentInput = {
    unit,
    revision: row.revision,
    reviewer,
    nonce: row.nonce,
    decision: 'agree',
    grounds: groundsDigest(nodePrimitives, grounds),
  }

  test('binds the unit, the revision, the reviewer, the decision and the grounds', () => {
    const commitment = commitmentOf(nodePrimitives, input)
    for (const change of [
      { unit: idOf('another unit') },
      { revision: digestOf('another') },
      { reviewer: idOf('second') },
      { nonce: digestOf('another nonce') },
      { decision: 'disagree' as const },
      { grounds: digestOf('other grounds') },
    ])
      expect(commitmentOf(nodePrimitives, { ...input, ...change })).not.toBe(commitment)
    expect(commitmentOf(nodePrimitives, { ...input })).toBe(commitment)
  })
})
