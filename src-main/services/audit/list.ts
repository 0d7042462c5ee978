import { z } from 'zod'
import { findUnusual, unusualRulesSchema, type UnusualRules } from '../../../src-shared/audit/unusual.ts'
import type { AccessLine, DispositionView } from '../../../src-shared/contract/audit.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { digestSchema } from '../../../src-shared/log/operations.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import {
  actsOf,
  countAccess,
  listAccess,
  usedAccess,
  type AccessPlace,
  type IndexedAccess,
} from '../../vault/audit-queries.ts'
import type { Database } from '../../vault/database.ts'
import { memberName, type Session, type UnlockedHandler } from '../context.ts'
import { actOf } from './acts.ts'
import { openIndex } from './index-access.ts'

export const accessList: UnlockedHandler<'access.list'> = async (context, input) => {
  const after = input.after === null ? null : readPlace(input.after)
  if (after === undefined) return err('call/invalid-input', { path: 'after' })
  const index = await openIndex(context)
  if (!index.ok) return index
  const rows = listAccess(index.value, input.filter, after, input.limit)
  const last = rows.at(-1)
  const next =
    rows.length === input.limit && last !== undefined
      ? JSON.stringify([last.at, last.leaf, last.operation])
      : null
  const total = countAccess(index.value, input.filter)
  return ok({ items: rows.map((row) => accessLine(context.session, row)), total, next })
}

function readPlace(text: string): AccessPlace | undefined {
  try {
    const place = z.tuple([z.string().max(40), digestSchema, z.int().min(0)]).safeParse(JSON.parse(text))
    if (!place.success) return undefined
    const [at, leaf, operation] = place.data
    return { at, leaf, operation }
  } catch {
    return undefined
  }
}

export function accessLine(session: Session, row: IndexedAccess): AccessLine {
  const { at, leaf, operation, state, code, member, role, device, count, entry } = row
  return {
    at,
    leaf,
    operation,
    state,
    code,
    member,
    memberName: memberName(session, member),
    role,
    deviceName: session.names.devices.get(device) ?? device.slice(0, 8),
    kind: entry?.kind ?? null,
    subject: entry?.subject ?? null,
    purpose: entry?.purpose ?? null,
    flags: entry?.flags ?? [],
    count,
  }
}

/** Errors: `format/invalid` for thresholds that are not of their form. */
function unusualRules(): Result<UnusualRules> {
  const rules = unusualRulesSchema.safeParse(readResourceJson('audit/unusual-use.json'))
  return rules.success ? ok(rules.data) : err('format/invalid', { resource: 'unusual-use' })
}

export const accessUnusual: UnlockedHandler<'access.unusual'> = async (context, input) => {
  const { session } = context
  const rules = unusualRules()
  if (!rules.ok) return rules
  const index = await openIndex(context)
  if (!index.ok) return index
  const entries = usedAccess(index.value, input.from, input.until)
  const notes = dispositionsOf(session, index.value)
  const findings = findUnusual(context.primitives, rules.value, entries).map((finding) => ({
    ...finding,
    memberName: memberName(session, finding.member),
    dispositions: notes.get(finding.key) ?? [],
  }))
  return ok({ rules: rules.value, entries: entries.length, findings })
}

function dispositionsOf(session: Session, index: Database): ReadonlyMap<string, readonly DispositionView[]> {
  const notes = new Map<string, DispositionView[]>()
  for (const row of actsOf(index, 'access.note')) {
    const act = actOf(row)
    if (row.state !== 'good' || act?.type !== 'liandang/access-note/1') continue
    const { finding, disposition, words } = act.note
    const view = { disposition, words, at: row.at, memberName: memberName(session, row.member) }
    notes.set(finding, [...(notes.get(finding) ?? []), view])
  }
  return notes
}
