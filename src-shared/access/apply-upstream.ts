import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { OperationOf } from '../log/operations.ts'
import type { AuthorityState } from './authority-state.ts'

type UpstreamDraft = {
  -readonly [Name in 'upstream' | 'formerUpstreams' | 'proposedUpstream']: AuthorityState[Name]
}

/** The node above: secadmin proposes it, an approver confirms. One that is replaced is kept as a former one. */
export function applyUpstream(
  draft: UpstreamDraft,
  operation: OperationOf<'upstream.propose' | 'upstream.confirm'>,
  primitives: Primitives,
  leaf: Digest,
  root: boolean,
): ErrorCode | null {
  switch (operation.op) {
    case 'upstream.propose': {
      const raw = fromHex(operation.publicKey) as Uint8Array
      if (refusePublicKey(raw) !== null) return 'commit/key-weak'
      draft.proposedUpstream = {
        hub: operation.entity,
        publicKey: operation.publicKey,
        key: toHex(primitives.sha256(raw)),
        recipients: operation.recipients,
        body: operation.digest,
        proposal: leaf,
      }
      return null
    }
    case 'upstream.confirm': {
      // Where the unit's data may go is never one person's decision: the approver confirms what secadmin proposed.
      const proposed = draft.proposedUpstream
      if (proposed === null || proposed.hub !== operation.entity) return 'authority/action-not-permitted'
      if (!root && operation.proposal !== proposed.proposal) return 'authority/action-not-permitted'
      const replaced = draft.upstream
      const former = replaced === null ? draft.formerUpstreams : [...draft.formerUpstreams, replaced]
      // Back in its place, or named again, it is no former one.
      draft.formerUpstreams = former.filter(({ key }) => key !== proposed.key)
      draft.upstream = proposed
      draft.proposedUpstream = null
      return null
    }
  }
}
