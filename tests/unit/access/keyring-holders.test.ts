import { describe, expect, test } from 'vitest'
import type {
  AuthorityState,
  Grant,
  MemberState,
  WrapState,
} from '../../../src-shared/access/authority-state.ts'
import {
  grantsInForce,
  holdersDue,
  holdsRole,
  isDue,
  isHolder,
  isInForce,
  keyInForce,
  keyringsExposed,
  keyringsToConfirm,
  levelOf,
  mayHandle,
  missingWraps,
  presentWraps,
  rolesInForce,
} from '../../../src-shared/access/grants.ts'
import { keyrings, roles, type Keyring, type Role } from '../../../src-shared/access/roles.ts'
import type { RemovalCause } from '../../../src-shared/log/operations.ts'

const noon = '2026-11-22T04:00:00.000Z'

function grant(role: Role, more: Partial<Grant> = {}): Grant {
  const open = { categories: ['*'], level: 3, deputyFor: null, from: null, until: null } as const
  return { role, ...open, granter: 'secadmin', confirmed: true, ...more }
}

function member(id: string, grants: readonly Grant[], removed: RemovalCause | null = null): MemberState {
  const key = (name: string, cause: RemovalCause | null) => ({
    ...{ key: name, publicKey: name, recipient: name, bounded: [] },
    ...{ inForce: cause === null, removed: cause },
  })
  const keys = removed === null ? [key(`key of ${id}`, null)] : [key(`key of ${id}`, removed)]
  return { id, cadre: null, isCadreSaid: false, line: [], keys, grants }
}

function wrap(keyring: Keyring, holder: string, more: Partial<WrapState> = {}): WrapState {
  return { keyring, epoch: 2, holder, key: `key of ${holder}`, body: 'body', ...more }
}

/** Of a chain, all that says who holds what: every keyring is in its second epoch. */
function state(members: readonly MemberState[], wraps: readonly WrapState[] = []): AuthorityState {
  return {
    members: new Map(members.map((one) => [one.id, one])),
    keyrings: new Map(keyrings.map((keyring) => [keyring, { epoch: 2, recipient: keyring }])),
    wraps,
  } as Partial<AuthorityState> as AuthorityState
}

describe('a grant is in force', () => {
  test.each([
    ['without days', {}, true],
    ['not before it is confirmed', { confirmed: false }, false],
    ['on its first day', { from: '2026-11-22' }, true],
    ['not the day before', { from: '2026-11-23' }, false],
    ['on its last day', { until: '2026-11-22' }, true],
    ['not the day after', { until: '2026-11-21' }, false],
    ['between its days', { from: '2026-11-01', until: '2026-11-30' }, true],
    ['not behind both of them', { from: '2026-11-01', until: '2026-11-02' }, false],
  ])('%s', (_what, days, expected) => {
    const one = grant('reviewer', days)
    expect(isInForce(one, noon)).toBe(expected)
    expect(holdsRole(member('a', [one]), 'reviewer', noon)).toBe(expected)
    expect(holdsRole(member('a', [grant('auditor'), one]), 'reviewer', noon)).toBe(expected)
    expect(holdsRole(member('a', [one]), 'collector', noon)).toBe(false)
    expect(rolesInForce(member('a', [one, one]), noon)).toEqual(expected ? ['reviewer'] : [])
    expect(levelOf(member('a', [one]), noon)).toBe(expected ? 3 : 0)
    expect(grantsInForce(state([member('a', [one])]), 'a', 'reviewer', noon)).toEqual(
      expected ? [{ categories: ['*'], level: 3 }] : [],
    )
  })

  test('under its own role, of a member the unit knows', () => {
    const known = state([member('a', [grant('reviewer', { level: 2 }), grant('collector')])])
    expect(grantsInForce(known, 'a', 'reviewer', noon)).toEqual([{ categories: ['*'], level: 2 }])
    expect(grantsInForce(known, 'a', 'approver', noon)).toEqual([])
    expect(grantsInForce(known, 'nobody', 'reviewer', noon)).toEqual([])
  })

  test('and shows as much as the highest of those that work on dossiers', () => {
    const grants = [
      grant('collector', { level: 1 }),
      grant('inspector', { level: 4 }),
      grant('reviewer', { level: 2 }),
    ]
    expect(levelOf(member('a', grants), noon)).toBe(4)
    const seen = roles.filter((role) => levelOf(member('a', [grant(role)]), noon) > 0)
    expect(seen).toEqual(['collector', 'reviewer', 'approver', 'inspector'])
  })
})

