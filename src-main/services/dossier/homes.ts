import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { MemberState } from '../../../src-shared/access/authority.ts'
import { homeOf, readHomes } from '../../vault/alias-queries.ts'
import { readBodyBytes } from '../../vault/body-table.ts'
import { stateOfDatabase } from '../../vault/listing-queries.ts'
import { refreshListing } from '../../vault/listing.ts'
import { showAtHomes } from '../../vault/projection.ts'
import type { OpenVault } from '../../vault/vault.ts'
import type { Session } from '../context.ts'

/** Where what is said of a dossier is shown, as far as the open compartments tell. */
export function homeIn(vault: OpenVault, cadre: Id): Id {
  const archive = vault.compartments.get('archive')
  return archive === undefined ? cadre : homeOf(archive.database, cadre)
}

/** The dossier of the member at work, or of another one; null where nobody has said which it is. */
export function ownDossier({ vault }: Session, member: Id = vault.member.id): Id | null {
  const known: MemberState | undefined = vault.authority.head.members.get(member)
  return known?.cadre == null ? null : homeIn(vault, known.cadre)
}

const aligned = new WeakMap<OpenVault, string>()

/**
 * The log of the archive says where merged dossiers are shown, and no transaction spans two compartments: before
 * anything is answered, the other one is brought to the same, so that no answer comes from two halves that disagree.
 */
function alignHomes(vault: OpenVault): void {
  const archive = vault.compartments.get('archive')
  const discipline = vault.compartments.get('discipline')
  if (archive === undefined || discipline === undefined) return
  const state = stateOfDatabase(archive.database)
  if (aligned.get(vault) === state) return
  const { database } = discipline
  const homes = readHomes(archive.database)
  const known = readHomes(database)
  const isSame = known.size === homes.size && [...homes].every(([cadre, home]) => known.get(cadre) === home)
  if (!isSame) {
    const { primitives, unit } = vault
    const context = {
      primitives,
      unit,
      database,
      readBody: (digest: string) => readBodyBytes(database, digest),
    }
    database
      .transaction(() => {
        showAtHomes(context, homes)
        refreshListing(database)
      })
      .immediate()
  }
  aligned.set(vault, state)
}

type Named = Readonly<Record<string, unknown>>

/**
 * What a call names a dossier by, as it is answered: whoever names one that was merged means the dossier it is shown in.
 * What is asked of a past moment is answered as it was then, and keeps its name.
 */
export function atHome(session: Session, input: unknown): unknown {
  const { vault } = session
  alignHomes(vault)
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const named = input as Named
  if (typeof named['at'] === 'string') return input
  const { cadre, cadres, filter } = named
  const changed: Record<string, unknown> = {}
  if (typeof cadre === 'string') changed['cadre'] = homeIn(vault, cadre)
  if (Array.isArray(cadres)) changed['cadres'] = [...new Set(cadres.map((one: Id) => homeIn(vault, one)))]
  if (typeof filter === 'object' && filter !== null && typeof (filter as Named)['cadre'] === 'string')
    changed['filter'] = { ...filter, cadre: homeIn(vault, (filter as { cadre: Id }).cadre) }
  return { ...named, ...changed }
}
