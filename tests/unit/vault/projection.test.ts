import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openMemoryDatabase, type Database } from '../../../src-main/vault/database.ts'
import { projectCommit } from '../../../src-main/vault/projection.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { stepsOf } from '../../../src-shared/review/steps.ts'
import { UnitFixture, type FixtureCommit, type FixtureDevice } from '../../helpers/unit-fixture.ts'

let unit: UnitFixture
let other: FixtureDevice
let database: Database
const bodies = new Map<string, Uint8Array>()

beforeEach(async () => {
  unit = await UnitFixture.found()
  other = unit.addDevice()
  database = openMemoryDatabase('business')
})

afterEach(() => database.close())

function take(...commits: readonly FixtureCommit[]): void {
  const history = unit.history()
  for (const { commit, depth, sight, bodies: said } of commits) {
    const { header, leaf } = commit
    header.ops.forEach(({ digest }, index) => bodies.set(digest, said[index] as Uint8Array))
    const steps = stepsOf(nodePrimitives, header, leaf, depth, history.at(header.authority as string)!, sight)
    const readBody = (digest: string) => bodies.get(digest) ?? null
    projectCommit(
      { primitives: nodePrimitives, unit: unit.id, database, readBody },
      header,
      leaf,
      depth,
      steps,
      [],
    )
  }
}

function cadreRow(id: string) {
  return database.prepare('SELECT name, post FROM cadre WHERE id = ?').get(id)
}

function open(cadre: string, name: string): FixtureCommit {
  return unit.commit({ member: unit.members.collector, role: 'collector', compartment: 'archive' }, [
    { operation: { op: 'cadre.open', entity: cadre }, body: { name, identityNumber: null, post: null } },
  ])
}

function submit(record: string, cadre: string, category: string, device = unit.device) {
  const made = unit.commit(
    { member: unit.members.collector, role: 'collector', compartment: 'archive', device },
    [
      {
        operation: {
          op: 'record.submit',
          entity: record,
          cadre,
          category,
          parent: null,
          settles: [],
          batch: null,
          evidence: 0,
        },
        body: { values: { name: '归档名', position: '主任' } },
      },
    ],
  )
  return { made, revision: made.commit.header.ops[0]!.digest }
}

describe('the row of a cadre', () => {
  test('says what the opening said until 基本信息 is archived, and then what that says', () => {
    const [cadre, record] = [newId(nodePrimitives), newId(nodePrimitives)]
    take(open(cadre, '开档名'))
    expect(cadreRow(cadre)).toEqual({ name: '开档名', post: null })
    const { revision, made } = submit(record, cadre, 'A1')
    unit.archive(record, revision)
    take(made, ...unit.device.logs.archive.commits.slice(2))
    expect(cadreRow(cadre)).toEqual({ name: '归档名', post: '主任' })
  })

  test('stays as archived when another log brings an older submission of the record for another cadre', () => {
    const [cadre, stranger, record] = [newId(nodePrimitives), newId(nodePrimitives), newId(nodePrimitives)]
    take(open(cadre, '开档名'))
    const { revision, made } = submit(record, cadre, 'A1')
    unit.archive(record, revision)
    take(made, ...unit.device.logs.archive.commits.slice(2))
    const earlier = submit(record, stranger, 'B2', other).made
    expect(earlier.depth).toBeLessThan(made.depth)
    take(earlier)
    expect(database.prepare('SELECT cadre, category, status FROM revision').all()).toEqual([
      { cadre, category: 'A1', status: 'archived' },
    ])
    expect(cadreRow(cadre)).toEqual({ name: '归档名', post: '主任' })
  })
})
