import { describe, expect, test } from 'vitest'
import {
  accessBlock,
  accessKinds,
  accessPlaintext,
  readAccessEntry,
  type AccessEntry,
} from '../../../src-shared/audit/access-entry.ts'
import { actBlock, actPlaintext, readSealedAct } from '../../../src-shared/audit/incident.ts'

const id = 'ab'.repeat(16)

function entry(changes: Partial<AccessEntry> = {}): AccessEntry {
  return {
    at: '2026-11-22T01:00:00.000Z',
    kind: 'dossier',
    member: id,
    role: 'reviewer',
    device: id,
    subject: { cadre: id, cadreName: '张三丰' },
    purpose: null,
    flags: [],
    count: 1,
    ...changes,
  }
}

/** The fullest entry the screens can make: evidence of a record, with the longest purpose. */
const fullest = entry({
  kind: 'evidence',
  role: 'approver',
  subject: {
    cadre: id,
    cadreName: '阿卜杜热西提·阿卜杜克热木',
    category: 'C12',
    level: 4,
    record: id,
    evidence: 'cd'.repeat(32),
  },
  purpose: { kind: 'integrity-opinion', words: '办'.repeat(200) },
  flags: ['self', 'kin'],
  count: 1,
})

describe('an access entry', () => {
  test('is as long as any other, whatever was done', () => {
    const lengths = accessKinds.map((kind) => accessPlaintext(entry({ kind })).length)
    expect(new Set([...lengths, accessPlaintext(fullest).length])).toEqual(new Set([accessBlock]))
  })

  test('says the whole purpose also where it says the most', () => {
    expect(readAccessEntry(accessPlaintext(fullest))).toEqual({ ok: true, value: fullest })
  })

  test('loses the end of words that do not fit, visibly, and nothing else', () => {
    const search = '搜'.repeat(1000)
    const read = readAccessEntry(accessPlaintext(entry({ kind: 'search', subject: { search, results: 3 } })))
    if (!read.ok) throw new Error(read.error.code)
    const { search: kept = '', results } = read.value.subject
    expect(kept.endsWith('…')).toBe(true)
    expect(search.startsWith(kept.slice(0, -1))).toBe(true)
    expect(kept.length).toBeGreaterThan(300)
    expect(results).toBe(3)
  })

  test('leaves out what is not known', () => {
    const subject = { cadre: id, cadreName: undefined } as never
    const read = readAccessEntry(accessPlaintext(entry({ subject })))
    expect(read).toMatchObject({ ok: true, value: { subject: { cadre: id } } })
  })

  test('of another form is not read', () => {
    const bytes = accessPlaintext(entry())
    const text = new TextDecoder().decode(bytes)
    const changed = (from: string, to: string) => new TextEncoder().encode(text.replace(from, to))
    expect(readAccessEntry(changed('access/2', 'access/3'))).toMatchObject({ error: { code: 'audit/entry' } })
    expect(readAccessEntry(changed('"dossier"', '"glances"'))).toMatchObject({ ok: false })
    expect(readAccessEntry(bytes.subarray(1))).toMatchObject({ error: { detail: { reason: 'length' } } })
    expect(readAccessEntry(changed('"count":1', '"count":0'))).toMatchObject({ ok: false })
  })
})

describe('what is sealed of a leak incident', () => {
  const at = '2026-11-22T01:00:00.000Z'
  const base = { at, member: id, incident: id }

  test('is one length, from the shortest report to the longest', () => {
    const report = (length: number, character: string) =>
      actPlaintext({
        type: 'liandang/incident-report/1',
        ...base,
        report: {
          foundAt: at,
          what: character.repeat(length),
          who: character.repeat(Math.min(length, 120)),
          carrier: 'network',
          course: character.repeat(length),
          measures: character.repeat(length),
        },
      })
    const followUp = actPlaintext({
      type: 'liandang/incident-update/1',
      ...base,
      followUp: { measures: '已追回', reportedUpward: { at, to: '县纪委' }, closes: true },
    })
    const plaintexts = [report(1, '一'), report(800, '密'), report(800, '\u0001'), followUp]
    expect(plaintexts.map(({ length }) => length)).toEqual([actBlock, actBlock, actBlock, actBlock])
    for (const plaintext of plaintexts) expect(readSealedAct(plaintext).ok).toBe(true)
  })
})
