import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CopyItem } from '../../src-shared/contract/disclosure.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { talk, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let folder: string

const purpose = { kind: 'report', words: '' }
const everything = { categories: null, record: null } as const

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  await vault.archive(await vault.submit(cadre))
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
  await vault.archive({
    ...(await vault.submit(cadre, talk(cadre, upload), 'inspector')),
    compartment: 'discipline',
  })
  folder = join(vault.outside, 'usb')
  mkdirSync(folder)
})

afterAll(() => vault.close())

async function request(login: string, form: 'print' | 'file' | 'subject' = 'print'): Promise<Id> {
  const input = { cadre, ...everything, form, purpose }
  return (await vault.value(login, 'copy.request', input)).request
}

async function copies(login: string): Promise<readonly CopyItem[]> {
  const page = { id: null, kind: 'copy', cadre: null, after: null, limit: 50 } as const
  return (await vault.value(login, 'register.list', page)).items as readonly CopyItem[]
}

describe('a copy of the archive', () => {
  test('is made at once, with who, when, what for and what it was made from', async () => {
    const { sheet, file } = await vault.value('collector', 'copy.make', {
      cadre,
      ...everything,
      purpose,
      folder: null,
    })
    expect(file).toBeNull()
    expect(sheet).toMatchObject({
      form: 'print',
      unit: '清河镇',
      member: '用户 collector',
      purpose,
      approved: null,
      cadre: { name: '张三丰' },
    })
    expect(sheet?.sections.map(({ category }) => category)).toEqual(['C6'])
    expect(sheet?.sections[0]?.records[0]).toMatchObject({
      author: { name: '用户 collector' },
      reviewers: [{ name: '用户 first' }, { name: '用户 second' }],
      signed: { name: '用户 approver' },
      source: { from: '本人' },
    })
    expect(sheet?.heads.map(({ compartment }) => compartment)).toEqual(['archive'])
    expect((await copies('approver'))[0]).toMatchObject({
      status: 'made',
      form: 'print',
      purpose,
      categories: ['C6'],
    })
  })

  test('becomes one file of its own, with nothing to fetch and no name in its name', async () => {
    const { file } = await vault.value('collector', 'copy.make', { cadre, ...everything, purpose, folder })
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^liandang-[0-9a-f]{8}\.html$/)])
    const html = readFileSync(file ?? '', 'utf8')
    expect(html).toContain('借给同乡')
    expect(html).not.toMatch(/<script|src=|href=|url\(/)
  })

  test('needs a purpose of the list, also for who has a task with the dossier', async () => {
    const refused = { cadre, ...everything, purpose: { kind: 'other', words: '' }, folder: null }
    expect(await vault.refusal('collector', 'copy.make', refused)).toBe('access/purpose-unknown')
  })

  test('holds nothing where nothing is archived', async () => {
    const empty = await vault.openCadre('李四')
    const input = { cadre: empty, ...everything, purpose, folder: null }
    expect(await vault.refusal('collector', 'copy.make', input)).toBe('disclosure/nothing-to-copy')
  })
})

describe('a copy with a talk in it', () => {
  test('is not made without a request', async () => {
    const input = { cadre, ...everything, purpose, folder: null }
    expect(await vault.refusal('inspector', 'copy.make', input)).toBe('disclosure/needs-request')
  })

  test('waits for another member, is made once by who asked, and is on record', async () => {
    const id = await request('inspector')
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder: null })).toBe(
      'disclosure/not-approved',
    )
    expect(await vault.refusal('inspector', 'copy.approve', { request: id, words: '' })).toBe(
      'disclosure/own-request',
    )
    expect((await vault.value('approver', 'disclosure.tasks', {})).toApprove.map((item) => item.id)).toEqual([
      id,
    ])
    await vault.value('approver', 'copy.approve', { request: id, words: '同意' })
    expect((await vault.value('inspector', 'disclosure.tasks', {})).toMake.map((item) => item.id)).toEqual([
      id,
    ])
    expect(await vault.refusal('first', 'copy.make', { request: id, folder: null })).toBe(
      'disclosure/not-requester',
    )
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder })).toBe(
      'disclosure/other-scope',
    )
    const { sheet } = await vault.value('inspector', 'copy.make', { request: id, folder: null })
    expect(sheet?.approved?.by).toBe('用户 approver')
    expect(sheet?.sections.map(({ category }) => category)).toEqual(['C6', 'E3'])
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder: null })).toBe(
      'disclosure/used',
    )
    const [item] = (await copies('inspector')).filter((one) => one.id === id)
    expect(item).toMatchObject({ status: 'made', may: [], answered: { words: '同意' } })
  })

  test('writes no file when it is refused', async () => {
    const before = readdirSync(folder)
    const id = await request('inspector', 'file')
    await vault.value('approver', 'copy.refuse', { request: id, words: '用途不明' })
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder })).toBe(
      'disclosure/not-approved',
    )
    expect(readdirSync(folder)).toEqual(before)
  })

  test('is asked for anew when the dossier has changed since', async () => {
    const id = await request('inspector')
    await vault.value('approver', 'copy.approve', { request: id, words: '' })
    await vault.archive(await vault.submit(cadre))
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder: null })).toBe(
      'disclosure/changed',
    )
  })

  test('says nothing to who does not open the discipline compartment', async () => {
    const before = await copies('deputy')
    const id = await request('inspector')
    expect(await copies('deputy')).toEqual(before)
    expect(await vault.refusal('deputy', 'copy.approve', { request: id, words: '' })).toBe(
      'disclosure/no-such-request',
    )
    expect((await vault.value('deputy', 'disclosure.tasks', {})).toApprove).toEqual([])
    const { session } = await vault.enter('deputy')
    expect(session?.vault.compartments.has('discipline')).toBe(false)
    await vault.value('approver', 'copy.refuse', { request: id, words: '不必' })
  })
})

describe('the copy for the cadre', () => {
  test('lists what is archived with its sources, for whoever receives it', async () => {
    const { sheet } = await vault.value('collector', 'copy.issue', { cadre, recipient: '本人' })
    expect(sheet).toMatchObject({ form: 'subject', recipient: '本人', purpose: { kind: 'subject' } })
    expect(sheet?.sections.map(({ category }) => category)).toEqual(['C6'])
  })

  test('waits for a second person as soon as a talk is in it', async () => {
    const id = await request('inspector', 'subject')
    expect(await vault.refusal('inspector', 'copy.make', { request: id, folder: null })).toBe(
      'disclosure/other-scope',
    )
    await vault.value('approver', 'copy.approve', { request: id, words: '' })
    const { sheet } = await vault.value('inspector', 'copy.issue', { request: id, recipient: '本人' })
    expect(sheet?.sections.map(({ category }) => category)).toEqual(['C6', 'E3'])
  })
})

test('the tables of the register are what the log says, also when they are derived anew', async () => {
  const report = await vault.verify(await vault.keys())
  expect(report.verified).toBe(true)
  const rebuilt = await vault.value('inspector', 'log.rebuild', { job: 'a'.repeat(32) })
  expect(rebuilt.map(({ changed }) => changed)).toEqual([0, 0])
  expect(existsSync(folder)).toBe(true)
})
