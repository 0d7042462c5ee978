import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody, type Header } from '../../src-shared/log/header.ts'
import { statement, type Database } from './database.ts'
import { parseEvidence } from './evidence-entries.ts'
import { removeEvidence } from './evidence-store.ts'
import type { VaultLayout } from './layout.ts'

/** Notes which content the submissions and the signed papers of a commit name. */
export function projectEvidence(
  database: Database,
  read: (digest: Digest) => Uint8Array | null,
  header: Header,
): void {
  for (const operation of header.ops) {
    const isPaper = operation.op === 'paper.attach'
    if (!isPaper && operation.op !== 'record.submit') continue
    if (operation.evidence === 0) continue
    const record = isPaper ? operation.record : operation.entity
    const bytes = read(operation.digest)
    const body = bytes === null ? null : readBody(bytes)
    for (const { content, hash } of body?.ok ? parseEvidence(body.value) : []) {
      if (content === undefined) continue
      statement(
        database,
        `INSERT INTO evidence_content (content, revision, hash, record, category) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      ).run(content, operation.digest, hash, record, operation.category)
    }
  }
}

/** A revision that has evidence of a certain content. */
export interface ContentPlace {
  readonly hash: Digest
  readonly revision: Digest
  readonly record: Id
  readonly category: string
}

/** Every revision of the compartment whose evidence has this content. */
export function placesOfContent(database: Database, content: Digest): readonly ContentPlace[] {
  return statement<ContentPlace>(
    database,
    'SELECT hash, revision, record, category FROM evidence_content WHERE content = ? ORDER BY revision, hash',
  ).all(content)
}

/** Durable before the files have their places: a core that ends in between leaves nothing nobody knows of. */
export function noteEvidence(database: Database, hashes: readonly Digest[]): void {
  database.transaction(() => {
    for (const hash of hashes)
      statement(database, 'INSERT INTO evidence_pending (hash) VALUES (?) ON CONFLICT DO NOTHING').run(hash)
  })()
}

/** What names the files was written, or they were taken back. */
export function settleEvidence(database: Database, hashes: readonly Digest[]): void {
  for (const hash of hashes) statement(database, 'DELETE FROM evidence_pending WHERE hash = ?').run(hash)
}

/** Removes files that were given their places for a commit that did not come. Returns how many. */
export function sweepEvidence(layout: VaultLayout, database: Database): number {
  const pending = statement<{ hash: Digest }>(database, 'SELECT hash FROM evidence_pending').all()
  const lost = pending.filter(({ hash }) => !isNamed(database, hash))
  for (const { hash } of lost) removeEvidence(layout, hash)
  if (pending.length > 0) statement(database, 'DELETE FROM evidence_pending').run()
  return lost.length
}

function isNamed(database: Database, hash: Digest): boolean {
  return (
    statement(database, 'SELECT 1 FROM evidence_content WHERE hash = ?').get(hash) !== undefined ||
    statement(database, 'SELECT 1 FROM transfer_evidence WHERE hash = ?').get(hash) !== undefined
  )
}
