import { describe, expect, test } from 'vitest'
import { navigationOf } from '../../../src-renderer/app/navigation.ts'
import type { Session } from '../../../src-renderer/app/session.ts'
import type { Role } from '../../../src-shared/access/roles.ts'

const places = (...roles: readonly Role[]) => {
  const session: Session = {
    unit: { id: 'u', name: '镇政府', policy: 'normal' },
    member: { id: 'm', name: '陈', login: 'chen', roles, cadre: null, level: 3 },
    device: { id: 'd', name: '电脑' },
    compartments: ['control'],
  }
  return navigationOf(session)
}

describe('the navigation', () => {
  test.each<[Role, readonly string[]]>([
    [
      'collector',
      [
        'workbench',
        'dossiers',
        'due',
        'twins',
        'entry',
        'import',
        'sources',
        'register',
        'transfers',
        'sync',
        'security',
        'settings',
      ],
    ],
    ['reviewer', ['workbench', 'dossiers', 'review', 'signing', 'register', 'sync', 'security', 'settings']],
    [
      'approver',
      [
        'workbench',
        'dossiers',
        'due',
        'twins',
        'sources',
        'signing',
        'register',
        'faults',
        'transfers',
        'sync',
        'security',
        'settings',
      ],
    ],
    ['sysadmin', ['workbench', 'sync', 'security', 'settings']],
    ['secadmin', ['workbench', 'members', 'sync', 'security', 'settings']],
    ['auditor', ['workbench', 'audit', 'security', 'settings']],
  ])('of a %s has only what the role may use', (role, expected) => {
    const listed = places(role).filter((item) => item.isListed)
    expect(listed.map((item) => item.place)).toEqual(expected)
  })

  test('lets everybody come to what waits of roles and keys from the workbench', () => {
    expect(places('auditor').map((item) => item.place)).toContain('members')
    expect(places().map((item) => item.place)).toContain('members')
  })

  test('calls the signing desk adjudication for those who cannot sign', () => {
    expect(places('inspector').find((item) => item.place === 'signing')?.label).toBe('nav.adjudication')
    expect(places('approver').find((item) => item.place === 'signing')?.label).toBe('nav.signing')
  })
})
