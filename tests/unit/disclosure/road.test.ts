import { describe, expect, test } from 'vitest'
import { followDisclosure } from '../../../src-shared/disclosure/road.ts'
import type { DisclosureAct, DisclosureStep } from '../../../src-shared/disclosure/states.ts'

const id = 'a'.repeat(32)
const cadre = 'c'.repeat(32)
const record = 'd'.repeat(32)
const scope = '5'.repeat(64)
const revision = '7'.repeat(64)
const what = { cadre, form: 'print', scope, records: 2 } as const

let depth = 0

/** The next step, by a member, in the order of the list. */
function step(member: string, act: DisclosureAct, changes: Partial<DisclosureStep> = {}): DisclosureStep {
  depth += 1
  return {
    commit: String(depth).padStart(64, '0'),
    depth,
    index: 0,
    row: 0,
    at: '2026-11-22T01:00:00.000Z',
    device: 'e'.repeat(32),
    member,
    memberCadre: null,
    compartment: 'discipline',
    body: 'b'.repeat(64),
    act,
    ...changes,
  }
}

const request = (member: string) => step(member, { act: 'request', ...what })
const make = (member: string, changes: Partial<typeof what> = {}) =>
  step(member, { act: 'make', isRequested: true, ...what, ...changes })
const approve = (member: string) => step(member, { act: 'approve' })
const ask = (member: string, changes = {}) =>
  step(member, { act: 'ask', cadre, category: 'C6', record, isInPlace: true, ...changes })
const offer = (changes = {}) => step('clerk', { act: 'offer', cadre, record, revision, ...changes })
const correct = (member: string) => step(member, { act: 'answer', outcome: 'corrected', revision })

const codes = (...steps: readonly DisclosureStep[]) =>
  followDisclosure(id, steps).voids.map(({ code }) => code)
const statusOf = (...steps: readonly DisclosureStep[]) => followDisclosure(id, steps).state?.status

describe('a copy with anything of level 4', () => {
  test('leaves once, after another member approved it, in the hands of who asked', () => {
    const steps = [request('inspector'), approve('approver'), make('inspector')]
    expect(codes(...steps)).toEqual([])
    expect(statusOf(...steps)).toBe('made')
  })

  test('is approved by nobody who asked for it', () => {
    expect(codes(request('approver'), approve('approver'))).toEqual(['disclosure/own-request'])
  })

  test('does not leave without an approval, nor after a refusal', () => {
    expect(codes(request('inspector'), make('inspector'))).toEqual(['disclosure/not-approved'])
    const refused = [request('inspector'), step('approver', { act: 'refuse' }), make('inspector')]
    expect(codes(...refused)).toEqual(['disclosure/not-approved'])
    expect(statusOf(...refused)).toBe('refused')
  })

  test('does not leave twice', () => {
    expect(codes(request('inspector'), approve('approver'), make('inspector'), make('inspector'))).toEqual([
      'disclosure/used',
    ])
  })

  test('is made by nobody but who asked', () => {
    expect(codes(request('inspector'), approve('approver'), make('first'))).toEqual([
      'disclosure/not-requester',
    ])
  })

  test.each([
    ['scope', '6'.repeat(64)],
    ['records', 3],
    ['form', 'file'],
    ['cadre', 'f'.repeat(32)],
  ])('is exactly what was approved (%s)', (member, other) => {
    expect(codes(request('inspector'), approve('approver'), make('inspector', { [member]: other }))).toEqual([
      'disclosure/other-scope',
    ])
  })

  test('is unknown before it is asked for', () => {
    expect(codes(approve('approver'), make('inspector'))).toEqual([
      'disclosure/no-such-request',
      'disclosure/no-such-request',
    ])
  })

  test('is answered once', () => {
    expect(codes(request('inspector'), approve('approver'), step('first', { act: 'refuse' }))).toEqual([
      'disclosure/already-answered',
    ])
  })

  test('is asked for, approved and made by nobody whom it is about', () => {
    const about = { memberCadre: cadre }
    expect(codes({ ...request('inspector'), ...about })).toEqual(['review/about-oneself'])
    expect(codes(request('inspector'), { ...approve('approver'), ...about })).toEqual([
      'review/about-oneself',
    ])
  })

  test('comes to one end whatever order its steps arrive in', () => {
    const steps = [request('inspector'), approve('approver'), make('inspector'), make('inspector')]
    const whole = followDisclosure(id, steps)
    expect(followDisclosure(id, [...steps].reverse())).toEqual(whole)
  })
})

describe('a copy that nobody was asked for', () => {
  const plain = { act: 'make', isRequested: false, ...what } as const

  test('stands in the archive', () => {
    expect(statusOf(step('collector', plain, { compartment: 'archive' }))).toBe('made')
  })

  test('never stands in the discipline compartment', () => {
    expect(codes(step('inspector', plain))).toEqual(['disclosure/not-approved'])
  })

  test('is not made over another of its number', () => {
    const made = () => step('collector', plain, { compartment: 'archive' })
    expect(codes(made(), made())).toEqual(['disclosure/used'])
  })
})

describe('a correction request', () => {
  test('ends with the revision that was submitted for it', () => {
    const steps = [ask('clerk'), offer(), correct('approver')]
    expect(codes(...steps)).toEqual([])
    expect(followDisclosure(id, steps).state).toMatchObject({ status: 'corrected', revision })
  })

  test('is not called corrected by a revision that nobody submitted for it', () => {
    expect(codes(ask('clerk'), correct('approver'))).toEqual(['disclosure/no-revision'])
  })

  test('is refused without a revision', () => {
    const refuse = (named: string | null) =>
      step('approver', { act: 'answer', outcome: 'refused', revision: named })
    expect(statusOf(ask('clerk'), refuse(null))).toBe('refused')
    expect(codes(ask('clerk'), offer(), refuse(revision))).toEqual(['disclosure/no-revision'])
  })

  test('is answered by another than registered it, and once', () => {
    expect(codes(ask('approver'), offer(), correct('approver'))).toEqual(['disclosure/own-request'])
    expect(codes(ask('clerk'), offer(), correct('approver'), correct('approver'))).toEqual([
      'disclosure/already-answered',
    ])
  })

  test('takes revisions of its own record and dossier only', () => {
    expect(codes(ask('clerk'), offer({ record: 'f'.repeat(32) }))).toEqual(['disclosure/other-record'])
    expect(codes(ask('clerk'), offer({ cadre: 'f'.repeat(32) }))).toEqual(['disclosure/other-record'])
    expect(codes(ask('clerk', { record: null }), offer({ record: 'f'.repeat(32) }))).toEqual([])
  })

  test('stands where its category does', () => {
    expect(codes(ask('clerk', { isInPlace: false }))).toEqual(['authority/wrong-compartment'])
  })

  test('is neither approved as a copy, nor is a copy answered as a correction', () => {
    expect(codes(ask('clerk'), approve('approver'))).toEqual(['disclosure/no-such-request'])
    expect(codes(request('inspector'), correct('approver'))).toEqual(['disclosure/no-such-request'])
  })

  test('is not registered over another of its number', () => {
    expect(codes(ask('clerk'), ask('clerk'))).toEqual(['disclosure/request-twice'])
  })
})
