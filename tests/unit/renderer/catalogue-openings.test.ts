import { describe, expect, test } from 'vitest'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import { workingCopy, workingProblems } from '../../../src-shared/catalogue/editing.ts'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { CategoryOpening } from '../../../src-shared/catalogue/schema.ts'
import { translate, type Locale } from '../../../src-shared/i18n/index.ts'
import {
  draftOfOpening,
  missingLines,
  mostDays,
  newOpening,
  openingNames,
  openingOf,
  type OpeningDraft,
} from '../../../src-renderer/features/catalogue/opening-draft.ts'
import {
  openingChangeWords,
  openingWords,
  type Speech,
} from '../../../src-renderer/features/catalogue/opening-words.ts'
import { catalogue, category } from './catalogue.ts'

const shipped = catalogue.categories.flatMap(({ openedBy = [] }) => openedBy)
const recorded: OpeningDraft = { ...newOpening('recorded'), category: 'A2' }
const before: OpeningDraft = { ...newOpening('before'), category: 'B2', on: 'validUntil' }

function speech(locale: Locale): Speech {
  return {
    text: (key, parameters) => translate(locale, key, parameters),
    list: (words) => words.join('、'),
    clauses: (words) => words.join('；'),
  }
}

function step(of: string, openedBy: readonly CategoryOpening[]) {
  const next = workingCopy(catalogue, [{ edit: 'openings', category: of, openedBy }])
  return { next, problems: workingProblems(catalogue, next) }
}

/** The words of `category.what` of what keeps these openings out of the category. */
function issues(of: string, draft: OpeningDraft): readonly string[] {
  const { problems } = step(of, [openingOf(draft)])
  return (problems?.issues ?? []).map(({ category: at, what }) => `${at}.${what}`)
}

describe('the form of what opens a category', () => {
  test('gives back every opening that the product comes with', () => {
    expect(shipped.length).toBeGreaterThan(8)
    for (const opening of shipped) {
      const draft = draftOfOpening(opening)
      expect(openingOf(draft)).toEqual(opening)
      expect([...missingLines(draft)]).toEqual([])
    }
  })

  test('makes each kind of opening into one that the catalogue takes', () => {
    const drafts: Record<(typeof openingNames)[number], OpeningDraft> = {
      opened: newOpening('opened'),
      stage: { ...newOpening('stage'), stages: ['leaving'] },
      recorded: { ...recorded, on: 'from', whereField: 'change', whereIs: ['01'], unless: 'to' },
      before: { ...before, unless: 'cancelledOn' },
      after: { ...newOpening('after'), category: 'B2', on: 'validUntil' },
    }
    for (const name of openingNames) {
      const { next, problems } = step('D4', [openingOf(drafts[name])])
      expect(problems).toBeNull()
      expect(readCatalogue(next).ok).toBe(true)
    }
  })

  test('says which line is missing, and the catalogue refuses the same', () => {
    const wrong: readonly (readonly [keyof OpeningDraft, OpeningDraft])[] = [
      ['stages', newOpening('stage')],
      ['category', newOpening('recorded')],
      ['on', { ...before, on: '' }],
      ['whereIs', { ...recorded, whereField: 'change' }],
      ['days', { ...recorded, days: '' }],
      ['days', { ...recorded, days: '0' }],
      ['days', { ...recorded, days: '1.5' }],
      ['days', { ...recorded, days: '十' }],
      ['days', { ...recorded, days: String(mostDays('recorded') + 1) }],
      ['days', { ...before, days: String(mostDays('before') + 1) }],
    ]
    for (const [line, draft] of wrong) {
      expect([...missingLines(draft)]).toEqual([line])
      const number = draft.when === 'before' ? 'days' : 'withinWorkingDays'
      expect(issues('D4', draft)).toEqual([`D4.${line === 'days' ? number : 'openedBy'}`])
    }
    for (const draft of [recorded, before]) {
      expect(issues('D4', { ...draft, days: String(mostDays(draft.when)) })).toEqual([])
    }
  })

  test('cannot tie a category of discipline to one of the archive, nor a record to its own category', () => {
    expect(issues('E8', recorded)).toEqual(['E8.openedBy'])
    expect(issues('A2', recorded)).toEqual(['A2.openedBy'])
  })
})

describe('what opens a category, told', () => {
  test('names the category, the field and the codes that are watched, in both languages', () => {
    const [, opening] = category('A1').openedBy ?? []
    if (opening === undefined) throw new Error('A1 is not opened by a record')
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = openingWords(opening, catalogue, speech(locale))
      expect(words).toContain('A2 履历任免')
      expect(words).toContain('10')
      expect(words).not.toMatch(/[{}]|undefined/)
    }
  })

  test('has a sentence for each that the product comes with, no two alike in one category', () => {
    for (const { openedBy = [] } of catalogue.categories) {
      const words = openedBy.map((one) => openingWords(one, catalogue, speech('zh-CN')))
      expect(new Set(words).size).toBe(openedBy.length)
      for (const sentence of words) expect(sentence).not.toMatch(/[{}]|undefined/)
    }
  })
})

describe('a step that changes what opens a category', () => {
  const of = 'B2'
  const own = category(of).openedBy ?? []

  function changed(openedBy: readonly CategoryOpening[]): string {
    const { next } = step(of, openedBy)
    const changes = compareCatalogues(catalogue, next)
    expect(changes).toHaveLength(1)
    const [change] = changes
    expect(change).toMatchObject({ what: 'category-changed', category: of, property: 'openedBy' })
    const { from, to } = change ?? {}
    return openingChangeWords({ category: of, from, to }, catalogue, next, speech('zh-CN'))
  }

  test('is one difference, which tells only what came and what went', () => {
    const [first, second] = own
    if (first === undefined || second === undefined) throw new Error('B2 has not two openings')
    const leaving: CategoryOpening = { when: 'stage', stages: ['leaving'], withinWorkingDays: 7 }
    expect(changed([...own, leaving])).toMatch(/^“B2”新增触发情形：进入“[^”]+”阶段后 7 个工作日内$/)
    expect(changed([second])).toBe('“B2”取消触发情形：新建档案后 20 个工作日内')
    expect(changed([{ ...first, withinWorkingDays: 30 } as CategoryOpening, second])).toBe(
      '“B2”新增触发情形：新建档案后 30 个工作日内；“B2”取消触发情形：新建档案后 20 个工作日内',
    )
    expect(changed([second, first])).toBe('调整“B2”触发情形的顺序')
  })

  test('leaves nothing behind when the last one goes', () => {
    const { next, problems } = step(of, [])
    expect(problems).toBeNull()
    expect(next.categories.find(({ id }) => id === of)).not.toHaveProperty('openedBy')
    expect(changed([])).toContain('取消触发情形')
  })

  test('is refused beyond the most that a category may have', () => {
    const many = Array.from(
      { length: 21 },
      (_, index): CategoryOpening => ({ when: 'opened', withinWorkingDays: index + 1 }),
    )
    expect(step(of, many.slice(0, 20)).problems).toBeNull()
    expect(step(of, many).problems?.issues).toEqual([{ category: of, what: 'openedBy' }])
  })
})
