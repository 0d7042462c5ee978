import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { tagsOf } from '../../vault/listing-queries.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { findCadre } from './dossier.ts'
import { seesTags } from './listing-sight.ts'
import { sightOf } from './sight.ts'

const mostTags = 20

export const cadreTag: UnlockedHandler<'cadre.tag'> = (context, { cadre, tag: typed, act }) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleAmong(session.vault, ['collector', 'approver', 'inspector'])
  if (role === null || !seesTags(sightOf(session))) return err('call/not-permitted')
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const tags = tagsOf(archive.value.database, cadre)
  // One tag in two widths or cases would be two.
  const known = tags.find((one) => foldForSearch(one) === foldForSearch(typed))
  if ((known !== undefined) === (act === 'set')) return ok(null)
  if (act === 'set' && tags.length >= mostTags) return err('dossier/too-many-tags', { most: mostTags })
  const body = prepareBody(context.primitives, { tag: known ?? typed })
  const operation = { op: 'cadre.tag', entity: cadre, digest: body.digest, act } as const
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}
