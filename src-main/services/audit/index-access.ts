import { existsSync } from 'node:fs'
import type { IndexReport } from '../../../src-shared/contract/audit.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { runJob } from '../../jobs/run.ts'
import { auditIndexKey, openAuditIndex } from '../../vault/audit-index.ts'
import { followAccess, pendingCommits } from '../../vault/audit-reader.ts'
import type { Database } from '../../vault/database.ts'
import type { Session, UnlockedContext, UnlockedHandler } from '../context.ts'
import { jobVault } from '../sync/job-vault.ts'

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

/** So many commits are read faster here than another thread is started. */
const fewCommits = 500

/**
 * Brings the index up to date, on another thread where there is much to read. A second call while one runs gets the
 * answer of the first.
 *
 * Errors: `audit/no-key`, `call/cancelled`, `vault/damaged`.
 */
export async function refreshIndex(
  { session }: UnlockedContext,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<IndexReport>> {
  const known = openOf(session)
  known.running ??= refresh(session, known, progress, signal).finally(() => {
    known.running = null
  })
  return await known.running
}

async function refresh(
  session: Session,
  known: Open,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<IndexReport>> {
  const identities = auditIdentities(session)
  const { vault } = session
  const control = vault.compartments.get('control')?.database
  const [newest] = identities
  if (newest === undefined || control === undefined) return err('audit/no-key')
  // A file that somebody took away is not to be written to.
  if (!existsSync(vault.layout.auditIndex)) closeIndex(known)
  if (known.database === null) {
    const opened = openAuditIndex(vault.layout.auditIndex, auditIndexKey(newest))
    if (!opened.ok) return opened
    known.database = opened.value
  }
  if (pendingCommits(control, known.database) <= fewCommits) {
    const { primitives, authority: history } = vault
    return ok(
      await followAccess({ primitives, history, control, index: known.database, identities, progress }),
    )
  }
  closeIndex(known)
  return await runJob<'audit-index'>(
    { kind: 'audit-index', vault: jobVault(session), identities },
    progress,
    signal,
  )
}

function closeIndex(known: Open): void {
  known.database?.close()
  known.database = null
}

/**
 * The index, to read in. One that was not read yet in this session is brought up to date first.
 *
 * Errors: `audit/no-key`, `vault/damaged`.
 */
export async function openIndex(context: UnlockedContext): Promise<Result<Database>> {
  const known = openOf(context.session)
  if (known.database === null || known.running !== null) {
    const fresh = await refreshIndex(context, () => undefined, new AbortController().signal)
    if (!fresh.ok) return fresh
  }
  if (known.database !== null) return ok(known.database)
  const [newest] = auditIdentities(context.session)
  if (newest === undefined) return err('audit/no-key')
  const opened = openAuditIndex(context.session.vault.layout.auditIndex, auditIndexKey(newest))
  if (opened.ok) known.database = opened.value
  return opened
}

export const accessIndex: UnlockedHandler<'access.index'> = async (context, input, signal) =>
  await refreshIndex(
    context,
    (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
    signal,
  )
