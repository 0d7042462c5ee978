import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMemoryDatabase, type Database } from '../../../src-main/vault/database.ts'
import { countArchived } from '../../../src-main/vault/dossier-queries.ts'
import { clearProjection } from '../../../src-main/vault/projection.ts'

let database: Database

beforeEach(() => {
  database = openMemoryDatabase('business')
})

afterEach(() => database.close())

function write(record: string, category: string, status: string): void {
  database
    .prepare(
      `INSERT INTO revision (cadre, record, digest, category, status, author, submitted_at, opinions, opinions_needed)
       VALUES ('c', ?, ?, ?, ?, 'a', '2026-01-01T00:00:00.000Z', 0, 2)`,
    )
    .run(record, `${record}-1`, category, status)
}

function counted(): number {
  const row = database.prepare(`SELECT count(*) AS n FROM revision WHERE status = 'archived'`).get()
  return (row as { n: number }).n
}

test('the archived revisions are as many as are counted, whatever is written and taken away', () => {
  expect(countArchived(database, null)).toBe(0)
  write('1', 'C7', 'archived')
  write('2', 'C7', 'submitted')
  write('3', 'C2', 'archived')
  write('4', 'C2', 'superseded')
  write('5', 'C2', 'archived')
  expect([countArchived(database, null), counted()]).toEqual([3, 3])
  database.prepare(`DELETE FROM revision WHERE record IN ('2', '3')`).run()
  expect([countArchived(database, null), counted()]).toEqual([2, 2])
  database.prepare('DELETE FROM revision').run()
  expect(countArchived(database, null)).toBe(0)
})

test('only those of the categories that a member may see are counted', () => {
  write('1', 'C7', 'archived')
  write('2', 'C2', 'archived')
  write('3', 'C2', 'archived')
  expect(countArchived(database, JSON.stringify(['C2']))).toBe(2)
  expect(countArchived(database, JSON.stringify(['C7', 'C9']))).toBe(1)
  expect(countArchived(database, '[]')).toBe(0)
})

test('a count that somebody changed is right again once the tables are derived anew', () => {
  write('1', 'C7', 'archived')
  database.exec('UPDATE archived_count SET n = 700')
  clearProjection(database, ['revision'])
  write('1', 'C7', 'archived')
  expect(countArchived(database, null)).toBe(1)
})
