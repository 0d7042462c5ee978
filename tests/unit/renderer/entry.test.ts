import { describe, expect, test } from 'vitest'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { askedFields, checkEntry } from '../../../src-renderer/features/entry/entry-check.ts'
import {
  correctionOf,
  draftOfCorrection,
  emptyDraft,
  settledBy,
  type EntryDraft,
} from '../../../src-renderer/features/entry/entry-draft.ts'
import { mayEnter } from '../../../src-renderer/features/entry/granted.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'
import { catalogue, category } from './catalogue.ts'

const asOf = '2026-11-22'
const house = category('C2')

function typed(inputs: EntryDraft['inputs'], change: Partial<EntryDraft> = {}): EntryDraft {
  return { ...emptyDraft(house, '刘建国'), inputs, ...change }
}

function codes(draft: EntryDraft): readonly string[] {
  return checkEntry(house, catalogue, draft, asOf).findings.map(
    (finding) => `${finding.field ?? ''}:${finding.code}`,
  )
}

describe('what is typed into an entry form', () => {
  test('is read to normal forms', () => {
    const check = checkEntry(
      house,
      catalogue,
      typed(
        {
          relation: '本人',
          address: ' 滨河路18号 ',
          area: '１２８.60㎡',
          acquiredOn: '2019年5月1日',
          price: '86',
        },
        { units: { price: '万元' } },
      ),
      asOf,
    )
    expect(check.values).toEqual({
      relation: '01',
      address: '滨河路18号',
      area: '128.6',
      acquiredOn: '2019-05-01',
      price: { amount: 86_000_000, currency: 'CNY' },
    })
    expect(check.hasErrors).toBe(false)
  })

  test('keeps the currency that was chosen', () => {
    const check = checkEntry(
      house,
      catalogue,
      typed({ relation: '01', address: '海外', price: '1,000' }, { currencies: { price: 'USD' } }),
      asOf,
    )
    expect(check.values['price']).toEqual({ amount: 100_000, currency: 'USD' })
  })

  test('is told field by field when it cannot be read', () => {
    expect(codes(typed({ relation: '01', address: '路', area: '约三百', acquiredOn: '2031-05' }))).toEqual([
      'area:number-form',
      'acquiredOn:date-future',
    ])
  })

  test('that cannot be read is not also called missing', () => {
    expect(codes(typed({ relation: '外星人', address: '路' }))).toEqual(['relation:code-unknown'])
  })

  test('lacks what is required', () => {
    expect(codes(typed({}))).toEqual(['relation:required', 'address:required'])
  })

  test('asks only whom it is about when there is nothing to declare', () => {
    const draft = typed({ relation: '10', address: '滨河路' }, { declaration: 'none' })
    expect(askedFields(house, draft).map((field) => field.id)).toEqual(['relation', 'holder'])
    const check = checkEntry(house, catalogue, draft, asOf)
    expect(check.values).toEqual({ relation: '10' })
    expect(check.hasErrors).toBe(false)
  })
})

function revision(id: string, status: RevisionStatus, change: Partial<RevisionView> = {}): RevisionView {
  const hand = { member: 'm', name: '陈立夏', device: 'd', at: '2026-11-01T00:00:00.000Z', commit: 'c' }
  return {
    revision: id,
    parent: null,
    status,
    catalogueVersion: 1,
    declaration: 'present',
    period: null,
    values: {},
    summary: '',
    source: { kind: 'document', from: '不动产登记中心', reference: null },
    reason: '',
    flags: [],
    explanations: [],
    evidence: [],
    papers: [],
    rekey: null,
    batch: null,
    drawn: null,
    author: hand,
    opinions: [],
    opinionsNeeded: 2,
    assigned: null,
    escalated: null,
    referred: null,
    directives: [],
    late: [],
    group: null,
    opened: null,
    discarded: [],
    returned: null,
    adjudication: null,
    signed: null,
    findings: [],
    ...change,
  }
}

function record(head: string | null, ...revisions: readonly RevisionView[]): RecordView {
  return {
    record: 'r',
    compartment: 'archive',
    cadre: 'k',
    cadreName: '刘建国',
    category: 'C2',
    head,
    conflict: revisions.some((one) => one.status === 'conflict'),
    rivalry: null,
    revisions,
    voids: [],
    ties: [],
    apart: null,
    queries: [],
    may: ['correct'],
  }
}

