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

/**
 * The log of what an upstream node decides for one compartment of one unit. It is kept apart from the receipts, which
 * speak of what each device sent: a directive is read by every device of the unit, whatever it holds of the others.
 *
 * `hubKey` is the key id of the node, hex.
 */
export function directiveLogId(
  primitives: Pick<Primitives, 'sha256'>,
  hubKey: Digest,
  unit: Id,
  compartment: Compartment,
): Id {
  const name = canonicalBytes({ compartment, hub: hubKey, type: 'liandang/hub-directives/1', unit })
  return toHex(primitives.sha256(name)).slice(0, 32)
}
