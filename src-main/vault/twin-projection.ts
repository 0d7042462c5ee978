import type { Role } from '../../src-shared/access/roles.ts'
import {
  aliasesOf,
  followTwins,
  type TwinAct,
  type TwinState,
  type TwinStep,
  type VoidTwinStep,
} from '../../src-shared/duplicates/decisions.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Header } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { statement, type Database } from './database.ts'

function actOf(operation: Operation): TwinAct | null {
  if (operation.op === 'twin.propose') {
    const { outcome, kept, other, undoes } = operation
    return { act: 'propose', outcome, kept, other, undoes }
  }
  if (operation.op === 'twin.confirm') {
    const { proposal, kept, other } = operation
    return { act: 'confirm', proposal, kept, other }
  }
  return operation.op === 'twin.refuse' ? { act: 'refuse', proposal: operation.proposal } : null
}

/** What the decisions about duplicates say now. */
export function readTwins(database: Database): TwinState {
  const rows = statement<{ step: string }>(database, 'SELECT step FROM twin_step').all()
  return followTwins(rows.map(({ step }) => JSON.parse(step) as TwinStep))
}

/**
 * Keeps the steps of one commit that is not void. Returns where every merged dossier belongs then, and the steps of
 * this commit that break a rule; null where the commit says nothing of duplicates.
 */
export function projectTwins(
  database: Database,
  header: Header,
  leaf: Digest,
  depth: number,
): { readonly homes: ReadonlyMap<Id, Id>; readonly voids: readonly VoidTwinStep[] } | null {
  let isTouched = false
  header.ops.forEach((operation, index) => {
    const act = actOf(operation)
    if (act === null) return
    isTouched = true
    const { member, at } = header
    const hand = { member, role: header.role as Role, at, commit: leaf, body: operation.digest }
    const step: TwinStep = { decision: operation.entity, depth, index, hand, act }
    statement(
      database,
      'INSERT INTO twin_step (decision, depth, leaf, operation, step) VALUES (?, ?, ?, ?, ?)',
    ).run(operation.entity, depth, leaf, index, JSON.stringify(step))
  })
  if (!isTouched) return null
  const { inForce, voids } = readTwins(database)
  return { homes: aliasesOf(inForce).homes, voids: voids.filter(({ commit }) => commit === leaf) }
}
