import { describe, expect, test } from 'vitest'
import { Ancestors, walkChain } from '../../../src-shared/access/authority-chain.ts'
import type {
  AuthorityCommit,
  AuthorityState,
  MemberState,
} from '../../../src-shared/access/authority-state.ts'
import type { Removal } from '../../../src-shared/access/removals.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Header } from '../../../src-shared/log/header.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'

/** A chain written by hand: leaves, keys and logs are words, so that it can be said which is the greater. */
type Operations = readonly Record<string, unknown>[]

function member(id: string, role: Role, inForce = true): MemberState {
  const key = { key: `key of ${id}`, publicKey: id, recipient: id, inForce, removed: null, bounded: [] }
  const grant = { role, categories: ['*'], level: 3, deputyFor: null, from: null, until: null } as const
  return {
    ...{ id, cadre: null, isCadreSaid: false, line: [], keys: [key] },
    grants: [{ ...grant, granter: 'unit', confirmed: true }],
  }
}

const members = [
  member('secadmin', 'secadmin'),
  member('other secadmin', 'secadmin'),
  member('approver', 'approver'),
  member('other approver', 'approver'),
  member('collector', 'collector'),
  member('other collector', 'collector'),
  member('without a key', 'secadmin', false),
]

const start = {
  ...{ unit: 'unit', leaf: 'fork', height: 5, policy: 'normal', wraps: [] },
  members: new Map(members.map((one) => [one.id, one])),
  devices: new Map([['tablet', { id: 'tablet', inForce: true }]]),
  logs: new Map([
    ['log', { compartment: 'control', device: 'device' }],
    ['log of the archive', { compartment: 'archive', device: 'device' }],
  ]),
  ...{ keyrings: new Map(), settlements: new Map() },
  settings: { idleMinutes: 10, clipboardSeconds: 30, watermark: true },
} as unknown as AuthorityState

const minutes = (idleMinutes: number): Operations => [
  { op: 'settings.set', idleMinutes, clipboardSeconds: 30, watermark: true },
]
const revoke = (entity: string): Operations => [
  { op: 'role.revoke', entity, role: 'collector', deputyFor: null },
]
const settle = (kept: string, fork = 'fork'): Operations => [{ op: 'fork.settle', fork, kept }]
const confirm = (proposal: string, fork = 'fork'): Operations => [{ op: 'fork.confirm', fork, proposal }]
const removeKey = (of: string): Operations => [
  { op: 'key.remove', entity: of, key: `key of ${of}`, cause: 'left', compartments: ['control'], last: [] },
]

function commit(
  leaf: string,
  authority: string,
  by: string,
  ops: Operations,
  more: Partial<Header> = {},
): AuthorityCommit {
  const role = members.find(({ id }) => id === by)?.grants[0]?.role ?? 'root'
  const signer = role === 'root' ? { member: 'unit', key: 'root key' } : { member: by, key: `key of ${by}` }
  const place = { unit: 'unit', log: 'log', seq: 9, at: '2026-11-22T04:00:00.000Z', authority, deps: [] }
  return { leaf, header: { ...place, ...signer, role, ops, ...more } as unknown as Header }
}

function walk(commits: readonly AuthorityCommit[], removed: readonly Removal[] = []) {
  const successors = new Map<string, AuthorityCommit[]>()
  for (const one of commits) {
    const before = one.header.authority as string
    successors.set(before, [...(successors.get(before) ?? []), one])
  }
  const ancestors = new Ancestors(commits)
  return walkChain({ primitives: nodePrimitives, rootKey: 'root key', successors, removed, ancestors }, start)
}

/** What comes out whatever the order in which the commits are known. */
function walkBothWays(commits: readonly AuthorityCommit[]) {
  const one = walk(commits)
  const other = walk([...commits].reverse())
  expect([other.head.leaf, other.forked]).toEqual([one.head.leaf, one.forked])
  return one
}

