import { startCore, type Core } from '../../src-main/cli/core.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { withPurpose } from './purpose.ts'

/** A real core process, driven over its contract as a host does. */
export interface TestCore extends Core {
  /** The value of a call that must not be refused; throws the code of one that is. */
  value<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  /** Opens the vault as this member in a process of its own, whoever was at work before. */
  signIn(login: string, password: string): Promise<OutputOf<'session.unlock'>>
}

/** Stop it when the test ends: `afterEach(() => core.stop())`. */
export function startTestCore(vaultDirectory: string): TestCore {
  const core = startCore(vaultDirectory)
  const value: TestCore['value'] = async (name, input) => {
    const result = await core.call(name, withPurpose(name, input))
    if (result.ok) return result.value
    throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
  }
  return {
    ...core,
    value,
    async signIn(login, password) {
      const status = await value('session.status', {})
      if (status.vault === 'unlocked') await core.lock()
      return await value('session.unlock', { login, password })
    },
  }
}
