import {
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
  type CatalogueVersion,
} from '../../src-shared/access/authority.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { hasRules, readCatalogue } from '../../src-shared/catalogue/read.ts'
import type { CompartmentReport, StoredReport } from '../../src-shared/contract/log-views.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readCommit, type SignedCommit } from '../../src-shared/log/chain.ts'
import { preAuthenticationEncoding } from '../../src-shared/log/envelope.ts'
import { readBody, type Body } from '../../src-shared/log/header.ts'
import { evidenceNamed } from '../../src-shared/log/operations.ts'
import { verifyInBackground } from '../../src-shared/node/primitives.ts'
import { disclosureStepsOf } from '../../src-shared/disclosure/steps.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import { countNamedBodies, readBodyBytes } from './body-table.ts'
import { compareTables, countRows } from './compare-tables.ts'
import { deriveDirectives } from './directive-log.ts'
import { isDamage, openMemoryDatabase, statement, type Database } from './database.ts'
import { authorityEntries, iterateByDepth, positionOf, type StoredEntry } from './entry-table.ts'
import { parseEvidence } from './evidence-entries.ts'
import { hashEvidence } from './evidence-store.ts'
import { objectionAnswers } from './late-queries.ts'
import type { VaultLayout } from './layout.ts'
import { readLogs } from './log-table.ts'
import { projectCommit } from './projection.ts'
import { copyTable } from './rebuild.ts'
import { noteSight } from './sight-table.ts'
import { Found, LogWalk, type LogPlace } from './verify-log.ts'
import { checkReceipts, type HeldReceipts } from './verify-receipts.ts'

export interface VerifyInput {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  /** Read-only connections, control always among them. */
  readonly databases: ReadonlyMap<Compartment, Database>
  readonly at: string
  progress(done: number, total: number): void
}

/** Signatures are checked on other threads while this one reads on; so many may be under way. */
const signaturesUnderWay = 8192

interface Progress {
  done: number
  readonly total: number
}

/**
 * Recomputes everything from stored bytes: bodies, headers, chain, tree, checkpoints, signatures, authority, tables
 * derived anew and compared with the live ones, evidence, receipts. Names the first thing that is wrong in each
 * compartment, and the rows that differ.
 */
export async function verifyVault(input: VerifyInput): Promise<StoredReport> {
  const reports: CompartmentReport[] = []
  const total = [...input.databases.values()].reduce((sum, database) => sum + countEntries(database), 0)
  const progress: Progress = { done: 0, total }
  const control = input.databases.get('control') as Database
  const history = readHistory(input, control)
  for (const [name, database] of input.databases) {
    reports.push(await new CompartmentCheck(input, name, database, progress).run(history))
  }
  const verified = reports.every((report) => report.fault === null && report.differences.length === 0)
  return { verified, at: input.at, compartments: reports }
}

/** For the progress alone: damage is found where it is looked for. */
function countEntries(database: Database): number {
  try {
    return countOf(database, 'entry')
  } catch (error) {
    if (!isDamage(error)) throw error
    return 0
  }
}

/** The authority chain, or null when it cannot be read: what stands in its way is found by the pass over control. */
function readHistory({ primitives, rootPublicKey }: VerifyInput, control: Database): AuthorityHistory | null {
  try {
    const commits: AuthorityCommit[] = []
    for (const entry of authorityEntries(control)) {
      const commit = readCommit(primitives, entry.envelope)
      if (commit.ok) commits.push(commit.value)
    }
    const history = readAuthority(primitives, rootPublicKey, commits)
    return history.ok ? history.value : null
  } catch (error) {
    if (!isDamage(error)) throw error
    return null
  }
}

