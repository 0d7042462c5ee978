import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import type { RecordCheck } from '../../../src-shared/catalogue/record-check-schema.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import type { useList, useText } from '../../ui/text.ts'

type Text = ReturnType<typeof useText>
type List = ReturnType<typeof useList>
type Condition = NonNullable<Extract<RecordCheck, { check: 'event-order' }>['when']>

/** A check between records as one sentence, with the labels of its fields. */
export function recordCheckWords(
  check: RecordCheck,
  category: Category,
  catalogue: Catalogue,
  text: Text,
  list: List,
): string {
  const severity = text(`catalogue.severity.${check.severity}`)
  const label = (id: string | undefined, of: Category | null = category) =>
    of?.fields.find((field) => field.id === id)?.label ?? id ?? '—'
  const labels = (ids: readonly string[]) => (ids.length === 0 ? '—' : list(ids.map((id) => label(id))))
  switch (check.check) {
    case 'overlap': {
      const words = text('catalogue.check.overlap.words', {
        from: label(check.from),
        to: label(check.to),
        severity,
      })
      return check.same === undefined
        ? words
        : text('catalogue.check.among', { same: labels(check.same), words })
    }
    case 'sum-at-most':
      return text('catalogue.check.sum-at-most.words', {
        same: labels(check.same),
        value: label(check.value),
        maximum: check.maximum,
        severity,
      })
    case 'change-at-most':
      return text('catalogue.check.change-at-most.words', {
        value: label(check.value),
        maximum: check.maximum,
        severity,
      })
    case 'needs-record': {
      const other = findCategory(catalogue, check.category)
      const names = {
        own: label(check.own),
        category: other?.name ?? '—',
        other: label(check.other, other),
        severity,
      }
      return check.on === undefined || check.until === undefined
        ? text('catalogue.check.needs-record.words', names)
        : text('catalogue.check.needs-record.until.words', {
            ...names,
            on: label(check.on),
            until: label(check.until, other),
          })
    }
    case 'event-order': {
      const other = findCategory(catalogue, check.category)
      const codes = ({ field, is }: Condition, of: Category | null) => {
        const table = of?.fields.find(({ id }) => id === field)?.table
        const items = is.map((code) => codeItem(catalogue, table, code)?.label ?? code)
        return text('catalogue.check.holds', { field: label(field, of), is: list(items) })
      }
      const { years = 0 } = check
      return text('catalogue.check.event-order.words', {
        when: check.when === undefined ? '' : codes(check.when, category),
        date: label(check.date),
        order: text(`catalogue.check.${check.order}`),
        category: other?.name ?? '—',
        where: check.where === undefined ? '' : codes(check.where, other),
        other: label(check.other, other),
        years:
          years === 0
            ? ''
            : text(years > 0 ? 'catalogue.check.years.after' : 'catalogue.check.years.before', {
                years: Math.abs(years),
              }),
        severity,
      })
    }
    case 'same-value':
      return text('catalogue.check.same-value.words', { fields: labels(check.fields), severity })
  }
}
