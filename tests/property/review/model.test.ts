import { fc } from '../../helpers/properties.ts'
import { afterAll, describe, expect, test } from 'vitest'
import type { RecordState } from '../../../src-shared/review/states.ts'
import { isMutationRun, runs } from '../../helpers/runs.ts'
import { choose, pick, type Attempt } from './deed-choice.ts'
import { names, Offices, records, shifting, type Knowledge, type Name } from './offices.ts'
import type { Role } from './reference.ts'

/*
 * Long random histories of real commits: people on three devices try what they may and what they may not, roles and keys
 * come and go and are known late, sticks arrive in any order, twice or never. After every step every device that learned
 * something holds what the reference says, and what the design says must always hold.
 */
const seen: Record<string, number> = {}
function note(place: string): void {
  seen[place] = (seen[place] ?? 0) + 1
}

function expectAsToldBy(offices: Offices, knowledge: Knowledge, key: number): void {
  for (const record of records) {
    const expected = offices.expected(knowledge, record)
    const { picture, state } = offices.found(knowledge, record, (steps) => rotated(steps, key))
    expect(picture).toEqual(expected)
    if (state !== null) expectFourEyes(state)
    for (const { status } of picture.revisions) note(status)
    if (picture.voids.length > 0) note('void')
  }
}

/** Some other order. */
function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length
  return [...items.slice(at), ...items.slice(0, at)].reverse()
}

function expectFourEyes(state: RecordState): void {
  const facts = state.revisions.filter(({ signed }) => signed !== null)
  for (const fact of facts) {
    const hands = [fact.author, ...fact.opinions.map(({ hand }) => hand), fact.signed?.hand]
    const people = hands.map((hand) => hand?.member)
    expect(new Set(people).size).toBe(people.length)
    const agreed = fact.opinions.filter(({ decision }) => decision === 'agree').length
    const needed = fact.rule.verification === 'single' ? 1 : 2
    const upheld = fact.adjudication?.outcome === 'uphold'
    expect(upheld || agreed === needed).toBe(true)
    if (upheld) {
      expect(people).not.toContain(fact.adjudication?.hand.member)
      // Two people at least answer for what the reviewers did not settle: adjudicator and signer.
      expect(fact.opinions.length > 0 ? fact.opened : fact.group).not.toBe(null)
    }
  }
  expect(facts.filter(({ status }) => status === 'archived').length).toBe(state.head === null ? 0 : 1)
}

type Command = fc.AsyncCommand<object, Offices>

class Trying implements Command {
  readonly attempt: Attempt
  constructor(attempt: Attempt) {
    this.attempt = attempt
  }
  check(): boolean {
    return true
  }
  async run(_model: object, offices: Offices): Promise<void> {
    const { attempt } = this
    const [one, other] = attempt.records % 2 === 0 ? records : [...records].reverse()
    const both = attempt.records % 3 === 0
    const { name, key, role, deeds } = choose(
      offices,
      attempt,
      one as string,
      both ? (other as string) : null,
    )
    offices.sign(attempt.device, name, key, role, deeds)
    for (const deed of deeds.values()) note(deed.do)
    expectAsToldBy(offices, offices.knows[attempt.device] as Knowledge, attempt.choice)
  }
  toString(): string {
    return `try ${JSON.stringify(this.attempt)}`
  }
}

/** A stick is written on a device, or arrives at one: late, again, or before an older one. */
class Carrying implements Command {
  readonly what: 'write' | 'arrive' | 'meet'
  readonly device: number
  readonly choice: number
  constructor(what: 'write' | 'arrive' | 'meet', device: number, choice: number) {
    this.what = what
    this.device = device
    this.choice = choice
  }
  check(): boolean {
    return true
  }
  async run(_model: object, offices: Offices): Promise<void> {
    const { what, device, choice } = this
    const stick =
      what === 'meet'
        ? offices.knows[choice % 3]
        : offices.sticks[choice % Math.max(1, offices.sticks.length)]
    if (what === 'write') offices.sticks.push(offices.knows[device] as Knowledge)
    else if (stick !== undefined) {
      offices.learn(device, stick)
      expectAsToldBy(offices, offices.knows[device] as Knowledge, choice)
    }
  }
  toString(): string {
    return `${this.what} ${this.device} ${this.choice}`
  }
}

