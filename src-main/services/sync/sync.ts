import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { compartments, type Compartment } from '../../../src-shared/access/roles.ts'
import { readHubCard } from '../../../src-shared/bundle/hub-card.ts'
import type { ReceiptView, SentBundle } from '../../../src-shared/contract/log-views.ts'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { runJob } from '../../jobs/run.ts'
import { takeDirectives } from '../../sync/directives.ts'
import { postBundle } from '../../sync/https.ts'
import type { Outgoing } from '../../sync/outgoing.ts'
import { takeReceipt, type TakenReceipt } from '../../sync/incoming.ts'
import { peekBundle } from '../../sync/peek.ts'
import { insertSentBundle } from '../../vault/desk-tables.ts'
import { insertCheckpoint } from '../../vault/log-table.ts'
import { commitAuthority } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { compartmentIdentities, takeExchange } from '../devices/exchange.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { directivesView } from './directives.ts'
import { jobVault } from './job-vault.ts'
import { upstreamView } from './status.ts'

export const syncExport: UnlockedHandler<'sync.export'> = async (context, input, signal) => {
  try {
    if (!statSync(input.folder).isDirectory()) return err('bundle/folder-unusable')
  } catch {
    return err('bundle/folder-unusable')
  }
  const written = await writeBundles(context, input.folder, input.kind, input.job, signal, (bundle) =>
    recordSent(context, bundle),
  )
  return written.ok ? ok(written.value.map((bundle) => bundle.sent)) : written
}

interface NewBundle {
  readonly sent: SentBundle
  readonly checkpoints: Outgoing['checkpoints']
}

/** Notes a bundle that is on its way, and the checkpoints that went with it. */
function recordSent({ session }: UnlockedContext, { sent, checkpoints }: NewBundle): void {
  const database = session.vault.compartments.get(sent.compartment)?.database
  database?.transaction(() => {
    insertSentBundle(database, sent)
    for (const { log, size, note } of checkpoints) insertCheckpoint(database, log, size, note)
  })()
}

/** One bundle for each compartment that has something to send. Errors: `hub/none`, `bundle/nothing-new`. */
async function writeBundles(
  context: UnlockedContext,
  folder: string,
  kind: 'update' | 'full',
  job: string,
  signal: AbortSignal,
  each: (bundle: NewBundle) => void = () => undefined,
): Promise<Result<readonly NewBundle[]>> {
  const { session } = context
  if (session.vault.authority.head.upstream === null) return err('hub/none')
  // One entry before the first bundle: that of `control` then carries it, and nothing of the export is left unsent.
  const entered = await recordAccess(context, 'export', { bundle: job })
  if (!entered.ok) return entered
  const written: NewBundle[] = []
  for (const compartment of compartments) {
    if (!session.vault.compartments.has(compartment)) continue
    const bundle = await writeOne(context, compartment, folder, kind, job, signal)
    if (bundle.ok) {
      each(bundle.value)
      written.push(bundle.value)
    } else if (bundle.error.code !== 'bundle/nothing-new') return bundle
  }
  return written.length === 0 ? err('bundle/nothing-new') : ok(written)
}

async function writeOne(
  context: UnlockedContext,
  compartment: Compartment,
  folder: string,
  bundleKind: 'update' | 'full',
  job: string,
  signal: AbortSignal,
): Promise<Result<NewBundle>> {
  const { session } = context
  const createdAt = moment(context)
  const path = join(folder, `${newId(context.primitives)}.liandang`)
  const device = session.vault.device.id
  const result = await runJob<'export'>(
    {
      kind: 'export',
      vault: jobVault(session),
      compartment,
      bundleKind,
      target: { to: 'upstream' },
      device,
      path,
      createdAt,
    },
    (done, total) => context.emit({ type: 'progress', job, done, total }),
    signal,
  )
  if (!result.ok) {
    // A thread that was ended could not clear up after itself.
    rmSync(`${path}.partial`, { force: true })
    return result
  }
  const { id, sha256, bytes, commits, checkpoints } = result.value
  const file = basename(path)
  const sent = {
    id,
    compartment,
    sha256,
    kind: bundleKind,
    file,
    bytes,
    commits,
    createdAt,
    acknowledgedAt: null,
  }
  return ok({ sent, checkpoints })
}

