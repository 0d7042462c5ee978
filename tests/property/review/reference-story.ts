/**
 * The road of a record as the design tells it, as simply as it can be told, and without a line of the product: every
 * revision is the list of what was done to it that counts, and all else is asked of that list. It names no reasons, it
 * only says what counts and where each revision stands.
 */
export type Role = 'collector' | 'reviewer' | 'approver' | 'inspector' | 'auditor'

export type Deed =
  | {
      readonly do: 'submit'
      readonly revision: string
      readonly cadre: string
      readonly category: string
      readonly parent: string | null
      readonly settles: readonly string[]
      readonly evidence: number
    }
  | { readonly do: 'withdraw' | 'return' | 'escalate' | 'sign'; readonly revision: string }
  | { readonly do: 'decide'; readonly revision: string; readonly secret: string; readonly typed: boolean }
  | { readonly do: 'assign' | 'convene'; readonly revision: string; readonly people: readonly string[] }
  | { readonly do: 'open'; readonly revision: string; readonly claims: readonly Claim[] }
  | { readonly do: 'adjudicate'; readonly revision: string; readonly outcome: 'uphold' | 'reject' }
  | { readonly do: 'ask'; readonly revision: string; readonly name: string }
  | {
      readonly do: 'find-fault'
      readonly revision: string
      readonly name: string
      readonly people: readonly string[]
    }
  | { readonly do: 'answer' | 'resolve' | 'answer-fault'; readonly name: string }
  | {
      readonly do: 'settle-objection'
      readonly revision: string
      /** The event that objected. */
      readonly objection: string
      readonly outcome: 'unfounded' | 'founded'
      readonly fault: string | null
    }

/** What an opening says of somebody's opinion; `secret` is what they would have bound themselves to by it. */
export interface Claim {
  readonly of: string
  readonly says: 'agree' | 'disagree' | 'unopenable'
  readonly secret: string
  readonly typed: boolean
}

export interface Rule {
  readonly level: number
  readonly opinions: 1 | 2
  readonly typed: boolean
  readonly evidence: boolean
}

/** Somebody's deed, signed as a role, with what they may handle under it. */
export interface Event {
  readonly id: string
  readonly row: number
  /** One more than that of the deepest event its device knew. */
  readonly depth: number
  /** The device's log it stands in, and its place there. */
  readonly log: string
  readonly place: number
  /** Of every log, how many events whoever did it knew of. */
  readonly knew: ReadonlyMap<string, number>
  readonly who: string
  /** The dossier about them. */
  readonly own: string | null
  readonly role: Role
  /** Whether they had that role and that key when they signed, as far as the offices know. */
  readonly inForce: boolean
  readonly reach: readonly { readonly categories: readonly string[]; readonly level: number }[]
  readonly deed: Deed
  /** The rule a submission comes under; that of its category unless another is named. */
  readonly ruled?: string
}

/** Whether whoever did one had known of the other. */
export function knew(event: Event, other: Event): boolean {
  if (event.log === other.log) return other.place < event.place
  return other.place < (event.knew.get(other.log) ?? 0)
}

/** Would have kept the revision from the archive. */
export function objects({ deed }: Event): boolean {
  return (
    ['withdraw', 'return', 'escalate'].includes(deed.do) || ('outcome' in deed && deed.outcome === 'reject')
  )
}

/** Moves a revision on its road, or off it. */
export function moves({ deed }: Event): boolean {
  return !['assign', 'ask', 'answer', 'resolve', 'find-fault', 'answer-fault', 'settle-objection'].includes(
    deed.do,
  )
}

export const mayDo: Readonly<Record<Deed['do'], readonly Role[]>> = {
  submit: ['collector', 'inspector'],
  withdraw: ['collector', 'inspector'],
  answer: ['collector', 'inspector'],
  decide: ['reviewer'],
  return: ['reviewer'],
  escalate: ['reviewer'],
  ask: ['reviewer'],
  resolve: ['reviewer'],
  open: ['approver', 'reviewer'],
  adjudicate: ['inspector', 'approver', 'reviewer'],
  sign: ['approver'],
  assign: ['approver', 'inspector'],
  convene: ['approver', 'inspector'],
  'find-fault': ['approver', 'inspector'],
  'answer-fault': ['collector', 'reviewer', 'approver', 'inspector'],
  'settle-objection': ['approver', 'inspector'],
}

export type Counted<Name extends Deed['do']> = Event & { readonly deed: Deed & { readonly do: Name } }

export function all<Name extends Deed['do']>(
  events: readonly Event[],
  ...names: readonly Name[]
): Counted<Name>[] {
  return events.filter((event): event is Counted<Name> =>
    (names as readonly string[]).includes(event.deed.do),
  )
}

