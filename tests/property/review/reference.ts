import {
  all,
  distinct,
  knew,
  mayDo,
  moves,
  objects,
  opens,
  Story,
  type Counted,
  type Deed,
  type Event,
  type Rule,
} from './reference-story.ts'

export { mayDo } from './reference-story.ts'
export type { Claim, Deed, Event, Role, Rule } from './reference-story.ts'

export interface RevisionPicture {
  readonly revision: string
  readonly status: string
  readonly author: string
  readonly opinions: readonly { readonly who: string; readonly decision: string | null }[]
  readonly setAside: readonly string[]
  readonly assigned: readonly string[] | null
  readonly group: readonly string[] | null
  readonly votes: readonly string[]
  readonly signer: string | null
  /** What came too late to undo the signature, with who objected and who looked into it. */
  readonly late: readonly {
    readonly id: string
    readonly said: string
    readonly by: string
    readonly answers: readonly string[]
  }[]
}

export interface RecordPicture {
  readonly head: string | null
  readonly revisions: readonly RevisionPicture[]
  readonly queries: readonly { readonly name: string; readonly answers: number; readonly resolved: boolean }[]
  readonly faults: readonly { readonly name: string; readonly answers: readonly string[] }[]
  /** Events that count for nothing. */
  readonly voids: readonly string[]
}

function isAbout({ deed }: Event, { deed: signature }: Event): boolean {
  return 'revision' in deed && 'revision' in signature && deed.revision === signature.revision
}

/** Where one record stands after everything that was done to it, in whatever order it became known. */
export class Reference {
  readonly #stories: Story[] = []
  readonly #events: Event[] = []
  readonly #rules: ReadonlyMap<string, Rule>
  readonly #voids: string[] = []

  /** What was right in the eyes of whoever did it, by event. */
  readonly #right: Map<Event, boolean>
  readonly #late: Event[] = []
  /** Answers to these, which are weighed when all else is known. */
  readonly #answers: Counted<'settle-objection'>[] = []

