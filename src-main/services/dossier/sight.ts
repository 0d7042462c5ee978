import { levelOf } from '../../../src-shared/access/grants.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import { momentOf } from '../../vault/vault.ts'
import type { Session } from '../context.ts'

/** Categories as a JSON array of ids for queries, or `null` for every category of the open compartments. */
export type SeenCategories = string | null

/**
 * What the member at work may see at all. What lies above their level is not there for them: neither its facts nor
 * their number, in no list, queue or search. Which compartments they open is decided by their keys; the level inside a
 * compartment by their grants.
 */
export interface Sight {
  /** The highest level of a category that is shown. */
  readonly level: number
  readonly categories: SeenCategories
  sees(category: string): boolean
  /** Those of a list of grants (`*` or ids) that are seen, in the same form. */
  within(categories: readonly string[]): readonly string[]
}

/** The level of a category that the catalogue in force does not name any more: the highest of its compartment. */
const unknownLevel = { archive: 3, discipline: 4 } as const

/** The level of what is kept in a category, 1 to 4. */
export function categoryLevel(
  session: Session,
  category: string,
  compartment: CategoryRule['compartment'],
): number {
  return session.vault.authority.head.catalogue?.rules.get(category)?.level ?? unknownLevel[compartment]
}

export function sightOf(session: Session): Sight {
  const { vault } = session
  const rules = [...(vault.authority.head.catalogue?.rules.values() ?? [])]
  const level = memberLevel(session)
  const seen = new Set(rules.filter((rule) => rule.level <= level).map((rule) => rule.category))
  const seesAll =
    level >= (vault.compartments.has('discipline') ? unknownLevel.discipline : unknownLevel.archive)
  return {
    level,
    categories: seesAll ? null : JSON.stringify([...seen]),
    sees: (category) => seesAll || seen.has(category),
    within(categories) {
      if (seesAll) return categories
      return categories.includes('*') ? [...seen] : categories.filter((category) => seen.has(category))
    },
  }
}

/**
 * Whose imports are shown: null for everybody's. A table may hold what is above a member's level, so one who does not
 * see all of the archive is shown their own.
 */
export function importsOf(session: Session): Id | null {
  return sightOf(session).categories === null ? null : session.vault.member.id
}

function memberLevel({ vault }: Session): number {
  const member = vault.authority.head.members.get(vault.member.id)
  return member === undefined ? 0 : levelOf(member, momentOf(vault))
}
