import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { VerifiedBundle } from '../../src-shared/bundle/context.ts'
import type { BundleKind, Statement } from '../../src-shared/bundle/statement.ts'
import { SegmentVerifier } from '../../src-shared/bundle/verify.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { readBody, readHeader } from '../../src-shared/log/header.ts'
import { readBundle, type BundleHandler } from '../../src-shared/node/bundle-reader.ts'
import type { LoadedAuthority } from '../vault/authority-log.ts'
import type { Database } from '../vault/database.ts'
import { evidenceCount } from '../vault/entry-table.ts'
import { parseEvidence } from '../vault/evidence-entries.ts'
import { hasEvidence, placeEvidence } from '../vault/evidence-store.ts'
import { applyIntake, type AppliedIntake } from '../vault/intake-apply.ts'
import type { VaultLayout } from '../vault/layout.ts'
import { readLog } from '../vault/log-table.ts'
import { receivedBundle } from '../vault/peer-table.ts'
import { Staging } from '../vault/staging.ts'
import { heldContext } from './held-context.ts'

/** Where a bundle of another device of the unit is taken in. Its connections are the intake's own. */
export interface IntakePlace {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  /** This device, and its logs. */
  readonly device: Id
  readonly logs: Readonly<Record<Compartment, Id>>
  /** The authority chain as `control` holds it; null when it does not hold even the founding commit. */
  readonly loaded: LoadedAuthority | null
  readonly databases: ReadonlyMap<Compartment, Database>
  /** Identities of the compartments that can be opened, of every epoch. */
  readonly identities: readonly string[]
  readonly at: string
  readonly signal?: AbortSignal
  progress(done: number, total: number): void
}

export interface TakenBundle extends AppliedIntake {
  readonly compartment: Compartment
  readonly kind: BundleKind
  readonly bundle: Id
  /** The device that made it. */
  readonly device: Id
  /** SHA-256 of the file, hex. */
  readonly sha256: Digest
  /** New commits; 0 when all of it was here. */
  readonly commits: number
  readonly evidence: number
}

const takenKinds: readonly BundleKind[] = ['update', 'full', 'enrolment']

/**
 * Takes in a bundle that another device of the unit made: all of it is read, verified and laid aside, then stored in
 * one transaction, evidence first. A bundle that breaks off or is refused leaves the vault as it was; the same one again
 * changes nothing.
 *
 * Errors: those of `readBundle` and of {@link SegmentVerifier}; `bundle/kind` for one that no device of the unit writes
 * for another, `vault/compartment-closed`, `bundle/same-id-other-bytes`, `log/evidence`, `vault/evidence-missing`,
 * `authority/device` when this device would no longer be one of the unit's, `vault/in-use`, `vault/disk-full`.
 */
export async function takeBundle(
  place: IntakePlace,
  source: string | AsyncIterable<Uint8Array>,
): Promise<Result<TakenBundle>> {
  const intake = new Intake(place)
  try {
    const read = await readBundle({
      source,
      identities: place.identities,
      handler: intake,
      ...(place.signal === undefined ? {} : { signal: place.signal }),
    })
    return read.ok ? await intake.store(read.value.sha256) : read
  } finally {
    intake.clear()
  }
}

class Intake implements BundleHandler {
  readonly #place: IntakePlace
  #statement: Statement | null = null
  #verifier: SegmentVerifier | null = null
  #verified: VerifiedBundle | null = null
  #database: Database | null = null
  #staging: Staging | null = null
  /** Evidence that has arrived, by hash, and where it waits. */
  readonly #evidence = new Map<Digest, string>()
  #read = 0
  #total = 0

  constructor(place: IntakePlace) {
    this.#place = place
  }

  async onStatement({
    statement,
    envelope,
  }: Parameters<BundleHandler['onStatement']>[0]): Promise<Result<true>> {
    const { unit, rootPublicKey, databases, loaded, primitives } = this.#place
    if (statement.unit !== unit) return err('bundle/unknown-unit')
    if (!takenKinds.includes(statement.kind)) return err('bundle/kind', { kind: statement.kind })
    const database = databases.get(statement.compartment)
    const control = databases.get('control')
    if (database === undefined || control === undefined) return err('vault/compartment-closed')
    const held = {
      primitives,
      unit,
      rootPublicKey,
      authority: loaded?.history ?? null,
      authorityCommits: loaded?.commits ?? [],
    }
    const staging = Staging.open(this.#place.layout, statement.id)
    if (!staging.ok) return staging
    this.#staging = staging.value
    const context = heldContext(held, database, control)
    this.#statement = statement
    this.#database = database
    this.#total = statement.logs.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    this.#verifier = new SegmentVerifier(
      primitives,
      {
        ...context,
        takesLate: true,
        depthOf: (leaf) => context.depthOf(leaf) ?? staging.value.depthOf(leaf),
      },
      statement,
      envelope,
    )
    return await this.#verifier.open()
  }

