import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useLayoutEffect, useMemo, type ReactNode } from 'react'
import { useLooks } from '../ui/looks.ts'
import { pageNonce } from './page-nonce.ts'
import { kitTheme, styleProperties } from '../ui/theme.ts'

/**
 * What opens over the page opens inside its root: for a container of its own the kit writes no style tag to lock the
 * body's scrolling, which the content policy would refuse. The body does not scroll.
 */
function pageRoot(): HTMLElement {
  return document.getElementById('root') ?? document.body
}

/** A browser keeps what is typed into a field on the disk, to bring the page back, unless the field forbids it. */
const unremembered = { autoComplete: 'off' } as const

export function Providers({ children }: { readonly children: ReactNode }) {
  const { isDark, size, locale } = useLooks()
  const theme = useMemo(() => kitTheme(isDark, size, locale), [isDark, size, locale])
  const csp = useMemo(() => ({ nonce: pageNonce() }), [])
  useLayoutEffect(() => {
    const { style } = document.documentElement
    for (const [name, value] of styleProperties(isDark, size, locale)) style.setProperty(name, value)
  }, [isDark, size, locale])
  useLayoutEffect(() => {
    document.documentElement.lang = locale
    dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en')
  }, [locale])
  return (
    <ConfigProvider
      theme={theme}
      csp={csp}
      locale={locale === 'zh-CN' ? zhCN : enUS}
      getPopupContainer={pageRoot}
      button={{ autoInsertSpace: false }}
      input={unremembered}
      textArea={unremembered}
      wave={{ disabled: true }}
    >
      <App>{children}</App>
    </ConfigProvider>
  )
}
