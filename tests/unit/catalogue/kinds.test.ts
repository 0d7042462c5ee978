import { describe, expect, test } from 'vitest'
import { areaOfIdentity, areaPath, areasBelow, parseArea } from '../../../src-shared/catalogue/areas.ts'
import { hasFormat, parseDocumentNumber } from '../../../src-shared/catalogue/document-number.ts'
import { displayValue, formatFieldInput, parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import { parseOrganisation } from '../../../src-shared/catalogue/organisation.ts'
import { parsePeriod } from '../../../src-shared/catalogue/period.ts'
import { parseAttachments, parseCadreReference } from '../../../src-shared/catalogue/references.ts'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, CodeTable, Field } from '../../../src-shared/catalogue/schema.ts'
import { checkSuccessor } from '../../../src-shared/catalogue/successor.ts'
import { validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { valuesSchema } from '../../../src-shared/catalogue/values.ts'
import { compareRekeyed } from '../../../src-shared/review/rekey.ts'
import { category, field, shippedCatalogue, today } from './helpers.ts'

const catalogue = shippedCatalogue()
const areas = catalogue.codeTables.find(({ id }) => id === 'area') as CodeTable

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: { code: string } }

/** The normal form, or the code of the fault. */
function outcome<T>(read: Read<T>): T | string {
  return read.ok ? read.value : read.fault.code
}

describe('a period', () => {
  const read = (input: string, isClosed = false, mayBeFuture = false) =>
    outcome(parsePeriod(input, { asOf: '2026-11-22', isClosed, mayBeFuture }))

  test.each([
    ['2020-01/2021-03', '2020-01/2021-03'],
    ['2020.01-2021.03', '2020-01/2021-03'],
    ['1998.07--2001.03', '1998-07/2001-03'],
    ['2020年1月至2021年3月5日', '2020-01/2021-03-05'],
    ['２０２０．１２ ～ 至今', '2020-12/..'],
    ['2020-01 至今', '2020-01/..'],
    ['2020-01/..', '2020-01/..'],
    ['2020\t', '2020/..'],
    ['2020/5/1\t2020/5/3', '2020-05-01/2020-05-03'],
    ['2020', 'period-form'],
    ['2020-05-01', 'period-form'],
    ['\t2020', 'period-start'],
    ['2021-03/2020-01', 'order'],
    ['2020-01/2021-13', 'date-calendar'],
    ['2027-01/..', 'date-future'],
    ['2020-01/2027-01', 'date-future'],
  ])('%s is %s', (input, expected) => {
    expect(read(input)).toBe(expected)
  })

  test('goes on only where that is allowed, and into the future only where that is', () => {
    expect(read('2020-01 至今', true)).toBe('period-open')
    expect(read('2020-01/2027-01', true, true)).toBe('2020-01/2027-01')
  })

  test('may end in the year in which it began, whichever month that was', () => {
    expect(read('2020-05/2020')).toBe('2020-05/2020')
  })
})

describe('an organisation', () => {
  const read = (input: string, needsCode = false) => outcome(parseOrganisation(input, needsCode))
  const code = '91520304MA11900560'

  test.each([
    ['贵州清河实业有限公司', '贵州清河实业有限公司'],
    [`贵州清河实业有限公司（${code}）`, `贵州清河实业有限公司（${code}）`],
    [`贵州清河实业有限公司(${code.toLowerCase()})`, `贵州清河实业有限公司（${code}）`],
    [`贵州清河实业有限公司 ${code}`, `贵州清河实业有限公司（${code}）`],
    [`贵州清河实业有限公司\t${code}`, `贵州清河实业有限公司（${code}）`],
    ['华联（2012）工程部', '华联（2012）工程部'],
    ['清河县财政局（本级）', '清河县财政局（本级）'],
    [`某公司（${code.slice(0, 17)}1）`, 'credit-code-check'],
    ['某公司（91520304MA1190056）', 'credit-code-length'],
    [`\t${code}`, 'organisation-name'],
    [`某公司（${code}）\t${code}`, 'organisation-name'],
    ['单'.repeat(101), 'text-too-long'],
  ])('%s is %s', (input, expected) => {
    expect(read(input)).toBe(expected)
  })

  test('has a code where the catalogue asks for one', () => {
    expect(read('清河县财政局', true)).toBe('organisation-code')
  })
})

