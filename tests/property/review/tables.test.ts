import { fc } from '../../helpers/properties.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { insertBodies, readBodyBytes } from '../../../src-main/vault/body-table.ts'
import { openMemoryDatabase, type Database } from '../../../src-main/vault/database.ts'
import { insertCommit } from '../../../src-main/vault/entry-table.ts'
import { createLog, readLog, type LogRow } from '../../../src-main/vault/log-table.ts'
import { projectionTables } from '../../../src-main/vault/migrations/index.ts'
import { projectCommit } from '../../../src-main/vault/projection.ts'
import { noteSight } from '../../../src-main/vault/sight-table.ts'
import { rebuildProjection } from '../../../src-main/vault/rebuild.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { deeds, World, type Judged } from './commits.ts'

/** The same commits of three logs, taken in different orders: each log in its own, and nothing before what it names. */
function take(world: World, order: Iterator<number>): Database {
  const database = openMemoryDatabase('business')
  const logs = world.devices.map((device) => device.logs.archive)
  for (const log of [...logs].sort((a, b) => (a.id < b.id ? -1 : 1))) createLog(database, log.id, 'device')
  const taken = new Set<string>()
  const next = logs.map(() => 0)
  for (;;) {
    const ready = logs.flatMap((log, index) => {
      const made = log.commits[next[index] as number]
      return made?.commit.header.deps.every((leaf) => taken.has(leaf)) ? [{ made, index }] : []
    })
    const chosen = ready[(order.next().value as number) % Math.max(1, ready.length)]
    if (chosen === undefined) return database
    ;(next[chosen.index] as number)++
    taken.add(chosen.made.commit.leaf)
    database.transaction(() => takeOne(world, database, world.judge(chosen.made)))()
  }
}

function takeOne(world: World, database: Database, { made, voidCode, steps }: Judged): void {
  const { commit, depth, bodies } = made
  const { header, leaf } = commit
  const log = readLog(database, header.log) as LogRow
  insertBodies(
    database,
    commit,
    bodies.map((bytes, index) => ({ digest: header.ops[index]!.digest, bytes })),
  )
  insertCommit(nodePrimitives, database, log, { commit, depth, voidCode })
  noteSight(database, database, header)
  if (voidCode !== null) return
  const readBody = (digest: string) => readBodyBytes(database, digest)
  projectCommit(
    { primitives: nodePrimitives, unit: world.unit.id, database, readBody },
    header,
    leaf,
    depth,
    steps,
    [],
  )
}

/** Every row of every table that the log decides. */
function rowsOf(database: Database): Record<string, unknown[]> {
  const tables = ['entry', 'log', ...projectionTables.business]
  return Object.fromEntries(
    tables.map((table) => [
      table,
      database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ]),
  )
}

const orders = fc.infiniteStream(fc.noBias(fc.nat()))
const seen = { archived: 0, voidCommits: 0, voidSteps: 0, renamed: 0 }

function note(database: Database): void {
  const count = (sql: string) => (database.prepare(sql).get() as { n: number }).n
  seen.archived += count(`SELECT count(*) AS n FROM revision WHERE status = 'archived'`)
  seen.voidCommits += count('SELECT count(*) AS n FROM entry WHERE void IS NOT NULL')
  seen.voidSteps += count('SELECT count(*) AS n FROM void_step')
  seen.renamed += count(`SELECT count(*) AS n FROM cadre WHERE name LIKE '改名%'`)
}

describe('the tables of a vault', () => {
  test('hold the same rows whatever order the logs of three devices arrive in', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, orders, orders, async (walk, one, other) => {
        const world = await World.of(walk)
        const [left, right] = [take(world, one), take(world, other)]
        try {
          note(left)
          expect(rowsOf(right)).toEqual(rowsOf(left))
        } finally {
          left.close()
          right.close()
        }
      }),
      { numRuns: 70, endOnFailure: true },
    )
  })

  test('hold the same rows as if nobody had signed what they may not', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, orders, async (walk, order) => {
        const world = await World.of(walk)
        const [whole, kept] = [take(world, order), openMemoryDatabase('business')]
        try {
          const commits = world.devices.flatMap((device) => device.logs.archive.commits)
          for (const made of commits) {
            const { voidCode, steps } = world.judge(made)
            if (voidCode !== null) continue
            const { header, leaf } = made.commit
            const readBody = (digest: string) => readBodyBytes(whole, digest)
            const context = { primitives: nodePrimitives, unit: world.unit.id, database: kept, readBody }
            projectCommit(context, header, leaf, made.depth, steps, [])
          }
          // What was seen of a void commit is seen all the same.
          for (const table of projectionTables.business.filter((name) => name !== 'sight')) {
            expect(kept.prepare(`SELECT * FROM ${table}`).all()).toEqual(
              whole.prepare(`SELECT * FROM ${table}`).all(),
            )
          }
        } finally {
          whole.close()
          kept.close()
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('hold the same rows when they are derived anew', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, orders, async (walk, order) => {
        const world = await World.of(walk)
        const database = take(world, order)
        try {
          const before = rowsOf(database)
          const { changed } = rebuildProjection({
            primitives: nodePrimitives,
            unit: world.unit.id,
            compartment: 'archive',
            database,
            history: world.unit.history(),
          })
          expect(changed).toBe(0)
          expect(rowsOf(database)).toEqual(before)
        } finally {
          database.close()
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })
})

afterAll(() => {
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0)
})
