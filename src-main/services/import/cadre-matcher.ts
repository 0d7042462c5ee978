import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { cadresByIdentity, cadresByName } from '../../vault/dossier-queries.ts'

export type MatchedCadre = { readonly known: Id } | { readonly opened: number }

/**
 * Finds the dossier of each row: by ID number and name, else by name. Where these do not point to one dossier, nobody
 * guesses. Rows of one file that name the same unknown person go to one new dossier.
 */
export class CadreMatcher {
  readonly #database: Database
  readonly #matched = new Map<string, MatchedCadre | null>()
  readonly opened: { readonly name: string; readonly identityNumber: string | null }[] = []

  constructor(database: Database) {
    this.#database = database
  }

  /** Null when the name alone does not tell which of several dossiers is meant. */
  match(name: string, identityNumber: string | null): MatchedCadre | null {
    const key = JSON.stringify([name, identityNumber])
    const before = this.#matched.get(key)
    if (before !== undefined) return before
    const found = this.#find(name, identityNumber)
    this.#matched.set(key, found)
    return found
  }

  get known(): number {
    const ids = [...this.#matched.values()].flatMap((match) =>
      match !== null && 'known' in match ? [match.known] : [],
    )
    return new Set(ids).size
  }

  get ambiguous(): number {
    return [...this.#matched.values()].filter((match) => match === null).length
  }

  #find(name: string, identityNumber: string | null): MatchedCadre | null {
    if (identityNumber !== null) {
      const [same] = cadresByIdentity(this.#database, identityNumber)
      // One number under two names: one of them is wrong, and it is not for a program to say which.
      if (same !== undefined) return same.name === name ? { known: same.id } : null
    }
    const namesakes = cadresByName(this.#database, name)
    const [only] = namesakes
    if (identityNumber === null) {
      if (namesakes.length > 1) return null
      if (only !== undefined) return { known: only.id }
    } else if (namesakes.some((cadre) => cadre.identity_number === null)) {
      // A dossier without a number may be this person's or another's.
      return null
    }
    return this.#open(name, identityNumber)
  }

  #open(name: string, identityNumber: string | null): MatchedCadre | null {
    const alike = this.opened.filter(
      (cadre) => cadre.name === name || cadre.identityNumber === identityNumber,
    )
    const clash = alike.some(
      (cadre) =>
        (cadre.identityNumber !== null && cadre.identityNumber === identityNumber) ||
        (cadre.name === name && (cadre.identityNumber === null || identityNumber === null)),
    )
    if (clash) return null
    this.opened.push({ name, identityNumber })
    return { opened: this.opened.length - 1 }
  }
}
