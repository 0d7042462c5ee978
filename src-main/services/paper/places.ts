import type { LocatedPaper, PaperPlace } from '../../../src-shared/contract/paper-views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { readSheetCode } from '../../../src-shared/paper/sheet-code.ts'
import { revisionsOfCadre } from '../../vault/paper-queries.ts'
import type { Session, UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findRecord, type FoundRecord } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from '../review/filters.ts'
import { paperHand, paperRole, readPapers } from './papers.ts'

const mostPlaces = 200

export const paperLocate: UnlockedHandler<'paper.locate'> = ({ session }, { codes }) =>
  ok(codes.map((code) => located(session, code)))

function located(session: Session, text: string): LocatedPaper {
  const read = readSheetCode(text)
  if (!read.ok) return { is: 'no-code' }
  const code = read.value
  if (code.unit !== session.vault.unit) return { is: 'other-unit' }
  if (code.kind === 'filled') {
    const found = findRecord(session, code.record)
    const place = found === null ? null : placeOf(session, found, code.revision)
    return place === null ? { is: 'unknown' } : { is: 'revision', place }
  }
  const isKnown = session.vault.authority.head.catalogue?.rules.has(code.category) === true
  if (!isKnown || !sightOf(session).sees(code.category)) return { is: 'unknown' }
  const cadre = code.cadre === null ? null : findCadre(session, code.cadre)
  if (code.cadre !== null && cadre === null) return { is: 'unknown' }
  return {
    is: 'blank',
    category: code.category,
    cadre: cadre === null ? null : { id: cadre.id, name: cadre.name },
  }
}

export const paperPlaces: UnlockedHandler<'paper.places'> = ({ session }, { cadre, category }) => {
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const sight = sightOf(session)
  const named = openDatabases(session).flatMap(({ database }) =>
    revisionsOfCadre(database, cadre).filter(
      (row) => sight.sees(row.category) && (category === null || row.category === category),
    ),
  )
  const places = named.slice(0, mostPlaces).flatMap(({ record, revision }) => {
    const found = findRecord(session, record)
    const place = found === null ? null : placeOf(session, found, revision)
    return place === null ? [] : [place]
  })
  return ok(places)
}

function placeOf(
  session: Session,
  { compartment, database, state }: FoundRecord,
  digest: Digest,
): PaperPlace | null {
  const revision = state.revisions.find((one) => one.revision === digest)
  if (revision === undefined) return null
  const { member, at } = revision.author
  return {
    record: state.record,
    revision: digest,
    cadre: state.cadre,
    cadreName: nameOf(session, state.cadre),
    category: state.category,
    compartment,
    status: revision.status,
    isSuperseded: revision.status === 'superseded',
    entered: paperHand(session, member, at),
    papers: readPapers(database, state).filter(({ row }) => row.revision === digest && row.struck === null)
      .length,
    may: paperRole(session, state) !== null,
  }
}

function nameOf(session: Session, cadre: Id): string {
  return findCadre(session, cadre)?.name ?? ''
}
