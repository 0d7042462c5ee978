import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordAccess } from '../../src-main/services/access-log.ts'
import { isKin } from '../../src-main/services/audit/kin.ts'
import type { UnlockedContext } from '../../src-main/services/context.ts'
import { commitAuthority } from '../../src-main/vault/vault.ts'
import type { AccessFilter } from '../../src-shared/contract/audit.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { everyEntry, listedAccess } from '../helpers/access-list.ts'
import { newJob, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let husband: Id
let wife: Id
let stranger: Id

const numbers = { husband: '522121197211040019', wife: '522121197503120028', stranger: '522121198001010011' }

/** The same number with the check digit that belongs to it (GB 11643). */
function checked(number: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return number.slice(0, 17) + '10X98765432'[sum % 11]
}

async function open(name: string, number: string): Promise<Id> {
  const input = { name, identityNumber: checked(number), post: null }
  return (await vault.value('collector', 'cadre.open', input)).cadre
}

async function tie(login: string, cadre: Id): Promise<void> {
  const { id } = (await vault.session(login)).vault.member
  const { vault: collector } = await vault.session('collector')
  const body = prepareBody(nodePrimitives, {})
  const operation = { op: 'member.cadre' as const, entity: id, cadre, digest: body.digest }
  const done = commitAuthority(collector, 'collector', '2026-11-22T01:30:00.000Z', [operation], [body])
  if (!done.ok) throw new Error(done.error.code)
  // Every other core reads the chain when it is unlocked.
  vault.leave()
}

const list = (filter: Partial<AccessFilter>) => listedAccess(vault, { kinds: ['dossier'], ...filter })

const read = (login: string, cadre: Id) => vault.value(login, 'cadre.read', { cadre, at: null })

beforeAll(async () => {
  vault = await VaultFixture.found()
  husband = await open('王强', numbers.husband)
  wife = await open('李芳', numbers.wife)
  stranger = await open('赵六', numbers.stranger)
  const values = { relation: '01', name: '李芳', identityNumber: checked(numbers.wife) }
  const family = { category: 'A3', values }
  await vault.archive(await vault.submit(husband, family))
})

afterAll(() => vault.close())

describe('kin', () => {
  test('are known from what either declared and the archive took in', async () => {
    const { vault: reader } = await vault.session('approver')
    expect(isKin(reader, husband, wife)).toBe(true)
    expect(isKin(reader, wife, husband)).toBe(true)
    expect(isKin(reader, husband, stranger)).toBe(false)
  })

  test('are not known from an entry that nobody has signed', async () => {
    const values = { relation: '01', name: '赵六', identityNumber: checked(numbers.stranger) }
    await vault.submit(wife, { category: 'A3', values })
    const { vault: reader } = await vault.session('approver')
    expect(isKin(reader, wife, stranger)).toBe(false)
  })
})

describe('reading', () => {
  test('before the tie was known is shown as about oneself once it is', async () => {
    await read('first', husband)
    const { id } = (await vault.session('first')).vault.member
    expect(await list({ flags: ['self'] })).toEqual([])
    await tie('first', husband)
    expect(await list({ flags: ['self'] })).toMatchObject([{ member: id, subject: { cadre: husband } }])
  })

  test('in the dossier of kin is shown as such, in that of others not', async () => {
    await read('first', wife)
    await read('first', stranger)
    expect(await list({ flags: ['kin'] })).toMatchObject([{ subject: { cadre: wife, cadreName: '李芳' } }])
    const { findings } = await vault.value('auditor', 'access.unusual', { from: null, until: null })
    const said = findings.filter(({ rule }) => rule === 'self' || rule === 'kin')
    expect(new Set(said.map(({ rule, cadreName }) => `${rule} ${cadreName}`))).toEqual(
      new Set(['self 王强', 'kin 李芳']),
    )
  })
})

describe('a long log', () => {
  const many = 600

  test('is read on another thread with progress, and can be given up in the middle', async () => {
    const before = await list({ kinds: ['print'] })
    expect(before).toEqual([])
    const context = (await vault.enter('collector')) as UnlockedContext
    for (let index = 0; index < many; index++) {
      const entered = await recordAccess(context, 'print', { cadre: stranger, what: 'test' })
      if (!entered.ok) throw new Error(entered.error.code)
    }
    const given = new AbortController()
    const job = newJob()
    const reading = vault.call('auditor', 'access.index', { job }, given.signal)
    given.abort()
    expect(await reading).toMatchObject({ error: { code: 'call/cancelled' } })

    const again = newJob()
    const report = await vault.value('auditor', 'access.index', { job: again })
    expect(report.added).toBeGreaterThanOrEqual(many)
    const told = vault.events.filter((event) => event.type === 'progress' && event.job === again)
    expect(told.length).toBeGreaterThan(0)
    expect(await list({ kinds: ['print'] })).toHaveLength(500)
    const input = { filter: { ...everyEntry, kinds: ['print' as const] }, after: null, limit: 1 }
    expect((await vault.value('auditor', 'access.list', input)).total).toBe(many)
  })
})
