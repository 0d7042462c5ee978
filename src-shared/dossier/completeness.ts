import { askedOf, isExpected, type CadreStanding } from '../catalogue/asked.ts'
import type { Category } from '../catalogue/schema.ts'
import type { RecordFact } from '../contract/views.ts'
import { openStatuses } from '../review/states.ts'

/** 已归档 · 无此情况 · 拒绝申报 · 复核中 · 未采集. */
export const collectedStates = ['archived', 'none', 'declined', 'in-review', 'missing'] as const
export type CollectedState = (typeof collectedStates)[number]

/** How a category stands in one dossier. */
export interface CategoryStanding {
  readonly category: Category
  readonly cycle: Category['cycle']
  readonly state: CollectedState
  /** Archived facts by what they declare. */
  readonly archived: number
  readonly none: number
  readonly declined: number
  /** Records with a revision under review, beside what is archived of them. */
  readonly inReview: number
  /** Records whose first revision was sent back and waits for its author. */
  readonly returned: number
}

export interface Completeness {
  /** What an empty place would be a gap of: these are counted. */
  readonly expected: readonly CategoryStanding[]
  /** What is entered when it happens, and so is never missing. */
  readonly onEvent: readonly CategoryStanding[]
  /** What is not asked of this cadre; only where something is kept all the same. */
  readonly notAsked: readonly CategoryStanding[]
  readonly counts: Readonly<Record<CollectedState, number>>
  /** Categories with an archived answer: a fact, 无此情况 or 拒绝申报. */
  readonly answered: number
  /** `answered` of `expected`, rounded down, so that 100 means all of them. Null where nothing is expected. */
  readonly percent: number | null
}

/**
 * What the catalogue asks of a cadre, and what of it is there.
 *
 * @param categories those the member sees: others are neither listed nor counted
 */
export function completenessOf(
  categories: readonly Category[],
  standing: CadreStanding,
  records: readonly RecordFact[],
): Completeness {
  const byCategory = Map.groupBy(records, ({ category }) => category)
  const expected: CategoryStanding[] = []
  const onEvent: CategoryStanding[] = []
  const notAsked: CategoryStanding[] = []
  for (const category of categories) {
    const kept = byCategory.get(category.id) ?? []
    const { isAsked, cycle } = askedOf(category, standing)
    const line = standingIn(category, cycle, kept)
    if (!isAsked) {
      if (kept.length > 0) notAsked.push(line)
    } else if (isExpected(category)) expected.push(line)
    else onEvent.push(line)
  }
  const counts = { archived: 0, none: 0, declined: 0, 'in-review': 0, missing: 0 }
  for (const { state } of expected) counts[state] += 1
  const answered = counts.archived + counts.none + counts.declined
  const percent = expected.length === 0 ? null : Math.floor((answered * 100) / expected.length)
  return { expected, onEvent, notAsked, counts, answered, percent }
}

function standingIn(
  category: Category,
  cycle: Category['cycle'],
  records: readonly RecordFact[],
): CategoryStanding {
  const declared = (declaration: string) =>
    records.filter(({ head }) => head?.declaration === declaration).length
  const archived = declared('present')
  const none = declared('none')
  const declined = declared('declined')
  // That nothing changed says of what was there before, and is nothing without it.
  const open = records.flatMap((one) =>
    one.open === null || one.open.declaration === 'unchanged' ? [] : [one.open],
  )
  const inReview = open.filter(({ status }) => openStatuses.includes(status)).length
  const returned = open.filter(({ status }) => status === 'returned').length
  // Somebody who declines for the spouse has answered for themself: a fact outweighs what is not said.
  const state: CollectedState =
    archived > 0
      ? 'archived'
      : declined > 0
        ? 'declined'
        : none > 0
          ? 'none'
          : inReview > 0
            ? 'in-review'
            : 'missing'
  return { category, cycle, state, archived, none, declined, inReview, returned }
}
