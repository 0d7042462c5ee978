import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src-shared/log/operations.ts'
import type { UpstreamState } from '../../../src-shared/access/authority-state.ts'
import type { Header } from '../../../src-shared/log/header.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { nothingSeen } from '../../../src-shared/log/sight.ts'
import { stepsOf } from '../../../src-shared/review/steps.ts'
import { UnitFixture, type FixtureOperation } from '../../helpers/unit-fixture.ts'
import { added, newcomer, signed } from '../access/chain.ts'
import { digestOf, idOf } from './road-steps.ts'

let unit: UnitFixture
beforeAll(async () => {
  unit = await UnitFixture.found()
})

const [one, two] = [idOf('record one'), idOf('record two')]
const [first, second] = [digestOf('revision one'), digestOf('revision two')]
const rows = [
  { record: one, revision: first },
  { record: two, revision: second },
]
const entity = idOf('entity')
const people = ['a', 'b', 'c'].map(idOf)

/** What stands on the road when these operations stand in one commit of the reviewer. */
function stepsIn(...operations: readonly FixtureOperation['operation'][]) {
  const made = unit.commit(
    { member: unit.members.reviewerOne, role: 'reviewer', compartment: 'archive' },
    operations.map((operation) => ({ operation })),
  )
  const { header, leaf } = made.commit
  const digests = header.ops.map(({ digest }) => digest)
  return {
    header,
    leaf,
    digests,
    steps: stepsOf(nodePrimitives, header, leaf, 7, unit.history().head, nothingSeen),
  }
}

function acts(...operations: readonly FixtureOperation['operation'][]) {
  const { steps, digests } = stepsIn(...operations)
  return { digests, acts: steps.map(({ record, step: { act } }) => [record, act]) }
}