describe('the number of a paper', () => {
  test('is upper case and without white space', () => {
    expect(outcome(parseDocumentNumber(' ｅ1234 5678 '))).toBe('E12345678')
    expect(outcome(parseDocumentNumber('黔（2019）第1号'))).toBe('document-number')
    expect(outcome(parseDocumentNumber('E1'))).toBe('document-number')
  })

  test.each([
    ['passport', 'E12345678', true],
    ['passport', 'EA1234567', true],
    ['passport', 'PE1234567', true],
    ['passport', 'EI1234567', false],
    ['passport', 'C12345678', false],
    ['hongKongMacaoPermit', 'C12345678', true],
    ['hongKongMacaoPermit', 'CA1234567', true],
    ['hongKongMacaoPermit', 'E12345678', false],
    ['taiwanPermit', 'L12345678', true],
    ['taiwanPermit', 'C12345678', false],
    ['homeReturnPermit', 'H1234567800', true],
    ['homeReturnPermit', '12345678', true],
    ['foreignPassport', 'X1234A', true],
  ] as const)('as a %s %s: %s', (format, number, expected) => {
    expect(hasFormat(number, format)).toBe(expected)
  })

  test('is compared with the kind of paper that was chosen', () => {
    const papers = category(catalogue, 'B2')
    const codes = (kind: string, number: string) =>
      validateRecord(papers, catalogue, { declaration: 'present', values: { kind, number } }, today)
        .filter(({ field: id }) => id === 'number')
        .map(({ code, severity }) => [code, severity])
    expect(codes('01', 'E12345678')).toEqual([])
    expect(codes('03', 'E12345678')).toEqual([['document-format', 'warning']])
    expect(codes('90', 'E12345678')).toEqual([])
  })
})

describe('an area', () => {
  const read = (input: string) => outcome(parseArea(areas, input))

  test.each([
    ['520304', '520304'],
    ['贵州省遵义市播州区', '520304'],
    ['贵州省 遵义市 播州区', '520304'],
    ['贵州遵义播州', '520304'],
    ['贵州播州区', '520304'],
    ['遵义市', '520300'],
    ['黔东南', '522600'],
    ['宁夏', '640000'],
    ['北京市东城区', '110101'],
    ['湖北仙桃', '429004'],
    ['鼓楼区', 'area-ambiguous'],
    ['清河镇', 'code-unknown'],
    ['', 'code-unknown'],
  ])('%s is %s', (input, expected) => {
    expect(read(input)).toBe(expected)
  })

  test('lies in those above it, and Beijing has no prefecture between', () => {
    expect(areaPath(areas, '520304')).toEqual(['520000', '520300', '520304'])
    expect(areaPath(areas, '110101')).toEqual(['110000', '110101'])
    expect(areaPath(areas, '999999')).toEqual([])
    expect(areasBelow(areas, '')).toHaveLength(34)
    expect(areasBelow(areas, '520300')).toContainEqual({ code: '520304', name: '播州区' })
  })

  test('each can be reached from a province, and each label reads back to its code', () => {
    const reached = (code: string): readonly string[] =>
      areasBelow(areas, code).flatMap((area) => [area.code, ...reached(area.code)])
    expect(new Set(reached(''))).toEqual(new Set(areas.items.map(({ code }) => code)))
    for (const { code, label } of areas.items) expect(read(label)).toBe(code)
  })

  test('of an identity number is the nearest that still stands', () => {
    expect(areaOfIdentity(areas, '520304199001010000')).toBe('520304')
    // Zunyi county is Bozhou district now.
    expect(areaOfIdentity(areas, '522121199001010000')).toBe('520000')
    expect(areaOfIdentity(areas, '830000199001010000')).toBe(null)
  })
})

