import { z } from 'zod'
import { readStatement } from '../../../src-shared/bundle/statement.ts'
import type { ForeignDossierView } from '../../../src-shared/contract/transfer.ts'
import { fromUtf8, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readEnvelope } from '../../../src-shared/log/envelope.ts'
import { maximumHistoryBytes } from '../../../src-shared/transfer/history.ts'
import { verifyHandOver, type ForeignDossier } from '../../../src-shared/transfer/verify.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { parseEvidence, type EvidenceEntry } from '../../vault/evidence-entries.ts'
import { listTransfers } from '../../vault/transfer-queries.ts'
import { openCompartment } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { sightOf } from '../dossier/sight.ts'
import { foreignNames, foreignSections } from './foreign-view.ts'

export const appendixMediaType = 'application/vnd.liandang.hand-over+jsonl'
const maximumAppendixBytes = maximumHistoryBytes + 8 * 1024 * 1024

const headSchema = z.object({
  type: z.literal('liandang/hand-over-appendix/1'),
  statement: z.string(),
  checkpoints: z.record(z.string(), z.string()),
})

/** What was read and verified in this session; a file never changes. */
const verified = new WeakMap<Session, Map<string, ForeignDossier>>()

export const transferAppendix: UnlockedHandler<'transfer.appendix'> = async (context, { cadre }) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const row = findCadre(session, cadre)
  if (row === null) return err('call/not-found')
  const { database } = archive.value
  const taken = listTransfers(database, cadre).filter(({ status }) => status === 'taken')
  if (taken.length === 0) return ok([])
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const sight = sightOf(session)
  const views: ForeignDossierView[] = []
  for (const transfer of taken) {
    const body = bodyOf(database, transfer.digest)
    const entry = parseEvidence(body ?? { salt: '' }).find(({ mediaType }) => mediaType === appendixMediaType)
    if (entry === undefined) return err('commit/body-missing')
    const dossier = await readAppendix(session, entry)
    if (!dossier.ok) return dossier
    views.push({
      transfer: transfer.id,
      unitName: textOf(body, 'unitName') ?? '',
      takenAt: transfer.at,
      takenBy: memberName(session, transfer.member),
      signedBy: foreignNames(dossier.value)(dossier.value.member),
      signedAt: dossier.value.at,
      commits: dossier.value.commits,
      sections: foreignSections(dossier.value, catalogue.value, (category) => sight.sees(category)),
    })
  }
  const level = Math.max(0, ...views.flatMap(({ sections }) => sections.map((section) => section.level)))
  const purpose = purposeOf(session, { cadre, record: null, level, stated: null })
  if (!purpose.ok) return purpose
  const subject = { cadre, cadreName: row.name, what: 'dossier-appendix', ...(level === 0 ? {} : { level }) }
  const entered = await recordAccess(context, 'dossier', subject, purpose.value)
  return entered.ok ? ok(views) : entered
}

/** Opens and verifies an appendix anew, from nothing but its bytes. Errors: `transfer/history`, those of `verifyHandOver`. */
async function readAppendix(session: Session, entry: EvidenceEntry): Promise<Result<ForeignDossier>> {
  const known = verified.get(session) ?? new Map<string, ForeignDossier>()
  verified.set(session, known)
  const before = known.get(entry.hash)
  if (before !== undefined) return ok(before)
  const wrong = () => err('transfer/history', { reason: 'appendix' })
  if (entry.size > maximumAppendixBytes) return wrong()
  const bytes = await session.evidence.read(entry, 0, entry.size).catch(() => null)
  const end = bytes?.indexOf(0x0a) ?? -1
  if (bytes === null || end < 0) return err('vault/evidence-missing', { hash: entry.hash })
  const head = headOf(bytes.subarray(0, end))
  const envelope = head === null ? null : readEnvelope(utf8(head.statement), end)
  if (head === null || envelope?.ok !== true) return wrong()
  const statement = readStatement(envelope.value)
  if (!statement.ok) return statement
  const dossier = verifyHandOver(session.vault.primitives, {
    statement: statement.value,
    envelope: envelope.value,
    history: bytes.subarray(end + 1),
    checkpoints: new Map(Object.entries(head.checkpoints)),
  })
  if (dossier.ok) known.set(entry.hash, dossier.value)
  return dossier
}

function headOf(bytes: Uint8Array) {
  try {
    const parsed = headSchema.safeParse(JSON.parse(fromUtf8(bytes) ?? ''))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
