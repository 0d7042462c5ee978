import { z } from 'zod'
import { parsePartialDate } from '../../src-shared/catalogue/dates.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody, type Header } from '../../src-shared/log/header.ts'
import { homeOf, membersOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** What the body of `cadre.stage` says: a code of the table `stage`, since which day, why, by which paper. */
const stageSchema = z.object({
  stage: z.string().min(1).max(20),
  since: z.iso.date().refine((day) => parsePartialDate(day).ok),
  reason: z.string(),
  source: z.string(),
})
export type StageBody = z.infer<typeof stageSchema>

interface StageRow {
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

export interface StageStepRow extends StageRow, StageBody {}

/**
 * Brings the stages of cadres up to date with one commit that is not void. Of several steps about one cadre the last in
 * the causal order holds, in whatever order they arrive.
 */
export function projectStages(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  header: Header,
  leaf: Digest,
  depth: number,
): void {
  const cadres = new Set<Id>()
  header.ops.forEach((operation, index) => {
    if (operation.op !== 'cadre.stage') return
    statement(
      database,
      'INSERT INTO stage_step (cadre, depth, leaf, operation, digest, member, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(operation.entity, depth, leaf, index, operation.digest, header.member, header.at)
    cadres.add(operation.entity)
  })
  for (const cadre of cadres) foldStage(database, bodyBytes, cadre)
}

/** Writes where a cadre is, by what was said of their dossier and of those merged into it. */
export function foldStage(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  cadre: Id,
): void {
  const home = homeOf(database, cadre)
  const present = readStageSteps(database, bodyBytes, home).at(-1)
  for (const one of new Set([cadre, home]))
    statement(database, 'DELETE FROM cadre_stage WHERE cadre = ?').run(one)
  if (present === undefined) return
  statement(database, 'INSERT INTO cadre_stage (cadre, stage, since) VALUES (?, ?, ?)').run(
    home,
    present.stage,
    present.since,
  )
}

/** The acts about one cadre, in dossiers merged into this one too, in the causal order; without those whose body is missing or says nothing that reads. */
export function readStageSteps(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  cadre: Id,
): readonly StageStepRow[] {
  return statement<StageRow>(
    database,
    `SELECT digest, member, at FROM stage_step WHERE cadre IN (SELECT value FROM json_each(?))
     ORDER BY depth, leaf, operation`,
  )
    .all(JSON.stringify(membersOf(database, cadre)))
    .flatMap((row) => {
      const bytes = bodyBytes(row.digest)
      const body = bytes === null ? null : readBody(bytes)
      const said = body?.ok ? stageSchema.safeParse(body.value) : null
      return said?.success === true ? [{ ...row, ...said.data }] : []
    })
}
