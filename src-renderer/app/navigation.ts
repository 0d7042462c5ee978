import { twinRoles } from '../../src-shared/access/permissions.ts'
import { businessRoles, type Role } from '../../src-shared/access/roles.ts'
import type { QueueKind } from '../../src-shared/contract/views.ts'
import type { MessageKey } from '../../src-shared/i18n/index.ts'
import { holdsAny, type Session } from './session.ts'

export const places = [
  'workbench',
  'dossiers',
  'due',
  'twins',
  'entry',
  'import',
  'sources',
  'review',
  'signing',
  'register',
  'faults',
  'transfers',
  'members',
  'sync',
  'audit',
  'security',
  'settings',
] as const
export type Place = (typeof places)[number]

interface Entry {
  readonly place: Place
  readonly allow: readonly Role[] | 'everyone'
  /** Roles in whose navigation it stands; all who may come, if it does not say. */
  readonly listedFor?: readonly Role[]
  /** What waits there for this member. */
  readonly queues: readonly QueueKind[]
}

const entries: readonly Entry[] = [
  { place: 'workbench', allow: 'everyone', queues: [] },
  { place: 'dossiers', allow: businessRoles, queues: [] },
  { place: 'due', allow: ['collector', 'approver', 'inspector'], queues: [] },
  { place: 'twins', allow: twinRoles, queues: [] },
  { place: 'entry', allow: ['collector', 'inspector'], queues: ['returned'] },
  { place: 'import', allow: ['collector', 'inspector'], queues: [] },
  { place: 'sources', allow: ['collector', 'approver', 'inspector'], queues: [] },
  { place: 'review', allow: ['reviewer'], queues: ['to-review'] },
  {
    place: 'signing',
    allow: ['approver', 'inspector', 'reviewer'],
    queues: ['to-open', 'to-adjudicate', 'to-sign'],
  },
  { place: 'register', allow: businessRoles, queues: [] },
  // Whoever an error is traced to comes here from the workbench.
  { place: 'faults', allow: businessRoles, listedFor: ['approver', 'inspector'], queues: [] },
  { place: 'transfers', allow: ['collector', 'approver', 'inspector'], queues: [] },
  // The others come here from their workbench, when something waits for them.
  { place: 'members', allow: 'everyone', listedFor: ['secadmin'], queues: [] },
  { place: 'sync', allow: [...businessRoles, 'secadmin', 'sysadmin'], queues: [] },
  { place: 'audit', allow: ['auditor'], queues: [] },
  { place: 'security', allow: 'everyone', queues: [] },
  { place: 'settings', allow: 'everyone', queues: [] },
]

export interface NavigationItem {
  readonly place: Place
  readonly label: MessageKey
  readonly queues: readonly QueueKind[]
  readonly isListed: boolean
}

/** The places the member may use, in the order of the daily work. */
export function navigationOf(session: Session): readonly NavigationItem[] {
  return entries
    .filter((entry) => entry.allow === 'everyone' || holdsAny(session, entry.allow))
    .map(({ place, queues, listedFor }) => ({
      place,
      queues,
      isListed: listedFor === undefined || holdsAny(session, listedFor),
      // Only an approver opens and signs; the others settle disagreements there.
      label: place === 'signing' && !holdsAny(session, ['approver']) ? 'nav.adjudication' : `nav.${place}`,
    }))
}
