import { beforeEach, describe, expect, test } from 'vitest'
import type { AuthorityState } from '../../../src-shared/access/authority-state.ts'
import {
  isAfterRemoval,
  removalsOf,
  standing,
  takesAway,
  withoutReplaced,
  withRemovals,
  type Removal,
} from '../../../src-shared/access/removals.ts'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { RemovalCause } from '../../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember, type FixtureOperation } from '../../helpers/unit-fixture.ts'
import * as chain from './chain.ts'

const { deviceRemoved, granted, keyBound, keyRemoved, revoked, rootOf, signed, upTo } = chain
let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const said = (by: 'secadmin' | 'approver' | FixtureMember, ...operations: FixtureOperation[]) =>
  signed(unit, by, operations).commit

describe('what a commit says of where keys end', () => {
  test('is said alone by a secadmin who removes, and never by who says the end of a removed key', () => {
    const { collector } = unit.members
    const of = (made: ReturnType<typeof said>) =>
      removalsOf(made).map(({ alone, final, compartments }) => [alone, final, compartments])
    expect(of(said('secadmin', keyRemoved(collector)))).toEqual([[true, false, ['control']]])
    expect(of(said(rootOf(unit), keyRemoved(collector)))).toEqual([[false, false, ['control']]])
    expect(of(said('approver', keyBound(collector)))).toEqual([[false, false, ['archive']]])
    expect(of(said(rootOf(unit), keyBound(collector)))).toEqual([[false, true, ['archive']]])
    expect(of(said('secadmin', revoked(collector.id, 'collector'), keyRemoved(collector)))).toHaveLength(1)
  })

  test('names the key, the commit, and the last accepted of each log', () => {
    const { collector } = unit.members
    const last = upTo(unit.submit().made)
    const made = said('approver', keyBound(collector, [last]))
    expect(removalsOf(made)).toMatchObject([
      { key: collector.signer.keyId, leaf: made.leaf, last: new Map([[last.log, last.seq]]) },
    ])
  })
})

describe('a commit stands beyond the end of its key', () => {
  test('after the last accepted of its log, in a compartment of the removal, and of no other key', () => {
    const { header } = unit.submit().made.commit
    const removal = (change: Partial<Removal> = {}): Removal => ({
      key: header.key,
      leaf: 'a'.repeat(64),
      alone: false,
      final: false,
      compartments: ['archive'],
      last: new Map([[header.log, 0]]),
      ...change,
    })
    const beyond = (seq: number, change?: Partial<Removal>) =>
      isAfterRemoval([removal(change)], { ...header, seq }, 'archive')
    expect([0, 1].map((seq) => beyond(seq))).toEqual([false, true])
    expect(beyond(0, { last: new Map() })).toBe(true)
    expect(beyond(1, { key: 'b'.repeat(64) })).toBe(false)
    expect(beyond(1, { compartments: ['control'] })).toBe(false)
    expect(isAfterRemoval([], header, 'archive')).toBe(false)
    const both = [removal({ key: 'b'.repeat(64) }), removal()]
    expect(isAfterRemoval(both, { ...header, seq: 1 }, 'archive')).toBe(true)
  })
})

describe('of several ends of a key', () => {
  const end = (leaf: string, compartments: Compartment[], final = true, key = 'k'): Removal => ({
    key,
    leaf,
    alone: false,
    final,
    compartments,
    last: new Map(),
  })
  const heights: Record<string, number> = { a: 1, b: 2, c: 2, z: 1 }
  const left = (...removals: Removal[]) =>
    withoutReplaced(removals, (leaf) => heights[leaf] ?? 0).map(({ leaf, compartments }) => [
      leaf,
      ...compartments,
    ])

  test('the root’s takes the place of all others in its compartments, however old they are', () => {
    expect(left(end('b', ['archive', 'discipline'], false), end('a', ['archive']))).toEqual([
      ['b', 'discipline'],
      ['a', 'archive'],
    ])
    expect(left(end('a', ['archive'], false), end('b', ['archive']))).toEqual([['b', 'archive']])
  })

  test('nobody else’s takes the place of any', () => {
    expect(left(end('a', ['archive'], false), end('b', ['archive'], false))).toHaveLength(2)
  })

  test('none takes the place of another key’s', () => {
    expect(left(end('a', ['archive']), end('b', ['archive'], true, 'other'))).toHaveLength(2)
  })

  test('the deepest of the root’s counts, then the greater leaf, in whatever order they are read', () => {
    const [older, newer, sameDepth] = [end('a', ['archive']), end('b', ['archive']), end('c', ['archive'])]
    expect(left(older, newer)).toEqual([['b', 'archive']])
    expect(left(newer, older)).toEqual([['b', 'archive']])
    expect(left(newer, sameDepth)).toEqual([['c', 'archive']])
    expect(left(sameDepth, newer, older)).toEqual([['c', 'archive']])
    expect(left(end('z', ['archive']), newer)).toEqual([['b', 'archive']])
  })
})

