import { areaOfIdentity } from '../../../src-shared/catalogue/areas.ts'
import { identityFacts } from '../../../src-shared/catalogue/identity.ts'
import type { Catalogue, Field } from '../../../src-shared/catalogue/schema.ts'
import { useEntry } from './entry-state.ts'

/** Fills blank fields with what an identity number says of its holder; what was typed stays. */
export function fillFrom(field: Field, catalogue: Catalogue, number: string): void {
  const { form, type } = useEntry.getState()
  if (form === null || field.fills === undefined) return
  const facts = identityFacts(number)
  const table = catalogue.codeTables.find(
    ({ id }) => id === areaTableOf(catalogue, form.place.category, field),
  )
  const said: readonly (readonly [string | undefined, string | null])[] = [
    [field.fills.birth, facts.birth],
    [field.fills.sex, facts.sex],
    [field.fills.area, table === undefined ? null : areaOfIdentity(table, number)],
  ]
  for (const [id, value] of said) {
    if (id !== undefined && value !== null && (form.draft.inputs[id] ?? '').trim() === '') type(id, value)
  }
}

function areaTableOf(catalogue: Catalogue, category: string, field: Field): string | undefined {
  const fields = catalogue.categories.find(({ id }) => id === category)?.fields ?? []
  return fields.find(({ id }) => id === field.fills?.area)?.table
}