describe('the step that an operation takes', () => {
  test('says who, where, when and with what right, and its place in the commit', () => {
    const { header, leaf, steps } = stepsIn(
      { op: 'review.return', entity, rows },
      { op: 'review.escalate', entity, rows: rows.slice(1) },
    )
    const common = {
      commit: leaf,
      depth: 7,
      at: header.at,
      device: unit.device.id,
      member: unit.members.reviewerOne.id,
      memberCadre: null,
      role: 'reviewer',
      grants: [{ categories: ['*'], level: 3 }],
      log: header.log,
      seq: header.seq,
    }
    expect(steps.map(({ step: { act: _act, seen: _seen, ...place } }) => place)).toEqual([
      { ...common, index: 0, row: 0 },
      { ...common, index: 0, row: 1 },
      { ...common, index: 1, row: 0 },
    ])
    expect(steps.map(({ record }) => record)).toEqual([one, two, two])
  })

  test('is by somebody about whom there is a dossier, if the chain says so', () => {
    const person = { ...newcomer(unit, 'reviewer'), cadre: idOf('own dossier') }
    signed(unit, 'secadmin', added(unit, person))
    const { commit } = unit.commit({ member: person, role: 'reviewer', compartment: 'archive' }, [
      { operation: { op: 'review.return', entity, rows } },
    ])
    const [step] = stepsOf(nodePrimitives, commit.header, commit.leaf, 0, unit.history().head, nothingSeen)
    expect(step?.step).toMatchObject({ memberCadre: idOf('own dossier'), grants: [] })
  })

  test('of somebody the chain does not know, on a device it does not know, has no right', () => {
    const { header, leaf } = stepsIn({ op: 'review.return', entity, rows })
    const strange: Header = { ...header, member: idOf('nobody'), log: idOf('no log') }
    const [step] = stepsOf(nodePrimitives, strange, leaf, 0, unit.history().head, nothingSeen)
    expect(step?.step).toMatchObject({ memberCadre: null, device: idOf('no log'), grants: [] })
  })

  test('submits under the rule of its category, and nothing under none', () => {
    const submitted = {
      cadre: idOf('cadre'),
      category: 'B2',
      parent: first,
      settles: [second],
      batch: idOf('batch'),
      evidence: 3,
    }
    const found = acts({ op: 'record.submit', entity: one, ...submitted })
    const rule = unit.history().head.catalogue?.rules.get('B2')
    expect(rule?.verification).toBe('single')
    expect(found.acts).toEqual([[one, { act: 'submit', revision: found.digests[0], ...submitted, rule }]])
    expect(acts({ op: 'record.submit', entity: one, ...submitted, category: 'Z9' }).acts).toEqual([])
  })

  test('withdraws, decides, returns, opens, settles and signs row by row', () => {
    const commitment = digestOf('commitment')
    const rekey = digestOf('typed')
    const opinions = [{ reviewer: people[0] as string, decision: 'unopenable' as const }]
    const row = { record: one, revision: first }
    const found = acts(
      { op: 'record.withdraw', entity, rows },
      {
        op: 'review.decide',
        entity,
        rows: [
          { ...row, commitment },
          { ...row, commitment, rekey },
        ],
      },
      { op: 'review.return', entity, rows: [row] },
      { op: 'review.open', entity, rows: [{ ...row, opinions }] },
      { op: 'review.adjudicate', entity, rows: [{ ...row, outcome: 'reject' }] },
      { op: 'review.sign', entity, rows },
      { op: 'review.escalate', entity, rows: [row] },
    )
    const [, decided, returned, opened, settled, signature, escalated] = found.digests
    const about = { revision: first }
    expect(found.acts).toEqual([
      [one, { act: 'withdraw', revision: first }],
      [two, { act: 'withdraw', revision: second }],
      [one, { act: 'decide', ...about, commitment, body: decided }],
      [one, { act: 'decide', ...about, commitment, body: decided, rekey }],
      [one, { act: 'return', ...about, body: returned }],
      [one, { act: 'open', ...about, opinions, body: opened }],
      [one, { act: 'adjudicate', ...about, outcome: 'reject', body: settled }],
      [one, { act: 'sign', revision: first, body: signature }],
      [two, { act: 'sign', revision: second, body: signature }],
      [one, { act: 'escalate', ...about, body: escalated }],
    ])
    // What is absent is absent: a decision without typed values has no such member.
    expect(Object.keys(found.acts[2]?.[1] as object)).not.toContain('rekey')
  })

  test('assigns, drawn or by hand, and convenes', () => {
    const seed = digestOf('seed')
    const assigned = [{ record: one, revision: first, reviewers: people.slice(0, 2) }]
    const found = acts(
      { op: 'review.assign', entity, way: 'random', seed, rows: assigned },
      { op: 'review.assign', entity, way: 'hand', rows: assigned },
      { op: 'review.convene', entity, members: people, rows: [{ record: two, revision: second }] },
    )
    const [drawn, byHand, convened] = found.digests
    const reviewers = people.slice(0, 2)
    expect(found.acts).toEqual([
      [one, { act: 'assign', revision: first, reviewers, way: 'random', seed, body: drawn }],
      [one, { act: 'assign', revision: first, reviewers, way: 'hand', body: byHand }],
      [two, { act: 'convene', revision: second, members: people, body: convened }],
    ])
    expect(Object.keys(found.acts[1]?.[1] as object)).not.toContain('seed')
  })

  test('asks, answers and settles a question; finds and answers an error', () => {
    const about = { record: one, revision: first }
    const found = acts(
      { op: 'query.ask', entity, ...about, field: 'address' },
      { op: 'query.answer', entity, record: one },
      { op: 'query.resolve', entity, record: one },
      { op: 'fault.find', entity, ...about, kind: 'lateness', found: 'check', traced: people },
      { op: 'fault.answer', entity, record: two },
    )
    const [asked, answered, resolved, finding, reply] = found.digests
    expect(found.acts).toEqual([
      [one, { act: 'ask', revision: first, query: entity, field: 'address', body: asked }],
      [one, { act: 'answer', query: entity, body: answered }],
      [one, { act: 'resolve', query: entity, body: resolved }],
      [
        one,
        {
          act: 'find-fault',
          revision: first,
          fault: entity,
          kind: 'lateness',
          found: 'check',
          traced: people,
          body: finding,
        },
      ],
      [two, { act: 'answer-fault', fault: entity, body: reply }],
    ])
  })

  test('says under which version of the catalogue it was entered, where the header does', () => {
    const submitted = {
      ...{ cadre: idOf('cadre'), category: 'B2', parent: null, settles: [], batch: null, evidence: 0 },
      catalogue: 3,
    }
    const [version] = acts({ op: 'record.submit', entity: one, ...submitted }).acts
    expect(version?.[1]).toMatchObject({ act: 'submit', catalogue: 3 })
    const { catalogue: _, ...without } = submitted
    const [none] = acts({ op: 'record.submit', entity: one, ...without }).acts
    expect(Object.keys(none?.[1] as object)).not.toContain('catalogue')
  })

  test('submits nothing in a unit without a catalogue', () => {
    const operation = { op: 'record.submit', entity: one, cadre: idOf('cadre'), category: 'B2' } as const
    const rest = { parent: null, settles: [], batch: null, evidence: 0 }
    const { header, leaf } = stepsIn({ ...operation, ...rest })
    const state = { ...unit.history().head, catalogue: null }
    expect(stepsOf(nodePrimitives, header, leaf, 0, state, nothingSeen)).toEqual([])
  })

  test('refers to the level above and signs for it, with the nodes that may not answer any more', () => {
    const found = acts({ op: 'review.refer', entity, rows })
    const body = found.digests[0]
    expect(found.acts).toEqual([
      [one, { act: 'refer', revision: first, body }],
      [two, { act: 'refer', revision: second, body }],
    ])
    expect(Object.keys(found.acts[0]?.[1] as object)).not.toContain('formerNodes')
    const { header, leaf } = stepsIn(
      { op: 'review.refer', entity, rows },
      { op: 'review.sign', entity, rows: rows.slice(1) },
    )
    const node = (name: string) => ({ key: digestOf(name) }) as UpstreamState
    const state = { ...unit.history().head, formerUpstreams: [node('oldest'), node('older')] }
    const steps = stepsOf(nodePrimitives, header, leaf, 0, state, nothingSeen)
    const nodes = [digestOf('oldest'), digestOf('older')]
    expect(steps.map(({ step: { act } }) => [act.act, 'formerNodes' in act && act.formerNodes])).toEqual([
      ['refer', nodes],
      ['refer', nodes],
      ['sign', nodes],
    ])
  })

  test('carries what its commit had seen where it signs or may object to a signature, and nowhere else', () => {
    const { header, leaf } = stepsIn(
      { op: 'review.sign', entity, rows: rows.slice(1) },
      { op: 'record.withdraw', entity, rows: rows.slice(1) },
      { op: 'review.adjudicate', entity, rows: [{ record: one, revision: first, outcome: 'reject' }] },
      { op: 'review.adjudicate', entity, rows: [{ record: one, revision: first, outcome: 'uphold' }] },
      { op: 'query.answer', entity, record: one },
    )
    const sight = { [idOf('another log')]: 4 }
    const steps = stepsOf(nodePrimitives, header, leaf, 0, unit.history().head, sight)
    expect(steps.map(({ step }) => ('seen' in step ? step.seen : null))).toEqual([
      sight,
      sight,
      sight,
      null,
      null,
    ])
  })

  test('says that nobody looked at a row only where its operation does', () => {
    const draw = digestOf('draw')
    const commitment = digestOf('commitment')
    const found = acts({
      ...{ op: 'review.decide', entity, draw },
      rows: [
        { record: one, revision: first, commitment },
        { record: two, revision: second, commitment, unseen: true },
      ],
    })
    expect(found.acts.map(([, act]) => 'unseen' in (act as object))).toEqual([false, true])
    expect(found.acts.map(([, act]) => act)).toMatchObject([
      { act: 'decide', draw: { draw } },
      { act: 'decide', draw: { draw }, unseen: true },
    ])
  })

  test('is none for what is not on the road', () => {
    const strange = { op: 'cadre.open', entity } satisfies Partial<Operation>
    expect(stepsIn(strange).steps).toEqual([])
  })
})
