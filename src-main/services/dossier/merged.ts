import { aliasesOf, type TwinState } from '../../../src-shared/duplicates/decisions.ts'
import type { MergedDossier } from '../../../src-shared/contract/twins.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { readHomes } from '../../vault/alias-queries.ts'
import type { Database } from '../../vault/database.ts'
import { readAlias, readCadre, type CadreRow } from '../../vault/dossier-queries.ts'
import { readTwins } from '../../vault/twin-projection.ts'
import type { Session } from '../context.ts'
import { identityCategory } from './listing-sight.ts'
import type { Sight } from './sight.ts'

interface DossierThen {
  /** Null where there is none. */
  readonly row: CadreRow | null
  /** The dossiers whose records stand in it. */
  readonly members: ReadonlySet<Id>
  /** What those say of themselves that were merged into it. */
  readonly merged: readonly CadreRow[]
}

/** A dossier with those that are merged into it now, or were at a moment that is past. */
export function dossierAt(session: Session, cadre: Id, at: string | null): DossierThen {
  const archive = session.vault.compartments.get('archive')?.database
  if (archive === undefined) return { row: null, members: new Set(), merged: [] }
  const homes = at === null ? readHomes(archive) : homesAt(readTwins(archive), at)
  const home = homes.get(cadre) ?? cadre
  const merged = [...homes].flatMap(([one, shownIn]) => (shownIn === home ? [one] : []))
  return {
    row: ownRow(archive, home),
    members: new Set([home, ...merged]),
    merged: merged.flatMap((one) => ownRow(archive, one) ?? []),
  }
}

function homesAt({ confirmed }: TwinState, at: string): ReadonlyMap<Id, Id> {
  const then = confirmed.filter(
    ({ settled, undone }) => settled !== null && settled.at <= at && (undone === null || undone.at > at),
  )
  return aliasesOf(then).homes
}

/** What a dossier says of itself, also where it is shown as part of another. */
function ownRow(archive: Database, cadre: Id): CadreRow | null {
  return readAlias(archive, cadre) ?? readCadre(archive, cadre)
}

export function mergedDossier(row: CadreRow, sight: Sight): MergedDossier {
  const number = sight.sees(identityCategory) ? row.identity_number : null
  return { cadre: row.id, name: row.name, identityTail: number?.slice(-4) ?? null, post: row.post }
}
