import { resolve } from 'node:path'
import { asMember, misused, readMemberArguments, reported } from './member.ts'
import { named } from './names.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** Writes up to three bundles, one a compartment, into a folder. */
export async function bundle(terminal: Terminal, words: readonly string[]): Promise<number> {
  const own = { to: { type: 'string' }, full: { type: 'boolean' } } as const
  const given = readMemberArguments(words, own, { least: 0, most: 0 })
  const to = given?.own['to']
  if (given === null || typeof to !== 'string') return misused(terminal)
  const kind = given.own['full'] === true ? 'full' : 'update'
  const outcome = await asMember(terminal, given.options, ({ core, job }) =>
    job('导出', (id) => core.call('sync.export', { folder: resolve(to), kind, job: id })),
  )
  return reported(terminal, outcome, (written) => {
    if (given.options.json) terminal.out(JSON.stringify(written))
    else {
      for (const { compartment, file, bytes, commits, sha256 } of written) {
        terminal.out(`${named(compartment)}：${file}，变更 ${commits} 条，${bytes} 字节`)
        terminal.out(`    SHA-256 ${sha256}`)
      }
      terminal.out(`已写入 ${written.length} 个同步包：${resolve(to)}`)
    }
    return exitCodes.done
  })
}
