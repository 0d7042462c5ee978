import type { Compartment } from '../../src-shared/access/roles.ts'
import type { VerifiedCommit } from '../../src-shared/bundle/context.ts'
import type { BundleKind, Statement } from '../../src-shared/bundle/statement.ts'
import { SegmentVerifier } from '../../src-shared/bundle/verify.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { PreparedBody } from '../../src-shared/log/header.ts'
import { readBundle, type BundleHandler } from '../../src-shared/node/bundle-reader.ts'
import type { Database } from '../vault/database.ts'
import type { OpenVault } from '../vault/vault.ts'
import { heldContext } from './held-context.ts'

/** What an upstream node sends down is a few kilobytes; anything near this is not from one. */
const maximumBytes = 64 * 1024 * 1024

/** A bundle of an upstream node that was read to its end and verified; nothing of it is stored yet. */
export interface ReadHubBundle {
  readonly compartment: Compartment
  readonly database: Database
  /** Each with its body, in the order of the node's log. */
  readonly commits: readonly { readonly verified: VerifiedCommit; readonly body: PreparedBody }[]
}

/**
 * Reads a bundle that came down from the upstream node, all of it, and verifies it.
 *
 * Errors: those of `readBundle` and of {@link SegmentVerifier}; `bundle/kind` for one of another kind,
 * `vault/compartment-closed`, `bundle/wrong-recipient`.
 */
export async function readHubBundle(
  vault: OpenVault,
  kind: BundleKind,
  source: string | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Result<ReadHubBundle>> {
  const intake = new HubIntake(vault, kind)
  const read = await readBundle({
    source,
    identities: [...vault.compartments.keys()].flatMap((name) => vault.identities.get(name) ?? []),
    handler: intake,
    limits: { ciphertextBytes: maximumBytes, plaintextBytes: maximumBytes },
    signal,
  })
  return read.ok ? intake.result() : read
}

class HubIntake implements BundleHandler {
  readonly #vault: OpenVault
  readonly #kind: BundleKind
  readonly #commits: VerifiedCommit[] = []
  readonly #bodies: PreparedBody[] = []
  #statement: Statement | null = null
  #verifier: SegmentVerifier | null = null
  #database: Database | null = null

  constructor(vault: OpenVault, kind: BundleKind) {
    this.#vault = vault
    this.#kind = kind
  }

  async onStatement({
    statement,
    envelope,
  }: Parameters<BundleHandler['onStatement']>[0]): Promise<Result<true>> {
    if (statement.unit !== this.#vault.unit) return err('bundle/unknown-unit')
    if (statement.kind !== this.#kind) return err('bundle/kind', { kind: statement.kind })
    const store = this.#vault.compartments.get(statement.compartment)
    const control = this.#vault.compartments.get('control')
    if (store === undefined || control === undefined) return err('vault/compartment-closed')
    this.#statement = statement
    this.#database = store.database
    this.#verifier = new SegmentVerifier(
      this.#vault.primitives,
      heldContext(this.#vault, store.database, control.database),
      statement,
      envelope,
    )
    return await this.#verifier.open()
  }

  onFile(file: Parameters<BundleHandler['onFile']>[0]): Result<true> {
    return (this.#verifier as SegmentVerifier).startFile(file)
  }

  async onCommitLine(log: string, seq: number, line: Uint8Array): Promise<Result<true>> {
    const commit = await (this.#verifier as SegmentVerifier).commit(log, seq, line)
    if (!commit.ok) return commit
    this.#commits.push(commit.value)
    return ok(true)
  }

  onBodyLine(log: string, _from: number, line: Uint8Array): Result<true> {
    const digest = (this.#verifier as SegmentVerifier).body(log, line)
    if (!digest.ok) return digest
    this.#bodies.push({ digest: digest.value, bytes: new Uint8Array(line) })
    return ok(true)
  }

  onCheckpoint(log: string, note: Uint8Array): Result<true> {
    return (this.#verifier as SegmentVerifier).checkpoint(log, note)
  }

  onEvidence(): Result<true> {
    return err('bundle/layout', { reason: 'evidence' })
  }

  onEnd(): Result<true> {
    const finished = (this.#verifier as SegmentVerifier).finish()
    return finished.ok ? ok(true) : finished
  }

  result(): Result<ReadHubBundle> {
    const bodies = new Map(this.#bodies.map((body) => [body.digest, body]))
    const commits: { verified: VerifiedCommit; body: PreparedBody }[] = []
    for (const verified of this.#commits) {
      const body = bodies.get(verified.commit.header.ops[0]?.digest ?? '')
      if (body === undefined) return err('commit/body-missing')
      commits.push({ verified, body })
    }
    const { compartment } = this.#statement as Statement
    return ok({ compartment, database: this.#database as Database, commits })
  }
}