  onFile(file: Parameters<BundleHandler['onFile']>[0]): Result<true> {
    return (this.#verifier as SegmentVerifier).startFile(file)
  }

  onCommitLine(log: Id, seq: number, line: Uint8Array): Result<true> | Promise<Result<true>> {
    const verified = (this.#verifier as SegmentVerifier).commit(log, seq, line)
    return verified instanceof Promise ? verified.then((one) => this.#stage(one)) : this.#stage(verified)
  }

  #stage(verified: Awaited<ReturnType<SegmentVerifier['commit']>>): Result<true> {
    if (!verified.ok) return verified
    if (!verified.value.held) (this.#staging as Staging).addCommit(verified.value)
    this.#read += 1
    if (this.#read % 100 === 0) this.#place.progress(this.#read, 2 * this.#total)
    return ok(true)
  }

  onBodyLine(log: Id, _from: number, line: Uint8Array): Result<true> {
    const digest = (this.#verifier as SegmentVerifier).body(log, line)
    if (!digest.ok) return digest
    ;(this.#staging as Staging).addBody(digest.value, line)
    return ok(true)
  }

  onCheckpoint(log: Id, note: Uint8Array): Result<true> {
    return (this.#verifier as SegmentVerifier).checkpoint(log, note)
  }

  /** The reader has checked that the name is the hash of the content when it asks for the next file. */
  async onEvidence(hash: Digest, content: AsyncIterable<Uint8Array>): Promise<Result<true>> {
    const { layout } = this.#place
    if (hasEvidence(layout, hash)) return ok(true)
    const path = join(layout.incoming, `${(this.#statement as Statement).id}-${hash}`)
    this.#evidence.set(hash, path)
    const file = await open(path, 'w', 0o600)
    try {
      for await (const piece of content) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    return ok(true)
  }

  onEnd(): Result<true> {
    const verified = (this.#verifier as SegmentVerifier).finish()
    if (!verified.ok) return verified
    this.#verified = verified.value
    const { head } = verified.value.history
    // A vault whose own device is none of the unit's could not be opened again, not even to be set right.
    if (head.devices.get(this.#place.device) === undefined) return err('authority/device')
    return this.#checkEvidence()
  }

  /** As much evidence in every body as its header says, and every piece of it here. */
  #checkEvidence(): Result<true> {
    const staging = this.#staging as Staging
    for (const { envelope } of staging.allCommits()) {
      const header = readHeader(envelope.payload)
      if (!header.ok || evidenceCount(header.value) === 0) continue
      for (const operation of header.value.ops) {
        if (operation.op !== 'record.submit' && operation.op !== 'transfer.answer') continue
        const bytes = staging.readBody(operation.digest)
        const body = bytes === null ? null : readBody(bytes)
        const named = body?.ok ? parseEvidence(body.value) : []
        const { log, seq } = header.value
        if (named.length !== operation.evidence) return err('log/evidence', { log, seq })
        const missing = named.find(
          ({ hash }) => !this.#evidence.has(hash) && !hasEvidence(this.#place.layout, hash),
        )
        if (missing !== undefined) return err('vault/evidence-missing', { hash: missing.hash })
      }
    }
    return ok(true)
  }

  async store(sha256: Digest): Promise<Result<TakenBundle>> {
    const { primitives, unit, logs, at } = this.#place
    const { id, device, kind, compartment, logs: ranges, prerequisites } = this.#statement as Statement
    const { history, logs: verified } = this.#verified as VerifiedBundle
    const database = this.#database as Database
    const staging = this.#staging as Staging
    const before = receivedBundle(database, id)
    if (before !== null && before !== sha256) return err('bundle/same-id-other-bytes', { bundle: id })
    this.#placeEvidence()
    const known = prerequisites.filter(({ log }) => readLog(database, log) !== undefined)
    const applied = applyIntake({
      primitives,
      unit,
      compartment,
      database,
      history,
      staging,
      logs: verified,
      ownLog: logs[compartment],
      bundle: { id, sha256, device, commits: staging.commits, at },
      held: [...ranges.map(({ log, to }) => ({ log, size: to + 1 })), ...known],
      progress: (done) => this.#place.progress(this.#total + done, 2 * this.#total),
    })
    if (!applied.ok) return applied
    return ok({
      ...applied.value,
      compartment,
      kind,
      bundle: id,
      device,
      sha256,
      commits: staging.commits,
      evidence: this.#evidence.size,
    })
  }

  /** Durable under its name before the commit that speaks of it. Without that commit it is ciphertext nobody can open. */
  #placeEvidence(): void {
    placeEvidence(
      this.#place.layout,
      [...this.#evidence].map(([hash, path]) => ({ hash, path })),
    )
  }

  clear(): void {
    this.#staging?.close()
    for (const path of this.#evidence.values()) rmSync(path, { force: true })
  }
}
