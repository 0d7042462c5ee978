import { toBase64, toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import {
  groundsDigest,
  opinionPlaintext,
  readOpinion,
  type SealedRow,
} from '../../../src-shared/review/sealing.ts'
import { encryptTo, recipientOf } from '../../../src-shared/node/age.ts'
import type { UnlockedHandler } from '../context.ts'
import { checkRows, noBody, signRows } from './act.ts'

/**
 * An opinion per row, sealed: the commit carries commitments, the body one envelope that only the approvers and the
 * reviewer can open, padded so that its length says nothing.
 */
export const reviewDecide: UnlockedHandler<'review.decide'> = async (context, input) => {
  const { session, primitives } = context
  const { vault } = session
  const checked = checkRows(context, input.compartment, ['reviewer'], input.rows, (row) => ({
    act: 'decide',
    revision: row.revision,
    commitment: noBody,
    body: noBody,
  }))
  if (!checked.ok) return checked
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
    },
  }))
  const rows = sealed.map(({ record, revision, nonce, decision, grounds }) => ({
    record,
    revision,
    commitment: commitmentOf(primitives, {
      unit: vault.unit,
      revision,
      reviewer: vault.member.id,
      nonce,
      decision,
      grounds: groundsDigest(primitives, grounds),
    }),
  }))
  const plaintext = opinionPlaintext(vault.unit, vault.member.id, sealed)
  // What its opener could not read would cost everybody a second round.
  const readable = readOpinion(plaintext)
  if (!readable.ok) return readable
  const own = await recipientOf(vault.member.identity)
  const envelope = await encryptTo([seal.recipient, own], plaintext)
  const body = prepareBody(primitives, { sealed: toBase64(envelope) })
  const operation = { op: 'review.decide', entity: newId(primitives), digest: body.digest, rows } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}

/** 退回补正: said openly and at once; the round ends and the author answers. */
export const reviewReturn: UnlockedHandler<'review.return'> = (context, input) => {
  const { primitives } = context
  const checked = checkRows(context, input.compartment, ['reviewer'], input.rows, (row) => ({
    act: 'return',
    revision: row.revision,
    body: noBody,
  }))
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused })
  const body = prepareBody(primitives, { reasons: input.reasons, marks: input.marks, words: input.words })
  const rows = allowed.map(({ row }) => ({ record: row.record, revision: row.revision }))
  const operation = { op: 'review.return', entity: newId(primitives), digest: body.digest, rows } as const
  return signRows(context, input.compartment, checked.value, operation, body)
}
