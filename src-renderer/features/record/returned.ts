import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'

/** The revision that was returned and that this one answers; null where none was. */
export function returnedBefore(record: RecordView, revision: RevisionView): RevisionView | null {
  const place = record.revisions.findIndex((one) => one.revision === revision.revision)
  // Newest first: what stands after it came before it. Only what follows a return at once answers it.
  const before = record.revisions.slice(place + 1).find((one) => one.status !== 'withdrawn')
  return before?.status === 'returned' ? before : null
}