const collectorOf = (state: AuthorityState, name = 'collector') => state.members.get(name)?.grants.length

describe('what came before a commit', () => {
  const commits = [
    commit('a', 'fork', 'secadmin', minutes(1)),
    commit('b', 'a', 'secadmin', minutes(2)),
    commit('c', 'b', 'secadmin', minutes(3)),
    commit('other', 'fork', 'secadmin', minutes(3)),
  ]
  const ancestors = new Ancestors(commits)
  const removal = (leaf: string, alone: boolean): Removal => {
    return { key: 'key', leaf, alone, final: false, compartments: ['control'], last: new Map() }
  }

  test('is each one on the way to it, looked up once', () => {
    expect([...ancestors.of('c')]).toEqual(['b', 'a', 'fork'])
    expect([...ancestors.of('other')]).toEqual(['fork'])
    expect([...ancestors.of('not here')]).toEqual([])
    expect(ancestors.of('c')).toBe(ancestors.of('c'))
  })

  test('is spared by a removal that the secadmin says alone, and by no other', () => {
    expect(ancestors.reaches(removal('c', true), 'a')).toBe(false)
    expect(ancestors.reaches(removal('c', true), 'other')).toBe(true)
    expect(ancestors.reaches(removal('a', true), 'c')).toBe(true)
    expect(ancestors.reaches(removal('c', false), 'a')).toBe(true)
  })
})

describe('a chain without forks', () => {
  test('leads to its last commit, and says what held at each', () => {
    const found = walk([
      commit('a', 'fork', 'secadmin', minutes(1)),
      commit('b', 'a', 'secadmin', [...minutes(2), ...removeKey('collector')]),
    ])
    expect(found.head.leaf).toBe('b')
    expect(
      [...found.states].map(([leaf, { height, settings }]) => [leaf, height, settings.idleMinutes]),
    ).toEqual([
      ['fork', 5, 10],
      ['a', 6, 1],
      ['b', 7, 2],
    ])
    expect(found.removals.map(({ key, leaf }) => [key, leaf])).toEqual([['key of collector', 'b']])
    expect([found.forked, found.sides, [...found.voids]]).toEqual([null, [], []])
  })

  test('is stopped by no void commit: what follows one follows the state before it', () => {
    const found = walk([
      commit('v', 'fork', 'collector', minutes(1)),
      commit('w', 'v', 'collector', minutes(2)),
      commit('a', 'w', 'secadmin', minutes(3)),
      commit('x', 'fork', 'approver', minutes(4)),
    ])
    expect([found.head.leaf, found.head.height, found.forked]).toEqual(['a', 8, null])
    const { states, voids } = found
    expect([...voids.keys()].sort()).toEqual(['v', 'w', 'x'])
    expect(['v', 'w', 'x'].map((leaf) => states.get(leaf)?.height)).toEqual([6, 7, 6])
    expect(['v', 'w', 'x'].map((leaf) => states.get(leaf)?.settings.idleMinutes)).toEqual([10, 10, 10])
    expect(['v', 'w', 'x'].map((leaf) => states.get(leaf)?.leaf)).toEqual(['v', 'w', 'x'])
  })

  const stranger: Partial<Header> = { member: 'stranger', key: 'key of stranger' }
  test.each([
    ['of another unit', 'secadmin', minutes(1), { unit: 'another' }, 'authority/unknown'],
    ['by somebody unknown', 'secadmin', minutes(1), stranger, 'authority/key-not-in-force'],
    [
      'with somebody else’s key',
      'secadmin',
      minutes(1),
      { key: 'key of approver' },
      'authority/key-not-in-force',
    ],
    ['with a key that is not in force', 'without a key', minutes(1), {}, 'authority/key-not-in-force'],
    ['under a role not held', 'secadmin', minutes(1), { role: 'approver' }, 'authority/role-not-in-force'],
    ['in a log the unit does not know', 'secadmin', minutes(1), { log: 'a log' }, 'authority/device'],
    ['in the archive', 'secadmin', minutes(1), { log: 'log of the archive' }, 'authority/device'],
    ['that is not the role’s', 'collector', minutes(1), {}, 'authority/action-not-permitted'],
    [
      'that is no matter of authority',
      'collector',
      [{ op: 'record.withdraw', rows: [] }],
      {},
      'authority/action-not-permitted',
    ],
    [
      'that is the role’s and then not',
      'secadmin',
      [...minutes(1), { op: 'keyring.epoch' }],
      {},
      'authority/action-not-permitted',
    ],
    [
      'of the root with another key',
      'root',
      minutes(1),
      { key: 'key of secadmin' },
      'authority/key-not-in-force',
    ],
    ['of the root as a member', 'root', minutes(1), { member: 'secadmin' }, 'authority/key-not-in-force'],
  ] as const)('has for nothing a commit %s', (_what, by, ops, more, code) => {
    const found = walk([commit('a', 'fork', by, ops as Operations, more as Partial<Header>)])
    expect([...found.voids]).toEqual([['a', code]])
    expect(found.head.leaf).toBe('fork')
  })

  test.each([
    ['beyond the last that it accepts', {}, 'authority/after-removal'],
    ['up to the last that it accepts', { last: new Map([['log', 9]]) }, undefined],
    ['of another key', { key: 'key of approver' }, undefined],
    ['of what is said of the archive', { compartments: ['archive'] }, undefined],
    ['that the secadmin alone said after it', { alone: true }, undefined],
    ['that the secadmin alone said elsewhere', { alone: true, leaf: 'elsewhere' }, 'authority/after-removal'],
  ] as const)('where a key was removed: a commit %s', (_what, change, code) => {
    const removal = { key: 'key of secadmin', leaf: 'b', alone: false, final: false, last: new Map() }
    const said = { ...removal, compartments: ['control'], ...change } as Removal
    const commits = [
      commit('a', 'fork', 'secadmin', minutes(1)),
      commit('b', 'a', 'other secadmin', minutes(2)),
    ]
    expect(walk(commits, [said]).voids.get('a')).toBe(code)
  })
})

