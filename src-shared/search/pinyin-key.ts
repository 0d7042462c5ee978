import { pinyin } from 'pinyin-pro'
import { foldForSearch } from './fold.ts'

/**
 * What a person's name is sorted by: its syllables without tones, separated by spaces, so that 李安 stands before 梁伟.
 * Surnames are read as surnames.
 */
export function pinyinKey(name: string): string {
  return pinyin(foldForSearch(name), {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
    v: true,
  })
    .join(' ')
    .toLowerCase()
}
