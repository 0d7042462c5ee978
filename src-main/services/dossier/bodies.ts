import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { periodSchema, periodText, type Period } from '../../../src-shared/catalogue/periods.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, RecordContent, RecordValues } from '../../../src-shared/catalogue/schema.ts'
import { declarations, valuesSchema } from '../../../src-shared/catalogue/values.ts'
import { summarise, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { explanationSchema, type Explanation } from '../../../src-shared/contract/explanation.ts'
import { sourceKinds, type EvidenceLine, type SourceView } from '../../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { Body } from '../../../src-shared/log/header.ts'
import type { Database } from '../../vault/database.ts'
import { namedVersion } from '../../vault/dossier-queries.ts'
import { evidenceEntrySchema, type EvidenceEntry } from '../../vault/evidence-entries.ts'
import { bodyOf } from '../../vault/names.ts'
import { z } from 'zod'

// Loose: members of a newer version are kept in the log and passed over here.
const revisionBodySchema = z.looseObject({
  catalogueVersion: z.int(),
  declaration: z.enum(declarations),
  values: valuesSchema,
  source: z.object({ kind: z.enum(sourceKinds), from: z.string(), reference: z.string().nullable() }),
  reason: z.string(),
  evidence: z.array(evidenceEntrySchema),
  flags: z.array(z.string()),
  period: periodSchema.nullable().default(null),
  explanations: z.array(explanationSchema).default([]),
})

/** What a revision says, read out of its body. */
export interface RevisionBody extends RecordContent {
  readonly catalogueVersion: number
  readonly source: SourceView
  readonly reason: string
  readonly evidence: readonly EvidenceEntry[]
  readonly flags: readonly string[]
  /** Of a statement of 本期无变化; null for every other. */
  readonly period: Period | null
  /** What the author said of warnings. */
  readonly explanations: readonly Explanation[]
}

/**
 * Null when the body is missing (withheld, destroyed), not of this shape, or says another version of the catalogue than
 * the header under whose rules it is judged: read by that one, it could hide what a reviewer has to look at.
 */
export function readRevisionBody(database: Database, record: Id, revision: Digest): RevisionBody | null {
  const body = parseRevisionBody(bodyOf(database, revision))
  if (body === null) return null
  const named = namedVersion(database, record, revision)
  return named === null || named === body.catalogueVersion ? body : null
}

/** Null for a body of another shape. */
export function parseRevisionBody(body: Body | null): RevisionBody | null {
  const parsed = revisionBodySchema.safeParse(body)
  return parsed.success ? parsed.data : null
}

/** Without the keys, which never leave the core. */
export function evidenceLines(body: RevisionBody): readonly EvidenceLine[] {
  return body.evidence.map(({ hash, name, mediaType, size }) => ({ hash, name, mediaType, size }))
}

/** One line for lists; a statement of 本期无变化 is told by its period. */
export function summaryOf(catalogue: Catalogue, category: string, body: RevisionBody | null): string {
  const found = findCategory(catalogue, category)
  if (body?.declaration === 'unchanged') return periodText(body.period ?? '')
  return found === null || body === null ? '' : summarise(found, catalogue, body.values)
}

export function findingsOf(
  catalogue: Catalogue,
  category: string,
  body: RevisionBody,
  asOf: string,
): readonly Finding[] {
  const found = findCategory(catalogue, category)
  return found === null ? [] : validateRecord(found, catalogue, body, asOf)
}

/** Values without the fields that are not shown yet. */
export function without(values: RecordValues, withheld: ReadonlySet<string>): RecordValues {
  return withheld.size === 0
    ? values
    : Object.fromEntries(Object.entries(values).filter(([field]) => !withheld.has(field)))
}