describe('an open fork', () => {
  const commits = [
    commit('a', 'fork', 'secadmin', minutes(1)),
    commit('a2', 'a', 'secadmin', [...minutes(2), ...revoke('collector')]),
    commit('a3', 'a2', 'collector', minutes(3)),
    commit('b', 'fork', 'other secadmin', removeKey('other collector')),
    commit('b2', 'b', 'secadmin', minutes(4)),
  ]

  test('gives way to no side, names them with their newest, and keeps what either took away', () => {
    const { forked, sides, head, removals, voids, states } = walkBothWays(commits)
    expect(forked).toBe('fork')
    expect(head).toMatchObject({ leaf: 'fork', height: 5, settings: { idleMinutes: 10 } })
    expect(sides).toEqual([
      { first: 'a', tip: 'a2' },
      { first: 'b', tip: 'b2' },
    ])
    expect(collectorOf(head)).toBe(0)
    expect(head.members.get('other collector')?.keys[0]?.inForce).toBe(false)
    expect(removals.map(({ key, leaf }) => [key, leaf])).toEqual([['key of other collector', 'b']])
    expect(Object.fromEntries(voids)).toEqual({
      ...{ a: 'authority/forked', a2: 'authority/forked', b: 'authority/forked', b2: 'authority/forked' },
      a3: 'authority/role-not-in-force',
    })
    expect([...states].map(([leaf, { height }]) => [leaf, height]).sort()).toEqual([
      ['a', 6],
      ['a2', 7],
      ['a3', 8],
      ['b', 6],
      ['b2', 7],
      ['fork', 5],
    ])
    for (const [leaf, state] of states) {
      expect(state.leaf).toBe(leaf)
      expect(state.settings.idleMinutes).toBe(10)
      expect(collectorOf(state)).toBe(1)
    }
  })

  test('reads a side that does not hold in its order: who was struck from it takes nothing away', () => {
    const found = walk([
      commit('a', 'fork', 'secadmin', removeKey('other secadmin')),
      commit('a2', 'a', 'other secadmin', removeKey('collector')),
      commit('b', 'fork', 'secadmin', minutes(1)),
    ])
    expect(found.voids.get('a2')).toBe('authority/key-not-in-force')
    expect(found.removals.map(({ key }) => key)).toEqual(['key of other secadmin'])
    expect(found.head.members.get('collector')?.keys[0]?.inForce).toBe(true)
  })

  test('is a fork further along too, with what came before it in force', () => {
    const found = walkBothWays([
      commit('0', 'fork', 'secadmin', [...minutes(7), ...removeKey('collector')]),
      commit('a', '0', 'secadmin', minutes(1)),
      commit('b', '0', 'secadmin', minutes(2)),
    ])
    expect([found.forked, found.head.leaf, found.head.settings.idleMinutes]).toEqual(['0', '0', 7])
    expect(found.removals.map(({ leaf }) => leaf)).toEqual(['0'])
    expect(found.states.get('0')?.settings.idleMinutes).toBe(7)
  })
})

