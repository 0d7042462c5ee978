import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { commitPayloadType } from '../../src-shared/log/header.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import type { VerifiedCommit } from '../../src-shared/bundle/context.ts'
import { databaseKeyBytes, openDatabase, statement, type Database } from './database.ts'
import type { VaultLayout } from './layout.ts'

export interface StagedCommit {
  readonly envelope: Envelope
  readonly leaf: Digest
  readonly depth: number
  readonly void: string | null
}

/**
 * A bundle on its way in, on disk so that memory stays flat: what was verified waits here until all of it was. The file
 * is encrypted under a key that exists only in this object.
 */
export class Staging {
  readonly #database: Database
  readonly #path: string
  readonly #bodyOf: { get(digest: Digest): unknown }
  #commits = 0
  #bodies = 0

  private constructor(database: Database, path: string) {
    this.#database = database
    this.#path = path
    // Made here because none can be made while the rows of another are read.
    this.#bodyOf = database.prepare('SELECT bytes FROM staged_body WHERE digest = ?')
  }

  /** Errors: `vault/damaged` (the folder cannot be written to). */
  static open(layout: VaultLayout, bundle: Id): Result<Staging> {
    mkdirSync(layout.incoming, { recursive: true, mode: 0o700 })
    const path = join(layout.incoming, `${bundle}.db`)
    removeDatabase(path)
    const opened = openDatabase(path, randomBytes(databaseKeyBytes), 'staging', 'new')
    if (!opened.ok) return opened
    // Nothing here outlives the process: a broken machine begins anew.
    opened.value.pragma('synchronous=OFF')
    opened.value.exec('BEGIN')
    return ok(new Staging(opened.value, path))
  }

  get commits(): number {
    return this.#commits
  }

  addCommit({ commit, depth, voidCode }: VerifiedCommit): void {
    const { envelope, leaf } = commit
    statement(
      this.#database,
      'INSERT INTO staged_commit (position, leaf, depth, key, header, signature, void) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(this.#commits, leaf, depth, envelope.keyid, envelope.payload, envelope.signature, voidCode ?? null)
    this.#commits += 1
  }

  addBody(digest: Digest, bytes: Uint8Array): void {
    statement(
      this.#database,
      'INSERT INTO staged_body (position, digest, bytes) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING',
    ).run(this.#bodies, digest, bytes)
    this.#bodies += 1
  }

  depthOf(leaf: Digest): number | null {
    return (
      statement<{ depth: number }>(this.#database, 'SELECT depth FROM staged_commit WHERE leaf = ?').get(leaf)
        ?.depth ?? null
    )
  }

  readBody(digest: Digest): Uint8Array | null {
    const row = this.#bodyOf.get(digest) as { readonly bytes: Uint8Array } | undefined
    return row === undefined ? null : new Uint8Array(row.bytes)
  }

  /** In the order they were added. */
  *allCommits(): IterableIterator<StagedCommit> {
    const rows = this.#database
      .prepare<
        unknown[],
        {
          leaf: string
          depth: number
          key: string
          header: Uint8Array
          signature: Uint8Array
          void: string | null
        }
      >('SELECT leaf, depth, key, header, signature, void FROM staged_commit ORDER BY position')
      .iterate()
    for (const { leaf, depth, key, header, signature, void: code } of rows) {
      yield {
        leaf,
        depth,
        void: code,
        envelope: { payloadType: commitPayloadType, payload: header, keyid: key, signature },
      }
    }
  }

  *allBodies(): IterableIterator<{ readonly digest: Digest; readonly bytes: Uint8Array }> {
    yield* this.#database
      .prepare<unknown[], { digest: string; bytes: Uint8Array }>(
        'SELECT digest, bytes FROM staged_body ORDER BY position',
      )
      .iterate()
  }

  close(): void {
    this.#database.close()
    removeDatabase(this.#path)
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
