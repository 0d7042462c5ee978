import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { transferredStage } from '../../../src-shared/cycles/due.ts'
import { isSameCode } from '../../../src-shared/enrolment/codes.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { openStatuses, type RecordState } from '../../../src-shared/review/states.ts'
import { handOverCode, readUnitCard } from '../../../src-shared/transfer/card.ts'
import { readHandOverBody, type HandOverBody } from '../../../src-shared/transfer/hand-over-body.ts'
import { peekReceipt, readHandOverReceipt } from '../../../src-shared/transfer/receipt.ts'
import { dossiersOf, scopeOf } from '../../../src-shared/transfer/verify.ts'
import { writeHandOver } from '../../sync/hand-over.ts'
import { homeOf, membersOf } from '../../vault/alias-queries.ts'
import type { Database } from '../../vault/database.ts'
import { recordsOf } from '../../vault/dossier-queries.ts'
import { bodyOf } from '../../vault/names.ts'
import { readTransfer, transferHold, type TransferRow } from '../../vault/transfer-queries.ts'
import { commitAs, openCompartment } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { officeDay } from '../settings/calendar.ts'
import { otherCard } from './card.ts'
import { readReceiptFile } from './files.ts'

/** What the archive holds of a cadre in categories that the member sees. */
function statesOf(session: Session, database: Database, cadre: Id): readonly RecordState[] {
  const sight = sightOf(session)
  return recordsOf(database, cadre)
    .filter(({ category }) => sight.sees(category))
    .flatMap(({ record }) => stateOf(session, database, record) ?? [])
}

function countOpen(states: readonly RecordState[]): number {
  return states.flatMap(({ revisions }) => revisions).filter(({ status }) => openStatuses.includes(status))
    .length
}

export const transferAble: UnlockedHandler<'transfer.able'> = ({ session }, { cadre }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { database } = archive.value
  const states = statesOf(session, database, cadre)
  const facts = new Map<string, number>()
  for (const { category, head } of states)
    if (head !== null) facts.set(category, (facts.get(category) ?? 0) + 1)
  return ok({
    categories: [...facts].sort().map(([id, count]) => {
      return { id, name: findCategory(catalogue.value, id)?.name ?? id, facts: count }
    }),
    open: countOpen(states),
    may: ownDossier(session) !== cadre && transferHold(database, cadre) === null,
  })
}

export const transferHandOver: UnlockedHandler<'transfer.hand-over'> = (context, input) => {
  const { session, primitives } = context
  const { vault } = session
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const row = findCadre(session, input.cadre)
  if (row === null) return err('call/not-found')
  const read = otherCard(session, input.card)
  if (!read.ok) return read
  if (!isSameCode(read.value.code, input.code)) return err('transfer/wrong-code')
  if (input.since > officeDay(context)) return err('entry/invalid-values', { findings: ['date-future'] })
  const sight = sightOf(session)
  if (input.categories.some((category) => !sight.sees(category))) return err('call/not-permitted')
  if (ownDossier(session) === input.cadre) return err('review/about-oneself')
  if (transferHold(database, input.cadre) !== null) return err('transfer/held', { cadre: input.cadre })
  const states = statesOf(session, database, input.cadre)
  const open = countOpen(states)
  if (open > 0) return err('transfer/open-entries', { count: open })
  const going = states.filter(({ category, head }) => head !== null && input.categories.includes(category))
  const revisions = going.flatMap(({ head }) => head ?? []).sort()
  if (revisions.length === 0) return err('transfer/no-facts')
  const unprovable = going.filter(isDecidedAbove).map(({ record }) => record)
  if (unprovable.length > 0) return err('transfer/unprovable', { records: unprovable })
  const ring = vault.authority.head.keyrings.get('archive')
  if (ring === undefined) return err('vault/compartment-closed')
  const transfer = newId(primitives)
  const unit = vault.unit
  const [, ...merged] = membersOf(database, input.cadre)
  const said = {
    type: 'liandang/hand-over/1',
    unitName: session.names.unit.name,
    rootPublicKey: toHex(vault.rootPublicKey),
    card: input.card.trim(),
    reason: input.reason,
    since: input.since,
    categories: [...input.categories].sort(),
    ...(merged.length === 0 ? {} : { merged }),
    revisions,
    recipient: ring.recipient,
    cadre: { name: row.name, identityNumber: row.identity_number, post: row.post },
  } satisfies HandOverBody
  const body = prepareBody(primitives, said)
  const operation = {
    op: 'transfer.hand-over',
    entity: transfer,
    digest: body.digest,
    cadre: input.cadre,
    unit: read.value.card.unit,
    scope: scopeOf(primitives, { cadre: input.cadre, entity: transfer, unit, revisions }),
    records: revisions.length,
  } as const
  const done = commitAs(vault, 'archive', 'approver', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ transfer, code: handOverCode(primitives, unit, said.rootPublicKey, done.value.commit.leaf) })
}

/** What the level above decided is proved by its log, which is no other unit's to read. */
function isDecidedAbove({ head, revisions }: RecordState): boolean {
  const fact = revisions.find(({ revision }) => revision === head)
  return fact !== undefined && (fact.rule.signer !== 'approver' || fact.referred !== null)
}

