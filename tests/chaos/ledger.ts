import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { CadreLine, QueueItem } from '../../src-shared/contract/views.ts'
import type { CoreProcess } from './core-process.ts'
import { savingsTable } from './small-office.ts'

/** A record whose content is compared when the vault is open again. */
export interface Written {
  readonly record: Id
  readonly description: string
  readonly evidence: Uint8Array | null
}

/** What the person at the screen was told is done, and what they were still waiting for. */
export interface Ledger {
  /** Revision by record. */
  readonly records: Map<Id, Digest>
  readonly cadres: Set<Id>
  readonly batches: Set<Id>
  /** Calls without an answer: their work may have been done or not. */
  readonly unanswered: { records: number; cadres: number; batches: number }
  readonly unread: Written[]
}

export function newLedger(): Ledger {
  return {
    records: new Map(),
    cadres: new Set(),
    batches: new Set(),
    unanswered: { records: 0, cadres: 0, batches: 0 },
    unread: [],
  }
}

/**
 * Compares an unlocked vault with the ledger: all that was acknowledged is there, at most what was on its way beside
 * it, and no import is there in part. Then the ledger takes over what it found, for that may not vanish either.
 */
export async function compare(core: CoreProcess, ledger: Ledger): Promise<void> {
  const records = new Map((await singles(core)).map(({ record, revision }) => [record, revision]))
  const lost = [...ledger.records].filter(([record, revision]) => records.get(record) !== revision)
  expect(lost).toEqual([])
  expect(records.size - ledger.records.size).toBeLessThanOrEqual(ledger.unanswered.records)

  const { prefix, opened, accepted, quarantined } = savingsTable(0)
  const [family] = prefix
  const cadres = await everyCadre(core)
  const byHand = new Set(cadres.filter(({ name }) => name[0] !== family).map(({ id }) => id))
  expect([...ledger.cadres].filter((cadre) => !byHand.has(cadre))).toEqual([])
  expect(byHand.size - ledger.cadres.size).toBeLessThanOrEqual(ledger.unanswered.cadres)

  const batches = await core.value('import.batches', {})
  const known = new Set(batches.map(({ batch }) => batch))
  expect([...ledger.batches].filter((batch) => !known.has(batch))).toEqual([])
  expect(known.size - ledger.batches.size).toBeLessThanOrEqual(ledger.unanswered.batches)
  for (const { batch } of batches) {
    const page = { batch, kind: 'on-the-way', offset: 0, limit: 1 } as const
    expect((await core.value('review.batch', page)).total).toBe(accepted)
  }
  expect(cadres.length - byHand.size).toBe(opened * batches.length)
  const quarantine = await core.value('quarantine.list', { after: 0, limit: 1 })
  expect(quarantine.total).toBe(quarantined * batches.length)

  for (const written of ledger.unread) await readBack(core, written)
  for (const [record, revision] of records) ledger.records.set(record, revision)
  for (const cadre of byHand) ledger.cadres.add(cadre)
  for (const batch of known) ledger.batches.add(batch)
  Object.assign(ledger.unanswered, { records: 0, cadres: 0, batches: 0 })
  ledger.unread.length = 0
}

/** Uploads that were cut off leave nothing behind once another core has started. */
export function expectNothingIncoming(vaultDirectory: string): void {
  const folder = join(vaultDirectory, 'evidence', 'incoming')
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
}

async function singles(core: CoreProcess): Promise<readonly QueueItem[]> {
  const found: QueueItem[] = []
  for (let after: string | null = null; ; ) {
    const page: { items: readonly QueueItem[]; next: string | null } = await core.value('review.queue', {
      kind: 'on-the-way',
      after,
      limit: 500,
    })
    found.push(...page.items)
    if (page.next === null) return found
    after = page.next
  }
}

async function everyCadre(core: CoreProcess): Promise<readonly CadreLine[]> {
  const found: CadreLine[] = []
  for (let after: string | null = null; ; ) {
    const page: { items: readonly CadreLine[]; next: string | null } = await core.value('cadre.list', {
      search: '',
      after,
      limit: 500,
    })
    found.push(...page.items)
    if (page.next === null) return found
    after = page.next
  }
}

async function readBack(core: CoreProcess, { record, description, evidence }: Written): Promise<void> {
  const { revisions } = await core.value('record.read', { record })
  const [revision] = revisions
  expect(revision?.values['description']).toBe(description)
  expect(revision?.evidence).toHaveLength(evidence === null ? 0 : 1)
  if (revision === undefined || evidence === null) return
  const [{ hash, size } = { hash: '', size: 0 }] = revision.evidence
  expect(size).toBe(evidence.length)
  const piece = { revision: revision.revision, hash, offset: 0, length: evidence.length }
  const { bytes } = await core.value('evidence.read', piece)
  expect(Buffer.from(bytes, 'base64').equals(evidence)).toBe(true)
}
