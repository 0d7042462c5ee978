import type { Category } from './schema.ts'
import type { RecordValues } from './values.ts'

type Cycle = Category['cycle']

/** Where a cadre stands: codes of the tables `stage` and `riskClass`, null where nobody has said. */
export interface CadreStanding {
  readonly stage: string | null
  readonly riskClass: string | null
}

/** The category that says where a cadre stands, and its fields. */
export const standingCategory = 'A1'
const stageField = 'stage'
const riskClassField = 'riskClass'

/** Where a cadre stands by the archived basic facts about them; without any, nobody has said. */
export function standingOf(values: RecordValues | null): CadreStanding {
  const text = (field: string) => {
    const value = values?.[field]
    return typeof value === 'string' ? value : null
  }
  return { stage: text(stageField), riskClass: text(riskClassField) }
}

export interface Asked {
  /** Whether the catalogue asks for this category of this cadre. */
  readonly isAsked: boolean
  readonly cycle: Cycle
}

/**
 * Whether and how often a category is asked of a cadre. What nobody has said excludes nothing: a cadre whose stage or
 * risk class is not known is asked everything.
 */
export function askedOf(category: Category, { stage, riskClass }: CadreStanding): Asked {
  const { asked, cycle, retired } = category
  const fits = (codes: readonly string[] | undefined, code: string | null) =>
    codes === undefined || code === null || codes.includes(code)
  return {
    isAsked: retired !== true && fits(asked?.stages, stage) && fits(asked?.riskClasses, riskClass),
    cycle: asked?.cycleByRiskClass?.find((one) => one.riskClass === riskClass)?.cycle ?? cycle,
  }
}

/**
 * Whether an empty category is a gap: it is kept in a cycle, or can be declared empty. What group E says happens to some,
 * and discipline is never asked for.
 */
export function isExpected({ group, compartment, cycle, declarations }: Category): boolean {
  return (
    compartment === 'archive' &&
    group !== 'E' &&
    (cycle !== 'event' || declarations.some((declaration) => declaration !== 'present'))
  )
}
