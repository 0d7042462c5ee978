import { useCallback } from 'react'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import type { Change } from '../../../src-shared/catalogue/differences.ts'
import type { EditProblems } from '../../../src-shared/catalogue/editing.ts'
import type { CatalogueIssue } from '../../../src-shared/catalogue/issues.ts'
import { isRecordCheck } from '../../../src-shared/catalogue/record-check-schema.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  ownerTable,
  riskClassTable,
  stageTable,
  type Catalogue,
  type Category,
  type Column,
  type CrossCheck,
} from '../../../src-shared/catalogue/schema.ts'
import type { SuccessorProblem } from '../../../src-shared/catalogue/successor.ts'
import type { SamplingPlan } from '../../../src-shared/log/category-rule.ts'
import { isMessageKey } from '../../../src-shared/i18n/index.ts'
import { useClauses, useList, useText, useTextOr } from '../../ui/text.ts'
import { openingChangeWords } from './opening-words.ts'
import { recordCheckWords } from './record-check-words.ts'

interface Place {
  readonly category?: string
  readonly field?: string
  readonly table?: string
  readonly item?: string
}

/** A code table by the fields that use it, which is what people know it as; by its source where none does. */
export function tableName(catalogue: Catalogue, table: string): string | undefined {
  const fields = catalogue.categories.flatMap((category) => category.fields)
  const labels = [...new Set(fields.filter((field) => field.table === table).map(({ label }) => label))]
  const source = catalogue.codeTables.find(({ id }) => id === table)?.source
  if (labels.length === 0) return source
  return labels.length > 2 ? `${labels.slice(0, 2).join('、')}…` : labels.join('、')
}

/** The names of ids, out of whichever of the two versions still has them. */
function namesOf(place: Place, versions: readonly Catalogue[]) {
  const first = <T>(find: (catalogue: Catalogue) => T | null | undefined): T | undefined =>
    versions.map(find).find((found) => found !== null && found !== undefined) ?? undefined
  const { category, field, table, item } = place
  const name = category === undefined ? undefined : first((one) => findCategory(one, category)?.name)
  const label =
    category === undefined || field === undefined
      ? undefined
      : first((one) => findCategory(one, category)?.fields.find(({ id }) => id === field)?.label)
  return {
    category: category === undefined ? '' : name === undefined ? category : `${category} ${name}`,
    // What is not in a version yet has no name but the one that is being typed.
    field: label ?? '',
    table: table === undefined ? '' : (first((one) => tableName(one, table)) ?? table),
    item: item === undefined ? '' : (first((one) => codeItem(one, table, item)?.label) ?? item),
  }
}

/** A value of a property as people say it. */
function useValueWords(): (property: string, value: unknown, catalogue: Catalogue) => string {
  const text = useText()
  const textOr = useTextOr()
  const list = useList()
  const clauses = useClauses()
  return useCallback(
    (property, value, catalogue) => {
      if (value === null || value === undefined) return text('catalogue.unset')
      if (value === true || value === false) return text(value ? 'catalogue.yes' : 'catalogue.no')
      if (property === 'owner') return codeItem(catalogue, ownerTable, String(value))?.label ?? String(value)
      if (property === 'level') return textOr(`members.level.${String(value)}`)
      if (property === 'sampling') return planWords(value as SamplingPlan)
      if (property === 'asked') return askedWords(value as NonNullable<Category['asked']>)
      if (property === 'columns') return list((value as readonly Column[]).map(columnWords))
      if (property === 'fills')
        return list(Object.keys(value as object).map((target) => textOr(`catalogue.fills.${target}`)))
      if (Array.isArray(value)) return list(value.map((one) => textOr(`${property}.${String(one)}`)))
      const prefix = { declarations: 'declaration', evidence: 'catalogue.evidence', kind: 'catalogue.kind' }
      const key = `${prefix[property as keyof typeof prefix] ?? property}.${String(value)}`
      return isMessageKey(key) ? text(key) : String(value)

      function columnWords({ label, kind, required }: Column) {
        const mark = required === true ? ` ${text('catalogue.property.required')}` : ''
        return `${label}（${text(`catalogue.kind.${kind}`)}${mark}）`
      }

      function planWords({ tolerablePermille, confidencePermille }: SamplingPlan) {
        const shares = { tolerable: tolerablePermille / 10, confidence: confidencePermille / 10 }
        return text('catalogue.sampling.plan', shares)
      }

      function askedWords({ stages, riskClasses, cycleByRiskClass }: NonNullable<Category['asked']>) {
        const label = (table: string) => (code: string) => codeItem(catalogue, table, code)?.label ?? code
        const cycles = (cycleByRiskClass ?? []).map(
          ({ riskClass, cycle }) => `${label(riskClassTable)(riskClass)} ${text(`cycle.${cycle}`)}`,
        )
        return clauses([
          ...(stages === undefined ? [] : [list(stages.map(label(stageTable)))]),
          ...(riskClasses === undefined ? [] : [list(riskClasses.map(label(riskClassTable)))]),
          ...cycles,
        ])
      }
    },
    [text, textOr, list, clauses],
  )
}

