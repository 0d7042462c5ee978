import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import type { Header } from '../../src-shared/log/header.ts'
import { followRoad } from '../../src-shared/review/road.ts'
import type { RoadAct, RoadStep, VoidStep } from '../../src-shared/review/states.ts'
import type { RecordStep } from '../../src-shared/review/steps.ts'
import type { RequestStep } from '../../src-shared/disclosure/steps.ts'
import { homeOf, readHomes } from './alias-queries.ts'
import { identityCategory, projectCadre } from './cadre-projection.ts'
import { statement, type Database } from './database.ts'
import { projectDrawn } from './draw-queries.ts'
import { projectEvidence } from './evidence-table.ts'
import { projectPaper } from './paper-projection.ts'
import { projectReview } from './review-projection.ts'
import { forgetNamed, projectNamed, writeRevision } from './revision-rows.ts'
import { projectDifferences, projectSources } from './source-projection.ts'
import { foldStage, projectStages } from './stage-projection.ts'
import { foldTags, projectTags } from './tag-projection.ts'
import { projectTransfers } from './transfer-projection.ts'
import { foldDisclosuresOf, projectDisclosures } from './disclosure-projection.ts'
import { projectTwins } from './twin-projection.ts'

/** Where a body is read from while projecting: the database itself, or the live one when a verifier derives anew. */
export type BodyReader = (digest: Digest) => Uint8Array | null

export interface ProjectionContext {
  readonly primitives: Primitives
  readonly unit: Id
  readonly database: Database
  readonly readBody: BodyReader
}

export interface VoidRecordStep extends VoidStep {
  /** The record, or the copy or correction request. */
  readonly record: Id
}

/**
 * Brings the tables up to date with the steps and openings of one commit that is not void. Returns the steps of this
 * commit that break a rule.
 */
