import { secretOf } from './deeds.ts'
import { cadres, categories, names, type Name, type Offices } from './offices.ts'
import {
  mayDo,
  type Claim,
  type Deed,
  type RecordPicture,
  type RevisionPicture,
  type Role,
} from './reference.ts'

/** What somebody tries to do: numbers that are read against what a device knows. */
export interface Attempt {
  readonly device: number
  readonly records: number
  readonly act: number
  readonly person: number
  readonly target: number
  readonly choice: number
}

export function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T
}

const often = ['decide', 'decide', 'decide', 'decide'] as const

/** What fits where a revision stands, so that histories get somewhere; anything else is tried often enough. */
const fitting: Readonly<Record<string, readonly Deed['do'][]>> = {
  submitted: [...often, ...often, ...often, 'assign', 'ask', 'return', 'withdraw', 'escalate'],
  'in-review': [...often, ...often, ...often, 'answer', 'resolve', 'ask', 'escalate', 'return'],
  unopened: ['open', 'open', 'open', 'answer'],
  agreed: ['sign'],
  conflict: ['submit'],
  superseded: ['submit'],
  disputed: ['adjudicate', 'adjudicate', 'adjudicate', 'convene', 'open'],
  adjudicated: ['sign', 'sign', 'find-fault'],
  archived: ['submit', 'submit', 'find-fault', 'answer-fault'],
}
const deeds = Object.keys(mayDo) as readonly Deed['do'][]

/** Roles people mostly act in, whether or not they have them now. */
const usual: Readonly<Record<Name, readonly Role[]>> = {
  collector: ['collector'],
  reviewerOne: ['reviewer'],
  reviewerTwo: ['reviewer'],
  approver: ['approver'],
  inspector: ['inspector'],
  third: ['reviewer'],
  clerk: ['collector', 'reviewer'],
  deputy: ['approver'],
  concerned: ['reviewer'],
}

export interface Chosen {
  readonly name: Name
  readonly role: Role
  readonly key: number
  readonly deeds: ReadonlyMap<string, Deed>
}

export function choose(offices: Offices, attempt: Attempt, record: string, other: string | null): Chosen {
  const { act, target, choice } = attempt
  const knowledge = offices.knows[attempt.device] as Offices['knows'][number]
  const picture = offices.expected(knowledge, record)
  const objected = picture.revisions.find(({ late }) => late.length > 0)
  const isSettling = objected !== undefined && choice % 2 === 0
  const revision = isSettling ? objected : targetOf(picture, target)
  const what: Deed['do'] =
    revision === undefined
      ? 'submit'
      : isSettling
        ? 'settle-objection'
        : choice % 9 === 0
          ? pick(deeds, act)
          : pick(fitting[revision.status] ?? ['submit'], act)
  const name = personFor(offices, attempt, what, picture, revision)
  const able = usual[name].filter((role) => mayDo[what].includes(role))
  const role = choice % 31 === 0 ? pick(mayDo[what], choice) : pick(able.length > 0 ? able : usual[name], act)
  const keys = offices.keys.get(name) ?? []
  const key = Math.max(0, keys.length - 1 - (choice % 5 === 0 ? 1 : 0))
  const found = new Map<string, Deed>()
  for (const of of other === null || !areRows.includes(what) ? [record] : [record, other]) {
    const there = of === record ? picture : offices.expected(knowledge, of)
    found.set(of, deedOf(offices, attempt, what, name, role, there))
  }
  return { name, role, key, deeds: found }
}

/** What is done to many records at once. */
const areRows: readonly Deed['do'][] = [
  'withdraw',
  'decide',
  'return',
  'open',
  'sign',
  'escalate',
  'assign',
  'convene',
  'adjudicate',
]

function targetOf({ revisions }: RecordPicture, target: number): RevisionPicture | undefined {
  return target % 7 === 0 ? revisions[target % Math.max(1, revisions.length)] : revisions.at(-1)
}

/** Mostly somebody who has not had a hand in it yet, or whom an answer is asked of. */
function personFor(
  offices: Offices,
  { person, target }: Attempt,
  what: Deed['do'],
  picture: RecordPicture,
  revision: RevisionPicture | undefined,
): Name {
  if (person % 8 === 0) return pick(names, person)
  if (['withdraw', 'answer'].includes(what) && revision !== undefined) return offices.nameOf(revision.author)
  const reviewers = (revision?.opinions ?? []).map(({ who }) => who)
  // A reviewer opens their own where no approver can.
  if (what === 'open' && person % 3 === 0 && reviewers.length > 0)
    return offices.nameOf(pick(reviewers, target))
  const hands = [revision?.author, ...reviewers]
  const group = what === 'adjudicate' ? revision?.group : null
  const able = names.filter(
    (name) =>
      usual[name].some((role) => mayDo[what].includes(role)) &&
      (what === 'answer-fault' || !hands.includes(offices.person(name).id)) &&
      (group === null || group === undefined || group.includes(offices.person(name).id)),
  )
  const asked = what === 'resolve' || what === 'answer-fault' ? picture.queries.length : 0
  return pick(able.length > 0 ? able : names, person + asked)
}

