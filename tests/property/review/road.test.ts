import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { mayHandle } from '../../../src-shared/access/grants.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { headAt, opinionsNeeded } from '../../../src-shared/review/road.ts'
import { revisionStatuses, type RecordState, type RoadStep } from '../../../src-shared/review/states.ts'
import { isMutationRun, runs } from '../../helpers/runs.ts'
import { follow, histories } from './histories.ts'

function shuffled<T>(items: readonly T[], keys: Iterator<number>): readonly T[] {
  return items
    .map((item) => ({ item, key: keys.next().value as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

const keys = fc.infiniteStream(fc.noBias(fc.nat()))

/** What of a history counts, found without the program’s own record of it. */
function counting(steps: readonly RoadStep[]): readonly RoadStep[] {
  const { voids } = follow(steps)
  return steps.filter(
    (step) =>
      !voids.some(
        (voided) => voided.commit === step.commit && voided.index === step.index && voided.row === step.row,
      ),
  )
}

function expectInEveryState(
  check: (state: RecordState, steps: readonly RoadStep[]) => void,
  numRuns: number,
): void {
  fc.assert(
    fc.property(histories, ({ steps, views }) => {
      for (const view of [...views, steps]) {
        const { state } = follow(view)
        if (state !== null) check(state, view)
      }
    }),
    { numRuns: runs(numRuns) },
  )
}

describe('the state of a record', () => {
  test('does not depend on the order in which its steps arrive', () => {
    fc.assert(
      fc.property(histories, keys, ({ steps }, order) => {
        const expected = follow(steps)
        expect(follow(shuffled(steps, order[Symbol.iterator]()))).toEqual(expected)
      }),
      { numRuns: runs(400) },
    )
  })

  test('is the same when devices learn the same steps piece by piece, in different pieces', () => {
    fc.assert(
      fc.property(histories, keys, ({ steps, views }, order) => {
        for (const view of views) {
          const rest = shuffled(steps, order[Symbol.iterator]()).filter((step) => !view.includes(step))
          expect(follow([...view, ...rest])).toEqual(follow(steps))
        }
      }),
      { numRuns: runs(200) },
    )
  })

  test('is what it would be without the steps that count for nothing, but for the objections on record', () => {
    let compared = 0
    fc.assert(
      fc.property(histories, ({ steps }) => {
        // An answer to a late objection has nothing to answer without it.
        const kept = counting(steps).filter(({ act }) => act.act !== 'settle-objection')
        // Of two signatures of one revision the second is void, and somebody may have relied on it who saw no other.
        if (steps.some((step) => step.act.act === 'sign' && !kept.includes(step))) return
        compared++
        expect(follow(kept)).toEqual({ state: withoutLate(follow(steps).state), voids: [] })
      }),
      { numRuns: runs(300) },
    )
    expect(compared).toBeGreaterThan(0)
  })

  test('names every step that counts for nothing once, and no other', () => {
    fc.assert(
      fc.property(histories, ({ steps }) => {
        const { voids } = follow(steps)
        expect(counting(steps)).toHaveLength(steps.length - voids.length)
      }),
      { numRuns: runs(200) },
    )
  })

  test('does not hang on any clock', () => {
    const withoutTimes = (state: RecordState | null) =>
      JSON.stringify(state, (key, value: unknown) => (key === 'at' ? null : value))
    fc.assert(
      fc.property(histories, ({ steps }) => {
        const stopped = steps.map((step) => ({ ...step, at: '1970-01-01T00:00:00.000Z' }))
        expect(withoutTimes(follow(stopped).state)).toBe(withoutTimes(follow(steps).state))
      }),
      { numRuns: runs(200) },
    )
  })
})

function withoutLate(state: RecordState | null): RecordState | null {
  const revisions = state?.revisions.map((revision) => ({ ...revision, late: [] })) ?? []
  return state === null ? null : { ...state, revisions }
}

describe('in every state that can be reached', () => {
  test('an entry that was withdrawn never had an opinion', () => {
    expectInEveryState((state) => {
      for (const { status, opinions, discarded } of state.revisions)
        if (status === 'withdrawn') expect([opinions, discarded]).toEqual([[], []])
    }, 200)
  })

  test('author, reviewers, adjudicator and signer of a fact are different people', () => {
    expectInEveryState((state) => {
      for (const revision of state.revisions) {
        const { author, opinions, discarded, escalated, group, adjudication, signed } = revision
        if (signed === null) continue
        const before = discarded.flatMap((round) => round.opinions.map(({ hand }) => hand.member))
        for (const one of [author.member, signed.hand.member, adjudication?.hand.member])
          expect(before).not.toContain(one)
        const hands: Id[] = [author.member, ...opinions.map(({ hand }) => hand.member), signed.hand.member]
        const votes = group?.votes.map(({ hand }) => hand.member) ?? []
        if (adjudication !== null && group === null) hands.push(adjudication.hand.member)
        if (escalated !== null && !hands.includes(escalated.hand.member)) hands.push(escalated.hand.member)
        hands.push(...votes)
        for (const one of group?.members ?? []) expect(one).not.toBe(signed.hand.member)
        expect(new Set(hands).size).toBe(hands.length)
      }
    }, 300)
  })

  test('a fact has all the opinions its category asks for, agreeing, or an adjudication that upheld it', () => {
    expectInEveryState((state) => {
      for (const revision of state.revisions) {
        if (revision.signed === null) continue
        const upheld = revision.adjudication?.outcome === 'uphold'
        if (revision.escalated !== null) {
          // As many agree as two reviewers would have, and no opinion was passed over unopened.
          const { outcome } = revision.adjudication!
          const votes = revision.group?.votes.filter((vote) => vote.outcome === outcome) ?? []
          expect(upheld).toBe(true)
          expect(votes.length).toBeGreaterThanOrEqual(2)
          if (revision.opinions.length > 0) expect(revision.opened).not.toBe(null)
          continue
        }
        expect(revision.opinions).toHaveLength(opinionsNeeded(revision.rule))
        expect(revision.opened).not.toBe(null)
        const agreed = revision.opinions.every(({ decision }) => decision === 'agree')
        expect(agreed !== upheld).toBe(true)
        if (upheld)
          expect(revision.opinions.map(({ decision }) => decision).sort()).toEqual(['agree', 'disagree'])
      }
    }, 300)
  })

  test('a fact of a category with re-typing has what each reviewer typed', () => {
    expectInEveryState((state) => {
      for (const { rule, opinions } of state.revisions)
        for (const { rekey } of opinions) expect(rekey !== null).toBe(rule.verification === 'dual-rekey')
    }, 200)
  })

  test('what a group settles has its majority, each member counted once and none who took part before', () => {
    expectInEveryState((state) => {
      for (const { author, opinions, group, adjudication } of state.revisions) {
        if (group === null) continue
        const voters = group.votes.map(({ hand }) => hand.member)
        expect(new Set(voters).size).toBe(voters.length)
        for (const voter of voters) {
          if (group.members.length > 0) expect(group.members).toContain(voter)
          expect([author, ...opinions.map(({ hand }) => hand)].map(({ member }) => member)).not.toContain(
            voter,
          )
        }
        if (adjudication === null) continue
        const alike = group.votes.filter(({ outcome }) => outcome === adjudication.outcome)
        if (group.members.length === 0) expect(alike).toHaveLength(2)
        else expect(alike.length * 2).toBeGreaterThan(group.members.length)
      }
    }, 300)
  })

  test('a question is answered by the author alone and settled by whoever asked', () => {
    expectInEveryState((state) => {
      for (const query of state.queries) {
        const { author } = state.revisions.find((one) => one.revision === query.revision)!
        expect(query.asked.member).not.toBe(author.member)
        for (const answer of query.answers) expect(answer.hand.member).toBe(author.member)
        if (query.resolved !== null) expect(query.resolved.hand.member).toBe(query.asked.member)
      }
    }, 200)
  })

  test('an error is traced to those who took part, never by one of them', () => {
    expectInEveryState((state) => {
      for (const fault of state.faults) {
        expect(fault.traced).not.toContain(fault.finder.member)
        for (const answer of fault.answers) expect(fault.traced).toContain(answer.hand.member)
      }
    }, 200)
  })

  test('nobody has a hand in their own dossier, or outside the categories granted to them', () => {
    expectInEveryState((state, steps) => {
      for (const step of counting(steps)) {
        expect(step.memberCadre).not.toBe(state.cadre)
        const { act } = step.act
        if (!['submit', 'withdraw', 'answer', 'resolve', 'answer-fault'].includes(act))
          expect(state.revisions.some(({ rule }) => mayHandle(step.grants, rule))).toBe(true)
      }
    }, 200)
  })

  test('no decision shows before somebody opened it, and none says other than was committed to', () => {
    expectInEveryState((state, steps) => {
      const opened = counting(steps).filter(({ act }) => act.act === 'open')
      for (const { revision, opinions, opened: hand } of state.revisions)
        for (const opinion of opinions) {
          if (opinion.decision === null) continue
          expect(hand).not.toBe(null)
          const published = opened.flatMap(({ act }) =>
            act.act === 'open' && act.revision === revision ? act.opinions : [],
          )
          expect(published).toContainEqual(
            expect.objectContaining({ reviewer: opinion.hand.member, decision: opinion.decision }),
          )
        }
    }, 200)
  })

  test('without an opening there is nothing agreed, disputed or signed', () => {
    fc.assert(
      fc.property(histories, ({ steps }) => {
        const { state } = follow(steps.filter(({ act }) => act.act !== 'open'))
        for (const revision of state?.revisions ?? []) {
          for (const opinion of revision.opinions) expect(opinion.decision).toBe(null)
          if (revision.escalated !== null) continue
          expect(['submitted', 'in-review', 'unopened', 'returned', 'withdrawn']).toContain(revision.status)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  test('a record has one fact at most: its head, the last of a line from a first entry', () => {
    expectInEveryState((state) => {
      const archived = state.revisions.filter(({ status }) => status === 'archived')
      expect(archived.map(({ revision }) => revision)).toEqual(state.head === null ? [] : [state.head])
      for (let at = state.head; at !== null; ) {
        const revision = state.revisions.find((one) => one.revision === at)
        expect(revision?.signed).not.toBe(null)
        at = revision?.parent ?? null
      }
    }, 300)
  })

  test('the fact at the end of time is the fact', () => {
    expectInEveryState((state) => {
      expect(headAt(state, '9999-12-31T23:59:59.999Z')?.revision ?? null).toBe(state.head)
    }, 200)
  })

  test('a conflict stays until a signed revision settles it by name', () => {
    expectInEveryState((state) => {
      const signed = state.revisions.filter((revision) => revision.signed !== null)
      const line = new Set<string>()
      for (let at = state.head; at !== null; ) {
        line.add(at)
        at = state.revisions.find((one) => one.revision === at)?.parent ?? null
      }
      for (const revision of signed.filter((one) => !line.has(one.revision))) {
        const settled = signed.some(
          (one) => line.has(one.revision) && one.settles.includes(revision.revision),
        )
        expect(['conflict', settled ? 'superseded' : 'conflict']).toContain(revision.status)
      }
    }, 300)
  })
})

test.skipIf(isMutationRun)('the histories come to every place there is, or they would prove little', () => {
  const reached = new Set(
    fc
      .sample(histories, { seed: 20_261_122, numRuns: 600 })
      .flatMap(({ steps }) => follow(steps).state?.revisions ?? [])
      .map(({ status }) => status),
  )
  // Where the level above comes in, the histories of above.test.ts go.
  const here = revisionStatuses.filter((status) => status !== 'referred' && status !== 'awaiting-above')
  expect([...reached].sort()).toEqual([...here].sort())
  const states = fc
    .sample(histories, { seed: 20_261_122, numRuns: 1500 })
    .flatMap(({ steps }) => follow(steps).state ?? [])
  const revisions = states.flatMap((state) => state.revisions)
  const facts = revisions.filter(({ signed }) => signed !== null)
  const places = {
    assigned: revisions.some(({ assigned }) => assigned !== null),
    escalatedFact: facts.some(({ escalated }) => escalated !== null),
    openedForAdjudication: revisions.some(({ escalated, opened }) => escalated !== null && opened !== null),
    groupFact: facts.some(({ group }) => group !== null),
    rekeyedFact: facts.some(({ rule }) => rule.verification === 'dual-rekey'),
    answered: states.some(({ queries }) => queries.some(({ answers }) => answers.length > 0)),
    resolved: states.some(({ queries }) => queries.some(({ resolved }) => resolved !== null)),
    fault: states.some(({ faults }) => faults.some(({ answers }) => answers.length > 0)),
  }
  expect(Object.entries(places).filter(([, reachedIt]) => !reachedIt)).toEqual([])
})
