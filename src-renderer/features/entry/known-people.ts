import { createContext, useContext, useMemo } from 'react'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DossierView } from '../../../src-shared/contract/views.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import { holderFields, People, relationTable, type KnownPerson } from '../../../src-shared/dossier/people.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { pinyinInitials } from '../../../src-shared/search/pinyin.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { useEntry } from './entry-state.ts'

/** Somebody a person field can name, as the list under it shows them. */
export interface PersonChoice {
  readonly value: string
  readonly label: string
  /** Null where no relation goes with the name. */
  readonly relation: string | null
}

/** The dossier that the form is for, where its page has read it already: a second reading would be entered again. */
export const FormDossier = createContext<DossierView | null>(null)

/** The cadre and the kin who are registered in the dossier the form is for, once they are wanted. */
export function useKnownPeople(isWanted: boolean): readonly PersonChoice[] {
  const { catalogue } = useDesk()
  const cadre = useEntry((entry) => entry.form?.place.cadre ?? null)
  const read = useContext(FormDossier)
  const dossier = useQuery(
    'cadre.read',
    cadre === null || read !== null || !isWanted ? null : { cadre, at: null, purpose: entryPurpose },
    [],
  )
  const data = read ?? dossier.data
  return useMemo(() => {
    if (data === null) return []
    const people = new People(data.cadre.name, data.records)
    return choicesOf(catalogue, [people.cadre, ...people.kin])
  }, [catalogue, data])
}

export function choicesOf(catalogue: Catalogue, people: readonly KnownPerson[]): readonly PersonChoice[] {
  return people.flatMap(({ name, relation }) => {
    if (name === null || name === '') return []
    const word = relation === null ? null : (codeItem(catalogue, relationTable, relation)?.label ?? null)
    return [{ value: name, label: [name, word].filter((part) => part !== null).join(' · '), relation }]
  })
}

/** Those whose name, relation or initials hold what was typed; all of them while nothing is. */
export function matching(choices: readonly PersonChoice[], typed: string): readonly PersonChoice[] {
  const wanted = foldForSearch(typed.trim())
  // A name that stands there whole asks for nobody else.
  if (choices.some(({ value }) => value === typed.trim())) return []
  return choices.filter(({ value, label }) =>
    `${foldForSearch(label)} ${foldForSearch(pinyinInitials(value))}`.includes(wanted),
  )
}

/** The field of the relation that goes with the person who holds what a record is about. */
export function relationBeside(catalogue: Catalogue, category: string, field: string): string | null {
  const found = findCategory(catalogue, category)
  if (found === null) return null
  const { relation, holder } = holderFields(found)
  return holder?.id === field ? (relation?.id ?? null) : null
}
