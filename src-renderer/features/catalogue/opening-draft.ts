import { longestNotice, longestOpening } from '../../../src-shared/catalogue/openings.ts'
import type { CategoryOpening } from '../../../src-shared/catalogue/schema.ts'

export const openingNames = [
  'opened',
  'stage',
  'recorded',
  'before',
  'after',
] as const satisfies readonly CategoryOpening['when'][]
export type OpeningName = (typeof openingNames)[number]

/** What of an opening one has filled in. What its kind does not have is kept blank. */
export interface OpeningDraft {
  readonly when: OpeningName
  readonly stages: readonly string[]
  /** The id of the category that is watched. */
  readonly category: string
  readonly on: string
  readonly whereField: string
  readonly whereIs: readonly string[]
  readonly unless: string
  /** Working days after, or calendar days before, as typed. */
  readonly days: string
}

export function newOpening(when: OpeningName): OpeningDraft {
  const days = when === 'before' ? '90' : '20'
  return { when, stages: [], category: '', on: '', whereField: '', whereIs: [], unless: '', days }
}

/** An opening as what one fills in. */
export function draftOfOpening(opening: CategoryOpening): OpeningDraft {
  const blank = newOpening(opening.when)
  const days = String(opening.when === 'before' ? opening.days : opening.withinWorkingDays)
  if (opening.when === 'opened') return { ...blank, days }
  if (opening.when === 'stage') return { ...blank, stages: opening.stages, days }
  const { category, on = '', where, unless = '' } = opening
  return { ...blank, category, on, whereField: where?.field ?? '', whereIs: where?.is ?? [], unless, days }
}

/** The opening that the draft makes. What is missing is left blank for the catalogue to refuse. */
export function openingOf(draft: OpeningDraft): CategoryOpening {
  const { when, stages, category, on, whereField, whereIs, unless } = draft
  const count = Number(draft.days)
  if (when === 'opened') return { when, withinWorkingDays: count }
  if (when === 'stage') return { when, stages, withinWorkingDays: count }
  const counting = {
    ...(whereField === '' ? {} : { where: { field: whereField, is: whereIs } }),
    ...(unless === '' ? {} : { unless }),
  }
  if (when === 'before') return { when, category, on, ...counting, days: count }
  if (when === 'after') return { when, category, on, ...counting, withinWorkingDays: count }
  return { when, category, ...(on === '' ? {} : { on }), ...counting, withinWorkingDays: count }
}

/** The most that `days` of such an opening may be. */
export function mostDays(when: OpeningName): number {
  return when === 'before' ? longestNotice : longestOpening
}

/** The lines that are not filled in as the catalogue wants them. */
export function missingLines(draft: OpeningDraft): ReadonlySet<keyof OpeningDraft> {
  const { when, stages, category, on, whereField, whereIs } = draft
  const count = Number(draft.days)
  const watches = when === 'recorded' || when === 'before' || when === 'after'
  const missing: (keyof OpeningDraft)[] = []
  if (when === 'stage' && stages.length === 0) missing.push('stages')
  if (watches && category === '') missing.push('category')
  if (watches && when !== 'recorded' && on === '') missing.push('on')
  if (watches && whereField !== '' && whereIs.length === 0) missing.push('whereIs')
  if (!Number.isInteger(count) || count < 1 || count > mostDays(when)) missing.push('days')
  return new Set(missing)
}