describe('a correction', () => {
  test('starts from the archived revision', () => {
    const view = record('b', revision('b', 'archived'), revision('a', 'superseded'))
    expect(correctionOf(view)?.base.revision).toBe('b')
  })

  test('of a returned entry starts from what was returned', () => {
    const view = record('a', revision('b', 'returned'), revision('a', 'archived'))
    expect(correctionOf(view)?.base.revision).toBe('b')
  })

  test('of a first entry that was returned has no parent', () => {
    const correction = correctionOf(record(null, revision('a', 'returned')))
    expect(correction === null ? null : draftOfCorrection(correction).parent).toBeNull()
  })

  test('settles every conflicting revision', () => {
    const view = record('a', revision('c', 'conflict'), revision('b', 'conflict'), revision('a', 'archived'))
    const correction = correctionOf(view)
    expect(correction === null ? [] : settledBy(correction)).toEqual(['c', 'b'])
    expect(correction?.base.revision).toBe('a')
  })

  test('fills the form with what can be read back to the same values', () => {
    const values = {
      relation: '01',
      area: '128.6',
      price: { amount: 12_345, currency: 'KRW' },
    }
    const evidence = [{ hash: 'e', name: '证.png', mediaType: 'image/png', size: 9 }]
    const view = record('a', revision('a', 'archived', { values, evidence }))
    const correction = correctionOf(view)
    if (correction === null) throw new Error('nothing to correct')
    const draft = draftOfCorrection(correction)
    expect(draft.inputs).toEqual({ relation: '01', area: '128.6', price: '123.45' })
    expect(draft.kept).toEqual(evidence)
    expect(draft.source.from).toBe('不动产登记中心')
    const check = checkEntry(house, catalogue, { ...draft, inputs: { ...draft.inputs, address: '路' } }, asOf)
    expect(check.values['price']).toEqual(values.price)
  })

  test('of an imported record does not call itself imported', () => {
    const source = { kind: 'import', from: '房管局', reference: 'a.csv 第 3 行' } as const
    const correction = correctionOf(record('a', revision('a', 'archived', { source })))
    expect(correction === null ? null : draftOfCorrection(correction).source.kind).toBe('document')
  })

  test('needs something to start from', () => {
    expect(correctionOf(record(null))).toBeNull()
  })
})

describe('the categories a member may enter', () => {
  const session = {
    unit: { id: 'u', name: '镇政府', policy: 'small' },
    member: { id: 'm', name: '陈', login: 'chen', roles: ['collector'], cadre: null, level: 3 },
    device: { id: 'd', name: '电脑' },
    compartments: ['control', 'archive'],
  } as const
  const terms = { level: 3, deputyFor: null, from: null, until: null } as const
  const unit = (
    roles: readonly { role: 'collector' | 'reviewer'; categories: string[]; inForce: boolean }[],
  ) => ({
    id: 'u',
    name: '镇政府',
    creditCode: null,
    policy: 'small' as const,
    foundedAt: '',
    recovery: { threshold: 2, holders: [] },
    unitRootPublicKey: '',
    catalogueVersion: 1,
    members: [
      {
        id: 'm',
        name: '陈',
        login: 'chen',
        roles: roles.map((role) => ({ ...role, ...terms, confirmed: role.inForce })),
        keyrings: [],
        fingerprint: '',
      },
    ],
    devices: [],
    keyrings: [],
    upstream: null,
    proposedUpstream: null,
  })

  const housing = { id: 'C2', level: 3 }
  const rents = { id: 'C3', level: 3 }

  test('are all of the level where a grant names none in particular', () => {
    const granted = unit([{ role: 'collector', categories: ['*'], inForce: true }])
    expect(mayEnter(granted, session, housing)).toBe(true)
    expect(mayEnter(granted, session, { id: 'E3', level: 4 })).toBe(false)
  })

  test('are those of grants in force, and of entering roles only', () => {
    const granted = unit([
      { role: 'collector', categories: ['C2'], inForce: true },
      { role: 'collector', categories: ['C3'], inForce: false },
      { role: 'reviewer', categories: ['*'], inForce: true },
    ])
    expect([housing, rents].map((category) => mayEnter(granted, session, category))).toEqual([true, false])
  })
})
