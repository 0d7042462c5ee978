import { fc } from '../../helpers/properties.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Result } from '../../../src-shared/kernel/result.ts'
import { objectionAnswers } from '../../../src-main/vault/late-queries.ts'
import { bringOut, takeIn, type Carried } from '../../helpers/direct-exchange.ts'
import { enrol } from '../../helpers/two-devices.ts'
import { fewPeople, loan, VaultFixture, type Row } from '../../helpers/vault-fixture.ts'
import {
  Reference,
  type Deed,
  type Event,
  type RecordPicture,
  type Role,
} from '../../property/review/reference.ts'
import { toldCommits, type StoredCommit } from './told-commits.ts'

/*
 * Two real vaults of one unit, driven by their members through the program, with bundles between them that come late,
 * twice or never. What the program refuses the reference refuses too, and what it signs counts; and the tables of both
 * vaults say of every revision and of every late objection what the reference says of the bytes that were signed.
 */
const people = [
  ...fewPeople,
  { login: 'third', roles: ['reviewer'] },
  { login: 'inspector', roles: ['inspector'] },
] as const
const by = 'approver'
const level = 3
const rules = new Map([['C6', { level, opinions: 2, typed: false, evidence: false }]] as const)
const reviewers = ['first', 'second', 'third'] as const

const devices: VaultFixture[] = []
const ids = new Map<string, string>()
let unit: string
let cadre: string
let record: string

beforeAll(async () => {
  const first = await VaultFixture.found({ people })
  cadre = await first.openCadre('张三丰')
  devices.push(first, await enrol(first, '办公室二', by))
  for (const { login } of people) ids.set(login, (await first.session(login)).vault.member.id)
  unit = (await first.session(by)).vault.unit
})
afterAll(() => {
  for (const device of devices) device.close()
})

async function archiveOf(vault: VaultFixture) {
  const store = (await vault.session(by)).vault.compartments.get('archive')
  if (store === undefined) throw new Error('no archive')
  return store.database
}

async function eventsOf(vault: VaultFixture): Promise<readonly Event[]> {
  const database = await archiveOf(vault)
  const commits = database.prepare('SELECT leaf, depth, header FROM entry').all() as StoredCommit[]
  return toldCommits(unit, record, level, commits)
}

async function told(vault: VaultFixture): Promise<RecordPicture> {
  return new Reference(rules, await eventsOf(vault)).picture
}

async function expectAsTold(vault: VaultFixture): Promise<RecordPicture> {
  const database = await archiveOf(vault)
  const picture = await told(vault)
  const revisions = database
    .prepare('SELECT digest, status, author, opinions, signer FROM revision WHERE record = ? ORDER BY digest')
    .all(record)
  const expected = picture.revisions.map(({ revision, status, author, opinions, signer }) => {
    return { digest: revision, status, author, opinions: opinions.length, signer }
  })
  expect(revisions).toEqual(expected.sort((a, b) => (a.digest < b.digest ? -1 : 1)))
  const voids = database.prepare('SELECT leaf, code FROM void_step WHERE record = ?').all(record) as {
    leaf: string
    code: string
  }[]
  expect(voids.map(({ leaf }) => `${leaf}/0`).sort()).toEqual(picture.voids)
  const late = picture.revisions.flatMap((revision) => revision.late)
  const objections = voids.filter(({ code }) => code === 'review/late-objection').map(({ leaf }) => leaf)
  expect(objections.sort()).toEqual(late.map(({ id }) => id).sort())
  const answers = objectionAnswers(database).filter((one) => one.record === record)
  expect(answers.map(({ member, outcome, fault }) => `${member} ${outcome} ${fault}`).sort()).toEqual(
    late.flatMap((one) => one.answers).sort(),
  )
  return picture
}

const usual: Readonly<Record<string, What>> = {
  submitted: 'decide',
  'in-review': 'decide',
  unopened: 'open',
  agreed: 'sign',
  disputed: 'adjudicate',
  adjudicated: 'sign',
}
const whats = ['submit', 'decide', 'return', 'withdraw', 'open', 'adjudicate', 'sign', 'settle'] as const
type What = (typeof whats)[number]

