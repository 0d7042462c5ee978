import { describe, expect, test } from 'vitest'
import { findWord, holdsWord, indexQuery, indexTokens } from '../../../src-shared/search/tokens.ts'
import { pinyinKey } from '../../../src-shared/search/pinyin-key.ts'

describe('tokens of the index', () => {
  test('are the pairs of each run and its last character', () => {
    expect(indexTokens('廉政档案')).toBe('廉政 政档 档案 案')
    expect(indexTokens('王明，A１')).toBe('王明 明 a1 1')
    expect(indexTokens(' ·—')).toBe('')
  })

  test('a search asks for the pairs of every word in their order', () => {
    expect(indexQuery('政档案')).toBe('"政档 档案"')
    expect(indexQuery('王 明Ａ')).toBe('"王" * AND "明a"')
    expect(indexQuery('王明', ['name', 'initials'])).toBe('{name initials} : ("王明")')
  })

  test('nothing that is typed reaches the index but letters and digits', () => {
    expect(indexQuery('"*^(){}:-+')).toBeNull()
    expect(indexQuery('name:王"明')).toBe('"na am me" AND "王" * AND "明" *')
  })
})

describe('marking where a word stands', () => {
  test('gives the first place of any word', () => {
    expect(findWord('清河镇财政所', '财政 清河')).toEqual({ from: 0, to: 2 })
    expect(findWord('清河镇财政所', '村')).toBeNull()
  })

  test('marks nothing where folding moves the letters', () => {
    expect(findWord('㍿财政', '财政')).toBeNull()
    expect(holdsWord('㍿财政', '财政')).toBe(true)
  })
})

test('names are sorted by syllables: 李安 before 梁伟, 单 as a surname', () => {
  const sorted = ['张三', '梁伟', '李安', '单雄信', '欧阳修'].toSorted((a, b) =>
    pinyinKey(a) < pinyinKey(b) ? -1 : 1,
  )
  expect(sorted).toEqual(['李安', '梁伟', '欧阳修', '单雄信', '张三'])
})
