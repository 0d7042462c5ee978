import { join } from 'node:path'
import Driver from 'sqlcipher'
import { openDatabase, type Database } from '../../src-main/vault/database.ts'
import { migrations } from '../../src-main/vault/migrations/index.ts'
import { countQueue, queueItems, type QueueFilter } from '../../src-main/vault/queue-queries.ts'
import type { Measurement } from './measure.ts'

const waiting = 50_000
const archived = 200_000
const dossiers = 5000
const runs = 30

const everything: QueueFilter = {
  kind: 'to-review',
  me: 'f'.repeat(32),
  apart: '[]',
  lineCategories: '[]',
  line: '[]',
  categories: '["*"]',
  whose: 'all',
  mine: '[]',
  present: '[]',
  cadres: null,
  batch: null,
  since: null,
}

/** One dossier, the last page of what is assigned to one reviewer, and a category: what walks furthest. */
const filters: readonly QueueFilter[] = [
  everything,
  { ...everything, categories: '["C2"]' },
  { ...everything, cadres: JSON.stringify(['f'.repeat(32)]) },
  { ...everything, whose: 'mine', mine: JSON.stringify(['e'.repeat(32)]) },
]

/** A queue of 50,000 beside an archive: each filter opened once with its count, encrypted and in plain SQLite. */
export function measureQueue(scratch: string): Measurement {
  const sealed = openDatabase(join(scratch, 'queue.db'), new Uint8Array(32).fill(7), 'business', 'new')
  if (!sealed.ok) throw new Error(sealed.error.code)
  const plain = new Driver(join(scratch, 'queue-plain.db'))
  for (const statements of migrations.business) for (const sql of statements) plain.exec(sql)
  fillWaiting(sealed.value)
  fillWaiting(plain)
  const rate = perSecond(sealed.value)
  const theirs = perSecond(plain)
  sealed.value.close()
  plain.close()
  return {
    name: `queue of ${waiting.toLocaleString('en')} opens and filters (page of 100 and its count)`,
    rate,
    unit: '/s',
    against: [
      { name: 'plain SQLite, the same rows', rate: theirs, aim: 0.5 },
      { name: '100 ms', rate: 10, aim: 1 },
    ],
  }
}

function fillWaiting(database: Database): void {
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${waiting + archived})
       INSERT INTO revision (cadre, record, digest, category, status, author, submitted_at, opinions, opinions_needed,
         waits_for, waiting_since, assigned_first)
       SELECT printf('%032x', i % ${dossiers}), printf('%032x', i), printf('%064x', i),
         CASE i % 7 WHEN 0 THEN 'C2' ELSE 'C6' END, CASE WHEN i < ${waiting} THEN 'submitted' ELSE 'archived' END,
         printf('%032x', 1), '2026-01-01T00:00:00.000Z', 0, 2, CASE WHEN i < ${waiting} THEN 'review' END,
         CASE WHEN i < ${waiting} THEN strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + (i * 7919) % 20000000, 'unixepoch') END,
         CASE WHEN i < ${waiting} THEN printf('%032x', i % 9) END FROM n`,
    )
    .run()
}

function perSecond(database: Database): number {
  const start = performance.now()
  for (let run = 0; run < runs; run++) {
    for (const filter of filters) {
      queueItems(database, filter, null, 100)
      countQueue(database, filter)
    }
  }
  return (runs * filters.length * 1000) / (performance.now() - start)
}