export function projectCommit(
  context: ProjectionContext,
  header: Header,
  leaf: Digest,
  depth: number,
  steps: readonly RecordStep[],
  requests: readonly RequestStep[],
): readonly VoidRecordStep[] {
  const { database } = context
  const cadres = new Set<Id>()
  header.ops.forEach((operation, index) => {
    if (operation.op !== 'cadre.open') return
    statement(
      database,
      'INSERT INTO opening (cadre, depth, leaf, operation, digest, at) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(operation.entity, depth, leaf, index, operation.digest, header.at)
    cadres.add(operation.entity)
  })
  projectTags(context.database, context.readBody, header, leaf, depth)
  projectEvidence(database, context.readBody, header)
  projectPaper(context.database, context.readBody, header, leaf, depth)
  projectStages(context.database, context.readBody, header, leaf, depth)
  projectSources(database, header, leaf, depth)
  projectDifferences(database, header, leaf, depth)
  projectTransfers(context, header, leaf, depth)
  const records = new Set<Id>()
  for (const { record, step } of steps) {
    statement(
      database,
      'INSERT INTO step (record, depth, leaf, operation, row, step) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(record, depth, leaf, step.index, step.row, JSON.stringify(step))
    records.add(record)
  }
  const voided: VoidRecordStep[] = []
  for (const record of records) {
    const { named, voids } = projectRecord(context, record)
    for (const cadre of named) cadres.add(cadre)
    for (const step of voids) if (step.commit === leaf) voided.push({ ...step, record })
  }
  for (const cadre of cadres) projectCadre(database, context.readBody, cadre)
  const twins = projectTwins(database, header, leaf, depth)
  if (twins !== null) {
    showAtHomes(context, twins.homes)
    for (const { decision, commit, index, code } of twins.voids)
      voided.push({ record: decision, commit, index, row: 0, code })
  }
  if (requests.length > 0) voided.push(...projectDisclosures(database, requests))
  return voided
}

export function readSteps(database: Database, record: Id): readonly RoadStep[] {
  return statement<{ step: string }>(
    database,
    'SELECT step FROM step WHERE record = ? ORDER BY depth, leaf, operation, row',
  )
    .all(record)
    .map((row) => JSON.parse(row.step) as RoadStep)
}

/** Acts that leave rows beside those of revisions. */
const sideActs: ReadonlySet<RoadAct['act']> = new Set([
  'assign',
  'escalate',
  'convene',
  'adjudicate',
  'ask',
  'answer',
  'resolve',
  'find-fault',
  'answer-fault',
])

interface ProjectedRecord {
  /** The cadres whose own rows hang on this record, or did before. */
  readonly named: readonly Id[]
  readonly voids: readonly VoidStep[]
}

/** Folds a record anew and writes its rows. */
function projectRecord(context: ProjectionContext, record: Id): ProjectedRecord {
  const { database, unit, primitives } = context
  const steps = readSteps(database, record)
  const { state, voids } = followRoad(primitives, unit, record, steps)
  statement(database, 'DELETE FROM void_step WHERE record = ?').run(record)
  for (const voided of voids) {
    statement(
      database,
      'INSERT INTO void_step (record, leaf, operation, row, code) VALUES (?, ?, ?, ?, ?)',
    ).run(record, voided.commit, voided.index, voided.row, voided.code)
  }
  // Two devices may have begun one record under two cadres: whichever counted before, its rows go.
  const submissions = steps.flatMap((step) => (step.act.act === 'submit' ? [step.act] : []))
  for (const cadre of new Set(submissions.map((submission) => submission.cadre))) {
    statement(database, 'DELETE FROM revision WHERE cadre = ? AND record = ?').run(
      homeOf(database, cadre),
      record,
    )
  }
  forgetNamed(database, record, submissions)
  const named = submissions
    .filter((submission) => submission.category === identityCategory)
    .map((submission) => submission.cadre)
  // Most records are never asked about: four tables less to look into with every commit.
  if (steps.some(({ act }) => sideActs.has(act.act))) projectReview(database, record, state)
  if (steps.some(({ act }) => act.act === 'draw')) projectDrawn(database, record, state)
  if (state === null) return { named, voids }
  for (const revision of state.revisions) writeRevision(database, record, state, revision)
  projectNamed(database, context.readBody, state)
  return { named, voids }
}

/**
 * Shows what is said of merged dossiers where they belong, and of those that are merged no more in their own place. No
 * record is rewritten: each is folded anew from the same steps, and its rows stand under another dossier. The log says
 * where only in the archive; the other compartment is told by whoever can open both.
 */
export function showAtHomes(context: ProjectionContext, homes: ReadonlyMap<Id, Id>): void {
  const { database } = context
  const before = readHomes(database)
  const moved = [...new Set([...before.keys(), ...homes.keys()])].filter(
    (cadre) => before.get(cadre) !== homes.get(cadre),
  )
  if (moved.length === 0) return
  const touched = new Set(
    moved.flatMap((cadre) => [cadre, before.get(cadre) ?? cadre, homes.get(cadre) ?? cadre]),
  )
  const list = JSON.stringify([...touched])
  const records = statement<{ record: Id }>(
    database,
    'SELECT DISTINCT record FROM revision WHERE cadre IN (SELECT value FROM json_each(?))',
  ).all(list)
  statement(database, 'DELETE FROM revision WHERE cadre IN (SELECT value FROM json_each(?))').run(list)
  for (const cadre of moved) {
    statement(database, 'DELETE FROM cadre_alias WHERE cadre = ?').run(cadre)
    const home = homes.get(cadre)
    if (home === undefined) continue
    statement(database, `INSERT INTO cadre_alias (cadre, home, name, updated_at) VALUES (?, ?, '', '')`).run(
      cadre,
      home,
    )
  }
  for (const { record } of records) projectRecord(context, record)
  for (const cadre of touched) {
    projectCadre(database, context.readBody, cadre)
    foldStage(database, context.readBody, cadre)
    foldTags(database, context.readBody, cadre)
  }
  foldDisclosuresOf(database, list)
}

/** Folds every record anew from its steps, where an older version of the program wrote the rows. */
export function foldAgain(context: ProjectionContext): void {
  const { database } = context
  const isDue = statement(database, 'SELECT 1 FROM fold_due LIMIT 1').get() !== undefined
  if (!isDue) return
  const write = database.transaction(() => {
    const records = statement<{ record: Id }>(database, 'SELECT DISTINCT record FROM step').all()
    for (const { record } of records) projectRecord(context, record)
    statement(database, 'DELETE FROM fold_due').run()
  })
  write.immediate()
}

/** Empties the projections. The caller derives them anew in the same transaction. */
export function clearProjection(database: Database, tables: readonly string[]): void {
  for (const table of tables) statement(database, `DELETE FROM ${table}`).run()
  // The triggers are at nothing now, unless somebody changed what they count.
  if (tables.includes('revision')) statement(database, 'DELETE FROM archived_count').run()
}
