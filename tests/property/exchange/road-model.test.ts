import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bringOut, takeIn, type Carried } from '../../helpers/direct-exchange.ts'
import { enrol } from '../../helpers/two-devices.ts'
import { fewPeople, loan, VaultFixture, type Row } from '../../helpers/vault-fixture.ts'
import { Reference, type Deed, type Event, type Role } from '../review/reference.ts'

/*
 * Two real vaults of one unit, driven by their members through the program, with bundles between them that come late,
 * twice or never. What the program refuses the reference refuses too, what it signs the reference follows, and the
 * tables of both vaults say of every revision what the reference says.
 */
const people = [
  ...fewPeople,
  { login: 'third', roles: ['reviewer'] },
  { login: 'inspector', roles: ['inspector'] },
] as const
const by = 'approver'
const rules = new Map([['C6', { level: 3, opinions: 2, typed: false, evidence: false }]] as const)

const devices: VaultFixture[] = []
const ids = new Map<string, string>()
let cadre: string
let record: string | null = null
let events: Event[] = []

beforeAll(async () => {
  const first = await VaultFixture.found({ people })
  cadre = await first.openCadre('张三丰')
  const second = await enrol(first, '办公室二', by)
  devices.push(first, second)
  for (const { login } of people) ids.set(login, (await first.session(login)).vault.member.id)
})
afterAll(() => {
  for (const device of devices) device.close()
})