/** One difference as a sentence. */
export function useChangeWords(): (change: Change, before: Catalogue, after: Catalogue) => string {
  const text = useText()
  const textOr = useTextOr()
  const list = useList()
  const clauses = useClauses()
  const valueWords = useValueWords()
  const checkWords = useCheckWords()
  return useCallback(
    (change, before, after) => {
      const names = namesOf(change, [after, before])
      const { what, property = 'title', check, from, to } = change
      if (property === 'openedBy') {
        const speech = { text, list, clauses }
        return openingChangeWords({ category: names.category, from, to }, before, after, speech)
      }
      const category =
        findCategory(after, change.category ?? '') ?? findCategory(before, change.category ?? '')
      return text(`catalogue.change.${what}`, {
        ...names,
        property: textOr(`catalogue.property.${property}`),
        from: valueWords(property, change.from, before),
        to: valueWords(property, change.to, after),
        check:
          check === undefined || category === null
            ? ''
            : checkWords(check, category, what === 'check-removed' ? before : after),
      })
    },
    [text, textOr, list, clauses, valueWords, checkWords],
  )
}

/** What a cross-check says, with the labels of its fields. */
export function useCheckWords(): (check: CrossCheck, category: Category, catalogue: Catalogue) => string {
  const text = useText()
  const list = useList()
  return useCallback(
    (check, category, catalogue) => {
      if (isRecordCheck(check)) return recordCheckWords(check, category, catalogue, text, list)
      const label = (id: string | undefined) =>
        id === undefined ? '—' : (category.fields.find((field) => field.id === id)?.label ?? id)
      const severity = text(`catalogue.severity.${check.severity}`)
      switch (check.check) {
        case 'order':
          return text('catalogue.check.order.words', {
            from: label(check.from),
            to: label(check.to),
            severity,
          })
        case 'identity':
          return text('catalogue.check.identity.words', {
            identity: label(check.identity),
            birth: label(check.birth),
            sex: label(check.sex),
            severity,
          })
        case 'product':
          return text('catalogue.check.product.words', {
            quantity: label(check.quantity),
            unitValue: label(check.unitValue),
            total: label(check.total),
            permille: check.tolerancePermille,
            severity,
          })
        case 'requires':
          return text('catalogue.check.requires.words', {
            when: label(check.when),
            is: check.is.join(' '),
            needs: label(check.needs),
            severity,
          })
        case 'document':
          return text('catalogue.check.document.words', {
            number: label(check.number),
            kind: label(check.kind),
            severity,
          })
      }
    },
    [text, list],
  )
}

/** What keeps a working copy from being proposed, as sentences. */
export function useProblemWords(): {
  issue(issue: CatalogueIssue, catalogue: Catalogue): string
  successor(problem: SuccessorProblem, versions: readonly Catalogue[]): string
  all(problems: EditProblems, versions: readonly Catalogue[]): readonly string[]
} {
  const text = useText()
  const textOr = useTextOr()
  const placed = useCallback(
    (place: Place, versions: readonly Catalogue[], words: string) => {
      const { category, field, table } = namesOf(place, versions)
      const where = [category, field, table].filter((word) => word !== '').join(' · ')
      return where === '' ? words : text('catalogue.problem.at', { where, words })
    },
    [text],
  )
  const issue = useCallback(
    (one: CatalogueIssue, catalogue: Catalogue) => {
      const key = `catalogue.issue.${one.what}`
      const property = textOr(`catalogue.property.${one.what}`)
      const words = isMessageKey(key) ? text(key) : text('catalogue.issue', { property })
      return placed(one, [catalogue], words)
    },
    [text, textOr, placed],
  )
  const successor = useCallback(
    (problem: SuccessorProblem, versions: readonly Catalogue[]) =>
      placed(problem, versions, text(`catalogue.successor.${problem.code}`)),
    [text, placed],
  )
  const all = useCallback(
    (problems: EditProblems, versions: readonly Catalogue[]) => [
      ...problems.issues.map((one) => issue(one, versions[0] as Catalogue)),
      ...problems.successor.map((one) => successor(one, versions)),
    ],
    [issue, successor],
  )
  return { issue, successor, all }
}
