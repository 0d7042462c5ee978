import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { isAboveAsked } from '../../../src-shared/review/above.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { OpenedOpinion } from '../../../src-shared/log/operations.ts'
import { decryptWith } from '../../../src-shared/node/age.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { rekeyDigest } from '../../../src-shared/review/rekey.ts'
import type { OpinionState, RevisionState } from '../../../src-shared/review/states.ts'
import {
  groundsDigest,
  readOpinion,
  type Grounds,
  type Opinion,
  type SealedRow,
} from '../../../src-shared/review/sealing.ts'
import type { Database } from '../../vault/database.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import type { UnlockedContext, UnlockedHandler } from '../context.ts'
import { checkRows, noBody, signRows } from './act.ts'
import { mayOpen } from '../dossier/roads.ts'

/**
 * Opens what the reviewers sealed, once all of it is in, and publishes it. What cannot be opened, or is not what its
 * reviewer committed to, is said to be so: the rules then ask for two fresh opinions.
 */
export const reviewOpen: UnlockedHandler<'review.open'> = async (context, input) => {
  const { primitives, session } = context
  const checked = checkRows(context, input.compartment, ['approver'], input.rows, (row, state) =>
    mayOpen(session, row.record, state, row.revision),
  )
  if (!checked.ok) return checked
  const { allowed, refused, database } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  // An opinion may have been sealed in an epoch before this one.
  const identities = session.vault.identities.get('seal')
  if (identities === undefined) return err('vault/compartment-closed')
  const envelopes = new EnvelopeReader(database, identities)
  const published: Record<string, Grounds> = {}
  const rows = []
  for (const { row, state } of allowed) {
    const revision = state.revisions.find((candidate) => candidate.revision === row.revision) as RevisionState
    const opinions: OpenedOpinion[] = []
    for (const opinion of revision.opinions) {
      const opened = openOpinion(context, await envelopes.read(opinion.body), revision, opinion)
      if (opened === null) {
        opinions.push({ reviewer: opinion.hand.member, decision: 'unopenable' })
        continue
      }
      const grounds = groundsDigest(primitives, opened.grounds)
      published[grounds] = opened.grounds
      opinions.push({
        reviewer: opinion.hand.member,
        nonce: opened.nonce,
        decision: opened.decision,
        grounds,
        ...(opinion.rekey === null ? {} : { rekey: opinion.rekey }),
      })
    }
    rows.push({ record: row.record, revision: row.revision, opinions })
  }
  const body = prepareBody(primitives, { grounds: published as unknown as CanonicalValue })
  const operation = { op: 'review.open', entity: newId(primitives), digest: body.digest, rows } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}

/** The row of an envelope that matches its commitment, or null. */
function openOpinion(
  { primitives, session }: UnlockedContext,
  envelope: Opinion | null,
  revision: RevisionState,
  opinion: OpinionState,
): SealedRow | null {
  const reviewer = opinion.hand.member
  if (envelope === null || envelope.unit !== session.vault.unit || envelope.reviewer !== reviewer) return null
  const row = envelope.rows.find((candidate) => candidate.revision === revision.revision)
  if (row === undefined) return null
  const { nonce, decision } = row
  const grounds = groundsDigest(primitives, row.grounds)
  const input = { unit: session.vault.unit, revision: revision.revision, reviewer, nonce, decision, grounds }
  const rekey = row.grounds.rekey === undefined ? null : rekeyDigest(primitives, row.grounds.rekey)
  return commitmentOf(primitives, input) === opinion.commitment && rekey === opinion.rekey ? row : null
}

/** One envelope holds the decisions of a whole batch: each is decrypted once. */
class EnvelopeReader {
  readonly #database: Database
  readonly #identities: readonly string[]
  readonly #read = new Map<string, Opinion | null>()

  constructor(database: Database, identities: readonly string[]) {
    this.#database = database
    this.#identities = identities
  }

  async read(digest: string): Promise<Opinion | null> {
    const known = this.#read.get(digest)
    if (known !== undefined) return known
    const opinion = await this.#open(digest)
    this.#read.set(digest, opinion)
    return opinion
  }

  async #open(digest: string): Promise<Opinion | null> {
    const sealed = fromBase64(textOf(bodyOf(this.#database, digest), 'sealed') ?? '')
    const plaintext = sealed === null ? null : await decryptWith(this.#identities, sealed)
    const opinion = plaintext === null ? null : readOpinion(plaintext)
    return opinion?.ok ? opinion.value : null
  }
}

export const reviewAdjudicate: UnlockedHandler<'review.adjudicate'> = (context, input) => {
  const { primitives } = context
  const roles = ['inspector', 'approver', 'reviewer'] as const
  const checked = checkRows(context, input.compartment, roles, input.rows, (row) => ({
    act: 'adjudicate',
    revision: row.revision,
    outcome: row.outcome,
    body: noBody,
  }))
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(primitives, { words: input.words })
  const rows = allowed.map(({ row }) => ({
    record: row.record,
    revision: row.revision,
    outcome: row.outcome,
  }))
  const operation = { op: 'review.adjudicate', entity: newId(primitives), digest: body.digest, rows } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}

export const reviewSign: UnlockedHandler<'review.sign'> = (context, input) => {
  const { primitives } = context
  const checked = checkRows(context, input.compartment, ['approver'], input.rows, (row) => ({
    act: 'sign',
    revision: row.revision,
    body: noBody,
  }))
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(primitives, { words: input.words })
  const rows = allowed.map(({ row }) => ({ record: row.record, revision: row.revision }))
  const operation = { op: 'review.sign', entity: newId(primitives), digest: body.digest, rows } as const
  const signed = signRows(context, input.compartment, checked.value, operation, body)
  if (!signed.ok) return signed
  const asked = allowed.filter(({ row, state }) =>
    state.revisions.some((one) => one.revision === row.revision && isAboveAsked(one)),
  )
  return ok({ ...signed.value, awaitingAbove: asked.length })
}
