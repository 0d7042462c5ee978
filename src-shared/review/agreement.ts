import type { RekeyLine } from './rekey.ts'

/** How often what was typed again was what had been entered. */
export interface FieldAgreement {
  readonly category: string
  readonly field: string
  /** Comparisons that agreed, of all there were: two for an entry that two reviewers typed. */
  readonly agreeing: number
  readonly compared: number
}

/** Adds up comparisons by category and field, in the order of their names. */
export class AgreementCount {
  readonly #fields = new Map<string, FieldAgreement>()

  add(category: string, lines: readonly RekeyLine[]): void {
    for (const { field, agrees } of lines) {
      const key = `${category} ${field}`
      const before = this.#fields.get(key) ?? { category, field, agreeing: 0, compared: 0 }
      const agreeing = before.agreeing + (agrees ? 1 : 0)
      this.#fields.set(key, { ...before, agreeing, compared: before.compared + 1 })
    }
  }

  get fields(): readonly FieldAgreement[] {
    return [...this.#fields.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
  }
}
