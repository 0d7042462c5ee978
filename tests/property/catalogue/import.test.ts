import { fc } from '../../helpers/properties.ts'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { csvText } from '../../../src-shared/import/quarantine.ts'
import { mapRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { checkProfile, importProfileSchema } from '../../../src-shared/import/profile.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { category, shippedCatalogue, today } from '../../unit/catalogue/helpers.ts'
import { houses, readAll } from '../../unit/import/helpers.ts'

const catalogue = shippedCatalogue()

// No leading characters that would be made harmless, and no row of empty cells, which the reader leaves out.
const cell = fc
  .string({ unit: fc.constantFrom(...'张三𠮷a1 ,;|"·㎡\n'), maxLength: 12 })
  .map((text) => text.replaceAll('\r', ''))
const tables = fc.array(
  fc
    .tuple(fc.constantFrom('张三', '李四'), fc.array(cell, { minLength: 1, maxLength: 5 }))
    .map(([name, cells]) => [name, ...cells]),
  { minLength: 1, maxLength: 30 },
)

describe('a table', () => {
  test('is read back from its text to the same cells, in either encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom('utf-8' as const, 'gb18030' as const),
        async (cells, encoding) => {
          const bytes = new Uint8Array(iconv.encode(csvText(cells), encoding))
          const { rows, failure } = await readAll(bytes, { encoding, delimiter: ',' })
          expect(failure).toBe(null)
          expect(rows.map((row) => row.cells)).toEqual(cells)
          expect(rows.map((row) => row.row)).toEqual(cells.map((_, index) => index + 1))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('of any bytes is read or refused with a code, never with an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const { failure, rows } = await readAll(bytes, {
          maximumRows: 50,
          maximumColumns: 20,
          maximumCellLength: 50,
        })
        const refusals = ['import/encoding', 'import/not-a-table', 'import/too-large', 'import/too-many-rows']
        expect(failure === null ? rows.length > 0 : refusals.includes(failure.code)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a row', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('张三', '配偶', '本人', '12.5', '-', '拒绝申报', '无此情况', '2001-05', '25,000(25,000)'),
  )

  test('of any cells is a record without errors or has a problem, never neither', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 7 }), (cells) => {
        const outcome = mapRow(houses, catalogue, cells, 1, today)
        const sound =
          outcome.ok &&
          !hasErrors(
            validateRecord(category(catalogue, outcome.draft.category), catalogue, outcome.draft, today),
          )
        expect(outcome.ok ? sound : outcome.problems.length > 0).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a suggestion', () => {
  const labels = catalogue.categories.flatMap((item) =>
    item.fields.flatMap((field) => [field.label, ...(field.synonyms ?? [])]),
  )
  const headings = fc.oneof(
    fc.constantFrom('干部姓名', '姓名', '身份证号', '采集类别', '金额(万元)', '单价(元)'),
    fc.constantFrom(...labels),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )

  test('for any headings is a profile that can be remembered, and names nothing that the catalogue lacks', () => {
    fc.assert(
      fc.property(fc.array(headings, { maxLength: 20 }), (header) => {
        const { profile, missing } = suggestProfile([], catalogue, { header })
        expect(importProfileSchema.parse(profile)).toEqual(profile)
        const checked = checkProfile(profile, catalogue)
        expect(checked.ok ? { missing: [], unknown: [] } : checked.error.detail).toEqual({
          missing,
          unknown: [],
        })
      }),
      { numRuns: 500 },
    )
  })
})
