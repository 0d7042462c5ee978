import { beforeEach, describe, expect, test } from 'vitest'
import { callsOf, isPlain, useBatchOpinions } from '../../../src-renderer/features/review/batch-state.ts'
import { isComplete, noOpinion } from '../../../src-renderer/features/review/decision-form.tsx'
import { byCompartment } from '../../../src-renderer/features/signing/by-compartment.ts'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'

function row(revision: string, compartment: Compartment = 'archive'): BatchRow {
  return {
    record: `record-${revision}`,
    revision,
    compartment,
    cadre: 'k',
    cadreName: '刘建国',
    category: 'C2',
    summary: '',
    status: 'submitted',
    batch: 'b',
    authorName: '陈',
    submittedAt: '',
    waitingSince: '',
    due: null,
    urgency: null,
    assigned: [],
    opinions: 0,
    opinionsNeeded: 2,
    drawn: null,
    rival: false,
    declaration: 'present',
    values: {},
    evidence: [],
    flags: [],
    findings: [],
  }
}

const calls = (...seen: readonly string[]) => callsOf(useBatchOpinions.getState().opinions, new Set(seen))

const evidence = (hash: string) => ({ hash, name: '证.pdf', mediaType: 'application/pdf', size: 1 })

describe('an opinion', () => {
  test('that agrees needs no reason', () => {
    expect(isComplete({ ...noOpinion, decision: 'agree' })).toBe(true)
    expect(isComplete(noOpinion)).toBe(false)
  })

  test('that says no says why', () => {
    expect(isComplete({ ...noOpinion, decision: 'disagree' })).toBe(false)
    expect(isComplete({ ...noOpinion, decision: 'return', reasons: ['incomplete'] })).toBe(true)
  })

  test('with another reason says it in words', () => {
    expect(isComplete({ ...noOpinion, decision: 'disagree', reasons: ['other'], words: ' ' })).toBe(false)
    expect(isComplete({ ...noOpinion, decision: 'disagree', reasons: ['other'], words: '日期不对' })).toBe(
      true,
    )
  })
})

describe('a batch', () => {
  beforeEach(() => {
    useBatchOpinions.getState().start(`batch-${Math.random()}`)
  })

  test('begins without any opinion', () => {
    expect(calls()).toEqual({ decide: [], giveBack: [], incomplete: 0, unopened: [], waiting: 0 })
  })

  test('is agreed with row by row of those given, and over no opinion already given', () => {
    const { decide, agreeAll } = useBatchOpinions.getState()
    decide(row('1'), { decision: 'disagree', reasons: ['duplicate'] })
    agreeAll([row('1'), row('2')])
    expect(calls().decide[0]?.rows.map((one) => [one.revision, one.decision])).toEqual([
      ['1', 'disagree'],
      ['2', 'agree'],
    ])
  })

  test('is signed in one call a compartment', () => {
    const { agreeAll } = useBatchOpinions.getState()
    agreeAll([row('1'), row('2', 'discipline'), row('3')])
    expect(calls().decide.map((one) => [one.compartment, one.rows.length])).toEqual([
      ['archive', 2],
      ['discipline', 1],
    ])
  })

  test('gives rows back together when their reasons are the same', () => {
    const { decide } = useBatchOpinions.getState()
    decide(row('1'), { decision: 'return', reasons: ['incomplete'] })
    decide(row('2'), { decision: 'return', reasons: ['incomplete'] })
    decide(row('3'), { decision: 'return', reasons: ['duplicate'] })
    expect(calls().giveBack.map((one) => one.rows.map((place) => place.revision))).toEqual([
      ['1', '2'],
      ['3'],
    ])
  })

  test('counts opinions without reasons and signs none of them', () => {
    const { decide } = useBatchOpinions.getState()
    decide(row('1'), { decision: 'disagree' })
    expect(calls()).toEqual({ decide: [], giveBack: [], incomplete: 1, unopened: [], waiting: 0 })
  })

  test('signs no opinion about a row whose evidence was not opened, every piece of it', () => {
    const { decide } = useBatchOpinions.getState()
    decide({ ...row('1'), evidence: [evidence('e'), evidence('f')] }, { decision: 'agree' })
    decide(row('2'), { decision: 'agree' })
    expect(calls('evidence:e').unopened).toEqual(['1'])
    expect(calls('evidence:e').decide[0]?.rows.map(({ revision }) => revision)).toEqual(['2'])
    expect(calls('evidence:e', 'evidence:f').unopened).toEqual([])
    expect(calls('evidence:e', 'evidence:f').decide[0]?.rows).toHaveLength(2)
  })

  test('returns a row whose evidence was not opened: whoever cannot read it says so', () => {
    useBatchOpinions
      .getState()
      .decide(
        { ...row('1'), evidence: [evidence('e')] },
        { decision: 'return', reasons: ['evidence-missing'] },
      )
    expect(calls().giveBack).toHaveLength(1)
    expect(calls().unopened).toEqual([])
  })

  test('has rows that are agreed with together: those without remark, mark or evidence', () => {
    expect(isPlain(row('1'))).toBe(true)
    expect(isPlain({ ...row('1'), evidence: [evidence('e')] })).toBe(false)
    expect(isPlain({ ...row('1'), flags: ['duplicate'] })).toBe(false)
    expect(isPlain({ ...row('1'), findings: [{ code: 'product', severity: 'warning' }] })).toBe(false)
  })

  test('forgets the opinions of another batch', () => {
    useBatchOpinions.getState().agreeAll([row('1')])
    useBatchOpinions.getState().start('another')
    expect(useBatchOpinions.getState().opinions.size).toBe(0)
  })
})

test('rows to be signed are parted by compartment', () => {
  expect(byCompartment([row('1'), row('2', 'discipline'), row('3')])).toEqual([
    {
      compartment: 'archive',
      rows: [
        { record: 'record-1', revision: '1' },
        { record: 'record-3', revision: '3' },
      ],
    },
    { compartment: 'discipline', rows: [{ record: 'record-2', revision: '2' }] },
  ])
})
