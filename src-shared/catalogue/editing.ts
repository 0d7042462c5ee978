import { catalogueIssues, type CatalogueIssue } from './issues.ts'
import {
  crossCheckFields,
  type Catalogue,
  type Category,
  type CategoryOpening,
  type CodeTable,
  type CrossCheck,
  type Field,
} from './schema.ts'
import { checkSuccessor, type SuccessorProblem } from './successor.ts'

/** What a category is, without its fields. */
export type CategoryHead = Omit<Category, 'fields' | 'crossChecks' | 'retired'>

/**
 * One step of an editor. A working copy is the version in force and the steps taken on it, so that the last one can be
 * taken back, and all of them be taken again on a newer version.
 */
export type CatalogueEdit =
  | { readonly edit: 'title'; readonly title: string }
  | { readonly edit: 'category.add'; readonly category: Category }
  | { readonly edit: 'category.head'; readonly category: string; readonly head: CategoryHead }
  | { readonly edit: 'category.retire'; readonly category: string; readonly retired: boolean }
  | { readonly edit: 'category.remove'; readonly category: string }
  | { readonly edit: 'field'; readonly category: string; readonly field: Field }
  | {
      readonly edit: 'field.retire'
      readonly category: string
      readonly field: string
      readonly retired: boolean
    }
  | { readonly edit: 'field.remove'; readonly category: string; readonly field: string }
  | { readonly edit: 'field.move'; readonly category: string; readonly field: string; readonly by: -1 | 1 }
  | { readonly edit: 'checks'; readonly category: string; readonly crossChecks: readonly CrossCheck[] }
  | { readonly edit: 'openings'; readonly category: string; readonly openedBy: readonly CategoryOpening[] }
  | { readonly edit: 'table'; readonly table: Omit<CodeTable, 'version'> }
  | { readonly edit: 'replace'; readonly catalogue: Catalogue }

/** The working copy: the version that follows `base`, with all steps taken. Not checked. */
export function workingCopy(base: Catalogue, edits: readonly CatalogueEdit[]): Catalogue {
  const edited = edits.reduce(takeEdit, base)
  const before = new Map(base.codeTables.map((table) => [table.id, table]))
  return {
    ...edited,
    version: base.version + 1,
    codeTables: edited.codeTables.map((table) => {
      const old = before.get(table.id)
      const isChanged = old !== undefined && JSON.stringify(old.items) !== JSON.stringify(table.items)
      return { ...table, version: old === undefined ? 1 : old.version + (isChanged ? 1 : 0) }
    }),
  }
}

export interface EditProblems {
  readonly issues: readonly CatalogueIssue[]
  readonly successor: readonly SuccessorProblem[]
}

/** What keeps a working copy from being a catalogue that may follow `base`; null when nothing does. */
export function workingProblems(base: Catalogue, working: Catalogue): EditProblems | null {
  const issues = catalogueIssues(working)
  // Nothing changed yet is no fault while one works.
  const successor = checkSuccessor(base, working).filter(({ code }) => code !== 'unchanged')
  return issues.length === 0 && successor.length === 0 ? null : { issues, successor }
}

function takeEdit(catalogue: Catalogue, edit: CatalogueEdit): Catalogue {
  switch (edit.edit) {
    case 'title':
      return { ...catalogue, title: edit.title }
    case 'replace':
      return edit.catalogue
    case 'table':
      return { ...catalogue, codeTables: put(catalogue.codeTables, { ...edit.table, version: 1 }) }
    case 'category.add':
      return withCategory(catalogue, edit.category)
    case 'category.remove':
      return {
        ...catalogue,
        categories: catalogue.categories.filter((category) => category.id !== edit.category),
      }
    default:
      return {
        ...catalogue,
        categories: catalogue.categories.map((category) =>
          category.id === edit.category ? takeCategoryEdit(category, edit) : category,
        ),
      }
  }
}

type CategoryEdit = Exclude<
  CatalogueEdit,
  { readonly edit: 'title' | 'replace' | 'table' | 'category.add' | 'category.remove' }
>

function takeCategoryEdit(category: Category, edit: CategoryEdit): Category {
  switch (edit.edit) {
    case 'category.head': {
      const { fields, crossChecks, retired } = category
      return { ...edit.head, ...(retired === true ? { retired } : {}), fields, crossChecks }
    }
    case 'category.retire':
      return marked(category, edit.retired)
    case 'field':
      return { ...category, fields: put(category.fields, edit.field) }
    case 'field.remove':
      return { ...category, fields: category.fields.filter((field) => field.id !== edit.field) }
    case 'field.retire': {
      const fields = category.fields.map((field) =>
        field.id === edit.field ? retireField(field, edit.retired) : field,
      )
      // A check of a field that is not asked for would never be silent, or never speak.
      const crossChecks = edit.retired
        ? category.crossChecks.filter((check) => !namesField(check, edit.field))
        : category.crossChecks
      return { ...category, fields, crossChecks }
    }
    case 'field.move': {
      const from = category.fields.findIndex((field) => field.id === edit.field)
      const to = from + edit.by
      const moved = category.fields[from]
      if (moved === undefined || to < 0 || to >= category.fields.length) return category
      return { ...category, fields: category.fields.toSpliced(from, 1).toSpliced(to, 0, moved) }
    }
    case 'checks':
      return { ...category, crossChecks: edit.crossChecks }
    case 'openings': {
      if (edit.openedBy.length > 0) return { ...category, openedBy: edit.openedBy }
      const { openedBy: _openedBy, ...rest } = category
      return rest
    }
  }
}

function retireField(field: Field, retired: boolean): Field {
  if (!retired) return marked(field, false)
  const { required: _required, critical: _critical, ...kept } = field
  return marked(kept, true)
}

function marked<Item extends { readonly retired?: true }>(item: Item, retired: boolean): Item {
  const { retired: _retired, ...kept } = item
  return (retired ? { ...kept, retired: true } : kept) as Item
}

/** Whether a check names a field of its category. */
export function namesField(check: CrossCheck, field: string): boolean {
  return crossCheckFields(check).some(([id]) => id === field)
}

function put<Item extends { readonly id: string }>(items: readonly Item[], item: Item): readonly Item[] {
  return items.some((one) => one.id === item.id)
    ? items.map((one) => (one.id === item.id ? item : one))
    : [...items, item]
}

/** In its group, after the last of it. */
function withCategory(catalogue: Catalogue, category: Category): Catalogue {
  const last = catalogue.categories.findLastIndex((one) => one.group <= category.group)
  return { ...catalogue, categories: catalogue.categories.toSpliced(last + 1, 0, category) }
}
