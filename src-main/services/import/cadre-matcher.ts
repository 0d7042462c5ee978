import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { cadresByIdentity, cadresByName } from '../../vault/dossier-queries.ts'

export type MatchedCadre = { readonly known: Id } | { readonly opened: number }

/**
 * Finds the dossier of each row: by ID number, else by name. A name that several dossiers share is nobody's to guess.
 * Rows of one file that name the same unknown person go to one new dossier.
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
      if (same !== undefined) return { known: same.id }
    } else {
      const same = cadresByName(this.#database, name)
      if (same.length > 1) return null
      if (same[0] !== undefined) return { known: same[0].id }
    }
    this.opened.push({ name, identityNumber })
    return { opened: this.opened.length - 1 }
  }
}
