import {
  all,
  distinct,
  mayDo,
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
}

export interface RecordPicture {
  readonly head: string | null
  readonly revisions: readonly RevisionPicture[]
  readonly queries: readonly { readonly name: string; readonly answers: number; readonly resolved: boolean }[]
  readonly faults: readonly { readonly name: string; readonly answers: readonly string[] }[]
  /** Events that count for nothing. */
  readonly voids: readonly string[]
}

/** Where one record stands after everything that was done to it, in whatever order it became known. */
export class Reference {
  readonly #stories: Story[] = []
  readonly #events: Event[] = []
  readonly #rules: ReadonlyMap<string, Rule>
  readonly #voids: string[] = []

  constructor(rules: ReadonlyMap<string, Rule>, events: readonly Event[]) {
    this.#rules = rules
    const order = [...events].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))
    for (const event of order) {
      if (this.#counts(event)) this.#take(event)
      else this.#voids.push(`${event.id}/${event.row}`)
    }
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
