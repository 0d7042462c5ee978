import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { commitAs } from '../../vault/vault.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { heldEvidence, keepEvidence } from '../dossier/keep-evidence.ts'
import { findRecord } from '../dossier/roads.ts'
import type { WaitingEvidence } from '../dossier/uploads.ts'
import { enteredIn, paperRole, readPapers } from './papers.ts'

export const paperAttach: UnlockedHandler<'paper.attach'> = async (context, input) => {
  const { session } = context
  const found = findRecord(session, input.record)
  if (found === null) return err('call/not-found')
  const { state, compartment, database } = found
  if (!state.revisions.some(({ revision }) => revision === input.revision)) return err('call/not-found')
  const role = paperRole(session, state)
  if (role === null) return err('call/not-permitted')
  const waiting: WaitingEvidence[] = []
  for (const upload of new Set(input.uploads)) {
    if (!session.uploads.isWholeEvidence(upload)) return err('vault/evidence-missing')
    const sealed = await session.uploads.sealEvidence(upload)
    if (!sealed.ok) return sealed
    if (sealed.value.mediaType === 'text/plain') return err('paper/not-a-picture')
    waiting.push(sealed.value)
  }
  const isThere = () => {
    const contents = new Set(
      readPapers(database, state)
        .filter(({ row }) => row.revision === input.revision && row.struck === null)
        .flatMap(({ evidence }) => evidence.map(({ content }) => content)),
    )
    return waiting.every(({ content }) => contents.has(content))
  }
  const { layout } = session.vault
  const held = await heldEvidence(session, layout, database, waiting)
  // Evidence took its time: another page may have attached the same meanwhile.
  if (isThere()) return err('paper/already-attached')
  const kept = keepEvidence(layout, database, waiting, held)
  if (!kept.ok) return kept
  const evidence = kept.value.entries.filter(
    ({ hash }, place, all) => all.findIndex((one) => one.hash === hash) === place,
  )
  const body = prepareBody(context.primitives, {
    ...input.said,
    evidence: evidence as unknown as CanonicalValue,
  })
  const paper = newId(context.primitives)
  const operation = {
    op: 'paper.attach',
    entity: paper,
    digest: body.digest,
    record: state.record,
    cadre: enteredIn(database, state),
    category: state.category,
    revision: input.revision,
    evidence: evidence.length,
  } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) {
    kept.value.takeBack()
    return done
  }
  kept.value.settle()
  for (const upload of input.uploads) await session.uploads.discard(upload)
  context.emit({ type: 'changed', compartment })
  return ok({ paper })
}

export const paperStrike: UnlockedHandler<'paper.strike'> = (context, input) => {
  const { session } = context
  const found = findRecord(session, input.record)
  if (found === null) return err('call/not-found')
  const { state, compartment, database } = found
  const role = paperRole(session, state)
  if (role === null) return err('call/not-permitted')
  const paper = readPapers(database, state).find(({ row }) => row.paper === input.paper)
  if (paper === undefined || paper.row.struck !== null) return err('paper/not-attached')
  const body = prepareBody(context.primitives, { reason: input.reason })
  const { record, category } = state
  const operation = {
    op: 'paper.strike',
    entity: input.paper,
    digest: body.digest,
    record,
    cadre: enteredIn(database, state),
    category,
  } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok(null)
}
