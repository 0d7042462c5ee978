import { describe, expect, test } from 'vitest'
import { isMessageKey, locales, messages, translate } from '../../src-shared/i18n/index.ts'
import { errorCodes } from '../../src-shared/kernel/errors.ts'

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
}

const chinese = messages['zh-CN']
const keys = Object.keys(chinese).filter(isMessageKey)

describe('the message tables', () => {
  test('have the same keys in every language', () => {
    for (const locale of locales) expect(Object.keys(messages[locale]).sort()).toEqual([...keys].sort())
  })

  test('have the same placeholders in every language', () => {
    const different = keys.filter(
      (key) => placeholders(messages.en[key]).join() !== placeholders(chinese[key]).join(),
    )
    expect(different).toEqual([])
  })

  test('leave no text empty', () => {
    for (const locale of locales)
      expect(keys.filter((key) => messages[locale][key].trim() === '')).toEqual([])
  })

  test('have no Chinese character in an English text', () => {
    expect(keys.filter((key) => /\p{Script=Han}/u.test(messages.en[key]))).toEqual([])
  })
})

describe('error codes', () => {
  test('are listed once each', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
  })

  test.each(errorCodes)('%s has its text in both languages, in more than one sentence', (code) => {
    const key = `error.${code}` as const
    expect(chinese[key]).toMatch(/\p{Script=Han}.*[。；].+。$/u)
    expect(messages.en[key]).toMatch(/\w.*[.;:] .+\.$/)
  })

  test('have no text without a code', () => {
    const known = new Set<string>(errorCodes.map((code) => `error.${code}`))
    expect(keys.filter((key) => key.startsWith('error.') && !known.has(key))).toEqual([])
  })
})

describe('translate', () => {
  test('takes the text of the language', () => {
    expect(translate('zh-CN', 'app.name')).toBe('廉档')
    expect(translate('en', 'app.name')).toBe('Liandang')
  })

  test('has a name for keys that come from data', () => {
    expect(isMessageKey('error.vault/locked')).toBe(true)
    expect(isMessageKey('toString')).toBe(false)
  })
})
