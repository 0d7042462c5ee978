/** What a member may be (DESIGN §2). `root` signs the founding commit only, `hub` the commits of an upstream node. */
export const roles = [
  'collector',
  'reviewer',
  'approver',
  'inspector',
  'sysadmin',
  'secadmin',
  'auditor',
  'supervisor',
] as const

export type Role = (typeof roles)[number]
export type SigningRole = Role | 'root' | 'hub'

export const businessRoles: readonly Role[] = ['collector', 'reviewer', 'approver', 'inspector']
export const administratorRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor']

export const compartments = ['control', 'archive', 'discipline'] as const
export type Compartment = (typeof compartments)[number]

/**
 * Everything that has an age identity per epoch: the three compartments, `seal` (opinions, held by approvers) and
 * `audit` (access entries, held by auditors).
 */
export const keyrings = [...compartments, 'seal', 'audit'] as const
export type Keyring = (typeof keyrings)[number]

/** Of a category, and the highest that a grant reaches (DOMAIN): internal, personal, sensitive, discipline-secret. */
export const levels = [1, 2, 3, 4] as const
export type Level = (typeof levels)[number]

export const policies = ['normal', 'small'] as const
export type Policy = (typeof policies)[number]

/** Whether a role is one that a person holds, and not the root's or a hub's. */
export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

/**
 * The roles among `held` that one person may not hold together, as a pair, or null. Three-admin separation:
 * `auditor` excludes every other role, administrators hold no business role; `approver` excludes `reviewer`. A small
 * unit lets its collector be sysadmin and secadmin too.
 */
export function excludedPair(held: readonly Role[], policy: Policy): readonly [Role, Role] | null {
  for (const first of held) {
    for (const second of held) {
      if (first < second && excludes(first, second, policy)) return [first, second]
    }
  }
  return null
}

function excludes(first: Role, second: Role, policy: Policy): boolean {
  const pair = [first, second]
  const has = (role: Role) => pair.includes(role)
  if (has('auditor') || has('supervisor')) return true
  if (has('approver') && has('reviewer')) return true
  if (has('sysadmin') && has('secadmin')) return policy === 'normal'
  const administrator = has('sysadmin') || has('secadmin')
  if (!administrator) return false
  return !(policy === 'small' && has('collector'))
}

/**
 * Which keyrings a grant gives a right to: `control` everybody, `archive` and from level 4 on `discipline` whoever works
 * on dossiers, `seal` approvers, `audit` auditors. Nobody may be wrapped a keyring without one of these grants.
 */
export function keyringsOfGrant(role: Role, level: Level): readonly Keyring[] {
  const rings: Keyring[] = ['control']
  if (businessRoles.includes(role)) rings.push('archive')
  if (businessRoles.includes(role) && level === 4) rings.push('discipline')
  if (role === 'approver') rings.push('seal')
  if (role === 'auditor') rings.push('audit')
  return rings
}

/** The keyrings that all of a member's grants give a right to together. */
export function keyringsOf(
  grants: readonly { readonly role: Role; readonly level: Level }[],
): readonly Keyring[] {
  const rings = new Set<Keyring>([
    'control',
    ...grants.flatMap(({ role, level }) => keyringsOfGrant(role, level)),
  ])
  return keyrings.filter((ring) => rings.has(ring))
}

/** The recovery identity that every epoch of a keyring is wrapped to beside its holders. */
export function recoveryOf(keyring: Keyring): 'recovery-archive' | 'recovery-discipline' {
  return keyring === 'discipline' ? 'recovery-discipline' : 'recovery-archive'
}

export interface FoundingMember {
  readonly roles: readonly Role[]
}

/**
 * What a unit still lacks to be founded, as codes that name the missing role or the pair that excludes itself.
 * Normal: three different administrators, a collector, two reviewers and an approver, at the least. Small: four people:
 * a collector (who may also be sysadmin and secadmin), two reviewers, an approver; the auditor comes from upstream.
 */
export function foundingGaps(policy: Policy, members: readonly FoundingMember[]): readonly string[] {
  const gaps: string[] = []
  const count = (role: Role) => members.filter((member) => member.roles.includes(role)).length
  const need = (role: Role, least: number) => {
    if (count(role) < least) gaps.push(`missing:${role}:${least}`)
  }
  need('collector', 1)
  need('reviewer', 2)
  need('approver', 1)
  need('sysadmin', 1)
  need('secadmin', 1)
  if (policy === 'normal') need('auditor', 1)
  for (const member of members) {
    if (member.roles.length === 0) gaps.push('member-without-role')
    const pair = excludedPair(member.roles, policy)
    if (pair !== null) gaps.push(`excluded:${pair[0]}:${pair[1]}`)
  }
  return [...new Set(gaps)]
}
