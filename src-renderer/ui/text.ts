import { useCallback } from 'react'
import {
  isMessageKey,
  translate,
  type Locale,
  type MessageKey,
  type MessageParameters,
} from '../../src-shared/i18n/index.ts'
import { useLooks } from './looks.ts'

export type Text = (key: MessageKey, parameters?: MessageParameters) => string

/** The texts in the language that is chosen. */
export function useText(): Text {
  const locale = useLooks((looks) => looks.locale)
  return useCallback((key, parameters) => translate(locale, key, grouped(parameters)), [locale])
}

/** Quantities in groups of three digits; numbers that name something (a row, a version) as they are. */
function grouped(parameters: MessageParameters = {}): MessageParameters {
  const names = ['count', 'rows', 'shown', 'total', 'decided', 'open']
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'number' && names.includes(name) ? value.toLocaleString('en-US') : value,
    ]),
  )
}

/** The text of a key that comes from data; the last part of the key itself if this version does not know it. */
export function textOr(locale: Locale, key: string, parameters?: MessageParameters): string {
  return isMessageKey(key) ? translate(locale, key, parameters) : key.slice(key.indexOf('.') + 1)
}

export function useTextOr(): (key: string, parameters?: MessageParameters) => string {
  const locale = useLooks((looks) => looks.locale)
  return useCallback((key, parameters) => textOr(locale, key, parameters), [locale])
}

/** Joins words as the language does: 甲、乙 or A, B. */
export function useList(): (words: readonly string[]) => string {
  const text = useText()
  return useCallback((words) => words.join(text('list.separator')), [text])
}

/** Joins sentences or clauses: 甲；乙 or A; B. */
export function useClauses(): (clauses: readonly string[]) => string {
  const text = useText()
  return useCallback((clauses) => clauses.join(text('list.clauses')), [text])
}
