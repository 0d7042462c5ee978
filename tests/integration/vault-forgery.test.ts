import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLog, type LogRow } from '../../src-main/vault/log-table.ts'
import { commitAuthority, type OpenVault } from '../../src-main/vault/vault.ts'
import type { VerificationReport } from '../../src-shared/contract/log-views.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { forge } from '../helpers/forgery.ts'
import { fewPeople, newJob, VaultFixture, type RawKeys, type Row } from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let vault: VaultFixture
let keys: RawKeys
let fact: Row
let waiting: Row

beforeAll(async () => {
  founded = await VaultFixture.found({ people: fewPeople })
  const cadre = await founded.openCadre('张三丰')
  fact = await founded.submit(cadre)
  await founded.archive(fact)
  waiting = await founded.submit(cadre)
  await founded.review(waiting, 'agree', 'agree')
  keys = await founded.keys('approver')
})

beforeEach(() => {
  vault = founded.copy()
})

afterAll(() => founded.close())

afterEach(() => vault.close())

async function memberOf(login: string): Promise<OpenVault['member']> {
  return (await vault.session(login)).vault.member
}

const everything = { categories: ['*'], level: 4, deputyFor: null, from: null, until: null }

const sign = ({ record, revision }: Row) => ({
  operation: {
    op: 'review.sign' as const,
    entity: newId(nodePrimitives),
    rows: [{ record, revision }],
  },
})

async function archiveReport(): Promise<VerificationReport['compartments'][number]> {
  const report = await vault.verify(keys)
  return report.compartments.find(({ compartment }) => compartment === 'archive')!
}

async function rebuild(): Promise<void> {
  await vault.value('approver', 'log.rebuild', { job: newJob() })
}

describe('a commit written straight into the database', () => {
  test('signed by a key the unit does not know is named, and counts for nothing once the tables are rebuilt', async () => {
    const { vault: open } = await vault.session('approver')
    const { id } = await memberOf('approver')
    const signer = signerFromSeed(newSeed())
    const { header } = forge(open, 'archive', { member: id, role: 'approver', signer }, [sign(waiting)])
    expect(await vault.status(waiting)).toBe('archived')
    const named = { code: 'authority/key-not-in-force', log: header.log, seq: header.seq }
    expect((await archiveReport()).fault).toMatchObject(named)
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
    expect(await vault.status(fact)).toBe('archived')
    expect((await archiveReport()).fault).not.toBe(null)
  })

  test('signed by another member’s key is named, and counts for nothing once the tables are rebuilt', async () => {
    const { vault: open } = await vault.session('approver')
    const [collector, approver] = [await memberOf('collector'), await memberOf('approver')]
    const pretence = { member: approver.id, role: 'approver', signer: collector.signer } as const
    forge(open, 'archive', pretence, [sign(waiting)])
    expect((await archiveReport()).fault?.code).toBe('authority/key-not-in-force')
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
  })

  test('naming the right key without its signature is named, and counts for nothing either', async () => {
    const { vault: open } = await vault.session('approver')
    const approver = await memberOf('approver')
    const stolen = { ...approver.signer, sign: signerFromSeed(newSeed()).sign }
    forge(open, 'archive', { member: approver.id, role: 'approver', signer: stolen }, [sign(waiting)])
    expect((await archiveReport()).fault?.code).toBe('commit/signature')
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
  })

  test('by a member without the role is named; rebuilt, it is void and the vault is sound again', async () => {
    const { vault: open } = await vault.session('approver')
    const auditor = await memberOf('auditor')
    const pretence = { member: auditor.id, role: 'approver', signer: auditor.signer } as const
    const { header } = forge(open, 'archive', pretence, [sign(waiting)])
    expect(await vault.status(waiting)).toBe('archived')
    expect((await archiveReport()).fault).toMatchObject({
      code: 'authority/role-not-in-force',
      seq: header.seq,
    })
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
    const { fault, voids, differences } = await archiveReport()
    expect({ fault, differences }).toEqual({ fault: null, differences: [] })
    expect(voids).toEqual([{ log: header.log, seq: header.seq, code: 'authority/role-not-in-force' }])
    expect(await vault.sign(waiting)).toMatchObject({ ok: true })
    expect(await vault.status(waiting)).toBe('archived')
  })

  test('by a member under a role they hold, but may not use for it, is void too', async () => {
    const { vault: open } = await vault.session('approver')
    const first = await memberOf('first')
    forge(open, 'archive', { member: first.id, role: 'reviewer', signer: first.signer }, [sign(waiting)])
    expect((await archiveReport()).fault?.code).toBe('authority/action-not-permitted')
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
  })

  test('hidden behind a void mark is named, and counts once the tables are rebuilt', async () => {
    const { vault: open } = await vault.session('approver')
    const approver = await memberOf('approver')
    const pretence = { member: approver.id, role: 'approver', signer: approver.signer } as const
    forge(open, 'archive', { ...pretence, voidCode: 'authority/unknown' }, [sign(waiting)])
    expect((await archiveReport()).fault).toMatchObject({ code: 'log/projection', what: 'void mark' })
    await rebuild()
    expect(await vault.status(waiting)).toBe('archived')
    expect((await archiveReport()).fault).toBe(null)
  })

  test('with a step that breaks a rule of the road changes nothing, and is shown with the record', async () => {
    const { vault: open } = await vault.session('approver')
    const first = await memberOf('first')
    const opinion = {
      operation: {
        op: 'review.decide' as const,
        entity: newId(nodePrimitives),
        rows: [{ ...waiting, commitment: 'c'.repeat(64) }],
      },
    }
    const { leaf } = forge(open, 'archive', { member: first.id, role: 'reviewer', signer: first.signer }, [
      opinion,
    ])
    expect((await vault.verify(keys)).verified).toBe(true)
    expect(await vault.status(waiting)).toBe('agreed')
    const { voids } = await vault.record(waiting.record)
    expect(voids).toMatchObject([{ commit: leaf, code: 'review/same-person-twice' }])
  })

  test('that says a grant in control keeps the vault shut until it is gone', async () => {
    const { vault: open } = await vault.session('approver')
    const collector = await memberOf('collector')
    const signer = signerFromSeed(newSeed())
    const grant = {
      operation: {
        op: 'role.grant' as const,
        entity: collector.id,
        role: 'approver' as const,
        ...everything,
      },
    }
    const secadmin = await memberOf('secadmin')
    forge(open, 'control', { member: secadmin.id, role: 'secadmin', signer }, [grant])
    expect((await vault.verify(keys)).compartments[0]?.fault?.code).toBe('authority/key-not-in-force')
    vault.leave()
    const { code } = (await vault.call('approver', 'unit.read', {}).catch((error: Error) => ({
      code: error.message,
    }))) as { code: string }
    expect(code).toContain('commit/key-unknown')
  })

  test('of control by a member without the role changes nobody’s rights', async () => {
    const { vault: open } = await vault.session('approver')
    const collector = await memberOf('collector')
    const grant = {
      operation: {
        op: 'role.grant' as const,
        entity: (await memberOf('first')).id,
        role: 'inspector' as const,
        ...everything,
      },
    }
    forge(open, 'control', { member: collector.id, role: 'secadmin', signer: collector.signer }, [grant])
    expect((await vault.verify(keys)).compartments[0]?.fault).toMatchObject({
      code: 'authority/role-not-in-force',
      what: 'void mark',
    })
    vault.leave()
    const { members } = await vault.value('approver', 'unit.read', {})
    expect(members.find(({ login }) => login === 'first')?.roles.map(({ role }) => role)).toEqual([
      'reviewer',
    ])
  })
})

