import type { Role } from '../../../src-shared/access/roles.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { membersOf } from '../../vault/alias-queries.ts'
import { readBodyBytes } from '../../vault/body-table.ts'
import { tagsOf } from '../../vault/listing-queries.ts'
import { tagsSaidOf } from '../../vault/tag-projection.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { findCadre } from './dossier.ts'
import { ownDossier } from './homes.ts'
import { seesTags } from './listing-sight.ts'
import { sightOf } from './sight.ts'

const mostTags = 20

const taggers: readonly Role[] = ['collector', 'approver', 'inspector']

export const cadreTags: UnlockedHandler<'cadre.tags'> = ({ session }, { cadre }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  if (findCadre(session, cadre) === null) return err('call/not-found')
  if (!seesTags(sightOf(session))) return ok({ tags: [], may: false })
  const own = ownDossier(session)
  const may = own !== cadre && roleAmong(session.vault, taggers) !== null
  return ok({ tags: tagsOf(archive.value.database, cadre), may })
}

export const cadreTag: UnlockedHandler<'cadre.tag'> = (context, { cadre, tag: typed, act }) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleAmong(session.vault, taggers)
  if (role === null || !seesTags(sightOf(session))) return err('call/not-permitted')
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const tags = tagsOf(archive.value.database, cadre)
  // One tag in two widths or cases would be two.
  const known = tags.find((one) => foldForSearch(one) === foldForSearch(typed))
  if ((known !== undefined) === (act === 'set')) return ok(null)
  if (act === 'set' && tags.length >= mostTags) return err('dossier/too-many-tags', { most: mostTags })
  const tag = known ?? typed
  // What was said of a dossier that is shown in this one is taken back there.
  const { database } = archive.value
  const said = membersOf(database, cadre).filter((one) =>
    tagsSaidOf(database, (digest) => readBodyBytes(database, digest), one).has(tag),
  )
  const acts = (act === 'set' ? [cadre] : said).map((entity) => {
    const body = prepareBody(context.primitives, { tag })
    return { body, operation: { op: 'cadre.tag', entity, digest: body.digest, act } as const }
  })
  const operations = acts.map(({ operation }) => operation)
  const bodies = acts.map(({ body }) => body)
  const done = commitAs(session.vault, 'archive', role, moment(context), operations, bodies)
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}