test.each([
  [['*'], 2, true],
  [['A1'], 2, true],
  [['B2', 'A1'], 3, true],
  [['B2'], 3, false],
  [['*'], 1, false],
  [['A1'], 1, false],
  [[], 4, false],
] as const)(
  'a grant for %o up to level %i reaches a category A1 of level 2: %s',
  (categories, level, expected) => {
    expect(mayHandle([{ categories, level }], { category: 'A1', level: 2 })).toBe(expected)
    const none = { categories: ['C1'], level: 4 } as const
    expect(mayHandle([none, { categories, level }], { category: 'A1', level: 2 })).toBe(expected)
  },
)

describe('a key', () => {
  test('is the one in force, or none', () => {
    expect(keyInForce(member('a', []))).toBe('key of a')
    expect(keyInForce(member('a', [], 'left'))).toBe(null)
    const [old] = member('old', [], 'lost').keys
    expect(keyInForce({ ...member('a', []), keys: [old!, ...member('a', []).keys] })).toBe('key of a')
  })

  test('opens what its owner’s grants give a right to, and nothing without a grant', () => {
    const due = (one: MemberState) => keyrings.filter((keyring) => isDue(one, keyring))
    expect(due(member('a', []))).toEqual([])
    expect(due(member('a', [grant('sysadmin')]))).toEqual(['control'])
    expect(due(member('a', [grant('approver', { confirmed: false })]))).toEqual([
      'control',
      'archive',
      'seal',
    ])
    expect(due(member('a', [grant('inspector', { level: 4 })]))).toEqual(['control', 'archive', 'discipline'])
  })
})

describe('of the wraps of a keyring', () => {
  const approver = member('approver', [grant('approver')])
  const gone = member('gone', [grant('approver')], 'left')
  const ungranted = member('ungranted', [grant('collector')])
  const wraps = [
    wrap('seal', 'approver'),
    wrap('seal', 'recovery-archive', { key: null }),
    wrap('seal', 'approver', { epoch: 1 }),
    wrap('archive', 'approver'),
    wrap('seal', 'gone'),
    wrap('seal', 'ungranted'),
    wrap('seal', 'nobody'),
    wrap('seal', 'approver', { key: 'an older key' }),
  ]
  const unit = state([approver, gone, ungranted], wraps)

  test('those of the present epoch count, to a key in force of somebody with the right, and to the kit', () => {
    expect(presentWraps(unit, 'seal')).toEqual(wraps.slice(0, 2))
    expect(presentWraps(unit, 'archive')).toEqual([wraps[3]])
    expect(presentWraps(unit, 'audit')).toEqual([])
    expect(presentWraps({ ...unit, keyrings: new Map() }, 'seal')).toEqual([])
  })

  test('each says who holds it, and with which key', () => {
    expect(isHolder(unit, 'seal', 'approver', 'key of approver')).toBe(true)
    expect(isHolder(unit, 'seal', 'approver', 'an older key')).toBe(false)
    expect(isHolder(unit, 'seal', 'approver', null)).toBe(false)
    expect(isHolder(unit, 'seal', 'recovery-archive', null)).toBe(true)
    expect(isHolder(unit, 'seal', 'recovery-archive', 'key of approver')).toBe(false)
    expect(isHolder(unit, 'seal', 'gone', 'key of gone')).toBe(false)
  })

  test('those are missing that somebody has a right to and nobody wrapped to their key', () => {
    expect(missingWraps(unit, approver)).toEqual(['control'])
    expect(missingWraps(unit, ungranted)).toEqual(['control', 'archive'])
    expect(missingWraps(unit, member('new', []))).toEqual([])
    const whole = [wrap('control', 'approver'), ...wraps]
    expect(missingWraps(state([approver], whole), approver)).toEqual([])
  })
})

describe('a new epoch is wrapped', () => {
  const unit = state([
    member('approver', [grant('approver')]),
    member('cleared', [grant('inspector', { level: 4 })]),
    member('unconfirmed', [grant('approver', { confirmed: false, level: 4 })]),
    member('gone', [grant('approver', { level: 4 })], 'left'),
    member('auditor', [grant('auditor')]),
  ])

  test.each([
    ['control', ['approver', 'cleared', 'auditor', 'recovery-archive']],
    ['archive', ['approver', 'cleared', 'recovery-archive']],
    ['discipline', ['cleared', 'recovery-discipline']],
    ['seal', ['approver', 'recovery-archive']],
    ['audit', ['auditor', 'recovery-archive']],
  ] as const)('of %s to %o', (keyring, holders) => {
    expect(holdersDue(unit, keyring)).toEqual(holders)
  })
})

