import { describe, expect, test } from 'vitest'
import { hubLogId, hubNoteName } from '../../../src-shared/bundle/hub-log.ts'
import { readReceipt, type ReceiptSource } from '../../../src-shared/bundle/receipt.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { buildCommit, type CommitInput } from '../../../src-shared/log/chain.ts'
import { checkpointOrigin, cosignCheckpoint, signCheckpoint } from '../../../src-shared/log/checkpoint.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'

const hubSigner = signerFromSeed(newSeed())
const device = signerFromSeed(newSeed())
const unit = newId(nodePrimitives)
const hub = newId(nodePrimitives)
const log = newId(nodePrimitives)
const bundleId = newId(nodePrimitives)
const bundle = 'ab'.repeat(32)
const root = nodePrimitives.sha256()
const source: ReceiptSource = { hub, publicKey: hubSigner.publicKey, unit, compartment: 'archive' }
const at = '2026-11-22T03:04:05.678Z'
const checkpoint = signCheckpoint(
  nodePrimitives,
  { origin: checkpointOrigin(unit, log), size: 7, root },
  device,
)

function cosigned(name: string = hubNoteName(hub), signer = hubSigner): string {
  return cosignCheckpoint(nodePrimitives, checkpoint, name, signer, 1_795_000_000)
}

interface Change {
  readonly body?: Record<string, CanonicalValue>
  readonly commit?: Partial<CommitInput>
  readonly log?: Record<string, CanonicalValue>
  readonly operation?: Record<string, CanonicalValue>
  readonly signer?: typeof hubSigner
  readonly in?: string
}

function read(change: Change = {}) {
  const signer = change.signer ?? hubSigner
  const received = { log, size: 7, root: toHex(root), cosigned: cosigned(), ...change.log }
  const body = prepareBody(nodePrimitives, {
    type: 'liandang/receipt/1',
    hub,
    bundle,
    bundleId,
    issuedAt: at,
    logs: [received],
    voids: [],
    ...change.body,
  })
  const operation = {
    op: 'receipt.issue',
    entity: bundleId,
    digest: body.digest,
    bundle,
    compartment: 'archive',
  }
  const own = change.in ?? hubLogId(nodePrimitives, hubSigner.keyId, unit, 'archive')
  const commit = buildCommit(nodePrimitives, signer, { log: own, size: 0, leaf: null }, {
    unit,
    member: hub,
    role: 'hub',
    authority: bundle,
    deps: [],
    at,
    operations: [{ ...operation, ...change.operation }],
    ...change.commit,
  } as CommitInput)
  const result = readReceipt(nodePrimitives, source, commit, body.bytes)
  return result.ok ? result.value : result.error.code
}

test('a receipt is read as the node issued it', () => {
  expect(read()).toEqual({
    hub,
    bundle,
    bundleId,
    issuedAt: at,
    logs: [{ log, size: 7, root: toHex(root), cosigned: cosigned() }],
    voids: [],
  })
  const voids = [{ log, seq: 3, leaf: bundle, code: 'review/not-agreed', index: 0, row: 2 }]
  expect(read({ body: { voids, voidsOmitted: 4 } })).toMatchObject({ voids, voidsOmitted: 4 })
})

describe('a receipt is not believed', () => {
  const stranger = signerFromSeed(newSeed())
  test.each<[string, Change]>([
    ['from another unit', { commit: { unit: newId(nodePrimitives) } }],
    ['from another node', { commit: { member: newId(nodePrimitives) } }],
    ['under another key', { signer: stranger }],
    ['in a role that is not a node’s', { commit: { role: 'secadmin' } }],
    ['in another log', { in: newId(nodePrimitives) }],
    ['of another compartment', { operation: { compartment: 'discipline' } }],
    ['of another bundle than it names', { operation: { bundle: 'cd'.repeat(32) } }],
    ['of another id than it names', { operation: { entity: newId(nodePrimitives) } }],
    ['that says it is another node’s', { body: { hub: newId(nodePrimitives) } }],
    ['of no log', { body: { logs: [] } }],
    ['with a member nobody knows', { body: { note: '' } }],
    ['with a code nobody knows', { body: { voids: [{ log, seq: 0, leaf: bundle, code: 'bad/luck' }] } }],
    ['with another size than was cosigned', { log: { size: 8 } }],
    ['with another root than was cosigned', { log: { root: 'cd'.repeat(32) } }],
    ['with the checkpoint of another log', { log: { log: newId(nodePrimitives) } }],
    ['with a checkpoint that was not cosigned', { log: { cosigned: checkpoint } }],
    [
      'with a checkpoint that somebody else cosigned',
      { log: { cosigned: cosigned(hubNoteName(hub), stranger) } },
    ],
  ])('%s', (_what, change) => {
    expect(read(change)).toBe('hub/receipt-wrong')
  })

  test('with a body that is not the one its commit names', () => {
    expect(read({ operation: { digest: bundle } })).toBe('commit/body-digest')
  })
})
