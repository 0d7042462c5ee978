import { Readable } from 'node:stream'
import { directiveLogId } from '../../../src-shared/bundle/hub-log.ts'
import type { DirectivesView } from '../../../src-shared/contract/log-views.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { getDirectives } from '../../sync/https.ts'
import { takeDirectives, type TakenDirectives } from '../../sync/directives.ts'
import { readLog } from '../../vault/log-table.ts'
import type { Session, UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from '../review/filters.ts'
import { upstreamView } from './status.ts'

/** Asks the upstream node over the network for what it decided since. */
export const directiveFetch: UnlockedHandler<'directive.fetch'> = async (context, _input, signal) => {
  const { session, primitives } = context
  const { unit, authority } = session.vault
  const { upstream } = authority.head
  const url = upstreamView(session, upstream)?.url ?? null
  if (upstream === null || url === null) return err('hub/none')
  const views: DirectivesView[] = []
  for (const { name, database } of openDatabases(session)) {
    const log = directiveLogId(primitives, upstream.key, unit, name)
    const held = readLog(database, log)?.size ?? 0
    const answer = await getDirectives(url, unit, name, held, signal)
    if (!answer.ok) return answer
    if (answer.value === null) continue
    const taken = await takeDirectives(session.vault, Readable.from([answer.value]), signal)
    if (!taken.ok) return taken
    views.push(directivesView(session, taken.value))
    context.emit({ type: 'changed', compartment: name })
  }
  return ok(views)
}

/** Of records that are out of the member's sight nothing is told. */
export function directivesView(
  session: Session,
  { compartment, decisions }: TakenDirectives,
): DirectivesView {
  const database = session.vault.compartments.get(compartment)?.database
  const sight = sightOf(session)
  return {
    compartment,
    decisions: decisions.flatMap(({ row, at, officer, office, words, code }) => {
      const state = database === undefined ? null : stateOf(session, database, row.record)
      if (state !== null && !sight.sees(state.category)) return []
      const { record, revision, decision } = row
      const cadre = state?.cadre ?? null
      const cadreName = cadre === null ? '' : (findCadre(session, cadre)?.name ?? '')
      const category = state?.category ?? null
      // Of what is not here yet nobody can say who may read it.
      const said = state === null ? '' : words
      return [
        { record, revision, decision, cadre, cadreName, category, officer, office, words: said, at, code },
      ]
    }),
  }
}
