import { dispatch } from '../../src-main/core/dispatch.ts'
import type { CoreContext, Session } from '../../src-main/services/context.ts'
import type { Role } from '../../src-shared/access/roles.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { withPurpose } from './purpose.ts'
import { newJob, passwordOf, type VaultFixture } from './vault-fixture.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

/** An office PC that members share: one at a time, whose log-in ends that of the one before. */
export class OneDesk {
  readonly vault: VaultFixture
  readonly #passwords = new Map<string, string>()
  #context: CoreContext | null = null
  #login = ''
  #days = 0

  constructor(vault: VaultFixture) {
    this.vault = vault
  }

  /** So many days after the founding, by the clock of the core. */
  setDay(days: number): void {
    this.leave()
    this.#days = days
  }

  /** What a member types from now on. */
  knows(login: string, password: string): void {
    this.#passwords.set(login, password)
  }

  async unlock(login: string): Promise<Result<OutputOf<'session.unlock'>>> {
    this.leave()
    const context = this.vault.context()
    const shifted: CoreContext = { ...context, now: () => context.now() + this.#days * dayMilliseconds }
    const input = { login, password: this.#passwords.get(login) ?? passwordOf(login) }
    const opened = await dispatch(shifted, 'session.unlock', input, new AbortController().signal)
    if (opened.ok) {
      this.#context = shifted
      this.#login = login
    }
    return opened as Result<OutputOf<'session.unlock'>>
  }

  leave(): void {
    this.#context?.session?.vault.close()
    this.#context = null
    this.#login = ''
  }

  close(): void {
    this.leave()
    this.vault.close()
  }

  async session(login: string): Promise<Session> {
    await this.#sit(login)
    return this.#context?.session as Session
  }

  async call<Name extends ProcedureName>(
    login: string,
    name: Name,
    input: InputOf<Name>,
  ): Promise<Result<OutputOf<Name>>> {
    await this.#sit(login)
    const signal = new AbortController().signal
    const context = this.#context as CoreContext
    return (await dispatch(context, name, withPurpose(name, input), signal)) as Result<OutputOf<Name>>
  }

  async value<Name extends ProcedureName>(login: string, name: Name, input: InputOf<Name>) {
    const result = await this.call(login, name, input)
    if (result.ok) return result.value
    throw new Error(`${name} by ${login}: ${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
  }

  async refusal<Name extends ProcedureName>(
    login: string,
    name: Name,
    input: InputOf<Name>,
  ): Promise<ErrorCode | null> {
    const result = await this.call(login, name, input)
    return result.ok ? null : result.error.code
  }

  async #sit(login: string): Promise<void> {
    if (this.#login === login) return
    const opened = await this.unlock(login)
    if (!opened.ok) throw new Error(`session.unlock ${login}: ${opened.error.code}`)
  }

  // What people do, in one line.

  async memberId(login: string): Promise<Id> {
    const { members } = await this.value(this.#login === '' ? 'secadmin' : this.#login, 'member.list', {})
    const found = members.find((member) => member.name === nameOf(login))
    if (found === undefined) throw new Error(`no member ${login}`)
    return found.id
  }

  /** Lets somebody in, who types a password. */
  async invite(login: string, role: Role, level: 1 | 2 | 3 | 4 = 3, by = 'secadmin') {
    const terms = { role, level, categories: ['*'] }
    return await this.value(by, 'member.invite', {
      name: nameOf(login),
      login,
      password: passwordOf(login),
      grants: [terms],
      deputies: [],
    })
  }

  /** Confirms all that a holder can for a member. */
  async confirm(member: Id, by: string) {
    const { confirmations } = await this.value(by, 'member.tasks', {})
    const task = confirmations.find((one) => one.member === member)
    if (task === undefined) throw new Error(`nothing for ${by} to confirm`)
    return await this.value(by, 'member.confirm', {
      member,
      fingerprint: task.fingerprint,
      grants: task.grants.map(({ role, deputyFor }) => ({ role, deputyFor })),
    })
  }

  /** Starts every epoch that waits for somebody. */
  async startEpochs(by: string) {
    const { epochs } = await this.value(by, 'member.tasks', {})
    for (const keyring of epochs) await this.value(by, 'epoch.start', { keyring, job: newJob() })
    return epochs
  }
}

export function nameOf(login: string): string {
  return `用户 ${login}`
}
