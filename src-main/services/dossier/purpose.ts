import {
  entryPurpose,
  isComplete,
  purposeLevel,
  type Purpose,
} from '../../../src-shared/disclosure/purpose.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { heldRoles } from '../../vault/vault.ts'
import type { AccessPurpose } from '../access-log.ts'
import type { Session } from '../context.ts'
import { disclosurePolicy } from '../disclosure/policy.ts'
import { taskOf } from '../review/tasks.ts'

interface Reading {
  readonly cadre: Id
  /** Null for the dossier as a whole. */
  readonly record: Id | null
  /** The highest level of what will be shown. */
  readonly level: number
  /** What the screen says, or null. */
  readonly stated: Purpose | null
}

/**
 * What is read for: what the member says now; else their open task with this dossier, or the task that the record
 * belonged to; else what they said of this dossier before. Stated once, it holds for the dossier until the vault is
 * locked.
 *
 * Errors: `access/purpose-needed` {cadre} when none of these is there and what would be shown is of level 3 or above;
 * `access/purpose-unknown` for one that is not on the list, or lacks its words.
 */
export function purposeOf(session: Session, reading: Reading): Result<AccessPurpose | null> {
  const { purposes } = session
  const { cadre, record, level, stated } = reading
  if (stated !== null) {
    if (!mayState(session, stated)) return err('access/purpose-unknown')
    purposes.cadres.set(cadre, stated)
    return ok(recorded(stated))
  }
  const task = taskOf(session, cadre)
  if (task !== null) {
    if (record !== null) purposes.records.set(record, task)
    return ok(recorded(task))
  }
  const before = (record === null ? undefined : purposes.records.get(record)) ?? purposes.cadres.get(cadre)
  if (before !== undefined) return ok(recorded(before))
  return level >= purposeLevel ? err('access/purpose-needed', { cadre }) : ok(null)
}

/** As it stands in the sealed entry. */
export function recorded({ kind, words }: Purpose): AccessPurpose {
  return { kind, words: words === '' ? null : words }
}

function mayState(session: Session, purpose: Purpose): boolean {
  if (purpose.kind !== entryPurpose.kind) return isComplete(disclosurePolicy(), purpose)
  return heldRoles(session.vault).some((role) => role === 'collector' || role === 'inspector')
}
