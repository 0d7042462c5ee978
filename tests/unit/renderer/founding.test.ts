import { beforeEach, describe, expect, test } from 'vitest'
import {
  creditCodeFault,
  foundingInput,
  handlesDiscipline,
  memberGaps,
  passwordGaps,
  recoveryGaps,
  roleGaps,
  unitGaps,
} from '../../../src-renderer/features/founding/founding-checks.ts'
import {
  useFounding,
  type FoundingDraft,
  type MemberDraft,
} from '../../../src-renderer/features/founding/founding-state.ts'
import type { Role } from '../../../src-shared/access/roles.ts'

const password = 'a password of some length'

function member(
  key: number,
  name: string,
  roles: readonly Role[],
  change: Partial<MemberDraft> = {},
): MemberDraft {
  return { key, name, login: `login${key}`, roles, cleared: false, password, ...change }
}

const small: FoundingDraft = {
  agreed: true,
  unitName: '清水镇',
  creditCode: '',
  device: '办公电脑',
  policy: 'small',
  members: [
    member(1, '陈', ['collector', 'sysadmin', 'secadmin']),
    member(2, '周', ['reviewer']),
    member(3, '吴', ['reviewer']),
    member(4, '欧阳', ['approver']),
  ],
  threshold: 2,
  holders: ['李', '张', '王'],
  hubCard: '',
}

const keys = (gaps: readonly { readonly key: string }[]) => gaps.map((gap) => gap.key)

describe('the founding wizard', () => {
  test('lets a complete small unit through', () => {
    expect([...unitGaps(small), ...memberGaps(small), ...recoveryGaps(small)]).toEqual([])
    const input = foundingInput(small)
    expect(input?.members).toHaveLength(4)
    expect(input?.unit.creditCode).toBeNull()
    expect(input?.hubCard).toBeNull()
  })

  test('names each role that is missing and how many', () => {
    expect(roleGaps('normal', small.members.slice(0, 2))).toContainEqual({
      key: 'founding.gap.missing',
      parameters: { role: 'reviewer', count: 1 },
    })
    expect(roleGaps('normal', small.members)).toContainEqual({
      key: 'founding.gap.excluded',
      parameters: { first: 'collector', second: 'sysadmin' },
    })
  })

  test('asks every member for a name, a log-in and a password of their own', () => {
    const draft = {
      ...small,
      members: [
        ...small.members.slice(0, 3),
        member(4, ' ', ['approver'], { login: 'x', password: 'short' }),
      ],
    }
    expect(keys(memberGaps(draft))).toEqual(['founding.gap.name', 'founding.gap.login'])
    expect(keys(passwordGaps(draft))).toEqual(['founding.gap.password'])
  })

  test('takes two log-ins for one whatever their capitals', () => {
    const twice = {
      ...small,
      members: [...small.members, member(5, '郑', ['reviewer'], { login: ' LOGIN1 ' })],
    }
    expect(memberGaps(twice)).toContainEqual({
      key: 'founding.gap.login-twice',
      parameters: { login: 'login1' },
    })
  })

  test('gives no recovery sheet to an administrator', () => {
    expect(recoveryGaps({ ...small, holders: ['陈', '张', '王'] })).toContainEqual({
      key: 'founding.gap.holder-administrator',
      parameters: { name: '陈' },
    })
    expect(keys(recoveryGaps({ ...small, holders: ['　陈 ', '张', '王'] }))).toContain(
      'founding.gap.holder-administrator',
    )
  })

  test('wants holders that are different people', () => {
    expect(keys(recoveryGaps({ ...small, holders: ['李', '李', ''] }))).toEqual([
      'founding.gap.holder',
      'founding.gap.holder-twice',
    ])
  })

  test('checks the credit code only when there is one', () => {
    expect(creditCodeFault(' ')).toBeNull()
    expect(creditCodeFault('91520304MA11900560')).toBeNull()
    expect(creditCodeFault('91520304MA11900561')?.code).toBe('credit-code-check')
    expect(keys(unitGaps({ ...small, creditCode: '9152' }))).toEqual(['founding.gap.credit-code'])
  })

  test('clears an inspector for the discipline compartment without being asked', () => {
    const members = [...small.members, member(5, '郑', ['inspector'])]
    expect(foundingInput({ ...small, members })?.members.at(-1)?.cleared).toBe(true)
  })

  test('sees whether discipline records could go their whole road', () => {
    const cleared = (one: MemberDraft): MemberDraft => ({ ...one, cleared: true })
    expect(handlesDiscipline(small.members)).toBe(false)
    expect(handlesDiscipline(small.members.map(cleared))).toBe(true)
    const inspector = member(5, '郑', ['inspector'])
    expect(handlesDiscipline([inspector, ...small.members.slice(1).map(cleared)])).toBe(true)
    expect(handlesDiscipline([inspector, ...small.members.slice(2).map(cleared)])).toBe(false)
  })

  test('makes no call of what is incomplete', () => {
    expect(foundingInput({ ...small, members: small.members.slice(0, 3) })).toBeNull()
  })
})

describe('choosing a policy', () => {
  beforeEach(() => useFounding.getState().choosePolicy('normal'))

  test('proposes the people it needs', () => {
    expect(useFounding.getState().draft.members).toHaveLength(7)
    useFounding.getState().choosePolicy('small')
    expect(useFounding.getState().draft.members.map((one) => one.roles)).toEqual([
      ['collector', 'sysadmin', 'secadmin'],
      ['reviewer'],
      ['reviewer'],
      ['approver'],
    ])
  })

  test('keeps the rows somebody has written in', () => {
    const [first] = useFounding.getState().draft.members
    useFounding.getState().changeMember(first?.key ?? 0, { name: '陈立夏' })
    useFounding.getState().choosePolicy('small')
    expect(useFounding.getState().draft.members[0]?.name).toBe('陈立夏')
    useFounding.getState().changeMember(first?.key ?? 0, { name: '' })
  })
})
