import { dayOf } from '../../../src-shared/access/grants.ts'
import { addWorkingDays } from '../../../src-shared/calendar/working-days.ts'
import type { TransferStep, TransferView } from '../../../src-shared/contract/transfer.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { handOverCode, readUnitCard } from '../../../src-shared/transfer/card.ts'
import { readHandOverBody } from '../../../src-shared/transfer/hand-over-body.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { listTransfers, type TransferRow } from '../../vault/transfer-queries.ts'
import { openCompartment, roleAmong } from '../../vault/vault.ts'
import { memberName, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { officeCalendar, officeDay } from '../settings/calendar.ts'

/** Working days in which the other unit is expected to answer. */
const replyWorkingDays = 10

export const transferList: UnlockedHandler<'transfer.list'> = (context, { cadre }) => {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  return ok(listTransfers(archive.value.database, cadre).map((row) => viewOf(context, row)))
}

function viewOf(context: UnlockedContext, row: TransferRow): TransferView {
  const { session, primitives } = context
  const { vault } = session
  const database = vault.compartments.get('archive')?.database
  const body = database === undefined ? null : bodyOf(database, row.digest)
  const said = readHandOverBody(body)
  const card = said === null ? null : readUnitCard(primitives, said.card)
  const isWaiting = row.status === 'waiting'
  const replyBy = isWaiting ? addWorkingDays(officeCalendar(session), dayOf(row.at), replyWorkingDays) : null
  return {
    id: row.id,
    way: row.way,
    status: row.status,
    cadre: row.cadre,
    cadreName:
      row.cadre === null ? (textOf(body, 'cadreName') ?? '') : (findCadre(session, row.cadre)?.name ?? ''),
    unitName: card?.ok ? card.value.card.name : (textOf(body, 'unitName') ?? ''),
    at: row.at,
    by: memberName(session, row.member),
    since: said?.since ?? textOf(body, 'since'),
    reason: said?.reason ?? textOf(body, 'reason') ?? '',
    facts: said?.revisions.length ?? numberOf(body?.['facts']),
    code: isWaiting ? handOverCode(primitives, vault.unit, toHex(vault.rootPublicKey), row.leaf) : null,
    replyBy,
    isLate: replyBy !== null && replyBy < officeDay(context),
    endedAt: row.ended_at,
    endedBy: row.ended_by === null ? null : memberName(session, row.ended_by),
    words: row.words ?? (row.way === 'in' ? textOf(body, 'words') : cancelWords(context, row)),
    may: stepsOf(context, row),
  }
}

function cancelWords({ session }: UnlockedContext, { status, ended_digest }: TransferRow): string | null {
  const database = session.vault.compartments.get('archive')?.database
  if (status !== 'cancelled' || ended_digest === null || database === undefined) return null
  return textOf(bodyOf(database, ended_digest), 'words')
}

function stepsOf({ session }: UnlockedContext, { way, status }: TransferRow): readonly TransferStep[] {
  if (way === 'in')
    return roleAmong(session.vault, ['approver', 'collector', 'inspector']) === null ? [] : ['receipt']
  const isApprover = roleAmong(session.vault, ['approver']) !== null
  return isApprover && status === 'waiting' ? ['export', 'acknowledge', 'cancel'] : []
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
