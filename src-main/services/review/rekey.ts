import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { valuesSchema } from '../../../src-shared/catalogue/values.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical, type CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { idSchema } from '../../../src-shared/log/operations.ts'
import { decryptWith, encryptTo, recipientOf } from '../../../src-shared/node/age.ts'
import { compareRekeyed, criticalFields, type Rekeyed } from '../../../src-shared/review/rekey.ts'
import { pad, unpad } from '../../../src-shared/review/sealing.ts'
import type { RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import { z } from 'zod'
import type { Database } from '../../vault/database.ts'
import { readCadre } from '../../vault/dossier-queries.ts'
import { hasRetyped, insertRetyped, readRetyped } from '../../vault/retyped-table.ts'
import { catalogueOf, catalogueOfVersion } from '../catalogue/read.ts'
import { moment, today, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { recordAccess } from '../access-log.ts'
import { readRevisionBody } from '../dossier/bodies.ts'
import { recorded } from '../dossier/purpose.ts'
import { findRecord, roleFor } from '../dossier/roads.ts'
import { categoryLevel, sightOf } from '../dossier/sight.ts'

const rekeyedSchema = z.strictObject({ salt: idSchema, values: valuesSchema })
const maximumBytes = 1024 * 1024
const nothing: Digest = 'f'.repeat(64)

export function asksForRekey(revision: RevisionState): boolean {
  return revision.rule.verification === 'dual-rekey'
}

/** Whether the member at work is to type the critical fields of a revision before they see what was entered. */
export function mustRekey(
  session: Session,
  database: Database,
  state: RecordState,
  revision: RevisionState,
): boolean {
  const { member } = session.vault
  if (!asksForRekey(revision) || hasRetyped(database, revision.revision, member.id, member.signer.keyId))
    return false
  const act = {
    act: 'decide',
    revision: revision.revision,
    commitment: nothing,
    rekey: nothing,
    body: nothing,
  } as const
  return roleFor(session, state.record, state, ['reviewer'], act) !== null
}

/**
 * The fields of a record that are not shown to the member at work yet, in none of its revisions: who reads an earlier one
 * does not type blind.
 */
export function withheldFields(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  state: RecordState,
): ReadonlySet<string> {
  const asked = state.revisions.filter((revision) => mustRekey(session, database, state, revision))
  // Each by the version it was entered under: what that one calls critical is typed again.
  const fields = asked.flatMap(({ revision }) => {
    const version = readRevisionBody(database, state.record, revision)?.catalogueVersion ?? catalogue.version
    return findCategory(catalogueOfVersion(session, version, catalogue), state.category)?.fields ?? []
  })
  return new Set(fields.filter((field) => field.critical === true).map((field) => field.id))
}

/** What the member at work typed, sealed to themself; null when they did not. */
export async function ownRekeyed(
  { vault }: Session,
  database: Database,
  revision: Digest,
): Promise<Rekeyed | null> {
  const sealed = readRetyped(database, revision, vault.member.id)
  const plaintext = sealed === null ? null : await decryptWith([vault.member.identity], sealed)
  const value = plaintext === null ? null : readCanonical(unpad(plaintext), maximumBytes)
  const rekeyed = value?.ok ? rekeyedSchema.safeParse(value.value) : null
  return rekeyed?.success ? rekeyed.data : null
}

/**
 * Takes what a reviewer typed from the evidence and answers with the comparison. It is kept once: afterwards the entry
 * is shown, and a second typing would prove nothing.
 */
export const reviewRekey: UnlockedHandler<'review.rekey'> = async (context: UnlockedContext, input) => {
  const { session, primitives } = context
  const found = findRecord(session, input.record)
  if (found === null || !sightOf(session).sees(found.state.category)) return err('call/not-found')
  const { state, database } = found
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const revision = state.revisions.find((one) => one.revision === input.revision)
  const body = readRevisionBody(database, state.record, input.revision)
  const under = catalogueOfVersion(session, body?.catalogueVersion ?? 0, catalogue.value)
  const category = findCategory(under, state.category)
  if (category === null || revision === undefined || body === null) return err('review/no-such-revision')
  if (!mustRekey(session, database, state, revision)) return err('review/not-open-for-opinion')
  const fields = criticalFields(category, body)
  const asked = new Set(fields.map((field) => field.id))
  if (Object.keys(input.values).some((id) => !asked.has(id)))
    return err('call/invalid-input', { path: 'values' })
  // Judged by the rules of the fields alone: what else the record says is not known to whoever types.
  const alone = { ...category, fields, crossChecks: [] }
  const content = { declaration: body.declaration, values: input.values }
  const findings = validateRecord(alone, under, content, today(context))
  if (hasErrors(findings))
    return err('entry/invalid-values', { findings: findings.map((finding) => finding.code) })
  const rekeyed: Rekeyed = { salt: toHex(primitives.randomBytes(16)), values: input.values }
  const own = await recipientOf(session.vault.member.identity)
  const sealed = await encryptTo([own], pad(canonicalBytes(rekeyed as unknown as CanonicalValue)))
  const { cadre, record } = state
  const level = categoryLevel(session, state.category, found.compartment)
  const subject = {
    cadre,
    cadreName: nameOf(session, cadre),
    record,
    category: state.category,
    level,
  }
  // The answer shows what was entered.
  const entered = await recordAccess(context, 'record', subject, recorded({ kind: 'to-review', words: '' }))
  if (!entered.ok) return entered
  const { id, signer } = session.vault.member
  insertRetyped(database, input.revision, id, signer.keyId, sealed, moment(context))
  context.emit({ type: 'changed', compartment: found.compartment })
  return ok({ lines: compareRekeyed(category, body, input.values) })
}

function nameOf({ vault }: Session, cadre: Id): string {
  const archive = vault.compartments.get('archive')?.database
  return (archive === undefined ? null : readCadre(archive, cadre))?.name ?? ''
}