const grantable: Readonly<Partial<Record<Name, readonly Role[]>>> = {
  third: ['reviewer'],
  clerk: ['collector', 'reviewer'],
  deputy: ['approver'],
  concerned: ['reviewer', 'collector'],
  reviewerTwo: ['reviewer'],
}

/** Roles and keys come and go, on the first device; the others learn of it when somebody tells them. */
class Shifting implements Command {
  readonly act: number
  readonly person: number
  readonly choice: number
  constructor(act: number, person: number, choice: number) {
    this.act = act
    this.person = person
    this.choice = choice
  }
  check(): boolean {
    return true
  }
  async run(_model: object, offices: Offices): Promise<void> {
    const { act, person, choice } = this
    const name = pick(shifting, person)
    const { id } = offices.person(name)
    const role = pick(grantable[name] ?? [], choice)
    const { rights, key } = offices.rights.of(offices.rights.newest, id)
    const right = rights.find((one) => one.role === role)
    const newest = (offices.keys.get(name)?.length ?? 1) - 1
    if (key === null) {
      if (act % 2 === 0 && !offices.rights.isBounded(id, newest)) offices.bound(name, newest, choice % 4)
      else offices.newKey(name)
    } else if (act % 12 === 0) offices.removeKey(name)
    else if (act % 12 === 1) offices.revoke(name, role)
    else if (right?.confirmed === false) offices.confirm(name, role)
    else if (right === undefined || act % 5 === 0)
      offices.grant(name, role, pick([['*'], ['*'], ['A1', 'C3']], choice), pick([3, 3, 2], choice))
    else return
    note(key === null ? 'key removed before' : 'right changed')
    expectAsToldBy(offices, offices.knows[0] as Knowledge, choice)
  }
  toString(): string {
    return `shift ${this.act} ${this.person} ${this.choice}`
  }
}

const number = fc.noBias(fc.nat({ max: 9999 }))
const device = fc.constantFrom(0, 0, 0, 1, 2)
const trying = fc
  .record({ device, records: number, act: number, person: number, target: number, choice: number })
  .map((attempt) => new Trying(attempt))
const carrying = fc
  .tuple(fc.constantFrom('write', 'arrive', 'meet', 'meet'), device, number)
  .map(([what, at, choice]) => new Carrying(what, at, choice))
const changing = fc.tuple(number, number, number).map((args) => new Shifting(...args))
const commands = fc.commands([trying, trying, trying, trying, trying, carrying, changing], {
  maxCommands: 140,
  size: 'max',
})

describe('the road of two records in three offices', () => {
  test('is at every moment and everywhere what the rules say, told anew and simply', async () => {
    await fc.assert(
      fc.asyncProperty(commands, number, async (history, order) => {
        const offices = await Offices.open()
        await fc.asyncModelRun(() => ({ model: {}, real: offices }), history)
        // In the end everybody learns everything, in different orders, and holds the same.
        const all = offices.everything
        expectAsToldBy(offices, all, order)
        const states = records.map((record) => offices.found(all, record).state)
        for (const at of [0, 1, 2]) {
          for (const from of [order, order + 1, order + 2])
            offices.learn(at, offices.knows[from % 3] as Knowledge)
          for (const from of [0, 1, 2]) offices.learn(at, offices.knows[from] as Knowledge)
        }
        for (const at of [0, 1, 2]) {
          offices.learn(at, offices.knows[2] as Knowledge)
          expect(offices.knows[at]).toEqual(all)
          const there = records.map(
            (record) => offices.found(all, record, (steps) => rotated(steps, order)).state,
          )
          expect(there).toEqual(states)
        }
      }),
      { numRuns: runs(120), endOnFailure: false },
    )
  })
})

test('the people of the offices have different names', () => {
  expect(new Set(names).size).toBe(names.length)
})

afterAll(() => {
  if (isMutationRun) return
  const places = [
    ...['submitted', 'in-review', 'unopened', 'agreed', 'disputed', 'adjudicated', 'archived', 'conflict'],
    ...['returned', 'withdrawn', 'superseded', 'void', 'right changed', 'key removed before'],
  ]
  // Histories that never come to a place prove nothing about it.
  expect(places.filter((place) => seen[place] === undefined)).toEqual([])
})
