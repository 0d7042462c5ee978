import { describe, expect, test } from 'vitest'
import { bigrams } from '../../../src-shared/search/bigrams.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { looksLikeInitials, pinyinInitials } from '../../../src-shared/search/pinyin.ts'

describe('pinyin initials', () => {
  test.each([
    ['王小明', 'wxm'],
    ['欧阳修', 'oyx'],
    ['单雄信', 'sxx'],
    ['曾国藩', 'zgf'],
    ['解晓东', 'xxd'],
    ['仇英', 'qy'],
    ['查良镛', 'zly'],
    ['区寄', 'oj'],
    ['阿卜杜拉·买买提', 'abdlmmt'],
    ['Zhang 伟', 'zhangw'],
    ['', ''],
    ['·', ''],
  ])('of %s are %s', (name, initials) => {
    expect(pinyinInitials(name)).toBe(initials)
  })

  test('are told from a name or a number', () => {
    expect(looksLikeInitials('ＷＸＭ')).toBe(true)
    expect(looksLikeInitials('王xm')).toBe(false)
    expect(looksLikeInitials('123X')).toBe(false)
  })
})

describe('bigrams', () => {
  test('overlap by one character', () => {
    expect(bigrams('廉政档案')).toEqual(['廉政', '政档', '档案'])
  })

  test('of one character are that character', () => {
    expect(bigrams('王')).toEqual(['王'])
  })

  test('do not span white space or punctuation', () => {
    expect(bigrams('王明、李 华A1')).toEqual(['王明', '李', '华a', 'a1'])
  })

  test('count a character outside the basic plane as one', () => {
    expect(bigrams('𠮷田')).toEqual(['𠮷田'])
  })

  test('of nothing are none', () => {
    expect(bigrams(' ·—')).toEqual([])
  })
})

test('full-width letters and digits are folded', () => {
  expect(foldForSearch(' ＡＢＣ１２Ｘ ')).toBe('abc12x')
})