describe('a cadre and pieces of evidence', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const digest = id + id

  test('a cadre is chosen, never only named', () => {
    expect(outcome(parseCadreReference(`张三#${id}`))).toBe(`张三#${id}`)
    expect(outcome(parseCadreReference('张三'))).toBe('cadre-unlinked')
    expect(outcome(parseCadreReference(`#${id}`))).toBe('name-length')
  })

  test('pieces are digests, each once', () => {
    expect(outcome(parseAttachments(`${digest}  ${digest}`))).toBe(digest)
    expect(outcome(parseAttachments(`upload:${id} ${digest}`))).toBe(`upload:${id} ${digest}`)
    expect(outcome(parseAttachments('扫描件.pdf'))).toBe('attachment-form')
    const many = Array.from({ length: 21 }, (_, n) => n.toString(16).padStart(64, '0')).join(' ')
    expect(outcome(parseAttachments(many))).toBe('too-many-attachments')
  })

  test('typed again, a cadre is the dossier and not the name, and the order of pieces says nothing', () => {
    const other = id.replace('0', '1')
    const own: Field = { id: 'who', label: '干部', kind: 'cadre', critical: true }
    const pieces: Field = { id: 'what', label: '材料', kind: 'attachment', critical: true }
    const one = { ...category(catalogue, 'D4'), fields: [own, pieces] }
    const entered = { who: `张三#${id}`, what: `${digest} ${digest.replace('0', '1')}` }
    const agrees = (typed: typeof entered) =>
      compareRekeyed(one, { declaration: 'present', values: entered }, typed).map((line) => line.agrees)
    expect(agrees({ who: `张叁#${id}`, what: `${digest.replace('0', '1')} ${digest}` })).toEqual([true, true])
    expect(agrees({ ...entered, who: `张三#${other}` })).toEqual([false, true])
  })
})

describe('rows of a sub-table', () => {
  const payments = field(category(catalogue, 'D1'), 'payments')
  const read = (input: string) => parseFieldInput(payments, catalogue, input, { asOf: today })

  test('are read cell by cell from a form, and blank ones are left out', () => {
    const typed = [{ year: '2023', kind: ' 顾问费 ', amount: '1.2' }, {}, { year: ' ' }]
    const rows = [{ year: '2023', kind: '顾问费', amount: { amount: 120, currency: 'CNY' } }]
    expect(read(JSON.stringify(typed))).toEqual({ ok: true, value: rows })
    expect(read('[{}]')).toEqual({ ok: true, value: null })
    expect(displayValue(payments, rows, catalogue)).toBe('2023 顾问费 ¥1.20')
    expect(valuesSchema.safeParse({ payments: rows }).success).toBe(true)
    expect(valuesSchema.safeParse({ payments: [] }).success).toBe(false)
  })

  test('are read from a cell of a table, one line a row', () => {
    const value = [
      { year: '2023', kind: '顾问费', amount: { amount: 100, currency: 'CNY' } },
      { year: '2024', kind: '讲课费', amount: { amount: 200, currency: 'USD' } },
    ]
    expect(read('2023|顾问费|1\n2024｜讲课费｜USD 2')).toEqual({ ok: true, value })
    expect(read(formatFieldInput(value))).toEqual({ ok: true, value })
  })

  test.each([
    ['见附件', 'rows-form', undefined],
    ['[1]', 'rows-form', undefined],
    ['[{"year":"2023","kind":"a","amount":"1","other":"x"}]', 'rows-form', undefined],
    ['[{"year":"2023","kind":"讲课费","amount":"约3万"}]', 'rows-cell', { row: 1, column: '金额（元）' }],
    ['2023|顾问费|1\n2024||2', 'rows-cell-blank', { row: 2, column: '名目' }],
    [Array.from({ length: 31 }, () => '2023|顾问费|1').join('\n'), 'rows-too-many', { limit: 30 }],
  ])('%s is refused', (input, code, params) => {
    const { fault } = read(input) as { fault: object }
    expect(fault).toEqual(params === undefined ? { code } : { code, params })
  })

  test('that are stored are judged like those that are typed', () => {
    const findings = (payment: unknown) =>
      validateRecord(
        category(catalogue, 'D1'),
        catalogue,
        { declaration: 'present', values: { payments: payment as never } },
        today,
      )
        .filter(({ field: id }) => id === 'payments')
        .map(({ code }) => code)
    const row = { year: '2023', kind: '顾问费', amount: { amount: 120, currency: 'CNY' } }
    expect(findings([row])).toEqual([])
    expect(findings('2023|顾问费|1')).toEqual(['value-type'])
    expect(findings([{ ...row, amount: '1' }])).toEqual(['rows-cell'])
    expect(findings([{ ...row, kind: ' 顾问费' }])).toEqual(['rows-cell'])
    expect(findings([row, {}])).toEqual(['value-form'])
    expect(findings([{ ...row, more: 'x' }])).toEqual(['rows-form'])
  })
})

