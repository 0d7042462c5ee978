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
  return useCallback((key, parameters) => translate(locale, key, parameters), [locale])
}

/** The text of a key that comes from data; the last part of the key itself if this version does not know it. */
export function textOr(locale: Locale, key: string, parameters?: MessageParameters): string {
  return isMessageKey(key) ? translate(locale, key, parameters) : key.slice(key.indexOf('.') + 1)
}

export function useTextOr(): (key: string, parameters?: MessageParameters) => string {
  const locale = useLooks((looks) => looks.locale)
  return useCallback((key, parameters) => textOr(locale, key, parameters), [locale])
}
