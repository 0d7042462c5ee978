import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { verificationText } from './verification-text.ts'
import { ok } from '../../src-shared/kernel/result.ts'

/** Recomputes everything from stored bytes, in every compartment that the member can open. */
export async function verify(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readMemberArguments(words, {}, { least: 0, most: 0 })
  if (given === null) return misused(terminal)
  const outcome = await asMember(terminal, given.options, async ({ core, session, job }) => {
    const report = await job('校验', (id) => core.call('log.verify', { job: id }))
    return report.ok ? ok({ report: report.value, session }) : report
  })
  return reported(terminal, outcome, ({ report, session }) => {
    if (given.options.json) terminal.out(JSON.stringify(report))
    else for (const line of verificationText(report, session)) terminal.out(line)
    return report.verified ? exitCodes.done : exitCodes.notVerified
  })
}
