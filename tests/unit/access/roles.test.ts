import { describe, expect, test } from 'vitest'
import { operationRules, permits } from '../../../src-shared/access/permissions.ts'
import {
  administratorRoles,
  businessRoles,
  compartments,
  excludedPair,
  foundingGaps,
  isRole,
  keyrings,
  keyringsOf,
  keyringsOfGrant,
  levels,
  recoveryOf,
  roles,
  type Level,
  type Role,
} from '../../../src-shared/access/roles.ts'

const together = (...held: Role[]) => excludedPair(held, 'normal') === null
const togetherInSmallUnit = (...held: Role[]) => excludedPair(held, 'small') === null

describe('one person never holds together', () => {
  const others = (role: Role) => roles.filter((other) => other !== role)

  test.each(others('auditor'))('auditor and %s, in a unit of any size', (other) => {
    expect(together('auditor', other)).toBe(false)
    expect(togetherInSmallUnit(other, 'auditor')).toBe(false)
  })

  test.each(others('supervisor'))('supervisor and %s', (other) => {
    expect(together('supervisor', other)).toBe(false)
    expect(togetherInSmallUnit('supervisor', other)).toBe(false)
  })

  test.each(['sysadmin', 'secadmin'] as const)('%s and a business role', (administrator) => {
    for (const business of businessRoles) expect(together(administrator, business)).toBe(false)
  })

  test('two of the three administrators', () => {
    for (const first of administratorRoles)
      for (const second of administratorRoles)
        expect(together(first, second), `${first} ${second}`).toBe(first === second)
  })

  test('approver and reviewer, in a unit of any size', () => {
    expect(together('approver', 'reviewer')).toBe(false)
    expect(togetherInSmallUnit('reviewer', 'approver')).toBe(false)
  })

  test('an excluded pair among roles that are fine with the third', () => {
    expect(excludedPair(['collector', 'approver', 'reviewer'], 'normal')).toEqual(['approver', 'reviewer'])
  })
})

describe('one person may hold together', () => {
  test('collector and reviewer, collector and approver, inspector and any business role', () => {
    expect(together('collector', 'reviewer')).toBe(true)
    expect(together('collector', 'approver')).toBe(true)
    for (const business of businessRoles) expect(together('inspector', business)).toBe(true)
  })

  test('in a small unit, collector and the two administrators on site, and nobody else', () => {
    expect(togetherInSmallUnit('collector', 'sysadmin', 'secadmin')).toBe(true)
    for (const business of businessRoles.filter((role) => role !== 'collector')) {
      expect(togetherInSmallUnit(business, 'secadmin')).toBe(false)
      expect(togetherInSmallUnit('collector', 'secadmin', business)).toBe(false)
      expect(togetherInSmallUnit(business, 'sysadmin')).toBe(false)
    }
  })
})

test('four roles work on dossiers, and three administer', () => {
  expect(businessRoles).toEqual(['collector', 'reviewer', 'approver', 'inspector'])
  expect(administratorRoles).toEqual(['sysadmin', 'secadmin', 'auditor'])
})

test('the recovery kit opens discipline with an identity of its own, and all else with the other', () => {
  for (const keyring of keyrings)
    expect(recoveryOf(keyring), keyring).toBe(
      keyring === 'discipline' ? 'recovery-discipline' : 'recovery-archive',
    )
})

test('a grant by itself gives a right to control, and by its role and level to more', () => {
  expect(keyringsOfGrant('sysadmin', 4)).toEqual(['control'])
  expect(keyringsOfGrant('approver', 4)).toEqual(['control', 'archive', 'discipline', 'seal'])
  expect(keyringsOfGrant('collector', 3)).toEqual(['control', 'archive'])
})

const ringsOf = (...grants: readonly (readonly [Role, Level])[]) =>
  keyringsOf(grants.map(([role, level]) => ({ role, level })))