function deedOf(
  offices: Offices,
  { target, choice, act }: Attempt,
  what: Deed['do'],
  name: Name,
  role: Role,
  picture: RecordPicture,
): Deed {
  const found = targetOf(picture, target)
  const revision = found?.revision ?? '0'.repeat(64)
  const { id: who } = offices.person(name)
  const unit = offices.unit.id
  const author = found === undefined ? [] : [found.author]
  const hands = [...author, ...(found?.opinions ?? []).map((opinion) => opinion.who)]
  const id = (at: number) => offices.person(pick(names, at)).id
  switch (what) {
    case 'submit':
      return submission(offices, { target, choice, act }, picture)
    case 'decide': {
      const copied = choice % 11 === 0 ? found?.opinions[0]?.who : undefined
      const secret = secretOf(unit, copied ?? who, revision, choice % 5 === 0 ? 'disagree' : 'agree')
      const isTyped = offices.isTyped(picture) !== (choice % 13 === 0)
      return { do: what, revision, secret, typed: isTyped }
    }
    case 'assign':
      return { do: what, revision, people: [id(target), id(choice)] }
    case 'convene':
      return { do: what, revision, people: [id(target), id(target + 1 + (choice % 4)), id(target + 5)] }
    case 'open':
      return { do: what, revision, claims: claims(offices, choice, who, role, picture, found) }
    case 'adjudicate':
      return { do: what, revision, outcome: choice % 3 === 1 ? 'reject' : 'uphold' }
    case 'ask':
      return { do: what, revision, name: nameOf('query', choice % 9) }
    case 'answer':
    case 'resolve':
      return { do: what, name: picture.queries.at(-1)?.name ?? nameOf('query', 0) }
    case 'find-fault':
      return {
        do: what,
        revision,
        name: nameOf('fault', choice % 9),
        people: [pick([...hands, who], target)],
      }
    case 'settle-objection': {
      const objected = picture.revisions.find(({ late }) => late.length > 0)
      const objection = pick(objected?.late ?? [], act)?.id ?? '0'.repeat(64)
      const fault = choice % 4 === 0 ? (picture.faults[0]?.name ?? nameOf('fault', 0)) : null
      const about = objected?.revision ?? revision
      return {
        do: what,
        revision: about,
        objection,
        outcome: choice % 3 === 0 ? 'unfounded' : 'founded',
        fault,
      }
    }
    case 'answer-fault':
      return { do: what, name: picture.faults.at(-1)?.name ?? nameOf('fault', 0) }
    default:
      return { do: what, revision }
  }
}

function nameOf(kind: string, number: number): string {
  return `${kind === 'query' ? 'a' : 'b'}${number}`.padEnd(32, '0')
}

function submission(
  offices: Offices,
  { target, choice, act }: Pick<Attempt, 'target' | 'choice' | 'act'>,
  picture: RecordPicture,
): Deed {
  const first = offices.firstOf(picture)
  const conflicts = picture.revisions.filter(({ status }) => status === 'conflict')
  const parents = [null, picture.head, picture.revisions[0]?.revision ?? null]
  return {
    do: 'submit',
    revision: '',
    cadre:
      choice % 17 === 0
        ? pick(cadres, choice)
        : (first?.cadre ?? pick([cadres[0], cadres[0], cadres[1]], target)),
    category: choice % 19 === 0 ? pick(categories, choice) : (first?.category ?? pick(categories, act)),
    parent: target % 3 === 0 ? pick(parents, choice) : picture.head,
    settles: choice % 2 === 0 ? conflicts.map(({ revision }) => revision) : [],
    evidence: choice % 6 === 0 ? 0 : 1,
  } as Deed
}

function claims(
  offices: Offices,
  choice: number,
  who: string,
  role: Role,
  picture: RecordPicture,
  found: RevisionPicture | undefined,
): readonly Claim[] {
  const typed = offices.isTyped(picture)
  const said = (found?.opinions ?? []).map((opinion): Claim => {
    const secret = offices.secretIn(found?.revision ?? '', opinion.who)
    const sides = (['agree', 'disagree'] as const).map((says) => ({
      of: opinion.who,
      says,
      secret: secretOf(offices.unit.id, opinion.who, found?.revision ?? '', says),
      typed: choice % 29 === 0 ? !typed : typed,
    }))
    const lies = choice % 23 === 0
    const right = sides.find((side) => (side.secret === secret) !== lies)
    return right === undefined || choice % 12 === 0
      ? { of: opinion.who, says: 'unopenable', secret: '', typed: false }
      : right
  })
  const own = said.filter(({ of }) => of === who)
  const chosen = role === 'reviewer' && choice % 14 !== 0 ? own : choice % 27 === 0 ? said.slice(1) : said
  // An operation names one opinion at least.
  return chosen.length > 0 ? chosen : [{ of: who, says: 'unopenable', secret: '', typed: false }]
}
