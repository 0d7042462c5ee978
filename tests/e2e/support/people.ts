import { identityCheckCharacter } from '../../../src-shared/catalogue/identity.ts'
import type { Role } from '../../../src-shared/access/roles.ts'

/** Someone who works with the archive. */
export interface Member {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly password: string
  /** May read the discipline compartment. */
  readonly cleared: boolean
}

export function member(login: string, name: string, role: Role, cleared = false): Member {
  return { login, name, role, cleared, password: `${login}-mima-2026` }
}

/** The eight of a unit with separated administrators. */
export const members = {
  collector: member('luru', '沈若兰', 'collector'),
  reviewerOne: member('fuhe1', '陆长庚', 'reviewer'),
  reviewerTwo: member('fuhe2', '秦素云', 'reviewer'),
  approver: member('shenqian', '顾怀远', 'approver', true),
  sysadmin: member('xitong', '戚文博', 'sysadmin'),
  secadmin: member('anquan', '申屠敏', 'secadmin'),
  auditor: member('shenji', '费振声', 'auditor'),
  inspector: member('jijian', '桑景行', 'inspector'),
} as const satisfies Record<string, Member>

export const unitName = '示例市云岭街道办事处'
export const holders = ['街道党工委书记', '办事处主任', '区纪委派驻干部'] as const

/**
 * A number that passes the check of GB 11643 and is nobody's: prefecture 99 never was (GB/T 2260).
 *
 * @param birth `YYYYMMDD`
 * @param order three digits, odd for men
 */
export function inventedIdentityNumber(birth: string, order: string): string {
  const digits = `429999${birth}${order}`
  return `${digits}${identityCheckCharacter(digits)}`
}
