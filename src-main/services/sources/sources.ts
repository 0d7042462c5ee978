import { lstatSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { ownerTable, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { SourceLine } from '../../../src-shared/contract/sources.ts'
import { deliveryLines, expectedPeriod, isPeriodOf } from '../../../src-shared/cycles/deliveries.ts'
import { dueDayOf } from '../../../src-shared/cycles/due.ts'
import type { Delivery, SourceProfile } from '../../../src-shared/import/source-profile.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import type { Database } from '../../vault/database.ts'
import {
  readSourceFolders,
  readSources,
  setSourceFolder,
  type StoredSource,
} from '../../vault/source-projection.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { catalogueInForce } from '../catalogue/read.ts'
import {
  categoryCompartment,
  grantedFor,
  memberName,
  moment,
  type Session,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { sightOf } from '../dossier/sight.ts'
import { officeCalendar, officeDay } from '../settings/calendar.ts'

const enterers = ['collector', 'inspector'] as const
/** More than a unit has departments. */
const mostSources = 200

/** The sources of which the member sees every category: what a file holds is no secret of another level. */
export function seenSources(session: Session, database: Database): readonly StoredSource[] {
  const sight = sightOf(session)
  return readSources(database).filter(({ profile }) => profile.categories.every((one) => sight.sees(one)))
}

export function findSource(session: Session, database: Database, source: Id): StoredSource | null {
  return seenSources(session, database).find((one) => one.source === source) ?? null
}

/** Whether the member at work may enter all that a source delivers. */
export function mayDeliver(session: Session, { categories }: SourceProfile): boolean {
  return enterers.some((role) => categories.every((category) => grantedFor(session, role, category)))
}

export const sourceList: UnlockedHandler<'source.list'> = (context) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const calendar = officeCalendar(session)
  const today = officeDay(context)
  const day = dueDayOf(calendar, today)
  const deliver = roleAmong(session.vault, enterers) !== null
  const folders = deliver ? readSourceFolders(database) : new Map<Id, string>()
  const sources = seenSources(session, database).map((one): SourceLine => {
    const lines = deliveryLines(one.profile, one.deliveries, calendar, day)
    const { source, profile, member, at, deliveries } = one
    return {
      source,
      profile,
      set: { name: memberName(session, member), at },
      folder: folders.get(source) ?? null,
      lines,
      lastOn: deliveries.reduce<string | null>(
        (last, { on }) => (last === null || on > last ? on : last),
        null,
      ),
      expected: expectedPeriod(lines),
    }
  })
  sources.sort((a, b) => a.profile.name.localeCompare(b.profile.name, 'zh-CN'))
  const plan = roleAmong(session.vault, ['approver']) !== null
  return ok({ today, sources, may: { plan, deliver } })
}

export const sourceSet: UnlockedHandler<'source.set'> = (context, { source: known, profile }) => {
  const { session, primitives } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleAmong(session.vault, ['approver'])
  if (role === null) return err('call/not-permitted')
  const { database } = archive.value
  if (known !== null && findSource(session, database, known) === null) return err('call/not-found')
  const others = readSources(database).filter(({ source }) => source !== known)
  // What was imported names its source by its name: one name must never mean two.
  if (others.some(({ names }) => names.includes(profile.name))) return err('source/name-taken')
  if (known === null && others.length >= mostSources)
    return err('call/invalid-input', { path: 'source', limit: mostSources })
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const fit = checkSource(session, catalogue.value, profile)
  if (!fit.ok) return fit
  const source = known ?? newId(primitives)
  const body = prepareBody(primitives, { ...profile })
  const operation = { op: 'source.set', entity: source, digest: body.digest } as const
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ source })
}

/** Only what is asked, seen and imported into the archive is delivered. Errors: `source/unfit` {categories}. */
function checkSource(session: Session, catalogue: Catalogue, profile: SourceProfile): Result<null> {
  const sight = sightOf(session)
  const unfit = profile.categories.filter((id) => {
    const category = findCategory(catalogue, id)
    if (category === null || category.retired === true || !sight.sees(id)) return true
    return categoryCompartment(session, id) !== 'archive'
  })
  if (unfit.length > 0) return err('source/unfit', { categories: unfit })
  const owners = catalogue.codeTables.find(({ id }) => id === ownerTable)?.items ?? []
  const isOwner = owners.some(({ code, retired }) => code === profile.department && retired !== true)
  return isOwner ? ok(null) : err('source/unfit', { categories: [] })
}

export interface NotedDelivery {
  readonly operation: Operation
  readonly body: PreparedBody
}

/**
 * The signed note that a delivery came, to stand in the commit of its rows.
 *
 * Errors: `call/not-found`; `source/period` for one that is none of the source's, or begins after today;
 * `authority/category-not-granted`.
 */
export function noteDelivery(
  context: UnlockedContext,
  source: StoredSource,
  said: Delivery,
): Result<NotedDelivery> {
  const { profile } = source
  if (!mayDeliver(context.session, profile)) return err('authority/category-not-granted')
  const today = officeDay(context)
  const known = deliveryLines(
    { ...profile, ended: false },
    [],
    officeCalendar(context.session),
    dueDayOf(officeCalendar(context.session), today),
  )
  const isKnown = said.period === null || known.some(({ period }) => period === said.period)
  if (!isPeriodOf(profile.cycle, said.period) || !isKnown || said.on > today) return err('source/period')
  const body = prepareBody(context.primitives, { ...said })
  return ok({ operation: { op: 'source.deliver', entity: source.source, digest: body.digest }, body })
}

export const sourceDeliver: UnlockedHandler<'source.deliver'> = (context, { source, period, on, words }) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const found = findSource(session, archive.value.database, source)
  if (found === null) return err('call/not-found')
  const role = enterers.find((one) =>
    found.profile.categories.every((category) => grantedFor(session, one, category)),
  )
  if (role === undefined) return err('authority/category-not-granted')
  const note = noteDelivery(context, found, { period, on, batch: null, words })
  if (!note.ok) return note
  const { operation, body } = note.value
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}

export const sourceFolder: UnlockedHandler<'source.folder'> = (context, input) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const found = findSource(session, database, input.source)
  if (found === null) return err('call/not-found')
  if (!mayDeliver(session, found.profile)) return err('authority/category-not-granted')
  const folder = input.folder === null ? null : realFolder(input.folder)
  if (input.folder !== null && folder === null) return err('bundle/folder-unusable')
  // One file must not be two sources'.
  const others = [...readSourceFolders(database)].filter(([source]) => source !== input.source)
  if (folder !== null && others.some(([, other]) => other === folder)) return err('source/folder-taken')
  const by = { member: session.vault.member.id, at: moment(context) }
  setSourceFolder(database, input.source, folder, by)
  return ok(null)
}

/** Where a folder really is, so that a link that is turned round later leads nowhere else. */
function realFolder(path: string): string | null {
  try {
    const real = realpathSync(resolve(path))
    return lstatSync(real).isDirectory() ? real : null
  } catch {
    return null
  }
}
