import { plainName } from '../../../src-shared/access/recovery-sheet.ts'
import { foundingGaps, type Role } from '../../../src-shared/access/roles.ts'
import { parseCreditCode } from '../../../src-shared/catalogue/credit-code.ts'
import type { Fault } from '../../../src-shared/catalogue/findings.ts'
import { foundingSchema, minimumPasswordLength, type Founding } from '../../../src-shared/contract/session.ts'
import { administratorsAmongHolders, type FoundingDraft, type MemberDraft } from './founding-state.ts'

/** What keeps a step from being finished, as message keys with their parameters. */
export interface Gap {
  readonly key: string
  readonly parameters?: Readonly<Record<string, string | number>>
}

export function creditCodeFault(text: string): Fault | null {
  if (text.trim() === '') return null
  const read = parseCreditCode(text)
  return read.ok ? null : read.fault
}

export function unitGaps(draft: FoundingDraft): readonly Gap[] {
  const gaps: Gap[] = []
  if (draft.unitName.trim() === '') gaps.push({ key: 'founding.gap.unit-name' })
  if (creditCodeFault(draft.creditCode) !== null) gaps.push({ key: 'founding.gap.credit-code' })
  if (draft.device.trim() === '') gaps.push({ key: 'founding.gap.device' })
  return gaps
}

/** Two members of one log-in could not be told apart; capitals and outer spaces make no difference to people. */
export function repeatedLogins(members: readonly MemberDraft[]): readonly string[] {
  const logins = members.map((member) => member.login.trim().toLowerCase()).filter((login) => login !== '')
  return [...new Set(logins.filter((login, index) => logins.indexOf(login) !== index))]
}

export function memberGaps(draft: FoundingDraft): readonly Gap[] {
  const gaps: Gap[] = []
  const { members, policy } = draft
  if (members.some((member) => member.name.trim() === '')) gaps.push({ key: 'founding.gap.name' })
  if (members.some((member) => member.login.trim().length < 2)) gaps.push({ key: 'founding.gap.login' })
  for (const login of repeatedLogins(members)) {
    gaps.push({ key: 'founding.gap.login-twice', parameters: { login } })
  }
  if (members.some((member) => member.roles.length > 3)) gaps.push({ key: 'founding.gap.too-many-roles' })
  return [...gaps, ...roleGaps(policy, members)]
}

export function passwordGaps({ members }: FoundingDraft): readonly Gap[] {
  const count = members.filter((member) => member.password.length < minimumPasswordLength).length
  return count === 0 ? [] : [{ key: 'founding.gap.password', parameters: { count } }]
}

/**
 * Whether entries of the discipline compartment could go their whole road: somebody enters, two review, one signs, and
 * all of them hold its key. Not a condition of founding: a unit may keep no such entries.
 */
export function handlesDiscipline(members: readonly MemberDraft[]): boolean {
  const holders = members.filter((member) => member.cleared || member.roles.includes('inspector'))
  const count = (...roles: readonly Role[]) =>
    holders.filter((member) => member.roles.some((role) => roles.includes(role))).length
  return count('collector', 'inspector') >= 1 && count('reviewer') >= 2 && count('approver') >= 1
}

/** What the policy still asks for, in the codes of `foundingGaps` taken apart. */
export function roleGaps(policy: FoundingDraft['policy'], members: FoundingDraft['members']): readonly Gap[] {
  return foundingGaps(policy, members).map((gap) => {
    const [kind, first = '', second = ''] = gap.split(':')
    if (kind === 'missing') {
      const have = members.filter((member) => member.roles.some((role) => role === first)).length
      return { key: 'founding.gap.missing', parameters: { role: first, count: Number(second) - have } }
    }
    if (kind === 'excluded') return { key: 'founding.gap.excluded', parameters: { first, second } }
    return { key: 'founding.gap.member-without-role' }
  })
}

export function recoveryGaps(draft: FoundingDraft): readonly Gap[] {
  const gaps: Gap[] = []
  const names = draft.holders.map((holder) => holder.trim())
  if (names.includes('')) gaps.push({ key: 'founding.gap.holder' })
  const written = names.filter((name) => name !== '').map(plainName)
  if (new Set(written).size < written.length) gaps.push({ key: 'founding.gap.holder-twice' })
  for (const name of new Set(administratorsAmongHolders(draft))) {
    gaps.push({ key: 'founding.gap.holder-administrator', parameters: { name } })
  }
  if (draft.threshold > draft.holders.length) gaps.push({ key: 'founding.gap.threshold' })
  return gaps
}

/** The call's input, or null when something is still missing that the steps did not name. */
export function foundingInput(draft: FoundingDraft): Founding | null {
  const code = parseCreditCode(draft.creditCode)
  const read = foundingSchema.safeParse({
    unit: { name: draft.unitName, creditCode: code.ok ? code.value : null },
    policy: draft.policy,
    members: draft.members.map((member) => ({
      name: member.name,
      login: member.login,
      password: member.password,
      roles: member.roles,
      cleared: member.cleared || member.roles.includes('inspector'),
      categories: ['*'],
    })),
    device: draft.device,
    recovery: { threshold: draft.threshold, holders: draft.holders },
    hubCard: draft.hubCard.trim() === '' ? null : draft.hubCard,
  })
  return read.success ? read.data : null
}