test('what takes away is the removal or the end of a key, of a device, of a role, and nothing else', () => {
  const { collector } = unit.members
  const acts = [
    keyRemoved(collector),
    keyBound(collector),
    deviceRemoved(unit.device.id),
    revoked(collector.id, 'collector'),
  ]
  const { header } = said('secadmin', ...acts, granted(collector.id, 'inspector'))
  expect(header.ops.map(takesAway)).toEqual([true, true, true, true, false])
})

describe('a state without what another side of a fork took away', () => {
  const without = (...acts: FixtureOperation[]): AuthorityState => {
    const { head } = unit.history()
    return withRemovals(head, [said('secadmin', ...acts)])
  }

  test('has no device in force that was removed, and the others as they were', () => {
    const other = unit.addDevice()
    const { devices } = without(deviceRemoved(other.id))
    expect([...devices.values()].map(({ id, inForce }) => [id, inForce])).toEqual([
      [unit.device.id, true],
      [other.id, false],
    ])
  })

  test('has the grant no more that was revoked, and the member’s others as they were', () => {
    const { collector, approver } = unit.members
    const days = { from: '2026-11-22', until: '2026-11-30' }
    for (const deputyFor of [approver.id, null])
      signed(
        unit,
        'secadmin',
        granted(collector.id, 'inspector', deputyFor === null ? {} : { deputyFor, ...days }),
      )
    const { members } = without(revoked(collector.id, 'inspector'))
    const kept = members.get(collector.id)!.grants.map(({ role, deputyFor }) => [role, deputyFor])
    expect(kept).toEqual([
      ['collector', null],
      ['inspector', approver.id],
    ])
    expect(members.get(approver.id)!.grants).toHaveLength(1)
  })

  test('has the key no more, for the worse of the causes that were said', () => {
    const { collector } = unit.members
    const cause = (...causes: RemovalCause[]) => {
      const acts = causes.map((one) => keyRemoved(collector, [], one))
      const [key] = without(...acts).members.get(collector.id)!.keys
      return [key!.inForce, key!.removed]
    }
    expect(cause('lost')).toEqual([false, 'lost'])
    const byWeight: RemovalCause[] = ['lost', 'suspended', 'left', 'copied']
    for (const [at, worse] of byWeight.entries())
      for (const better of byWeight.slice(0, at)) {
        expect(cause(better, worse)).toEqual([false, worse])
        expect(cause(worse, better)).toEqual([false, worse])
      }
  })

  test('has of a member’s several keys the one removed or bound that was named', () => {
    const { collector, inspector } = unit.members
    const stranger = { ...collector, signer: inspector.signer }
    const keys = (act: FixtureOperation) => without(act).members.get(collector.id)!.keys
    expect(keys(keyRemoved(stranger))).toMatchObject([{ inForce: true, removed: null, bounded: [] }])
    expect(keys(keyBound(stranger))).toMatchObject([{ inForce: true, removed: null, bounded: [] }])
  })

  test('has the ends of a key said for all compartments that either side named, once each', () => {
    const { collector } = unit.members
    const acts = [keyBound(collector, [], ['discipline']), keyBound(collector, [], ['discipline', 'archive'])]
    const [key] = without(...acts).members.get(collector.id)!.keys
    expect(key).toMatchObject({ inForce: true, bounded: ['archive', 'discipline'] })
  })

  test('passes over what it does not have', () => {
    const { head } = unit.history()
    const id = newId(nodePrimitives)
    const stranger = { ...unit.members.collector, id }
    const acts = [deviceRemoved(id), revoked(id, 'collector'), keyRemoved(stranger), keyBound(stranger)]
    expect(without(...acts)).toEqual(head)
  })

  test('gives nothing that the other side gave', () => {
    const { head } = unit.history()
    expect(without(granted(unit.members.collector.id, 'inspector'))).toEqual(head)
  })
})

describe('of removals that cut each other off', () => {
  const [first, second, third, fourth] = ['1', '2', '3', '4'].map((leaf) => ({ leaf }) as Removal) as [
    Removal,
    Removal,
    Removal,
    Removal,
  ]
  const cutting =
    (...pairs: readonly (readonly [Removal, Removal])[]) =>
    (one: Removal, other: Removal) =>
      pairs.some(([by, gone]) => by === one && gone === other)
  const names = (removals: readonly Removal[]) => removals.map(({ leaf }) => leaf).sort()

  test('all hold where none does', () => {
    expect(names(standing([first, second], cutting()))).toEqual(['1', '2'])
    expect(standing([], cutting())).toEqual([])
  })

  test('one that is cut off cuts off nothing itself', () => {
    expect(names(standing([first, second, third], cutting([first, second], [second, third])))).toEqual([
      '1',
      '3',
    ])
    const line = cutting([first, second], [second, third], [third, fourth])
    expect(names(standing([fourth, third, second, first], line))).toEqual(['1', '3'])
    expect(names(standing([first, third, second], cutting([first, second])))).toEqual(['1', '3'])
  })

  test('two that cut each other off both hold, but not where a third cuts one off', () => {
    const each = [
      [first, second],
      [second, first],
    ] as const
    expect(names(standing([first, second, third], cutting(...each)))).toEqual(['1', '2', '3'])
    expect(names(standing([first, second, third], cutting(...each, [third, second])))).toEqual(['1', '3'])
  })
})
