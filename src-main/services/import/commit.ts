import { catalogueInForce } from '../catalogue/read.ts'
import { grantedFor, moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import { maximumOperations, type Operation } from '../../../src-shared/log/operations.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { countCadres } from '../../vault/dossier-queries.ts'
import { insertBatch } from '../../vault/desk-tables.ts'
import { commitAs, heldRoles, openCompartment } from '../../vault/vault.ts'
import type { ImportSession } from './sessions.ts'

const enteringRoles = ['collector', 'inspector'] as const

/** Rolls the whole import back and carries the reason out of the transaction. */
class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/**
 * Writes a previewed import: dossiers to open and one submission a row, in one signed commit (several of one batch
 * beyond 10,000 operations), together with the quarantine, or nothing at all.
 */
export const importCommit: UnlockedHandler<'import.commit'> = (context, input, signal) => {
  const { session } = context
  const preview = session.imports.get(input.session)
  if (preview === undefined) return err('import/unknown-session')
  if (preview.accepted.length === 0) return err('import/nothing-to-accept')
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  if (countCadres(archive.value.database, '') !== preview.dossiers) return err('import/unknown-session')
  const role = roleOf(context, preview)
  if (role === null) return err('authority/category-not-granted')
  const batch = newId(context.primitives)
  const written = prepare(context, preview, batch, input.reason)
  if (!written.ok) return written
  if (signal.aborted) return err('call/cancelled')
  const { operations, bodies } = written.value
  const at = moment(context)
  const { database } = archive.value
  try {
    database
      .transaction(() => {
        for (let from = 0; from < operations.length; from += maximumOperations) {
          const to = from + maximumOperations
          const part = commitAs(
            session.vault,
            'archive',
            role,
            at,
            operations.slice(from, to),
            bodies.slice(from, to),
          )
          if (!part.ok) throw new Refused(part.error)
          context.emit({
            type: 'progress',
            job: input.job,
            done: Math.min(to, operations.length),
            total: operations.length,
          })
        }
        const { file, profile, accepted } = preview
        const origin = { batch, file, source: profile.source, at, member: session.vault.member.id }
        insertBatch(database, { ...origin, accepted: accepted.length }, preview.refused)
      })
      .immediate()
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.failure }
    throw error
  }
  session.imports.drop(input.session)
  context.emit({ type: 'changed', compartment: 'archive' })
  const { accepted, refused, opened } = preview
  return ok({ batch, accepted: accepted.length, quarantined: refused.length, opened: opened.length })
}

function roleOf({ session }: UnlockedContext, preview: ImportSession): Role | null {
  const held = heldRoles(session.vault)
  const categories = new Set(preview.accepted.map((row) => row.draft.category))
  const able = (role: Role) => [...categories].every((category) => grantedFor(session, role, category))
  return enteringRoles.find((role) => held.includes(role) && able(role)) ?? null
}

function prepare(context: UnlockedContext, preview: ImportSession, batch: Id, reason: string) {
  const { primitives, session } = context
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const operations: Operation[] = []
  const bodies: PreparedBody[] = []
  const opened = preview.opened.map(({ name, identityNumber }) => {
    const cadre = newId(primitives)
    const body = prepareBody(primitives, { name, identityNumber, post: null })
    bodies.push(body)
    operations.push({ op: 'cadre.open', entity: cadre, digest: body.digest })
    return cadre
  })
  for (const { draft, cadre, repeatOf } of preview.accepted) {
    const body = prepareBody(primitives, {
      catalogueVersion: catalogue.value.version,
      declaration: draft.declaration,
      values: draft.values as unknown as CanonicalValue,
      source: { kind: 'import', from: preview.profile.source, reference: `${preview.file}#${draft.row}` },
      reason,
      evidence: [],
      flags: repeatOf === null ? [] : [`repeat-of:${repeatOf}`],
    })
    bodies.push(body)
    operations.push({
      op: 'record.submit',
      entity: newId(primitives),
      digest: body.digest,
      cadre: 'known' in cadre ? cadre.known : (opened[cadre.opened] as Id),
      category: draft.category,
      parent: null,
      settles: [],
      batch,
      evidence: 0,
      catalogue: catalogue.value.version,
    })
  }
  return ok({ operations, bodies })
}