describe('the keys that come with a role', () => {
  test('an administrator holds control alone, and the auditor its own', () => {
    expect(ringsOf(['sysadmin', 4])).toEqual(['control'])
    expect(ringsOf(['secadmin', 4])).toEqual(['control'])
    expect(ringsOf(['auditor', 4])).toEqual(['control', 'audit'])
  })

  test('only an approver opens sealed opinions', () => {
    for (const role of roles) expect(ringsOf([role, 4]).includes('seal')).toBe(role === 'approver')
  })

  test('discipline opens to business members with a grant of level 4, and to nobody else', () => {
    for (const role of businessRoles)
      for (const level of levels)
        expect(ringsOf([role, level]).includes('discipline'), `${role} ${level}`).toBe(level === 4)
    for (const role of roles.filter((one) => !businessRoles.includes(one)))
      expect(ringsOf([role, 4]).includes('discipline'), role).toBe(false)
    expect(ringsOf(['supervisor', 4])).toEqual(['control'])
  })

  test('of several grants are those of each', () => {
    expect(ringsOf(['collector', 2], ['inspector', 4])).toEqual(['control', 'archive', 'discipline'])
    expect(ringsOf(['collector', 3], ['approver', 3])).toEqual(['control', 'archive', 'seal'])
    expect(ringsOf()).toEqual(['control'])
  })
})

describe('a unit lacks, to be founded,', () => {
  const unit = (...held: Role[][]) => held.map((one) => ({ roles: one }))
  const whole = unit(
    ['sysadmin'],
    ['secadmin'],
    ['auditor'],
    ['collector'],
    ['reviewer'],
    ['reviewer'],
    ['approver'],
  )

  test('nothing with three administrators, a collector, two reviewers and an approver', () => {
    expect(foundingGaps('normal', whole)).toEqual([])
  })

  test.each(whole.map((member, index) => [member.roles[0] as Role, index] as const))(
    '%s when that member (%i) is missing',
    (role, index) => {
      const gaps = foundingGaps(
        'normal',
        whole.filter((_, at) => at !== index),
      )
      expect(gaps).toEqual([`missing:${role}:${role === 'reviewer' ? 2 : 1}`])
    },
  )

  test('nothing in a small unit of four, whose auditor comes from upstream', () => {
    const four = unit(['collector', 'sysadmin', 'secadmin'], ['reviewer'], ['reviewer'], ['approver'])
    expect(foundingGaps('small', four)).toEqual([])
    expect(foundingGaps('normal', four)).toEqual(['missing:auditor:1', 'excluded:collector:sysadmin'])
  })

  test('a role for a member without one, and roles that do not exclude each other', () => {
    expect(foundingGaps('normal', [...whole, { roles: [] }])).toEqual(['member-without-role'])
    expect(foundingGaps('normal', [...whole, { roles: ['approver', 'reviewer'] }])).toEqual([
      'excluded:approver:reviewer',
    ])
  })
})

describe('the table of operations', () => {
  const names = Object.keys(operationRules) as (keyof typeof operationRules)[]

  test('lets an auditor, a sysadmin and a supervisor write access entries and confirm at most', () => {
    const signs = (role: Role) =>
      names.filter((name) => compartments.some((compartment) => permits(name, role, compartment)))
    expect(signs('sysadmin')).toEqual(['access.record', 'incident.report'])
    expect(signs('supervisor')).toEqual(['access.record', 'incident.report'])
    expect(signs('auditor')).toEqual([
      'role.confirm',
      'keyring.epoch',
      'keyring.wrap',
      'access.record',
      'access.note',
      'incident.report',
      'incident.update',
    ])
  })

  test('lets no administrator sign anything in archive or discipline', () => {
    for (const name of names)
      for (const role of [...administratorRoles, 'supervisor'] as const)
        for (const compartment of ['archive', 'discipline'] as const)
          expect(permits(name, role, compartment), `${role} ${name}`).toBe(false)
  })

  test('lets a secadmin grant and no secadmin confirm', () => {
    expect(permits('role.grant', 'secadmin', 'control')).toBe(true)
    expect(permits('role.confirm', 'secadmin', 'control')).toBe(false)
    for (const role of roles.filter((one) => one !== 'secadmin'))
      for (const name of [
        'member.add',
        'key.add',
        'key.remove',
        'role.grant',
        'role.revoke',
        'device.add',
      ] as const)
        expect(permits(name, role, 'control'), `${role} ${name}`).toBe(false)
  })

  test('opens dossiers in the archive alone, and changes authority in control alone', () => {
    expect(compartments.filter((compartment) => permits('cadre.open', 'collector', compartment))).toEqual([
      'archive',
    ])
    for (const name of names.filter((one) => operationRules[one].authority))
      expect(operationRules[name].compartments).toEqual(['control'])
  })

  test('knows the roles that people hold from the ones of the root and of a hub', () => {
    expect(isRole('reviewer')).toBe(true)
    expect(isRole('root')).toBe(false)
    expect(isRole('hub')).toBe(false)
  })
})
