import { resolve } from 'node:path'
import type { ReceiptView } from '../../src-shared/contract/log-views.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { failureText } from './failures.ts'
import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { named } from './names.ts'
import { exitCodes, type Terminal } from './terminal.ts'

const maximumFiles = 1000

/** Takes in receipts from files, each for itself: one that is refused does not keep out the others. */
export async function receive(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readMemberArguments(words, {}, { least: 1, most: maximumFiles })
  if (given === null) return misused(terminal)
  const outcome = await asMember(terminal, given.options, async ({ core }) => {
    const taken: ReceiptView[] = []
    let refused = 0
    for (const file of given.positionals) {
      const receipt = await core.call('sync.receive', { path: resolve(file) })
      if (receipt.ok) {
        taken.push(receipt.value)
        continue
      }
      refused += 1
      terminal.note(`${file}：${failureText(receipt.error)}`)
    }
    return ok({ taken, refused })
  })
  return reported(terminal, outcome, ({ taken, refused }) => {
    if (given.options.json) terminal.out(JSON.stringify(taken))
    else for (const receipt of taken) terminal.out(receiptText(receipt))
    return refused === 0 ? exitCodes.done : exitCodes.failed
  })
}

function receiptText({ compartment, issuedAt, logs, voids }: ReceiptView): string {
  const commits = logs.reduce((sum, log) => sum + log.size, 0)
  return `${named(compartment)}：已回执 ${commits} 条，无效 ${voids.length} 条，出具时间 ${issuedAt}`
}