describe('the settings of kinds', () => {
  const changed = (
    change: (one: Field) => Field,
    categoryId = 'A1',
    fieldId = 'identityNumber',
  ): Catalogue => ({
    ...catalogue,
    categories: catalogue.categories.map((one) =>
      one.id === categoryId
        ? { ...one, fields: one.fields.map((item) => (item.id === fieldId ? change(item) : item)) }
        : one,
    ),
  })
  const faults = (candidate: Catalogue) => {
    const read = readCatalogue(candidate)
    return read.ok ? [] : read.error.detail?.['paths']
  }

  test('an identity number fills fields that there are, of the kinds that it says', () => {
    const fill = (fills: Field['fills']) => faults(changed((one) => ({ ...one, fills: fills ?? {} })))
    expect(fill({ birth: 'birth', sex: 'sex', area: 'registeredArea' })).toEqual([])
    const wrong = ['category A1: field identityNumber: fills']
    expect(fill({ birth: 'nobody' })).toEqual(wrong)
    expect(fill({ sex: 'people' })).toEqual(wrong)
    expect(fill({ area: 'nativePlace' })).toEqual(wrong)
    expect(fill({})).toEqual(wrong)
  })

  test('a setting of another kind, rows without columns and critical rows are refused', () => {
    expect(faults(changed((one) => ({ ...one, closed: true })))).toEqual([
      'category A1: field identityNumber: closed',
    ])
    const rows = (change: (one: Field) => Field) => faults(changed(change, 'D1', 'payments'))
    expect(rows(({ columns: _columns, ...one }) => one)).toEqual(['category D1: field payments: columns'])
    expect(rows((one) => ({ ...one, critical: true }))).toEqual(['category D1: field payments: critical'])
    const twice = rows((one) => ({ ...one, columns: [...(one.columns ?? []), ...(one.columns ?? [])] }))
    expect(twice).toEqual(['category D1: field payments: columns'])
  })

  test('a table of areas has the codes of areas', () => {
    expect(faults(changed((one) => ({ ...one, table: 'sex' }), 'A1', 'registeredArea'))).toContain(
      'category A1: field registeredArea: table',
    )
  })

  test('columns that are there stay what they are in the next version', () => {
    const next = (columns: Field['columns']) => ({
      ...changed((one) => ({ ...one, columns: columns ?? [] }), 'D1', 'payments'),
      version: catalogue.version + 1,
    })
    const { columns = [] } = field(category(catalogue, 'D1'), 'payments')
    const codes = (of: Field['columns']) => checkSuccessor(catalogue, next(of)).map(({ code }) => code)
    expect(codes([...columns, { id: 'note', label: '说明', kind: 'text' }])).toEqual([])
    expect(codes(columns.slice(1))).toEqual(['field-column'])
    expect(codes(columns.map((column) => ({ ...column, kind: 'text' })))).toEqual(['field-column'])
  })
})
