import type { Compartment } from '../src-shared/access/roles.ts'
import { directiveLogId, hubLogId } from '../src-shared/bundle/hub-log.ts'
import { bodiesPath, checkpointPath, commitsPath } from '../src-shared/bundle/layout.ts'
import { planSegments } from '../src-shared/bundle/plan.ts'
import { fromHex, toHex, utf8 } from '../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { buildCommit, leafBytes } from '../src-shared/log/chain.ts'
import { checkpointOrigin, signCheckpoint } from '../src-shared/log/checkpoint.ts'
import { envelopeText } from '../src-shared/log/envelope.ts'
import type { PreparedBody } from '../src-shared/log/header.ts'
import {
  appendLeaf,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  frontierRoot,
  TreeBuilder,
} from '../src-shared/log/merkle.ts'
import type { Operation } from '../src-shared/log/operations.ts'
import { bundleBytes, jsonLines } from '../src-shared/node/bundle-writer.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { HubKeys } from './keys.ts'
import type { Database } from './store/database.ts'
import { appendToOwnLog, findOwnLog, ownEntries, ownLeavesBefore, type OwnLogKind } from './store/own-logs.ts'

interface OwnPlace {
  readonly database: Database
  readonly keys: HubKeys
  readonly kind: OwnLogKind
  readonly unit: Id
  readonly compartment: Compartment
  readonly now: Date
}

export interface OwnCommit extends OwnPlace {
  /** The newest commit of the unit's authority chain that the node knows. */
  readonly authority: Digest
  readonly operation: Operation
  readonly body: PreparedBody
}

export interface OwnBundle extends OwnPlace {
  readonly recipient: string
  /** The first commit that the reader does not hold. */
  readonly from: number
}

function logIdOf({ keys, kind, unit, compartment }: OwnPlace): Id {
  const idOf = kind === 'receipt' ? hubLogId : directiveLogId
  return idOf(nodePrimitives, keys.signer.keyId, unit, compartment)
}

/** Writes the next commit of one of the node's own logs, of one operation. Returns its position. */
export async function appendOwn(own: OwnCommit): Promise<Result<number>> {
  const { database, keys, kind, unit, compartment, authority, operation, body, now } = own
  const row = await findOwnLog(database, kind, unit, compartment)
  const log = row?.log ?? logIdOf(own)
  const seq = row?.size ?? 0
  const commit = buildCommit(
    nodePrimitives,
    keys.signer,
    { log, size: seq, leaf: row?.leaf ?? null },
    {
      unit,
      member: keys.hub,
      role: 'hub',
      authority,
      // What it answers is named in the operation: another device may not hold it yet, and must still read this.
      deps: [],
      at: now.toISOString(),
      operations: [operation],
    },
  )
  const frontier =
    row === undefined ? ok(emptyFrontier) : decodeFrontier(fromHex(row.frontier) ?? new Uint8Array(0))
  if (!frontier.ok) return frontier
  const grown = appendLeaf(nodePrimitives, frontier.value, leafBytes(commit.leaf))
  const envelope = envelopeText(commit.envelope)
  const content = Buffer.from(body.bytes).toString('utf8')
  await appendToOwnLog(
    database,
    kind,
    { unit, compartment, log, size: seq + 1, leaf: commit.leaf, frontier: toHex(encodeFrontier(grown)) },
    { unit, compartment, seq, leaf: commit.leaf, envelope, body: content },
  )
  return ok(seq)
}

/**
 * One of the node's own logs from a position on, as a bundle for the unit's compartment.
 *
 * Errors: `bundle/nothing-new` (there is nothing from there on), `bundle/rollback` (the reader holds more than there
 * is), those of writing a bundle.
 */
export async function packOwn(own: OwnBundle): Promise<Result<Uint8Array>> {
  const { database, keys, kind, unit, compartment, recipient, from, now } = own
  const row = await findOwnLog(database, kind, unit, compartment)
  const size = row?.size ?? 0
  if (from > size) return err('bundle/rollback', { size, from })
  if (row === undefined || from === size) return err('bundle/nothing-new', { compartment })
  const { log } = row
  const frontier = decodeFrontier(fromHex(row.frontier) ?? new Uint8Array(0))
  if (!frontier.ok) return frontier
  const root = frontierRoot(nodePrimitives, frontier.value)
  const to = size - 1
  const before = await ownLeavesBefore(database, kind, unit, compartment, from)
  const entries = await ownEntries(database, kind, unit, compartment, from, to)
  const origin = checkpointOrigin(unit, log)
  const checkpoint = signCheckpoint(nodePrimitives, { origin, size, root }, keys.signer)
  const segments = planSegments([{ log, from, to }], () => ({ operations: 1, needs: [] }))
  return await bundleBytes({
    recipients: [recipient],
    signer: keys.signer,
    statement: {
      id: newId(nodePrimitives),
      kind,
      unit,
      compartment,
      device: keys.hub,
      createdAt: now.toISOString(),
      logs: [{ log, from, to, rootBefore: rootOf(before), rootAfter: toHex(root) }],
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

function rootOf(leaves: readonly Digest[]): Digest {
  const tree = new TreeBuilder(nodePrimitives)
  for (const leaf of leaves) tree.append(leafBytes(leaf))
  return toHex(tree.root())
}