  constructor(
    rules: ReadonlyMap<string, Rule>,
    events: readonly Event[],
    right: Map<Event, boolean> = new Map(),
  ) {
    this.#rules = rules
    this.#right = right
    const order = [...events].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))
    const seals = order.filter(
      (event, at) =>
        event.deed.do === 'sign' &&
        this.#isRight(event, events) &&
        !order.slice(0, at).some((other) => isAbout(other, event) && this.#seals(other, events)),
    )
    const about = seals[0] === undefined ? null : this.#foundation(seals[0], events)
    for (const event of order) {
      const { deed } = event
      if (deed.do === 'settle-objection') continue
      const seal = seals.find((one) => isAbout(event, one))
      const isOutside = seal !== undefined && seal !== event && !knew(seal, event)
      const isBefore = seal !== undefined && order.indexOf(event) < order.indexOf(seal)
      const isElsewhere =
        deed.do === 'submit' &&
        about !== null &&
        (deed.cadre !== about.cadre || deed.category !== about.category)
      const isWrong = deed.do === 'sign' && !this.#isRight(event, events)
      const isSetAside = isOutside && isBefore && moves(event)
      if (!isSetAside && !isElsewhere && !isWrong && this.#counts(event)) {
        this.#take(event)
        continue
      }
      this.#voids.push(`${event.id}/${event.row}`)
      if (isOutside && !knew(event, seal) && objects(event) && this.#isRight(event, events))
        this.#late.push(event)
    }
    for (const event of all(order, 'settle-objection'))
      if (this.#answersLate(event)) this.#answers.push(event)
      else this.#voids.push(`${event.id}/${event.row}`)
  }

  /** Whether somebody with no part in it says of an objection they knew, and of which they knew no answer, what it came to. */
  #answersLate(event: Counted<'settle-objection'>): boolean {
    const { revision, objection, outcome, fault } = event.deed
    const isThis = (one: Event) => 'revision' in one.deed && one.deed.revision === revision
    const late = this.#late.filter((one) => one.id === objection && isThis(one) && knew(event, one))
    const answers = this.#answers.filter((one) => one.deed.objection === objection && isThis(one))
    const story = this.#story(revision)
    if (!this.#counts(event) || story === undefined || late.length === 0) return false
    const parties = [
      ...late.map(({ who }) => who),
      ...all(story.events, 'submit', 'decide').map(({ who }) => who),
    ]
    const isFound = all(this.#events, 'find-fault').some((one) => one.deed.name === fault && isThis(one))
    const isCited = fault === null || (outcome === 'founded' && isFound)
    return isCited && !parties.includes(event.who) && !answers.some((one) => knew(event, one))
  }

  /** Whether it would count if there were nothing but what whoever did it knew. */
  #isRight(event: Event, events: readonly Event[]): boolean {
    const known = this.#right.get(event)
    if (known !== undefined) return known
    const own = events.filter((other) => knew(event, other))
    const isRight = new Reference(this.#rules, own, this.#right).#counts(event)
    this.#right.set(event, isRight)
    return isRight
  }

  #seals(event: Event, events: readonly Event[]): boolean {
    return event.deed.do === 'sign' && this.#isRight(event, events)
  }

  /** What the record was about for whoever signed. */
  #foundation(seal: Event, events: readonly Event[]) {
    const own = events.filter((other) => knew(seal, other))
    return new Reference(this.#rules, own, this.#right).#stories[0]?.submission.deed ?? null
  }

  get picture(): RecordPicture {
    const places = this.#places()
    const of = (name: Deed['do'], said: string) =>
      this.#events.filter(({ deed }) => deed.do === name && 'name' in deed && deed.name === said)
    return {
      head: [...places].find(([, place]) => place === 'archived')?.[0] ?? null,
      revisions: this.#stories.map((story) => {
        const { revision } = story.submission.deed
        const asides = all(story.events, 'decide').filter((one) => !story.opinions.includes(one))
        return {
          revision,
          status: places.get(revision) ?? story.status,
          author: story.author,
          opinions: story.opinions.map(({ who }) => ({ who, decision: story.decisionOf(who) })),
          setAside: asides.map(({ who }) => who),
          assigned: all(story.events, 'assign').at(-1)?.deed.people ?? null,
          group: story.group?.deed.people ?? null,
          votes: all(story.events, 'adjudicate').map(({ who, deed }) => `${who} ${deed.outcome}`),
          signer: story.signature?.who ?? null,
          late: this.#late
            .filter(({ deed }) => 'revision' in deed && deed.revision === revision)
            .map(({ id, who, deed }) => ({
              id,
              said: `${who} ${deed.do}`,
              by: who,
              answers: this.#answers
                .filter((one) => one.deed.objection === id && one.deed.revision === revision)
                .map((one) => `${one.who} ${one.deed.outcome} ${one.deed.fault}`),
            })),
        }
      }),
      queries: all(this.#events, 'ask').map(({ deed: { name } }) => ({
        name,
        answers: of('answer', name).length,
        resolved: of('resolve', name).length > 0,
      })),
      faults: all(this.#events, 'find-fault').map(({ deed: { name } }) => ({
        name,
        answers: of('answer-fault', name).map(({ who }) => who),
      })),
      voids: [...this.#voids].sort(),
    }
  }

  #take(event: Event): void {
    const { deed } = event
    this.#events.push(event)
    if (deed.do === 'submit') this.#stories.push(new Story(event, this.#ruleOf(event, deed.category) as Rule))
    else if ('revision' in deed) this.#story(deed.revision)?.events.push(event)
  }

  #ruleOf({ ruled }: Event, category: string): Rule | undefined {
    return this.#rules.get(ruled ?? category)
  }

  #story(revision: string): Story | undefined {
    return this.#stories.find(({ submission }) => submission.deed.revision === revision)
  }

  /** Of signed revisions: which is the fact, which was one, and which stand beside it. */
  #places(): ReadonlyMap<string, string> {
    const places = new Map<string, string>()
    let head: string | null = null
    for (const { deed } of all(this.#events, 'sign')) {
      const { parent, settles } = (this.#story(deed.revision) as Story).submission.deed
      places.set(deed.revision, parent === head ? 'archived' : 'conflict')
      if (parent !== head) continue
      if (head !== null) places.set(head, 'superseded')
      for (const other of settles) if (places.get(other) === 'conflict') places.set(other, 'superseded')
      head = deed.revision
    }
    return places
  }

  #counts(event: Event): boolean {
    const { deed, who, own, role, reach } = event
    const first = this.#stories[0]?.submission.deed
    const story = 'revision' in deed ? this.#story(deed.revision) : undefined
    if (!event.inForce || !mayDo[deed.do].includes(role)) return false
    const category = deed.do === 'submit' ? deed.category : first?.category
    const rule = deed.do === 'submit' ? this.#ruleOf(event, deed.category) : (story ?? this.#stories[0])?.rule
    if (rule === undefined || category === undefined) return false
    // Nobody has a hand in what is about themself.
    if (own !== null && own === (deed.do === 'submit' ? deed.cadre : first?.cadre)) return false
    const isReached = reach.some(
      ({ categories, level }) =>
        level >= rule.level && (categories.includes('*') || categories.includes(category)),
    )
    switch (deed.do) {
      case 'submit': {
        const isSame = first === undefined || (first.cadre === deed.cadre && first.category === deed.category)
        const parent = deed.parent === null ? null : this.#story(deed.parent)
        const isEvident = !rule.evidence || deed.evidence > 0
        return (
          isReached &&
          isSame &&
          isEvident &&
          story === undefined &&
          (parent === null || parent?.signature !== undefined)
        )
      }
      case 'answer':
      case 'resolve': {
        const asked = all(this.#events, 'ask').find((one) => one.deed.name === deed.name)
        if (asked === undefined) return false
        if (all(this.#events, 'resolve').some((one) => one.deed.name === deed.name)) return false
        return who === (deed.do === 'resolve' ? asked.who : this.#story(asked.deed.revision)?.author)
      }
      case 'answer-fault':
        return all(this.#events, 'find-fault').some(
          (one) => one.deed.name === deed.name && one.deed.people.includes(who),
        )
      case 'withdraw':
        return (
          story?.status === 'submitted' && who === story.author && all(story.events, 'decide').length === 0
        )
      default:
        return (
          isReached &&
          story !== undefined &&
          this.#countsFor(story, event as Counted<Exclude<Deed['do'], 'submit'>>)
        )
    }
  }

  #countsFor(story: Story, { deed, who, role }: Event): boolean {
    const isAuthor = who === story.author
    // A signed revision is past all opinions, whatever they were.
    const status = story.signature === undefined ? story.status : 'signed'
    const isOpenForOpinion = (status === 'submitted' || status === 'in-review') && !isAuthor
    switch (deed.do) {
      case 'decide': {
        const others = story.opinions
        const isFresh = others.every((other) => other.who !== who && other.deed.secret !== deed.secret)
        return isOpenForOpinion && isFresh && deed.typed === story.rule.typed
      }
      case 'return':
      case 'escalate':
        return isOpenForOpinion
      case 'assign':
        return isOpenForOpinion && distinct(deed.people) && !deed.people.includes(story.author)
      case 'ask':
        return isOpenForOpinion && all(this.#events, 'ask').every((one) => one.deed.name !== deed.name)
      case 'open':
        return status !== 'signed' && opens(story, { who, role, claims: deed.claims })
      case 'convene': {
        const people = [who, ...deed.people]
        return (
          status === 'disputed' &&
          distinct(deed.people) &&
          !people.some((one) => story.tookPart.includes(one))
        )
      }
      case 'adjudicate': {
        // Nobody decides past an opinion that was given and not opened.
        const isBlind = story.isEscalated && story.opinions.length > 0 && story.openings.length === 0
        const isNamed = story.group?.deed.people.includes(who) ?? true
        return status === 'disputed' && !isBlind && isNamed && !story.tookPart.includes(who)
      }
      case 'sign': {
        const isFree = !story.tookPart.includes(who) && story.group?.deed.people.includes(who) !== true
        return (status === 'agreed' || status === 'adjudicated') && isFree
      }
      case 'settle-objection':
        return true
      case 'find-fault': {
        const hands = [...story.tookPart, story.signature?.who]
        const isNew = all(this.#events, 'find-fault').every((one) => one.deed.name !== deed.name)
        return (
          isNew && distinct(deed.people) && deed.people.every((one) => one !== who && hands.includes(one))
        )
      }
      default:
        return false
    }
  }
}
