import { describe, expect, test } from 'vitest'
import { listedSide, rivalryOf } from '../../../src-shared/review/rivals.ts'
import type { RecordState, RevisionState, RevisionStatus } from '../../../src-shared/review/states.ts'

function revision(
  name: string,
  status: RevisionStatus,
  parent: string | null,
  settles: readonly string[] = [],
): RevisionState {
  return { revision: name, status, parent, settles } as unknown as RevisionState
}

function record(head: string | null, ...revisions: readonly RevisionState[]): RecordState {
  return { record: 'r', cadre: 'c', category: 'C6', head, revisions, queries: [], faults: [] }
}

const old = revision('old', 'superseded', null)
const parent = revision('parent', 'archived', null)

describe('an ordinary record has no rivals', () => {
  test('with one correction on its way, after one that was sent back', () => {
    const state = record(
      'parent',
      parent,
      revision('a', 'returned', 'parent'),
      revision('b', 'agreed', 'parent'),
    )
    expect(rivalryOf(state)).toBeNull()
    expect(listedSide(null)).toBeNull()
  })

  test('when a rival was withdrawn', () => {
    const state = record(
      'parent',
      parent,
      revision('a', 'withdrawn', 'parent'),
      revision('b', 'submitted', 'parent'),
    )
    expect(rivalryOf(state)).toBeNull()
  })

  test('when a conflict was settled', () => {
    const state = record(
      'c',
      old,
      revision('a', 'superseded', 'old'),
      revision('b', 'superseded', 'old'),
      revision('c', 'archived', 'a', ['b']),
    )
    expect(rivalryOf(state)).toBeNull()
  })
})

describe('rivals are', () => {
  test('two corrections of one fact that are both on their way', () => {
    const state = record(
      'parent',
      parent,
      revision('a', 'in-review', 'parent'),
      revision('b', 'submitted', 'parent'),
    )
    const rivalry = rivalryOf(state)
    expect(rivalry).toEqual({ over: 'road', parent: 'parent', sides: ['a', 'b'], settlement: null })
    expect(listedSide(rivalry)).toBe('b')
  })

  test('two first entries of one record that were sent back once and entered again apart', () => {
    const state = record(
      null,
      revision('n', 'returned', null),
      revision('a', 'submitted', null),
      revision('b', 'submitted', null),
    )
    expect(rivalryOf(state)).toMatchObject({ over: 'road', parent: null, sides: ['a', 'b'] })
  })

  test('a fact, and what is on its way from the one before', () => {
    const state = record('a', old, revision('a', 'archived', 'old'), revision('b', 'unopened', 'old'))
    expect(rivalryOf(state)).toEqual({ over: 'fact', parent: 'old', sides: ['a', 'b'], settlement: null })
  })

  test('a fact and what was signed apart, however often the fact was corrected since', () => {
    const state = record(
      'd',
      old,
      revision('a', 'superseded', 'old'),
      revision('b', 'conflict', 'old'),
      revision('d', 'archived', 'a'),
      revision('e', 'conflict', 'a'),
    )
    const rivalry = rivalryOf(state)
    expect(rivalry).toEqual({ over: 'fact', parent: 'old', sides: ['d', 'b', 'e'], settlement: null })
    expect(listedSide(rivalry)).toBe('e')
  })

  test('two settlements of one conflict', () => {
    const state = record(
      'a',
      old,
      revision('a', 'archived', 'old'),
      revision('b', 'conflict', 'old'),
      revision('s', 'submitted', 'a', ['b']),
      revision('t', 'submitted', 'a', ['b']),
    )
    expect(rivalryOf(state)).toMatchObject({ over: 'road', sides: ['s', 't'] })
  })
})

describe('a conflict whose settlement is on its way', () => {
  const conflict = [old, revision('a', 'archived', 'old'), revision('b', 'conflict', 'old')]

  test('names it, and waits for nobody else', () => {
    const rivalry = rivalryOf(record('a', ...conflict, revision('s', 'submitted', 'a', ['b'])))
    expect(rivalry).toMatchObject({ sides: ['a', 'b'], settlement: 's' })
    expect(listedSide(rivalry)).toBeNull()
  })

  test('is not settled by a correction that names nothing', () => {
    const rivalry = rivalryOf(record('a', ...conflict, revision('s', 'submitted', 'a')))
    expect(rivalry?.settlement).toBeNull()
    expect(listedSide(rivalry)).toBe('b')
  })
})
