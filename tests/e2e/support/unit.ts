import type { InputOf } from '../../../src-shared/contract/index.ts'
import { startTestCore, type TestCore } from '../../helpers/core.ts'
import { mustFound } from '../../helpers/founding.ts'
import type { Premises } from './application.ts'
import { member, type Member } from './people.ts'

/** The four who suffice for a small unit; the collector looks after accounts and installation as well. */
export const four = {
  collector: member('collector', '陈立夏', 'collector'),
  one: member('reviewer1', '周秉文', 'reviewer'),
  two: member('reviewer2', '吴静姝', 'reviewer'),
  approver: member('approver', '欧阳正', 'approver', true),
} as const satisfies Record<string, Member>

/** The small unit of the four, as it is founded. */
export const smallUnit: InputOf<'unit.found'> = {
  unit: { name: '示例县清水镇人民政府', creditCode: null },
  policy: 'small',
  device: '纪检室办公电脑',
  members: Object.values(four).map(({ name, login, password, role, cleared }) => ({
    name,
    login,
    password,
    roles: role === 'collector' ? [role, 'sysadmin', 'secadmin'] : [role],
    cleared,
    categories: ['*'],
  })),
  recovery: { threshold: 2, holders: ['镇长', '县纪委', '书记'] },
  hubCard: null,
}

/**
 * Founds a small unit over the core's contract, for tests that are about something else.
 *
 * @param work what is done with the core before the application is started, with the collector at work
 */
export async function foundSmallUnit(
  premises: Premises,
  work: (core: TestCore) => Promise<void> = async () => {},
): Promise<void> {
  const core = startTestCore(premises.vault)
  await mustFound(core, smallUnit)
  await core.signIn(four.collector.login, four.collector.password)
  await work(core)
  await core.stop()
}
