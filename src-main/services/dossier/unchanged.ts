import { periodsOpen, type Period } from '../../../src-shared/catalogue/periods.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { openStatuses } from '../../../src-shared/review/states.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { recordsOfCategory } from '../../vault/review-queries.ts'
import { commitAs, heldRoles, openCompartment } from '../../vault/vault.ts'
import { catalogueInForce } from '../catalogue/read.ts'
import {
  categoryCompartment,
  grantedFor,
  moment,
  today,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { readRevisionBody } from './bodies.ts'
import { requireCadre } from './dossier.ts'
import { enteringRoles } from './entry.ts'
import { stateOf } from './roads.ts'
import { sightOf } from './sight.ts'

const mostRecords = 10_000

/**
 * 本期无变化: one commit with a statement for each category. What a category says must be archived already, and a period
 * is spoken of once.
 *
 * Errors: `call/not-found`, `call/invalid-input`, `authority/category-not-granted`, `entry/cadre-unknown`,
 * `entry/nothing-to-confirm` {categories}, `entry/period-stated` {categories}, `entry/period-closed` {categories},
 * `review/no-evidence`.
 */
export const recordUnchanged: UnlockedHandler<'record.unchanged'> = (context, input) => {
  const { session } = context
  const { cadre, statements } = input
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const known = requireCadre(session, cadre)
  if (!known.ok) return known
  const held = heldRoles(session.vault)
  const mayAll = (role: Role) => statements.every(({ category }) => grantedFor(session, role, category))
  const role = enteringRoles.find((name) => held.includes(name) && mayAll(name))
  if (role === undefined) return err('authority/category-not-granted')
  if (new Set(statements.map(({ category }) => category)).size !== statements.length)
    return err('call/invalid-input', { path: 'statements' })
  const fit = requireFit(context, catalogue.value, cadre, statements)
  if (!fit.ok) return fit

  const bodies = statements.map(({ period }) =>
    prepareBody(context.primitives, {
      catalogueVersion: catalogue.value.version,
      declaration: 'unchanged',
      period,
      values: {},
      source: input.source as unknown as CanonicalValue,
      reason: input.reason,
      evidence: [],
      flags: [],
    }),
  )
  const records = statements.map(({ category }, index) => ({
    category,
    record: newId(context.primitives),
    revision: bodies[index]?.digest ?? '',
  }))
  const operations = records.map(
    ({ category, record, revision }) =>
      ({
        op: 'record.submit',
        entity: record,
        digest: revision,
        cadre,
        category,
        parent: null,
        settles: [],
        batch: null,
        evidence: 0,
        catalogue: catalogue.value.version,
      }) as const,
  )
  const done = commitAs(session.vault, 'archive', role, moment(context), operations, bodies)
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ records })
}

interface Statement {
  readonly category: string
  readonly period: Period
}

function requireFit(
  context: UnlockedContext,
  catalogue: Catalogue,
  cadre: Id,
  statements: readonly Statement[],
): Result<null> {
  const { session } = context
  const sight = sightOf(session)
  const closed: string[] = []
  const nothing: string[] = []
  const stated: string[] = []
  for (const { category: id, period } of statements) {
    const category = findCategory(catalogue, id)
    if (category === null || category.retired === true || !sight.sees(id)) return err('call/not-found')
    if (categoryCompartment(session, id) !== 'archive') return err('call/not-found')
    if (category.evidence === 'required') return err('review/no-evidence')
    if (!periodsOpen(category, today(context)).includes(period)) closed.push(id)
    const standing = standingOf(context, cadre, id)
    if (!standing.some((one) => one.period === null && one.isArchived)) nothing.push(id)
    if (standing.some((one) => one.period === period)) stated.push(id)
  }
  if (closed.length > 0) return err('entry/period-closed', { categories: closed })
  if (nothing.length > 0) return err('entry/nothing-to-confirm', { categories: nothing })
  return stated.length > 0 ? err('entry/period-stated', { categories: stated }) : ok(null)
}

/** What stands in a category, archived or on its way: facts (no period), and statements by their period. */
function standingOf({ session }: UnlockedContext, cadre: Id, category: string) {
  const database = session.vault.compartments.get('archive')?.database
  if (database === undefined) return []
  return recordsOfCategory(database, cadre, category, mostRecords).flatMap((record) => {
    const state = stateOf(session, database, record)
    const standing = (state?.revisions ?? []).filter(
      ({ revision, status }) => revision === state?.head || openStatuses.includes(status),
    )
    return standing.flatMap(({ revision }) => {
      const body = readRevisionBody(database, record, revision)
      return body === null ? [] : [{ period: body.period, isArchived: revision === state?.head }]
    })
  })
}
