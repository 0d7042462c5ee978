import { compartments, type Compartment } from '../../../src-shared/access/roles.ts'
import type { UpstreamState } from '../../../src-shared/access/authority.ts'
import type { CompartmentSync } from '../../../src-shared/contract/log-views.ts'
import type { UpstreamView } from '../../../src-shared/contract/views.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import { newestReceipt, readSentBundles } from '../../vault/desk-tables.ts'
import { readLogs } from '../../vault/log-table.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import type { Session, UnlockedHandler } from '../context.ts'

const shownBundles = 50

export const syncStatus: UnlockedHandler<'sync.status'> = ({ session }) => {
  const head = session.vault.authority.head
  const open = openCompartments(session)
  return ok({
    upstream: upstreamView(session, head.upstream),
    proposedUpstream: upstreamView(session, head.proposedUpstream),
    compartments: open.map(([name, database]) => compartmentSync(name, database)),
    bundles: open
      .flatMap(([name, database]) => readSentBundles(database, name, shownBundles))
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      .slice(0, shownBundles),
  })
}

function openCompartments(session: Session): readonly (readonly [Compartment, Database])[] {
  return compartments.flatMap((name) => {
    const store = session.vault.compartments.get(name)
    return store === undefined ? [] : [[name, store.database] as const]
  })
}

function compartmentSync(compartment: Compartment, database: Database): CompartmentSync {
  const logs = readLogs(database, 'device')
  return {
    compartment,
    commits: logs.reduce((sum, log) => sum + log.size, 0),
    acknowledged: logs.reduce((sum, log) => sum + log.acknowledged, 0),
    lastReceiptAt: newestReceipt(database)?.issuedAt ?? null,
  }
}

/** Commits of dossiers no receipt acknowledges yet, and when the newest receipt was issued. */
export function syncCounts(session: Session): {
  readonly unsent: number
  readonly lastReceiptAt: string | null
} {
  let unsent = 0
  let lastReceiptAt: string | null = null
  for (const [name, database] of openCompartments(session)) {
    const sync = compartmentSync(name, database)
    // Access entries alone are no reason to go to the hub: reading would ask for sending, and sending is read again.
    if (name !== 'control') unsent += sync.commits - sync.acknowledged
    if (sync.lastReceiptAt !== null && (lastReceiptAt === null || sync.lastReceiptAt > lastReceiptAt)) {
      lastReceiptAt = sync.lastReceiptAt
    }
  }
  return { unsent, lastReceiptAt }
}

export function upstreamView(session: Session, upstream: UpstreamState | null): UpstreamView | null {
  const control = session.vault.compartments.get('control')
  if (upstream === null || control === undefined) return null
  const body = bodyOf(control.database, upstream.body)
  return {
    hub: upstream.hub,
    name: textOf(body, 'name') ?? '',
    url: textOf(body, 'url'),
    fingerprint: upstream.key.slice(0, 16),
  }
}
