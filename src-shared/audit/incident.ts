import { z } from 'zod'
import { canonicalBytes, readCanonical, type CanonicalValue } from '../kernel/canonical.ts'
import type { DeepReadonly } from '../kernel/readonly.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { pad, unpad } from '../review/sealing.ts'

/** A line that may be empty, and a paragraph, in characters. */
const line = z.string().trim().max(120)
const paragraph = z.string().trim().max(800)
const momentSchema = z.iso.datetime({ precision: 3 })

/** In what form it got out. */
export const carriers = ['paper', 'usb', 'disc', 'computer', 'phone', 'network', 'spoken', 'other'] as const
export type Carrier = (typeof carriers)[number]

/** What a member reports (泄密事件): never the leaked content itself, and never a state secret. */
export const incidentReportSchema = z.strictObject({
  /** When it was noticed; UTC. */
  foundAt: momentSchema,
  /** What got out: which dossiers or papers, how many. */
  what: paragraph.min(1),
  /** Who is involved, as far as is known. */
  who: line,
  carrier: z.enum(carriers),
  /** Where and how it happened and was noticed. */
  course: paragraph,
  /** What was done at once. */
  measures: paragraph,
})
export type IncidentReport = DeepReadonly<z.infer<typeof incidentReportSchema>>

export const incidentFollowUpSchema = z.strictObject({
  /** What was found out and done since. */
  measures: paragraph.min(1),
  /** When and to whom it was reported upward; null when this step did not. */
  reportedUpward: z.strictObject({ at: momentSchema, to: line.min(1) }).nullable(),
  /** Whether this step closes it. */
  closes: z.boolean(),
})
export type IncidentFollowUp = DeepReadonly<z.infer<typeof incidentFollowUpSchema>>

/** What an auditor, who decides, makes of a sign of unusual use. */
export const dispositions = ['explained', 'asked', 'reported'] as const
export type Disposition = (typeof dispositions)[number]

export const dispositionSchema = z.strictObject({
  /** Key of the finding: see `findUnusual`. */
  finding: digestSchema,
  disposition: z.enum(dispositions),
  words: paragraph.min(1),
})
export type DispositionNote = DeepReadonly<z.infer<typeof dispositionSchema>>

const sealedActSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('liandang/incident-report/1'),
    at: momentSchema,
    member: idSchema,
    incident: idSchema,
    report: incidentReportSchema,
  }),
  z.strictObject({
    type: z.literal('liandang/incident-update/1'),
    at: momentSchema,
    member: idSchema,
    incident: idSchema,
    followUp: incidentFollowUpSchema,
  }),
  z.strictObject({
    type: z.literal('liandang/access-note/1'),
    at: momentSchema,
    member: idSchema,
    note: dispositionSchema,
  }),
])
/** What stands inside the seal of `incident.report`, `incident.update` and `access.note`. */
export type SealedAct = DeepReadonly<z.infer<typeof sealedActSchema>>

/** All three are one length, which the longest of them fits whatever its characters. */
export const actBlock = 16 * 1024

export function actPlaintext(act: SealedAct): Uint8Array {
  return pad(canonicalBytes(act as unknown as CanonicalValue), actBlock)
}

/** Errors: `audit/entry`. */
export function readSealedAct(plaintext: Uint8Array): Result<SealedAct> {
  if (plaintext.length !== actBlock) return err('audit/entry', { reason: 'length' })
  const value = readCanonical(unpad(plaintext), actBlock)
  if (!value.ok) return err('audit/entry', { reason: value.error.code })
  const parsed = sealedActSchema.safeParse(value.value)
  return parsed.success ? ok(parsed.data) : err('audit/entry', { reason: 'shape' })
}
