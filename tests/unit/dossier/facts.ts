import type { RecordFact } from '../../../src-shared/contract/views.ts'
import type { Declaration, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'

const hand = { member: 'm', name: '王', device: 'd', at: '', commit: '' }

/** An archived fact. */
export function archived(
  category: string,
  record: string,
  values: RecordValues,
  declaration: Declaration = 'present',
): RecordFact {
  return {
    record,
    compartment: 'archive',
    category,
    head: {
      revision: record,
      catalogueVersion: 1,
      declaration,
      values,
      summary: `${category} ${record}`,
      source: { kind: 'form', from: '', reference: null },
      evidence: [],
      author: hand,
      signed: hand,
      sampled: null,
      flags: [],
    },
    open: null,
    conflict: false,
    rivalry: null,
    revisions: 1,
    origin: null,
  }
}

/** A record of which nothing is archived yet. */
export function waiting(category: string, record: string, status: RevisionStatus = 'in-review'): RecordFact {
  const open = { revision: record, status, declaration: 'present', summary: '在办' } as const
  return { ...archived(category, record, {}), head: null, open }
}

export const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })
