import { savedViewSchema, type SavedView } from '../../../src-shared/contract/listing.ts'
import { canonicalBytes, readCanonical, type CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { decryptWith, encryptTo, recipientOf } from '../../../src-shared/node/age.ts'
import { pad, unpad } from '../../../src-shared/review/sealing.ts'
import {
  countSavedViews,
  deleteSavedView,
  insertSavedView,
  readSavedViews,
  replaceSavedView,
} from '../../vault/saved-view-table.ts'
import { openCompartment } from '../../vault/vault.ts'
import { moment, type Session, type UnlockedHandler } from '../context.ts'

const mostViews = 30
const maximumBytes = 64 * 1024

/** The views a member keeps, opened with their own key; kept while the session lasts. */
const opened = new WeakMap<Session, readonly SavedView[]>()

export async function savedViews(session: Session): Promise<readonly SavedView[]> {
  const known = opened.get(session)
  if (known !== undefined) return known
  const archive = session.vault.compartments.get('archive')
  if (archive === undefined) return []
  const views: SavedView[] = []
  for (const { id, sealed } of readSavedViews(archive.database, session.vault.member.id)) {
    // What was sealed to keys that are gone cannot be opened any more.
    const plaintext = await decryptWith([session.vault.member.identity], sealed)
    const value = plaintext === null ? null : readCanonical(unpad(plaintext), maximumBytes)
    const view = value?.ok ? savedViewSchema.safeParse(value.value) : null
    if (view?.success) views.push({ id, ...view.data })
  }
  opened.set(session, views)
  return views
}

export const viewList: UnlockedHandler<'view.list'> = async ({ session }) =>
  ok({ views: await savedViews(session) })

export const viewSave: UnlockedHandler<'view.save'> = async (context, input) => {
  const { session, primitives } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const member = session.vault.member.id
  const own = await recipientOf(session.vault.member.identity)
  const sealed = await encryptTo([own], pad(canonicalBytes(input.view as unknown as CanonicalValue)))
  const id = input.id ?? newId(primitives)
  if (input.id === null) {
    if (countSavedViews(database, member) >= mostViews)
      return err('dossier/too-many-views', { most: mostViews })
    insertSavedView(database, { id, member, sealed, at: moment(context) })
  } else if (!replaceSavedView(database, id, member, sealed)) return err('call/not-found')
  opened.delete(session)
  return ok({ id })
}

export const viewDrop: UnlockedHandler<'view.drop'> = ({ session }, { id }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const isGone = deleteSavedView(archive.value.database, id, session.vault.member.id)
  opened.delete(session)
  return isGone ? ok(null) : err('call/not-found')
}
