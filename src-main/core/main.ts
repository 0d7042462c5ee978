import { parseArgs } from 'node:util'
import type { ToCore } from '../../src-shared/contract/channel.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { CoreContext } from '../services/context.ts'
import { vaultLayout } from '../vault/layout.ts'
import { clearLeftovers } from '../vault/leftovers.ts'
import { dispatch } from './dispatch.ts'
import { watchIdle } from './idle.ts'
import { openProcessPort } from './process-port.ts'

/**
 * The core process: opens one vault for one member and answers calls until it is locked, which ends it.
 *
 * `--vault DIR` is the directory of the vault; `--host desktop` says that the desktop shell is asking, which can keep
 * keys in the operating system's storage.
 */
const { values } = parseArgs({ options: { vault: { type: 'string' }, host: { type: 'string' } } })
if (values.vault === undefined) throw new Error('--vault is missing')

const layout = vaultLayout(values.vault)

const port = openProcessPort()
const running = new Map<number, AbortController>()
let ending = false

const context: CoreContext = {
  layout,
  ...(values.host === 'desktop' ? { host: values.host } : {}),
  primitives: nodePrimitives,
  now: () => Date.now(),
  session: null,
  founding: null,
  emit: (event) => void port.send({ kind: 'event', event }),
  end: () => {
    ending = true
  },
}

const idle = watchIdle(
  () => performance.now(),
  () => context.session?.vault.authority.head.settings.idleMinutes ?? null,
)
setInterval(() => {
  // Long work that was asked for is no absence.
  if (running.size > 0) idle.touch()
  else if (idle.isOver() && !ending) void leave()
}, 10_000).unref()

let isCalled = false

port.onMessage((message: ToCore) => {
  // Not sooner: a host may keep this core in reserve while another still works on the vault.
  if (!isCalled) clearLeftovers(layout)
  isCalled = true
  idle.touch()
  if (message.kind === 'cancel') running.get(message.id)?.abort()
  else void answer(message.id, message.procedure, message.input)
})

async function answer(id: number, procedure: string, input: unknown): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const result = await dispatch(context, procedure, input, controller.signal)
  running.delete(id)
  await port.send({ kind: 'result', id, result })
  if (ending) end()
}

/** Locks on its own account. */
async function leave(): Promise<void> {
  ending = true
  await port.send({ kind: 'leaving' })
  await dispatch(context, 'session.lock', {}, new AbortController().signal)
  end()
}

function end(): never {
  context.session?.vault.close()
  process.exit(0)
}

await port.send({ kind: 'ready' })
