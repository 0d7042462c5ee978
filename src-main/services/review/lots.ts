import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import type { LotView } from '../../../src-shared/contract/review-views.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { type CategoryRule, type SamplingPlan } from '../../../src-shared/log/category-rule.ts'
import { maximumOperations } from '../../../src-shared/log/operations.ts'
import { intolerableRows, maySample, sampleSize } from '../../../src-shared/review/sampling.ts'
import type { Drawn, RecordState, RoadAct } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { drawnRow, drawOperation, drawsOf, undrawnRows, type WaitingRow } from '../../vault/draw-queries.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import { memberName, type Session, type UnlockedHandler } from '../context.ts'
import { sightOf } from '../dossier/sight.ts'
import { checkRows, noBody, signRows, type NamedRow } from './act.ts'
import { openDatabases, type OpenDatabase } from './filters.ts'

type PlannedRule = CategoryRule & { readonly sampling: SamplingPlan }

/** The categories in force that may be reviewed by a sample and that the member at work may see. */
function plannedRules(session: Session): readonly PlannedRule[] {
  const sight = sightOf(session)
  return [...(session.vault.authority.head.catalogue?.rules.values() ?? [])].filter(
    (rule): rule is PlannedRule =>
      rule.sampling !== undefined && maySample(rule) && sight.sees(rule.category),
  )
}

function waitingRows(
  database: Database,
  batch: Id,
  rules: readonly PlannedRule[],
  limit = maximumOperations,
): readonly WaitingRow[] {
  if (rules.length === 0) return []
  const plans = rules.map(({ category, sampling: { tolerablePermille, confidencePermille } }) => [
    category,
    tolerablePermille,
    confidencePermille,
  ])
  return undrawnRows(database, batch, JSON.stringify(plans), limit)
}

/** Whether there is something to draw in a batch, or something was drawn. */
export function hasLots(session: Session, from: OpenDatabase, batch: Id): boolean {
  return (
    waitingRows(from.database, batch, plannedRules(session), 1).length > 0 ||
    drawnLots(session, from, batch).length > 0
  )
}

export const reviewLots: UnlockedHandler<'review.lots'> = ({ session }, input) => {
  const rules = plannedRules(session)
  const lots: LotView[] = []
  for (const from of openDatabases(session)) {
    lots.push(...drawnLots(session, from, input.batch))
    for (const rule of rules) {
      const lot = waitingRows(from.database, input.batch, [rule]).length
      if (lot === 0) continue
      const size = sampleSize(lot, rule.sampling)
      lots.push({
        category: rule.category,
        compartment: from.name,
        plan: rule.sampling,
        lot,
        size,
        intolerable: intolerableRows(lot, rule.sampling),
        drawn: null,
        broken: 0,
        mayDraw: size < lot && mayDraw(session, rule),
      })
    }
  }
  return ok(lots)
}

function mayDraw(session: Session, rule: CategoryRule): boolean {
  const { vault } = session
  const at = momentOf(vault)
  return (['approver', 'inspector'] as const).some(
    (role) =>
      heldRoles(vault).includes(role) &&
      mayHandle(grantsInForce(vault.authority.head, vault.member.id, role, at), rule),
  )
}

/** What was drawn stays drawn, also where a later version of the catalogue samples no more. */
function drawnLots(session: Session, { database, name }: OpenDatabase, batch: Id): readonly LotView[] {
  const sight = sightOf(session)
  return drawsOf(database, batch).flatMap((row): readonly LotView[] => {
    const operation = sight.sees(row.category) ? drawOperation(database, row.draw, row.revision) : null
    if (operation === null) return []
    const { draw, seed, lot, size, category } = row
    const { plan, rows } = operation
    const submissions = [...new Set(rows.map(({ submission }) => submission))].sort()
    return [
      {
        category,
        compartment: name,
        plan,
        lot,
        size,
        intolerable: intolerableRows(lot, plan),
        drawn: { draw, seed, by: memberName(session, row.drawer), at: row.drawn_at, submissions },
        broken: rows.filter((one) => drawnRow(database, one.record, one.revision)?.draw !== draw).length,
        mayDraw: false,
      },
    ]
  })
}

/** Nothing is known of a draw before it is signed; a step that asks whether it may be taken does not need it. */
const undrawn: Drawn = { seed: noBody, lot: 1, size: 1, rows: noBody, sample: noBody, seen: true }

/** Which rows are looked at comes out of the draw itself: nobody chooses them, and nobody chooses again. */
export const reviewDraw: UnlockedHandler<'review.draw'> = (context, input) => {
  const { session, primitives } = context
  const rule = plannedRules(session).find(({ category }) => category === input.category)
  const from = openDatabases(session).find(({ name }) => name === rule?.compartment)
  if (rule === undefined || from === undefined) return err('review/no-sampling')
  const waiting = waitingRows(from.database, input.batch, [rule])
  if (waiting.length === 0) {
    const isDrawn = drawsOf(from.database, input.batch).some(({ category }) => category === input.category)
    return err(isDrawn ? 'review/drawn-twice' : 'review/not-open-for-opinion')
  }
  const submissions = new Map<Digest, Digest>()
  const actOf = ({ revision }: NamedRow, state: RecordState): RoadAct => {
    const submission = state.revisions.find((one) => one.revision === revision)?.author.commit ?? noBody
    submissions.set(revision, submission)
    const { batch, category } = input
    return { act: 'draw', revision, submission, batch, category, plan, drawn: undrawn, fault: null }
  }
  const plan = rule.sampling
  const checked = checkRows(
    context,
    from.name,
    ['approver', 'inspector'],
    waiting.map(({ record, digest }) => ({ record, revision: digest })),
    actOf,
  )
  if (!checked.ok) return checked
  const [refused] = checked.value.refused
  // A lot out of which rows were left could be chosen.
  if (refused !== undefined) return err(refused.code, { record: refused.record })
  const rows = checked.value.allowed.map(({ row: { record, revision } }) => ({
    record,
    revision,
    submission: submissions.get(revision) ?? noBody,
  }))
  if (sampleSize(rows.length, plan) >= rows.length) return err('review/no-sampling')
  const body = prepareBody(primitives, {})
  const operation = {
    op: 'review.draw',
    entity: newId(primitives),
    digest: body.digest,
    batch: input.batch,
    category: input.category,
    plan,
    rows,
  } as const
  const done = signRows(context, from.name, checked.value, operation, body)
  if (!done.ok) return done
  const [first] = rows
  const made = first === undefined ? null : drawnRow(from.database, first.record, first.revision)
  if (made === null) return err('review/no-sampling')
  const { draw, seed, lot, size } = made
  return ok({ draw, seed, lot, size })
}
