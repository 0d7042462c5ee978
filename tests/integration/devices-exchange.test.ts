import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  carry,
  deviceOf,
  enrol,
  exported,
  isVerified,
  must,
  receive,
  tablesOf,
} from '../helpers/two-devices.ts'
import type { ExchangeView } from '../../src-shared/contract/device-views.ts'
import { scan } from '../e2e/support/evidence.ts'
import { OneDesk } from '../helpers/one-desk.ts'
import { loan, passwordOf, talk, VaultFixture } from '../helpers/vault-fixture.ts'

let first: VaultFixture
let second: VaultFixture

beforeAll(async () => {
  first = await VaultFixture.found()
  second = await enrol(first, '办公室二')
})

afterAll(() => {
  first.close()
  second.close()
})

/** Both ways, so that both hold the same. */
async function meet(): Promise<readonly ExchangeView[]> {
  await carry(first, second)
  await carry(second, first)
  return await carry(first, second)
}

describe('two devices of a unit', () => {
  test('work of one is a fact on the other, with its evidence', async () => {
    const cadre = await second.openCadre('王小明')
    const row = await second.submit(cadre)
    await second.archive(row)
    const upload = await second.upload('inspector', '谈话.txt', new TextEncoder().encode('谈话记录'))
    const sealed = await second.submit(cadre, talk(cadre, upload), 'inspector')
    const views = await carry(second, first)
    expect(views.map(({ compartment }) => compartment)).toEqual(['control', 'archive', 'discipline'])
    expect(views[1]).toMatchObject({ deviceName: '办公室二', commits: 6, conflicts: [], voids: [] })
    expect(views[1]?.members.map(({ name }) => name)).toContain('用户 collector')
    expect(views[2]).toMatchObject({ commits: 1, evidence: 1 })
    expect(await first.status(row)).toBe('archived')
    const { revisions } = await first.record(sealed.record, 'inspector')
    const [revision] = revisions
    const piece = revision!.evidence[0]!
    const read = await first.value('inspector', 'evidence.read', {
      revision: revision!.revision,
      hash: piece.hash,
      offset: 0,
      length: 1000,
    })
    expect(Buffer.from(read.bytes, 'base64').toString('utf8')).toBe('谈话记录')
    expect(await isVerified(first)).toBe(true)
    expect(await isVerified(second)).toBe(true)
  })

  test('the scan of a signed sheet comes over with the paper that names it, and opens there', async () => {
    const cadre = await first.openCadre('钱二')
    const { record, revision } = await first.submit(cadre)
    const uploads = [await first.upload('collector', '签字表.png', scan('签字表.png').buffer)]
    const said = { form: 'filled', found: 'code', sheet: null, signed: ['subject'], words: '' } as const
    const attached = { record, revision, uploads, said: { ...said, signed: [...said.signed] } }
    await first.value('collector', 'paper.attach', attached)
    const views = await carry(first, second)
    expect(views.find(({ compartment }) => compartment === 'archive')).toMatchObject({
      evidence: 1,
      voids: [],
    })
    const [shown] = (await second.record(record)).revisions
    expect(shown?.papers).toMatchObject([{ ...said, files: [{ name: '签字表.png' }] }])
    const piece = { revision, hash: shown?.papers[0]?.files[0]?.hash ?? '', offset: 0, length: 8 }
    expect((await second.value('approver', 'evidence.read', piece)).mediaType).toBe('image/png')
  })

  test('a record may be entered on one, reviewed on the other and signed on the first', async () => {
    const cadre = await first.openCadre('赵一')
    const row = await first.submit(cadre)
    await carry(first, second)
    await second.review(row, 'agree', 'agree')
    await carry(second, first)
    must(await first.sign(row))
    await carry(first, second)
    expect(await second.status(row)).toBe('archived')
    expect(await tablesOf(second)).toEqual(await tablesOf(first))
  })

  test('a member who was given keys on one logs in on the other, with the password they typed there', async () => {
    const desk = new OneDesk(first)
    const { member } = await desk.invite('newcomer', 'collector')
    await desk.confirm(member, 'approver')
    desk.leave()
    await first.refresh()
    await carry(first, second)
    await second.refresh()
    const opened = await second.locked('session.unlock', {
      login: 'newcomer',
      password: passwordOf('newcomer'),
      keyFile: null,
    })
    expect(opened.ok && opened.value.member.roles).toEqual(['collector'])
    expect(opened.ok && opened.value.compartments).toEqual(['control', 'archive'])
  })

  test('the same bundle again changes nothing', async () => {
    await first.openCadre('钱二')
    const paths = await exported(first, await deviceOf(second))
    for (const path of paths) must(await receive(second, path))
    const before = await tablesOf(second)
    for (const path of paths) expect(must(await receive(second, path)).commits).toBe(0)
    expect(await tablesOf(second)).toEqual(before)
  })

  test('an older bundle that comes late changes nothing', async () => {
    const target = await deviceOf(second)
    await first.openCadre('孙三')
    const older = await exported(first, target)
    await first.openCadre('李四')
    const newer = await exported(first, target)
    for (const path of newer) must(await receive(second, path))
    for (const path of older) expect(must(await receive(second, path)).commits).toBe(0)
    await carry(second, first)
    expect(await tablesOf(second)).toEqual(await tablesOf(first))
  })

  test('corrections of one fact on both are a conflict on both, in the same state', async () => {
    const cadre = await first.openCadre('周五')
    const fact = await first.submit(cadre)
    await first.archive(fact)
    await meet()
    const change = { record: fact.record, parent: fact.revision }
    await first.archive(await first.submit(cadre, change))
    await second.archive(
      await second.submit(cadre, { ...change, values: { ...loan(cadre).values, description: '另借' } }),
    )
    const there = await carry(first, second)
    const here = await carry(second, first)
    const conflict = [{ record: fact.record, cadre, cadreName: '周五', category: 'C6' }]
    expect(there.find(({ compartment }) => compartment === 'archive')?.conflicts).toEqual(conflict)
    expect(here.find(({ compartment }) => compartment === 'archive')?.conflicts).toEqual(conflict)
    expect((await first.record(fact.record)).conflict).toBe(true)
    expect((await second.record(fact.record)).conflict).toBe(true)
    expect(await tablesOf(second)).toEqual(await tablesOf(first))
    expect(await isVerified(first)).toBe(true)
    expect(await isVerified(second)).toBe(true)
  })

  test('what both hold already is not sent again', async () => {
    const views = await meet()
    expect(views.map(({ compartment }) => compartment)).toEqual(['control'])
  })
})

describe('a bundle that does not fit', () => {
  test('of dossiers before the control log it hangs on is refused by the name of what is missing', async () => {
    const third = await enrol(first, '办公室三')
    const fourth = await enrol(first, '办公室四')
    await carry(first, third)
    await third.openCadre('吴六')
    const [control, archive] = await exported(third, await deviceOf(second), 'inspector', 'full')
    const early = await receive(second, archive!)
    expect(early.ok ? null : early.error.code).toBe('bundle/missing-prerequisite')
    must(await receive(second, control!))
    expect(must(await receive(second, archive!)).commits).toBeGreaterThan(0)
    third.close()
    fourth.close()
  })
})
