import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stageTable } from '../../../src-shared/catalogue/schema.ts'
import { fromUtf8, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readCommit, type SignedCommit } from '../../../src-shared/log/chain.ts'
import { envelopeText } from '../../../src-shared/log/envelope.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { encryptTo } from '../../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { receiptText } from '../../../src-shared/transfer/receipt.ts'
import { readHandOver, type ReadHandOver } from '../../sync/take-over.ts'
import { readBodyBytes } from '../../vault/body-table.ts'
import type { Database } from '../../vault/database.ts'
import { authorityEntries, readEntry, type StoredEntry } from '../../vault/entry-table.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'
import { EvidenceWriter, hasEvidence, placeEvidence, removeEvidence } from '../../vault/evidence-store.ts'
import { noteEvidence, settleEvidence } from '../../vault/evidence-table.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { dropPackage, readPackage, readTransfer, type PackageRow } from '../../vault/transfer-queries.ts'
import { commitAs, openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { compartmentIdentities } from '../devices/exchange.ts'
import { homeIn, ownDossier } from '../dossier/homes.ts'
import { officeDay } from '../settings/calendar.ts'
import { appendixMediaType } from './appendix.ts'
import { packagePath } from './incoming.ts'

/** The stage of who has come from another unit: a change of post. */
const arrivedStage = 'transfer'

export const transferAnswer: UnlockedHandler<'transfer.answer'> = async (context, input, signal) => {
  const { session } = context
  const { vault } = session
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const row = readPackage(database, input.transfer)
  if (row === null)
    return err(readTransfer(database, input.transfer) === null ? 'call/not-found' : 'transfer/answered')
  const isAccepted = input.outcome === 'accepted'
  if (isAccepted && row.cadre === null) return err('transfer/not-matched')
  if (isAccepted && row.cadre !== null && homeIn(vault, row.cadre) === ownDossier(session))
    return err('review/about-oneself')
  if (!isAccepted && input.words === '') return err('call/invalid-input', { path: 'words' })
  const arriving = new Map<Digest, string>()
  const read = await readAgain(context, row, isAccepted ? arriving : null, signal)
  try {
    if (!read.ok) return read
    const done = await sign(context, database, row, read.value, input, arriving)
    if (!done.ok) return done
  } finally {
    for (const path of arriving.values()) rmSync(path, { force: true })
  }
  dropPackage(database, row.transfer)
  rmSync(packagePath(vault.layout, row.transfer), { force: true })
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}

/** Verifies the package anew: what is signed for is what lies here now. */
async function readAgain(
  { session, primitives }: UnlockedContext,
  row: PackageRow,
  arriving: Map<Digest, string> | null,
  signal: AbortSignal,
): Promise<Result<ReadHandOver>> {
  const { layout } = session.vault
  const read = await readHandOver({
    primitives,
    source: createReadStream(packagePath(layout, row.transfer)),
    identities: compartmentIdentities(session.vault),
    signal,
    takeEvidence: async (hash, content) => {
      if (arriving === null || hasEvidence(layout, hash)) return
      mkdirSync(layout.incoming, { recursive: true, mode: 0o700 })
      const path = join(layout.incoming, newId(primitives))
      arriving.set(hash, path)
      await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flush: true }))
    },
  })
  if (!read.ok) return read
  return read.value.sha256 === row.sha256 ? read : err('bundle/same-id-other-bytes', { bundle: row.transfer })
}

