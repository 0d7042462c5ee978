import { fc } from '../../helpers/properties.ts'
import { expect, test } from 'vitest'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import {
  approver,
  author,
  digestOf,
  first,
  idOf,
  inspector,
  otherApprover,
  third,
  unit,
  Walk,
  type Person,
} from '../../unit/review/road-steps.ts'
import { isMutationRun, runs } from '../../helpers/runs.ts'
import { follow } from './histories.ts'
import { pictureOf } from './pictures.ts'
import { toldAnew } from './reference-of-steps.ts'

/*
 * An archived record to which two people objected who knew nothing of its signature. Devices that learn of it at different
 * times, and not at all of each other, say what it came to.
 */
const logs: readonly Id[] = [idOf('log of the office'), idOf('log b'), idOf('log c')]
const body = digestOf('what was said')
const fault = idOf('a fault')
const people: readonly Person[] = [
  approver,
  otherApprover,
  inspector,
  { ...author, role: 'approver' },
  { ...first, role: 'inspector' },
  { ...third, role: 'inspector' },
  { ...inspector, id: idOf('of another category'), categories: ['B2'] },
]

const move = fc.record({
  device: fc.nat({ max: 2 }),
  from: fc.nat({ max: 2 }),
  meets: fc.boolean(),
  person: fc.nat({ max: people.length - 1 }),
  objection: fc.nat({ max: 3 }),
  outcome: fc.constantFrom('unfounded', 'founded'),
  isCited: fc.boolean(),
})

const looked = { open: 0, once: 0, twice: 0 }

/** The record on the device of the office, with both objections, of which each other device made one. */
function objected(): { readonly revision: string; readonly steps: readonly RoadStep[] } {
  const walk = new Walk()
  const revision = walk.submit(author, 'one')
  walk.archive(revision)
  const found = { act: 'find-fault', revision, fault, kind: 'misentry', found: 'later' } as const
  walk.take(inspector, { ...found, traced: [author.id], body })
  const office = logs[0] as Id
  const steps = walk.steps.map((step, seq) => ({ ...step, seq, seen: { [office]: seq } }))
  const objections = [third, first].map((by, at) => {
    const log = logs[at + 1] as Id
    const step = walk.take(by, { act: 'return', revision, body }, { depth: 1, log })
    return { ...step, seq: 0, seen: { [office]: 1 } }
  })
  return { revision, steps: [...steps, ...objections] }
}

test('what was said to late objections is everywhere what the rules say, told anew and simply', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 12 }), fc.nat({ max: 99 }), (moves, turn) => {
      const { revision, steps } = objected()
      const objections = steps.filter(({ act }) => act.act === 'return')
      const views: RoadStep[][] = logs.map((log, at) =>
        steps.filter((step) => at === 0 || step.log === log || step.log === logs[0]),
      )
      const all = [...steps]
      for (const one of moves) {
        const view = views[one.device] as RoadStep[]
        if (one.meets) {
          view.push(...(views[one.from] as RoadStep[]).filter((step) => !view.includes(step)))
          continue
        }
        const log = logs[one.device] as Id
        const by = people[one.person] as Person
        const step: RoadStep = {
          ...(steps[0] as RoadStep),
          commit: digestOf(`answer ${all.length}`),
          depth: 1 + Math.max(...view.map(({ depth }) => depth)),
          log,
          seq: view.filter((other) => other.log === log).length,
          seen: Object.fromEntries(logs.map((of) => [of, view.filter((other) => other.log === of).length])),
          member: by.id,
          role: by.role,
          grants: [{ categories: by.categories ?? ['*'], level: 3 }],
          act: {
            act: 'settle-objection',
            revision,
            objection: objections[one.objection]?.commit ?? digestOf('nothing'),
            outcome: one.outcome,
            fault: one.isCited ? fault : null,
            body,
          },
        }
        view.push(step)
        all.push(step)
      }
      const { state } = follow(all)
      for (const { answers } of (state?.revisions ?? []).flatMap(({ late }) => late))
        looked[answers.length === 0 ? 'open' : answers.length === 1 ? 'once' : 'twice'] += 1
      expect(state?.head).toBe(revision)
      for (const known of [...views, all]) {
        const turned = [...known.slice(turn % known.length), ...known.slice(0, turn % known.length)].reverse()
        const there = follow(turned)
        const nothing = there.voids.map(({ commit, row }) => `${commit}/${row}`).sort()
        expect(pictureOf(there.state, nothing)).toEqual(toldAnew(unit, turned))
      }
    }),
    { numRuns: runs(400) },
  )
  if (isMutationRun) return
  // Histories that never come to an answer, or to two unknown to each other, prove nothing about them.
  expect(Object.entries(looked).filter(([, count]) => count === 0)).toEqual([])
})
