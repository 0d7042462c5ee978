import type { AuthorityHistory } from '../src-shared/access/authority.ts'
import { bodiesPath, checkpointPath, commitsPath } from '../src-shared/bundle/layout.ts'
import { hubLogId, hubNoteName } from '../src-shared/bundle/hub-log.ts'
import { planSegments } from '../src-shared/bundle/plan.ts'
import { maximumNamedVoids, receiptType, type Receipt } from '../src-shared/bundle/receipt.ts'
import type { Statement } from '../src-shared/bundle/statement.ts'
import { fromHex, toHex, utf8 } from '../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { buildCommit, leafBytes } from '../src-shared/log/chain.ts'
import { checkpointOrigin, cosignCheckpoint, signCheckpoint } from '../src-shared/log/checkpoint.ts'
import { envelopeText } from '../src-shared/log/envelope.ts'
import { prepareBody, type PreparedBody } from '../src-shared/log/header.ts'
import {
  appendLeaf,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  frontierRoot,
  TreeBuilder,
} from '../src-shared/log/merkle.ts'
import { bundleBytes, jsonLines } from '../src-shared/node/bundle-writer.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { HubKeys } from './keys.ts'
import { isWholeCommit } from './projection.ts'
import type { Database } from './store/database.ts'
import { findLog } from './store/logs.ts'
import { appendToHubLog, findHubLog, hubEntries, hubLeavesBefore } from './store/receipts.ts'
import { voidsOfBundle } from './store/records.ts'

export interface ReceiptRequest {
  readonly database: Database
  readonly keys: HubKeys
  readonly history: AuthorityHistory
  readonly statement: Statement
  /** SHA-256 of the bundle's file, hex. */
  readonly sha256: Digest
  readonly now: Date
}

export interface IssuedReceipt {
  readonly seq: number
  /** The receipt as a file. */
  readonly bytes: Uint8Array
  readonly voids: number
}

/**
 * Writes down in the node's own log what it took in, and packs that log, from where the sender knows it, as a bundle
 * for the unit's compartment.
 *
 * Errors: `bundle/missing-prerequisite` (the compartment has no identity to encrypt to), those of writing a bundle.
 */
export async function issueReceipt(request: ReceiptRequest): Promise<Result<IssuedReceipt>> {
  const { database, keys, history, statement, now } = request
  const { unit, compartment } = statement
  const recipient = history.head.keyrings.get(compartment)?.recipient
  if (recipient === undefined) return err('bundle/missing-prerequisite', { reason: 'keyring' })
  const { body, voids } = await receiptBody(request)
  const row = await findHubLog(database, unit, compartment)
  const log = row?.log ?? hubLogId(nodePrimitives, keys.signer.keyId, unit, compartment)
  const seq = row?.size ?? 0
  const commit = buildCommit(
    nodePrimitives,
    keys.signer,
    { log, size: seq, leaf: row?.leaf ?? null },
    {
      unit,
      member: keys.hub,
      role: 'hub',
      authority: history.head.leaf,
      // What it answers is named in the body: another device may not hold it yet, and must still read the receipt.
      deps: [],
      at: now.toISOString(),
      operations: [
        {
          op: 'receipt.issue',
          entity: statement.id,
          digest: body.digest,
          bundle: request.sha256,
          compartment,
        },
      ],
    },
  )
  const frontier =
    row === undefined ? ok(emptyFrontier) : decodeFrontier(fromHex(row.frontier) ?? new Uint8Array(0))
  if (!frontier.ok) return frontier
  const grown = appendLeaf(nodePrimitives, frontier.value, leafBytes(commit.leaf))
  const envelope = envelopeText(commit.envelope)
  const content = Buffer.from(body.bytes).toString('utf8')
  await appendToHubLog(
    database,
    { unit, compartment, log, size: seq + 1, leaf: commit.leaf, frontier: toHex(encodeFrontier(grown)) },
    { unit, compartment, seq, leaf: commit.leaf, envelope, body: content },
  )
  const root = frontierRoot(nodePrimitives, grown)
  const bytes = await packHubLog(request, log, seq, root, recipient)
  return bytes.ok ? ok({ seq, bytes: bytes.value, voids }) : bytes
}

