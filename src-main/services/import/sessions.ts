import type { ImportProblem } from '../../../src-shared/contract/import.ts'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { besideProblems } from '../../../src-shared/import/beside.ts'
import type { CellMark } from '../../../src-shared/import/cells.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import type { RowDraft } from '../../../src-shared/import/rows.ts'
import type { TableNotice } from '../../../src-shared/import/source.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Placement, TablePerson } from './cadre-matcher.ts'
import type { TableFile } from './table-file.ts'

/** A mapped row on its way to a record. */
export interface MappedRow {
  readonly cells: readonly string[]
  readonly draft: RowDraft
  /** Index of the person it is about. */
  readonly person: number
  readonly repeatOf: number | null
}

export interface RefusedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly marks?: readonly CellMark[]
}

/** Holds the rows of one pass against the dossiers they go to, and against the rows before them. */
export interface RowPass {
  check(draft: RowDraft, person: string, placement: NonNullable<Placement>): readonly Finding[]
}

/** Which rows are written, and which go to quarantine, as the people of the table stand now. */
export interface Sorted {
  readonly accepted: readonly MappedRow[]
  readonly refused: readonly RefusedRow[]
}

/** A previewed table: everything that `import.commit` will write, and nothing written yet. */
export class ImportSession {
  readonly file: string
  /** SHA-256 of the bytes, hex. */
  readonly digest: string
  /** Normal form of the headings, under which the mapping is remembered; null for a table without. */
  readonly headings: string | null
  readonly profile: ImportProfile
  readonly rows: number
  readonly people: readonly TablePerson[]
  readonly notices: readonly TableNotice[]
  /** Dossiers there were when the rows were matched: with another number the matching is out of date. */
  readonly dossiers: number
  /** The file itself, where records want evidence and it is about one person; else null. */
  readonly kept: TableFile | null
  readonly #mapped: readonly MappedRow[]
  readonly #checker: () => RowPass
  readonly #refused: readonly RefusedRow[]
  #sorted: Sorted | null = null

  constructor(parts: {
    readonly file: string
    readonly digest: string
    readonly headings: string | null
    readonly profile: ImportProfile
    readonly rows: number
    readonly people: readonly TablePerson[]
    readonly notices: readonly TableNotice[]
    readonly dossiers: number
    readonly kept: TableFile | null
    readonly mapped: readonly MappedRow[]
    readonly refused: readonly RefusedRow[]
    /** Holds rows against the dossiers as they stand when it is called. */
    checker(): RowPass
  }) {
    this.file = parts.file
    this.digest = parts.digest
    this.headings = parts.headings
    this.profile = parts.profile
    this.rows = parts.rows
    this.people = parts.people
    this.notices = parts.notices
    this.dossiers = parts.dossiers
    this.kept = parts.kept
    this.#mapped = parts.mapped
    this.#checker = parts.checker
    this.#refused = parts.refused
  }

  get sorted(): Sorted {
    this.#sorted ??= this.#sort()
    return this.#sorted
  }

  /** How many rows could be read, whoever they are about. */
  get readable(): number {
    return this.#mapped.length
  }

  decide(person: number, placement: Placement): void {
    const found = this.people[person]
    if (found === undefined) return
    found.placement = placement
    found.byHand = placement !== null
    this.#sorted = null
  }

  #sort(): Sorted {
    const accepted: MappedRow[] = []
    const undecided: RefusedRow[] = []
    const checker = this.#checker()
    for (const row of this.#mapped) {
      const person = this.people[row.person]
      if (person?.placement == null) {
        undecided.push(undecidedRow(this.profile, row, person))
        continue
      }
      const found = checker.check(row.draft, String(row.person), person.placement)
      const problems = besideProblems(row.draft.row, found)
      if (problems.length > 0) undecided.push({ row: row.draft.row, cells: row.cells, problems })
      else if (found.length === 0) accepted.push(row)
      else accepted.push({ ...row, draft: { ...row.draft, warnings: [...row.draft.warnings, ...found] } })
    }
    const refused =
      undecided.length === 0 ? this.#refused : [...this.#refused, ...undecided].sort((a, b) => a.row - b.row)
    return { accepted, refused }
  }
}

function undecidedRow(profile: ImportProfile, row: MappedRow, person: TablePerson | undefined): RefusedRow {
  const code = (person?.candidates.length ?? 0) > 0 ? 'cadre-undecided' : 'cadre-ambiguous'
  const problem = { row: row.draft.row, column: profile.cadre.nameColumn, field: null, code, params: {} }
  return { row: row.draft.row, cells: row.cells, problems: [problem] }
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
