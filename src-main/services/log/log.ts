import { z } from 'zod'
import type { CommitLine, RebuildReport } from '../../../src-shared/contract/log-views.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { readHeader } from '../../../src-shared/log/header.ts'
import { idSchema } from '../../../src-shared/log/operations.ts'
import { runJob } from '../../jobs/run.ts'
import { newestEntries, type StoredEntry } from '../../vault/entry-table.ts'
import { readLogs } from '../../vault/log-table.ts'
import { rebuildProjection } from '../../vault/rebuild.ts'
import { openCompartment } from '../../vault/vault.ts'
import { businessCompartments, memberName, moment, type Session, type UnlockedHandler } from '../context.ts'
import { tieFindings } from '../review/tie-findings.ts'
import { jobVault } from '../sync/job-vault.ts'

export const logList: UnlockedHandler<'log.list'> = ({ session }, input) => {
  const store = openCompartment(session.vault, input.compartment)
  if (!store.ok) return store
  const { database } = store.value
  const places = input.after === null ? new Map<string, number>() : readPlaces(input.after)
  if (places === null) return err('call/invalid-input', { path: 'after' })
  const lines: CommitLine[] = []
  for (const log of [...readLogs(database, 'device'), ...readLogs(database, 'hub')]) {
    const before = places.get(log.log) ?? log.size
    for (const entry of newestEntries(database, log, before, input.limit)) {
      lines.push(commitLine(session, input.compartment, entry))
    }
  }
  // Each log keeps its own order; across logs the clocks' claims are all there is to show them by.
  lines.sort((a, b) => (a.log === b.log ? b.seq - a.seq : a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const items = lines.slice(0, input.limit)
  for (const item of items) places.set(item.log, item.seq)
  const next = items.length === input.limit ? JSON.stringify([...places]) : null
  return ok({ items, next })
}

/** How far each log was shown. */
function readPlaces(text: string): Map<string, number> | null {
  try {
    const places = z.array(z.tuple([idSchema, z.int().min(0)])).safeParse(JSON.parse(text))
    return places.success ? new Map(places.data) : null
  } catch {
    return null
  }
}

function commitLine(
  session: Session,
  compartment: CommitLine['compartment'],
  entry: StoredEntry,
): CommitLine {
  const read = readHeader(entry.envelope.payload)
  const header = read.ok ? read.value : null
  return {
    compartment,
    log: entry.log,
    seq: entry.seq,
    leaf: entry.leaf,
    at: header?.at ?? '',
    memberName: header === null ? '' : signerName(session, header.role, header.member),
    role: header?.role ?? '',
    action: header?.action ?? '',
    operations: header?.ops.length ?? 0,
    void: entry.void as ErrorCode | null,
  }
}

function signerName(session: Session, role: string, member: string): string {
  if (role === 'root') return session.names.unit.name
  return role === 'hub' ? '' : memberName(session, member)
}

export const logVerify: UnlockedHandler<'log.verify'> = async (context, input, signal) => {
  const report = await runJob<'verify'>(
    { kind: 'verify', vault: jobVault(context.session), at: moment(context) },
    (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
    signal,
  )
  if (!report.ok) return report
  const { session } = context
  const answers = report.value.compartments.flatMap(({ voids }) => voids.flatMap((one) => one.answers ?? []))
  const names = Object.fromEntries(answers.map(({ member }) => [member, memberName(session, member)]))
  return ok({ ...report.value, ties: tieFindings(session), names })
}

export const logRebuild: UnlockedHandler<'log.rebuild'> = (context, input) => {
  const { session } = context
  const { vault } = session
  const rebuilt: RebuildReport[] = []
  const names = businessCompartments(session)
  for (const [index, name] of names.entries()) {
    const store = openCompartment(vault, name)
    if (!store.ok) return store
    const { primitives, unit, authority: history } = vault
    const { database } = store.value
    const done = rebuildProjection({ primitives, unit, compartment: name, database, history })
    rebuilt.push({ compartment: name, ...done })
    context.emit({ type: 'progress', job: input.job, done: index + 1, total: names.length })
    context.emit({ type: 'changed', compartment: name })
  }
  return ok(rebuilt)
}
