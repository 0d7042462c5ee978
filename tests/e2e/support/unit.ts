import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { FoundedUnit } from '../../../src-shared/contract/views.ts'
import { startTestCore, type TestCore } from '../../helpers/core.ts'
import { mustFound } from '../../helpers/founding.ts'
import type { Premises } from './application.ts'
import { holders, member, members, unitName, type Member } from './people.ts'

/** The four who suffice for a small unit; the collector looks after accounts and installation as well. */
export const four = {
  collector: member('collector', '陈立夏', 'collector'),
  one: member('reviewer1', '周秉文', 'reviewer'),
  two: member('reviewer2', '吴静姝', 'reviewer'),
  approver: member('approver', '欧阳正', 'approver', true),
} as const satisfies Record<string, Member>

function unitOf(
  unit: Pick<InputOf<'unit.found'>, 'policy' | 'device'> & {
    readonly name: string
    readonly holders: readonly string[]
    readonly members: InputOf<'unit.found'>['members']
  },
): InputOf<'unit.found'> {
  return {
    unit: { name: unit.name, creditCode: null },
    policy: unit.policy,
    device: unit.device,
    members: unit.members,
    recovery: { threshold: 2, holders: [...unit.holders] },
    hubCard: null,
  }
}

function founder({ name, login, password, role, cleared }: Member, besides: readonly Role[] = []) {
  return { name, login, password, roles: [role, ...besides], cleared, categories: ['*'] }
}

/** The small unit of the four, as it is founded. */
export const smallUnit = unitOf({
  name: '示例县清水镇人民政府',
  policy: 'small',
  device: '纪检室办公电脑',
  holders: ['镇长', '县纪委', '书记'],
  members: Object.values(four).map((one) =>
    founder(one, one.role === 'collector' ? ['sysadmin', 'secadmin'] : []),
  ),
})

/** A unit with separated administrators, as it is founded: the eight, or who else is in the office. */
export function officeUnit(office: readonly Member[] = Object.values(members)): InputOf<'unit.found'> {
  return unitOf({
    name: unitName,
    policy: 'normal',
    device: '党政办一号机',
    holders,
    members: office.map((one) => founder(one)),
  })
}

/**
 * Founds a unit over the core's contract, for tests that are about something else.
 *
 * @param work what is done with the core before the application is started, with the first member (the collector) at work
 * @param catalogue what the unit is founded with, where it is not what is shipped
 */
export async function foundOverContract(
  premises: Premises,
  unit: InputOf<'unit.found'>,
  work: (core: TestCore) => Promise<void>,
  catalogue?: Catalogue,
): Promise<FoundedUnit> {
  const foundedApart = catalogue === undefined ? null : foundWith(premises.vault, unit, catalogue)
  const core = startTestCore(premises.vault)
  const founded = foundedApart ?? (await mustFound(core, unit))
  const first = unit.members[0]
  if (first === undefined) throw new Error('a unit without members')
  await core.signIn(first.login, first.password)
  await work(core)
  await core.stop()
  return founded
}

function foundWith(vault: string, unit: InputOf<'unit.found'>, catalogue: Catalogue): FoundedUnit {
  const program = fileURLToPath(new URL('./founding-program.ts', import.meta.url))
  const input = JSON.stringify({ vault, unit, catalogue })
  const said = execFileSync(process.execPath, [program], { input, stdio: ['pipe', 'pipe', 'inherit'] })
  return JSON.parse(said.toString()) as FoundedUnit
}
