import { purposeLevel } from '../../../src-shared/disclosure/purpose.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { recordsOf } from '../../vault/dossier-queries.ts'
import { openCompartment } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import type { UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { sightOf } from '../dossier/sight.ts'
import { make } from './copies.ts'

/**
 * A view on paper is a copy of the facts it is made of: for a purpose, signed for, in the register. The discipline
 * compartment is never in it; what of that is put on paper is asked for and approved by itself.
 */
export const cadrePrint: UnlockedHandler<'cadre.print'> = async (
  context,
  { cadre, view, purpose: stated },
) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const found = findCadre(session, cadre)
  if (found === null) return err('call/not-found')
  const purpose = purposeOf(session, { cadre, record: null, level: purposeLevel, stated })
  if (!purpose.ok) return purpose
  if (purpose.value === null) return err('access/purpose-needed', { cadre })
  const sight = sightOf(session)
  const kept = recordsOf(archive.value.database, cadre).map(({ category }) => category)
  const categories = [...new Set(kept)].filter((category) => sight.sees(category))
  const what = `dossier-${view}`
  const making = {
    wanted: { cadre, categories, record: null, form: 'print' },
    purpose: { kind: purpose.value.kind, words: purpose.value.words ?? '' },
    recipient: null,
    request: null,
    what,
  } as const
  const made = await make(context, making, null)
  if (made.ok) return ok(null)
  if (made.error.code !== 'disclosure/nothing-to-copy') return made
  // Nothing archived: the paper says that, and no fact.
  const entered = await recordAccess(context, 'print', { cadre, cadreName: found.name, what }, purpose.value)
  return entered.ok ? ok(null) : entered
}
