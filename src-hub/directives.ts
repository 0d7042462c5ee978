import type { AuthorityHistory } from '../src-shared/access/authority.ts'
import type { Compartment } from '../src-shared/access/roles.ts'
import { checkDirectiveCommit, directiveStepsOf, directiveType } from '../src-shared/bundle/directive.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { newId } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { prepareBody } from '../src-shared/log/header.ts'
import type { DirectiveDecision, OperationOf } from '../src-shared/log/operations.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import { isAwaitedAbove } from '../src-shared/review/above.ts'
import { takeStep } from '../src-shared/review/road.ts'
import type { RecordState, RevisionState } from '../src-shared/review/states.ts'
import type { HubKeys } from './keys.ts'
import { appendOwn } from './own-log.ts'
import { foldRecords } from './projection.ts'
import { storedCommit } from './stored-context.ts'
import type { Database } from './store/database.ts'
import { ownEntries } from './store/own-logs.ts'
import { awaitedRecords, insertSteps } from './store/records.ts'

/** One revision that a unit put to this node. */
export interface Awaited {
  readonly unit: Id
  readonly compartment: Exclude<Compartment, 'control'>
  readonly state: RecordState
  readonly revision: RevisionState
  /** What is asked: a second signature, or to settle a disagreement. */
  readonly asks: 'sign' | 'settle'
  readonly since: string
}

/** What an officer decides on one revision. */
export interface Decision {
  readonly unit: Id
  readonly revision: Digest
  readonly decision: DirectiveDecision
  readonly officer: string
  readonly words: string
}

/** All that waits of one unit. */
export async function awaitedOf(database: Database, unit: Id): Promise<readonly Awaited[]> {
  const found: Awaited[] = []
  for (const { compartment, state: text } of await awaitedRecords(database, unit)) {
    if (compartment === 'control' || text === null) continue
    const state = JSON.parse(text) as RecordState
    for (const revision of state.revisions.filter(isAwaitedAbove)) {
      const asks = revision.status === 'referred' ? 'settle' : 'sign'
      const { hand } = (asks === 'settle' ? revision.referred : revision.signed) ?? { hand: revision.author }
      found.push({ unit, compartment, state, revision, asks, since: hand.at })
    }
  }
  return found.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

/**
 * Signs what an officer decided into the node's log of directives, as far as the rules of the road let it. Inside a
 * transaction of the caller.
 *
 * Errors: `call/not-found` (nothing of that revision waits here), `directive/words-needed`, and the rule that forbids it.
 */
export async function decideAwaited(
  database: Database,
  keys: HubKeys,
  history: AuthorityHistory,
  decision: Decision,
  now: Date,
): Promise<Result<Awaited>> {
  const { unit, revision, officer, words } = decision
  const awaited = (await awaitedOf(database, unit)).find((one) => one.revision.revision === revision)
  if (awaited === undefined) return err('call/not-found')
  if (words === '' && (decision.decision === 'return' || decision.decision === 'reject'))
    return err('directive/words-needed')
  const { compartment, state } = awaited
  const asked = awaited.asks === 'settle' ? awaited.revision.referred : awaited.revision.signed
  const body = prepareBody(nodePrimitives, { type: directiveType, officer, office: keys.name, words })
  const operation: OperationOf<'directive.decide'> = {
    op: 'directive.decide',
    entity: newId(nodePrimitives),
    digest: body.digest,
    rows: [
      {
        record: state.record,
        revision,
        decision: decision.decision,
        answers: asked?.hand.commit ?? awaited.revision.revision,
      },
    ],
  }
  const own = { database, keys, kind: 'directive', unit, compartment, now } as const
  const seq = await appendOwn({ ...own, authority: history.head.leaf, operation, body })
  if (!seq.ok) return seq
  const [entry] = await ownEntries(database, 'directive', unit, compartment, seq.value, seq.value)
  const commit = storedCommit(entry?.envelope ?? '')
  if (!commit.ok) return commit
  const source = { hub: keys.hub, publicKey: keys.signer.publicKey, unit, compartment }
  const right = checkDirectiveCommit(nodePrimitives, source, commit.value)
  if (!right.ok) return right
  const { header, leaf } = commit.value
  for (const { record, step } of directiveStepsOf(header, leaf)) {
    // The caller undoes all of it: nothing is signed that the unit would not count.
    const taken = takeStep(nodePrimitives, unit, record, state, step)
    if (typeof taken === 'string') return err(taken)
    const place = { unit, compartment, record, leaf, op_index: step.index, row_index: step.row }
    await insertSteps(database, [{ ...place, step: JSON.stringify(step) }])
  }
  await foldRecords(database, unit, operation.entity)
  return ok(awaited)
}
