import { readFileSync } from 'node:fs'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category, Field } from '../../../src-shared/catalogue/schema.ts'
import type { Parsed } from '../../../src-shared/catalogue/findings.ts'

export const today = '2026-11-22'

/** The bytes of the catalogue that comes with the program. */
export const shippedBytes = new Uint8Array(
  readFileSync(new URL('../../../resources/catalogue/default.json', import.meta.url)),
)

export function shippedCatalogue(): Catalogue {
  const read = readCatalogue(shippedBytes)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

export function category(catalogue: Catalogue, id: string): Category {
  const found = catalogue.categories.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no category ${id}`)
  return found
}

export function field(of: Category, id: string): Field {
  const found = of.fields.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no field ${id}`)
  return found
}

/** The value, or the code of the fault, so that a table of examples can name either. */
export function outcome<T>(parsed: Parsed<T>): T | string {
  return parsed.ok ? parsed.value : `fault:${parsed.fault.code}`
}
