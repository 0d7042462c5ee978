import { z } from 'zod'
import { fieldIdSchema } from './values.ts'

/**
 * What opens a category for a cadre beside its cycle, as data of the catalogue. A closed set: the program computes each
 * of them, and an older program refuses a catalogue that names one it does not know.
 */

export const longestOpening = 250
/** Calendar days before a date. */
export const longestNotice = 366
export const mostOpenings = 20

const category = z.string().regex(/^[A-E]\d{1,2}$/)
const codes = z.array(z.string().min(1).max(20)).min(1).max(40)
/** Working days from the day it opened to the last day in time. */
const withinWorkingDays = z.int().min(1).max(longestOpening)

/** Which archived records of a category count. */
const counting = {
  /** Only those whose code field holds one of these. */
  where: z.strictObject({ field: fieldIdSchema, is: codes }).exactOptional(),
  /** Not those in which this field is filled in. */
  unless: fieldIdSchema.exactOptional(),
}

export const openingSchema = z.discriminatedUnion('when', [
  /** The dossier was opened. */
  z.strictObject({ when: z.literal('opened'), withinWorkingDays }),
  /** The cadre came to one of these stages (codes of the table `stage`). */
  z.strictObject({ when: z.literal('stage'), stages: codes, withinWorkingDays }),
  /** A record of another category was archived; `on` is the field that says when it happened. */
  z.strictObject({
    when: z.literal('recorded'),
    category,
    on: fieldIdSchema.exactOptional(),
    ...counting,
    withinWorkingDays,
  }),
  /** A date of an archived record comes near: it opens so many calendar days before, and is due on the date. */
  z.strictObject({
    when: z.literal('before'),
    category,
    on: fieldIdSchema,
    ...counting,
    days: z.int().min(1).max(longestNotice),
  }),
  /** A date of an archived record has passed. */
  z.strictObject({ when: z.literal('after'), category, on: fieldIdSchema, ...counting, withinWorkingDays }),
])
type Opening = z.infer<typeof openingSchema>

/** What of a category an opening is held against. */
interface Watched {
  readonly id: string
  readonly compartment: string
  readonly fields: readonly { readonly id: string; readonly kind: string; readonly table?: string }[]
}

/**
 * What in the openings of one category does not fit the catalogue. An opening never reaches across compartments: what is
 * due in one would tell what stands in the other.
 */
export function openingContradictions(
  { id, compartment, openedBy = [] }: Watched & { readonly openedBy?: readonly Opening[] },
  categories: readonly Watched[],
  codesOf: (table: string) => ReadonlySet<string> | undefined,
  stages: string,
): readonly string[] {
  return openedBy.flatMap((opening) => {
    if (opening.when === 'opened') return []
    if (opening.when === 'stage')
      return opening.stages.every((code) => codesOf(stages)?.has(code)) ? [] : ['openedBy']
    const watched = categories.find((one) => one.id === opening.category)
    if (watched?.compartment !== compartment) return ['openedBy']
    if (opening.when === 'recorded' && watched.id === id) return ['openedBy']
    const field = (name: string) => watched.fields.find((one) => one.id === name)
    const { on, where, unless } = opening
    const table = where === undefined ? undefined : field(where.field)?.table
    const fits =
      (on === undefined || field(on)?.kind === 'date') &&
      (unless === undefined || field(unless) !== undefined) &&
      (where === undefined ||
        (table !== undefined && where.is.every((code) => codesOf(table)?.has(code) === true)))
    return fits ? [] : ['openedBy']
  })
}
