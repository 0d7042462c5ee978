import { pinyin } from 'pinyin-pro'
import { foldForSearch } from './fold.ts'

/**
 * The initials under which a person's name is looked for, lower case: 欧阳修 is `oyx`, 单于 `cy`, 单雄信 `sxx`.
 * Surnames are read as surnames. Letters and digits that are not Chinese stay; everything else goes.
 */
export function pinyinInitials(name: string): string {
  const text = foldForSearch(name).replace(/[^\p{L}\p{N}]/gu, '')
  if (text === '') return ''
  return pinyin(text, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
  })
    .join('')
    .toLowerCase()
}

/** Whether a query can only mean initials: letters without any Chinese character. */
export function looksLikeInitials(query: string): boolean {
  return /^[a-z]+$/.test(foldForSearch(query).replace(/\s+/g, ''))
}