describe('a fork is settled', () => {
  const sides = [
    commit('a', 'fork', 'secadmin', minutes(1)),
    commit('b', 'fork', 'secadmin', [...minutes(2), ...revoke('collector')]),
  ]
  const pair = (side: string, kept: string, fork?: string) => [
    commit(`${side}1`, side, 'secadmin', settle(kept, fork)),
    commit(`${side}2`, `${side}1`, 'approver', confirm(`${side}1`, fork)),
  ]

  test('on the side two name, and only removals of the others hold', () => {
    const found = walkBothWays([...sides, ...pair('a', 'a'), commit('a3', 'a2', 'secadmin', minutes(3))])
    expect([found.forked, found.sides, found.head.leaf]).toEqual([null, [], 'a3'])
    expect([found.head.settings.idleMinutes, collectorOf(found.head)]).toEqual([3, 0])
    // Until two had said so, it was as the side had it.
    expect(['a', 'a1', 'a2'].map((leaf) => collectorOf(found.states.get(leaf) as AuthorityState))).toEqual([
      1, 1, 0,
    ])
    expect(Object.fromEntries(found.voids)).toEqual({ b: 'authority/forked' })
  })

  test('once: what the other side took away may be granted again after it', () => {
    const terms = { categories: ['*'], level: 3, deputyFor: null, from: null, until: null }
    const again = [{ op: 'role.grant', entity: 'collector', role: 'collector', ...terms }]
    const found = walkBothWays([
      ...[...sides, ...pair('a', 'a')],
      commit('a3', 'a2', 'secadmin', again),
      commit('a4', 'a3', 'secadmin', minutes(3)),
    ])
    expect(collectorOf(found.states.get('a2') as AuthorityState)).toBe(0)
    expect([found.head.leaf, collectorOf(found.head)]).toEqual(['a4', 1])
  })

  test.each([
    ['one alone proposes it', [commit('a1', 'a', 'secadmin', settle('a'))]],
    ['it is said of another fork', pair('a', 'a', 'another fork')],
    ['it is said on the other side', pair('a', 'b')],
    [
      'a collector confirms it',
      [commit('a1', 'a', 'secadmin', settle('a')), commit('a2', 'a1', 'collector', confirm('a1'))],
    ],
    [
      'a key not in force at the fork proposes it',
      [commit('a1', 'a', 'without a key', settle('a')), commit('a2', 'a1', 'approver', confirm('a1'))],
    ],
  ])('not where %s', (_what, said) => {
    expect(walkBothWays([...sides, ...said])).toMatchObject({ forked: 'fork', head: { leaf: 'fork' } })
  })

  test('by nobody where two sides are each named by two', () => {
    expect(walkBothWays([...sides, ...pair('a', 'a'), ...pair('b', 'b')]).forked).toBe('fork')
  })

  test('inside another one, which stays open', () => {
    const inner = [commit('a1', 'a', 'secadmin', minutes(4)), commit('x', 'a', 'secadmin', minutes(5))]
    const said = [
      commit('a2', 'a1', 'secadmin', settle('a1', 'a')),
      commit('a3', 'a2', 'approver', confirm('a2', 'a')),
    ]
    const found = walkBothWays([...sides, ...inner, ...said])
    expect(found.forked).toBe('fork')
    expect(found.sides).toEqual([
      { first: 'a', tip: 'a3' },
      { first: 'b', tip: 'b' },
    ])
    const outer = [commit('a4', 'a3', 'secadmin', settle('a')), commit('a5', 'a4', 'approver', confirm('a4'))]
    const settled = walkBothWays([...sides, ...inner, ...said, ...outer])
    expect([settled.forked, settled.head.leaf, settled.head.settings.idleMinutes]).toEqual([null, 'a5', 4])
    expect(Object.fromEntries(settled.voids)).toEqual({ b: 'authority/forked', x: 'authority/forked' })
  })
})

