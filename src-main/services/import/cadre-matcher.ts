import {
  weighCandidates,
  type Candidate,
  type KnownPerson,
  type NamedPerson,
} from '../../../src-shared/import/people.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { cadresByIdentity, cadresByName, type CadreRow } from '../../vault/dossier-queries.ts'

/** Which dossier the rows of a person go to: one there is, a new one, or none until somebody has decided. */
export type Placement = { readonly known: Id } | 'open' | null

/** One person of a table. */
export interface TablePerson extends NamedPerson {
  readonly candidates: readonly Candidate[]
  rows: number
  placement: Placement
  /** A member chose the dossier; only then does anything but a number lead to one. */
  byHand: boolean
}

/**
 * Finds the dossier of each row. One with the same number and name is taken; a name that no dossier has opens a new
 * one; all else waits for a person's decision, with the dossiers that come into question and the reasons for each. Rows
 * that name the same person, as far as the table tells, are one.
 */
export class CadreMatcher {
  readonly #database: Database
  readonly #index = new Map<string, number>()
  readonly #numbers = new Set<string>()
  readonly #names = new Map<string, { numbered: boolean; unnumbered: boolean }>()
  readonly people: TablePerson[] = []

  constructor(database: Database) {
    this.#database = database
  }

  /** The index of the person in {@link people}. */
  personOf(named: NamedPerson): number {
    const { name, identityNumber, birth, unit } = named
    const key = JSON.stringify(identityNumber === null ? [name, birth, unit] : [name, identityNumber])
    let index = this.#index.get(key)
    if (index === undefined) {
      index = this.people.length
      this.people.push(this.#place(named))
      this.#index.set(key, index)
    }
    const person = this.people[index] as TablePerson
    person.rows += 1
    return index
  }

  #place(named: NamedPerson): TablePerson {
    const { name, identityNumber } = named
    const same = identityNumber === null ? [] : cadresByIdentity(this.#database, identityNumber)
    const [numbered] = same
    const found = { ...named, rows: 0, byHand: false }
    if (numbered?.name === name) return { ...found, candidates: [], placement: { known: numbered.id } }
    // Another number is another person; no number may be anybody of that name.
    const namesakes = cadresByName(this.#database, name).filter(
      (cadre) => identityNumber === null || cadre.identity_number === null,
    )
    // One number under two names: one of them is wrong, and it is not for a program to say which.
    const candidates = weighCandidates(named, [...same, ...namesakes].map(known))
    const clashes = this.#clashes(named)
    const isNew = candidates.length === 0 && !clashes
    return { ...found, candidates, placement: isNew ? 'open' : null }
  }

  /** Whether an earlier person of the table may be the same one, or has the same number. */
  #clashes({ name, identityNumber }: NamedPerson): boolean {
    const alike = this.#names.get(name) ?? { numbered: false, unnumbered: false }
    const clash =
      identityNumber === null
        ? alike.numbered || alike.unnumbered
        : alike.unnumbered || this.#numbers.has(identityNumber)
    this.#names.set(name, {
      numbered: alike.numbered || identityNumber !== null,
      unnumbered: alike.unnumbered || identityNumber === null,
    })
    if (identityNumber !== null) this.#numbers.add(identityNumber)
    return clash
  }
}

function known({ id, name, identity_number, post }: CadreRow): KnownPerson {
  return { cadre: id, name, identityNumber: identity_number, post }
}