const device = fc.constantFrom(0, 0, 1)
const act = fc.oneof(
  { weight: 4, arbitrary: fc.constant('next' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('submit', 'decide', 'return', 'withdraw', 'open', 'adjudicate', 'sign'),
  },
)
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('act' as const), device, act, choice: fc.nat({ max: 999 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('write' as const), device, full: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('arrive' as const), pick: fc.nat({ max: 99 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function archiveOf(vault: VaultFixture) {
  return (await vault.session(by)).vault.compartments.get('archive')!.database
}

/** What the reference says of the commits that a vault holds. */
async function told(vault: VaultFixture) {
  const known = (await archiveOf(vault)).prepare('SELECT leaf FROM entry').pluck().all() as string[]
  return new Reference(
    rules,
    events.filter(({ id }) => known.includes(id)),
  ).picture
}

async function expectAsTold(vault: VaultFixture): Promise<void> {
  if (record === null) return
  const database = await archiveOf(vault)
  const rows = database
    .prepare('SELECT digest, status, author, opinions, signer FROM revision WHERE record = ? ORDER BY digest')
    .all(record)
  const voids = database
    .prepare('SELECT leaf FROM void_step WHERE record = ? ORDER BY leaf')
    .pluck()
    .all(record)
  const { revisions, voids: nothing } = await told(vault)
  const expected = revisions.map(({ revision, status, author, opinions, signer }) => {
    return { digest: revision, status, author, opinions: opinions.length, signer }
  })
  expect(rows).toEqual(expected.sort((a, b) => (a.digest < b.digest ? -1 : 1)))
  expect(voids).toEqual(nothing.map((name) => name.split('/')[0]).sort())
}

const usual: Readonly<Record<string, string>> = {
  submitted: 'decide',
  'in-review': 'decide',
  unopened: 'open',
  agreed: 'sign',
  disputed: 'adjudicate',
  adjudicated: 'sign',
}

/** What somebody decides of a revision: the same on whatever device they are asked. */
function decisionOf(login: string, revision: string): 'agree' | 'disagree' {
  return (Number.parseInt(revision.slice(0, 4), 16) + login.length) % 4 === 0 ? 'disagree' : 'agree'
}

function secretOf(login: string, revision: string): string {
  return `${login} ${revision}`
}

async function attempt(vault: VaultFixture, what: string, choice: number): Promise<void> {
  const picture = await told(vault)
  const target = choice % 5 === 0 ? picture.revisions[0] : picture.revisions.at(-1)
  const name = what === 'next' ? (usual[target?.status ?? ''] ?? 'submit') : what
  if (name !== 'submit' && (target === undefined || record === null)) return
  const row: Row = { record: record ?? '', revision: target?.revision ?? '' }
  const { revision } = row
  const reviewers = ['first', 'second', 'third'] as const
  const reviewer = reviewers[choice % 3] as string
  const said = (target?.opinions ?? []).map(({ who }) => {
    const login = reviewers.find((one) => ids.get(one) === who) as string
    return { of: who, says: decisionOf(login, revision), secret: secretOf(login, revision), typed: false }
  })
  const conflicts = picture.revisions.filter(({ status }) => status === 'conflict').map((one) => one.revision)
  const settles = choice % 2 === 0 ? conflicts : []
  const submitted = { cadre, parent: picture.head, settles }
  const done: Record<string, readonly [string, Role, () => Promise<{ readonly ok: boolean }>, Deed]> = {
    submit: [
      'collector',
      'collector',
      () =>
        vault.call('collector', 'record.submit', { ...loan(cadre), record, parent: picture.head, settles }),
      { do: 'submit', revision: '', category: 'C6', evidence: 0, ...submitted },
    ],
    decide: [
      reviewer,
      'reviewer',
      () => vault.decide(row, reviewer, decisionOf(reviewer, revision)),
      { do: 'decide', revision, secret: secretOf(reviewer, revision), typed: false },
    ],
    return: [reviewer, 'reviewer', () => vault.return(row, reviewer), { do: 'return', revision }],
    withdraw: [
      'collector',
      'collector',
      () => vault.call('collector', 'record.withdraw', { record: row.record, revision, reason: '' }),
      { do: 'withdraw', revision },
    ],
    open: ['approver', 'approver', () => vault.open(row), { do: 'open', revision, claims: said }],
    adjudicate: [
      'inspector',
      'inspector',
      () => vault.adjudicate(row, 'inspector', choice % 3 === 0 ? 'reject' : 'uphold'),
      { do: 'adjudicate', revision, outcome: choice % 3 === 0 ? 'reject' : 'uphold' },
    ],
    sign: ['approver', 'approver', () => vault.sign(row), { do: 'sign', revision }],
  }
  const [login, role, call, deed] = done[name] as NonNullable<(typeof done)[string]>
  const before = (await archiveOf(vault)).prepare('SELECT count(*) FROM entry').pluck().get() as number
  await call()
  const database = await archiveOf(vault)
  const count = database.prepare('SELECT count(*) FROM entry').pluck().get() as number
  const isMade = count > before
  const event = {
    row: 0,
    who: ids.get(login) as string,
    own: null,
    role,
    inForce: true,
    reach: [{ categories: ['*'], level: 3 }],
  }
  if (!isMade) {
    // What the program refuses would count for nothing.
    const tried: Event = {
      ...event,
      id: 'tried',
      depth: 1_000_000,
      deed: { ...deed, revision: deed.do === 'submit' ? 'new' : revision } as Deed,
    }
    const known = database.prepare('SELECT leaf FROM entry').pluck().all() as string[]
    const { voids } = new Reference(rules, [...events.filter(({ id }) => known.includes(id)), tried]).picture
    expect(voids, `${name} was refused`).toContain('tried/0')
    return
  }
  const { leaf, depth } = database
    .prepare('SELECT leaf, depth FROM entry ORDER BY rowid DESC LIMIT 1')
    .get() as {
    leaf: string
    depth: number
  }
  const newest = database
    .prepare('SELECT record, digest FROM revision WHERE cadre = ? ORDER BY rowid DESC')
    .all(cadre) as { record: string; digest: string }[]
  const made = newest.find(
    ({ digest }) => !events.some(({ deed: other }) => other.do === 'submit' && other.revision === digest),
  )
  if (deed.do === 'submit') record ??= made?.record ?? null
  const whole = deed.do === 'submit' ? { ...deed, revision: made?.digest ?? '' } : deed
  events.push({ ...event, id: leaf, depth, deed: whole })
  const { voids } = await told(vault)
  expect(voids, `${name} was signed`).not.toContain(`${leaf}/0`)
}

interface Stick {
  readonly to: VaultFixture
  readonly bundles: readonly Carried[]
}

async function write(from: VaultFixture, full: boolean): Promise<Stick> {
  const to = devices.find((one) => one !== from) as VaultFixture
  const kind = full ? 'full' : 'update'
  const bundles = [
    await bringOut(from, to, 'control', by, kind),
    await bringOut(from, to, 'archive', by, kind),
  ]
  return { to, bundles: bundles.filter((bundle) => bundle !== null) }
}

async function arrive({ to, bundles }: Stick): Promise<void> {
  for (const bundle of bundles)
    expect([null, 'bundle/missing-prerequisite', 'bundle/gap']).toContain(await takeIn(to, bundle, by))
  await expectAsTold(to)
}

const seen = new Map<string, number>()

async function take(sticks: Stick[], one: Step): Promise<void> {
  if (one.what === 'arrive') {
    const stick = sticks[one.pick % Math.max(1, sticks.length)]
    if (stick !== undefined) await arrive(stick)
    return
  }
  const here = devices[one.device] as VaultFixture
  if (one.what === 'write') sticks.push(await write(here, one.full))
  else {
    await attempt(here, one.act, one.choice)
    await expectAsTold(here)
  }
}

test('the tables of two vaults say at every moment what the rules say, told anew and simply', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45, size: 'max' }), async (steps) => {
      record = null
      events = []
      const sticks: Stick[] = []
      for (const one of steps) await take(sticks, one)
      for (const stick of sticks) await arrive(stick)
      for (const from of devices) await arrive(await write(from, true))
      for (const from of devices) {
        await expectAsTold(from)
        for (const { status } of (await told(from)).revisions) seen.set(status, (seen.get(status) ?? 0) + 1)
      }
    }),
    { numRuns: 10, endOnFailure: true },
  )
  // Histories that never come to a fact prove little.
  expect(seen.get('archived') ?? 0).toBeGreaterThan(0)
}, 600_000)
