import type { Compartment } from '../../src-shared/access/roles.ts'
import { bodiesPath, checkpointPath, commitsPath, evidencePath } from '../../src-shared/bundle/layout.ts'
import { planSegments } from '../../src-shared/bundle/plan.ts'
import type { BundleKind, HeldReceipt, LogRange, Prerequisite } from '../../src-shared/bundle/statement.ts'
import { toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Signer } from '../../src-shared/kernel/primitives.ts'
import { envelopeText } from '../../src-shared/log/envelope.ts'
import {
  bundleBytes,
  jsonLines,
  type BundleEntry,
  type PackOptions,
} from '../../src-shared/node/bundle-writer.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { FixtureDevice, FixtureLog, UnitFixture } from './unit-fixture.ts'

export interface BundleOptions {
  readonly compartment: Compartment
  readonly recipients: readonly string[]
  readonly device?: FixtureDevice
  readonly signer?: Signer
  readonly kind?: BundleKind
  readonly id?: Id
  /** Ranges other than all of each log that is not empty. */
  readonly ranges?: readonly { readonly log: FixtureLog; readonly from: number; readonly to: number }[]
  readonly prerequisites?: readonly Prerequisite[]
  readonly receipts?: readonly HeldReceipt[]
  readonly evidence?: readonly Uint8Array[]
}

/** What a device would pack: everything it has of a compartment, or the ranges given. */
export function bundleOf(unit: UnitFixture, options: BundleOptions): PackOptions {
  const { compartment, device = unit.device, kind = 'update', evidence = [] } = options
  const ranges =
    options.ranges ??
    unit
      .logs(compartment)
      .filter((log) => log.commits.length > 0)
      .map((log) => ({ log, from: 0, to: log.commits.length - 1 }))
  return {
    recipients: options.recipients,
    signer: options.signer ?? device.signer,
    statement: {
      id: options.id ?? newId(nodePrimitives),
      kind,
      unit: unit.id,
      compartment,
      device: device.id,
      createdAt: '2026-11-22T08:00:00.000Z',
      logs: ranges.map(({ log, from, to }) => rangeOf(unit, log, from, to)),
      prerequisites: options.prerequisites ?? (compartment === 'control' ? [] : controlHeads(unit)),
      receipts: options.receipts ?? [],
    },
    entries: entriesOf(unit, ranges, evidence),
  }
}

function rangeOf(unit: UnitFixture, log: FixtureLog, from: number, to: number): LogRange {
  return {
    log: log.id,
    from,
    to,
    rootBefore: toHex(unit.tree(log, from).root()),
    rootAfter: toHex(unit.tree(log, to + 1).root()),
  }
}

/** The last commit of each control log. */
export function controlHeads(unit: UnitFixture): readonly Prerequisite[] {
  return unit.logs('control').flatMap((log) => {
    const last = log.commits.at(-1)
    return last === undefined ? [] : [{ log: log.id, size: log.commits.length, leaf: last.commit.leaf }]
  })
}

function entriesOf(
  unit: UnitFixture,
  ranges: readonly { readonly log: FixtureLog; readonly from: number; readonly to: number }[],
  evidence: readonly Uint8Array[],
): readonly BundleEntry[] {
  const logs = new Map(ranges.map(({ log }) => [log.id, log]))
  const places = new Map<Digest, { log: Id; seq: number }>()
  for (const log of logs.values()) {
    log.commits.forEach(({ commit }, seq) => places.set(commit.leaf, { log: log.id, seq }))
  }
  const segments = planSegments(
    ranges.map(({ log, from, to }) => ({ log: log.id, from, to })),
    (log, seq) => {
      const { header } = logs.get(log)!.commits[seq]!.commit
      const named = [...header.deps, header.authority].filter((leaf) => leaf !== null)
      return { operations: header.ops.length, needs: named.flatMap((leaf) => places.get(leaf) ?? []) }
    },
  )
  return [
    ...segments.flatMap(({ log, from, to }) => {
      const commits = logs.get(log)!.commits.slice(from, to + 1)
      return [
        lines(
          commitsPath(log, from, to),
          commits.map(({ commit }) => envelopeText(commit.envelope)),
        ),
        lines(
          bodiesPath(log, from, to),
          commits.flatMap(({ bodies }) => bodies),
        ),
      ]
    }),
    ...ranges.map(({ log, to }) => {
      const device = unit.devices.find((one) => one.id === log.device)!
      return whole(checkpointPath(log.id), utf8(unit.checkpoint(log, device.signer, to + 1)))
    }),
    ...evidence.map((ciphertext) =>
      whole(evidencePath(toHex(nodePrimitives.sha256(ciphertext))), ciphertext),
    ),
  ]
}

export function lines(path: string, content: readonly (string | Uint8Array)[]): BundleEntry {
  return { path, open: () => jsonLines(content) }
}

export function whole(path: string, content: Uint8Array): BundleEntry {
  return { path, open: () => [content] }
}

/** A packed bundle in memory. */
export async function packed(options: PackOptions): Promise<Uint8Array> {
  const bytes = await bundleBytes(options)
  if (!bytes.ok) throw new Error(`${bytes.error.code} ${JSON.stringify(bytes.error.detail)}`)
  return bytes.value
}
