import {
  blockingKeys,
  mostNamesakes,
  nameKey,
  type BlockingKey,
  type DossierPerson,
} from '../../src-shared/duplicates/person.ts'
import { weighPair, type WeighedPair } from '../../src-shared/duplicates/weigh.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** Dossiers that one call compares at most: some 40 ms, so that what a clerk asks for meanwhile is not kept waiting. */
const mostAtOnce = 250

interface LineRow {
  readonly row: number
  readonly cadre: Id
  readonly name: string
  readonly post: string | null
  readonly unit: string | null
  readonly identity_reversed: string | null
  readonly birth: string | null
}

/** A dossier of the list as its duplicates are looked for. */
export interface ListedPerson extends DossierPerson {
  readonly row: number
}

function toPerson({ row, cadre, name, post, unit, birth, identity_reversed }: LineRow): ListedPerson {
  const identityNumber = identity_reversed === null ? null : [...identity_reversed].reverse().join('')
  return { row, cadre, name, identityNumber, birth, post, unit }
}

const lineColumns = 'row, cadre, name, post, unit, identity_reversed, birth'

function personInRow(database: Database, row: number): ListedPerson | null {
  const line = statement<LineRow>(database, `SELECT ${lineColumns} FROM dossier_line WHERE row = ?`).get(row)
  return line === undefined ? null : toPerson(line)
}

/** The person of a dossier as the list has them; null where it is not in the list. */
export function listedPerson(database: Database, cadre: Id): ListedPerson | null {
  const line = statement<LineRow>(database, `SELECT ${lineColumns} FROM dossier_line WHERE cadre = ?`).get(
    cadre,
  )
  return line === undefined ? null : toPerson(line)
}

/**
 * Compares the dossiers whose lines changed with those that have something in common with them. Returns how many are
 * still to be compared: call again. What stands in the index then hangs on the lines alone.
 */
export function refreshTwins(database: Database, most = mostAtOnce): number {
  if (statement(database, 'SELECT 1 FROM twin_stale LIMIT 1').get() === undefined) return 0
  return database
    .transaction(() => {
      const stale = statement<{ row: number }>(database, 'SELECT row FROM twin_stale LIMIT ?').all(most)
      for (const { row } of stale) {
        statement(database, 'DELETE FROM twin_stale WHERE row = ?').run(row)
        const person = personInRow(database, row)
        const keys = person === null ? [] : blockingKeys(person)
        forget(database, row, new Set(keys.map(({ key }) => key)))
        if (person !== null) compare(database, person, keys)
      }
      return statement<{ n: number }>(database, 'SELECT count(*) AS n FROM twin_stale').get()?.n ?? 0
    })
    .immediate()
}

/** @param kept keys that the dossier has now too */
function forget(database: Database, row: number, kept: ReadonlySet<number>): void {
  const keys = statement<{ key: number; most: number }>(
    database,
    'SELECT key, most FROM twin_key WHERE row = ?',
  ).all(row)
  for (const { key, most } of keys) {
    if (kept.has(key)) continue
    // A block that was too large to be looked through is small enough again.
    if (blockSize(database, key) === most + 1)
      statement(
        database,
        'INSERT INTO twin_stale (row) SELECT row FROM twin_key WHERE key = ? AND row <> ? ON CONFLICT DO NOTHING',
      ).run(key, row)
    statement(database, 'DELETE FROM twin_key WHERE key = ? AND row = ?').run(key, row)
  }
  statement(database, 'DELETE FROM twin_pair WHERE first = ?').run(row)
  statement(database, 'DELETE FROM twin_pair WHERE second = ?').run(row)
}

function blockSize(database: Database, key: number): number {
  return (
    statement<{ n: number }>(database, 'SELECT count(*) AS n FROM twin_key WHERE key = ?').get(key)?.n ?? 0
  )
}

function compare(database: Database, person: ListedPerson, keys: readonly BlockingKey[]): void {
  const others = new Set<number>()
  for (const { key, most } of keys) {
    for (const row of block(database, key, most)) others.add(row)
    statement(database, 'INSERT INTO twin_key (key, row, most) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
      key,
      person.row,
      most,
    )
  }
  for (const row of others) {
    const other = personInRow(database, row)
    if (other === null || other.row === person.row || weighPair(person, other, true) === null) continue
    statement(database, 'INSERT INTO twin_pair (first, second) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      Math.min(person.row, row),
      Math.max(person.row, row),
    )
  }
}

/** The rows of a block; none where it is too large to say anything. */
function block(database: Database, key: number, most: number): readonly number[] {
  const rows = statement<number>(database, 'SELECT row FROM twin_key WHERE key = ? LIMIT ?')
    .pluck()
    .all(key, most + 1) as unknown as readonly number[]
  return rows.length > most ? [] : rows
}

export interface FoundPair extends WeighedPair {
  readonly first: ListedPerson
  readonly second: ListedPerson
}

/**
 * All pairs that may be one person's. `seen` takes away what the member does not see of a person, so that nothing is
 * explained by it, nor found. Up to date after `refreshTwins`.
 */
export function foundPairs(
  database: Database,
  seen: (person: ListedPerson) => ListedPerson,
): readonly FoundPair[] {
  const rows = statement<{ first: number; second: number }>(
    database,
    'SELECT first, second FROM twin_pair',
  ).all()
  return rows.flatMap(({ first, second }) => {
    const [one, other] = [personInRow(database, first), personInRow(database, second)]
    if (one === null || other === null || !hasSmallBlock(database, first, second)) return []
    const people = { first: seen(one), second: seen(other) }
    const weighed = weighPair(people.first, people.second, isRareName(database, one.name))
    return weighed === null ? [] : [{ ...people, ...weighed }]
  })
}

/** A pair hangs on what stands in the list, and not on when it was found: its block may have grown too large since. */
function hasSmallBlock(database: Database, first: number, second: number): boolean {
  return (
    statement(
      database,
      `SELECT 1 FROM twin_key AS one JOIN twin_key AS other ON other.key = one.key AND other.row = :second
       WHERE one.row = :first
         AND (SELECT count(*) FROM twin_key AS counted WHERE counted.key = one.key) <= one.most LIMIT 1`,
    ).get({ first, second }) !== undefined
  )
}

function isRareName(database: Database, name: string): boolean {
  return blockSize(database, nameKey(name)) <= mostNamesakes
}

/** Dossiers that may be those of somebody who is none yet, the likeliest first. */
export function nearPerson(
  database: Database,
  person: DossierPerson,
  seen: (person: ListedPerson) => ListedPerson,
): readonly ({ readonly person: ListedPerson } & WeighedPair)[] {
  const rows = new Set(blockingKeys(person).flatMap(({ key, most }) => block(database, key, most)))
  const rare = isRareName(database, person.name)
  return [...rows].flatMap((row) => {
    const known = personInRow(database, row)
    const weighed = known === null ? null : weighPair(person, seen(known), rare)
    return known === null || weighed === null ? [] : [{ person: seen(known), ...weighed }]
  })
}