export const syncDeliver: UnlockedHandler<'sync.deliver'> = async (context, input, signal) => {
  const { session } = context
  const upstream = upstreamView(session, session.vault.authority.head.upstream)
  if (upstream === null || upstream.url === null) return err('hub/none')
  // One folder a delivery: two pages that send at once do not clear each other's files away.
  const folder = join(session.vault.layout.outgoing, input.job)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    const written = await writeBundles(context, folder, input.kind, input.job, signal)
    if (!written.ok) return written
    const receipts: ReceiptView[] = []
    for (const bundle of written.value) {
      const { file, sha256, id, compartment } = bundle.sent
      const answer = await postBundle(upstream.url, session.vault.unit, join(folder, file), signal)
      if (!answer.ok) return answer
      recordSent(context, bundle)
      const taken = await takeReceipt(session.vault, Readable.from([answer.value]), moment(context), signal)
      if (!taken.ok) return taken
      if (taken.value.receipt.bundle !== sha256) return err('hub/receipt-wrong', { bundle: id })
      receipts.push(receiptView(taken.value))
      context.emit({ type: 'changed', compartment })
    }
    return ok(receipts)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const syncReceive: UnlockedHandler<'sync.receive'> = async (context, input, signal) => {
  const { session } = context
  let source: string | Uint8Array
  if ('path' in input) {
    source = input.path
  } else {
    const upload = session.uploads.take(input.upload, 'bundle')
    if (!upload.ok) return upload
    await session.uploads.discard(input.upload)
    source = upload.value.bytes
  }
  const open = () => (typeof source === 'string' ? createReadStream(source) : Readable.from([source]))
  const statement = await peekBundle(open(), compartmentIdentities(session.vault), signal)
  if (!statement.ok) return statement
  if (statement.value.kind === 'directive') {
    const directives = await takeDirectives(session.vault, open(), signal)
    if (!directives.ok) return directives
    context.emit({ type: 'changed', compartment: directives.value.compartment })
    return ok(directivesView(session, directives.value))
  }
  if (statement.value.kind !== 'receipt') {
    return await takeExchange(context, source, statement.value, input.job ?? null, signal)
  }
  const taken = await takeReceipt(session.vault, open(), moment(context), signal)
  if (!taken.ok) return taken
  context.emit({ type: 'changed', compartment: taken.value.compartment })
  return ok(receiptView(taken.value))
}

function receiptView({ compartment, receipt }: TakenReceipt): ReceiptView {
  return {
    compartment,
    hub: receipt.hub,
    bundle: receipt.bundle,
    issuedAt: receipt.issuedAt,
    logs: receipt.logs.map(({ log, size }) => ({ log, size })),
    voids: receipt.voids.map(({ log, seq, code }) => ({ log, seq, code })),
  }
}

export const upstreamPropose: UnlockedHandler<'upstream.propose'> = (context, input) => {
  const card = readHubCard(utf8(input.card.trim()))
  if (!card.ok) return card
  const { hub, publicKey, recipients, name, url } = card.value
  const body = prepareBody(context.primitives, { name, url: url ?? null })
  const operation = {
    op: 'upstream.propose',
    entity: hub,
    publicKey,
    recipients,
    digest: body.digest,
  } as const
  const done = commitAuthority(context.session.vault, 'secadmin', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(null)
}

export const upstreamConfirm: UnlockedHandler<'upstream.confirm'> = (context, input) => {
  const proposed = context.session.vault.authority.head.proposedUpstream
  if (proposed === null || proposed.hub !== input.hub) return err('hub/none')
  const body = prepareBody(context.primitives, {})
  const operation = {
    op: 'upstream.confirm',
    entity: proposed.hub,
    digest: body.digest,
    proposal: proposed.proposal,
  } as const
  const done = commitAuthority(context.session.vault, 'approver', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(null)
}
