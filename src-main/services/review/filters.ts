import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import type { QueueKind } from '../../../src-shared/contract/views.ts'
import type { Database } from '../../vault/database.ts'
import type { QueueFilter } from '../../vault/queue-queries.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import { businessCompartments, type Session } from '../context.ts'
import { sightOf } from '../dossier/sight.ts'

/** The roles under which a queue is worked. */
const queueRoles: Readonly<Record<QueueKind, readonly Role[]>> = {
  'to-review': ['reviewer'],
  given: ['reviewer'],
  'to-assign': ['approver', 'inspector'],
  'to-open': ['approver'],
  'to-adjudicate': ['inspector', 'approver', 'reviewer'],
  'to-sign': ['approver'],
  'awaiting-above': ['approver', 'inspector'],
  referred: ['approver', 'inspector'],
  returned: ['collector', 'inspector'],
  'on-the-way': ['collector', 'inspector'],
}

/** Null when the member holds no role that works this queue. */
export function filterOf(
  session: Session,
  kind: QueueKind,
  whose: QueueFilter['whose'] = 'all',
): QueueFilter | null {
  const held = heldRoles(session.vault)
  const roles = queueRoles[kind].filter((role) => held.includes(role))
  if (roles.length === 0) return null
  const head = session.vault.authority.head
  const me = session.vault.member.id
  const at = momentOf(session.vault)
  const reach = roles.flatMap((role) => grantsInForce(head, me, role, at))
  const rules = [...(head.catalogue?.rules.values() ?? [])].filter((rule) =>
    session.vault.compartments.has(rule.compartment),
  )
  const reached = rules.filter((rule) => mayHandle(reach, rule)).map((rule) => rule.category)
  const categories = sightOf(session).within(reached.length === rules.length ? ['*'] : reached)
  return {
    kind,
    me,
    ownCadre: head.members.get(me)?.cadre ?? '',
    categories: JSON.stringify(categories),
    whose,
  }
}

export interface OpenDatabase {
  readonly name: Exclude<Compartment, 'control'>
  readonly database: Database
}

export function openDatabases(session: Session): readonly OpenDatabase[] {
  return businessCompartments(session).flatMap((name) => {
    const database = session.vault.compartments.get(name)?.database
    return database === undefined ? [] : [{ name, database }]
  })
}
