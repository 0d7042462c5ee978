import { catalogueMessages as englishCatalogue } from './en/catalogue.ts'
import { errorMessages as englishErrors } from './en/errors.ts'
import { screenMessages as englishScreens } from './en/screens.ts'
import { catalogueMessages as chineseCatalogue } from './zh-CN/catalogue.ts'
import { errorMessages as chineseErrors } from './zh-CN/errors.ts'
import { screenMessages as chineseScreens } from './zh-CN/screens.ts'

/** The languages people can choose; the first is the default. */
export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const chinese = { ...chineseErrors, ...chineseCatalogue, ...chineseScreens }

/** The name of a text; the same in every language. */
export type MessageKey = keyof typeof chinese

const english: Readonly<Record<MessageKey, string>> = {
  ...englishErrors,
  ...englishCatalogue,
  ...englishScreens,
}

/** All texts by language, one flat table each. */
export const messages: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = {
  'zh-CN': chinese,
  en: english,
}

export type MessageParameters = Readonly<Record<string, string | number>>

const placeholder = /\{([A-Za-z]+)\}/g

/**
 * The text of a key in a language, with `{name}` replaced by the parameter of that name. A parameter that was not
 * given stays visible as `{name}`, so that a missing one is noticed.
 */
export function translate(locale: Locale, key: MessageKey, parameters: MessageParameters = {}): string {
  return messages[locale][key].replace(placeholder, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
  )
}

/** Whether a text is the name of a message, for keys that come from data. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(chinese, key)
}
