import { useCallback, useState } from 'react'
import type { CatalogueEdit, EditProblems } from '../../../src-shared/catalogue/editing.ts'
import { useWorking } from './working.ts'

/** One step of the editor, with what kept the last one from being taken. */
export function useStep(): {
  readonly problems: EditProblems | null
  take(edit: CatalogueEdit): boolean
} {
  const [problems, setProblems] = useState<EditProblems | null>(null)
  const take = useCallback((edit: CatalogueEdit) => {
    const found = useWorking.getState().take(edit)
    setProblems(found)
    return found === null
  }, [])
  return { problems, take }
}

/** The properties of one thing that are wrong, by their name. */
export function wrongProperties(
  problems: EditProblems | null,
  place: { readonly category?: string; readonly field?: string },
): ReadonlySet<string> {
  const issues = problems?.issues ?? []
  return new Set(
    issues
      .filter(({ category, field }) => category === place.category && field === place.field)
      .map(({ what }) => what),
  )
}
