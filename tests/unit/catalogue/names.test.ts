import { describe, expect, test } from 'vitest'
import { hasInnerSpace, parsePersonName, parsePersons } from '../../../src-shared/catalogue/names.ts'
import { outcome } from './helpers.ts'

describe('the name of a person', () => {
  test.each([
    ['张三', '张三'],
    [' 欧阳娜娜\u3000', '欧阳娜娜'],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉・买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉．买买提', '阿卜杜拉·买买提'],
    ["Mary-Jane O'Neil", "Mary-Jane O'Neil"],
    ['강창희', '강창희'],
    ['𠮷田', '𠮷田'],
  ])('%s is read as %s', (input, name) => {
    expect(outcome(parsePersonName(input))).toBe(name)
  })

  test('keeps the white space inside as it was written', () => {
    expect(outcome(parsePersonName('설   훈'))).toBe('설   훈')
    expect(outcome(parsePersonName('王  五'))).toBe('王  五')
    expect(hasInnerSpace('王  五')).toBe(true)
    expect(hasInnerSpace('Li Ming')).toBe(false)
  })

  test('has 2 to 20 characters, counted as people count them', () => {
    expect(outcome(parsePersonName('张'))).toBe('fault:name-length')
    expect(outcome(parsePersonName('𠮷'))).toBe('fault:name-length')
    expect(outcome(parsePersonName('阿'.repeat(20)))).toBe('阿'.repeat(20))
    expect(outcome(parsePersonName('𠮷'.repeat(20)))).toBe('𠮷'.repeat(20))
    expect(outcome(parsePersonName('阿'.repeat(21)))).toBe('fault:name-length')
    expect(outcome(parsePersonName(''))).toBe('fault:name-length')
  })

  test.each(['张三1', '张三、李四', '·张三', '（张三）', '张\u0000三', '张\u202E三', '<b>', '--'])(
    '%j is none',
    (input) => {
      expect(outcome(parsePersonName(input))).toBe('fault:name-characters')
    },
  )

  test('is composed (NFC), so that the same name has one spelling', () => {
    expect(outcome(parsePersonName('\uF9E1宰榮'))).toBe('李宰榮')
  })
})

describe('several persons', () => {
  test('are joined with the enumeration comma', () => {
    expect(outcome(parsePersons('张三，李四; 王五'))).toBe('张三、李四、王五')
    expect(outcome(parsePersons('张三'))).toBe('张三')
  })

  test('are each a name', () => {
    expect(outcome(parsePersons('张三、'))).toBe('fault:name-length')
    expect(outcome(parsePersons('张三、李4'))).toBe('fault:name-characters')
  })

  test('are at most ten', () => {
    expect(outcome(parsePersons(Array(11).fill('张三').join('、')))).toBe('fault:too-many-names')
  })
})
