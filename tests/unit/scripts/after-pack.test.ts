import { expect, test } from 'vitest'
import { neededGlibc } from '../../../scripts/after-pack.mjs'

test('the newest C library asked for counts, by number and not by letter', () => {
  const versions =
    '  0x0010: Name: GLIBC_2.4  Flags: none\n  0x0020: Name: GLIBC_2.34\n  0x0030: Name: GLIBC_2.14'
  expect(neededGlibc(versions)).toEqual([2, 34])
})

test('other libraries do not count', () => {
  expect(neededGlibc('Name: GLIBCXX_3.4.29\n Name: CXXABI_1.3')).toBeUndefined()
})
