import { describe, expect, test } from 'vitest'
import { bytesText, groupedHex } from '../../../src-renderer/ui/moment.ts'
import { kitTheme, styleProperties, type TextSize } from '../../../src-renderer/ui/theme.ts'

/** Relative luminance and contrast (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = (hex.slice(1).match(/../g) ?? [])
    .map((digits) => Number.parseInt(digits, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

test('marks of quotation are drawn by a Latin font in English, and by a Chinese one in Chinese', () => {
  for (const kind of ['--sans', '--serif']) {
    const fonts = (locale: 'zh-CN' | 'en') => styleProperties(false, 'standard', locale).get(kind) ?? ''
    expect(fonts('en').endsWith(`, ${fonts('zh-CN')}`)).toBe(true)
    expect(fonts('zh-CN')).toMatch(/^"(PingFang|Songti) SC"/)
  }
  expect(kitTheme(false, 'standard', 'en').token?.fontFamily).toMatch(/^"Segoe UI"/)
})

describe.each([false, true])('the colours (dark: %s)', (isDark) => {
  const properties = styleProperties(isDark, 'standard')
  const colour = (name: string) => properties.get(name) ?? ''

  test.each([
    ['--ink', '--paper'],
    ['--ink', '--sheet'],
    ['--ink-soft', '--paper'],
    ['--ink-faint', '--paper'],
    ['--ink-faint', '--sheet'],
    ['--ink-faint', '--action-soft'],
    ['--action', '--sheet'],
    ['--action', '--paper'],
    ['--action', '--action-soft'],
    ['--on-action', '--action'],
    ['--on-action', '--seal'],
    ['--seal', '--sheet'],
    ['--seal', '--paper'],
    ['--seal', '--seal-soft'],
    ['--watch', '--sheet'],
    ['--watch', '--paper'],
    ['--watch', '--watch-soft'],
  ])('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })
})

test.each<[TextSize, number]>([
  ['standard', 14],
  ['large', 17],
])('%s text is %d px, for the kit as for the page', (size, pixels) => {
  expect(styleProperties(false, size).get('font-size')).toBe(`${pixels}px`)
  expect(kitTheme(false, size).token?.fontSize).toBe(pixels)
})

test('sizes of files are in the unit that fits', () => {
  expect([0, 1023, 1024, 55_000, 5_300_000].map(bytesText)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KB',
    '54 KB',
    '5.1 MB',
  ])
})

test('hashes are read out in groups of four', () => {
  expect(groupedHex('0123456789abcdef0123')).toBe('0123 4567 89ab cdef')
  expect(groupedHex('0123456789', 6)).toBe('0123 45')
})
