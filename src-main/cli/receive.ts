import { resolve } from 'node:path'
import type { ExchangeView } from '../../src-shared/contract/device-views.ts'
import type { ReceiptView } from '../../src-shared/contract/log-views.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { failureText } from './failures.ts'
import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { named } from './names.ts'
import { exitCodes, type Terminal } from './terminal.ts'

const maximumFiles = 1000

/** Takes in receipts and bundles of other devices from files, each for itself: one that is refused does not keep out the others. */
export async function receive(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readMemberArguments(words, {}, { least: 1, most: maximumFiles })
  if (given === null) return misused(terminal)
  const outcome = await asMember(terminal, given.options, async ({ core }) => {
    const taken: (ReceiptView | ExchangeView)[] = []
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
    else for (const one of taken) terminal.out('device' in one ? exchangeText(one) : receiptText(one))
    return refused === 0 ? exitCodes.done : exitCodes.failed
  })
}

function receiptText({ compartment, issuedAt, logs, voids }: ReceiptView): string {
  const commits = logs.reduce((sum, log) => sum + log.size, 0)
  return `${named(compartment)}：已回执 ${commits} 条，无效 ${voids.length} 条，出具时间 ${issuedAt}`
}

function exchangeText({ compartment, commits, voids, conflicts }: ExchangeView): string {
  return `${named(compartment)}：新收变更 ${commits} 条，不作数 ${voids.length} 条，版本冲突 ${conflicts.length} 处`
}
