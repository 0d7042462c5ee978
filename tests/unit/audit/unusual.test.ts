import { describe, expect, test } from 'vitest'
import type { AccessKind } from '../../../src-shared/audit/access-entry.ts'
import {
  findUnusual,
  isOddHour,
  unusualRulesSchema,
  type UnusualRules,
  type UsedAccess,
} from '../../../src-shared/audit/unusual.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'

const shipped: UnusualRules = unusualRulesSchema.parse(readResourceJson('audit/unusual-use.json'))
const rules: UnusualRules = { ...shipped, bulk: { minutes: 60, dossiersAbove: 3 } }

const member = 'aa'.repeat(16)
/** A Monday, by the clock of Beijing. */
const at = (clock: string, date = '2026-11-23') => new Date(`${date}T${clock}:00+08:00`).toISOString()

function entry(kind: AccessKind, moment: string, changes: Partial<UsedAccess> = {}): UsedAccess {
  return { at: moment, member, kind, cadre: null, cadreName: null, flags: [], count: 1, ...changes }
}

const dossier = (moment: string, cadre: string) => entry('dossier', moment, { cadre: cadre.repeat(32) })
const find = (entries: readonly UsedAccess[], with_ = rules) => findUnusual(nodePrimitives, with_, entries)

describe('bulk reading', () => {
  test('is more different dossiers within the window than allowed, however the hours of the clock fall', () => {
    const entries = ['a', 'b', 'c', 'd'].map((cadre, index) => dossier(at(`09:${50 + index * 2}`), cadre))
    expect(find(entries)).toMatchObject([
      { rule: 'bulk', counted: 4, threshold: 3, base: 60, from: at('09:50'), to: at('09:56') },
    ])
  })

  test('is not reading the same dossiers again and again', () => {
    const entries = Array.from({ length: 30 }, (_, index) =>
      dossier(at(`10:${String(index).padStart(2, '0')}`), 'abc'[index % 3] as string),
    )
    expect(find(entries)).toEqual([])
  })

  test('is not the same number over a longer time', () => {
    const entries = ['a', 'b', 'c', 'd'].map((cadre, index) => dossier(at(`${10 + index}:00`), cadre))
    expect(find(entries)).toEqual([])
  })

  test('that goes on is one finding with its peak', () => {
    const entries = [...'abcdef'].map((cadre, index) => dossier(at(`10:${10 + index * 5}`), cadre))
    expect(find(entries)).toMatchObject([{ counted: 6, from: at('10:10'), to: at('10:35') }])
  })
})

describe('odd hours', () => {
  test('are before and after those of the office, and on days without any', () => {
    expect(isOddHour(rules, at('07:29'))).toBe(true)
    expect(isOddHour(rules, at('07:30'))).toBe(false)
    expect(isOddHour(rules, at('19:59'))).toBe(false)
    expect(isOddHour(rules, at('20:00'))).toBe(true)
    expect(isOddHour(rules, at('10:00', '2026-11-22'))).toBe(true)
  })

  test('make a reading a sign, but not a log-in', () => {
    const entries = [entry('unlock', at('23:00')), dossier(at('23:01'), 'a'), dossier(at('23:05'), 'a')]
    expect(find(entries)).toMatchObject([{ rule: 'odd-hours', counted: 2, from: at('23:01') }])
    expect(find([entry('unlock', at('23:00'))])).toEqual([])
  })
})

describe('reading about oneself or kin', () => {
  test('is said once a dossier and day', () => {
    const cadre = 'ab'.repeat(16)
    const own = { cadre, cadreName: '王强', flags: ['self'] as const }
    const entries = [
      entry('dossier', at('09:00'), own),
      entry('record', at('09:10'), own),
      entry('dossier', at('09:00', '2026-11-24'), own),
      entry('dossier', at('09:30', '2026-11-24'), { cadre: 'cd'.repeat(16), flags: ['kin'] }),
    ]
    expect(find(entries)).toMatchObject([
      { rule: 'kin', counted: 1, from: at('09:30', '2026-11-24') },
      { rule: 'self', counted: 1, cadre, cadreName: '王强' },
      { rule: 'self', counted: 2, cadre, from: at('09:00'), to: at('09:10') },
    ])
  })
})

describe('attempts', () => {
  test('that were refused count as often as they were made, not as they were entered', () => {
    const entries = [entry('refused', at('09:00')), entry('refused', at('09:01'), { count: 4 })]
    expect(find(entries)).toMatchObject([{ rule: 'refused', counted: 5, threshold: 5 }])
    expect(find(entries.slice(0, 1))).toEqual([])
  })

  test('to log in that failed count by day', () => {
    const failed = (clock: string, date?: string) => entry('unlock-failed', at(clock, date), { count: 3 })
    expect(find([failed('09:00'), failed('09:10')])).toMatchObject([{ rule: 'failed-log-ins', counted: 6 }])
    expect(find([failed('09:00'), failed('09:10', '2026-11-24')])).toEqual([])
  })
})

describe('searching without opening', () => {
  const searches = (count: number) =>
    Array.from({ length: count }, (_, index) => entry('search', at(`09:${10 + index * 2}`)))

  test('is many searches in a day that led nowhere', () => {
    expect(find(searches(12))).toMatchObject([{ rule: 'fishing', counted: 12, base: 12, threshold: 10 }])
  })

  test('is not searching for what is then opened', () => {
    const opened = Array.from({ length: 12 }, (_, index) => dossier(at(`09:${11 + index * 2}`), 'a'))
    const entries = [...searches(12), ...opened].sort((a, b) => (a.at < b.at ? -1 : 1))
    expect(find(entries)).toEqual([])
  })

  test('counts only the searches that led nowhere', () => {
    const entries = [...searches(12), dossier(at('09:33'), 'a')]
    expect(find(entries)).toEqual([])
    expect(find([...searches(20), dossier(at('09:49'), 'a')])).toMatchObject([{ counted: 15, base: 20 }])
  })
})

describe('a finding', () => {
  test('is one member’s', () => {
    const other = 'bb'.repeat(16)
    const entries = [...'abcd'].map((cadre, index) => ({
      ...dossier(at(`10:0${index}`), cadre),
      member: index % 2 === 0 ? member : other,
    }))
    expect(find(entries)).toEqual([])
  })

  test('keeps its name while more of the same day is read', () => {
    const entries = [...'abcde'].map((cadre, index) => dossier(at(`10:1${index}`), cadre))
    const [before] = find(entries.slice(0, 4))
    const [after] = find(entries)
    expect(before?.key).toMatch(/^[0-9a-f]{64}$/)
    expect(after?.key).toBe(before?.key)
    expect(after?.counted).toBe(5)
  })

  test('rests on thresholds that the program ships', () => {
    expect(shipped).toMatchObject({ version: 1, utcOffsetMinutes: 480 })
    expect(
      find(
        [...'abcd'].map((cadre, index) => dossier(at(`10:1${index}`), cadre)),
        shipped,
      ),
    ).toEqual([])
  })
})
