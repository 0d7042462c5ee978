import { theme as antd, type ThemeConfig } from 'antd'
import type { Locale } from '../../src-shared/i18n/index.ts'

/**
 * The one place where looks are decided: paper, ink, a teal for action, cinnabar for seals, risk and what cannot be
 * undone, ochre for what wants watching. Both modes are made of the same tokens.
 */
export interface Palette {
  /** Behind everything. */
  readonly paper: string
  /** What is written on: cards, tables, the bars. */
  readonly sheet: string
  readonly ink: string
  readonly inkSoft: string
  readonly inkFaint: string
  readonly line: string
  readonly lineStrong: string
  readonly action: string
  readonly actionSoft: string
  /** Under the pointer. */
  readonly actionStrong: string
  /** Text on a filled button. */
  readonly onAction: string
  readonly seal: string
  readonly sealSoft: string
  readonly sealStrong: string
  readonly watch: string
  readonly watchSoft: string
}

const light: Palette = {
  paper: '#f6f4ee',
  sheet: '#ffffff',
  ink: '#1d2326',
  inkSoft: '#434b50',
  inkFaint: '#5f676c',
  line: '#e3dfd5',
  lineStrong: '#c9c3b6',
  action: '#1f5c66',
  actionSoft: '#e7f0f0',
  actionStrong: '#174851',
  onAction: '#ffffff',
  seal: '#b23a2b',
  sealSoft: '#f9ece9',
  sealStrong: '#932d20',
  watch: '#85590c',
  watchSoft: '#faf2df',
}

const dark: Palette = {
  paper: '#14181a',
  sheet: '#1c2124',
  ink: '#e6e3dc',
  inkSoft: '#bcc0c1',
  inkFaint: '#9aa2a6',
  line: '#32393d',
  lineStrong: '#4a5358',
  action: '#74b9c4',
  actionSoft: '#1f3539',
  actionStrong: '#93ccd5',
  onAction: '#0f1719',
  seal: '#e88a7c',
  sealSoft: '#3a2320',
  sealStrong: '#f0a599',
  watch: '#dcb060',
  watchSoft: '#352b18',
}

export type TextSize = 'standard' | 'large'

/** Root font sizes in pixels; everything else is in rem. */
const rootSizes: Readonly<Record<TextSize, number>> = { standard: 14, large: 17 }

// The marks of quotation are the same letters in both scripts: whose font comes first decides how wide they are drawn.
const latin = {
  sans: '"Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans"',
  serif: 'Georgia, "Times New Roman", "Liberation Serif", "DejaVu Serif"',
}
const sans =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif'
const serif = '"Songti SC", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "FangSong", serif'
const mono = '"SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

function fontsOf(kind: 'sans' | 'serif', locale: Locale): string {
  const fonts = kind === 'sans' ? sans : serif
  return locale === 'en' ? `${latin[kind]}, ${fonts}` : fonts
}

/** The tokens as custom properties, for our own style sheet. */
export function styleProperties(
  isDark: boolean,
  size: TextSize,
  locale: Locale = 'zh-CN',
): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const [name, value] of Object.entries(isDark ? dark : light)) {
    properties.set(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)
  }
  properties.set('--sans', fontsOf('sans', locale))
  properties.set('--serif', fontsOf('serif', locale))
  properties.set('--mono', mono)
  properties.set('--shadow', isDark ? '0 2px 12px rgb(0 0 0 / 50%)' : '0 2px 12px rgb(60 50 30 / 12%)')
  properties.set('font-size', `${rootSizes[size]}px`)
  properties.set('color-scheme', isDark ? 'dark' : 'light')
  return properties
}

/** The same tokens for the component kit. */
export function kitTheme(isDark: boolean, size: TextSize, locale: Locale = 'zh-CN'): ThemeConfig {
  const palette = isDark ? dark : light
  const fontSize = rootSizes[size]
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: palette.action,
      colorPrimaryBg: palette.actionSoft,
      colorPrimaryBgHover: palette.actionSoft,
      colorPrimaryHover: palette.actionStrong,
      colorPrimaryActive: palette.actionStrong,
      colorPrimaryText: palette.action,
      colorErrorHover: palette.sealStrong,
      colorErrorActive: palette.sealStrong,
      colorErrorBg: palette.sealSoft,
      colorErrorBorder: palette.seal,
      colorWarningBg: palette.watchSoft,
      colorWarningBorder: palette.watch,
      colorInfoBg: palette.actionSoft,
      colorInfoBorder: palette.lineStrong,
      colorSuccessBg: palette.actionSoft,
      colorSuccessBorder: palette.lineStrong,
      controlItemBgActive: palette.actionSoft,
      controlItemBgActiveHover: palette.actionSoft,
      controlItemBgHover: palette.paper,
      colorLink: palette.action,
      colorLinkHover: palette.action,
      colorLinkActive: palette.action,
      colorInfo: palette.action,
      colorSuccess: palette.action,
      colorWarning: palette.watch,
      colorError: palette.seal,
      colorErrorText: palette.seal,
      colorWarningText: palette.watch,
      colorTextBase: palette.ink,
      colorBgBase: palette.sheet,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkFaint,
      colorTextDescription: palette.inkFaint,
      colorTextPlaceholder: palette.inkFaint,
      colorBgLayout: palette.paper,
      colorBgContainer: palette.sheet,
      colorBgElevated: palette.sheet,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorTextLightSolid: palette.onAction,
      colorBgMask: 'rgb(20 24 26 / 36%)',
      fontFamily: fontsOf('sans', locale),
      fontFamilyCode: mono,
      fontSize,
      controlHeight: Math.round((fontSize * 32) / 14),
      borderRadius: 4,
      wireframe: false,
      // Things appear where they belong; nothing here explains itself by moving.
      motion: false,
    },
    components: {
      Table: {
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 8,
        headerBg: palette.paper,
        headerColor: palette.inkSoft,
        headerSplitColor: 'transparent',
        rowHoverBg: palette.actionSoft,
        rowSelectedBg: palette.actionSoft,
        rowSelectedHoverBg: palette.actionSoft,
      },
      Button: {
        primaryColor: palette.onAction,
        dangerColor: palette.onAction,
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Drawer: { paddingLG: 16 },
      Steps: { colorTextDisabled: palette.lineStrong },
      Descriptions: { labelBg: palette.paper },
      Segmented: { trackBg: palette.line },
      Tabs: { horizontalMargin: '0 0 12px 0' },
      Alert: { defaultPadding: '8px 12px', withDescriptionPadding: '12px 16px' },
      Form: { itemMarginBottom: 16 },
      Tooltip: { colorTextLightSolid: isDark ? palette.ink : '#ffffff' },
      Tag: { defaultBg: palette.paper, defaultColor: palette.inkSoft },
    },
  }
}
