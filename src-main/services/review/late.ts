import type { LateTask } from '../../../src-shared/contract/views.ts'
import { lateObjections } from '../../vault/late-queries.ts'
import { grantedFor, memberName, type Session } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from './filters.ts'

/** Read of one compartment; more wait longer. */
const readObjections = 200
const shownObjections = 20

/** Late objections for a member who answers for entries of that category, and not for those about themself. */
export function lateTasks(session: Session): readonly LateTask[] {
  const own = ownDossier(session)
  const sight = sightOf(session)
  const answers = (category: string) =>
    sight.sees(category) &&
    (grantedFor(session, 'approver', category) || grantedFor(session, 'inspector', category))
  return openDatabases(session)
    .flatMap(({ database }) => lateObjections(database, readObjections))
    .filter(({ cadre, category }) => cadre !== own && answers(category))
    .slice(0, shownObjections)
    .map(({ record, cadre, category, member, at }) => ({
      record,
      cadre,
      cadreName: findCadre(session, cadre)?.name ?? '',
      category,
      by: memberName(session, member),
      at,
    }))
}
