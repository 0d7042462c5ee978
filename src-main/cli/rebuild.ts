import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { named } from './names.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** Derives all tables of the dossiers from the log anew. */
export async function rebuild(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readMemberArguments(words, {}, { least: 0, most: 0 })
  if (given === null) return misused(terminal)
  const outcome = await asMember(terminal, given.options, ({ core, job }) =>
    job('重建', (id) => core.call('log.rebuild', { job: id })),
  )
  return reported(terminal, outcome, (rebuilt) => {
    if (given.options.json) terminal.out(JSON.stringify(rebuilt))
    else {
      for (const { compartment, rows, changed, stopped } of rebuilt) {
        terminal.out(`${named(compartment)}：数据行 ${rows}，与日志不符而改正 ${changed}`)
        for (const { seq, code } of stopped) {
          terminal.out(`  日志第 ${seq + 1} 条起不能采信（${code}），其后的变更未计入`)
        }
      }
      terminal.out('已按变更日志重建数据表。')
    }
    return exitCodes.done
  })
}
