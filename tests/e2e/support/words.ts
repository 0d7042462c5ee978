import { translate, type MessageKey, type MessageParameters } from '../../../src-shared/i18n/index.ts'

/** What the screens say in Chinese: controls are found by the words people read. */
export function say(key: MessageKey, parameters: MessageParameters = {}): string {
  return translate('zh-CN', key, parameters)
}
