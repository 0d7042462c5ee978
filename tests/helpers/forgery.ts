import { insertBodies, readBodyBytes } from '../../src-main/vault/body-table.ts'
import type { OpenCompartment } from '../../src-main/vault/compartment.ts'
import { depthAt, insertCommit } from '../../src-main/vault/entry-table.ts'
import { createLog, readLog, type LogRow } from '../../src-main/vault/log-table.ts'
import { projectCommit } from '../../src-main/vault/projection.ts'
import { noteSight } from '../../src-main/vault/sight-table.ts'
import type { OpenVault } from '../../src-main/vault/vault.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Signer } from '../../src-shared/kernel/primitives.ts'
import { buildCommit, depthOf, type SignedCommit } from '../../src-shared/log/chain.ts'
import { prepareBody, type Header } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { disclosureStepsOf } from '../../src-shared/disclosure/steps.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'

/** Who a commit says it is from, and whose key really signs it. */
export interface Pretence {
  readonly member: Id
  readonly role: Header['role']
  readonly signer: Signer
  /** The authority to name; the newest by default. */
  readonly authority?: Digest | null
  readonly at?: string
  /** The log to write to, as another device's that has arrived; this device's own by default. */
  readonly log?: Id
  /** Commits of other logs that it has seen. */
  readonly deps?: readonly Digest[]
  /** How it is marked in the table; as if it counted, by default. */
  readonly voidCode?: string | null
}

type Drafted = Operation extends infer Kind ? (Kind extends Operation ? Omit<Kind, 'digest'> : never) : never

/**
 * Writes a well-formed commit at the end of a log as somebody with the raw database key could, or as it arrives from
 * another device: with its bodies, and with the tables brought up to date as if it were right. Nothing is judged.
 */
export function forge(
  vault: OpenVault,
  compartment: Compartment,
  pretence: Pretence,
  drafts: readonly { readonly operation: Drafted; readonly body?: Record<string, CanonicalValue> }[],
): SignedCommit {
  const { database, log: own } = vault.compartments.get(compartment) as OpenCompartment
  createLog(database, pretence.log ?? own, 'device')
  const log = readLog(database, pretence.log ?? own) as LogRow
  const bodies = drafts.map((draft) => prepareBody(nodePrimitives, draft.body ?? {}))
  const operations = drafts.map(
    (draft, index) => ({ ...draft.operation, digest: bodies[index]?.digest }) as Operation,
  )
  const history = vault.authority
  const authority = pretence.authority === undefined ? history.head.leaf : pretence.authority
  const commit = buildCommit(nodePrimitives, pretence.signer, log, {
    unit: vault.unit,
    member: pretence.member,
    role: pretence.role,
    authority,
    deps: pretence.deps ?? [],
    at: pretence.at ?? '2026-11-22T02:00:00.000Z',
    operations,
  })
  const seen = (pretence.deps ?? []).map((leaf) => depthAt(database, leaf) as number)
  const depth = depthOf(log.leaf === null ? seen : [log.depth, ...seen])
  const voidCode = pretence.voidCode ?? null
  database.transaction(() => {
    insertBodies(database, commit, bodies)
    insertCommit(nodePrimitives, database, log, { commit, depth, voidCode })
    if (compartment === 'control') return
    const sight = noteSight(database, database, commit.header)
    if (voidCode !== null) return
    const readBody = (digest: string) => readBodyBytes(database, digest)
    const steps = stepsOf(nodePrimitives, commit.header, commit.leaf, depth, history.head, sight).map(
      ({ record, step }) => ({
        record,
        // As a client would write them that asks nobody what the member may handle.
        step: step.grants.length > 0 ? step : { ...step, grants: [{ categories: ['*'], level: 4 as const }] },
      }),
    )
    const context = { primitives: nodePrimitives, unit: vault.unit, database, readBody }
    const requests = disclosureStepsOf(commit.header, commit.leaf, depth, history.head)
    projectCommit(context, commit.header, commit.leaf, depth, steps, requests)
  })()
  return commit
}
