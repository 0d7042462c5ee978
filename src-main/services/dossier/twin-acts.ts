import { twinRoles } from '../../../src-shared/access/permissions.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { TwinCategory, TwinSide } from '../../../src-shared/contract/twins.ts'
import type { TwinDecision, TwinOutcome } from '../../../src-shared/duplicates/decisions.ts'
import { weighPair } from '../../../src-shared/duplicates/weigh.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { openStatuses } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { countByCategory, openingOf } from '../../vault/dossier-queries.ts'
import { transferHold } from '../../vault/transfer-queries.ts'
import { listedPerson, refreshTwins, type ListedPerson } from '../../vault/twin-index.ts'
import { commitAs, roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { openDatabases } from '../review/filters.ts'
import { homeIn } from './homes.ts'
import { dossierAt, mergedDossier } from './merged.ts'
import { sightOf } from './sight.ts'
import { decisionView, twinPerson } from './twin-views.ts'
import { factsDigest, mayPropose, openTwins, seenPerson } from './twins.ts'

export const twinCompare: UnlockedHandler<'twin.compare'> = async (context, input) => {
  const { session } = context
  const opened = openTwins(session)
  if (!opened.ok) return opened
  const { database, decisions } = opened.value
  refreshTwins(database)
  const homes = [input.first, input.second].map((cadre) => homeIn(session.vault, cadre))
  const [first, second] = homes.map((cadre) => listedPerson(database, cadre))
  if (first == null || second == null) return err('call/not-found')
  for (const { cadre, name } of [first, second]) {
    const entered = await recordAccess(context, 'dossier', { cadre, cadreName: name, what: 'dossier-twins' })
    if (!entered.ok) return entered
  }
  const seen = seenPerson(session)
  const decided = decisions.findLast(
    ({ kept, other, status, outcome }) =>
      homes.includes(homeIn(session.vault, kept)) &&
      homes.includes(homeIn(session.vault, other)) &&
      outcome !== 'undo' &&
      (status === 'proposed' || status === 'confirmed'),
  )
  return ok({
    first: sideOf(session, database, seen(first)),
    second: sideOf(session, database, seen(second)),
    weighed: weighPair(seen(first), seen(second), true),
    decided: decided === undefined ? null : decisionView(session, opened.value, decided),
    may: mayPropose(session, opened.value, first.cadre, second.cadre).ok,
  })
}

function sideOf(session: Session, database: Database, person: ListedPerson): TwinSide {
  const sight = sightOf(session)
  const { merged } = dossierAt(session, person.cadre, null)
  const opening = openingOf(database, person.cadre)
  const counts = new Map<string, { archived: number; waiting: number }>()
  for (const from of openDatabases(session))
    for (const { category, status, n } of countByCategory(from.database, person.cadre)) {
      if (!sight.sees(category)) continue
      const known = counts.get(category) ?? { archived: 0, waiting: 0 }
      if (status === 'archived') known.archived += n
      else if (openStatuses.includes(status)) known.waiting += n
      counts.set(category, known)
    }
  const categories: readonly TwinCategory[] = [...counts]
    .filter(([, { archived, waiting }]) => archived + waiting > 0)
    .map(([category, count]) => ({ category, ...count }))
    .toSorted((a, b) => (a.category < b.category ? -1 : 1))
  return {
    ...twinPerson(person),
    openedAt: opening?.at ?? '',
    openedBy: opening === null ? '' : memberName(session, opening.member),
    merged: merged.map((one) => mergedDossier(one, sight)),
    categories,
  }
}

export const twinPropose: UnlockedHandler<'twin.propose'> = (context, { outcome, kept, other, reason }) => {
  const opened = openTwins(context.session)
  if (!opened.ok) return opened
  const may = mayPropose(context.session, opened.value, kept, other)
  if (!may.ok) return may
  const { database } = opened.value
  const [one, two] = [kept, other].map((cadre) => listedPerson(database, cadre) as ListedPerson)
  const facts = {
    kept: factsDigest(context, one as ListedPerson),
    other: factsDigest(context, two as ListedPerson),
  }
  return propose(context, { outcome, kept, other, undoes: null }, { reason, facts })
}

export const twinUndo: UnlockedHandler<'twin.undo'> = (context, input) => {
  const found = findDecision(context.session, input.decision, 'undo')
  if (!found.ok) return found
  const { kept, other, decision } = found.value
  return propose(context, { outcome: 'undo', kept, other, undoes: decision }, { reason: input.reason })
}

interface Proposed {
  readonly outcome: TwinOutcome
  readonly kept: Id
  readonly other: Id
  readonly undoes: Id | null
}

/** What was handed over is left as it went: nothing is merged into it or taken out. Errors: `transfer/held`. */
function heldBy(session: Session, { outcome, kept, other }: Omit<Proposed, 'undoes'>): Result<null> {
  const archive = session.vault.compartments.get('archive')
  if (archive === undefined || outcome === 'apart') return ok(null)
  const cadre = [kept, other].find((one) => transferHold(archive.database, one) !== null)
  return cadre === undefined ? ok(null) : err('transfer/held', { cadre })
}

function propose(
  context: UnlockedContext,
  proposed: Proposed,
  content: Parameters<typeof prepareBody>[1],
): Result<{ decision: Id }> {
  const held = heldBy(context.session, proposed)
  if (!held.ok) return held
  const decision = newId(context.primitives)
  const role = roleAmong(context.session.vault, twinRoles)
  if (role === null) return err('call/not-permitted')
  const done = commit(context, role, content, (digest) => ({
    op: 'twin.propose',
    entity: decision,
    digest,
    ...proposed,
  }))
  return done.ok ? ok({ decision }) : done
}

export const twinConfirm: UnlockedHandler<'twin.confirm'> = (context, { decision, reason }) => {
  const found = findDecision(context.session, decision, 'confirm')
  if (!found.ok) return found
  const { kept, other, proposed } = found.value
  const held = heldBy(context.session, found.value)
  if (!held.ok) return held
  const role = roleAmong(context.session.vault, twinRoles)
  if (role === null) return err('call/not-permitted')
  return commit(context, role, { reason }, (digest) => ({
    op: 'twin.confirm',
    entity: decision,
    digest,
    proposal: proposed.commit,
    kept,
    other,
  }))
}

export const twinRefuse: UnlockedHandler<'twin.refuse'> = (context, { decision, reason }) => {
  const found = findDecision(context.session, decision, 'refuse')
  if (!found.ok) return found
  const { proposed } = found.value
  const role = roleAmong(context.session.vault, twinRoles)
  if (role === null) return err('call/not-permitted')
  return commit(context, role, { reason }, (digest) => ({
    op: 'twin.refuse',
    entity: decision,
    digest,
    proposal: proposed.commit,
  }))
}

/** Errors: `twin/unknown`, `twin/settled`, `twin/nobody-answers`, `review/same-person-twice`, `review/about-oneself`. */
function findDecision(session: Session, id: Id, act: 'confirm' | 'refuse' | 'undo'): Result<TwinDecision> {
  const opened = openTwins(session)
  if (!opened.ok) return opened
  const found = opened.value.decisions.find(({ decision }) => decision === id)
  if (found === undefined) return err('twin/unknown')
  const { may } = decisionView(session, opened.value, found)
  if (may.includes(act)) return ok(found)
  if (found.status !== (act === 'undo' ? 'confirmed' : 'proposed')) return err('twin/settled')
  if (may.length === 0) return err(act === 'undo' ? 'twin/decided' : 'review/about-oneself')
  const isMine = found.proposed.member === session.vault.member.id
  return err(isMine ? 'review/same-person-twice' : 'twin/nobody-answers')
}

function commit(
  context: UnlockedContext,
  role: Role,
  content: Parameters<typeof prepareBody>[1],
  operationOf: (digest: string) => Operation,
): Result<null> {
  const { vault } = context.session
  const body = prepareBody(context.primitives, content)
  const done = commitAs(vault, 'archive', role, moment(context), [operationOf(body.digest)], [body])
  if (!done.ok) return done
  for (const name of ['archive', 'discipline'] as const)
    if (vault.compartments.has(name)) context.emit({ type: 'changed', compartment: name })
  return ok(null)
}
