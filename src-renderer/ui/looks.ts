import { create } from 'zustand'
import { locales, type Locale } from '../../src-shared/i18n/index.ts'
import type { TextSize } from './theme.ts'

/** How a person on this machine likes the screens. No secret: it stays in the browser's store between sessions. */
export interface Looks {
  readonly isDark: boolean
  readonly size: TextSize
  readonly locale: Locale
}

interface LooksStore extends Looks {
  set(change: Partial<Looks>): void
}

const storeKey = 'liandang.looks'

function stored(): Looks {
  const standard: Looks = { isDark: false, size: 'standard', locale: 'zh-CN' }
  try {
    const read = JSON.parse(localStorage.getItem(storeKey) ?? '{}') as Partial<Record<keyof Looks, unknown>>
    return {
      isDark: read.isDark === true,
      size: read.size === 'large' ? 'large' : 'standard',
      locale: locales.find((locale) => locale === read.locale) ?? standard.locale,
    }
  } catch {
    return standard
  }
}

export const useLooks = create<LooksStore>()((set, get) => ({
  ...stored(),
  set(change) {
    set(change)
    const { isDark, size, locale } = get()
    try {
      localStorage.setItem(storeKey, JSON.stringify({ isDark, size, locale }))
    } catch {
      // A browser that keeps nothing still shows what was chosen until it is closed.
    }
  },
}))
