import type { TieFinding, TieFindings } from '../../../src-shared/contract/log-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { avoidanceCategory, peopleIn, type Tie } from '../../../src-shared/review/apart.ts'
import type { Database } from '../../vault/database.ts'
import { readCadre } from '../../vault/dossier-queries.ts'
import { readLogs } from '../../vault/log-table.ts'
import { register, type NamingRow } from '../../vault/named-person.ts'
import { recordsWithHand } from '../../vault/taking-part.ts'
import type { Session } from '../context.ts'
import { stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from './filters.ts'
import { apartCategories, kinDossiers, lineDossiers, tiesIn, type Avoiding } from './ties.ts'

interface Kept {
  /** What the logs held then, and what the member at work saw of them. */
  readonly mark: string
  readonly findings: TieFindings
}

const kept = new WeakMap<Session, Kept>()

/**
 * Who took part in a record although something ties them to its cadre: everything of the kind that the member at work may
 * see. What another device, or another client, let pass comes to light here; so does what was known too late.
 */
export function tieFindings(session: Session): TieFindings {
  const findings = workedOut(session)
  kept.set(session, { mark: markOf(session), findings })
  return findings
}

/** The same, without working it out again while no log has grown: of several bundles the next begins where one ended. */
export function knownTies(session: Session): TieFindings {
  const known = kept.get(session)
  return known?.mark === markOf(session) ? known.findings : tieFindings(session)
}

function markOf(session: Session): string {
  const { compartments, authority } = session.vault
  const logs = [...compartments.values()].flatMap(({ database }) =>
    (['device', 'hub'] as const).flatMap((kind) => readLogs(database, kind)),
  )
  const sizes = logs.map(({ log, size }) => [log, size])
  return JSON.stringify([authority.head.leaf, sightOf(session).categories, [...compartments.keys()], sizes])
}

function workedOut(session: Session): TieFindings {
  const databases = openDatabases(session)
  const archive = session.vault.compartments.get('archive')?.database
  const ties = new Ties(session, archive)
  const sight = sightOf(session)
  const found: TieFinding[] = []
  for (const { name: compartment, database } of databases) {
    const records = new Map<Id, Id>()
    for (const member of session.vault.authority.head.members.keys()) {
      const cadres = ties.dossiersOf(member)
      if (cadres.length === 0) continue
      for (const row of recordsWithHand(database, member, JSON.stringify(cadres)))
        if (sight.sees(row.category)) records.set(row.record, row.cadre)
    }
    for (const [record, cadre] of records) {
      const state = stateOf(session, database, record)
      if (state === null) continue
      const { category } = state
      const cadreName = archive === undefined ? '' : (readCadre(archive, cadre)?.name ?? '')
      for (const one of tiesIn(session, state, (member) => ties.of(member, cadre, category)))
        found.push({ ...one, compartment, cadre, cadreName, record, category })
    }
  }
  const sought: readonly Tie[] =
    databases.length === 0 ? [] : archive === undefined ? ['line'] : ['kin', 'line']
  return { found, sought }
}

/** Those of `after` that were not known before. */
export function newTies(before: TieFindings, after: TieFindings): readonly TieFinding[] {
  const place = ({ revision, member, as, tie }: TieFinding) => `${revision}/${member}/${as}/${tie}`
  const known = new Set(before.found.map(place))
  return after.found.filter((one) => !known.has(place(one)))
}

/** What ties each member to whose dossier, found once for all records. */
class Ties {
  readonly #session: Session
  readonly #apart: ReadonlySet<string>
  readonly #avoiding: Avoiding
  readonly #kin = new Map<Id, ReadonlySet<Id>>()
  readonly #line = new Map<Id, ReadonlySet<Id>>()

  constructor(session: Session, archive: Database | undefined) {
    this.#session = session
    this.#apart = new Set(apartCategories(session))
    this.#avoiding = avoidingIn(archive)
  }

  dossiersOf(member: Id): readonly Id[] {
    return [...new Set([...this.#kinOf(member), ...this.#lineOf(member)])]
  }

  of(member: Id, cadre: Id, category: string): Tie | null {
    if (this.#kinOf(member).has(cadre)) return 'kin'
    return this.#apart.has(category) && this.#lineOf(member).has(cadre) ? 'line' : null
  }

  #kinOf(member: Id): ReadonlySet<Id> {
    const known = this.#kin.get(member) ?? kinDossiers(this.#session, member, this.#avoiding)
    this.#kin.set(member, known)
    return known
  }

  #lineOf(member: Id): ReadonlySet<Id> {
    const known = this.#line.get(member) ?? lineDossiers(this.#session, member)
    this.#line.set(member, known)
    return known
  }
}

/** The register of matters to be avoided, read once and by the names in it. */
function avoidingIn(archive: Database | undefined): Avoiding {
  const rows = new Map<string, NamingRow[]>()
  for (const row of archive === undefined ? [] : register(archive, avoidanceCategory))
    for (const name of peopleIn(row.name)) rows.set(name, [...(rows.get(name) ?? []), row])
  return (name) => rows.get(name) ?? []
}
