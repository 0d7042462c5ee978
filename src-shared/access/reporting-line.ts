import type { Id } from '../kernel/ids.ts'
import type { AuthorityCommit, MemberState } from './authority-state.ts'

/**
 * An approver or inspector says it of others; about oneself one may only name more dossiers, which takes rights and gives
 * none.
 */
export function sayLine(
  member: MemberState,
  cadres: readonly Id[],
  { header }: AuthorityCommit,
): MemberState | null {
  if (new Set(cadres).size !== cadres.length) return null
  const isOwn = header.member === member.id
  const isResponsible = header.role === 'approver' || header.role === 'inspector'
  if (isOwn ? !member.line.every((cadre) => cadres.includes(cadre)) : !isResponsible) return null
  return { ...member, line: cadres }
}
