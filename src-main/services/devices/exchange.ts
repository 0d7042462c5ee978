import { readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { keyInForce } from '../../../src-shared/access/grants.ts'
import { compartments, type Compartment } from '../../../src-shared/access/roles.ts'
import type { Statement } from '../../../src-shared/bundle/statement.ts'
import type { ExchangeBundle, ExchangeView } from '../../../src-shared/contract/device-views.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { runJob } from '../../jobs/run.ts'
import type { TakenBundle } from '../../sync/intake.ts'
import type { BundleTarget, Outgoing } from '../../sync/outgoing.ts'
import { conflictPlaces } from '../../vault/dossier-queries.ts'
import { insertCheckpoint, readLogs } from '../../vault/log-table.ts'
import { readNames } from '../../vault/names.ts'
import { notePeerTold } from '../../vault/peer-table.ts'
import { openCompartment, reloadAuthority, type OpenVault } from '../../vault/vault.ts'
import { syncKeyringFile } from '../../vault/wraps.ts'
import { recordAccess } from '../access-log.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { knownTies, newTies, tieFindings } from '../review/tie-findings.ts'
import { jobVault } from '../sync/job-vault.ts'

/**
 * The identities that bundles may be encrypted to: of every compartment that is open and every epoch, and the member's
 * own, to which `control` is encrypted too.
 */
export function compartmentIdentities(vault: OpenVault): readonly string[] {
  const rings = [...vault.compartments.keys()].flatMap((name) => vault.identities.get(name) ?? [])
  return [...rings, vault.member.identity]
}

export const exchangeExport: UnlockedHandler<'exchange.export'> = async (context, input, signal) => {
  const { vault } = context.session
  try {
    if (!statSync(input.folder).isDirectory()) return err('bundle/folder-unusable')
  } catch {
    return err('bundle/folder-unusable')
  }
  if (input.device === vault.device.id) return err('device/this-one')
  if (vault.authority.head.devices.get(input.device)?.inForce !== true) return err('bundle/unknown-device')
  // Before the first bundle, so that the one of `control` carries it.
  const entered = await recordAccess(context, 'export', { bundle: input.job, what: 'exchange' })
  if (!entered.ok) return entered
  const target = { to: 'device', device: input.device } as const
  const written: ExchangeBundle[] = []
  for (const compartment of compartments) {
    if (!vault.compartments.has(compartment)) continue
    const bundle = await writeFor(context, compartment, input.folder, target, input.kind, input.job, signal)
    if (!bundle.ok) {
      if (bundle.error.code === 'bundle/nothing-new') continue
      return bundle
    }
    noteTold(context.session, compartment, input.device, bundle.value)
    written.push(exchangeBundle(compartment, bundle.value))
  }
  return written.length === 0 ? err('bundle/nothing-new') : ok(written)
}

export function exchangeBundle(compartment: Compartment, bundle: Outgoing): ExchangeBundle {
  const { path, bytes, sha256, commits } = bundle
  return { compartment, file: basename(path), bytes, sha256, commits }
}

/** Writes one compartment's bundle on a thread of its own. Errors: those of `writeOutgoing`. */
export async function writeFor(
  context: UnlockedContext,
  compartment: Compartment,
  folder: string,
  target: BundleTarget,
  bundleKind: 'update' | 'full',
  job: Id,
  signal: AbortSignal,
): Promise<Result<Outgoing>> {
  const { session } = context
  const path = join(folder, `${newId(context.primitives)}.liandang`)
  const device = session.vault.device.id
  const createdAt = moment(context)
  const written = await runJob<'export'>(
    { kind: 'export', vault: jobVault(session), compartment, bundleKind, target, device, path, createdAt },
    (done, total) => context.emit({ type: 'progress', job, done, total }),
    signal,
  )
  // A thread that was ended could not clear up after itself.
  if (!written.ok) rmSync(`${path}.partial`, { force: true })
  return written
}

function noteTold({ vault }: Session, compartment: Compartment, device: Id, bundle: Outgoing): void {
  const database = vault.compartments.get(compartment)?.database
  database?.transaction(() => {
    for (const { log, size, note } of bundle.checkpoints) insertCheckpoint(database, log, size, note)
    for (const { log, size } of [...readLogs(database, 'device'), ...readLogs(database, 'hub')])
      notePeerTold(database, device, log, size)
  })()
}

/**
 * Takes in what another device of the unit made. After control commits the chain is read again, names and the file of
 * keyrings follow it, and so do marks and tables.
 *
 * Errors: those of `takeBundle`.
 */
export async function takeExchange(
  context: UnlockedContext,
  source: string | Uint8Array,
  statement: Statement,
  job: Id | null,
  signal: AbortSignal,
): Promise<Result<ExchangeView>> {
  const { session } = context
  const { vault } = session
  const open = openCompartment(vault, statement.compartment)
  if (!open.ok) return open
  const before = knownTies(session)
  const taken = await runJob<'intake'>(
    {
      kind: 'intake',
      vault: jobVault(session),
      device: vault.device.id,
      identities: compartmentIdentities(vault),
      source,
      at: moment(context),
    },
    (done, total) => {
      if (job !== null) context.emit({ type: 'progress', job, done, total })
    },
    signal,
  )
  if (!taken.ok) {
    clearStaged(context, statement.id)
    return taken
  }
  let derived: readonly Compartment[] = []
  if (statement.compartment === 'control' && taken.value.commits > 0) {
    const followed = await followControl(session)
    if (!followed.ok) return followed
    derived = followed.value
  }
  for (const compartment of new Set([statement.compartment, ...derived])) {
    context.emit({ type: 'changed', compartment })
  }
  const ties = taken.value.commits === 0 ? [] : newTies(before, tieFindings(session))
  const view = exchangeView(session, taken.value, derived, ties)
  // Whoever was removed on the other device is at work no longer.
  const member = vault.authority.head.members.get(vault.member.id)
  if (member === undefined || keyInForce(member) !== vault.member.signer.keyId) context.end()
  return ok(view)
}

/** A thread that was ended leaves what it had laid aside. */
function clearStaged({ layout }: UnlockedContext, bundle: Id): void {
  let names: readonly string[] = []
  try {
    names = readdirSync(layout.incoming)
  } catch {
    return
  }
  for (const name of names) if (name.startsWith(bundle)) rmSync(join(layout.incoming, name), { force: true })
}

async function followControl(session: Session): Promise<Result<readonly Compartment[]>> {
  const { vault } = session
  const control = openCompartment(vault, 'control')
  if (!control.ok) return control
  const { database } = control.value
  const reloaded = reloadAuthority(vault)
  if (!reloaded.ok) return reloaded
  session.names = readNames(database)
  const synced = await syncKeyringFile(vault)
  if (!synced.ok) return synced
  return ok(reloaded.value)
}

function exchangeView(
  session: Session,
  taken: TakenBundle,
  derived: readonly Compartment[],
  ties: ExchangeView['ties'],
): ExchangeView {
  const { vault, names } = session
  const { compartment, bundle, device, commits, evidence, members, voids, conflicts } = taken
  const database = vault.compartments.get(compartment)?.database
  return {
    compartment,
    bundle,
    device,
    deviceName: names.devices.get(device) ?? '',
    commits,
    evidence,
    members: [...members].map(([member, count]) => ({
      member,
      name: memberName(session, member),
      commits: count,
    })),
    voids,
    conflicts: database === undefined ? [] : conflictPlaces(database, conflicts),
    ties,
    forked: vault.authority.forked !== null,
    derived,
  }
}
