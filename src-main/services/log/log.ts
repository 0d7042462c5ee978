import type { CommitLine } from '../../../src-shared/contract/views.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { readHeader } from '../../../src-shared/log/header.ts'
import { runJob } from '../../jobs/run.ts'
import { newestEntries } from '../../vault/log-table.ts'
import { rebuildProjection } from '../../vault/rebuild.ts'
import { openCompartment } from '../../vault/vault.ts'
import { businessCompartments, memberName, moment, type UnlockedHandler } from '../context.ts'
import { jobVault } from '../sync/sync.ts'

export const logList: UnlockedHandler<'log.list'> = ({ session }, input) => {
  const store = openCompartment(session.vault, input.compartment)
  if (!store.ok) return store
  const position = input.after === null ? null : Number(input.after)
  if (position !== null && !Number.isSafeInteger(position))
    return err('call/invalid-input', { path: 'after' })
  const entries = newestEntries(store.value.database, position, input.limit)
  const items = entries.map((entry): CommitLine => {
    const read = readHeader(entry.envelope.payload)
    const header = read.ok ? read.value : null
    return {
      compartment: input.compartment,
      log: entry.log,
      seq: entry.seq,
      leaf: entry.leaf,
      at: header?.at ?? '',
      memberName: header === null ? '' : nameOf(header.role, header.member),
      role: header?.role ?? '',
      action: header?.action ?? '',
      operations: header?.ops.length ?? 0,
      void: entry.void as ErrorCode | null,
    }
  })
  const last = entries.at(-1)
  return ok({
    items,
    next: entries.length === input.limit && last !== undefined ? String(last.position) : null,
  })

  function nameOf(role: string, member: string): string {
    if (role === 'root') return session.names.unit.name
    return role === 'hub' ? '' : memberName(session, member)
  }
}

export const logVerify: UnlockedHandler<'log.verify'> = async (context, input, signal) =>
  await runJob<'verify'>(
    { kind: 'verify', vault: jobVault(context.session), at: moment(context) },
    (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
    signal,
  )

export const logRebuild: UnlockedHandler<'log.rebuild'> = (context, input) => {
  const { session } = context
  const { vault } = session
  const rebuilt: { compartment: string; rows: number; changed: number }[] = []
  const names = businessCompartments(session)
  for (const [index, name] of names.entries()) {
    const store = openCompartment(vault, name)
    if (!store.ok) return store
    const { rows, changed } = rebuildProjection(
      vault.primitives,
      vault.unit,
      store.value.database,
      vault.authority,
    )
    rebuilt.push({ compartment: name, rows, changed })
    context.emit({ type: 'progress', job: input.job, done: index + 1, total: names.length })
    context.emit({ type: 'changed', compartment: name })
  }
  return ok(rebuilt)
}
