import { isAuthorityCommit, type AuthorityHistory } from '../access/authority.ts'
import { judgeCommit } from '../access/judge.ts'
import { verifyStatement, type Statement } from '../bundle/statement.ts'
import { equalBytes, fromBase64, fromHex, toHex, utf8 } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { verifyCommitSignature, type SignedCommit } from '../log/chain.ts'
import { checkpointOrigin, openCheckpoint } from '../log/checkpoint.ts'
import type { Envelope } from '../log/envelope.ts'
import { readBody, type Body } from '../log/header.ts'
import { verifyInclusion } from '../log/merkle.ts'
import type { OperationOf } from '../log/operations.ts'
import { followRoad } from '../review/road.ts'
import type { RecordState } from '../review/states.ts'
import { stepsOf, type RecordStep } from '../review/steps.ts'
import { readForeignChain } from './foreign-chain.ts'
import { readHandOverBody, type HandOverBody } from './hand-over-body.ts'
import { readHistory, type HistoryCommit } from './history.ts'
import { orderFault } from './order.ts'
import { handOverCode } from './card.ts'

/** What of a package its reader has in hand once the file itself was found whole. */
export interface HandOverFiles {
  readonly statement: Statement
  readonly envelope: Envelope
  readonly history: Uint8Array
  readonly checkpoints: ReadonlyMap<Id, string>
}

export interface ForeignRecord {
  readonly record: Id
  readonly category: string
  readonly state: RecordState
}

/** A dossier of another unit as that unit's own signatures prove it. */
export interface ForeignDossier {
  readonly unit: Id
  readonly transfer: Id
  /** The commit that hands over, and who signed it when. */
  readonly handOver: Digest
  readonly member: Id
  readonly at: string
  readonly cadre: Id
  /** The unit it goes to. */
  readonly receiver: Id
  readonly said: HandOverBody
  /** To be told by voice by the unit that hands over. */
  readonly code: string
  readonly chain: AuthorityHistory
  /** The body that names each member of the chain. */
  readonly members: ReadonlyMap<Id, Digest>
  readonly records: readonly ForeignRecord[]
  /** The bodies that came along, by digest. */
  readonly bodies: ReadonlyMap<Digest, Body>
  /** Commits verified, and how many of them that unit's own rules void. */
  readonly commits: number
  readonly voids: number
}

/**
 * Verifies a package against nothing but itself and the root key it names: every signature, every place in a log, every
 * rule of that unit's chain, and the road of every record. Whose root key it is a person tells, by the code.
 *
 * Errors: `transfer/history` {reason}, `transfer/too-large`, `transfer/unprovable` {records}, `bundle/unknown-device`,
 * `bundle/signature`, `log/checkpoint`, `log/root`, `commit/*`, `authority/*`.
 */
export function verifyHandOver(primitives: Primitives, files: HandOverFiles): Result<ForeignDossier> {
  const { statement } = files
  const read = readHistory(primitives, files.history)
  if (!read.ok) return read
  const history = read.value
  const wrong = (reason: string) => err('transfer/history', { reason })
  if (history.some(({ commit }) => commit.header.unit !== statement.unit)) return wrong('unit')
  const bodies = bodiesOf(primitives, history)
  if (!bodies.ok) return bodies
  const ofChain = history.filter(({ commit }) => isAuthorityCommit(commit.header))
  const ofArchive = history.filter(({ commit }) => !isAuthorityCommit(commit.header))
  const found = handOverIn(ofArchive, statement.id)
  if (found === null) return wrong('hand-over')
  const { line, operation } = found
  const said = readHandOverBody(bodies.value.get(operation.digest))
  if (said === null) return wrong('hand-over-body')
  const root = fromHex(said.rootPublicKey) as Uint8Array
  const chain = readForeignChain(
    primitives,
    root,
    ofChain.map(({ commit }) => commit),
  )
  if (!chain.ok) return chain
  if (chain.value.head.unit !== statement.unit) return wrong('unit')
  const device = chain.value.head.devices.get(statement.device)
  if (device?.inForce !== true) return err('bundle/unknown-device', { device: statement.device })
  const signed = verifyStatement(primitives, files.envelope, fromHex(device.publicKey) as Uint8Array)
  if (!signed.ok) return signed
  const placed = verifyPlaces(primitives, files, chain.value, ofArchive)
  if (!placed.ok) return placed
  const order = orderFault(ofArchive)
  if (order !== null) return wrong(order)
  const { header, leaf } = line.commit
  const refusal = judgeCommit(chain.value, header, leaf, 'archive')
  if (refusal !== null) return err(refusal)
  const followed = follow(primitives, chain.value, ofArchive, dossiersOf(operation.cadre, said))
  const facts = followed.records.flatMap(({ state }) => state.head ?? [])
  const stated = scopeOf(primitives, { ...operation, unit: statement.unit, revisions: said.revisions })
  const isWhole = facts.toSorted().join() === said.revisions.join() && facts.length === operation.records
  if (!isWhole || stated !== operation.scope) return wrong('facts')
  const missing = facts.filter((revision) => !bodies.value.has(revision))
  if (missing.length > 0) return err('commit/body-missing', { count: missing.length })
  return ok({
    unit: statement.unit,
    transfer: statement.id,
    handOver: leaf,
    member: header.member,
    at: header.at,
    cadre: operation.cadre,
    receiver: operation.unit,
    said,
    code: handOverCode(primitives, statement.unit, said.rootPublicKey, leaf),
    chain: chain.value,
    members: membersIn(ofChain),
    records: followed.records,
    bodies: bodies.value,
    commits: history.length,
    voids: followed.voids,
  })
}

