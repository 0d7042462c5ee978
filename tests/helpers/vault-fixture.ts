import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispatch } from '../../src-main/core/dispatch.ts'
import type { CoreContext, Session } from '../../src-main/services/context.ts'
import { openDatabaseReadOnly, type Database } from '../../src-main/vault/database.ts'
import { vaultLayout, type VaultLayout } from '../../src-main/vault/layout.ts'
import { readNames } from '../../src-main/vault/names.ts'
import { reloadAuthority } from '../../src-main/vault/vault.ts'
import { verifyVault } from '../../src-main/vault/verify.ts'
import { syncKeyringFile } from '../../src-main/vault/wraps.ts'
import { compartments, type Compartment, type Policy, type Role } from '../../src-shared/access/roles.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { StoredReport } from '../../src-shared/contract/log-views.ts'
import type { RecordView } from '../../src-shared/contract/views.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { withPurpose } from './purpose.ts'
import { mustFound, type OneCore } from './founding.ts'

export interface FixturePerson {
  readonly login: string
  readonly roles: readonly Role[]
  readonly cleared?: boolean
  readonly categories?: readonly string[]
}

/** Enough people for every road: two who enter, three who review, two who sign, one of them for L4 too. */
export const people: readonly FixturePerson[] = [
  { login: 'sysadmin', roles: ['sysadmin'] },
  { login: 'secadmin', roles: ['secadmin'] },
  { login: 'auditor', roles: ['auditor'] },
  { login: 'collector', roles: ['collector'] },
  { login: 'clerk', roles: ['collector', 'reviewer'] },
  { login: 'first', roles: ['reviewer'], cleared: true },
  { login: 'second', roles: ['reviewer'], cleared: true },
  { login: 'property', roles: ['reviewer'], categories: ['C6', 'C7'] },
  { login: 'approver', roles: ['approver'], cleared: true },
  { login: 'deputy', roles: ['approver', 'collector'] },
  { login: 'inspector', roles: ['inspector'], cleared: true },
]

export const passwordOf = (login: string): string => `password of ${login}`

/** 2026-11-22 09:00 in Beijing; every call is a second later, so that no two claims of the clock are the same. */
const firstMoment = Date.UTC(2026, 10, 22, 1, 0, 0)

export interface FoundingOptions {
  readonly people?: readonly FixturePerson[]
  readonly policy?: Policy
  readonly hubCard?: string
  /** Categories that the level above signs too. */
  readonly signedAbove?: readonly string[]
  /** The catalogue the unit is founded with, where it is not the one that is shipped. */
  readonly catalogue?: Catalogue
}

/** Three administrators, one who enters, two who review, one who signs. */
export const fewPeople = people.filter(({ login }) =>
  ['sysadmin', 'secadmin', 'auditor', 'collector', 'first', 'second', 'approver'].includes(login),
)

/**
 * A real vault in a directory of its own, driven through the dispatcher inside this process. Every member has a session
 * of their own that stays open; each has its own connections, as processes would.
 */
export class VaultFixture {
  readonly directory: string
  readonly events: CoreEvent[] = []
  readonly #root: string
  readonly #sessions = new Map<string, CoreContext>()
  #calls = 0

  private constructor(root: string) {
    this.#root = root
    this.directory = join(root, 'vault')
  }

  /** A place for a vault, with nothing in it. */
  static empty(): VaultFixture {
    return new VaultFixture(mkdtempSync(join(tmpdir(), 'liandang-vault-')))
  }

  static async found(options: FoundingOptions = {}): Promise<VaultFixture> {
    const vault = VaultFixture.empty()
    await mustFound(vault.core(options.catalogue), foundingOf(options))
    return vault
  }

  get layout(): VaultLayout {
    return vaultLayout(this.directory)
  }

  get outside(): string {
    return this.#root
  }

  context(): CoreContext {
    return {
      layout: this.layout,
      primitives: nodePrimitives,
      now: () => firstMoment + 1000 * this.#calls++,
      session: null,
      founding: null,
      emit: (event) => void this.events.push(event),
      end: () => undefined,
    }
  }

  /** A call to a core that nobody has unlocked. */
  async locked<Name extends ProcedureName>(
    name: Name,
    input: InputOf<Name>,
  ): Promise<Result<OutputOf<Name>>> {
    return await this.core().call(name, input)
  }