describe('to confirm a grant one must hold', () => {
  const holder = member('holder', [grant('approver', { level: 4 })])
  const both = [wrap('seal', 'holder'), wrap('discipline', 'holder')]
  const cleared = { role: 'approver', level: 4 } as const

  test('all that it gives a right to', () => {
    expect(keyringsToConfirm(state([holder]), 'new', { role: 'reviewer', level: 3 })).toEqual([
      'control',
      'archive',
    ])
    expect(keyringsToConfirm(state([holder]), 'new', { role: 'inspector', level: 4 })).toEqual([
      'control',
      'archive',
      'discipline',
    ])
    expect(keyringsToConfirm(state([holder]), 'new', { role: 'approver', level: 3 })).toEqual([
      'control',
      'archive',
      'seal',
    ])
    const unit = state([member('a', [grant('collector')]), holder], both)
    expect(keyringsToConfirm(unit, 'new', cleared)).toEqual(['control', 'archive', 'discipline', 'seal'])
  })

  test.each([
    ['nobody opens either', 'new', [], [holder]],
    ['somebody opens opinions alone', 'new', both.slice(0, 1), [holder]],
    ['somebody opens discipline alone', 'new', both.slice(1), [holder]],
    ['it is the subject who opens both', 'holder', both, [holder]],
    ['whoever opened both has no key any more', 'new', both, [member('holder', holder.grants, 'left')]],
    [
      'one opens opinions and another discipline',
      'new',
      [wrap('seal', 'holder'), wrap('discipline', 'other')],
      [holder, member('other', holder.grants)],
    ],
  ] as const)('of a cleared approver not discipline, where %s', (_what, subject, wraps, members) => {
    expect(keyringsToConfirm(state(members, wraps), subject, cleared)).toEqual(['control', 'archive', 'seal'])
  })
})

describe('a keyring wants a new epoch', () => {
  const exposed = (members: readonly MemberState[], wraps: readonly WrapState[]) =>
    keyringsExposed(state(members, wraps))
  const inspector = (removed: RemovalCause | null = null, grants = [grant('inspector')]) =>
    member('inspector', grants, removed)
  const held = [wrap('archive', 'inspector')]

  test.each([
    ['copied', ['archive']],
    ['left', ['archive']],
    ['lost', []],
    ['suspended', []],
    [null, []],
  ] as const)('where a key that opens it was removed as %s: %o', (cause, expected) => {
    expect(exposed([inspector(cause)], held)).toEqual(expected)
  })

  test('for the key that opens it, not for another that its owner lost before or since', () => {
    const [now, copied] = [inspector().keys, inspector('copied').keys] as const
    const older = { ...copied[0]!, key: 'an older key' }
    expect(exposed([{ ...inspector(), keys: [older, ...now] }], held)).toEqual([])
    expect(
      exposed([{ ...inspector(), keys: [...copied, { ...now[0]!, key: 'a newer key' }] }], held),
    ).toEqual(['archive'])
  })

  test('where its holder lost the right, or is nobody the unit knows', () => {
    expect(exposed([inspector(null, [grant('auditor')])], held)).toEqual(['archive'])
    expect(exposed([inspector(null, [])], held)).toEqual(['archive'])
    expect(exposed([], held)).toEqual(['archive'])
  })

  test('not for what was wrapped in an epoch before, to the kit, or to another keyring', () => {
    expect(exposed([], [wrap('archive', 'inspector', { epoch: 1 })])).toEqual([])
    expect(exposed([], [wrap('archive', 'recovery-archive', { key: null })])).toEqual([])
    expect(exposed([], [wrap('audit', 'a'), wrap('seal', 'b')])).toEqual(['seal', 'audit'])
    const unit = state([], [wrap('archive', 'a', { epoch: 0 })])
    expect(keyringsExposed({ ...unit, keyrings: new Map() })).toEqual(['archive'])
  })

  test('not for a key that its owner was never given', () => {
    expect(exposed([inspector()], [wrap('archive', 'inspector', { key: 'a key of nobody' })])).toEqual([])
  })
})
