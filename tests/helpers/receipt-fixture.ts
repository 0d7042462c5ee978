import type { Compartment } from '../../src-shared/access/roles.ts'
import type { BundleContext } from '../../src-shared/bundle/context.ts'
import type { HubCard } from '../../src-shared/bundle/hub-card.ts'
import { readReceipt, type Receipt } from '../../src-shared/bundle/receipt.ts'
import { SegmentVerifier } from '../../src-shared/bundle/verify.ts'
import { fromHex } from '../../src-shared/kernel/bytes.ts'
import { ok } from '../../src-shared/kernel/result.ts'
import { leafBytes, type SignedCommit } from '../../src-shared/log/chain.ts'
import { TreeBuilder } from '../../src-shared/log/merkle.ts'
import { readBundle } from '../../src-shared/node/bundle-reader.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bytesOf } from './hub-fixture.ts'
import type { UnitFixture } from './unit-fixture.ts'

export interface OpenedReceipt extends Receipt {
  readonly commit: SignedCommit
  /** Position of the receipt in the node's log. */
  readonly seq: number
  /** Commits that came with it. */
  readonly commits: number
}

/** Reads a receipt as the unit does: verified from the file to the cosignatures. `held` are receipts it has. */
export async function openReceipt(
  unit: UnitFixture,
  card: HubCard,
  compartment: Compartment,
  file: Uint8Array,
  held: readonly SignedCommit[] = [],
): Promise<OpenedReceipt> {
  const source = {
    hub: card.hub,
    publicKey: fromHex(card.publicKey) as Uint8Array,
    unit: unit.id,
    compartment,
  }
  const commits: SignedCommit[] = []
  const bodies: Uint8Array[] = []
  let verifier: SegmentVerifier | null = null
  const read = await readBundle({
    source: bytesOf(file),
    identities: [unit.keys[compartment].identity],
    handler: {
      onStatement: async ({ statement, envelope }) => {
        verifier = new SegmentVerifier(nodePrimitives, contextOf(unit, held), statement, envelope)
        return await verifier.open()
      },
      onFile: (data) => verifier!.startFile(data),
      onCommitLine: async (log, seq, line) => {
        const verified = await verifier!.commit(log, seq, line)
        if (verified.ok) commits.push(verified.value.commit)
        return verified.ok ? ok(true) : verified
      },
      onBodyLine: (log, _from, line) => {
        bodies.push(new Uint8Array(line))
        const verified = verifier!.body(log, line)
        return verified.ok ? ok(true) : verified
      },
      onCheckpoint: (log, note) => verifier!.checkpoint(log, note),
      onEvidence: () => ok(true),
      onEnd: () => {
        const finished = verifier!.finish()
        return finished.ok ? ok(true) : finished
      },
    },
  })
  if (!read.ok) throw new Error(`${read.error.code} ${JSON.stringify(read.error.detail)}`)
  const commit = commits.at(-1)!
  const receipt = readReceipt(nodePrimitives, source, commit, bodies.at(-1)!)
  if (!receipt.ok) throw new Error(`${receipt.error.code} ${JSON.stringify(receipt.error.detail)}`)
  return { ...receipt.value, commit, seq: commit.header.seq, commits: commits.length }
}

function contextOf(unit: UnitFixture, held: readonly SignedCommit[]): BundleContext {
  const tree = new TreeBuilder(nodePrimitives)
  for (const commit of held) tree.append(leafBytes(commit.leaf))
  return {
    unit: unit.id,
    rootPublicKey: unit.rootPublicKey,
    history: unit.history(),
    authorityCommits: [],
    heldLog: () =>
      held.length === 0
        ? null
        : {
            size: held.length,
            leaf: held.at(-1)!.leaf,
            frontier: tree.frontier(),
            depth: held.length - 1,
            authority: held.at(-1)!.header.authority,
          },
    leafAt: (_log, seq) => held[seq]?.leaf ?? null,
    frontierAt: () => tree.frontier(),
    depthOf: () => null,
  }
}
