import { describe, expect, test } from 'vitest'
import {
  aliasesOf,
  followTwins,
  type TwinAct,
  type TwinOutcome,
  type TwinStep,
} from '../../../src-shared/duplicates/decisions.ts'
import { fc } from '../../helpers/properties.ts'

const hex = (letter: string | number, length: number) => String(letter).repeat(length).slice(0, length)
const leafOf = (name: string) => name.padStart(64, '0')

interface Said {
  readonly outcome: TwinOutcome
  readonly kept: string
  readonly other: string
  readonly undoes: string | null
  readonly depth: number
}

/** A proposal of the clerk and its confirmation by the approver. */
function decided(decision: string, { outcome, kept, other, undoes, depth }: Said): readonly TwinStep[] {
  const step = (commit: string, at: number, role: 'collector' | 'approver', act: TwinAct): TwinStep => ({
    decision,
    depth: at,
    index: 0,
    hand: {
      member: role,
      role,
      at: `2026-11-22T00:00:${String(at % 60).padStart(2, '0')}.000Z`,
      commit,
      body: '',
    },
    act,
  })
  const proposal = leafOf(`${decision}1`)
  return [
    step(proposal, depth, 'collector', { act: 'propose', outcome, kept, other, undoes }),
    step(leafOf(`${decision}2`), depth + 1, 'approver', { act: 'confirm', proposal, kept, other }),
  ]
}

const merge = (decision: string, kept: string, other: string, depth: number) =>
  decided(decision, { outcome: 'merge', kept, other, undoes: null, depth })
const apart = (decision: string, kept: string, other: string, depth: number) =>
  decided(decision, { outcome: 'apart', kept, other, undoes: null, depth })
const undo = (decision: string, undoes: string, kept: string, other: string, depth: number) =>
  decided(decision, { outcome: 'undo', kept, other, undoes, depth })

const outcome = (...steps: readonly (readonly TwinStep[])[]) => aliasesOf(followTwins(steps.flat()).inForce)

describe('decisions of two devices', () => {
  test('make one chain, whichever link is older', () => {
    const homes = { A: 'C', B: 'C' }
    expect(Object.fromEntries(outcome(merge('d1', 'B', 'A', 1), merge('d2', 'C', 'B', 3)).homes)).toEqual(
      homes,
    )
    expect(Object.fromEntries(outcome(merge('d1', 'B', 'A', 3), merge('d2', 'C', 'B', 1)).homes)).toEqual(
      homes,
    )
  })

  test('that contradict each other: the first holds, the other is named and waits', () => {
    const elsewhere = [merge('d1', 'B', 'A', 1), merge('d2', 'C', 'A', 3)] as const
    expect([...outcome(...elsewhere).conflicts]).toEqual([['d2', 'merged-elsewhere']])
    const undone = outcome(...elsewhere, undo('d3', 'd1', 'B', 'A', 5))
    expect([...undone.homes]).toEqual([['A', 'C']])
    expect(undone.conflicts.size).toBe(0)
    const circle = outcome(merge('d1', 'B', 'A', 1), merge('d2', 'A', 'B', 3))
    expect([...circle.homes]).toEqual([['A', 'B']])
    expect([...circle.conflicts]).toEqual([['d2', 'other-way-round']])
  })

  test('to keep two apart outweighs merges that bring them together, directly or by way of a third', () => {
    const direct = outcome(merge('d1', 'B', 'A', 1), apart('d2', 'A', 'B', 3))
    expect(direct.homes.size).toBe(0)
    expect([...direct.conflicts]).toEqual([['d1', 'kept-apart']])
    const third = outcome(merge('d1', 'B', 'A', 1), merge('d2', 'B', 'C', 3), apart('d3', 'A', 'C', 5))
    expect([...third.homes]).toEqual([['A', 'B']])
    expect([...third.conflicts]).toEqual([['d2', 'kept-apart']])
  })

  test('by one person, by two clerks, or settled twice are void and named', () => {
    const [proposal, confirmation] = merge('d1', 'B', 'A', 1) as readonly [TwinStep, TwinStep]
    const by = (member: string, role: 'collector' | 'approver') =>
      followTwins([proposal, { ...confirmation, hand: { ...confirmation.hand, member, role } }]).voids
    expect(by('collector', 'approver').map(({ code }) => code)).toEqual(['review/same-person-twice'])
    expect(by('clerk', 'collector').map(({ code }) => code)).toEqual(['twin/nobody-answers'])
    expect(by('clerk', 'approver')).toEqual([])
    const again = { ...confirmation, depth: 9, hand: { ...confirmation.hand, commit: leafOf('e') } }
    expect(followTwins([proposal, confirmation, again]).voids.map(({ code }) => code)).toEqual([
      'twin/settled',
    ])
    const elsewhere = { ...confirmation, act: { ...confirmation.act, kept: 'Z' } as TwinAct }
    expect(followTwins([proposal, elsewhere]).voids.map(({ code }) => code)).toEqual(['twin/unknown'])
  })
})

const cadres = ['A', 'B', 'C', 'D'] as const
const history = fc
  .array(
    fc.record({
      outcome: fc.constantFrom<TwinOutcome>('merge', 'apart', 'undo'),
      kept: fc.constantFrom(...cadres),
      other: fc.constantFrom(...cadres),
      depth: fc.integer({ min: 0, max: 20 }),
      target: fc.nat(9),
    }),
    { maxLength: 10 },
  )
  .map((acts) =>
    acts.flatMap(({ target, ...act }, index) => {
      const undone = act.outcome === 'undo' ? acts[target % acts.length] : undefined
      const pair = undone ?? act
      const undoes = undone === undefined ? null : hex(target % acts.length, 4)
      return decided(hex(index, 4), { ...act, kept: pair.kept, other: pair.other, undoes })
    }),
  )

test('the order in which decisions arrive is irrelevant', () => {
  fc.assert(
    fc.property(
      history.chain((steps) =>
        fc.tuple(fc.constant(steps), fc.shuffledSubarray([...steps], { minLength: steps.length })),
      ),
      ([steps, shuffled]) => {
        const [one, other] = [followTwins(steps), followTwins(shuffled)]
        expect(other.voids).toEqual(one.voids)
        expect(aliasesOf(other.inForce)).toEqual(aliasesOf(one.inForce))
      },
    ),
    { numRuns: 300 },
  )
})

test('a dossier is shown in one that is shown in none, and none is shown with one it is kept apart from', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { inForce } = followTwins(steps)
      const { homes } = aliasesOf(inForce)
      for (const home of homes.values()) expect(homes.has(home)).toBe(false)
      const top = (cadre: string) => homes.get(cadre) ?? cadre
      for (const { outcome: said, kept, other } of inForce)
        if (said === 'apart') expect(top(kept)).not.toBe(top(other))
    }),
    { numRuns: 300 },
  )
})

test('a decision and its undoing leave everything as it was', () => {
  fc.assert(
    fc.property(history, fc.constantFrom(...cadres), fc.constantFrom(...cadres), (steps, kept, other) => {
      const before = aliasesOf(followTwins(steps).inForce)
      const added = [
        ...steps,
        ...decided('ffff', { outcome: 'merge', kept, other, undoes: null, depth: 40 }),
        ...undo('eeee', 'ffff', kept, other, 50),
      ]
      expect(aliasesOf(followTwins(added).inForce)).toEqual(before)
    }),
    { numRuns: 300 },
  )
})
