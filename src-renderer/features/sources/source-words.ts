import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { ownerTable, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DeliveryState } from '../../../src-shared/cycles/deliveries.ts'

/** The shape and tone of each state; its word is `delivery.state.<state>`. */
export const deliveryMarks: Readonly<
  Record<DeliveryState, { readonly shape: string; readonly tone: 'risk' | 'watch' | 'plain' | 'action' }>
> = {
  overdue: { shape: '✕', tone: 'risk' },
  soon: { shape: '▲', tone: 'watch' },
  open: { shape: '○', tone: 'plain' },
  later: { shape: '·', tone: 'plain' },
  late: { shape: '✓', tone: 'watch' },
  delivered: { shape: '✓', tone: 'action' },
}

export function departmentName(catalogue: Catalogue, department: string): string {
  const owners = catalogue.codeTables.find(({ id }) => id === ownerTable)?.items ?? []
  return owners.find(({ code }) => code === department)?.label ?? department
}

export function categoryNames(catalogue: Catalogue, categories: readonly string[]): string {
  return categories.map((id) => `${id} ${findCategory(catalogue, id)?.name ?? ''}`.trim()).join('、')
}
