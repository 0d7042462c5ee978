import { z } from 'zod'
import {
  accessFlags,
  accessKinds,
  type AccessFlag,
  type AccessKind,
  type AccessPurpose,
  type AccessSubject,
} from '../audit/access-entry.ts'
import {
  dispositionSchema,
  incidentFollowUpSchema,
  incidentReportSchema,
  type Disposition,
  type IncidentFollowUp,
  type IncidentReport,
} from '../audit/incident.ts'
import type { UnusualRules, UnusualUse } from '../audit/unusual.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'

/**
 * What became of an entry when it was read. `good`: signed, not void, opened, and what stands inside agrees with the
 * signature. `void`: its commit breaks a rule. `unsigned`: bytes or signature do not hold. `sealed`: none of the
 * auditors' keys opens it. `unreadable`: opened, but no entry of a form this version knows. `contradicts`: what stands
 * inside names another member, time, role or device than the signed header.
 */
export const entryStates = ['good', 'void', 'unsigned', 'sealed', 'unreadable', 'contradicts'] as const
export type EntryState = (typeof entryStates)[number]

export interface AccessLine {
  readonly leaf: Digest
  readonly operation: number
  readonly at: string
  readonly state: EntryState
  readonly code: string | null
  readonly member: Id
  readonly memberName: string
  readonly role: string
  readonly deviceName: string
  /** Null, like all that follows but the count, where the entry could not be read. */
  readonly kind: AccessKind | null
  readonly subject: AccessSubject | null
  readonly purpose: AccessPurpose | null
  readonly flags: readonly AccessFlag[]
  readonly count: number
}

const momentSchema = z.iso.datetime({ precision: 3 })

export const accessFilterSchema = z.strictObject({
  members: z.array(idSchema).max(200),
  /** A dossier's id, or part of the name its entries carry; empty for all. */
  cadre: z.string().trim().max(60),
  /** UTC, inclusive; null for no limit. */
  from: momentSchema.nullable(),
  /** UTC, exclusive. */
  until: momentSchema.nullable(),
  kinds: z.array(z.enum(accessKinds)).max(accessKinds.length),
  /** Entries with any of these. */
  flags: z.array(z.enum(accessFlags)).max(accessFlags.length),
  /** Only entries that do not count: see {@link EntryState}. */
  doubtful: z.boolean(),
})
export type AccessFilter = z.infer<typeof accessFilterSchema>

export interface AccessPage {
  readonly items: readonly AccessLine[]
  readonly total: number
  readonly next: string | null
}

export interface IndexReport {
  readonly entries: number
  /** Entries read in this run. */
  readonly added: number
  /** Whether what was known before was given up and read anew. */
  readonly rebuilt: boolean
}

export interface DispositionView {
  readonly disposition: Disposition
  readonly words: string
  readonly at: string
  readonly memberName: string
}

export interface UnusualLine extends UnusualUse {
  readonly memberName: string
  /** Oldest first. */
  readonly dispositions: readonly DispositionView[]
}

export interface UnusualView {
  readonly rules: UnusualRules
  /** Good entries that were looked at. */
  readonly entries: number
  readonly findings: readonly UnusualLine[]
}

export interface IncidentView {
  readonly incident: Id
  readonly at: string
  readonly memberName: string
  readonly state: EntryState
  /** Null where it could not be read. */
  readonly report: IncidentReport | null
  /** Oldest first. */
  readonly followUps: readonly (IncidentFollowUp & { readonly at: string; readonly memberName: string })[]
  readonly status: 'open' | 'reported' | 'closed'
}

export interface AccessReportFiles {
  /** The signed report, and the same for reading and printing. */
  readonly file: string
  readonly page: string
  readonly entries: number
  /** Of the signed report. */
  readonly sha256: Digest
}

export const auditProcedures = {
  /** Reads what is new in the access log into the index, on a thread of its own. */
  'access.index': procedure<IndexReport>()({ input: z.strictObject({ job: idSchema }), kind: 'read' }),
  'access.list': procedure<AccessPage>()({
    input: z.strictObject({
      filter: accessFilterSchema,
      after: z.string().max(300).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  'access.unusual': procedure<UnusualView>()({
    input: z.strictObject({ from: momentSchema.nullable(), until: momentSchema.nullable() }),
    kind: 'read',
  }),
  /** What the auditor makes of a finding, signed. */
  'access.note': procedure<null>()({ input: dispositionSchema, kind: 'write' }),
  /** Writes the filtered list, newest first, as a signed file and a page for people, into a folder. */
  'access.export': procedure<AccessReportFiles>()({
    input: z.strictObject({ filter: accessFilterSchema, folder: z.string().min(1).max(4096) }),
    kind: 'write',
  }),
  /** Anybody may report; only auditors read it. */
  'incident.report': procedure<{ readonly incident: Id }>()({ input: incidentReportSchema, kind: 'write' }),
  'incident.list': procedure<readonly IncidentView[]>()({ input: z.strictObject({}), kind: 'read' }),
  /** Enters that an incident is put on paper. */
  'incident.print': procedure<null>()({ input: z.strictObject({ incident: idSchema }), kind: 'read' }),
  'incident.update': procedure<null>()({
    input: z.strictObject({ incident: idSchema, followUp: incidentFollowUpSchema }),
    kind: 'write',
  }),
} as const