interface Attempt {
  readonly login: string
  readonly role: Role
  readonly deed: Deed | null
  call(): Promise<Result<unknown>>
}

function attemptOf(vault: VaultFixture, what: What, choice: number, picture: RecordPicture): Attempt | null {
  const late = picture.revisions.flatMap(({ revision, late: all }) => all.map(({ id }) => ({ revision, id })))
  const objected = late[choice % Math.max(1, late.length)]
  const target = choice % 5 === 0 ? picture.revisions[0] : picture.revisions.at(-1)
  const revision = target?.revision ?? ''
  const row: Row = { record, revision }
  const reviewer = reviewers[choice % 3] as string
  switch (what) {
    case 'submit': {
      const conflicts = picture.revisions.filter(({ status }) => status === 'conflict')
      const settles = choice % 2 === 0 ? conflicts.map((one) => one.revision) : []
      const submitted = { ...loan(cadre), record, parent: picture.head, settles }
      const call = async () => await vault.call('collector', 'record.submit', submitted)
      // Before an entry is handed in, the program asks more than the road does.
      return { login: 'collector', role: 'collector', deed: null, call }
    }
    case 'decide': {
      const said = (choice + reviewer.length) % 5 === 0 ? 'disagree' : 'agree'
      const call = async () => await vault.decide(row, reviewer, said)
      const deed = { do: 'decide', revision, secret: `new ${choice}`, typed: false } as const
      return { login: reviewer, role: 'reviewer', deed, call }
    }
    case 'return': {
      const call = async () => await vault.return(row, reviewer)
      return { login: reviewer, role: 'reviewer', deed: { do: 'return', revision }, call }
    }
    case 'withdraw': {
      const call = async () => await vault.call('collector', 'record.withdraw', { ...row, reason: '' })
      return { login: 'collector', role: 'collector', deed: { do: 'withdraw', revision }, call }
    }
    case 'open':
      return { login: 'approver', role: 'approver', deed: null, call: async () => await vault.open(row) }
    case 'adjudicate': {
      const outcome = choice % 3 === 0 ? 'reject' : 'uphold'
      const call = async () => await vault.adjudicate(row, 'inspector', outcome)
      return { login: 'inspector', role: 'inspector', deed: { do: 'adjudicate', revision, outcome }, call }
    }
    case 'sign':
      return {
        login: 'approver',
        role: 'approver',
        deed: { do: 'sign', revision },
        call: async () => await vault.sign(row),
      }
    case 'settle': {
      if (objected === undefined) return null
      const outcome = choice % 2 === 0 ? ('founded' as const) : ('unfounded' as const)
      const said = { revision: objected.revision, objection: objected.id, outcome, fault: null }
      const login = choice % 3 === 0 ? 'approver' : 'inspector'
      const deed = { do: 'settle-objection', ...said } as const
      const call = async () =>
        await vault.call(login, 'objection.settle', { record, ...said, words: '已核实' })
      return { login, role: login, deed, call }
    }
  }
}

const looked = { archived: 0, late: 0, answered: 0, refused: 0 }

async function attempt(vault: VaultFixture, act: What | 'next', choice: number): Promise<void> {
  const before = await eventsOf(vault)
  const { picture } = new Reference(rules, before)
  const isOpen = picture.revisions.some(({ late }) => late.some(({ answers }) => answers.length === 0))
  const status = picture.revisions.at(-1)?.status ?? ''
  const what = act === 'next' ? (isOpen ? 'settle' : (usual[status] ?? 'submit')) : act
  const one = attemptOf(vault, what, choice, picture)
  if (one === null) return
  const result = await one.call()
  if (result.ok) {
    const [made] = (await eventsOf(vault)).filter(({ id }) => before.every((other) => other.id !== id))
    expect(made, `${what} was signed`).toBeDefined()
    expect((await expectAsTold(vault)).voids).not.toContain(`${made?.id}/0`)
    return
  }
  if (one.deed === null) return
  looked.refused += 1
  const sizes = new Map<string, number>()
  for (const { log, place } of before) sizes.set(log, Math.max(sizes.get(log) ?? 0, place + 1))
  const tried: Event = {
    id: 'tried',
    row: 0,
    depth: Number.MAX_SAFE_INTEGER,
    log: 'tried',
    place: 0,
    knew: sizes,
    who: ids.get(one.login) ?? '',
    own: null,
    role: one.role,
    inForce: true,
    reach: [{ categories: ['*'], level }],
    deed: one.deed,
  }
  expect(new Reference(rules, [...before, tried]).picture.voids, `${what} was refused`).toContain('tried/0')
}