interface Waiting {
  readonly row: TransferRow
  readonly said: HandOverBody
  readonly cadre: Id
  readonly database: Database
}

/** A hand-over that waits for its receipt. Errors: `call/not-found`, `transfer/not-waiting`. */
function waiting({ vault }: Session, transfer: Id): Result<Waiting> {
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const row = readTransfer(database, transfer)
  const said = row === null ? null : readHandOverBody(bodyOf(database, row.digest))
  if (row === null || said === null || row.cadre === null) return err('call/not-found')
  if (row.status !== 'waiting') return err('transfer/not-waiting', { status: row.status })
  return ok({ row, said, cadre: row.cadre, database })
}

export const transferExport: UnlockedHandler<'transfer.export'> = async (context, input, signal) => {
  const { session, primitives } = context
  const { vault } = session
  const found = waiting(session, input.transfer)
  if (!found.ok) return found
  const { row, said, cadre, database } = found.value
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  if (!isFolder(input.folder)) return err('bundle/folder-unusable')
  const card = readUnitCard(primitives, said.card)
  if (!card.ok) return card
  const name = findCadre(session, cadre)?.name ?? ''
  const subject = {
    cadre,
    cadreName: name,
    bundle: row.id,
    what: 'hand-over',
    results: said.revisions.length,
  }
  const entered = await recordAccess(context, 'export', subject)
  if (!entered.ok) return entered
  const wanted = new Set(said.categories)
  // What was merged when it was handed over goes, whatever was merged or taken apart since.
  const cadres = dossiersOf(cadre, said)
  const homes = new Set([...cadres].map((one) => homeOf(database, one)))
  const records = [...homes]
    .flatMap((home) => recordsOf(database, home))
    .filter(({ category, origin }) => wanted.has(category) && cadres.has(origin))
  const written = await writeHandOver({
    primitives,
    layout: vault.layout,
    unit: vault.unit,
    device: vault.device,
    history: vault.authority,
    database,
    control: control.value.database,
    transfer: row.id,
    handOver: row.leaf,
    cadres,
    records: new Set(records.map(({ record }) => record)),
    recipient: card.value.card.recipient,
    path: join(input.folder, `${newId(primitives)}.liandang`),
    createdAt: moment(context),
    signal,
    progress: (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
  })
  if (!written.ok) return written
  const code = handOverCode(primitives, vault.unit, said.rootPublicKey, row.leaf)
  return ok({ file: basename(written.value.path), bytes: written.value.bytes, code })
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

export const transferCancel: UnlockedHandler<'transfer.cancel'> = (context, { transfer, words }) => {
  const { session, primitives } = context
  const found = waiting(session, transfer)
  if (!found.ok) return found
  if (ownDossier(session) === homeOf(found.value.database, found.value.cadre))
    return err('review/about-oneself')
  const body = prepareBody(primitives, { words })
  const operation = { op: 'transfer.cancel', entity: transfer, digest: body.digest } as const
  const done = commitAs(session.vault, 'archive', 'approver', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}

export const transferAcknowledge: UnlockedHandler<'transfer.acknowledge'> = async (context, { file }) => {
  const { session, primitives } = context
  const { vault } = session
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const text = await readReceiptFile(session, file)
  if (!text.ok) return text
  const transfer = peekReceipt(text.value)
  const row = transfer === null ? null : readTransfer(archive.value.database, transfer)
  if (row === null || row.way !== 'out' || row.cadre === null)
    return err('transfer/receipt-wrong', { reason: 'other-transfer' })
  const said = readHandOverBody(bodyOf(archive.value.database, row.digest))
  const card = readUnitCard(primitives, said?.card ?? '')
  if (!card.ok) return card
  const handed = { transfer: row.id, handOver: row.leaf, unit: vault.unit, receiver: card.value.card }
  const receipt = readHandOverReceipt(primitives, text.value, handed)
  if (!receipt.ok) return receipt
  const { outcome, words } = receipt.value
  // The same receipt again says nothing new.
  if (row.status === outcome) return ok({ transfer: row.id, outcome, words })
  if (row.status !== 'waiting') return err('transfer/not-waiting', { status: row.status })
  const body = prepareBody(primitives, { receipt: text.value })
  const acknowledged = {
    op: 'transfer.acknowledge',
    entity: row.id,
    digest: body.digest,
    outcome,
  } as const
  const staged = outcome === 'accepted' ? stageOf(context, row.cadre, said, card.value.card.name) : null
  const operations = staged === null ? [acknowledged] : [acknowledged, staged.operation]
  const bodies = staged === null ? [body] : [body, staged.body]
  const done = commitAs(vault, 'archive', 'approver', moment(context), operations, bodies)
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ transfer: row.id, outcome, words })
}

/** From then on nothing is asked of the cadre here. */
function stageOf(context: UnlockedContext, cadre: Id, said: HandOverBody | null, receiver: string) {
  const body = prepareBody(context.primitives, {
    stage: transferredStage,
    since: said?.since ?? officeDay(context),
    reason: said?.reason ?? '',
    source: receiver,
  })
  const digest: Digest = body.digest
  return { body, operation: { op: 'cadre.stage', entity: cadre, digest } as const }
}
