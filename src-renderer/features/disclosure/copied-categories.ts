import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { DossierView } from '../../../src-shared/contract/views.ts'

/** A category of a dossier that has something archived. */
export interface FilledCategory {
  readonly category: Category
  readonly archived: number
}

/** What of a dossier can be copied, in the order of the catalogue. */
export function filledCategories(
  dossier: DossierView,
  categories: readonly Category[],
): readonly FilledCategory[] {
  return categories.flatMap((category) => {
    const archived = dossier.records.filter(
      (record) => record.category === category.id && record.head !== null,
    ).length
    return archived === 0 ? [] : [{ category, archived }]
  })
}

/** Whether a copy waits for a second person. */
export function needsApproval(chosen: readonly string[], filled: readonly FilledCategory[]): boolean {
  return filled.some(({ category }) => category.level === 4 && chosen.includes(category.id))
}
