import { familyCategory } from '../../../src-shared/audit/kin.ts'
import type { TieView } from '../../../src-shared/contract/views.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import {
  avoidanceCategory,
  handsOf,
  lineOf,
  names,
  peopleIn,
  tieCodes,
  type Tie,
} from '../../../src-shared/review/apart.ts'
import type { RecordState } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { cadresByIdentity, cadresByName, readCadre } from '../../vault/dossier-queries.ts'
import { namedBy, naming, namingAmong, namingNumber } from '../../vault/named-person.ts'
import { isKin } from '../audit/kin.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, type Session } from '../context.ts'
import { homeIn, ownDossier } from '../dossier/homes.ts'

/** Whether one of two dossiers names the other's cadre as somebody to keep out of it. */
function isAvoided(archive: Database, own: Id, cadre: Id): boolean {
  const one = readCadre(archive, own)?.name ?? ''
  const other = readCadre(archive, cadre)?.name ?? ''
  return (
    namedBy(archive, own, avoidanceCategory).some((row) => names(row.name, other)) ||
    namedBy(archive, cadre, avoidanceCategory).some((row) => names(row.name, one))
  )
}

/** In these categories nobody in the reporting line of the cadre reviews, settles or signs. */
export function apartCategories(session: Session): readonly string[] {
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return []
  return catalogue.value.categories
    .filter((category) => category.apartFromReportingLine === true)
    .map(({ id }) => id)
}

/** The dossiers of those above and below a member, where they are shown. */
export function lineDossiers({ vault }: Session, member: Id): ReadonlySet<Id> {
  return new Set([...lineOf(vault.authority.head, member)].map((cadre) => homeIn(vault, cadre)))
}

/** Why a member keeps out of a matter of this dossier that is not their own, as far as archived facts go; or null. */
export function tieOf(session: Session, member: Id, cadre: Id, category: string): Tie | null {
  const { vault } = session
  const known = vault.authority.head.members.get(member)
  if (known === undefined) return null
  const archive = vault.compartments.get('archive')?.database
  const own = ownDossier(session, member)
  if (archive !== undefined && own !== null && own !== cadre)
    if (isKin(vault, own, cadre) || isAvoided(archive, own, cadre)) return 'kin'
  const isApart = apartCategories(session).includes(category)
  return isApart && lineDossiers(session, member).has(cadre) ? 'line' : null
}

/** The code that keeps the member at work from taking a step, before anything is signed. */
export function ownTie(session: Session, state: RecordState): ErrorCode | null {
  const tie = tieOf(session, session.vault.member.id, state.cadre, state.category)
  return tie === null ? null : tieCodes[tie]
}

/** The dossiers whose register of matters to be avoided may name this person. */
export type Avoiding = (name: string) => readonly { readonly cadre: Id; readonly name: string }[]

/** All dossiers of which a member is kept out as kin, so that a queue need not offer them: those they name, and those that
 * name them. `avoiding` asks the register where one asks for many members. */
export function kinDossiers(session: Session, member: Id, avoiding?: Avoiding): ReadonlySet<Id> {
  const { vault } = session
  const found = new Set<Id>()
  const own = ownDossier(session, member)
  const archive = vault.compartments.get('archive')?.database
  const row = own === null || archive === undefined ? null : readCadre(archive, own)
  if (own === null || archive === undefined || row === null) return found
  const byName = (name: string) => cadresByName(archive, name).map(({ id }) => id)
  const byNumber = (number: string | null) =>
    number === null ? [] : cadresByIdentity(archive, number).map(({ id }) => id)
  const family = [
    ...namedBy(archive, own, familyCategory).flatMap((one) => [
      ...byName(one.name),
      ...byNumber(one.identity_number),
    ]),
    ...naming(archive, row.name, familyCategory).map(({ cadre }) => cadre),
    ...(row.identity_number === null ? [] : namingNumber(archive, row.identity_number)).map(
      ({ cadre }) => cadre,
    ),
  ]
  for (const cadre of new Set(family)) if (cadre !== own && isKin(vault, own, cadre)) found.add(cadre)
  for (const { name } of namedBy(archive, own, avoidanceCategory))
    for (const one of peopleIn(name)) for (const cadre of byName(one)) found.add(cadre)
  const named = avoiding ?? ((name: string) => namingAmong(archive, name, avoidanceCategory))
  for (const { cadre, name } of named(row.name)) if (names(name, row.name)) found.add(cadre)
  found.delete(own)
  return found
}

/** Who took part in a record although something ties them to its cadre. A finding for a person to weigh. */
export function tiesIn(
  session: Session,
  state: RecordState,
  tieFor = (member: Id) => tieOf(session, member, state.cadre, state.category),
): readonly TieView[] {
  const known = new Map<Id, Tie | null>()
  const tie = (member: Id) => {
    const one = known.has(member) ? known.get(member) : tieFor(member)
    known.set(member, one ?? null)
    return one ?? null
  }
  return state.revisions.flatMap((revision) => {
    return handsOf(revision).flatMap(([as, member]): TieView[] => {
      const one = tie(member)
      if (one === null) return []
      return [{ revision: revision.revision, member, name: memberName(session, member), as, tie: one }]
    })
  })
}
