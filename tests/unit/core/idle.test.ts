import { describe, expect, test } from 'vitest'
import { watchIdle } from '../../../src-main/core/idle.ts'

const minute = 60_000

function desk(minutes: number | null) {
  let now = 0
  const idle = watchIdle(
    () => now,
    () => minutes,
  )
  return {
    touch: () => idle.touch(),
    after(milliseconds: number) {
      now += milliseconds
      return idle.isOver()
    },
  }
}

describe('a desk that was left', () => {
  test('is locked a minute after the page should have done it', () => {
    const { after } = desk(10)
    expect(after(11 * minute)).toBe(false)
    expect(after(1)).toBe(true)
  })

  test('is left only since the last call', () => {
    const { after, touch } = desk(10)
    expect(after(10 * minute)).toBe(false)
    touch()
    expect(after(11 * minute)).toBe(false)
    expect(after(1)).toBe(true)
  })

  test('stays as it is while nobody is logged in', () => {
    expect(desk(null).after(1000 * minute)).toBe(false)
  })
})
