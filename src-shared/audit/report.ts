import type { AccessFilter, AccessLine } from '../contract/audit.ts'
import { canonicalBytes, type CanonicalValue } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'

/** DSSE payload type of a signed list of access entries. */
export const accessReportPayloadType = 'application/vnd.liandang.access-report+json'

/** More than this is several reports, by time. */
export const maximumReportEntries = 50_000

/** A list of access entries as an auditor took it out, under the filter they set, newest first. */
export interface AccessReport {
  readonly at: string
  readonly unit: Id
  readonly unitName: string
  readonly member: Id
  readonly memberName: string
  /** Key id of the signature. The key itself is found in the control log. */
  readonly key: Digest
  readonly filter: AccessFilter
  readonly entries: readonly AccessLine[]
}

/** Canonical JSON of the report: what is signed. */
export function accessReportBytes(report: AccessReport): Uint8Array {
  const entries = report.entries.map(({ subject, ...entry }) => ({
    ...entry,
    subject:
      subject === null
        ? null
        : Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined)),
  }))
  const payload = { ...report, entries, type: 'liandang/access-report/1' }
  return canonicalBytes(payload as unknown as CanonicalValue)
}