describe('the authority a commit names', () => {
  test('is one that the chain has: another makes it void, and is named', async () => {
    const { vault: open } = await vault.session('approver')
    const approver = await memberOf('approver')
    const pretence = { member: approver.id, role: 'approver', signer: approver.signer } as const
    forge(open, 'archive', { ...pretence, authority: 'a'.repeat(64) }, [sign(waiting)])
    expect((await archiveReport()).fault?.code).toBe('authority/unknown')
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
  })

  test('never goes backward in a log', async () => {
    const secadmin = (await vault.session('secadmin')).vault
    const before = secadmin.authority.head.leaf
    const body = prepareBody(nodePrimitives, { name: '新来的', login: 'new' })
    const member = newId(nodePrimitives)
    const operation = { op: 'member.add' as const, entity: member, digest: body.digest, cadre: null }
    expect(commitAuthority(secadmin, 'secadmin', '2026-11-22T02:00:00.000Z', [operation], [body]).ok).toBe(
      true,
    )
    vault.leave()
    await vault.submit(await vault.openCadre('李四'))
    const { vault: open } = await vault.session('approver')
    const approver = await memberOf('approver')
    const pretence = { member: approver.id, role: 'approver', signer: approver.signer } as const
    forge(open, 'archive', { ...pretence, authority: before }, [sign(waiting)])
    expect((await archiveReport()).fault?.code).toBe('log/authority-backward')
    await rebuild()
    expect(await vault.status(waiting)).toBe('agreed')
  })
})

describe('the removal of a key', () => {
  test('voids what it signed after the last commit accepted, as soon as somebody says where it ends', async () => {
    const collector = await memberOf('collector')
    const { log, size, leaf } = await newest()
    const late = await vault.submit(await vault.openCadre('李四'))
    const secadmin = (await vault.session('secadmin')).vault
    const body = prepareBody(nodePrimitives, {})
    const named = { entity: collector.id, digest: body.digest, key: collector.signer.keyId }
    const removal = {
      op: 'key.remove' as const,
      ...named,
      cause: 'left' as const,
      compartments: ['control' as const],
      last: [],
    }
    const early = '2020-01-01T00:00:00.000Z'
    expect(commitAuthority(secadmin, 'secadmin', early, [removal], [body]).ok).toBe(true)
    vault.leave()
    // Where the key ends in the archive somebody says who can open it.
    const own = prepareBody(nodePrimitives, {})
    const bound = {
      op: 'key.bound' as const,
      ...named,
      digest: own.digest,
      compartments: ['archive' as const],
      last: [{ log, seq: size - 1, leaf }],
    }
    const approver = (await vault.session('approver')).vault
    expect(commitAuthority(approver, 'approver', early, [bound], [own]).ok).toBe(true)
    vault.leave()
    const { fault, voids, differences } = await archiveReport()
    expect({ fault, differences }).toEqual({ fault: null, differences: [] })
    expect(voids.map(({ seq, code }) => [seq, code])).toEqual([
      [size, 'authority/after-removal'],
      [size + 1, 'authority/after-removal'],
    ])
    expect(await vault.refusal('approver', 'record.read', { record: late.record })).toBe('call/not-found')
    expect(await vault.status(fact)).toBe('archived')
    await expect(vault.enter('collector')).rejects.toThrow('session.unlock collector')
  })
})

async function newest() {
  const { database, log } = (await vault.session('approver')).vault.compartments.get('archive')!
  const { size, leaf } = readLog(database, log) as LogRow
  return { log, size, leaf: leaf as string }
}
