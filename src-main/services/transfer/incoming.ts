import { copyFileSync, createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { IncomingView } from '../../../src-shared/contract/transfer.ts'
import { isSameCode } from '../../../src-shared/enrolment/codes.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { readHandOver, type ReadHandOver } from '../../sync/take-over.ts'
import type { Database } from '../../vault/database.ts'
import { cadresByIdentity, cadresByName, type CadreRow } from '../../vault/dossier-queries.ts'
import type { VaultLayout } from '../../vault/layout.ts'
import {
  insertPackage,
  listPackages,
  matchPackage,
  readPackage,
  readTransfer,
  transferHold,
  type PackageRow,
} from '../../vault/transfer-queries.ts'
import { openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { compartmentIdentities } from '../devices/exchange.ts'
import { cadreOpen, findCadre } from '../dossier/dossier.ts'
import { homeIn, ownDossier } from '../dossier/homes.ts'
import { sightOf } from '../dossier/sight.ts'
import { givenFile } from './files.ts'
import { foreignNames } from './foreign-view.ts'

const summarySchema = z.object({
  unitName: z.string(),
  name: z.string(),
  identityNumber: z.string().nullable(),
  post: z.string().nullable(),
  reason: z.string(),
  since: z.string(),
  signedBy: z.string(),
  signedAt: z.string(),
  counts: z.array(z.object({ category: z.string(), facts: z.int() })),
  commits: z.int(),
  voids: z.int(),
  files: z.int(),
})
type Summary = z.infer<typeof summarySchema>

const identityCategory = 'A1'

export function packagePath(layout: VaultLayout, transfer: Id): string {
  return join(layout.transfers, `${transfer}.liandang`)
}

export const transferReceive: UnlockedHandler<'transfer.receive'> = async (context, input, signal) => {
  const { session, primitives } = context
  const { vault } = session
  const archive = openCompartment(vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const given = await givenFile(session, input.file)
  if (!given.ok) return given
  const source = given.value
  const read = await readHandOver({
    primitives,
    source: typeof source === 'string' ? createReadStream(source) : Readable.from([source]),
    identities: compartmentIdentities(vault),
    signal,
  })
  if (!read.ok) return read
  const { dossier, sha256 } = read.value
  const { transfer } = dossier
  if (dossier.unit === vault.unit) return err('transfer/own-unit')
  if (dossier.receiver !== vault.unit) return err('transfer/other-unit')
  if (!isSameCode(dossier.code, input.code)) return err('transfer/wrong-code')
  if (readTransfer(database, transfer) !== null) return err('transfer/answered')
  if (readPackage(database, transfer) !== null) return ok({ transfer })
  const what = 'hand-over-received'
  const entered = await recordAccess(context, 'copy', {
    bundle: transfer,
    what,
    results: read.value.evidence.length,
  })
  if (!entered.ok) return entered
  const place = packagePath(vault.layout, transfer)
  try {
    mkdirSync(vault.layout.transfers, { recursive: true, mode: 0o700 })
    if (typeof source === 'string') copyFileSync(source, place)
    else writeFileAtomic(place, source)
  } catch {
    rmSync(place, { force: true })
    return err('vault/disk-full')
  }
  const summary = JSON.stringify(summaryOf(read.value))
  const at = moment(context)
  insertPackage(database, { transfer, sha256, added_by: vault.member.id, added_at: at, summary })
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ transfer })
}

function summaryOf({ dossier, evidence }: ReadHandOver): Summary {
  const { said, records } = dossier
  const counts = new Map<string, number>()
  for (const { category, state } of records)
    if (state.head !== null) counts.set(category, (counts.get(category) ?? 0) + 1)
  return {
    unitName: said.unitName,
    ...said.cadre,
    reason: said.reason,
    since: said.since,
    signedBy: foreignNames(dossier)(dossier.member),
    signedAt: dossier.at,
    counts: [...counts].sort().map(([category, facts]) => ({ category, facts })),
    commits: dossier.commits,
    voids: dossier.voids,
    files: evidence.length,
  }
}

export const transferIncoming: UnlockedHandler<'transfer.incoming'> = (context) => {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  return ok(listPackages(database).flatMap((row) => incomingView(context, database, row) ?? []))
}

/** What was found in a package when it came; null where this program cannot read that any more. */
export function summaryIn(row: PackageRow): Summary | null {
  const parsed = summarySchema.safeParse(JSON.parse(row.summary))
  return parsed.success ? parsed.data : null
}

function incomingView(context: UnlockedContext, database: Database, row: PackageRow): IncomingView | null {
  const { session } = context
  const { vault } = session
  const summary = summaryIn(row)
  const catalogue = catalogueOf(session)
  if (summary === null || !catalogue.ok) return null
  const sight = sightOf(session)
  const seesNumber = sight.sees(identityCategory)
  const tail = (number: string | null) => (seesNumber ? (number?.slice(-4) ?? null) : null)
  const { name, identityNumber, counts, ...rest } = summary
  const byNumber = identityNumber === null || !seesNumber ? [] : cadresByIdentity(database, identityNumber)
  const known = new Map<Id, CadreRow>(
    [...byNumber, ...cadresByName(database, name)].map((one) => [one.id, one]),
  )
  const enters = roleAmong(vault, ['collector', 'inspector']) !== null
  const own = ownDossier(session)
  const matched = row.cadre === null ? null : homeIn(vault, row.cadre)
  return {
    transfer: row.transfer,
    cadreName: name,
    identityTail: tail(identityNumber),
    ...rest,
    addedBy: memberName(session, row.added_by),
    addedAt: row.added_at,
    counts: counts
      .filter(({ category }) => sight.sees(category))
      .map((count) => {
        const category = findCategory(catalogue.value, count.category)
        return { ...count, name: category?.name ?? count.category }
      }),
    matched:
      row.cadre === null
        ? null
        : {
            cadre: row.cadre,
            name: findCadre(session, row.cadre)?.name ?? '',
            by: memberName(session, row.matched_by ?? ''),
          },
    candidates: [...known.values()].map((one) => ({
      cadre: one.id,
      name: one.name,
      identityTail: tail(one.identity_number),
      post: one.post,
      isSameNumber: seesNumber && identityNumber !== null && one.identity_number === identityNumber,
    })),
    mayOpen: enters && row.cadre === null && byNumber.length === 0,
    mayAnswer: roleAmong(vault, ['approver']) !== null && (own === null || own !== matched),
    problem: existsSync(packagePath(vault.layout, row.transfer)) ? null : 'bundle/truncated',
  }
}

export const transferMatch: UnlockedHandler<'transfer.match'> = async (context, input, signal) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const row = readPackage(database, input.transfer)
  const summary = row === null ? null : summaryIn(row)
  if (row === null || summary === null) return err('call/not-found')
  const cadre =
    input.cadre === null ? await opened(context, summary, signal) : known(context, database, input.cadre)
  if (!cadre.ok) return cadre
  matchPackage(database, row.transfer, cadre.value.cadre, session.vault.member.id)
  context.emit({ type: 'changed', compartment: 'archive' })
  return cadre
}

function known(context: UnlockedContext, database: Database, cadre: Id): Result<{ cadre: Id }> {
  if (findCadre(context.session, cadre) === null) return err('call/not-found')
  // One that waits for another unit's receipt cannot take something in.
  const hold = transferHold(database, cadre)
  return hold?.status === 'waiting' ? err('transfer/held', { cadre }) : ok({ cadre })
}

async function opened(
  context: UnlockedContext,
  { name, identityNumber, post }: Summary,
  signal: AbortSignal,
): Promise<Result<{ cadre: Id }>> {
  if (roleAmong(context.session.vault, ['collector', 'inspector']) === null) return err('call/not-permitted')
  return await cadreOpen(context, { name, identityNumber, post }, signal)
}
