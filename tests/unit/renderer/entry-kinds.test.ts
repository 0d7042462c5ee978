import { beforeEach, describe, expect, test } from 'vitest'
import { field } from '../catalogue/helpers.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { checkEntry } from '../../../src-renderer/features/entry/entry-check.ts'
import { draftOfCorrection, emptyDraft } from '../../../src-renderer/features/entry/entry-draft.ts'
import { fillFrom } from '../../../src-renderer/features/entry/entry-fill.ts'
import { withKnownPieces } from '../../../src-renderer/features/entry/entry-pieces.ts'
import { useEntry } from '../../../src-renderer/features/entry/entry-state.ts'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { shippedCatalogue } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()
const asOf = '2026-11-22'

function categoryOf(id: string): Category {
  const found = findCategory(catalogue, id)
  if (found === null) throw new Error(id)
  return found
}

describe('an identity number in a form', () => {
  const person = categoryOf('A1')
  const number = '520304199003070020'

  beforeEach(() => {
    useEntry.getState().open({ cadre: 'c', category: 'A1', record: null }, emptyDraft(person, '张三'), [])
  })

  test('fills the blank birth, sex and area', () => {
    fillFrom(field(person, 'identityNumber'), catalogue, number)
    expect(useEntry.getState().form?.draft.inputs).toEqual({
      birth: '1990-03-07',
      sex: '2',
      registeredArea: '520304',
    })
  })

  test('leaves what was typed as it is', () => {
    useEntry.getState().type('birth', '1990-03')
    fillFrom(field(person, 'identityNumber'), catalogue, number)
    expect(useEntry.getState().form?.draft.inputs).toMatchObject({ birth: '1990-03', sex: '2' })
  })

  test('fills nothing where the catalogue does not say what', () => {
    const { fills: _fills, ...plain } = field(person, 'identityNumber')
    fillFrom(plain, catalogue, number)
    expect(useEntry.getState().form?.draft.inputs).toEqual({})
  })
})

describe('a form of compound fields', () => {
  const sideline = categoryOf('D1')
  const inputs = {
    organization: '贵州清河实业有限公司\t91520304ma11900560',
    locatedIn: '520304',
    kind: '03',
    position: '顾问',
    period: '2023.5\t',
    payments: '[{"year":"2023","kind":"顾问费","amount":"12000"},{}]',
  }

  test('is read to the normal forms, and a correction begins with the same values', () => {
    const check = checkEntry(sideline, catalogue, { ...emptyDraft(sideline, ''), inputs }, asOf)
    expect(check.findings).toEqual([])
    expect(check.values).toMatchObject({
      organization: '贵州清河实业有限公司（91520304MA11900560）',
      period: '2023-05/..',
      payments: [{ year: '2023', kind: '顾问费', amount: { amount: 1_200_000, currency: 'CNY' } }],
    })
    const base = {
      values: check.values,
      declaration: 'present',
      source: { kind: 'form', from: '' },
      evidence: [],
    }
    const draft = draftOfCorrection({
      record: { cadreName: '', head: null } as RecordView,
      base: base as unknown as RevisionView,
    })
    expect(draft.currencies).toEqual({})
    expect(checkEntry(sideline, catalogue, draft, asOf).values).toEqual(check.values)
  })

  test('tells what is wrong in the field where it is', () => {
    const wrong = { ...inputs, period: '2023\t2022', payments: '[{"year":"2023","kind":"","amount":"1"}]' }
    const draft = { ...emptyDraft(sideline, ''), inputs: wrong }
    expect(checkEntry(sideline, catalogue, draft, asOf).findings).toEqual([
      { code: 'order', params: { from: '2023', to: '2022' }, severity: 'error', field: 'period' },
      { code: 'rows-cell-blank', params: { row: 1, column: '名目' }, severity: 'error', field: 'payments' },
    ])
  })
})

test('pieces of evidence that were removed since they were chosen are not submitted', () => {
  const papers = categoryOf('B2')
  const [kept, gone] = ['a'.repeat(64), 'b'.repeat(64)]
  const id = 'c'.repeat(32)
  const file = new File(['x'], 'a.png')
  const upload = { key: 1, file, name: 'a.png', size: 1, sent: 1, upload: id, failure: null }
  const draft = { kept: [{ hash: kept, name: 'k.png', mediaType: 'image/png', size: 1 }] }
  const values = (copy: string) =>
    withKnownPieces(papers, draft as never, [upload], { number: 'E12345678', copy })
  expect(values(`${kept} ${gone} upload:${id}`)).toEqual({
    number: 'E12345678',
    copy: `${kept} upload:${id}`,
  })
  expect(values(gone)).toEqual({ number: 'E12345678' })
})
