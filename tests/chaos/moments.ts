import { watch } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Random } from '../../src-main/cli/demo/random.ts'

/** Lets the event loop of this process go round, at most so many times. */
export async function someTurns(random: Random, most: number): Promise<void> {
  const count = random.integer(0, most)
  for (let turn = 0; turn < count; turn++) await setImmediate()
}

/**
 * Resolves when so many different names that match have been touched in this directory. The watch begins before this
 * function returns.
 */
export function touched(directory: string, name: RegExp, names = 1): Promise<void> {
  const seen = new Set<string>()
  return new Promise((resolve, reject) => {
    const watcher = watch(directory, (_event, entry) => {
      if (entry === null || !name.test(entry)) return
      seen.add(entry)
      if (seen.size < names) return
      watcher.close()
      resolve()
    })
    watcher.on('error', reject)
  })
}
