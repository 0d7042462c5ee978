import { expect, test } from 'vitest'
import { attachedValues } from '../../../src-main/services/dossier/attached.ts'
import { category, shippedCatalogue } from '../catalogue/helpers.ts'

const papers = category(shippedCatalogue(), 'B2')
const [first, second] = ['a'.repeat(64), 'b'.repeat(64)] as const
const id = 'c'.repeat(32)
const entry = (hash: string) => ({ hash, key: '', mediaType: 'image/png', name: 'a.png', size: 1 })
const wanted = [{ kept: first }, { upload: id }]
const entries = [entry(first), entry(second)]

test('an attachment names the digest of a file in place of its upload', () => {
  const values = { number: 'E12345678', copy: `upload:${id} ${first}` }
  expect(attachedValues(papers, values, wanted, entries)).toEqual({ ...values, copy: `${second} ${first}` })
})

test('a piece that is chosen twice is named once', () => {
  const values = { copy: `upload:${id} ${second}` }
  expect(attachedValues(papers, values, wanted, entries)).toEqual({ copy: second })
})

test('an attachment names nothing but the evidence of the revision', () => {
  expect(attachedValues(papers, { copy: 'd'.repeat(64) }, wanted, entries)).toBe(null)
  expect(attachedValues(papers, { copy: `upload:${'d'.repeat(32)}` }, wanted, entries)).toBe(null)
})