function countOf(database: Database, table: 'entry' | 'body' | 'checkpoint'): number {
  return statement<{ n: number }>(database, `SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0
}

class CompartmentCheck {
  readonly #input: VerifyInput
  readonly #name: Compartment
  readonly #database: Database
  readonly #progress: Progress
  readonly #voids: CompartmentReport['voids'][number][] = []
  readonly #evidence = new Set<string>()
  readonly #heads: CompartmentReport['heads'][number][] = []
  readonly #underWay: Promise<Found | null>[] = []
  #logs = 0
  #commits = 0
  #directives = 0
  #checkpoints = 0
  #bodies = 0
  #rows = 0

  constructor(input: VerifyInput, name: Compartment, database: Database, progress: Progress) {
    this.#input = input
    this.#name = name
    this.#database = database
    this.#progress = progress
  }

  async run(history: AuthorityHistory | null): Promise<CompartmentReport> {
    let fault: CompartmentReport['fault'] = null
    let differences: CompartmentReport['differences'] = []
    try {
      if (history === null) {
        this.#checkPages()
        throw new Found('authority/not-founded', null, null, 'authority')
      }
      const { primitives, unit } = this.#input
      const place = { primitives, unit, compartment: this.#name, database: this.#database, history }
      const receipts = checkReceipts(place, () => this.#tick())
      differences = await this.#checkLogs(place, receipts)
      this.#checkNothingElse(receipts)
      await this.#checkEvidence()
    } catch (error) {
      const found = isDamage(error) ? new Found('vault/damaged', null, null, 'database') : error
      if (!(found instanceof Found)) throw error
      // A signature still under way belongs to an earlier commit than whatever stopped the reading.
      fault = (await this.#settle())?.fault ?? found.fault
    }
    return {
      compartment: this.#name,
      logs: this.#logs,
      commits: this.#commits,
      bodies: this.#bodies,
      evidence: this.#evidence.size,
      rows: this.#rows,
      fault,
      voids: this.#voids,
      differences,
      heads: this.#heads,
    }
  }

  #tick(): void {
    this.#progress.done++
    if (this.#progress.done % 200 === 0) this.#input.progress(this.#progress.done, this.#progress.total)
  }

  /** The first signature that does not hold, of those under way. */
  async #settle(): Promise<Found | null> {
    const settled = await Promise.all(this.#underWay.splice(0))
    return settled.find((found) => found !== null) ?? null
  }

  /** One pass over all logs in the causal order, deriving the tables anew on the way. Returns the rows that differ. */
  async #checkLogs(place: LogPlace, receipts: HeldReceipts): Promise<CompartmentReport['differences']> {
    const walks = new Map<Id, LogWalk>()
    for (const log of readLogs(this.#database, 'device')) {
      walks.set(log.log, new LogWalk(place, log, receipts.received.get(log.log) ?? new Map()))
    }
    this.#logs = walks.size
    const derived = openMemoryDatabase(this.#name === 'control' ? 'control' : 'business')
    try {
      derived.exec('BEGIN')
      // Where merged dossiers are shown, the log of the archive alone says.
      if (this.#name === 'discipline') copyTable(this.#database, derived, 'cadre_alias')
      for (const entry of iterateByDepth(this.#database)) {
        const walk = walks.get(entry.log) as LogWalk
        const commit = walk.take(entry)
        const code = walk.judge(commit, entry)
        const { log, seq } = commit.header
        if (code !== null) this.#voids.push({ log, seq, code })
        this.#underWay.push(this.#checkSignature(commit, place.history))
        this.#checkBodies(commit, place.history)
        if (this.#name !== 'control') this.#derive(derived, commit, entry, place.history, code === null)
        this.#commits++
        this.#tick()
        if (this.#underWay.length < signaturesUnderWay) continue
        const found = await this.#settle()
        if (found !== null) throw found
      }
      if (this.#name !== 'control') {
        const { primitives, unit } = this.#input
        const readBody = (digest: string) => readBodyBytes(this.#database, digest)
        const into = { primitives, unit, database: derived, readBody }
        this.#directives = deriveDirectives(
          place,
          into,
          () => this.#tick(),
          (found) => {
            throw found
          },
        )
      }
      derived.exec('COMMIT')
      this.#checkPages()
      const found = await this.#settle()
      if (found !== null) throw found
      for (const walk of walks.values()) {
        this.#heads.push(walk.end())
        this.#checkpoints += walk.checkpoints
      }
      if (this.#name === 'control') return []
      this.#nameLate(derived)
      this.#rows = countRows(derived)
      return compareTables(this.#database, derived)
    } finally {
      derived.close()
    }
  }

  #derive(
    derived: Database,
    commit: SignedCommit,
    entry: StoredEntry,
    history: AuthorityHistory,
    counts: boolean,
  ): void {
    const sight = noteSight(derived, this.#database, commit.header)
    const state = history.at(commit.header.authority ?? '')
    if (!counts || state === undefined) return
    const { primitives, unit } = this.#input
    const readBody = (digest: string) => readBodyBytes(this.#database, digest)
    const steps = stepsOf(primitives, commit.header, commit.leaf, entry.depth, state, sight)
    projectCommit(
      { primitives, unit, database: derived, readBody },
      commit.header,
      commit.leaf,
      entry.depth,
      steps,
      disclosureStepsOf(commit.header, commit.leaf, entry.depth, state),
    )
  }

  /** Objections that signatures had not seen: nothing is wrong with the log, and somebody has to look into them. */
  #nameLate(derived: Database): void {
    const code = 'review/late-objection'
    const rows = statement<{ leaf: string }>(
      derived,
      'SELECT DISTINCT leaf FROM void_step WHERE code = ? ORDER BY leaf',
    ).all(code)
    const given = rows.length === 0 ? [] : objectionAnswers(derived)
    for (const { leaf } of rows) {
      const answers = given
        .filter(({ objection }) => objection === leaf)
        .map(({ member, at, outcome }) => ({ member, at, outcome }))
      const place = positionOf(this.#database, leaf)
      if (place !== null) this.#voids.push({ ...place, code, answers })
    }
  }

  async #checkSignature(commit: SignedCommit, history: AuthorityHistory): Promise<Found | null> {
    const { log, seq, key } = commit.header
    const publicKey = history.publicKey(key)
    if (publicKey === undefined) return new Found('commit/key-unknown', log, seq, 'signature')
    const { payloadType, payload, signature } = commit.envelope
    const message = preAuthenticationEncoding(payloadType, payload)
    const good = await verifyInBackground(publicKey, message, signature)
    return good ? null : new Found('commit/signature', log, seq, 'signature')
  }

  #checkBodies(commit: SignedCommit, history: AuthorityHistory): void {
    const { log, seq } = commit.header
    for (const operation of commit.header.ops) {
      const bytes = readBodyBytes(this.#database, operation.digest)
      if (bytes === null) throw new Found('commit/body-missing', log, seq, 'body')
      if (toHex(this.#input.primitives.sha256(bytes)) !== operation.digest) {
        throw new Found('commit/body-digest', log, seq, 'body')
      }
      const body = readBody(bytes)
      if (!body.ok) throw new Found(body.error.code, log, seq, 'body')
      this.#bodies++
      const adopted = history.head.catalogueVersions.find((version) => version.body === operation.digest)
      if (adopted !== undefined && !isWhatWasSigned(body.value, adopted))
        throw new Found('catalogue/rules-differ', log, seq, 'body')
      const count = evidenceNamed(operation)
      if (count === null) continue
      const catalogue = operation.op === 'record.submit' ? operation.catalogue : undefined
      if (catalogue !== undefined && body.value['catalogueVersion'] !== catalogue)
        throw new Found('catalogue/rules-differ', log, seq, 'body')
      const named = parseEvidence(body.value)
      if (named.length !== count) throw new Found('log/evidence', log, seq, 'body')
      for (const { hash } of named) this.#evidence.add(hash)
    }
  }

  /** Rows that belong to no log were put there by another hand, and logs that receipts know were taken away by one. */
  #checkNothingElse({ count, received }: HeldReceipts): void {
    const logs = new Set(this.#heads.map(({ log }) => log))
    for (const log of received.keys())
      if (!logs.has(log)) throw new Found('log/rollback', log, null, 'receipt')
    const counted = [
      ['entry', this.#commits + this.#directives + count],
      ['checkpoint', this.#checkpoints],
    ] as const
    for (const [table, expected] of counted)
      if (countOf(this.#database, table) !== expected) throw new Found('log/projection', null, null, table)
    const bodies = countOf(this.#database, 'body')
    // A member may name one body in two commits; it is kept once.
    if (bodies !== this.#bodies + this.#directives + count && bodies !== countNamedBodies(this.#database))
      throw new Found('log/projection', null, null, 'body')
  }

  /** Reads every page, also those of tables and indexes that nothing above looks at. */
  #checkPages(): void {
    if (this.#database.pragma('integrity_check(1)', { simple: true }) !== 'ok')
      throw new Found('vault/damaged', null, null, 'database')
  }

  async #checkEvidence(): Promise<void> {
    for (const hash of this.#evidence) {
      const found = await hashEvidence(this.#input.layout, hash)
      if (found === null) throw new Found('vault/evidence-missing', null, null, hash)
      if (found !== hash) throw new Found('log/evidence', null, null, hash)
    }
  }
}

/** Whether the catalogue in a body is of the version, and has the rules, that the chain took from signed headers. */
function isWhatWasSigned(body: Body, { version, rules }: CatalogueVersion): boolean {
  const catalogue = readCatalogue(body['catalogue'])
  return catalogue.ok && catalogue.value.version === version && hasRules(catalogue.value, [...rules.values()])
}
