import type { Id } from '../../src-shared/kernel/ids.ts'
import type { RecordState, RevisionState } from '../../src-shared/review/states.ts'
import { homeOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** Writes the rows of one record that say who has to do with it, what was asked and which errors were found. */
export function projectReview(database: Database, record: Id, state: RecordState | null): void {
  for (const table of ['part', 'query', 'fault', 'fault_member'])
    statement(database, `DELETE FROM ${table} WHERE record = ?`).run(record)
  if (state === null) return
  for (const revision of state.revisions) writeParts(database, record, revision)
  for (const query of state.queries) {
    const author = state.revisions.find((revision) => revision.revision === query.revision)?.author.member
    statement(
      database,
      `INSERT INTO query (id, record, digest, asker, author, asked_at, answers, resolved)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      query.query,
      record,
      query.revision,
      query.asked.member,
      author ?? '',
      query.asked.at,
      query.answers.length,
      query.resolved === null ? 0 : 1,
    )
  }
  for (const fault of state.faults) {
    const { revision, kind, found, finder, body } = fault
    statement(
      database,
      `INSERT INTO fault (id, record, digest, cadre, category, kind, found, finder, found_at, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      fault.fault,
      record,
      revision,
      homeOf(database, state.cadre),
      state.category,
      kind,
      found,
      finder.member,
      finder.at,
      body,
    )
    for (const member of fault.traced) {
      const answered = fault.answers.some(({ hand }) => hand.member === member)
      statement(
        database,
        'INSERT INTO fault_member (record, fault, member, answered) VALUES (?, ?, ?, ?)',
      ).run(record, fault.fault, member, answered ? 1 : 0)
    }
  }
}

function writeParts(database: Database, record: Id, revision: RevisionState): void {
  const { assigned, escalated, group } = revision
  const parts: readonly (readonly [string, Id])[] = [
    ...(assigned?.reviewers ?? []).map((member) => ['assigned', member] as const),
    ...(escalated === null ? [] : [['escalated', escalated.hand.member] as const]),
    ...(group?.members ?? []).map((member) => ['group', member] as const),
    ...[...(group?.votes ?? []), ...(group?.former ?? [])].map(({ hand }) => ['voted', hand.member] as const),
  ]
  for (const [part, member] of parts)
    statement(database, 'INSERT INTO part (record, digest, member, part) VALUES (?, ?, ?, ?)').run(
      record,
      revision.revision,
      member,
      part,
    )
}
