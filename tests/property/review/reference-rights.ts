import type { Role } from './reference.ts'

/** How far a role reaches for whom it was granted. */
export interface Right {
  readonly role: Role
  readonly categories: readonly string[]
  readonly level: number
  readonly confirmed: boolean
}

interface Person {
  readonly rights: readonly Right[]
  /** How many keys they had before the present one; null when it was taken away. */
  readonly key: number | null
}

/** Who may do what, change by change, as simply as it can be told: one line of changes, of which a device knows some. */
export class Rights {
  readonly #versions: ReadonlyMap<string, Person>[]
  readonly #ends: {
    readonly version: number
    readonly who: string
    readonly key: number
    readonly last: ReadonlyMap<number, number>
  }[] = []

  constructor(people: ReadonlyMap<string, readonly Right[]>) {
    this.#versions = [new Map([...people].map(([who, rights]) => [who, { rights, key: 0 }]))]
  }

  get newest(): number {
    return this.#versions.length - 1
  }

  of(version: number, who: string): Person {
    return this.#versions[version]?.get(who) ?? { rights: [], key: null }
  }

  #change(who: string, change: (person: Person) => Person): void {
    const now = this.#versions.at(-1) as ReadonlyMap<string, Person>
    this.#versions.push(new Map([...now, [who, change(this.of(this.newest, who))]]))
  }

  grant(who: string, right: Omit<Right, 'confirmed'>): void {
    this.#change(who, ({ rights, key }) => ({
      key,
      rights: [...rights.filter(({ role }) => role !== right.role), { ...right, confirmed: false }],
    }))
  }

  confirm(who: string, role: Role): void {
    this.#change(who, ({ rights, key }) => ({
      key,
      rights: rights.map((right) => (right.role === role ? { ...right, confirmed: true } : right)),
    }))
  }

  revoke(who: string, role: Role): void {
    this.#change(who, ({ rights, key }) => ({ key, rights: rights.filter((right) => right.role !== role) }))
  }

  removeKey(who: string): void {
    this.#change(who, ({ rights }) => ({ rights, key: null }))
  }

  /** Says up to which commit of each device's log the removed key counts; later ones count nowhere any more. */
  bound(who: string, key: number, last: ReadonlyMap<number, number>): void {
    this.#change(who, (person) => person)
    this.#ends.push({ version: this.newest, who, key, last })
  }

  /** A new key: what its owner may do is to be confirmed anew. */
  addKey(who: string, key: number): void {
    this.#change(who, ({ rights }) => ({
      key,
      rights: rights.map((right) => ({ ...right, confirmed: false })),
    }))
  }

  isBounded(who: string, key: number): boolean {
    return this.#ends.some((end) => end.who === who && end.key === key)
  }

  /** What they might handle as a role, signing with that key, as of one version; null when they had no such role. */
  reach(version: number, who: string, key: number, role: Role): readonly Right[] | null {
    const person = this.of(version, who)
    const rights = person.rights.filter((right) => right.role === role && right.confirmed)
    return person.key === key && rights.length > 0 ? rights : null
  }

  isCutOff(known: number, who: string, key: number, device: number, place: number): boolean {
    return this.#ends.some(
      (end) =>
        end.version <= known && end.who === who && end.key === key && place > (end.last.get(device) ?? -1),
    )
  }
}
