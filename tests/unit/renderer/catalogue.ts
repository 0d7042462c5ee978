import { readFileSync } from 'node:fs'
import { findCategory, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'

/** The catalogue that comes with the product. */
export const catalogue: Catalogue = (() => {
  const read = readCatalogue(
    readFileSync(new URL('../../../resources/catalogue/default.json', import.meta.url)),
  )
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
})()

export function category(id: string): Category {
  const found = findCategory(catalogue, id)
  if (found === null) throw new Error(`no category ${id}`)
  return found
}
