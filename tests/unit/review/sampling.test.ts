import { describe, expect, test } from 'vitest'
import { readCatalogue, categoryRules } from '../../../src-shared/catalogue/read.ts'
import { intolerableRows, lotDigest, maySample, sampleSize } from '../../../src-shared/review/sampling.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { shippedCatalogue } from '../catalogue/helpers.ts'

const usual = { tolerablePermille: 50, confidencePermille: 950 }

/** The shipped catalogue with one category under a plan. */
function withSampling(id: string) {
  const catalogue = shippedCatalogue()
  const categories = catalogue.categories.map((one) => (one.id === id ? { ...one, sampling: usual } : one))
  return { ...catalogue, categories }
}

describe('the size of a sample', () => {
  test('is what tables of sampling without replacement say for 5 % and 95 %', () => {
    expect([20, 50, 100, 1000].map((lot) => sampleSize(lot, usual))).toEqual([19, 31, 45, 57])
  })

  test('is the whole lot where nothing smaller would do, and never nothing', () => {
    expect([1, 2, 5, 10].map((lot) => sampleSize(lot, usual))).toEqual([1, 2, 5, 10])
  })

  test('is reckoned from at least one wrong row, rounded up', () => {
    expect([1, 20, 21, 1000].map((lot) => intolerableRows(lot, usual))).toEqual([1, 1, 2, 50])
  })
})

describe('sampling', () => {
  test('is off in the catalogue that comes with the product', () => {
    expect(categoryRules(shippedCatalogue()).filter(({ sampling }) => sampling !== undefined)).toEqual([])
  })

  test.each(['A1', 'B7', 'E5'])('is refused by the reader of catalogues for %s, which is sensitive', (id) => {
    expect(readCatalogue(withSampling(id))).toMatchObject({ ok: false, error: { code: 'format/invalid' } })
  })

  test('stands in the signed rule of a category that allows it', () => {
    const read = readCatalogue(withSampling('D10'))
    expect(read.ok && categoryRules(read.value).find(({ category }) => category === 'D10')?.sampling).toEqual(
      usual,
    )
  })

  test('is never for sensitive data, for discipline, or where each reviewer types again', () => {
    expect([1, 2, 3, 4].map((level) => maySample({ level, verification: 'dual' }))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(maySample({ level: 1, verification: 'dual-rekey' })).toBe(false)
  })
})

test('the rows of a lot are one list in whatever order they come, by revision and then by record', () => {
  const [one, two, three] = [
    { record: 'b', revision: '1' },
    { record: 'a', revision: '2' },
    { record: 'b', revision: '2' },
  ] as const
  const rows = [one, two, three].map(({ record, revision }) => [record, revision])
  const bytes = canonicalBytes({ rows, type: 'liandang/lot-rows/1' })
  const digest = toHex(nodePrimitives.sha256(bytes))
  for (const order of [
    [one, two, three],
    [three, two, one],
    [two, one, three],
    [three, one, two],
  ])
    expect(lotDigest(nodePrimitives, order)).toBe(digest)
})
