import type { IndexReport } from '../../../src-shared/contract/audit.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { runJob } from '../../jobs/run.ts'
import { auditIndexKey, readAuditIndex } from '../../vault/audit-index.ts'
import type { Database } from '../../vault/database.ts'
import type { Session, UnlockedContext, UnlockedHandler } from '../context.ts'
import { jobVault } from '../sync/sync.ts'

interface Open {
  database: Database | null
  running: Promise<Result<IndexReport>> | null
}

/** Per session: the index as it was last brought up to date, and the run that is doing so. */
const open = new WeakMap<Session, Open>()

function openOf(session: Session): Open {
  let known = open.get(session)
  if (known === undefined) {
    known = { database: null, running: null }
    open.set(session, known)
  }
  return known
}

/** Identities of the audit keyring that the member at work holds, newest first. */
function auditIdentities({ vault }: Session): readonly string[] {
  return vault.identities.get('audit') ?? []
}

/**
 * Brings the index up to date on another thread. A second call while one runs gets the answer of the first.
 *
 * Errors: `audit/no-key`, `call/cancelled`, `vault/damaged`.
 */
export function refreshIndex(
  { session }: UnlockedContext,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<IndexReport>> {
  const identities = auditIdentities(session)
  if (identities.length === 0) return Promise.resolve(err('audit/no-key'))
  const known = openOf(session)
  if (known.running !== null) return known.running
  // The job may have to begin a new file, which no connection may hold.
  known.database?.close()
  known.database = null
  const job = { kind: 'audit-index', vault: jobVault(session), identities } as const
  const run = runJob<'audit-index'>(job, progress, signal).finally(() => {
    known.running = null
  })
  known.running = run
  return run
}

/**
 * The index, to read in. One that was never read in this session, or was deleted, is brought up to date first.
 *
 * Errors: `audit/no-key`, `vault/damaged`.
 */
export async function openIndex(context: UnlockedContext): Promise<Result<Database>> {
  const { session } = context
  const [newest] = auditIdentities(session)
  if (newest === undefined) return err('audit/no-key')
  const known = openOf(session)
  if (known.database !== null) return ok(known.database)
  const fresh = await refreshIndex(context, () => undefined, new AbortController().signal)
  if (!fresh.ok) return fresh
  if (known.database !== null) return ok(known.database)
  const opened = readAuditIndex(session.vault.layout.auditIndex, auditIndexKey(newest))
  if (opened.ok) known.database = opened.value
  return opened
}

export const accessIndex: UnlockedHandler<'access.index'> = async (context, input, signal) =>
  await refreshIndex(
    context,
    (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
    signal,
  )