export function distinct(people: readonly string[]): boolean {
  return new Set(people).size === people.length
}

function after(events: readonly Event[], last: Event | undefined): readonly Event[] {
  return last === undefined ? events : events.slice(events.indexOf(last) + 1)
}

/** What counts of one revision, from its submission on. */
export class Story {
  readonly events: Event[]
  readonly rule: Rule

  constructor(submission: Event, rule: Rule) {
    this.events = [submission]
    this.rule = rule
  }

  get submission() {
    return all(this.events, 'submit')[0] as Counted<'submit'>
  }

  get author(): string {
    return this.submission.who
  }

  /** Since opinions were last set aside, because one of them could not be opened. */
  get round(): readonly Event[] {
    const isLate = (opening: Event) =>
      all(this.events.slice(0, this.events.indexOf(opening)), 'escalate').length > 0
    const aside = all(this.events, 'open').findLast(
      (opening) => !isLate(opening) && opening.deed.claims.some(({ says }) => says === 'unopenable'),
    )
    return after(this.events, aside)
  }

  get opinions() {
    return all(this.round, 'decide')
  }

  get openings() {
    return all(this.round, 'open')
  }

  /** What somebody decided, once it is known. */
  decisionOf(who: string): 'agree' | 'disagree' | null {
    const claim = this.openings.flatMap(({ deed }) => deed.claims).findLast(({ of }) => of === who)
    return claim === undefined || claim.says === 'unopenable' ? null : claim.says
  }

  get group() {
    return all(this.events, 'convene').at(-1)
  }

  get votes() {
    return all(after(this.events, this.group), 'adjudicate')
  }

  get isEscalated(): boolean {
    return all(this.events, 'escalate').length > 0
  }

  get tookPart(): readonly string[] {
    return all(this.events, 'submit', 'decide', 'escalate', 'adjudicate').map(({ who }) => who)
  }

  get signature() {
    return all(this.events, 'sign')[0]
  }

  /** What those said who settle it, once that is enough. */
  get settled(): 'uphold' | 'reject' | null {
    const { votes, group } = this
    const saying = (outcome: 'uphold' | 'reject') =>
      votes.filter(({ deed }) => deed.outcome === outcome).length
    const people = group?.deed.people.length
    const enough = (count: number) =>
      people === undefined ? count >= (this.isEscalated ? 2 : 1) : count > people / 2
    if (enough(saying('uphold'))) return 'uphold'
    if (enough(saying('reject')) || votes.length === people) return 'reject'
    return null
  }

  get status(): string {
    if (all(this.events, 'withdraw').length > 0) return 'withdrawn'
    if (all(this.events, 'return').length > 0 || this.settled === 'reject') return 'returned'
    if (this.settled === 'uphold') return 'adjudicated'
    if (this.isEscalated) return 'disputed'
    const decisions = this.opinions.map(({ who }) => this.decisionOf(who))
    if (decisions.length === 0) return 'submitted'
    if (decisions.length < this.rule.opinions) return 'in-review'
    if (decisions.includes(null)) return 'unopened'
    if (distinct(decisions as string[]) && decisions.length > 1) return 'disputed'
    return decisions[0] === 'agree' ? 'agreed' : 'returned'
  }
}

/** Both opinions at once by somebody who gave none; or by a reviewer their own, where no approver can. */
export function opens(
  story: Story,
  { who, role, claims }: { readonly who: string; readonly role: Role; readonly claims: readonly Claim[] },
): boolean {
  const isLate = story.isEscalated
  const isDue = isLate
    ? story.status === 'disputed' && story.opinions.length > 0 && story.openings.length === 0
    : story.status === 'unopened'
  const own = story.opinions.find((opinion) => opinion.who === who)
  if (!isDue || who === story.author) return false
  const isTrue = ({ of, says, secret, typed }: Claim) => {
    const opinion = story.opinions.find((one) => one.who === of)
    return (
      opinion !== undefined &&
      says !== 'unopenable' &&
      opinion.deed.secret === secret &&
      opinion.deed.typed === typed
    )
  }
  if (role === 'reviewer')
    return (
      !isLate &&
      own !== undefined &&
      claims.length === 1 &&
      claims.every((claim) => claim.of === who && isTrue(claim))
    )
  const isAll =
    claims.length === story.opinions.length &&
    story.opinions.every((one) => claims.some(({ of }) => of === one.who))
  return own === undefined && isAll && claims.every((claim) => claim.says === 'unopenable' || isTrue(claim))
}