  /** One core that nobody has unlocked, for calls that hang together. */
  core(catalogue?: Catalogue): OneCore {
    const context = { ...this.context(), ...(catalogue === undefined ? {} : { catalogue }) }
    return {
      call: async <Name extends ProcedureName>(name: Name, input: InputOf<Name>) =>
        (await dispatch(context, name, input, new AbortController().signal)) as Result<OutputOf<Name>>,
    }
  }

  async enter(login: string): Promise<CoreContext> {
    const known = this.#sessions.get(login)
    if (known !== undefined) return known
    const context = this.context()
    const input = { login, password: passwordOf(login) }
    const opened = await dispatch(context, 'session.unlock', input, new AbortController().signal)
    if (!opened.ok) throw new Error(`session.unlock ${login}: ${opened.error.code}`)
    this.#sessions.set(login, context)
    return context
  }

  async session(login: string): Promise<Session> {
    return (await this.enter(login)).session as Session
  }

  /** A call by a member, who unlocks the vault first if they have not yet. */
  async call<Name extends ProcedureName>(
    login: string,
    name: Name,
    input: InputOf<Name>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<OutputOf<Name>>> {
    return (await dispatch(await this.enter(login), name, withPurpose(name, input), signal)) as Result<
      OutputOf<Name>
    >
  }

  /** The value of a call that must not be refused. */
  async value<Name extends ProcedureName>(
    login: string,
    name: Name,
    input: InputOf<Name>,
  ): Promise<OutputOf<Name>> {
    const result = await this.call(login, name, input)
    if (result.ok) return result.value
    throw new Error(`${name} by ${login}: ${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
  }

  /** The code a call is refused with, or null. */
  async refusal<Name extends ProcedureName>(login: string, name: Name, input: InputOf<Name>) {
    const result = await this.call(login, name, input)
    return result.ok ? null : result.error.code
  }

  /** Every session reads the authority chain again, as one that is unlocked anew does; but for who is gone. */
  async refresh(gone: string | null = null): Promise<void> {
    for (const [login, { session }] of this.#sessions) {
      if (session === null || login === gone) continue
      const { vault } = session
      const reloaded = reloadAuthority(vault)
      const synced = reloaded.ok ? await syncKeyringFile(vault) : reloaded
      if (!synced.ok) throw new Error(synced.error.code)
      session.names = readNames(vault.compartments.get('control')!.database)
    }
  }

  /** Closes every session: the next call of a member unlocks anew. */
  leave(): void {
    for (const { session } of this.#sessions.values()) session?.vault.close()
    this.#sessions.clear()
  }

  close(): void {
    this.leave()
    rmSync(this.#root, { recursive: true, force: true })
  }

  /** A second vault with the same bytes, as it is on disk now. Sessions are closed, so that the files are whole. */
  copy(): VaultFixture {
    this.leave()
    const copy = VaultFixture.empty()
    cpSync(this.directory, copy.directory, { recursive: true })
    return copy
  }

  /** What somebody with the raw keys holds. Needs a member with every key. */
  async keys(login = 'inspector'): Promise<RawKeys> {
    const { vault } = await this.session(login)
    return { unit: vault.unit, rootPublicKey: vault.rootPublicKey, databases: new Map(vault.databaseKeys) }
  }

  /** The verifier, straight on the files, without a worker. */
  async verify(keys: RawKeys): Promise<StoredReport> {
    const databases = new Map<Compartment, Database>()
    try {
      for (const name of compartments) {
        const key = keys.databases.get(name)
        if (key === undefined) continue
        const opened = openDatabaseReadOnly(this.layout.database(name), key)
        if (!opened.ok) throw new Error(opened.error.code)
        databases.set(name, opened.value)
      }
      return await verifyVault({
        primitives: nodePrimitives,
        layout: this.layout,
        unit: keys.unit,
        rootPublicKey: keys.rootPublicKey,
        databases,
        at: new Date(firstMoment).toISOString(),
        progress: () => undefined,
      })
    } finally {
      for (const database of databases.values()) database.close()
    }
  }

  // What people do, in one line.

  async openCadre(name: string, by = 'collector'): Promise<Id> {
    return (await this.value(by, 'cadre.open', { name, identityNumber: null, post: null })).cadre
  }

  async submit(cadre: Id, changes: Partial<InputOf<'record.submit'>> = {}, by = 'collector') {
    return await this.value(by, 'record.submit', { ...loan(cadre), ...changes })
  }

  async decide(row: Row, by: string, decision: 'agree' | 'disagree' = 'agree', words = '') {
    const rows = [{ ...named(row), decision, reasons: [], marks: [], words }]
    return await this.call(by, 'review.decide', { compartment: row.compartment ?? 'archive', rows })
  }

  async open(row: Row, by = 'approver') {
    return await this.call(by, 'review.open', {
      compartment: row.compartment ?? 'archive',
      rows: [named(row)],
    })
  }

  async sign(row: Row, by = 'approver') {
    const { compartment = 'archive' } = row
    return await this.call(by, 'review.sign', { compartment, rows: [named(row)], words: '' })
  }

  async return(row: Row, by: string) {
    const { compartment = 'archive' } = row
    return await this.call(by, 'review.return', {
      compartment,
      rows: [named(row)],
      reasons: ['incomplete'],
      marks: [],
      words: '',
    })
  }

  async adjudicate(row: Row, by = 'inspector', outcome: 'uphold' | 'reject' = 'uphold') {
    const rows = [{ ...named(row), outcome }]
    return await this.call(by, 'review.adjudicate', {
      compartment: row.compartment ?? 'archive',
      rows,
      words: '核',
    })
  }

  /** Both opinions and their opening. */
  async review(row: Row, ...decisions: readonly ('agree' | 'disagree')[]): Promise<void> {
    for (const [index, decision] of decisions.entries())
      mustWork(await this.decide(row, ['first', 'second'][index] as string, decision))
    mustWork(await this.open(row))
  }

  /** The whole road to the archive. */
  async archive(row: Row): Promise<void> {
    await this.review(row, 'agree', 'agree')
    mustWork(await this.sign(row))
  }

  async record(record: Id, by = 'approver'): Promise<RecordView> {
    return await this.value(by, 'record.read', { record })
  }

  async status(row: Row, by = 'approver'): Promise<string> {
    const { revisions } = await this.record(row.record, by)
    return revisions.find((revision) => revision.revision === row.revision)?.status ?? 'none'
  }

  /** A file given to the core piece by piece. */
  async upload(
    by: string,
    name: string,
    bytes: Uint8Array,
    purpose: 'evidence' | 'table' | 'bundle' = 'evidence',
  ): Promise<Id> {
    const size = bytes.length
    const { upload } = await this.value(by, 'upload.begin', { purpose, name, size, mediaType: '' })
    const piece = 384 * 1024
    for (let offset = 0; offset < size; offset += piece) {
      await this.value(by, 'upload.append', { upload, offset, bytes: bytes.subarray(offset, offset + piece) })
    }
    return upload
  }
}

export interface RawKeys {
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  readonly databases: ReadonlyMap<Compartment, Uint8Array>
}

export interface Row {
  readonly record: Id
  readonly revision: Digest
  readonly compartment?: 'archive' | 'discipline'
}

function named({ record, revision }: Row) {
  return { record, revision }
}

function mustWork(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
}

export function newJob(): Id {
  return newId(nodePrimitives)
}

export function foundingOf({
  people: members = people,
  policy = 'normal',
  hubCard,
  signedAbove = [],
}: FoundingOptions = {}): InputOf<'unit.found'> {
  return {
    unit: { name: '清河镇', creditCode: null },
    policy,
    device: '办公室一',
    recovery: { threshold: 2, holders: ['甲', '乙', '丙'] },
    hubCard: hubCard ?? null,
    signedAbove: [...signedAbove],
    members: members.map(({ login, roles, cleared = false, categories = ['*'] }) => ({
      name: `用户 ${login}`,
      login,
      password: passwordOf(login),
      roles: [...roles],
      cleared,
      categories: [...categories],
    })),
  }
}

/** A loan (C6), new, without evidence. */
export function loan(cadre: Id): InputOf<'record.submit'> {
  return {
    record: null,
    parent: null,
    settles: [],
    cadre,
    category: 'C6',
    declaration: 'present',
    values: {
      relation: '01',
      direction: '01',
      description: '借给同乡',
      amount: { amount: 36_600_000, currency: 'CNY' },
    },
    source: { kind: 'form', from: '本人', reference: null },
    reason: '首次填报',
    evidence: [],
  }
}

/** A talk (E3), which is discipline's and asks for evidence. */
export function talk(cadre: Id, upload: Id): InputOf<'record.submit'> {
  return {
    ...loan(cadre),
    category: 'E3',
    values: { kind: '01', date: '2026-11-01', talkers: '纪检干部', reason: '例行', content: '廉政谈话' },
    evidence: [{ upload }],
  }
}
