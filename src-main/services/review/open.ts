import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { isAboveAsked } from '../../../src-shared/review/above.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import type { OpenedOpinion, Operation, OperationOf } from '../../../src-shared/log/operations.ts'
import { decryptWith } from '../../../src-shared/node/age.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { rekeyDigest } from '../../../src-shared/review/rekey.ts'
import { contradicted } from '../../../src-shared/review/lots.ts'
import type { OpinionState, RecordState, RevisionState } from '../../../src-shared/review/states.ts'
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
import { checkRows, noBody, signOperations, signRows } from './act.ts'
import { allowedLots, isUnder, lotsOf, revisionIn } from './drawn.ts'
import { ownTie } from './ties.ts'
import { mayOpen } from '../dossier/roads.ts'

/**
 * Opens what the reviewers sealed, once all of it is in, and publishes it. What cannot be opened, or is not what its
 * reviewer committed to, is said to be so: the rules then ask for two fresh opinions. A drawn lot is opened as a whole.
 */
export const reviewOpen: UnlockedHandler<'review.open'> = async (context, input) => {
  const { primitives, session } = context
  const lots = lotsOf(context, input.compartment, input.rows)
  if (!lots.ok) return lots
  const asked = lots.value.flatMap(({ rows }) => rows)
  const checked = checkRows(context, input.compartment, ['approver'], asked, (row, state) =>
    mayOpen(session, row.record, state, row.revision),
  )
  if (!checked.ok) return checked
  const { refused, database } = checked.value
  const allowed = allowedLots(lots.value, checked.value)
  if (!allowed.ok) return allowed
  if (allowed.value.length === 0) return ok({ done: 0, refused })
  // An opinion may have been sealed in an epoch before this one.
  const identities = session.vault.identities.get('seal')
  if (identities === undefined) return err('vault/compartment-closed')
  const envelopes = new EnvelopeReader(database, identities)
  const states = new Map(checked.value.allowed.map(({ row, state }) => [row.revision, state]))
  const operations: Operation[] = []
  const bodies: PreparedBody[] = []
  for (const { draw, rows } of allowed.value) {
    const opening = new Opening(context, envelopes)
    const opened: OpenedRow[] = []
    for (const row of rows) {
      const revision = revisionIn(states.get(row.revision) as RecordState, row) as RevisionState
      const isForeign = draw !== null && !isUnder(revision, draw)
      opened.push({ ...row, opinions: isForeign ? [] : await opening.opinionsOf(revision) })
    }
    const said = draw === null ? opened : await opening.wholeLot(opened)
    const body = prepareBody(primitives, { grounds: opening.published(said) as unknown as CanonicalValue })
    bodies.push(body)
    const base = { op: 'review.open', entity: newId(primitives), digest: body.digest } as const
    operations.push(draw === null ? { ...base, rows: said } : { ...base, draw, rows: said })
  }
  return signOperations(context, input.compartment, checked.value, operations, bodies)
}

type OpenedRow = OperationOf<'review.open'>['rows'][number]

/** The opinions of one operation, with the grounds that it publishes. */
class Opening {
  readonly #context: UnlockedContext
  readonly #envelopes: EnvelopeReader
  readonly #grounds = new Map<string, Grounds>()
  /** Envelopes by reviewer: of a drawn lot one holds all rows. */
  readonly #bodies = new Map<Id, Digest>()

  constructor(context: UnlockedContext, envelopes: EnvelopeReader) {
    this.#context = context
    this.#envelopes = envelopes
  }

  async opinionsOf(revision: RevisionState): Promise<OpenedOpinion[]> {
    const opinions: OpenedOpinion[] = []
    for (const opinion of revision.opinions) {
      const reviewer = opinion.hand.member
      this.#bodies.set(reviewer, opinion.body)
      const row = openOpinion(this.#context, await this.#envelopes.read(opinion.body), revision, opinion)
      opinions.push(this.#claim(reviewer, row, opinion.rekey))
    }
    return opinions
  }

  #claim(reviewer: Id, row: SealedRow | null, rekey: Digest | null): OpenedOpinion {
    if (row === null) return { reviewer, decision: 'unopenable' }
    const { nonce, decision, lot } = row
    const grounds = groundsDigest(this.#context.primitives, row.grounds)
    this.#grounds.set(grounds, row.grounds)
    const besides = { ...(rekey === null ? {} : { rekey }), ...(lot === undefined ? {} : { lot }) }
    return { reviewer, nonce, decision, grounds, ...besides }
  }

  /**
   * A row that came to be under no draw is named with what was said of it, so that the lot is whole. Who says one thing of
   * the rows and another of the lot has said nothing that can be used.
   */
  async wholeLot(rows: readonly OpenedRow[]): Promise<OpenedRow[]> {
    const whole: OpenedRow[] = []
    for (const row of rows) {
      const opinions = [...row.opinions]
      if (opinions.length === 0)
        for (const [reviewer, body] of this.#bodies) {
          const envelope = await this.#envelopes.read(body)
          const said = envelope?.rows.find(({ revision }) => revision === row.revision) ?? null
          opinions.push(this.#claim(reviewer, said, null))
        }
      whole.push({ ...row, opinions })
    }
    const atOdds = new Set(contradicted(whole))
    return whole.map((row) => ({
      ...row,
      opinions: row.opinions.map((one) =>
        atOdds.has(one.reviewer) ? { reviewer: one.reviewer, decision: 'unopenable' as const } : one,
      ),
    }))
  }

  published(rows: readonly OpenedRow[]): Record<string, Grounds> {
    const published: Record<string, Grounds> = {}
    for (const { opinions } of rows)
      for (const opinion of opinions) {
        if (opinion.decision === 'unopenable') continue
        const grounds = this.#grounds.get(opinion.grounds)
        if (grounds !== undefined) published[opinion.grounds] = grounds
      }
    return published
  }
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
  const unit = session.vault.unit
  const input = { unit, revision: revision.revision, reviewer, nonce, decision, grounds, lot: row.lot }
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
  const checked = checkRows(context, input.compartment, roles, input.rows, (row, state) => {
    const tie = ownTie(context.session, state)
    return tie ?? { act: 'adjudicate', revision: row.revision, outcome: row.outcome, body: noBody }
  })
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
  const checked = checkRows(context, input.compartment, ['approver'], input.rows, (row, state) => {
    const tie = ownTie(context.session, state)
    return tie ?? { act: 'sign', revision: row.revision, body: noBody }
  })
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
