import type { KeyCommit } from '../../../src-shared/contract/member-views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { readHeader } from '../../../src-shared/log/header.ts'
import type { Database } from '../../vault/database.ts'
import { boundKey, endsOfKey, lastOf } from '../../vault/epoch-ends.ts'
import { leafAt, readEntry } from '../../vault/entry-table.ts'
import { openCompartment, roleAmong } from '../../vault/vault.ts'
import { moment, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { sightOf } from '../dossier/sight.ts'
import { tellChanged } from './parts.ts'

/** Of each log at most this many of the newest are shown. */
const shownCommits = 500

export const memberCommits: UnlockedHandler<'member.commits'> = ({ session }, input) => {
  const { vault, names } = session
  const found = endsOfKey(vault, input.compartment, input.key, shownCommits + 1)
  if (!found.ok) return found
  const store = openCompartment(vault, input.compartment)
  if (!store.ok) return store
  const { database } = store.value
  const devices = vault.authority.head.logs
  const counts = new Map<string, number>()
  const items = found.value.flatMap(({ log, seq, leaf, at, action, operations }) => {
    const count = (counts.get(log) ?? 0) + 1
    counts.set(log, count)
    const device = names.devices.get(devices.get(log)?.device ?? '') ?? log.slice(0, 8)
    if (count > shownCommits) return []
    return [{ log, device, seq, leaf, at, action, operations, ...aboutOf(session, database, leaf) }]
  })
  return ok({ items, isCut: [...counts.values()].some((count) => count > shownCommits) })
}

export const memberBound: UnlockedHandler<'member.bound'> = async (context, input) => {
  const { session } = context
  const { vault } = session
  const role = roleAmong(vault, ['approver', 'inspector'])
  if (role !== 'approver' && role !== 'inspector') return err('call/not-permitted')
  const store = openCompartment(vault, input.compartment)
  if (!store.ok) return store
  const { database } = store.value
  const last = lastOf(vault, input.compartment, input.key).flatMap((known) => {
    const seq = input.last.find(({ log }) => log === known.log)?.seq ?? known.seq
    const leaf = seq < 0 ? null : leafAt(database, known.log, seq)
    return leaf === null ? [] : [{ log: known.log, seq, leaf }]
  })
  const { compartment, member, key } = input
  const done = await boundKey(vault, role, moment(context), { compartment, member, key, last })
  tellChanged(context)
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok(null)
}

/** What the first operation of a commit is about, as far as the member at work sees it. */
function aboutOf(
  session: Session,
  database: Database,
  leaf: Digest,
): Pick<KeyCommit, 'cadreName' | 'category'> {
  const entry = readEntry(database, leaf)
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  const [operation] = header?.ok ? header.value.ops : []
  if (operation?.op === 'cadre.open')
    return { cadreName: findCadre(session, operation.entity)?.name ?? null, category: null }
  if (operation?.op !== 'record.submit' || !sightOf(session).sees(operation.category))
    return { cadreName: null, category: null }
  return { cadreName: findCadre(session, operation.cadre)?.name ?? null, category: operation.category }
}
