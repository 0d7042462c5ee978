import { describe, expect, test } from 'vitest'
import { isPassing, isSettled, lookAgain, settlingMilliseconds } from '../../../src-shared/import/arrivals.ts'

const mark = { size: 10, modified: 5, inode: '1:2' }

describe('a file in a watched folder', () => {
  test('is taken as whole once nothing about it has changed for a while', () => {
    const first = lookAgain(undefined, mark, 1000)
    expect(isSettled(first, 1000)).toBe(false)
    const again = lookAgain(first, mark, 1000 + settlingMilliseconds)
    expect(isSettled(again, 1000 + settlingMilliseconds)).toBe(true)
  })

  test.each([
    ['grew', { ...mark, size: 11 }],
    ['was written again', { ...mark, modified: 6 }],
    ['is another file under the name', { ...mark, inode: '1:3' }],
  ])('is waited for anew when it %s', (_what, changed) => {
    const first = lookAgain(undefined, mark, 0)
    const again = lookAgain(first, changed, settlingMilliseconds)
    expect(isSettled(again, settlingMilliseconds)).toBe(false)
  })

  test('is not taken while it is empty, however long, nor sooner when the clock goes back', () => {
    const empty = lookAgain(undefined, { ...mark, size: 0 }, 0)
    expect(isSettled(empty, settlingMilliseconds * 9)).toBe(false)
    const later = lookAgain(undefined, mark, 9000)
    const back = lookAgain(later, mark, 100)
    expect(back.since).toBe(100)
  })

  test('is passed over where its name says that a program still writes it', () => {
    for (const name of ['~$工资.xlsx', '.工资.xlsx', '工资.xlsx.tmp', '工资.part', '工资.crdownload'])
      expect(isPassing(name), name).toBe(true)
    for (const name of ['工资.xlsx', '工资.csv', 'part.csv', '说明.txt'])
      expect(isPassing(name), name).toBe(false)
  })
})
