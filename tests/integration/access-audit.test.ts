import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBodyBytes } from '../../src-main/vault/body-table.ts'
import { iterateLog } from '../../src-main/vault/entry-table.ts'
import { procedureRules } from '../../src-shared/access/procedures.ts'
import { accessPlaintext } from '../../src-shared/audit/access-entry.ts'
import type { AccessFilter, AccessLine } from '../../src-shared/contract/audit.ts'
import type { ProcedureName } from '../../src-shared/contract/index.ts'
import { fromBase64, toBase64 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { everyEntry, listedAccess } from '../helpers/access-list.ts'
import { forge, type Pretence } from '../helpers/forgery.ts'
import { newJob, talk, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  await vault.archive(await vault.submit(cadre))
})

afterAll(() => vault.close())

const list = (filter: Partial<AccessFilter> = {}) => listedAccess(vault, filter)
const idOf = async (login: string) => (await vault.session(login)).vault.member.id

describe('an auditor', () => {
  test('reads who looked at what as which role on which device, newest first', async () => {
    await vault.value('approver', 'cadre.read', { cadre, at: null })
    const [newest] = await list({ kinds: ['dossier'] })
    expect(newest).toMatchObject({
      kind: 'dossier',
      state: 'good',
      member: await idOf('approver'),
      memberName: '用户 approver',
      role: 'approver',
      subject: { cadre, cadreName: '张三丰' },
      flags: [],
      count: 1,
    })
    expect(newest?.deviceName).not.toBe('')
  })

  test('reads who logged in, and who locked', async () => {
    await vault.value('property', 'session.lock', {})
    const kinds = (await list({ members: [await idOf('property')] })).map(({ kind }) => kind)
    expect(kinds).toContain('unlock')
    expect(kinds[0]).toBe('lock')
  })

  test('reads what was searched for and how much that found, once for the same words', async () => {
    const search = { search: '张三', after: null, limit: 20 }
    await vault.value('first', 'cadre.list', search)
    await vault.value('first', 'cadre.list', search)
    await vault.value('first', 'cadre.list', { ...search, search: '' })
    const found = await list({ kinds: ['search'], members: [await idOf('first')] })
    expect(found.map(({ subject }) => subject)).toEqual([{ search: '张三', results: 1 }])
  })

  test('finds entries by member, by the name of the cadre, by time and by kind together', async () => {
    const other = await vault.openCadre('李四光')
    await vault.value('approver', 'cadre.read', { cadre: other, at: null })
    const member = await idOf('approver')
    const named = await list({ cadre: '四光' })
    expect(named.map(({ subject }) => subject?.cadre)).toEqual([other])
    expect(await list({ cadre: other, members: [member], kinds: ['dossier'] })).toEqual(named)
    expect(await list({ cadre: '四光', kinds: ['search'] })).toEqual([])
    const { at } = named[0] as AccessLine
    const later = new Date(Date.parse(at) + 1).toISOString()
    expect(await list({ cadre: '四光', from: at, until: later })).toEqual(named)
    expect(await list({ cadre: '四光', until: at })).toEqual([])
    expect(await list({ cadre: '无此人' })).toEqual([])
  })

  test('turns the pages without a gap or a repeat', async () => {
    const all = await list()
    const pages: AccessLine[] = []
    for (let after: string | null = null; ; ) {
      const page: { items: readonly AccessLine[]; next: string | null; total: number } = await vault.value(
        'auditor',
        'access.list',
        { filter: everyEntry, after, limit: 3 },
      )
      pages.push(...page.items)
      expect(page.total).toBe(all.length)
      after = page.next
      if (after === null) break
    }
    expect(pages).toEqual(all)
  })
})

