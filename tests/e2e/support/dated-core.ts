import { readFileSync } from 'node:fs'

// The core itself, under a clock that the test moves: what a history shows takes days.
const file = process.env['LIANDANG_TEST_CLOCK']
if (file === undefined) throw new Error('LIANDANG_TEST_CLOCK is missing')
const now = Date.now.bind(Date)
Date.now = () => now() + ahead(file)

function ahead(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

await import('../../../src-main/core/main.ts')
