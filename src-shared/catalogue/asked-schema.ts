import { z } from 'zod'

/** The code tables that the `asked` of a category takes its words from. */
export const stageTable = 'stage'
export const riskClassTable = 'riskClass'

export const cycles = ['event', 'event-and-yearly', 'yearly', 'quarterly'] as const

const code = z.string().min(1).max(20)

/** Of whom a category is asked, and how often. */
export const askedSchema = z.strictObject({
  /** Of whom the category is asked: cadres in one of these stages (codes of the table `stage`). */
  stages: z.array(code).min(1).max(20).exactOptional(),
  /** Cadres on posts of one of these risk classes (codes of the table `riskClass`). */
  riskClasses: z.array(code).min(1).max(20).exactOptional(),
  /** How often, where posts of a risk class differ from `cycle`. */
  cycleByRiskClass: z
    .array(z.strictObject({ riskClass: code, cycle: z.enum(cycles) }))
    .min(1)
    .max(20)
    .exactOptional(),
})

/** What of it no table has, or names twice. */
export function askedContradictions(
  asked: z.infer<typeof askedSchema> | undefined,
  tables: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const classes = [
    ...(asked?.riskClasses ?? []),
    ...(asked?.cycleByRiskClass ?? []).map(({ riskClass }) => riskClass),
  ]
  const isUnknown = (table: string, codes: readonly string[]) =>
    codes.some((item) => tables.get(table)?.has(item) !== true)
  const lists = [
    asked?.stages ?? [],
    asked?.riskClasses ?? [],
    (asked?.cycleByRiskClass ?? []).map(({ riskClass }) => riskClass),
  ]
  if (lists.some((list) => new Set(list).size < list.length)) return ['asked']
  return isUnknown(stageTable, asked?.stages ?? []) || isUnknown(riskClassTable, classes) ? ['asked'] : []
}
