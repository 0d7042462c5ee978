import type { InputOf, OutputOf, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { Founding } from '../../../src-shared/contract/session.ts'
import type { FoundedUnit, SessionView } from '../../../src-shared/contract/views.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import type { Core } from '../core.ts'
import { CallFailed } from '../failures.ts'

/** Recovery sheets that suffice. */
const threshold = 2

export const demoPassword = 'liandang-2026'

type DemoMember = Founding['members'][number] & { readonly title: string }

function member(
  login: string,
  name: string,
  role: Founding['members'][number]['roles'][number],
  title: string,
  cleared = false,
): DemoMember {
  return { login, name, title, password: demoPassword, roles: [role], cleared, categories: ['*'] }
}

/** The eight who work with the archive: no two steps of one record are ever the same person's. */
export const demoMembers = [
  member('sysadmin', '何志远', 'sysadmin', '系统管理员'),
  member('secadmin', '罗文静', 'secadmin', '安全保密管理员'),
  member('auditor', '谭立新', 'auditor', '安全审计员'),
  member('collector', '孙晓梅', 'collector', '录入员'),
  member('reviewer1', '郑国平', 'reviewer', '复核员', true),
  member('reviewer2', '许丽华', 'reviewer', '复核员', true),
  member('approver', '江正海', 'approver', '审签人', true),
  member('inspector', '邱明山', 'inspector', '纪检专管员', true),
] as const

export const inspectorName = '邱明山'

export type Login = 'collector' | 'reviewer1' | 'reviewer2' | 'approver' | 'inspector'

/** A member's place at the device while they are logged in. */
export interface Desk {
  readonly session: SessionView
  /** Throws {@link CallFailed} when the call is refused. */
  call<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
}

/** The office with its one device: members come and go, and each works in a core process of their own. */
export interface Office {
  found(hubCard: string): Promise<FoundedUnit>
  as<T>(login: Login, work: (desk: Desk) => Promise<T>): Promise<T>
}

export function openOffice(core: Core): Office {
  const call: Desk['call'] = async (name, input) => {
    const result = await core.call(name, input)
    if (!result.ok) throw new CallFailed(name, result.error)
    return result.value
  }
  return {
    async found(hubCard) {
      const founded = await call('unit.found', {
        unit: { name: '清河镇（演示）', creditCode: null },
        policy: 'normal',
        device: '档案室一号机',
        members: demoMembers.map(({ login, name, password, roles, cleared, categories }) => {
          return { login, name, password, roles, cleared, categories }
        }),
        recovery: { threshold, holders: ['镇党委书记', '镇长', '镇人大主席'] },
        hubCard,
      })
      const sheets = founded.sheets.slice(0, threshold).map((sheet) => sheet.code)
      await call('unit.complete', { sheets })
      return founded
    },
    async as(login, work) {
      const session = await call('session.unlock', { login, password: demoPassword })
      const outcome = await work({ session, call })
      const locked = await core.lock()
      if (!locked.ok) throw new CallFailed('session.lock', locked.error)
      return outcome
    },
  }
}

export function newJob(): Id {
  return newId(nodePrimitives)
}
