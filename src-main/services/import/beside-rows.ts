import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { categoriesBeside, type BesideRecord } from '../../../src-shared/catalogue/record-checks.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { RowDraft } from '../../../src-shared/import/rows.ts'
import type { Session } from '../context.ts'
import { BesideReader } from '../dossier/beside.ts'
import type { Placement } from './cadre-matcher.ts'
import type { RowPass } from './sessions.ts'

/** Earlier rows about one person that a row is held against; of more, the dossier alone is looked at. */
const mostRows = 500

/** Holds rows against the dossiers they go to, and against the rows before them. One lives for one pass. */
export class RowChecker implements RowPass {
  readonly #catalogue: Catalogue
  readonly #reader: BesideReader
  readonly #before = new Map<string, BesideRecord[]>()

  /** @param asOf today, `YYYY-MM-DD` */
  constructor(session: Session, catalogue: Catalogue, asOf: string) {
    this.#catalogue = catalogue
    this.#reader = new BesideReader(session, catalogue, asOf)
  }

  /** `person`: what tells the people of the table apart; `placement` is decided. */
  check(draft: RowDraft, person: string, placement: NonNullable<Placement>): readonly Finding[] {
    const category = findCategory(this.#catalogue, draft.category)
    if (category === null) return []
    const cadre = placement === 'open' ? null : placement.known
    const key = cadre ?? person
    const rows = this.#before.get(key) ?? []
    const place = { cadre, category, record: null }
    const looked = categoriesBeside(category).length > 0
    const found = looked
      ? this.#reader.findings(place, draft, this.#catalogue, rows.length > mostRows ? [] : rows)
      : []
    const isRefused = found.some(({ severity }) => severity === 'error')
    if (draft.declaration === 'present' && !isRefused) {
      rows.push({ record: null, category: draft.category, values: draft.values })
      this.#before.set(key, rows)
    }
    return found
  }
}