async function sign(
  context: UnlockedContext,
  database: Database,
  row: PackageRow,
  read: ReadHandOver,
  { outcome, words }: { readonly outcome: 'accepted' | 'refused'; readonly words: string },
  arriving: Map<Digest, string>,
): Promise<Result<unknown>> {
  const { session, primitives } = context
  const { vault } = session
  const { dossier } = read
  const cadre = outcome === 'accepted' ? row.cadre : null
  const evidence = cadre === null ? [] : [await sealAppendix(context, read, arriving), ...read.evidence]
  const { unitName, rootPublicKey, recipient, reason, since } = dossier.said
  const body = prepareBody(primitives, {
    words,
    unitName,
    rootPublicKey,
    recipient,
    reason,
    since,
    cadreName: dossier.said.cadre.name,
    facts: dossier.said.revisions.length,
    evidence: evidence.map((entry) => ({ ...entry })),
  })
  const operations: Operation[] = [
    {
      op: 'transfer.answer',
      entity: row.transfer,
      digest: body.digest,
      unit: dossier.unit,
      handOver: dossier.handOver,
      outcome,
      cadre,
      evidence: evidence.length,
    },
  ]
  const bodies = [body]
  const staged = cadre === null ? null : stageOf(context, reason, unitName)
  if (staged !== null && cadre !== null) {
    operations.push({ op: 'cadre.stage', entity: cadre, digest: staged.digest })
    bodies.push(staged)
  }
  const hashes = [...arriving.keys()]
  noteEvidence(database, hashes)
  placeEvidence(
    vault.layout,
    [...arriving].map(([hash, path]) => ({ hash, path })),
  )
  const done = commitAs(vault, 'archive', 'approver', moment(context), operations, bodies)
  if (!done.ok) for (const hash of hashes) removeEvidence(vault.layout, hash)
  settleEvidence(database, hashes)
  return done
}

/** All that proves the dossier, as one sealed file beside the evidence. */
async function sealAppendix(
  { session, primitives }: UnlockedContext,
  { files, dossier }: ReadHandOver,
  arriving: Map<Digest, string>,
): Promise<EvidenceEntry> {
  const writer = await EvidenceWriter.open(session.vault.layout, newId(primitives))
  const head = canonicalBytes({
    checkpoints: Object.fromEntries(files.checkpoints),
    statement: envelopeText(files.envelope),
    type: 'liandang/hand-over-appendix/1',
  })
  await writer.append(head)
  await writer.append(utf8('\n'))
  await writer.append(files.history)
  const { hash, key, size, content } = await writer.seal()
  arriving.set(hash, writer.path)
  return { hash, key, size, content, mediaType: appendixMediaType, name: dossier.said.unitName }
}

/** Where the catalogue knows the stage, it opens what the catalogue asks of who comes to a new post. */
function stageOf(context: UnlockedContext, reason: string, unitName: string): PreparedBody | null {
  const catalogue = catalogueOf(context.session)
  const items = catalogue.ok
    ? catalogue.value.codeTables.find(({ id }) => id === stageTable)?.items
    : undefined
  if (items?.some(({ code, retired }) => code === arrivedStage && retired !== true) !== true) return null
  const since = officeDay(context)
  return prepareBody(context.primitives, { stage: arrivedStage, since, reason, source: unitName })
}

export const transferReceipt: UnlockedHandler<'transfer.receipt'> = async (context, input) => {
  const { session, primitives } = context
  const { vault } = session
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  const { database } = archive.value
  const row = readTransfer(database, input.transfer)
  const recipient = row === null ? null : textOf(bodyOf(database, row.digest), 'recipient')
  const entry = row === null ? null : readEntry(database, row.leaf)
  if (row?.way !== 'in' || recipient === null || entry === null) return err('call/not-found')
  const commitOf = (stored: StoredEntry): readonly SignedCommit[] => {
    const commit = readCommit(primitives, stored.envelope)
    return commit.ok ? [commit.value] : []
  }
  const [answer] = commitOf(entry)
  if (answer === undefined) return err('call/not-found')
  const chain = authorityEntries(control.value.database).flatMap(commitOf)
  const body = row.status === 'declined' ? bodyText(database, row.digest) : null
  const text = receiptText({ transfer: row.id, chain, answer, body })
  const file = `${newId(primitives)}.liandang-receipt`
  try {
    writeFileAtomic(join(input.folder, file), await encryptTo([recipient], utf8(text)))
  } catch {
    return err('bundle/folder-unusable')
  }
  return ok({ file })
}

function bodyText(database: Database, digest: Id): string | null {
  const bytes = readBodyBytes(database, digest)
  return bytes === null ? null : fromUtf8(bytes)
}
