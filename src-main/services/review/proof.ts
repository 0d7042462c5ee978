import type { RecordProof } from '../../../src-shared/contract/review-views.ts'
import { fromHex, toBase64, toHex } from '../../../src-shared/kernel/bytes.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { checkpointOrigin, signCheckpoint } from '../../../src-shared/log/checkpoint.ts'
import { frontierRoot, inclusionProof } from '../../../src-shared/log/merkle.ts'
import { leavesOf, readEntry } from '../../vault/entry-table.ts'
import { readLog } from '../../vault/log-table.ts'
import { recordAccess } from '../access-log.ts'
import type { UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { categoryLevel } from '../dossier/sight.ts'
import { seenRecord } from './queries.ts'

/**
 * What a 核验记录单 carries beside names and times: that the signing commit stands in the log, for anybody with the
 * unit's root key and none of its data. The sheet shows no values, so it needs no second person; that it was made is
 * entered all the same.
 */
export const reviewProof: UnlockedHandler<'review.proof'> = async (context, input) => {
  const { session, primitives } = context
  const { vault } = session
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const { state, database, compartment } = found.value
  const revision = state.revisions.find((one) => one.revision === input.revision)
  if (revision === undefined) return err('review/no-such-revision')
  if (revision.signed === null) return err('review/not-agreed')
  const { cadre, record, category } = state
  const level = categoryLevel(session, category, compartment)
  const purpose = purposeOf(session, { cadre, record, level, stated: null })
  if (!purpose.ok) return purpose
  const cadreName = findCadre(session, cadre)?.name ?? ''
  const subject = { cadre, cadreName, record, category, level, what: 'verification-sheet' }
  const entered = await recordAccess(context, 'print', subject, purpose.value)
  if (!entered.ok) return entered
  const leaf = revision.signed.hand.commit
  const entry = readEntry(database, leaf)
  const log = entry === null ? undefined : readLog(database, entry.log)
  if (entry === null || log === undefined) return err('call/not-found')
  const leaves = leavesOf(database, log).map((one) => fromHex(one) as Uint8Array)
  const proof = inclusionProof(primitives, leaves, entry.seq, log.size)
  const root = frontierRoot(primitives, log.frontier)
  const device = vault.authority.head.logs.get(log.log)?.device ?? vault.device.id
  const origin = checkpointOrigin(vault.unit, log.log)
  const view: RecordProof = {
    unit: vault.unit,
    unitRootPublicKey: toHex(vault.rootPublicKey),
    log: log.log,
    seq: entry.seq,
    leaf,
    size: log.size,
    root: toHex(root),
    proof: proof.map((hash) => toBase64(hash)),
    // Another device's log is its own to sign for.
    note:
      device === vault.device.id
        ? signCheckpoint(primitives, { origin, size: log.size, root }, vault.device.signer)
        : null,
  }
  return ok(view)
}
