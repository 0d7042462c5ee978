import { toBase64, toHex } from '../../../src-shared/kernel/bytes.ts'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import { newId, type Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { compareRekeyed, rekeyDigest, type Rekeyed } from '../../../src-shared/review/rekey.ts'
import {
  groundsDigest,
  opinionPlaintext,
  readOpinion,
  type Grounds,
  type SealedRow,
} from '../../../src-shared/review/sealing.ts'
import { encryptTo, recipientOf } from '../../../src-shared/node/age.ts'
import type { RecordState } from '../../../src-shared/review/states.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { catalogueOf, catalogueOfVersion } from '../catalogue/read.ts'
import { type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { readRevisionBody } from '../dossier/bodies.ts'
import { findRecord } from '../dossier/roads.ts'
import { checkRows, noBody, signOperations, signRows, type NamedRow } from './act.ts'
import { allowedLots, claimIn, claimOfLot, lotsOf, wholeLot } from './drawn.ts'
import { ownQuestions } from './questions.ts'
import { ownRekeyed } from './rekey.ts'
import { ownTie } from './ties.ts'

/**
 * An opinion per row, sealed: the commit carries commitments, the body one envelope that only the approvers and the
 * reviewer can open, padded so that its length says nothing.
 */
export const reviewDecide: UnlockedHandler<'review.decide'> = async (context, input) => {
  const { session, primitives } = context
  const { vault } = session
  const whole = wholeLot(context, input)
  if (!whole.ok) return whole
  const { rows: asked, lot } = whole.value
  const typed = await typedOf(context, input.compartment, asked)
  const checked = checkRows(context, input.compartment, ['reviewer'], asked, (row, state) => {
    const tie = ownTie(session, state)
    if (tie !== null) return tie
    const mine = typed.get(row.revision)
    if (
      mine !== undefined &&
      row.decision === 'agree' &&
      row.words === '' &&
      differs(context, state, row, mine)
    )
      return 'review/rekey-differs'
    const claim = input.draw === undefined ? {} : claimIn(state, row)
    const act = { act: 'decide', revision: row.revision, commitment: noBody, body: noBody, ...claim } as const
    return mine === undefined ? act : { ...act, rekey: rekeyDigest(primitives, mine) }
  })
  if (!checked.ok) return checked
  const [broken] = checked.value.refused
  if (input.draw !== undefined && broken !== undefined) return err(broken.code, { record: broken.record })
  if (checked.value.allowed.length === 0) return ok({ done: 0, refused: checked.value.refused })
  const seal = vault.authority.head.keyrings.get('seal')
  if (seal === undefined) return err('vault/compartment-closed')
  const sealed: SealedRow[] = checked.value.allowed.map(({ row }) => ({
    record: row.record,
    revision: row.revision,
    nonce: toHex(primitives.randomBytes(32)),
    decision: row.decision,
    grounds: {
      marks: row.marks,
      reasons: row.reasons,
      salt: toHex(primitives.randomBytes(16)),
      words: row.words,
      ...rekeyPart(typed.get(row.revision)),
    },
    ...(lot === null ? {} : { lot }),
  }))
  const unseen = new Set(asked.filter((row) => row.unseen).map(({ revision }) => revision))
  const rows = sealed.map(({ record, revision, nonce, decision, grounds, lot: said }) => ({
    record,
    revision,
    ...(unseen.has(revision) ? { unseen: true as const } : {}),
    commitment: commitmentOf(primitives, {
      unit: vault.unit,
      revision,
      reviewer: vault.member.id,
      nonce,
      decision,
      grounds: groundsDigest(primitives, grounds),
      lot: said,
    }),
    ...(grounds.rekey === undefined ? {} : { rekey: rekeyDigest(primitives, grounds.rekey) }),
  }))
  const plaintext = opinionPlaintext(vault.unit, vault.member.id, sealed)
  // What its opener could not read would cost everybody a second round.
  const readable = readOpinion(plaintext)
  if (!readable.ok) return readable
  const own = await recipientOf(vault.member.identity)
  const envelope = await encryptTo([seal.recipient, own], plaintext)
  const body = prepareBody(primitives, { sealed: toBase64(envelope) })
  const named = input.draw === undefined ? {} : { draw: input.draw }
  const operation = {
    op: 'review.decide',
    entity: newId(primitives),
    digest: body.digest,
    ...named,
    rows,
  } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}

/** What the member at work typed from the evidence, of those rows whose category asks for it. */
async function typedOf(
  { session }: UnlockedContext,
  compartment: Compartment,
  rows: readonly NamedRow[],
): Promise<ReadonlyMap<Digest, Rekeyed>> {
  const typed = new Map<Digest, Rekeyed>()
  const database = session.vault.compartments.get(compartment)?.database
  if (database === undefined) return typed
  for (const { revision } of rows) {
    const mine = await ownRekeyed(session, database, revision)
    if (mine !== null) typed.set(revision, mine)
  }
  return typed
}

/** Whether what was typed is not what was entered; to agree all the same wants words. */
function differs(
  { session }: UnlockedContext,
  state: RecordState,
  { revision }: NamedRow,
  typed: Rekeyed,
): boolean {
  const catalogue = catalogueOf(session)
  const found = findRecord(session, state.record)
  const entered = found === null ? null : readRevisionBody(found.database, state.record, revision)
  if (entered === null || !catalogue.ok) return false
  const own = catalogueOfVersion(session, entered.catalogueVersion, catalogue.value)
  const category = findCategory(own, state.category)
  if (category === null) return false
  return compareRekeyed(category, entered, typed.values).some((line) => !line.agrees)
}

function rekeyPart(typed: Rekeyed | undefined): Pick<Grounds, 'rekey'> {
  return typed === undefined ? {} : { rekey: { salt: typed.salt, values: { ...typed.values } } }
}

/** 退回补正: said openly and at once; the round ends and the author answers. Of a drawn lot, all of it goes back. */
export const reviewReturn: UnlockedHandler<'review.return'> = async (context, input) => {
  const { primitives } = context
  const lots = lotsOf(context, input.compartment, input.rows)
  if (!lots.ok) return lots
  const asked = lots.value.flatMap(({ rows }) => rows)
  const claim = claimOfLot(context, lots.value)
  const checked = checkRows(
    context,
    input.compartment,
    ['reviewer'],
    asked,
    (row, state) =>
      ownTie(context.session, state) ?? {
        act: 'return',
        revision: row.revision,
        body: noBody,
        ...claim(row),
      },
  )
  if (!checked.ok) return checked
  const { refused } = checked.value
  const allowed = allowedLots(lots.value, checked.value)
  if (!allowed.ok) return allowed
  const bodies: PreparedBody[] = []
  const operations: Operation[] = []
  const { reasons, marks, words } = input
  for (const { draw, rows } of allowed.value) {
    const own = new Set(rows.map(({ revision }) => revision))
    const ofLot = checked.value.allowed.filter(({ row }) => own.has(row.revision))
    const questions = await ownQuestions(context.session, { ...checked.value, allowed: ofLot })
    const said = { reasons, marks, words }
    const body = prepareBody(primitives, questions.length === 0 ? said : { ...said, questions })
    bodies.push(body)
    const named = draw === null ? {} : { draw }
    operations.push({
      op: 'review.return',
      entity: newId(primitives),
      digest: body.digest,
      ...named,
      rows: rows.map(({ record, revision }) => ({ record, revision })),
    })
  }
  if (operations.length === 0) return ok({ done: 0, refused })
  return signOperations(context, input.compartment, checked.value, operations, bodies)
}
