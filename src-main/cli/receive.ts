import { resolve } from 'node:path'
import type { ExchangeView } from '../../src-shared/contract/device-views.ts'
import type { DirectivesView, ReceiptView } from '../../src-shared/contract/log-views.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { failureText } from './failures.ts'
import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { named } from './names.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { tieText } from './tie-text.ts'

const maximumFiles = 1000

/** Takes in receipts and bundles of other devices from files, each for itself: one that is refused does not keep out the others. */
export async function receive(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readMemberArguments(words, {}, { least: 1, most: maximumFiles })
  if (given === null) return misused(terminal)
  const outcome = await asMember(terminal, given.options, async ({ core }) => {
    const taken: (ReceiptView | ExchangeView | DirectivesView)[] = []
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
    else for (const one of taken) terminal.out(takenText(one))
    return refused === 0 ? exitCodes.done : exitCodes.failed
  })
}

function takenText(one: ReceiptView | ExchangeView | DirectivesView): string {
  if ('decisions' in one) return directivesText(one)
  return 'device' in one ? exchangeText(one) : receiptText(one)
}

function directivesText({ compartment, decisions }: DirectivesView): string {
  const idle = decisions.filter(({ code }) => code !== null).length
  return `${named(compartment)}：上级办理 ${decisions.length} 项，其中未生效 ${idle} 项`
}

function receiptText({ compartment, issuedAt, logs, voids }: ReceiptView): string {
  const commits = logs.reduce((sum, log) => sum + log.size, 0)
  return `${named(compartment)}：已回执 ${commits} 条，无效 ${voids.length} 条，出具时间 ${issuedAt}`
}

function exchangeText({ compartment, commits, voids, conflicts, ties }: ExchangeView): string {
  return [
    `${named(compartment)}：新收变更 ${commits} 条，不作数 ${voids.length} 条，版本冲突 ${conflicts.length} 处，应回避而参与办理 ${ties.length} 处`,
    ...ties.map(tieText),
  ].join('\n')
}
