import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Compartment } from '../src-shared/access/roles.ts'
import type { HubCard } from '../src-shared/bundle/hub-card.ts'
import { bundleLimits, type BundleLimits } from '../src-shared/bundle/layout.ts'
import { fromHex, toHex } from '../src-shared/kernel/bytes.ts'
import type { Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { readBundle } from '../src-shared/node/bundle-reader.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import { describeAwaited, type FoundedAuthority } from './describe.ts'
import { awaitedOf, decideAwaited, type Awaited, type Decision } from './directives.ts'
import { EvidenceStaging, evidenceFolder, removeAbandoned } from './evidence-folder.ts'
import { BundleIngest, type IngestReport } from './ingest.ts'
import { createHubKeys, hasHubKeys, hubCard, readHubKeys, type HubIdentity, type HubKeys } from './keys.ts'
import { nothingTied } from './line-findings.ts'
import { packOwn } from './own-log.ts'
import { spool, type SpooledFile } from './spool.ts'
import { AuthorityCache } from './stored-context.ts'
import { openStore, type Database, type Store } from './store/database.ts'
import { findOwnLog } from './store/own-logs.ts'
import { findBundleByFile } from './store/receipts.ts'
import { unitStatus, type StoredStatus } from './store/status.ts'
import { allUnits, claimUnit, findUnit, registerUnit } from './store/units.ts'
import type { Trust } from './trust.ts'

export interface HubOptions {
  /** Holds everything of the node: keys, store, evidence. */
  readonly dataDirectory: string
  /** Makes the node when there is none yet. */
  readonly create?: HubIdentity
  readonly limits?: Partial<BundleLimits>
  readonly now?: () => Date
}

export interface IngestOptions {
  /** The unit the sender named beside the bundle. */
  readonly unit?: Id
  readonly signal?: AbortSignal
}

export type UnitStatus = StoredStatus & { readonly unit: Id; readonly registeredAt: string }

/** An upstream node, open. */
export interface Hub {
  readonly card: HubCard
  readonly limits: BundleLimits
  /** Takes bundles of this unit from now on. Errors: `bundle/unknown-unit` (it is known under another root). */
  trust(trust: Trust): Promise<Result<true>>
  isTrusted(unit: Id): Promise<boolean>
  /**
   * Takes in a bundle, all or nothing, and answers with its receipt. The same file again changes nothing and gives
   * the same receipt. Errors: those of `readBundle`, of `SegmentVerifier` and of writing the receipt.
   */
  ingest(source: string | AsyncIterable<Uint8Array>, options?: IngestOptions): Promise<Result<IngestReport>>
  /** What waits for this node to sign or settle, of one unit or of all. */
  awaited(unit?: Id): Promise<readonly Awaited[]>
  /** One that waits, in words for the officer who decides. Errors: `call/not-found`, those of reading what is stored. */
  describe(awaited: Awaited): Promise<Result<string>>
  /** Signs what an officer decided. Errors: those of `decideAwaited`, `bundle/unknown-unit`. */
  decide(decision: Decision): Promise<Result<Awaited>>
  /**
   * The directives for one compartment of a unit, from a position on, as a file. Errors: `bundle/unknown-unit`,
   * `bundle/nothing-new`, `bundle/rollback`, `bundle/missing-prerequisite`.
   */
  directives(unit: Id, compartment: Compartment, from: number): Promise<Result<Uint8Array>>
  /** Errors: `bundle/unknown-unit`. */
  status(unit: Id): Promise<Result<UnitStatus>>
  isOperator(token: string): boolean
  close(): Promise<void>
}

/** Errors: `hub/not-made` (nothing there and not asked to make it), `format/invalid`, `vault/damaged`, `vault/from-the-future`. */
export async function openHub(options: HubOptions): Promise<Result<Hub>> {
  const { dataDirectory, create, now = () => new Date() } = options
  const keyDirectory = join(dataDirectory, 'keys')
  if (!hasHubKeys(keyDirectory) && create !== undefined) {
    await createHubKeys(keyDirectory, create, now().toISOString())
  }
  const keys = await readHubKeys(keyDirectory)
  if (!keys.ok) return keys
  const incoming = join(dataDirectory, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  removeAbandoned(incoming, now().getTime())
  const store = await openStore(join(dataDirectory, 'hub.db'))
  if (!store.ok) return store
  return ok(new OpenHub(options, keys.value, store.value, now))
}

class OpenHub implements Hub {
  readonly card: HubCard
  readonly limits: BundleLimits
  readonly #keys: HubKeys
  readonly #store: Store
  readonly #directory: string
  readonly #now: () => Date
  readonly #authority = new AuthorityCache()
  /** Ends when the last write that was asked for has ended: one at a time. */
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: HubOptions, keys: HubKeys, store: Store, now: () => Date) {
    this.card = hubCard(keys)
    this.limits = { ...bundleLimits, ...options.limits }
    this.#keys = keys
    this.#store = store
    this.#directory = options.dataDirectory
    this.#now = now
  }

  isOperator(token: string): boolean {
    return this.#keys.isOperator(token)
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#store.close())
  }

  async trust({ unit, unitRootPublicKey }: Trust): Promise<Result<true>> {
    return await this.#write(async (database) => {
      const registered = await registerUnit(database, {
        unit,
        root_public_key: unitRootPublicKey,
        registered_at: this.#now().toISOString(),
      })
      return registered ? ok(true) : err('bundle/unknown-unit', { reason: 'other-root' })
    })
  }

  async isTrusted(unit: Id): Promise<boolean> {
    return (await findUnit(this.#store.reader, unit)) !== undefined
  }

  async status(unit: Id): Promise<Result<UnitStatus>> {
    const row = await findUnit(this.#store.reader, unit)
    if (row === undefined) return err('bundle/unknown-unit')
    return ok({ unit, registeredAt: row.registered_at, ...(await unitStatus(this.#store.reader, unit)) })
  }

  async awaited(unit?: Id): Promise<readonly Awaited[]> {
    const units = unit === undefined ? (await allUnits(this.#store.reader)).map((row) => row.unit) : [unit]
    const found: Awaited[] = []
    for (const one of units) found.push(...(await awaitedOf(this.#store.reader, one)))
    return found
  }

  async describe(awaited: Awaited): Promise<Result<string>> {
    const read = await this.#authorityOf(this.#store.reader, awaited.unit)
    return read.ok ? await describeAwaited(this.#store.reader, read.value, awaited) : read
  }

  async decide(decision: Decision): Promise<Result<Awaited>> {
    return await this.#write(async (database) => {
      if (!(await claimUnit(database, decision.unit))) return err('bundle/unknown-unit')
      const read = await this.#authorityOf(database, decision.unit)
      if (!read.ok) return read
      return await decideAwaited(database, this.#keys, read.value.history, decision, this.#now())
    })
  }

  async directives(unit: Id, compartment: Compartment, from: number): Promise<Result<Uint8Array>> {
    const { reader } = this.#store
    if ((await findUnit(reader, unit)) === undefined) return err('bundle/unknown-unit')
    // A unit that has sent nothing yet has no chain here, and nothing was decided about it.
    if ((await findOwnLog(reader, 'directive', unit, compartment)) === undefined)
      return err(from === 0 ? 'bundle/nothing-new' : 'bundle/rollback', { compartment })
    const read = await this.#authorityOf(reader, unit)
    if (!read.ok) return read
    const recipient = read.value.history.head.keyrings.get(compartment)?.recipient
    if (recipient === undefined) return err('bundle/missing-prerequisite', { reason: 'keyring' })
    const own = { database: reader, keys: this.#keys, kind: 'directive', unit, compartment } as const
    return await packOwn({ ...own, recipient, from, now: this.#now() })
  }

  /** The unit's chain. Errors: `bundle/unknown-unit`, `bundle/missing-prerequisite` (nothing of it was taken in yet). */
  async #authorityOf(database: Database, unit: Id): Promise<Result<FoundedAuthority>> {
    const row = await findUnit(database, unit)
    if (row === undefined) return err('bundle/unknown-unit')
    const rootPublicKey = fromHex(row.root_public_key) as Uint8Array
    const read = await this.#authority.of(database, unit, rootPublicKey)
    if (!read.ok) return read
    const { history, commits } = read.value
    return history === null
      ? err('bundle/missing-prerequisite', { reason: 'control' })
      : ok({ history, commits })
  }

  async ingest(
    source: string | AsyncIterable<Uint8Array>,
    options: IngestOptions = {},
  ): Promise<Result<IngestReport>> {
    const work = join(this.#directory, 'incoming', toHex(nodePrimitives.randomBytes(16)))
    const file = await spool(source, `${work}.liandang`, this.limits.ciphertextBytes, options.signal)
    if (!file.ok) return file
    const staging = new EvidenceStaging(evidenceFolder(join(this.#directory, 'evidence')), work)
    try {
      return await this.#write((database) => this.#take(database, file.value, staging, options))
    } finally {
      staging.discard()
      await rm(file.value.path, { force: true })
    }
  }

  async #take(
    database: Database,
    file: SpooledFile,
    evidence: EvidenceStaging,
    { unit, signal }: IngestOptions,
  ): Promise<Result<IngestReport>> {
    const before = await findBundleByFile(database, file.sha256)
    if (before !== undefined) {
      if (unit !== undefined && unit !== before.unit) return err('bundle/unknown-unit')
      const { id: bundle, compartment, voids, receipt } = before
      const known = { unit: before.unit, bundle, compartment, voids, receipt }
      return ok({ ...known, repeated: true, commits: 0, ties: nothingTied })
    }
    const ingest = new BundleIngest({
      database,
      keys: this.#keys,
      authority: this.#authority,
      evidence,
      unit,
      sha256: file.sha256,
      bytes: file.bytes,
      now: this.#now(),
    })
    const read = await readBundle({
      source: file.path,
      identities: this.#keys.identities,
      handler: ingest,
      limits: this.limits,
      ...(signal === undefined ? {} : { signal }),
    })
    if (!read.ok) return read
    if (ingest.report === null) throw new Error('a bundle that ended without a report')
    await evidence.promote()
    return ok(ingest.report)
  }

  /** Runs in a transaction that stays only when the outcome is not a refusal. */
  async #write<T>(change: (database: Database) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.#inTurn(async () => {
      const changes = await this.#store.begin()
      let kept = false
      try {
        const outcome = await change(changes.database)
        if (outcome.ok) {
          await changes.commit()
          kept = true
        }
        return outcome
      } finally {
        if (!kept) await changes.rollback()
      }
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastWrite.then(work)
    this.#lastWrite = turn.catch(() => undefined)
    return await turn
  }
}