interface Stick {
  readonly to: VaultFixture
  readonly bundle: Carried | null
}

async function write(from: VaultFixture, full: boolean): Promise<Stick> {
  const to = devices.find((one) => one !== from) as VaultFixture
  return { to, bundle: await bringOut(from, to, 'archive', by, full ? 'full' : 'update') }
}

async function arrive({ to, bundle }: Stick): Promise<void> {
  if (bundle === null) return
  expect([null, 'bundle/missing-prerequisite', 'bundle/gap']).toContain(await takeIn(to, bundle, by))
  await expectAsTold(to)
}

const device = fc.constantFrom(0, 0, 1)
const act = fc.oneof(
  { weight: 4, arbitrary: fc.constant('next' as const) },
  { weight: 2, arbitrary: fc.constantFrom(...whats) },
)
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('act' as const), device, act, choice: fc.nat({ max: 999 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('write' as const), device, full: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('arrive' as const), pick: fc.nat({ max: 99 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(sticks: Stick[], one: Step): Promise<void> {
  if (one.what === 'arrive') {
    const stick = sticks[one.pick % Math.max(1, sticks.length)]
    if (stick !== undefined) await arrive(stick)
    return
  }
  const here = devices[one.device] as VaultFixture
  if (one.what === 'write') sticks.push(await write(here, one.full))
  else await attempt(here, one.act, one.choice)
}

/** A record that both know, with one opinion: then one computer signs what the other returns. */
async function apart(): Promise<void> {
  const [here, there] = devices as [VaultFixture, VaultFixture]
  const entered = await here.submit(cadre)
  record = entered.record
  expect((await here.decide(entered, 'first')).ok).toBe(true)
  await arrive(await write(here, false))
  expect((await there.return(entered, 'third')).ok).toBe(true)
  expect((await here.decide(entered, 'second')).ok).toBe(true)
  expect((await here.open(entered)).ok).toBe(true)
  expect((await here.sign(entered)).ok).toBe(true)
}

test('the tables of two vaults say at every moment what the rules say, told anew and simply', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(step, { minLength: 15, maxLength: 30, size: 'max' }),
      async (isApart, steps) => {
        if (isApart) await apart()
        else record = (await (devices[0] as VaultFixture).submit(cadre)).record
        const sticks: Stick[] = []
        for (const one of steps) await take(sticks, one)
        for (const stick of sticks) await arrive(stick)
        for (const from of devices) await arrive(await write(from, true))
        const [first, second] = devices as [VaultFixture, VaultFixture]
        // What came too late is looked into; what was signed is not signed again.
        await attempt(first, 'settle', 1)
        await attempt(first, 'sign', 1)
        await arrive(await write(first, false))
        await arrive(await write(second, false))
        const pictures = []
        for (const vault of devices) pictures.push(await expectAsTold(vault))
        expect(pictures[0]).toEqual(pictures[1])
        const revisions = pictures[0]?.revisions ?? []
        const late = revisions.flatMap((revision) => revision.late)
        looked.archived += revisions.filter(({ status }) => status === 'archived').length
        looked.late += late.length
        looked.answered += late.filter(({ answers }) => answers.length > 0).length
      },
    ),
    { numRuns: 5, endOnFailure: true, examples: [[true, []]] },
  )
  // Histories that never come to a fact, a late objection and an answer prove little.
  expect(Object.entries(looked).filter(([, count]) => count === 0)).toEqual([])
}, 600_000)
