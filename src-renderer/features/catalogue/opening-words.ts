import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  stageTable,
  type Catalogue,
  type Category,
  type CategoryOpening,
} from '../../../src-shared/catalogue/schema.ts'
import type { MessageKey, MessageParameters } from '../../../src-shared/i18n/index.ts'

type Text = (key: MessageKey, parameters?: MessageParameters) => string
type Join = (words: readonly string[]) => string

/** How the language of the screen says and joins things. */
export interface Speech {
  readonly text: Text
  readonly list: Join
  readonly clauses: Join
}

/** One opening as a sentence, with the names of what it watches. */
export function openingWords(opening: CategoryOpening, catalogue: Catalogue, speech: Speech): string {
  const { text, list } = speech
  if (opening.when === 'opened')
    return text('catalogue.opening.opened.words', { days: opening.withinWorkingDays })
  if (opening.when === 'stage') {
    const stages = opening.stages.map((code) => codeItem(catalogue, stageTable, code)?.label ?? code)
    return text('catalogue.opening.stage.words', { stages: list(stages), days: opening.withinWorkingDays })
  }
  const watched = findCategory(catalogue, opening.category)
  const label = labelsOf(watched)
  const named = {
    category: watched === null ? opening.category : `${watched.id} ${watched.name}`,
    on: opening.on === undefined ? '' : label(opening.on),
    conditions: conditionWords(opening, watched, catalogue, speech),
  }
  if (opening.when === 'before')
    return text('catalogue.opening.before.words', { ...named, days: opening.days })
  const days = opening.withinWorkingDays
  if (opening.when === 'after') return text('catalogue.opening.after.words', { ...named, days })
  const key = opening.on === undefined ? 'recorded.words' : 'recorded.on.words'
  return text(`catalogue.opening.${key}`, { ...named, days })
}

type Watching = Exclude<CategoryOpening, { readonly when: 'opened' | 'stage' }>

function conditionWords(
  { where, unless }: Watching,
  watched: Category | null,
  catalogue: Catalogue,
  { text, list, clauses }: Speech,
): string {
  const label = labelsOf(watched)
  const table = watched?.fields.find(({ id }) => id === where?.field)?.table
  const items = (where?.is ?? []).map((code) => codeItem(catalogue, table, code)?.label ?? code)
  const conditions = [
    ...(where === undefined
      ? []
      : [text('catalogue.opening.where.words', { field: label(where.field), is: list(items) })]),
    ...(unless === undefined ? [] : [text('catalogue.opening.unless.words', { field: label(unless) })]),
  ]
  return conditions.length === 0
    ? ''
    : text('catalogue.opening.conditions', { conditions: clauses(conditions) })
}

function labelsOf(category: Category | null): (id: string) => string {
  return (id) => category?.fields.find((field) => field.id === id)?.label ?? id
}

/** How what opens a category changed: what came, and what went, each told by the version that has it. */
export function openingChangeWords(
  { category, from, to }: { readonly category: string; readonly from: unknown; readonly to: unknown },
  before: Catalogue,
  after: Catalogue,
  speech: Speech,
): string {
  const { text, clauses } = speech
  const old = (from ?? []) as readonly CategoryOpening[]
  const now = (to ?? []) as readonly CategoryOpening[]
  const isIn = (all: readonly CategoryOpening[]) => {
    const known = new Set(all.map(openingText))
    return (one: CategoryOpening) => known.has(openingText(one))
  }
  const said = (some: readonly CategoryOpening[], catalogue: Catalogue) =>
    clauses(some.map((one) => openingWords(one, catalogue, speech)))
  const isOld = isIn(old)
  const isNow = isIn(now)
  const added = now.filter((one) => !isOld(one))
  const removed = old.filter((one) => !isNow(one))
  const parts = [
    ...(added.length === 0
      ? []
      : [text('catalogue.change.openings-added', { category, openings: said(added, after) })]),
    ...(removed.length === 0
      ? []
      : [text('catalogue.change.openings-removed', { category, openings: said(removed, before) })]),
  ]
  return parts.length === 0 ? text('catalogue.change.openings-reordered', { category }) : clauses(parts)
}

function openingText(opening: CategoryOpening): string {
  return JSON.stringify(Object.entries(opening).sort(([a], [b]) => (a < b ? -1 : 1)))
}
