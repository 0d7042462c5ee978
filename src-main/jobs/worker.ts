import { Readable } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
import type { IndexReport } from '../../src-shared/contract/audit.ts'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { takeBundle, type TakenBundle } from '../sync/intake.ts'
import { writeOutgoing, type Outgoing } from '../sync/outgoing.ts'
import { auditIndexKey, openAuditIndex } from '../vault/audit-index.ts'
import { followAccess } from '../vault/audit-reader.ts'
import { loadAuthority } from '../vault/authority-log.ts'
import {
  diskFault,
  openDatabase,
  openDatabaseReadOnly,
  rekeyDatabase,
  type Database,
} from '../vault/database.ts'
import { vaultLayout } from '../vault/layout.ts'
import { readSecret } from '../vault/secrets.ts'
import { verifyVault } from '../vault/verify.ts'
import type {
  AuditIndexJob,
  ExportJob,
  FromWorker,
  IntakeJob,
  Job,
  JobResults,
  JobVault,
  VerifyJob,
} from './messages.ts'

/** A progress message at most this often, in milliseconds. */
const progressEvery = 50

function tell(message: FromWorker): void {
  parentPort?.postMessage(message)
}

function progressTeller(): (done: number, total: number) => void {
  let last = 0
  return (done, total) => {
    const now = performance.now()
    if (now - last < progressEvery && done < total) return
    last = now
    tell({ kind: 'progress', done, total })
  }
}

/** Read-only connections, each inside a transaction: the job sees one moment of the log. */
function openAll(
  vault: JobVault,
  wanted: readonly Compartment[],
): Result<ReadonlyMap<Compartment, Database>> {
  const layout = vaultLayout(vault.directory)
  const opened = new Map<Compartment, Database>()
  for (const name of wanted) {
    const key = vault.databaseKeys.get(name)
    if (key === undefined) continue
    const database = openDatabaseReadOnly(layout.database(name), key)
    if (!database.ok) return err(database.error.code, { compartment: name })
    database.value.exec('BEGIN')
    opened.set(name, database.value)
  }
  return ok(opened)
}

async function verify(job: VerifyJob) {
  const databases = openAll(job.vault, compartments)
  if (!databases.ok) return databases
  const { directory, unit, rootPublicKey } = job.vault
  return ok(
    await verifyVault({
      primitives: nodePrimitives,
      layout: vaultLayout(directory),
      unit,
      rootPublicKey,
      databases: databases.value,
      at: job.at,
      progress: progressTeller(),
    }),
  )
}

async function writeExport(job: ExportJob): Promise<Result<Outgoing>> {
  const wanted = [...new Set<Compartment>(['control', job.compartment])]
  const databases = openAll(job.vault, wanted)
  if (!databases.ok) return databases
  const control = databases.value.get('control')
  const database = databases.value.get(job.compartment)
  if (control === undefined || database === undefined) return err('vault/compartment-closed')
  const authority = loadAuthority(nodePrimitives, control, job.vault.rootPublicKey)
  if (!authority.ok) return authority
  const seed = readSecret(control, 'device-seed')
  if (seed === null) return err('vault/damaged')
  return await writeOutgoing({
    primitives: nodePrimitives,
    layout: vaultLayout(job.vault.directory),
    unit: job.vault.unit,
    device: { id: job.device, signer: signerFromSeed(seed) },
    compartment: job.compartment,
    kind: job.bundleKind,
    target: job.target,
    history: authority.value.history,
    database,
    control,
    path: job.path,
    createdAt: job.createdAt,
    progress: progressTeller(),
  })
}

async function followAccessLog(job: AuditIndexJob): Promise<Result<IndexReport>> {
  const databases = openAll(job.vault, ['control'])
  if (!databases.ok) return databases
  const control = databases.value.get('control')
  const [newest] = job.identities
  if (control === undefined || newest === undefined) return err('audit/no-key')
  const authority = loadAuthority(nodePrimitives, control, job.vault.rootPublicKey)
  if (!authority.ok) return authority
  const index = openAuditIndex(vaultLayout(job.vault.directory).auditIndex, auditIndexKey(newest))
  if (!index.ok) return index
  const report = await followAccess({
    primitives: nodePrimitives,
    history: authority.value.history,
    control,
    index: index.value,
    identities: job.identities,
    progress: progressTeller(),
  })
  index.value.close()
  return ok(report)
}

async function takeIn(job: IntakeJob): Promise<Result<TakenBundle>> {
  const databases = openWritable(job.vault)
  if (!databases.ok) return databases
  try {
    return await takeInto(job, databases.value)
  } finally {
    for (const database of databases.value.values()) database.close()
  }
}

function openWritable(vault: JobVault): Result<ReadonlyMap<Compartment, Database>> {
  const layout = vaultLayout(vault.directory)
  const databases = new Map<Compartment, Database>()
  for (const [name, key] of vault.databaseKeys) {
    const kind = name === 'control' ? 'control' : 'business'
    const opened = openDatabase(layout.database(name), key, kind, 'existing')
    if (opened.ok) {
      databases.set(name, opened.value)
      continue
    }
    for (const database of databases.values()) database.close()
    return err(opened.error.code, { compartment: name })
  }
  return ok(databases)
}

async function takeInto(
  job: IntakeJob,
  databases: ReadonlyMap<Compartment, Database>,
): Promise<Result<TakenBundle>> {
  const { directory, unit, rootPublicKey } = job.vault
  const control = databases.get('control')
  if (control === undefined) return err('vault/compartment-closed')
  const loaded = loadAuthority(nodePrimitives, control, rootPublicKey)
  if (!loaded.ok) return loaded
  const device = loaded.value.history.head.devices.get(job.device)
  if (device === undefined) return err('authority/device')
  return await takeBundle(
    {
      primitives: nodePrimitives,
      layout: vaultLayout(directory),
      unit,
      rootPublicKey,
      device: device.id,
      logs: device.logs,
      loaded: loaded.value,
      databases,
      identities: job.identities,
      at: job.at,
      progress: progressTeller(),
    },
    typeof job.source === 'string' ? job.source : Readable.from([job.source]),
  )
}

function run(job: Job): Promise<Result<JobResults[Job['kind']]>> | Result<JobResults[Job['kind']]> {
  switch (job.kind) {
    case 'verify':
      return verify(job)
    case 'export':
      return writeExport(job)
    case 'audit-index':
      return followAccessLog(job)
    case 'rekey':
      return rekeyDatabase(job.path, job.from, job.to)
    case 'intake':
      return takeIn(job).catch((error: unknown) => {
        const code = diskFault(error)
        if (code === null) throw error
        return err(code)
      })
  }
}

tell({ kind: 'result', result: await run(workerData as Job) })