describe('a refused attempt', () => {
  test('is entered with the procedure and the code', async () => {
    expect(await vault.refusal('sysadmin', 'cadre.read', { cadre, at: null })).toBe('call/not-permitted')
    const [refused] = await list({ kinds: ['refused'], members: [await idOf('sysadmin')] })
    expect(refused).toMatchObject({
      subject: { procedure: 'cadre.read', code: 'call/not-permitted' },
      count: 1,
      state: 'good',
    })
  })

  test('within one’s role but outside one’s categories is entered too', async () => {
    const upload = await vault.upload('collector', '谈话.txt', Buffer.from('谈话记录'))
    const code = await vault.refusal('collector', 'record.submit', talk(cadre, upload))
    const [refused] = await list({ kinds: ['refused'], members: [await idOf('collector')] })
    expect(refused?.subject).toEqual({ procedure: 'record.submit', code })
  })

  test('to read what is not there for oneself is entered, and tells no more than a wrong id', async () => {
    const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
    const hidden = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    for (const record of [hidden.record, newId(nodePrimitives)])
      expect(await vault.refusal('clerk', 'record.read', { record })).toBe('call/not-found')
    const refused = await list({ kinds: ['refused'], members: [await idOf('clerk')] })
    const subject = { procedure: 'record.read', code: 'call/not-found' }
    expect(refused.map((line) => line.subject)).toEqual([subject, subject])
  })

  test('made a thousand times is counted a thousand times in two dozen entries', async () => {
    const member = await idOf('secadmin')
    for (let attempt = 0; attempt < 1000; attempt++)
      await vault.refusal('secadmin', 'review.queue', { kind: 'to-sign', after: null, limit: 1 })
    await vault.value('secadmin', 'session.lock', {})
    const refused = await list({ kinds: ['refused'], members: [member] })
    expect(refused.length).toBeLessThanOrEqual(24)
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(1000)
  })
})

describe('the seal', () => {
  /** The bodies of everyEntry that is sealed to the auditors, as anybody with an account holds them. */
  async function sealedBodies(): Promise<readonly { readonly op: string; readonly sealed: Uint8Array }[]> {
    const { compartments } = (await vault.session('sysadmin')).vault
    const { database, log } = compartments.get('control')!
    const found: { op: string; sealed: Uint8Array }[] = []
    for (const entry of iterateLog(database, log, 0, 1_000_000)) {
      const header = readHeader(entry.envelope.payload)
      if (!header.ok) continue
      for (const { op, digest } of header.value.ops) {
        if (op !== 'access.record') continue
        const body = JSON.parse(new TextDecoder().decode(readBodyBytes(database, digest)!)) as {
          sealed: string
        }
        found.push({ op, sealed: fromBase64(body.sealed)! })
      }
    }
    return found
  }

  test('gives every entry the same length', async () => {
    const lengths = (await sealedBodies()).map(({ sealed }) => sealed.length)
    expect(lengths.length).toBeGreaterThan(20)
    expect(new Set(lengths).size).toBe(1)
  })

  test('opens with no key that anybody but an auditor holds', async () => {
    const bodies = await sealedBodies()
    for (const login of ['sysadmin', 'secadmin', 'collector', 'first', 'approver', 'inspector']) {
      const { identities, member } = (await vault.session(login)).vault
      const held = [...identities.values(), member.identity].flat()
      expect(identities.has('audit'), login).toBe(false)
      expect(await decryptWith(held, bodies[0]!.sealed), login).toBeNull()
    }
    const { identities } = (await vault.session('auditor')).vault
    expect(await decryptWith([...identities.values()].flat(), bodies[0]!.sealed)).not.toBeNull()
  })

  test('hides the index: no key but the auditors’ opens it, and it holds no name in the clear', async () => {
    await list()
    const bytes = readFileSync(vault.layout.auditIndex)
    expect(bytes.includes(Buffer.from('张三丰'))).toBe(false)
    expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  })

  test('keeps the procedures of auditors to auditors', async () => {
    const own = Object.keys(procedureRules).filter((name) => /^(access|incident)\./.test(name))
    expect(own.length).toBeGreaterThanOrEqual(8)
    for (const login of ['sysadmin', 'secadmin', 'collector', 'first', 'approver', 'inspector']) {
      for (const name of own.filter((one) => one !== 'incident.report')) {
        const refused = await vault.refusal(login, name as ProcedureName, {} as never)
        expect(refused, `${login} ${name}`).toBe('call/not-permitted')
      }
    }
  })
})

describe('the index', () => {
  test('takes in only what is new', async () => {
    await list()
    await vault.value('approver', 'cadre.read', { cadre, at: null })
    expect(await vault.value('auditor', 'access.index', { job: newJob() })).toMatchObject({
      added: 1,
      rebuilt: false,
    })
  })

  test('that was deleted, cut or overwritten is made again with the same content', async () => {
    const all = await list({ kinds: ['dossier'] })
    expect(all.length).toBeGreaterThan(2)
    for (const damage of ['', 'cut', 'noise'] as const) {
      const copy = vault.copy()
      try {
        if (damage === '') rmSync(copy.layout.auditIndex)
        else if (damage === 'cut')
          writeFileSync(copy.layout.auditIndex, readFileSync(copy.layout.auditIndex).subarray(0, 5000))
        else writeFileSync(copy.layout.auditIndex, nodePrimitives.randomBytes(20_000))
        const filter = { ...everyEntry, kinds: ['dossier' as const] }
        const { items } = await copy.value('auditor', 'access.list', { filter, after: null, limit: 500 })
        expect(items, damage).toEqual(all)
        expect(existsSync(copy.layout.auditIndex)).toBe(true)
      } finally {
        copy.close()
      }
    }
  })
})

