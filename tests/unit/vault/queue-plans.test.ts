import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMemoryDatabase, type Database } from '../../../src-main/vault/database.ts'
import {
  countQueue,
  countSql,
  pageSql,
  queueBatches,
  queueItems,
  type QueueFilter,
} from '../../../src-main/vault/queue-queries.ts'
import { queueKinds } from '../../../src-shared/contract/views.ts'

let database: Database

const all: QueueFilter = {
  kind: 'to-review',
  me: 'me',
  apart: '["own"]',
  lineCategories: '["E2"]',
  line: '["chief"]',
  categories: '["*"]',
  whose: 'all',
  mine: '["me"]',
  present: '["me", "other"]',
  cadres: null,
  batch: null,
  since: null,
}

const bounds = { from: '', to: '2026-02-01' }
const narrowed: readonly Partial<QueueFilter>[] = [
  {},
  { categories: '["C2"]' },
  { whose: 'mine' },
  { whose: 'unassigned' },
  { cadres: '["a"]' },
  { since: { review: bounds, adjudication: bounds, signature: bounds } },
]

function planOf(sql: string): readonly string[] {
  const names = [...sql.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  const parameters = Object.fromEntries(names.map((name) => [name, name === 'limit' ? 1 : '[]']))
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[]
  return rows.map(({ detail }) => detail)
}

function put(digest: string, change: Readonly<Record<string, string | null>> = {}): void {
  const row = {
    cadre: 'a',
    category: 'C6',
    waits_for: 'review',
    waiting_since: '2026-01-01',
    batch: null,
    assigned_first: null,
    ...change,
  }
  database
    .prepare(
      `INSERT INTO revision (cadre, record, digest, category, status, author, submitted_at, opinions, opinions_needed,
         waits_for, waiting_since, batch, assigned_first)
       VALUES (:cadre, :digest, :digest, :category, 'submitted', 'author', '2026-01-01', 0, 2, :waits_for, :waiting_since,
         :batch, :assigned_first)`,
    )
    .run({ ...row, digest })
}

beforeAll(() => {
  database = openMemoryDatabase('business')
})

afterAll(() => database.close())

describe('every queue', () => {
  for (const kind of queueKinds) {
    // Whether something was entered again after it came back, the index does not say.
    const covering = kind === 'returned' ? '' : 'COVERING '
    test(`${kind}: is read out of one index, however it is narrowed`, () => {
      for (const change of narrowed) {
        const filter = { ...all, ...change, kind }
        for (const sql of [pageSql(filter), countSql(filter)]) {
          const plan = planOf(sql)
          expect(
            plan.some((line) => line.startsWith(`SEARCH revision USING ${covering}INDEX revision_`)),
            sql,
          ).toBe(true)
          expect(
            plan.filter((line) => /SCAN revision/.test(line)),
            sql,
          ).toEqual([])
        }
      }
    })
  }

  test('of one stage hands its first page out in order, without sorting what waits behind it', () => {
    for (const kind of ['to-review', 'to-assign', 'to-sign', 'to-open', 'to-adjudicate'] as const) {
      const inner = planOf(pageSql({ ...all, kind })).filter((line) => /TEMP B-TREE/.test(line))
      // Only the page itself, which the join may have taken apart, is put in order again.
      expect(inner.length, kind).toBeLessThanOrEqual(1)
    }
  })
})

describe('what is asked', () => {
  beforeAll(() => {
    put('1', { waiting_since: '2026-01-03' })
    put('2', { waiting_since: '2026-01-02', category: 'C2' })
    put('3', { cadre: 'own' })
    put('4', { cadre: 'chief', category: 'E2' })
    put('5', { cadre: 'chief', waiting_since: '2026-03-01', assigned_first: 'me' })
    put('6', { batch: 'b', assigned_first: 'gone' })
    put('7', { waits_for: null })
  })

  const found = (change: Partial<QueueFilter> = {}) =>
    queueItems(database, { ...all, ...change }, null, 10).map(({ digest }) => digest)

  test('is answered with what waits longest first, without what one keeps out of', () => {
    expect(found()).toEqual(['2', '1', '5'])
    expect(found({ categories: '["C2"]' })).toEqual(['2'])
    expect(found({ cadres: '["chief"]' })).toEqual(['5'])
    expect(found({ whose: 'mine' })).toEqual(['5'])
    expect(found({ whose: 'unassigned' })).toEqual(['2', '1'])
    expect(found({ since: { review: bounds, adjudication: bounds, signature: bounds } })).toEqual(['2', '1'])
    expect(found({ batch: 'b', whose: 'unassigned' })).toEqual(['6'])
  })

  test('counts batches too, and a batch is one line', () => {
    expect(countQueue(database, all)).toBe(4)
    expect(queueBatches(database, all)).toMatchObject([{ batch: 'b', count: 1, author: 'author' }])
  })
})
