import { twinRoles } from '../../../src-shared/access/permissions.ts'
import type { TwinReason, TwinStrength } from '../../../src-shared/duplicates/weigh.ts'
import { holdsAny, type Session } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { useWhilePending } from '../cycles/use-due.ts'

/** How many pairs wait for somebody to compare them, and decisions for this member to confirm. */
export function useTwinCount(session: Session) {
  const found = useQuery('twin.count', holdsAny(session, twinRoles) ? {} : null)
  useWhilePending(found)
  return found
}

/** The shape and tone of each strength; its word is `twins.strength.<strength>`. */
export const strengthMarks: Readonly<
  Record<TwinStrength, { readonly shape: string; readonly tone: 'risk' | 'watch' | 'plain' }>
> = {
  certain: { shape: '◆', tone: 'risk' },
  likely: { shape: '▲', tone: 'watch' },
  possible: { shape: '○', tone: 'plain' },
}

/** Reasons that say what the two have in common; the others say what differs or is not known. */
export function agrees(reason: TwinReason): boolean {
  return /-(same|written|sound|slip)$/.test(reason)
}
