import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import { maximumCatalogueBytes } from '../../../src-shared/catalogue/schema.ts'
import { readCatalogue } from '../../../src-shared/catalogue/validate.ts'
import { shippedBytes } from './helpers.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any place of the document is edited
type Json = any

function edited(edit: (catalogue: Json) => void): Json {
  const value = JSON.parse(new TextDecoder().decode(shippedBytes))
  edit(value)
  return value
}

function paths(value: unknown): string {
  const read = readCatalogue(value)
  if (read.ok) return 'accepted'
  expect(read.error.code).toBe('format/invalid')
  return (
    (read.error.detail?.paths as readonly string[] | undefined)?.join('\n') ??
    String(read.error.detail?.reason)
  )
}

const c2 = (catalogue: Json): Json => catalogue.categories.find((item: Json) => item.id === 'C2')
const fieldOf = (of: Json, id: string): Json => of.fields.find((item: Json) => item.id === id)

describe('reading a catalogue', () => {
  test('takes its bytes or its parsed value', () => {
    const fromBytes = readCatalogue(shippedBytes)
    expect(fromBytes.ok).toBe(true)
    expect(readCatalogue(edited(() => undefined))).toEqual(fromBytes)
  })

  test('refuses bytes that are not JSON, not UTF-8, or too many', () => {
    expect(readCatalogue(utf8('{'))).toMatchObject({
      ok: false,
      error: { code: 'format/invalid', detail: { reason: 'json' } },
    })
    expect(readCatalogue(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({
      error: { detail: { reason: 'json' } },
    })
    expect(readCatalogue(new Uint8Array(maximumCatalogueBytes + 1))).toMatchObject({
      error: { code: 'format/too-large' },
    })
  })

  test('refuses what could not be signed', () => {
    expect(paths(edited((value) => (value.version = 1.5)))).toBe('number')
    expect(paths(edited((value) => (value.title = '\uD800')))).toBe('surrogate')
    expect(paths(null)).toContain('object')
  })

  test('refuses unknown members, so that a misspelt rule is not silently ignored', () => {
    expect(paths(edited((value) => (fieldOf(c2(value), 'address').requird = true)))).toContain('requird')
  })

  test.each<[string, (catalogue: Json) => void, string]>([
    ['a category twice', (value) => value.categories.push(value.categories[0]), 'category A1: twice'],
    ['a field twice', (value) => c2(value).fields.push(c2(value).fields[0]), 'field relation twice'],
    ['a table twice', (value) => value.codeTables.push(value.codeTables[0]), 'table owner: twice'],
    [
      'a code twice',
      (value) => value.codeTables[1].items.push({ code: '1', label: '男子' }),
      'table sex: code 1 twice',
    ],
    [
      'one word for two items',
      (value) => value.codeTables[1].items.push({ code: '5', label: '未知', synonyms: ['男'] }),
      'table sex: one word for two items',
    ],
    ['level 4 outside the discipline compartment', (value) => (c2(value).level = 4), 'level and compartment'],
    [
      'an archive level inside it',
      (value) => (c2(value).compartment = 'discipline'),
      'level and compartment',
    ],
    ['a group that is not the id’s', (value) => (c2(value).group = 'B'), 'category C2: group'],
    ['an owner that is no department', (value) => (c2(value).owner = '别处'), 'category C2: owner'],
    ['a code field without a table', (value) => delete fieldOf(c2(value), 'kind').table, 'field kind: table'],
    ['a table that is not there', (value) => (fieldOf(c2(value), 'kind').table = 'nowhere'), 'no such table'],
    ['a text with a table', (value) => (fieldOf(c2(value), 'address').table = 'sex'), 'field address: table'],
    [
      'a summary of a field that is not there',
      (value) => (c2(value).summary = '{nothing}'),
      'summary names nothing',
    ],
    ['bounds on a text', (value) => (fieldOf(c2(value), 'address').minimum = '1'), 'field address: bounds'],
    [
      'bounds the wrong way round',
      (value) => (fieldOf(c2(value), 'share').minimum = '200'),
      'field share: bounds',
    ],
    [
      'a length of a number',
      (value) => (fieldOf(c2(value), 'area').maximumLength = 5),
      'field area: maximumLength',
    ],
    ['a unit of a text', (value) => (fieldOf(c2(value), 'address').unit = '米'), 'field address: unit'],
    [
      'a future number',
      (value) => (fieldOf(c2(value), 'area').mayBeFuture = true),
      'field area: mayBeFuture',
    ],
    [
      'an order between things that are no dates',
      (value) =>
        c2(value).crossChecks.push({ check: 'order', from: 'area', to: 'disposedOn', severity: 'error' }),
      'check order: area',
    ],
    [
      'a check of a field that is not there',
      (value) =>
        c2(value).crossChecks.push({ check: 'order', from: 'acquiredOn', to: 'gone', severity: 'error' }),
      'check order: gone',
    ],
    [
      'a requirement on a code that is not there',
      (value) => (c2(value).crossChecks[1].is = ['77']),
      'check requires: code 77',
    ],
    [
      'money without a table of currencies',
      (value) => (value.codeTables = value.codeTables.filter((table: Json) => table.id !== 'currency')),
      'field price: no currencies',
    ],
    [
      'a field id that every object has',
      (value) => (fieldOf(c2(value), 'share').id = 'constructor'),
      'reserved',
    ],
    ['a declaration twice', (value) => c2(value).declarations.push('none'), 'declarations'],
    [
      'a minimum that is not in normal form',
      (value) => (fieldOf(c2(value), 'share').minimum = '0.0'),
      'decimal',
    ],
  ])('refuses %s', (_, edit, message) => {
    expect(paths(edited(edit))).toContain(message)
  })
})