/** The dossiers whose facts go: who hands over signs that they are one person's. */
export function dossiersOf(cadre: Id, { merged = [] }: HandOverBody): ReadonlySet<Id> {
  return new Set([cadre, ...merged])
}

/** What the header of a hand-over says of what exactly goes: SHA-256, so that nothing is added or left out behind it. */
export function scopeOf(
  primitives: Pick<Primitives, 'sha256'>,
  of: { readonly cadre: Id; readonly entity: Id; readonly unit: Id; readonly revisions: readonly Digest[] },
): Digest {
  const { cadre, entity: transfer, unit, revisions } = of
  const said = { cadre, revisions: [...revisions], transfer, type: 'liandang/hand-over-scope/1', unit }
  return toHex(primitives.sha256(canonicalBytes(said)))
}

/** The bodies that came along; each must be the one its operation names. */
function bodiesOf(
  primitives: Primitives,
  history: readonly HistoryCommit[],
): Result<ReadonlyMap<Digest, Body>> {
  const bodies = new Map<Digest, Body>()
  for (const { commit, bodies: texts } of history) {
    for (const [index, operation] of commit.header.ops.entries()) {
      const text = texts[index] ?? null
      if (text === null) continue
      const bytes = utf8(text)
      if (toHex(primitives.sha256(bytes)) !== operation.digest)
        return err('commit/body-digest', { log: commit.header.log, index })
      const body = readBody(bytes)
      if (!body.ok) return body
      bodies.set(operation.digest, body.value)
    }
  }
  return ok(bodies)
}

function membersIn(history: readonly HistoryCommit[]): ReadonlyMap<Id, Digest> {
  const members = new Map<Id, Digest>()
  for (const { commit } of history)
    for (const operation of commit.header.ops)
      if (operation.op === 'member.add') members.set(operation.entity, operation.digest)
  return members
}

/** The one commit that hands over under this id; null where there is none or more. */
function handOverIn(
  history: readonly HistoryCommit[],
  transfer: Id,
): { readonly line: HistoryCommit; readonly operation: OperationOf<'transfer.hand-over'> } | null {
  const found = history.flatMap((line) =>
    line.commit.header.ops.flatMap((operation) =>
      operation.op === 'transfer.hand-over' && operation.entity === transfer ? [{ line, operation }] : [],
    ),
  )
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Every commit stands in the tree of its log that a device of the unit signed, and is signed by its member. */
function verifyPlaces(
  primitives: Primitives,
  { statement, checkpoints }: HandOverFiles,
  chain: AuthorityHistory,
  history: readonly HistoryCommit[],
): Result<true> {
  const trees = new Map<Id, { readonly size: number; readonly root: Uint8Array }>()
  for (const { log, to, rootAfter } of statement.logs) {
    const home = chain.head.logs.get(log)
    if (home?.compartment !== 'archive') return err('bundle/unknown-device', { log })
    const name = checkpointOrigin(statement.unit, log)
    const root = fromHex(rootAfter) as Uint8Array
    const isSigned = [home.device, statement.device].some((id) => {
      const device = chain.head.devices.get(id)
      if (device?.inForce !== true) return false
      const key = { name, publicKey: fromHex(device.publicKey) as Uint8Array }
      const note = openCheckpoint(primitives, checkpoints.get(log) ?? '', key)
      return note.ok && note.value.size === to + 1 && equalBytes(note.value.root, root)
    })
    if (!isSigned) return err('log/checkpoint', { log })
    trees.set(log, { size: to + 1, root })
  }
  for (const { commit, proof } of history) {
    const signed = verifyCommitSignature(primitives, commit, chain.publicKey)
    if (!signed.ok) return signed
    const { log, seq } = commit.header
    const tree = trees.get(log)
    if (tree === undefined || !isIncluded(primitives, commit, proof, tree))
      return err('log/root', { log, seq })
  }
  return ok(true)
}

function isIncluded(
  primitives: Primitives,
  commit: SignedCommit,
  proof: readonly string[],
  tree: { readonly size: number; readonly root: Uint8Array },
): boolean {
  const hashes = proof.map(fromBase64)
  if (hashes.some((hash) => hash?.length !== 32)) return false
  const leaf = fromHex(commit.leaf) as Uint8Array
  return verifyInclusion(primitives, leaf, commit.header.seq, tree.size, hashes as Uint8Array[], tree.root)
}

/** The roads of the records of these dossiers by that unit's own rules. What these void changes nothing here either. */
function follow(
  primitives: Primitives,
  chain: AuthorityHistory,
  history: readonly HistoryCommit[],
  cadres: ReadonlySet<Id>,
): { readonly records: readonly ForeignRecord[]; readonly voids: number } {
  const steps = new Map<Id, RecordStep['step'][]>()
  let voids = 0
  for (const { commit, depth, sight } of history) {
    const { header, leaf } = commit
    const state = chain.at(header.authority ?? '')
    if (state === undefined || judgeCommit(chain, header, leaf, 'archive') !== null) {
      voids += 1
      continue
    }
    for (const { record, step } of stepsOf(primitives, header, leaf, depth, state, sight))
      steps.set(record, [...(steps.get(record) ?? []), step])
  }
  const records = [...steps].flatMap(([record, taken]) => {
    const { state } = followRoad(primitives, chain.head.unit, record, taken)
    return state !== null && cadres.has(state.cadre) ? [{ record, category: state.category, state }] : []
  })
  return { records: records.sort((a, b) => (a.record < b.record ? -1 : 1)), voids }
}