describe('the root settles a fork', () => {
  const sides = [commit('a', 'fork', 'secadmin', minutes(1)), commit('b', 'fork', 'secadmin', minutes(2))]
  const word = (leaf: string, after: string, kept: string, fork?: string) =>
    commit(leaf, after, 'root', settle(kept, fork))
  const more = (leaf: string, after: string) => commit(leaf, after, 'secadmin', minutes(9))

  test.each([
    ['by itself', [word('a1', 'a', 'a')], 'a1'],
    [
      'deeper on one side than on the other',
      [word('z', 'a', 'a'), more('b1', 'b'), word('b2', 'b1', 'b')],
      'b2',
    ],
    ['deeper on the first side too', [more('a1', 'a'), word('a2', 'a1', 'a'), word('z', 'b', 'b')], 'a2'],
    ['at the same depth by the greater leaf', [word('y', 'a', 'a'), word('z', 'b', 'b')], 'z'],
    [
      'at the same depth by the greater leaf of the first side',
      [word('z', 'a', 'a'), word('y', 'b', 'b')],
      'z',
    ],
    [
      'with its newest word on a side, whatever it said there before',
      [word('a1', 'a', 'a'), more('a2', 'a1'), word('a3', 'a2', 'a'), more('b1', 'b'), word('b2', 'b1', 'b')],
      'a3',
    ],
  ])('%s', (_what, said, head) => {
    const found = walkBothWays([...sides, ...said])
    expect([found.forked, found.head.leaf]).toEqual([null, head])
  })

  test.each([
    ['of another fork', [word('a1', 'a', 'a', 'another fork')]],
    ['that names the other side', [word('a1', 'a', 'b')]],
  ])('with no word %s', (_what, said) => {
    expect(walkBothWays([...sides, ...said]).forked).toBe('fork')
  })

  test('and what the other side took away is gone there too', () => {
    const taking = commit('b1', 'b', 'secadmin', [...revoke('collector'), ...removeKey('other collector')])
    const found = walkBothWays([...sides, taking, word('a1', 'a', 'a'), more('a2', 'a1')])
    expect([found.head.leaf, found.head.settings.idleMinutes, collectorOf(found.head)]).toEqual(['a2', 9, 0])
    expect(found.head.members.get('other collector')?.keys[0]?.inForce).toBe(false)
    expect(found.removals.map(({ leaf }) => leaf)).toEqual(['b1'])
  })

  test('against two who say otherwise', () => {
    const pair = [commit('b1', 'b', 'secadmin', settle('b')), commit('b2', 'b1', 'approver', confirm('b1'))]
    expect(walkBothWays([...sides, ...pair, word('a1', 'a', 'a')]).head.leaf).toBe('a1')
    expect(walkBothWays([...sides, ...pair]).head.leaf).toBe('b2')
  })
})
