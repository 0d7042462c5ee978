import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import type { Session } from '../context.ts'
import type { CheckedRows, NamedRow } from './act.ts'
import { openWords } from './queries.ts'

/**
 * What the member at work asked of the revisions they return, with the answers: their own words, published under their
 * own signature, so that the author and those who review the next revision read them. What another reviewer asked stays
 * sealed.
 */
export async function ownQuestions(
  session: Session,
  { allowed, database }: CheckedRows<NamedRow>,
): Promise<CanonicalValue[]> {
  const questions: CanonicalValue[] = []
  for (const { row, state } of allowed) {
    for (const query of state.queries) {
      if (query.revision !== row.revision || query.asked.member !== session.vault.member.id) continue
      const words = await openWords(session, database, query.body)
      if (words === null) continue
      const answers: string[] = []
      for (const answer of query.answers)
        answers.push((await openWords(session, database, answer.body)) ?? '')
      const resolved =
        query.resolved === null ? null : await openWords(session, database, query.resolved.body)
      questions.push({ query: query.query, words, answers, resolved })
    }
  }
  return questions
}
