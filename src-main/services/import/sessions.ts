import type { ImportProblem } from '../../../src-shared/contract/import.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import type { RowDraft } from '../../../src-shared/import/rows.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'

/** A mapped row on its way to a record. */
export interface AcceptedRow {
  readonly cells: readonly string[]
  readonly draft: RowDraft
  /** The dossier it goes to: an existing one, or the index of one the import opens. */
  readonly cadre: { readonly known: Id } | { readonly opened: number }
  readonly repeatOf: number | null
}

export interface RefusedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
}

/** A previewed table: everything that `import.commit` will write, and nothing written yet. */
export interface ImportSession {
  readonly file: string
  readonly profile: ImportProfile
  readonly accepted: readonly AcceptedRow[]
  readonly refused: readonly RefusedRow[]
  /** Dossiers there were when the rows were matched: with another number the matching is out of date. */
  readonly dossiers: number
  /** Dossiers to be opened, in the order of the file. */
  readonly opened: readonly { readonly name: string; readonly identityNumber: string | null }[]
}

const keptSessions = 4

/** The newest few previews. They hold readable rows and so live in memory only. */
export class ImportSessions {
  readonly #sessions = new Map<Id, ImportSession>()

  put(id: Id, session: ImportSession): void {
    this.#sessions.set(id, session)
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > keptSessions && oldest !== undefined) this.#sessions.delete(oldest)
  }

  get(id: Id): ImportSession | undefined {
    return this.#sessions.get(id)
  }

  drop(id: Id): void {
    this.#sessions.delete(id)
  }
}
