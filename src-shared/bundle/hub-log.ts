import type { Compartment } from '../access/roles.ts'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'

/**
 * The log an upstream node keeps for one compartment of one unit: its receipts. The id follows from whose it is, so
 * that a node cannot begin a second one.
 *
 * `hubKey` is the key id of the node, hex.
 */
export function hubLogId(
  primitives: Pick<Primitives, 'sha256'>,
  hubKey: Digest,
  unit: Id,
  compartment: Compartment,
): Id {
  const name = canonicalBytes({ compartment, hub: hubKey, type: 'liandang/hub-log/1', unit })
  return toHex(primitives.sha256(name)).slice(0, 32)
}

/** The name under which an upstream node cosigns checkpoints (C2SP tlog-cosignature). */
export function hubNoteName(hub: Id): string {
  return `liandang/hub/${hub}`
}