async function receiptBody(request: ReceiptRequest): Promise<{ body: PreparedBody; voids: number }> {
  const { database, keys, statement, sha256, now } = request
  const { unit } = statement
  const time = Math.floor(now.getTime() / 1000)
  const logs: { log: Id; size: number; root: Digest; cosigned: string }[] = []
  for (const { log } of statement.logs) {
    const held = await findLog(database, unit, log)
    if (held === undefined) throw new Error('a log of the bundle was not written')
    const frontier = decodeFrontier(fromHex(held.frontier) ?? new Uint8Array(0))
    if (!frontier.ok) throw new Error('a stored frontier is damaged')
    const cosigned = cosignCheckpoint(
      nodePrimitives,
      held.checkpoint,
      hubNoteName(keys.hub),
      keys.signer,
      time,
    )
    logs.push({ log, size: held.size, root: toHex(frontierRoot(nodePrimitives, frontier.value)), cosigned })
  }
  const { count, named } = await voidsOfBundle(database, unit, statement.id, maximumNamedVoids)
  const voids = named.map((row) => ({
    log: row.log,
    seq: row.seq,
    leaf: row.leaf,
    code: row.code,
    ...(isWholeCommit(row) ? {} : { index: row.op_index, row: row.row_index }),
  }))
  const receipt: Receipt = {
    hub: keys.hub,
    bundle: sha256,
    bundleId: statement.id,
    issuedAt: now.toISOString(),
    logs,
    voids,
    ...(count > named.length ? { voidsOmitted: count - named.length } : {}),
  }
  return { body: prepareBody(nodePrimitives, { ...receipt, logs, voids, type: receiptType }), voids: count }
}

/** The node's log from the first commit the sender does not hold to the receipt just issued. */
async function packHubLog(
  { database, keys, statement, now }: ReceiptRequest,
  log: Id,
  seq: number,
  root: Uint8Array,
  recipient: string,
): Promise<Result<Uint8Array>> {
  const { unit, compartment } = statement
  const from = firstUnknown(statement, keys.hub, log)
  const before = await hubLeavesBefore(database, unit, compartment, from)
  const entries = await hubEntries(database, unit, compartment, from, seq)
  const checkpoint = signCheckpoint(
    nodePrimitives,
    { origin: checkpointOrigin(unit, log), size: seq + 1, root },
    keys.signer,
  )
  const segments = planSegments([{ log, from, to: seq }], () => ({ operations: 1, needs: [] }))
  return await bundleBytes({
    recipients: [recipient],
    signer: keys.signer,
    statement: {
      id: newId(nodePrimitives),
      kind: 'receipt',
      unit,
      compartment,
      device: keys.hub,
      createdAt: now.toISOString(),
      logs: [{ log, from, to: seq, rootBefore: rootOf(before), rootAfter: toHex(root) }],
      prerequisites: [],
      receipts: [],
    },
    entries: [
      ...segments.flatMap((segment) => {
        const some = entries.slice(segment.from - from, segment.to - from + 1)
        return [
          {
            path: commitsPath(log, segment.from, segment.to),
            open: () => jsonLines(some.map((entry) => entry.envelope)),
          },
          {
            path: bodiesPath(log, segment.from, segment.to),
            open: () => jsonLines(some.map((entry) => entry.body)),
          },
        ]
      }),
      { path: checkpointPath(log), open: () => [utf8(checkpoint)] },
    ],
  })
}

function firstUnknown(statement: Statement, hub: Id, log: Id): number {
  const held = statement.receipts.filter((receipt) => receipt.hub === hub && receipt.log === log)
  return held.reduce((next, receipt) => Math.max(next, receipt.seq + 1), 0)
}

function rootOf(leaves: readonly Digest[]): Digest {
  const tree = new TreeBuilder(nodePrimitives)
  for (const leaf of leaves) tree.append(leafBytes(leaf))
  return toHex(tree.root())
}