describe('an entry that does not hold', () => {
  const at = '2026-11-22T05:00:00.000Z'
  let copy: VaultFixture

  beforeAll(() => {
    copy = vault.copy()
  })

  afterAll(() => copy.close())

  async function sealedEntry(member: Id, changes: { role?: string; at?: string } = {}): Promise<string> {
    const { vault: open } = await vault.session('auditor')
    const ring = open.authority.head.keyrings.get('audit')!
    const plaintext = accessPlaintext({
      at,
      kind: 'dossier',
      member,
      role: 'collector',
      device: open.device.id,
      subject: { cadre, cadreName: '张三丰' },
      purpose: null,
      flags: [],
      count: 1,
      ...changes,
    } as never)
    return toBase64(await encryptTo([ring.recipient], plaintext))
  }

  async function write(pretence: Partial<Pretence>, sealed: string): Promise<AccessLine> {
    const { vault: open } = await copy.session('collector')
    const { id: member, signer } = open.member
    const operation = { op: 'access.record' as const, entity: newId(nodePrimitives) }
    const { leaf } = forge(open, 'control', { member, signer, role: 'collector', at, ...pretence }, [
      { operation, body: { sealed } },
    ])
    await copy.value('auditor', 'access.index', { job: newJob() })
    const input = { filter: everyEntry, after: null, limit: 500 }
    const { items } = await copy.value('auditor', 'access.list', input)
    return items.find((line) => line.leaf === leaf)!
  }

  test('but agrees with its signature is good: the road below is the right one', async () => {
    expect(await write({}, await sealedEntry(await idOf('collector')))).toMatchObject({ state: 'good' })
  })

  test('is shown as unsigned when another’s key made the signature', async () => {
    const signer = signerFromSeed(newSeed())
    expect(await write({ signer }, await sealedEntry(await idOf('collector')))).toMatchObject({
      state: 'unsigned',
      code: 'commit/key-unknown',
      subject: null,
    })
  })

  test('is shown as void when the role was not the member’s', async () => {
    expect(await write({ role: 'approver' }, await sealedEntry(await idOf('collector')))).toMatchObject({
      state: 'void',
      code: 'authority/role-not-in-force',
      subject: null,
    })
  })

  test('is shown as contradicting when it speaks of another member or time', async () => {
    expect(await write({}, await sealedEntry(await idOf('approver')))).toMatchObject({
      state: 'contradicts',
      memberName: '用户 collector',
    })
    const earlier = await sealedEntry(await idOf('collector'), { at: '2026-11-22T04:00:00.000Z' })
    expect(await write({}, earlier)).toMatchObject({ state: 'contradicts', at })
  })

  test('is shown as sealed when no auditor can open it, and as unreadable when it says nothing known', async () => {
    expect(await write({}, toBase64(nodePrimitives.randomBytes(300)))).toMatchObject({ state: 'sealed' })
    const { vault: open } = await vault.session('auditor')
    const { recipient } = open.authority.head.keyrings.get('audit')!
    const other = toBase64(await encryptTo([recipient], new TextEncoder().encode('{}')))
    expect(await write({}, other)).toMatchObject({ state: 'unreadable', kind: null })
  })
})

describe('unusual use', () => {
  const whole = { from: null, until: null }

  test('is shown with the rule, what was counted and the threshold', async () => {
    await list()
    const { rules, findings } = await vault.value('auditor', 'access.unusual', whole)
    expect(rules.version).toBe(1)
    // The clock of these cores stands on a Sunday.
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'odd-hours', memberName: '用户 approver', threshold: 1 }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'refused', memberName: '用户 secadmin', counted: 1008, threshold: 5 }),
    )
  })

  test('carries what the auditor made of it, signed, and only that finding does', async () => {
    const { findings } = await vault.value('auditor', 'access.unusual', whole)
    const finding = findings.find(({ rule }) => rule === 'refused')!
    const note = { finding: finding.key, disposition: 'asked', words: '已核实，误点菜单' } as const
    await vault.value('auditor', 'access.note', note)
    const after = (await vault.value('auditor', 'access.unusual', whole)).findings
    expect(after.find(({ key }) => key === finding.key)?.dispositions).toMatchObject([
      { disposition: 'asked', words: '已核实，误点菜单', memberName: '用户 auditor' },
    ])
    expect(after.filter(({ dispositions }) => dispositions.length > 0)).toHaveLength(1)
  })
})
