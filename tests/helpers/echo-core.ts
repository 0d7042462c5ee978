import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openProcessPort } from '../../src-main/core/process-port.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'

/**
 * A core without a vault: it speaks the real channel in a real process, answers what it was asked, and ends in the
 * ways a core can end. A file `broken` in its vault directory makes it end before it is ready.
 */
const { values } = parseArgs({ options: { vault: { type: 'string' } } })
const vaultDirectory = values.vault ?? ''
if (existsSync(join(vaultDirectory, 'broken'))) process.exit(3)

const port = openProcessPort()
const waiting = new Set<number>()

function answer(id: number, result: Result<unknown>): Promise<void> {
  return port.send({ kind: 'result', id, result })
}

port.onMessage((message) => {
  const { id } = message
  if (message.kind === 'cancel') {
    if (waiting.delete(id)) void answer(id, err('call/cancelled'))
    return
  }
  const { procedure, input } = message
  if (procedure === 'echo') void answer(id, ok(input))
  else if (procedure === 'about') void answer(id, ok({ pid: process.pid, vaultDirectory }))
  else if (procedure === 'wait') {
    waiting.add(id)
    void port.send({ kind: 'event', event: { type: 'progress', job: String(input), done: 0, total: 1 } })
  } else if (procedure === 'announce') {
    void port.send({ kind: 'event', event: { type: 'changed', compartment: String(input) } })
    void answer(id, ok(null))
  } else if (procedure === 'session.lock') void answer(id, ok(null)).then(() => process.exit(0))
  else if (procedure === 'crash') process.exit(1)
  else if (procedure === 'unserialisable') void answer(id, ok(10n))
  else void answer(id, err('call/unknown-procedure'))
})
void port.send({ kind: 'ready' })
